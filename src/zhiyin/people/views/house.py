"""The house: organisation, teams, departments, skills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhiyin.kit import ui
from zhiyin.kit.errors import DomainError
from zhiyin.kit.fields import refresh
from zhiyin.people import actions, queries, rules
from zhiyin.people.access import Deed
from zhiyin.people.doors import me, needs
from zhiyin.people.forms.base import object_to
from zhiyin.people.forms.house import OrganisationForm, SkillForm, UnitForm
from zhiyin.people.rules import Language
from zhiyin.people.views.layout import page_of, show, status_of, typed


@require_safe
@needs(Deed.MANAGE_PEOPLE)
def teams(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.teams(with_unused=True))
    return show(request, "teams", "teams", {"page": page})


@require_safe
@needs(Deed.MANAGE_PEOPLE)
def departments(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.departments(with_unused=True))
    return show(request, "departments", "departments", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def team(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a team (no `pk`) or change one."""

    def save(**values: Any) -> object:
        return actions.save_team(team_id=pk, **values)

    return _unit(request, queries.team(pk) if pk else None, save, place="teams", template="team_edit")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def department(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a department (no `pk`) or change one."""

    def save(**values: Any) -> object:
        return actions.save_department(department_id=pk, **values)

    unit = queries.department(pk) if pk else None
    return _unit(request, unit, save, place="departments", template="department_edit")


def _unit(
    request: HttpRequest, unit: Any, save: Callable[..., object], *, place: str, template: str
) -> HttpResponse:
    initial = (
        {
            "name": unit.name,
            "calendar": unit.calendar_id,
            "is_active": unit.is_active,
            "version": unit.version,
        }
        if unit
        else {}
    )
    form = UnitForm(typed(request), initial=initial)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            save(
                name=given["name"],
                calendar_id=given["calendar"].pk,
                is_active=given["is_active"],
                version=given["version"],
                by=me(request),
                now=timezone.now(),
            )
        except DomainError as problem:
            error = problem
            object_to(form, problem)
        else:
            ui.toast(request, _("Saved"))
            return redirect(f"people:{place}")
    context = {"form": form, "unit": unit}
    return show(request, template, place, context, status=status_of(form, error))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def skills(request: HttpRequest) -> HttpResponse:
    """The list, and a field for one more."""
    form = SkillForm(typed(request))
    if request.method == "POST" and _save_skill(request, form, None):
        return redirect("people:skills")
    context = {"form": form, "page": page_of(request, queries.skills())}
    return show(request, "skills", "skills", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def skill(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a skill, or take it off the list."""
    found = queries.skill(pk)
    form = SkillForm(typed(request), initial={"name": found.name})
    if request.method == "POST" and _save_skill(request, form, pk):
        return redirect("people:skills")
    context = {"form": form, "skill": found}
    return show(request, "skill_edit", "skills", context, status=status_of(form))


def _save_skill(request: HttpRequest, form: SkillForm, pk: int | None) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_skill(name=form.cleaned_data["name"], skill_id=pk, by=me(request), now=timezone.now())
    except DomainError as problem:
        object_to(form, problem)
        return False
    ui.toast(request, _("Saved"))
    return True


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def remove_skill(request: HttpRequest, pk: int) -> HttpResponse:
    actions.remove_skill(skill_id=pk, by=me(request), now=timezone.now())
    ui.toast(request, _("The skill is off the list."))
    return redirect("people:skills")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_ORGANISATION)
def organisation(request: HttpRequest) -> HttpResponse:
    """The house as customers know it."""
    house = queries.organisation()
    names = [name for name in OrganisationForm.base_fields if name != "default_team"]
    initial = {name: getattr(house, name) for name in names} | {"default_team": house.default_team_id}
    form = OrganisationForm(typed(request), initial=initial)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        given["language"] = Language(given["language"])
        team = form.cleaned_data["default_team"]
        try:
            actions.save_organisation(
                default_team_id=team.pk if team else None, by=me(request), now=timezone.now(), **given
            )
        except DomainError as problem:
            error = problem
            object_to(form, problem)
        else:
            ui.toast(request, _("Saved"))
            return redirect("people:organisation")
    if isinstance(error, rules.Stale):
        refresh(form, queries.organisation().version)
    return show(request, "organisation", "organisation", {"form": form}, status=status_of(form, error))
