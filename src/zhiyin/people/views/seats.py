"""Invitations: sent by those who may, accepted by whoever holds the link."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError
from zhiyin.people import actions, letters, queries, rules
from zhiyin.people.access import Deed
from zhiyin.people.actions.seats import digest
from zhiyin.people.doors import me, needs
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.staff import AcceptForm, InvitationForm
from zhiyin.people.rules import Language
from zhiyin.people.views.layout import page_of, show, status_of, typed

HELD = "invitation"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.INVITE)
def invitations(request: HttpRequest) -> HttpResponse:
    """Offer a seat; who has been offered one. The link is on the page once, right after it was made."""
    form = InvitationForm(typed(request), by=me(request))
    error: DomainError | None = None
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            token = actions.invite(
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                by=me(request),
                now=now,
                **form.seat(),
            )
        except DomainError as problem:
            error = problem
            object_to(form, problem)
        else:
            return _page(request, InvitationForm(by=me(request)), token=token, now=now)
    return _page(request, form, now=now, status=status_of(form, error))


def _page(
    request: HttpRequest, form: InvitationForm, *, now: datetime, token: str = "", status: int = 200
) -> HttpResponse:
    """The list with the form; with `token`, the link of the seat just offered, and its letter on the way."""
    sent = None
    if token:
        link = letters.invitation_link(token)
        invitation = queries.invitation_by_digest(digest(token), now)
        sent = {"to": invitation, "link": link, "mailed": letters.send_invitation(invitation, link)}
    page = page_of(request, queries.invitations(me(request)))
    context = {"form": form, "page": page, "sent": sent, "now": now, "mail": settings.EMAIL_CONFIGURED}
    return show(request, "invitations", "invitations", context, status=status)


@require_POST
@needs(Deed.INVITE)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Seven more days for a seat that was not taken in time; the new link is shown once."""
    now = timezone.now()
    token = actions.renew_invitation(invitation_id=pk, by=me(request), now=now)
    return _page(request, InvitationForm(by=me(request)), token=token, now=now)


@require_POST
@needs(Deed.INVITE)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an offer."""
    actions.revoke_invitation(invitation_id=pk, by=me(request), now=timezone.now())
    ui.toast(request, _("The invitation is withdrawn."))
    return redirect("people:invitations")


@require_safe
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the token for a place in the session, so that it stays in no address. Changes nothing else."""
    held = digest(token)
    queries.invitation_by_digest(held, timezone.now())
    request.session[HELD] = held  # a new link for the seat makes this one, opened before, useless too
    return redirect("people:invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request: HttpRequest) -> HttpResponse:
    """Take the seat: a sign-in name and a password, and in."""
    now = timezone.now()
    held = request.session.get(HELD)
    if held is None:
        raise rules.InvitationOver
    invitation = queries.invitation_by_digest(str(held), now)
    form = AcceptForm(typed(request), name=invitation.name, email=invitation.email)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            staff = actions.accept_invitation(
                invitation_id=invitation.pk,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password1"],
                language=Language(translation.get_language() or Language.ZH_HANS),
                now=now,
            )
        except rules.InvitationOver:
            raise
        except DomainError as problem:
            error = problem
            object_to(form, problem)
        else:
            request.session.pop(HELD, None)
            login(request, staff, backend=BACKEND)
            record_authentication(request, staff, method="password")
            return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {"form": form, "invitation": invitation, "house": queries.organisation()}
    return render(request, "people/accept.html", context, status=status_of(form, error))
