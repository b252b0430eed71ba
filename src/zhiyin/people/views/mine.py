"""What everybody decides for herself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhiyin.kit import ui
from zhiyin.people import actions
from zhiyin.people.doors import me, signed_in
from zhiyin.people.forms.staff import PreferencesForm
from zhiyin.people.rules import Language, Theme
from zhiyin.people.views.layout import show, status_of, typed


@require_safe
@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """Settings begin with one's own."""
    return redirect("people:me")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, appearance, shortcuts; the way to the password."""
    own = me(request)
    initial = {"language": own.language, "theme": own.theme, "shortcuts": own.shortcuts}
    form = PreferencesForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        language = Language(form.cleaned_data["language"])
        actions.set_preferences(
            staff=own,
            language=language,
            theme=Theme(form.cleaned_data["theme"]),
            shortcuts=form.cleaned_data["shortcuts"],
            now=timezone.now(),
        )
        with translation.override(language):
            ui.toast(request, _("Saved"))
        return redirect("people:me")
    return show(request, "preferences", "preferences", {"form": form}, status=status_of(form))
