"""What a password must be, in our own words; the checks are Django's."""

from __future__ import annotations

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class NotTooShort(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        return _("At least %(length)s characters; a short sentence is good.") % {"length": self.min_length}


class NotCommon(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password. Choose one of your own.")

    def get_help_text(self) -> str:
        return _("Not one that many people use.")


class NotOnlyFigures(django.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Only figures are easily guessed. Add letters or characters.")

    def get_help_text(self) -> str:
        return _("Not figures alone.")


class NotAlike(django.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Too much like your name or address. Choose something else.")

    def get_help_text(self) -> str:
        return _("Not like your name or address.")
