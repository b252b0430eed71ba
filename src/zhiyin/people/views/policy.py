"""How people sign in: which roles must have a second factor."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError
from zhiyin.kit.fields import refresh
from zhiyin.people import actions, rules, security
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.factors import PolicyForm
from zhiyin.people.rules import Role
from zhiyin.people.views.layout import show, status_of, typed
from zhiyin.people.wiring import outside


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The house's policy, and what else decides who gets in."""
    policy = security.sign_in_policy()
    form = PolicyForm(typed(request), initial={"roles": policy.mfa_roles, "version": policy.version})
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_sign_in_policy(
                mfa_roles={Role(value) for value in form.cleaned_data["roles"]},
                version=form.cleaned_data["version"],
                by=me(request),
                now=timezone.now(),
            )
        except DomainError as problem:
            error = problem
            object_to(form, problem)
        else:
            ui.toast(request, _("Saved"))
            return redirect("people:sign_in")
    if isinstance(error, rules.Stale):
        refresh(form, security.sign_in_policy().version)
    context = {
        "form": form,
        "roles": security.with_second_factor_by_role(),
        "service": outside.service_name(),
        "callback": outside.callback_url() if settings.OIDC else "",
        "minutes": settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60,
    }
    return show(request, "sign_in", "sign_in", context, status=status_of(form, error))
