"""What a case says about a clause: when it was done, and for how long nobody here could go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from zhiyin.cases.models import Case, CaseEvent, Clock
from zhiyin.cases.rules.moves import JUDGED_KINDS
from zhiyin.cases.rules.words import ClockKind, ClockState, EventKind, Kind, Outcome, Stage
from zhiyin.catalogue.models import Clause
from zhiyin.catalogue.rules.words import Measure
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import Author, MessageKind
from zhiyin.guarantees.rules import End, Pause

FIRST = 1  # the guarantee is about the matter as it was raised; later rounds have clocks of their own
DONE_BY: dict[Measure, frozenset[EventKind]] = {
    Measure.ACKNOWLEDGE: frozenset({EventKind.ACKNOWLEDGED}),
    Measure.JUDGE: frozenset({EventKind.JUDGED}),
    Measure.RESOLVE: frozenset({EventKind.REMEDIED, EventKind.EXPLAINED, EventKind.CLOSED}),
    Measure.HELP: frozenset({EventKind.HELPED}),
}


class CaseFacts:
    """The clocks and the timeline of one case, read once for all its clauses."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.clocks = {clock.kind: clock for clock in case.clocks.filter(round=FIRST)}
        self.events: Sequence[CaseEvent] = list(case.events.order_by("at", "pk"))

    def falls_under(self, clause: Clause) -> bool:
        """Whether the clause speaks of this case at all."""
        case, measure = self.case, clause.measure
        if not measure or not (clause.covers_all or clause.item_id == case.service_item_id):
            return False
        if measure == Measure.HELP:
            return case.in_danger
        return measure != Measure.JUDGE or Kind(case.kind) in JUDGED_KINDS

    def end(self, measure: Measure) -> End | None:
        """When it was done, or no longer needed; None while it is waited for."""
        if self.case.outcome == Outcome.MERGED:
            return End(self.case.stage_since, done=False)
        clock = None if measure is Measure.HELP else self.clocks.get(ClockKind(measure.value))
        if clock is not None:
            return self._by_clock(clock)
        if measure is Measure.RESPOND:
            return self._answered()
        at = next((event.at for event in self.events if event.kind in DONE_BY[measure]), None)
        if at is not None:
            return End(at, done=True)
        ended = self.case.stage in {Stage.CLOSED, Stage.ARCHIVED}
        return End(self.case.stage_since, done=False) if ended else None

    def pauses(self, measure: Measure) -> list[Pause]:
        """While the customer chose, nobody here could settle it; while it was merged, nothing was asked for."""
        merged = self._between(EventKind.MERGED, EventKind.UNMERGED)
        return [*merged, *(self._choosing() if measure is Measure.RESOLVE else ())]

    def _by_clock(self, clock: Clock) -> End | None:
        if clock.settled_at is None or clock.state not in {ClockState.MET, ClockState.STOPPED}:
            return None
        return End(clock.settled_at, done=clock.state == ClockState.MET)

    def _answered(self) -> End | None:
        """Without a clock for it: the first answer by a person in the thread."""
        first = (
            Message.objects.filter(
                conversation_id=self.case.conversation_id,
                author=Author.STAFF,
                sent_at__gte=self.case.opened_at,
            )
            .exclude(kind=MessageKind.NOTE)
            .order_by("sent_at", "pk")
            .first()
        )
        return End(first.sent_at, done=True) if first is not None and first.sent_at else None

    def _choosing(self) -> Iterator[Pause]:
        since: datetime | None = None
        for event in self.events:
            if event.stage_after == Stage.APPROVED and since is None:
                since = event.at
            elif since is not None and event.stage_before == Stage.APPROVED:
                yield Pause(since, event.at)
                since = None
        if since is not None:
            yield Pause(since, None)

    def _between(self, begins: EventKind, ends: EventKind) -> Iterator[Pause]:
        """Only where the case itself was taken up into another, which moves it; not where others were merged into it."""
        since: datetime | None = None
        for event in self.events:
            if event.kind == begins and event.stage_after:
                since = event.at
            elif event.kind == ends and since is not None:
                yield Pause(since, event.at)
                since = None
        if since is not None:
            yield Pause(since, None)
