"""The house and its customers, from `content/house.toml` and `content/customers_*.toml`, through the actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from zhiyin.customers import actions as customers
from zhiyin.customers.actions import ContactEntry
from zhiyin.customers.rules import (
    Channel,
    ContactKind,
    Nature,
    ObjectKind,
    Purpose,
    Relation,
    Rest,
    Side,
    minutes,
)
from zhiyin.demo import plays, schedule, texts
from zhiyin.demo.deeds import Stage
from zhiyin.kit import audit
from zhiyin.people import actions as people
from zhiyin.people import calendars
from zhiyin.people.models import Staff
from zhiyin.people.rules import Language, Role

PASSWORD = "wutongli-demo"  # noqa: S105  # known to everybody who reads the command's output: for the demo alone
SOURCE = "demo"
RELATIONS = {"业主": Relation.OWNER, "租户": Relation.TENANT, "家属": Relation.FAMILY, "使用": Relation.USER}
KINDS = {
    "room": ObjectKind.ROOM,
    "parking": ObjectKind.PARKING,
    "place": ObjectKind.PLACE,
    "device": ObjectKind.DEVICE,
}


def build(now: datetime) -> tuple[Stage, dict[str, int]]:
    """Calendars, departments, teams, people, the organisation; everything was there before the plays begin."""
    content = plays.table("house")
    begun = _morning(now - timedelta(days=content["organisation"].pop("begun_days_ago")))
    with audit.acting("demo"):
        hours = {row["name"]: _calendar(row, begun) for row in content["calendar"]}
        departments = {
            row["name"]: people.save_department(
                name=row["name"], calendar_id=hours[row["hours"]], by=None, now=begun
            ).pk
            for row in content["department"]
        }
        teams = {
            row["name"]: people.save_team(
                name=row["name"], calendar_id=hours[row["hours"]], by=None, now=begun
            ).pk
            for row in content["team"]
        }
        departments, teams = texts.Named(departments), texts.Named(teams)
        names = dict.fromkeys(name for row in content["staff"] for name in row.get("skills", ()))
        skills = {name: people.save_skill(name=name, by=None, now=begun).pk for name in names}
        people_of = {row["name"]: _person(row, teams, departments, skills, begun) for row in content["staff"]}
        staff = texts.Named(people_of)
        for row in content["invitation"]:
            _invitation(row, staff, list(teams.values()), departments, now)
        people.save_organisation(
            **content["organisation"],
            default_team_id=next(iter(teams.values())),
            language=Language(texts.language()),
            by=None,
            now=begun,
        )
    service = calendars.load(hours[content["team"][0]["hours"]])
    of = {name: calendars.load(_calendar_of(person, hours, content)) for name, person in staff.items()}
    return Stage(now, schedule.Hours(service, of), staff, departments, teams={}), teams


def _calendar(row: dict[str, Any], begun: datetime) -> int:
    return people.save_calendar(
        name=row["name"],
        periods=week(row.get("week", ())),
        always=row.get("always", False),
        observes_statutory=row.get("statutory", True),
        by=None,
        now=begun,
    ).pk


def week(lines: Iterable[str]) -> list[tuple[int, int, int]]:
    """Weekday from 0, from, to in minutes; a line names days, 1 is Monday, and their periods: `1-6 08:30-12:00`."""
    periods = []
    for line in lines:
        days, *spans = line.split()
        first, _, last = days.partition("-")
        for weekday in range(int(first), int(last or first) + 1):
            for span in spans:
                start, end = map(minutes, span.split("-"))
                periods.append((weekday - 1, start, end))
    return periods


def _person(
    row: dict[str, Any],
    teams: dict[str, int],
    departments: dict[str, int],
    skills: dict[str, int],
    begun: datetime,
) -> Staff:
    return people.create_staff(
        username=row["username"],
        name=row["name"],
        role=Role(row["role"]),
        email=f"{row['username']}@example.com",
        password=PASSWORD,
        team_id=teams.get(row.get("team", "")),
        department_id=departments.get(row.get("department", "")),
        approval_limit=Decimal(row.get("limit", 0)),
        capacity=row.get("capacity", 20),
        on_call=row.get("on_call", False),
        skill_ids=[skills[name] for name in row.get("skills", ())],
        language=Language(texts.language()),
        by=None,
        now=begun,
    )


def _invitation(
    row: dict[str, Any], staff: dict[str, Staff], teams: list[int], departments: dict[str, int], now: datetime
) -> None:
    people.invite(
        name=row["name"],
        email=row["email"],
        role=Role(row["role"]),
        team_id=teams[row["team"]] if "team" in row else None,
        department_id=departments.get(row.get("department", "")),
        by=staff[row["by"]],
        now=now - timedelta(days=row["days_ago"]),
    )


def _calendar_of(person: Staff, hours: dict[str, int], content: dict[str, Any]) -> int:
    place = person.team or person.department
    return place.calendar_id if place else hours[content["team"][0]["hours"]]


def settle_customers(stage: Stage, teams: dict[str, int]) -> dict[str, int]:
    """The customers with all that is known about them; their ids by the name used in the plays."""
    found = {}
    for row in rows():
        with audit.acting("demo"):
            customer_id = _customer(row, stage, teams)
        found[row["name"]] = customer_id
        stage.teams[row["name"]] = teams[row.get("team", next(iter(teams)))]
    return found


def rows() -> Iterator[dict[str, Any]]:
    for name in ("customers_east", "customers_west"):
        yield from plays.table(name)["customer"]


def _customer(row: dict[str, Any], stage: Stage, teams: dict[str, int]) -> int:
    moment = _morning(stage.now - timedelta(days=row.get("days", 300)))
    owner = stage.staff.get(row.get("owner", ""))
    customer = customers.create_customer(
        name=row["name"],
        salutation=row.get("call", ""),
        nature=Nature(row.get("nature", "person")),
        side=Side.INTERNAL if "department" in row else Side.EXTERNAL,
        department_id=stage.departments.get(row.get("department", "")),
        contacts=list(_contacts(row)),
        rest=[Rest(*map(minutes, span.split("-"))) for span in row.get("rest", ())],
        is_member=row.get("member", False),
        preferred_channel=Channel(row["likes"]) if "likes" in row else "",
        since=_since(row),
        note=row.get("note", ""),
        team_id=teams[row.get("team", next(iter(teams)))],
        owner_id=owner.pk if owner else None,
        source=SOURCE,
        external_id=row["name"],
        by=None,
        now=moment,
    )
    for line in row.get("about", ()):
        _relate(customer.pk, line, moment)
    for line in row.get("consents", ()):
        _consent(customer.pk, line, moment, stage)
    return customer.pk


def _since(row: dict[str, Any]) -> date | None:
    """Moved in that year, the months spread by the length of the name and numbers."""
    if "since" not in row:
        return None
    spread = sum(map(ord, row["name"]))
    return date(row["since"], 1 + spread % 12, 1 + spread % 27)


def _contacts(row: dict[str, Any]) -> Iterator[ContactEntry]:
    for number, phone in enumerate(row.get("phones", ())):
        value, _, label = phone.partition(" ")
        yield ContactEntry(ContactKind.PHONE, texts.say(value), texts.say(label), is_primary=number == 0)
    if email := row.get("email"):
        yield ContactEntry(ContactKind.EMAIL, email, is_primary=True)
    if wechat := row.get("wechat"):
        yield ContactEntry(ContactKind.WECHAT, wechat, is_primary=True)


def _relate(customer_id: int, line: str, moment: datetime) -> None:
    """`7-1203 业主`, or with the kind and name of what is no room: `B1-077 业主 parking 地库B1-077车位`."""
    code, relation, *more = line.split()
    kind, name = (more[0], texts.say(more[1])) if more else ("room", _room(code))
    customers.relate_object(
        customer_id=customer_id,
        code=code,
        relation=RELATIONS[relation],
        kind=KINDS[kind],
        name=name,
        by=None,
        now=moment,
    )


def _room(code: str) -> str:
    building, _, flat = code.partition("-")
    return texts.say("{building}栋{flat}室").format(building=building, flat=flat)


def _consent(customer_id: int, line: str, moment: datetime, stage: Stage) -> None:
    """`survey`, or `marketing -20`: given, and taken back twenty days ago."""
    purpose, _, ago = line.partition(" -")
    customers.give_consent(
        customer_id=customer_id,
        purpose=Purpose(purpose),
        text_version=texts.say("2025-06 版"),
        by=None,
        now=moment + timedelta(minutes=20),
    )
    if ago:
        customers.withdraw_consent(
            customer_id=customer_id,
            purpose=Purpose(purpose),
            by=None,
            now=_morning(stage.now - timedelta(days=int(ago))),
        )


def _morning(moment: datetime) -> datetime:
    """Twenty to ten of that day."""
    return datetime.combine(moment.astimezone(schedule.ZONE).date(), time(9, 40), schedule.ZONE)
