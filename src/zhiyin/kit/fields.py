"""Form fields that rooms and faces share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to the house's limit; the value is a list, empty when none was chosen."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # type: ignore[override]  # a list, not one
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > settings.UPLOAD_MAX_FILES:
            raise forms.ValidationError(
                ngettext(
                    "At most %(most)s file at a time; the rest can follow afterwards.",
                    "At most %(most)s files at a time; the rest can follow afterwards.",
                    settings.UPLOAD_MAX_FILES,
                )
                % {"most": settings.UPLOAD_MAX_FILES}
            )
        return [super(FilesField, self).clean(file, initial) for file in files]


class TokenField(forms.UUIDField):
    """A hidden value made with the page, so that a form sent twice does its deed once."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar = {
        "invalid": _("This page is too old to send. Load it anew; what you wrote is kept.")
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
