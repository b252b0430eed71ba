"""The security of one's own account: second factors, and the browsers one is signed in with."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError, NotFound
from zhiyin.people import actions, security
from zhiyin.people.doors import confirmed, me, signed_in
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.factors import KeyNameForm
from zhiyin.people.views.layout import show, status_of, typed
from zhiyin.people.wiring import factors as mfa
from zhiyin.people.wiring import outside


@require_safe
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Everything that keeps this account hers alone."""
    own, now = me(request), timezone.now()
    found = security.factors(own.pk)
    is_asked = own.role in security.sign_in_policy().mfa_roles
    context = {
        "may_remove": not is_asked or sum(one.kind in security.STRONG for one in found) > 1,
        "app": next((one for one in found if one.kind == "totp"), None),
        "keys": [one for one in found if one.kind == "webauthn"],
        "codes": next((one for one in found if one.kind == "recovery_codes"), None),
        "is_asked": is_asked,
        "keys_work": mfa.keys_work(),
        "sessions": security.sessions(own.pk, here=request.session.session_key, now=now),
        "has_password": own.has_usable_password(),
        "service": outside.service_name() if settings.OIDC and security.identities(own.pk) else "",
        "now": now,
    }
    return show(request, "security", "security", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """What a key is called; the way to remove it."""
    own = me(request)
    found = next((one for one in security.factors(own.pk) if one.pk == pk and one.kind == "webauthn"), None)
    if found is None:
        raise NotFound
    form = KeyNameForm(typed(request), initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_key(staff=own, factor_id=pk, name=form.cleaned_data["name"], now=timezone.now())
        except DomainError as problem:
            object_to(form, problem)
        else:
            ui.toast(request, _("Saved"))
            return redirect("people:security")
    is_asked = own.role in security.sign_in_policy().mfa_roles
    strong = sum(one.kind in security.STRONG for one in security.factors(own.pk))
    context = {"form": form, "factor": found, "may_remove": not is_asked or strong > 1}
    return show(request, "key_edit", "security", context, status=status_of(form))


@require_POST
@confirmed
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a second factor away."""
    actions.remove_factor(staff=me(request), factor_id=pk, now=timezone.now())
    ui.toast(request, _("The second factor is removed."))
    return redirect("people:security")


@require_POST
@signed_in
def end_session(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign out of one browser; of this one, by the ordinary way out."""
    if reference == security.session_reference(request.session.session_key or ""):
        return redirect("account_logout")
    actions.end_session(staff=me(request), reference=reference, now=timezone.now())
    ui.toast(request, _("That browser is signed out."))
    return redirect("people:security")


@require_POST
@signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out of every browser but this one."""
    here = request.session.session_key
    count = actions.end_sessions(staff_id=me(request).pk, besides=here, now=timezone.now())
    said = ngettext(
        "%(count)s other browser is signed out.", "%(count)s other browsers are signed out.", count
    )
    ui.toast(request, said % {"count": count} if count else _("You were signed in nowhere else."))
    return redirect("people:security")
