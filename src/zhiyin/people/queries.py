"""What other rooms and pages ask about people, the house and its hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext, override

from zhiyin.kit.errors import NotFound
from zhiyin.libs.worktime import Calendar as Worktime
from zhiyin.libs.worktime import Period, Statutory
from zhiyin.people import access, calendars, rules
from zhiyin.people.access import Deed
from zhiyin.people.models import (
    Calendar,
    CalendarException,
    CalendarPeriod,
    DayKind,
    Department,
    Invitation,
    Organisation,
    Skill,
    Staff,
    StatutoryDay,
    Team,
)
from zhiyin.people.rules import Language, Role

T = TypeVar("T")
PREVIEW_DAYS = 14


def staff(pk: int) -> Staff:
    """One person with team and department. Raises `NotFound`."""
    person = Staff.objects.select_related("team", "department").filter(pk=pk).first()
    if person is None:
        raise NotFound
    return person


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Names by id, for pages that only have ids; one query."""
    wanted = {pk for pk in ids if pk is not None}
    return dict(Staff.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def active() -> QuerySet[Staff]:
    """Everybody who works here now, by name."""
    return Staff.objects.filter(is_active=True).select_related("team", "department").order_by("name", "pk")


def service_staff() -> QuerySet[Staff]:
    """Those who can hold a case: agents and supervisors."""
    return active().filter(role__in=sorted(rules.SERVICE_ROLES))


def colleagues(person: Staff) -> QuerySet[Staff]:
    """Others of the same team, or of the same department for those without a team."""
    if person.team_id is not None:
        return active().filter(team_id=person.team_id).exclude(pk=person.pk)
    if person.department_id is not None:
        return active().filter(department_id=person.department_id).exclude(pk=person.pk)
    return active().none()


def supervisors(team_id: int | None = None) -> QuerySet[Staff]:
    """All supervisors, or those of a team."""
    everybody = active().filter(role=Role.SUPERVISOR)
    return everybody if team_id is None else everybody.filter(team_id=team_id)


def handlers(department_id: int | None = None) -> QuerySet[Staff]:
    """All department handlers, or those of a department."""
    everybody = active().filter(role=Role.HANDLER)
    return everybody if department_id is None else everybody.filter(department_id=department_id)


def on_call() -> QuerySet[Staff]:
    """Whom a night call reaches."""
    return active().filter(on_call=True)


def capacities() -> dict[int, int]:
    """How many open cases at a time each agent and supervisor takes; `cases` counts the load itself."""
    return dict(service_staff().values_list("pk", "capacity"))


def listing(
    *,
    text: str = "",
    role: str = "",
    team_id: int | None = None,
    department_id: int | None = None,
    state: str = "active",
) -> QuerySet[Staff]:
    """The staff list; `state` is active, disabled or empty for both."""
    rows = Staff.objects.select_related("team", "department").prefetch_related("skills")
    if state in {"active", "disabled"}:
        rows = rows.filter(is_active=state == "active")
    if role:
        rows = rows.filter(role=role)
    if team_id is not None:
        rows = rows.filter(team_id=team_id)
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word))
    return rows.order_by("-is_active", "name", "pk")


def skill_ids(staff_id: int) -> list[int]:
    return list(Skill.objects.filter(staff_rows__staff_id=staff_id).values_list("pk", flat=True))


def teams(*, with_unused: bool = False, besides: int | None = None) -> QuerySet[Team]:
    """Those in use (and the one called `besides`), or all, with calendar and how many `people` each has."""
    rows: QuerySet[Team] = _units(Team.objects.all(), with_unused=with_unused, besides=besides)
    return rows


def departments(*, with_unused: bool = False, besides: int | None = None) -> QuerySet[Department]:
    """Those in use (and the one called `besides`), or all, with calendar and how many `people` each has."""
    rows: QuerySet[Department] = _units(Department.objects.all(), with_unused=with_unused, besides=besides)
    return rows


def _units(rows: Any, *, with_unused: bool, besides: int | None) -> Any:
    counted = rows.select_related("calendar").annotate(
        people=Count("members", filter=Q(members__is_active=True))
    )
    shown = counted if with_unused else counted.filter(Q(is_active=True) | Q(pk=besides))
    return shown.order_by("-is_active", "name", "pk")


def team(pk: int) -> Team:
    """Raises `NotFound`."""
    return _found(Team.objects.filter(pk=pk).first())


def department(pk: int) -> Department:
    """Raises `NotFound`."""
    return _found(Department.objects.filter(pk=pk).first())


def skills() -> QuerySet[Skill]:
    """With how many people in use have each, as `people`."""
    return Skill.objects.annotate(
        people=Count("staff_rows", filter=Q(staff_rows__staff__is_active=True))
    ).order_by("name", "pk")


def skill(pk: int) -> Skill:
    """Raises `NotFound`."""
    return _found(Skill.objects.filter(pk=pk).first())


def organisation() -> Organisation:
    """The house. Its row is made on first sight, with neutral words in its own language."""
    house = Organisation.objects.filter(pk=1).first()
    if house is None:
        with override(Language.ZH_HANS):
            name = gettext("Customer service centre")
        house, _made = Organisation.objects.get_or_create(pk=1, defaults={"name": name})
    return house


def invitations(person: Staff) -> QuerySet[Invitation]:
    """For administrators all, for supervisors those they sent; newest first."""
    rows = Invitation.objects.select_related("team", "department", "invited_by", "staff")
    if not access.may(person, Deed.MANAGE_PEOPLE):
        rows = rows.filter(invited_by=person)
    return rows.order_by("-created_at", "-pk")


def invitation_by_digest(digest: str, now: datetime) -> Invitation:
    """An invitation that can still be accepted, by the digest of its link. Raises `rules.InvitationOver`."""
    return _open(Invitation.objects.filter(digest=digest), now)


def _open(rows: QuerySet[Invitation], now: datetime) -> Invitation:
    found = rows.select_related("team", "department", "invited_by").first()
    if found is None or not rules.is_open(
        accepted_at=found.accepted_at, revoked_at=found.revoked_at, expires_at=found.expires_at, now=now
    ):
        raise rules.InvitationOver
    return found


def calendar_list() -> QuerySet[Calendar]:
    """Every calendar with its periods at hand."""
    return Calendar.objects.prefetch_related("periods").order_by("name", "pk")


def calendar(pk: int) -> Calendar:
    """Raises `NotFound`."""
    return _found(Calendar.objects.prefetch_related("periods", "exceptions").filter(pk=pk).first())


def periods(calendar_id: int) -> list[CalendarPeriod]:
    return list(CalendarPeriod.objects.filter(calendar_id=calendar_id).order_by("weekday", "start"))


def exceptions(calendar_id: int) -> list[CalendarException]:
    return list(CalendarException.objects.filter(calendar_id=calendar_id).order_by("date", "start", "pk"))


@dataclass(frozen=True, slots=True)
class Day:
    """One date of a calendar: when it is worked, and why if it is not an ordinary day."""

    date: date
    periods: tuple[Period, ...]
    kind: str = ""  # "", holiday, workday, exception
    provisional: bool = False


def preview(hours: Worktime, first: date, *, days: int = PREVIEW_DAYS) -> list[Day]:
    """The next `days` dates of a calendar, beginning with `first`."""
    return [_day(hours, first + timedelta(days=ahead)) for ahead in range(days)]


def _day(hours: Worktime, day: date) -> Day:
    kind = ""
    if day in hours.exceptions:
        kind = "exception"
    elif hours.always:
        kind = ""
    elif day in hours.workdays:
        kind = DayKind.WORKDAY
    elif day in hours.holidays:
        kind = DayKind.HOLIDAY
    unsure = not hours.always and hours.provisional_from is not None and day >= hours.provisional_from
    return Day(day, hours.periods_on(day), kind, unsure)


@dataclass(frozen=True, slots=True)
class StatutoryYear:
    """One loaded year."""

    year: int
    holidays: int
    workdays: int
    sources: tuple[str, ...]


def statutory() -> Statutory:
    """What is known of statutory days; see `zhiyin.libs.worktime`."""
    return calendars.known()


def statutory_years() -> list[StatutoryYear]:
    """The loaded years, newest first."""
    rows: dict[int, list[tuple[str, str]]] = {}
    for day, kind, source in StatutoryDay.objects.order_by("-date").values_list("date", "kind", "source"):
        rows.setdefault(day.year, []).append((kind, source))
    return [
        StatutoryYear(
            year,
            holidays=sum(kind == DayKind.HOLIDAY for kind, _ in days),
            workdays=sum(kind == DayKind.WORKDAY for kind, _ in days),
            sources=tuple(sorted({source for _, source in days if source})),
        )
        for year, days in rows.items()
    ]


def statutory_days(year: int) -> list[StatutoryDay]:
    return list(StatutoryDay.objects.filter(date__year=year).order_by("date"))


def _found(thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
