"""The catalogue, the touchpoints and the guarantee, from `content/catalogue.toml`, and what was made good since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhiyin.cases.models import Case
from zhiyin.catalogue import actions as catalogue
from zhiyin.catalogue.models import Clause
from zhiyin.catalogue.rules.words import Level, Measure
from zhiyin.conversations import actions as conversations
from zhiyin.demo import performance, plays, texts
from zhiyin.demo.deeds import Stage
from zhiyin.guarantees import actions as guarantees
from zhiyin.guarantees.models import Breach
from zhiyin.kit import audit
from zhiyin.people.models import Calendar, Staff
from zhiyin.people.rules import Role

FIRST, SECOND, THIRD = 420, 120, -20  # days ago from which each version holds
LATER_CLAUSES = 2  # the first version promised less: the last two came with the second
OWED = 2  # so many of the newest breaches are not made good yet


@dataclass(slots=True)
class Shelf:
    """Ids by the names and plays of the content."""

    items: dict[str, int] = field(default_factory=dict)
    by_play: dict[str, int] = field(default_factory=dict)
    talks: dict[str, int] = field(default_factory=dict)


def build(stage: Stage) -> Shelf:
    """The catalogue as it has grown, and three versions of the guarantee: one past, one in force, one to come."""
    content, shelf = plays.table("catalogue"), Shelf()
    by = next(person for person in stage.staff.values() if person.role == Role.QUALITY)
    points: dict[str, int] = {}
    hours = dict(Calendar.objects.values_list("name", "pk"))
    begun = stage.now - timedelta(days=FIRST)
    with audit.acting("demo", staff_id=by.pk):
        for place, row in enumerate(content["touchpoint"], 1):
            points[row["name"]] = catalogue.save_touchpoint(
                name=row["name"], position=place, key_factors="\n".join(row["factors"]), by=by, now=begun
            ).pk
            shelf.talks.update(dict.fromkeys(row.get("talks", ()), points[row["name"]]))
        for row in content["item"]:
            item_id = _item(row, stage, points, hours, by)
            shelf.items[row["name"]] = item_id
            shelf.by_play.update(dict.fromkeys(row.get("cases", ()), item_id))
        _publish(content, shelf, FIRST, stage.now, by, clauses=content["clause"][:-LATER_CLAUSES])
        _publish(content, shelf, SECOND, stage.now, by, clauses=content["clause"][-LATER_CLAUSES:])
        _sharpen(shelf, stage.now, by)
    return shelf


def _item(row: dict[str, Any], stage: Stage, points: dict[str, int], hours: dict[str, int], by: Staff) -> int:
    item_id = catalogue.save_item(
        name=row["name"],
        level=Level(row["level"]),
        standard=row["standard"],
        soft_side=row["soft"],
        measure=Measure(row["measure"]) if "measure" in row else None,
        minutes=row.get("minutes"),
        calendar_id=hours[row["hours"]] if "hours" in row else None,
        covers_all=row.get("all", False),
        touchpoint_id=points[row["touchpoint"]],
        department_id=stage.departments.get(row.get("department", "")),
        by=by,
        now=stage.now - timedelta(days=FIRST),
    ).pk
    for version in row.get("procedure", ()):
        holds = stage.now - timedelta(days=version["days_ago"])
        catalogue.write_procedure(
            item_id=item_id,
            steps="\n".join(version["steps"]),
            note=version.get("note", ""),
            effective_on=timezone.localdate(holds),
            by=by,
            now=min(holds, stage.now - timedelta(hours=20)),
        )
    return item_id


def _publish(
    content: dict[str, Any],
    shelf: Shelf,
    days_ago: int,
    now: datetime,
    by: Staff,
    *,
    clauses: list[dict[str, Any]],
) -> None:
    """The draft, which begins as the version before, with these clauses more; published a week ahead."""
    holds = now - timedelta(days=days_ago)
    at = holds - timedelta(days=7)
    words = content["guarantee"]
    catalogue.draft(title=words["title"], by=by, now=at)
    catalogue.save_draft(
        title=words["title"], intro=words["intro"], closing="\n".join(words["closing"]), by=by, now=at
    )
    for row in clauses:
        clause = catalogue.add_clause(item_id=shelf.items[row["item"]], by=by, now=at)
        catalogue.save_clause(
            clause_id=clause.pk,
            title=row["title"],
            heading=row["heading"],
            text=row["text"],
            remedy=row.get("remedy", ""),
            remedy_amount=Decimal(row["amount"]) if "amount" in row else None,
            **_target(clause),
            by=by,
            now=at,
        )
    catalogue.publish(effective_on=timezone.localdate(holds), by=by, now=at)


def _target(clause: Clause) -> dict[str, Any]:
    return {
        "measure": Measure(clause.measure) if clause.measure else None,
        "minutes": clause.minutes,
        "calendar_id": clause.calendar_id,
        "covers_all": clause.covers_all,
    }


def _sharpen(shelf: Shelf, now: datetime, by: Staff) -> None:
    """The version to come answers within one working hour instead of two."""
    at = now - timedelta(days=1)
    draft = catalogue.draft(title="", by=by, now=at)
    clause = draft.clauses.get(item_id=shelf.items[texts.say("受理与回应")])
    changes = {"title": texts.say("一个工作小时内有人回应"), "minutes": 60}
    words = {"heading": clause.heading, "text": clause.text, "remedy": clause.remedy}
    catalogue.save_clause(clause_id=clause.pk, **{**words, **_target(clause), **changes}, by=by, now=at)
    catalogue.publish(effective_on=timezone.localdate(now - timedelta(days=THIRD)), by=by, now=at)


def settle(stage: Stage, shelf: Shelf) -> None:
    """After the plays: talks are put to their touchpoints, and the older breaches told and made good the same day."""
    answering = next(person for person in stage.staff.values() if person.role == Role.SUPERVISOR)
    with audit.acting("demo", staff_id=answering.pk):
        for play, touchpoint_id in shelf.talks.items():
            conversations.place(
                conversation_id=stage.conversations[play],
                touchpoint_id=touchpoint_id,
                by=answering,
                now=stage.now,
            )
        standing = Breach.objects.filter(lifted_at__isnull=True).select_related("undertaking__clause")
        for breach in list(standing.order_by("found_at", "pk"))[:-OWED]:
            _make_good(breach, answering, stage.now)


def _next_morning(moment: datetime) -> datetime:
    """Ten past ten of the day after, when the supervisor goes through what was missed."""
    day = timezone.localdate(moment) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(10, 10)))


def _make_good(breach: Breach, by: Staff, now: datetime) -> None:
    at = min(_next_morning(breach.found_at), now)
    clause = breach.undertaking.clause
    case = Case.objects.select_related("conversation").get(pk=breach.undertaking.case_id)
    _tell(breach, case, by, at)
    if case.archived_at is None or clause.remedy_amount:
        guarantees.make_good(
            breach_id=breach.pk, given=clause.remedy, cost=clause.remedy_amount or Decimal(0), by=by, now=at
        )


def _tell(breach: Breach, case: Case, by: Staff, at: datetime) -> None:
    """By voice where the matter came by voice, else in writing; who had the last word since has read it on her page."""
    last = case.conversation.last_message_at
    if case.archived_at is not None or (last is not None and last > at):
        guarantees.shown(case_id=case.pk, now=at)
        return
    clause = breach.undertaking.clause
    words = texts.say("我们承诺过“{title}”，这次没有做到，对不起。按承诺给您：{remedy}，不用您申请。")
    guarantees.tell(
        breach_id=breach.pk,
        text=words.format(title=clause.title, remedy=clause.remedy),
        by_voice=case.channel in performance.SPOKEN,
        by=by,
        now=at,
    )
    performance.deliver(at)
