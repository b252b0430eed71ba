"""The people who work here, as administrators see them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiyin.kit import figures, ui
from zhiyin.kit.errors import DomainError
from zhiyin.kit.fields import refresh
from zhiyin.kit.language import say
from zhiyin.people import actions, holdings, letters, queries, rules, security
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.staff import StaffFilter, StaffForm
from zhiyin.people.views.layout import page_of, show, status_of, typed


@require_safe
@needs(Deed.MANAGE_PEOPLE)
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody, filtered."""
    form = StaffFilter(request.GET)
    form.is_valid()
    given = {name: form.cleaned_data.get(name) for name in form.fields}
    team, department = given["team"], given["department"]
    rows = queries.listing(
        text=given["q"] or "",
        role=given["role"] or "",
        team_id=team.pk if team else None,
        department_id=department.pk if department else None,
        state=given["state"] or "active",
    )
    page = page_of(request, rows)
    asked = any(request.GET.get(name) for name in form.fields)
    return show(request, "staff_list", "staff", {"page": page, "form": form, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's seat."""
    staff = queries.staff(pk)
    form = StaffForm(typed(request), staff=staff)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_staff(staff_id=pk, by=me(request), now=timezone.now(), **form.values())
        except DomainError as problem:
            error = problem
            object_to(form, problem)
        else:
            ui.toast(request, _("Saved"))
            return redirect("people:staff")
    changes: list[tuple[str, str]] = []
    if isinstance(error, rules.Stale):
        staff = queries.staff(pk)
        changes = differences(form, StaffForm.values_of(staff))
        refresh(form, staff.version)
    context = {
        "form": form,
        "person": staff,
        "is_me": staff.pk == me(request).pk,
        "changes": changes,
        "factors": security.factors(pk),
        "is_linked": bool(security.identities(pk)),
        "now": timezone.now(),
    }
    return show(request, "staff_edit", "staff", context, status=status_of(form, error))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the seat is closed: what its holder still has in her hands."""
    staff = queries.staff(pk)
    if request.method == "POST":
        actions.disable(staff_id=pk, by=me(request), now=timezone.now())
        ui.toast(request, _("%(name)s is signed out everywhere.") % {"name": staff.name})
        return redirect("people:staff_edit", pk=pk)
    context = {"person": staff, "holdings": holdings.of(pk), "is_me": staff.pk == me(request).pk}
    return show(request, "staff_disable", "staff", context)


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the seat again."""
    staff = actions.enable(staff_id=pk, by=me(request), now=timezone.now())
    ui.toast(request, _("%(name)s can sign in again.") % {"name": staff.name})
    return redirect("people:staff_edit", pk=pk)


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link for a new password, shown once: for a house without mail, or a colleague without an address."""
    staff = queries.staff(pk)
    if not staff.is_active:
        return redirect("people:staff_edit", pk=pk)
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    context = {"person": staff, "link": letters.password_link(staff), "hours": hours}
    return show(request, "staff_password", "staff", context)


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def reset_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """For a colleague who has lost telephone, keys and codes: she sets up new ones, and is told by letter."""
    staff = queries.staff(pk)
    actions.reset_factors(staff_id=pk, by=me(request), now=timezone.now())
    ui.toast(
        request,
        _("The second factors of %(name)s are removed; a letter tells so.") % {"name": staff.name}
        if letters.reaches(staff)
        else _("The second factors of %(name)s are removed. No letter went out: tell it in person.")
        % {"name": staff.name},
    )
    return redirect("people:staff_edit", pk=pk)


def differences(form: StaffForm, stored: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and stored value of every field where what was typed differs from what is stored now."""
    found = []
    for name, value in stored.items():
        typed = form.cleaned_data.get(name)
        plain = (
            [item.pk for item in typed]
            if name == "skills" and typed is not None
            else getattr(typed, "pk", typed)
        )
        if name != "version" and plain != value:
            found.append((str(form[name].label), shown(form, name, value)))
    return found


def shown(form: StaffForm, name: str, value: Any) -> str:
    """A stored value in the reader's words."""
    field = form.fields[name]
    if name == "skills":
        has = [skill for skill in field.queryset if skill.pk in value]  # type: ignore[attr-defined]
        return figures.listed(has) or _("None")
    if name == "role":
        return str(say(rules.Role(value)))
    if name in {"team", "department"}:
        unit = field.queryset.filter(pk=value).first() if value else None  # type: ignore[attr-defined]
        return str(unit) if unit else _("None")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
