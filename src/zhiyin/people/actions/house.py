"""The house: its organisation, departments, teams and skills."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction

from zhiyin.kit.errors import NotFound
from zhiyin.people import access, queries, rules
from zhiyin.people.access import Deed
from zhiyin.people.models import Calendar, Department, Organisation, Skill, Staff, Team
from zhiyin.people.rules import Language

Unit = TypeVar("Unit", Team, Department)


@transaction.atomic
def save_organisation(
    *,
    name: str,
    by: Staff | None,
    now: datetime,
    place: str = "",
    mark: str = "",
    phone: str = "",
    email: str = "",
    outside_routes: str = "",
    principles: str = "",
    default_team_id: int | None = None,
    language: Language = Language.ZH_HANS,
    version: int | None = None,
) -> Organisation:
    """What customers see of the house, and where new cases go. Raises `rules.Stale`, `rules.NameMissing`."""
    if by is not None:
        access.require(by, Deed.MANAGE_ORGANISATION)
    queries.organisation()
    house = Organisation.objects.select_for_update().get(pk=1)
    rules.check_version(version, house.version)
    if default_team_id is not None and default_team_id != house.default_team_id:
        _check_in_use(default_team_id)
    house.name, house.place, house.mark = rules.check_name(name), place.strip(), mark.strip()
    house.phone, house.email = phone.strip(), email.strip()
    house.outside_routes, house.principles = outside_routes.strip(), principles.strip()
    house.default_team_id, house.language = default_team_id, language
    house.version += 1
    house.save()
    return house


def save_team(
    *,
    name: str,
    calendar_id: int,
    by: Staff | None,
    now: datetime,
    team_id: int | None = None,
    is_active: bool = True,
    version: int | None = None,
) -> Team:
    """Make or change a team; out of use only when nobody is left in it. Raises `rules.StillUsed`."""
    return _save_unit(
        Team, team_id, name=name, calendar_id=calendar_id, is_active=is_active, version=version, by=by
    )


def save_department(
    *,
    name: str,
    calendar_id: int,
    by: Staff | None,
    now: datetime,
    department_id: int | None = None,
    is_active: bool = True,
    version: int | None = None,
) -> Department:
    """Make or change a department; the same rules as for a team."""
    return _save_unit(
        Department,
        department_id,
        name=name,
        calendar_id=calendar_id,
        is_active=is_active,
        version=version,
        by=by,
    )


@transaction.atomic
def _save_unit(
    model: type[Unit],
    pk: int | None,
    *,
    name: str,
    calendar_id: int,
    is_active: bool,
    version: int | None,
    by: Staff | None,
) -> Unit:
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    if not Calendar.objects.filter(pk=calendar_id).exists():
        raise NotFound
    unit = model.objects.select_for_update().filter(pk=pk).first() if pk is not None else model()
    if unit is None:
        raise NotFound
    if pk is not None:
        rules.check_version(version, unit.version)
        unit.version += 1
    unit.name, unit.calendar_id = rules.check_name(name), calendar_id
    if not is_active and pk is not None:
        count = unit.members.filter(is_active=True).count()
        if count:
            raise rules.StillUsed(field="is_active", name=unit.name, count=count)
    unit.is_active = is_active
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise rules.NameTaken(field="name", name=unit.name) from None
    return unit


@transaction.atomic
def save_skill(*, name: str, by: Staff | None, now: datetime, skill_id: int | None = None) -> Skill:
    """Name a skill. Raises `rules.NameTaken`."""
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    skill = Skill.objects.select_for_update().filter(pk=skill_id).first() if skill_id else Skill()
    if skill is None:
        raise NotFound
    skill.name = rules.check_name(name)
    try:
        with transaction.atomic():
            skill.save()
    except IntegrityError:
        raise rules.NameTaken(field="name", name=skill.name) from None
    return skill


@transaction.atomic
def remove_skill(*, skill_id: int, by: Staff | None, now: datetime) -> None:
    """Take a skill away from everybody and from the list."""
    if by is not None:
        access.require(by, Deed.MANAGE_PEOPLE)
    skill = Skill.objects.select_for_update().filter(pk=skill_id).first()
    if skill is None:
        raise NotFound
    skill.delete()


def _check_in_use(team_id: int) -> None:
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise NotFound
    if not team.is_active:
        raise rules.OutOfUse(field="default_team", name=team.name)
