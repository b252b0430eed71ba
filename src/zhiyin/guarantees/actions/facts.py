"""What a case says about a clause, round by round: when it was done, and for how long nobody here could go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhiyin.cases.models import Case, CaseEvent, Clock
from zhiyin.cases.rules.moves import JUDGED_KINDS
from zhiyin.cases.rules.words import ClockState, EventKind, Kind, Outcome, Stage
from zhiyin.catalogue.models import Clause
from zhiyin.catalogue.rules.words import Measure
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import Author, MessageKind
from zhiyin.guarantees.rules import FIRST_ROUND, End, Pause, asked_again

DONE_BY: dict[Measure, frozenset[EventKind]] = {
    Measure.ACKNOWLEDGE: frozenset({EventKind.ACKNOWLEDGED}),
    Measure.JUDGE: frozenset({EventKind.JUDGED}),
    Measure.RESOLVE: frozenset({EventKind.REMEDIED, EventKind.EXPLAINED, EventKind.CLOSED}),
    Measure.HELP: frozenset({EventKind.HELPED}),
}


class CaseFacts:
    """The clocks and the timeline of one case, read once for all its clauses and rounds."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.clocks = {(clock.round, clock.kind): clock for clock in case.clocks.all()}
        self.events: Sequence[CaseEvent] = list(case.events.order_by("at", "pk"))

    def rounds(self) -> list[Round]:
        """From the receipt and from every reopening on, each until the next; the last one goes on."""
        again = [event.at for event in self.events if event.kind == EventKind.REOPENED]
        begun = [self.case.opened_at, *again]
        return [
            Round(self, number, since, until)
            for number, (since, until) in enumerate(zip(begun, [*again, None], strict=True), FIRST_ROUND)
        ]

    def merged(self) -> list[Pause]:
        """While it was taken up into another case nothing was asked for; not where others were merged into it."""
        return list(self._between(EventKind.MERGED, EventKind.UNMERGED))

    def _between(self, begins: EventKind, ends: EventKind) -> Iterator[Pause]:
        since: datetime | None = None
        for event in self.events:
            if event.kind == begins and event.stage_after:
                since = event.at
            elif event.kind == ends and since is not None:
                yield Pause(since, event.at)
                since = None
        if since is not None:
            yield Pause(since, None)


@dataclass(frozen=True, slots=True)
class Round:
    """One time the matter was raised: as it was received, or as it came back; `until` None is still going on."""

    facts: CaseFacts
    number: int
    since: datetime
    until: datetime | None

    def falls_under(self, clause: Clause) -> bool:
        """Whether the clause speaks of this case, and of this round of it, at all."""
        case, measure = self.facts.case, clause.measure
        if not measure or not (clause.covers_all or clause.item_id == case.service_item_id):
            return False
        if not asked_again(Measure(measure), self.number):
            return False
        if measure == Measure.HELP:
            return case.in_danger
        return measure != Measure.JUDGE or Kind(case.kind) in JUDGED_KINDS

    def end(self, measure: Measure) -> End | None:
        """When it was done, or no longer needed; None while it is waited for."""
        case = self.facts.case
        if case.outcome == Outcome.MERGED and self.until is None:
            return End(case.stage_since, done=False)
        clock = None if measure is Measure.HELP else self.facts.clocks.get((self.number, measure.value))
        found = self._by_clock(clock) if clock is not None else self._by_record(measure)
        return found or (End(self.until, done=False) if self.until is not None else None)

    def pauses(self, measure: Measure) -> list[Pause]:
        """While the customer chose, nobody here could settle it; while it was merged, nothing was asked for."""
        return [*self.facts.merged(), *(self._choosing() if measure is Measure.RESOLVE else ())]

    def _by_clock(self, clock: Clock) -> End | None:
        if clock.settled_at is None or clock.state not in {ClockState.MET, ClockState.STOPPED}:
            return None
        return End(clock.settled_at, done=clock.state == ClockState.MET)

    def _by_record(self, measure: Measure) -> End | None:
        """Without a clock for it: what the timeline and the thread say."""
        if measure is Measure.RESPOND:
            return self._answered()
        at = next((event.at for event in self._events() if event.kind in DONE_BY[measure]), None)
        if at is not None:
            return End(at, done=True)
        case = self.facts.case
        ended = self.until is None and case.stage in {Stage.CLOSED, Stage.ARCHIVED}
        return End(case.stage_since, done=False) if ended else None

    def _events(self) -> Iterator[CaseEvent]:
        return (
            event
            for event in self.facts.events
            if event.at >= self.since and (self.until is None or event.at < self.until)
        )

    def _answered(self) -> End | None:
        """The first answer by a person in the thread."""
        said = Message.objects.filter(
            conversation_id=self.facts.case.conversation_id, author=Author.STAFF, sent_at__gte=self.since
        ).exclude(kind=MessageKind.NOTE)
        if self.until is not None:
            said = said.filter(sent_at__lt=self.until)
        first = said.order_by("sent_at", "pk").first()
        return End(first.sent_at, done=True) if first is not None and first.sent_at else None

    def _choosing(self) -> Iterator[Pause]:
        since: datetime | None = None
        for event in self._events():
            if event.stage_after == Stage.APPROVED and since is None:
                since = event.at
            elif since is not None and event.stage_before == Stage.APPROVED:
                yield Pause(since, event.at)
                since = None
        if since is not None:
            yield Pause(since, None)
