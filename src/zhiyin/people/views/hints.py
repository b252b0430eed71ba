"""The words a place says to those who come for the first time."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhiyin.kit import ui
from zhiyin.people import actions
from zhiyin.people.doors import me, signed_in


@require_POST
@signed_in
def done(request: HttpRequest, hint: str) -> HttpResponse:
    """Put one away: on the page it is simply gone; without scripts the page is loaded again."""
    actions.put_hint_away(staff=me(request), hint=hint, now=timezone.now())
    if getattr(request, "htmx", False):
        return HttpResponse()
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else settings.LOGIN_REDIRECT_URL)


@require_POST
@signed_in
def again(request: HttpRequest) -> HttpResponse:
    """Show them all once more."""
    actions.show_hints_again(staff=me(request), now=timezone.now())
    ui.toast(request, _("The hints show again"))
    return redirect("people:me")
