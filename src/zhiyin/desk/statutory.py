"""How the desk says what is owed by statute: badges, last days, what can be done about a transfer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from zhiyin.kit import figures, ui
from zhiyin.kit.language import say
from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.statutory import queries, texts
from zhiyin.statutory.rules import deadlines
from zhiyin.statutory.rules.words import OPEN, Duty, DutyState, LetterState, Mark, Region, TransferStage

LANE = "transfers"


@dataclass(frozen=True, slots=True)
class Time:
    """One statutory time as a row: what has to happen, its badge, its last day, and what it rests on."""

    row: Any
    label: str
    badge: ui.Clock | None
    last: Any
    basis: str
    remark: str
    mark: Mark | None

    @property
    def stated(self) -> bool:
        """The day was given, by the slip or an extension; it is not reckoned."""
        return self.row.given_on is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A transfer as pages show it."""

    row: Any
    name: str
    place: str
    stage: str
    times: list[Time]
    letters: list[Any]
    doable: list[str]
    badge: ui.Clock | None

    @property
    def open(self) -> bool:
        return self.row.stage in OPEN

    @property
    def under_way(self) -> Any:
        """The letter that is written or waits for its signature, if there is one."""
        return (
            next((one for one in self.letters if one.state != LetterState.ISSUED), None)
            if self.open
            else None
        )


def badge(duty: Any, *, now: datetime, label: bool = True) -> ui.Clock | None:
    """A statutory time as a badge; nothing for one that is no longer needed."""
    name = _("Statutory") if label else ""
    title = _("until the end of %(day)s") % {"day": figures.plain_day(last_day(duty), now.year)}
    if duty.state == DutyState.RUNNING:
        left, whole = duty.due_at - now, duty.due_at - duty.starts_at
        share = round(100 * (left / whole)) if whole else 0
        soon = duty.warn_at <= now
        return ui.running(left, share=share, soon=soon, label=name, title=title)
    if duty.state == DutyState.MET:
        late = duty.breached_at is not None
        return ui.Clock(
            "far" if late else "met", _("late") if late else _("in time"), 0 if late else 100, name, title
        )
    return None


def last_day(duty: Any) -> Any:
    """The last day on which it is in time."""
    return deadlines.last_day(duty.due_at, settings.TIME_ZONE)


def badges(case_ids: Iterable[int], *, now: datetime) -> dict[int, ui.Clock | None]:
    """The nearest statutory time of each of these cases; one query."""
    return {pk: badge(duty, now=now) for pk, duty in queries.running(case_ids).items()}


def shown(row: Any, staff: Any, *, now: datetime) -> Shown:
    """One transfer with everything about it."""
    times = [time(duty, now=now) for duty in row.duties.all()]
    ours = [one for one in times if one.row.state == DutyState.RUNNING and not one.row.theirs]
    return Shown(
        row=row,
        name=texts.authority(row),
        place=place(row),
        stage=str(say(TransferStage(row.stage))),
        times=times,
        letters=list(row.letters.all()),
        doable=doable(row, staff),
        badge=ours[0].badge if ours else None,
    )


def time(duty: Any, *, now: datetime) -> Time:
    rule = duty.rule
    return Time(
        row=duty,
        label=str(say(Duty(duty.duty))),
        badge=badge(duty, now=now, label=False),
        last=last_day(duty),
        basis=rule.basis if rule else "",
        remark=rule.remark if rule else "",
        mark=Mark(rule.mark) if rule else None,
    )


def place(row: Any) -> str:
    """Where the authority is: its region and city, as the reader writes them."""
    region = str(say(Region(row.region))) if row.region else ""
    return " ".join(part for part in (region, row.city) if part)


def doable(row: Any, staff: Any) -> list[str]:
    """The names of what this person can do about a transfer now, the next thing first."""
    if not access.may(staff, Deed.ESCALATE):
        return []
    letters = list(row.letters.all())
    under_way = any(one.state != LetterState.ISSUED for one in letters)
    issued = any(one.state == LetterState.ISSUED and _unused(one, row) for one in letters)
    stage = TransferStage(row.stage)
    found = []
    if stage is TransferStage.RECEIVED:
        found += ["accept", "refuse"]
    if stage is TransferStage.REFUSED:
        found += ["insist"]
    if stage in OPEN:
        if issued or access.may(staff, Deed.ANSWER_ESCALATION):
            found += ["reply"]
        if not under_way and not issued:
            found += ["letter"]
        if any(one.duty == Duty.RETURN and one.state == DutyState.RUNNING for one in row.duties.all()):
            found += ["extend"]
        found += ["withdraw", "amend"]
    if stage is TransferStage.REPLIED:
        found += ["close", "send_again"]
    return found


def _unused(letter: Any, row: Any) -> bool:
    """Whether no answer has been given with this letter yet."""
    return row.replied_at is None or letter.issued_at > row.replied_at


def soon(at: datetime, now: datetime) -> bool:
    """Whether a statutory time is near enough to say so: the last day and a half."""
    return at - now < timedelta(hours=36)
