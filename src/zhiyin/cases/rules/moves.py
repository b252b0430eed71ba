"""Which way a case goes: one path for each kind, one table of moves, one name for what is being done now."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import MappingProxyType

from zhiyin.cases.rules.words import Kind, Outcome, Stage
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Conflict, DomainError, gettext_noop


class Step(Choice):
    """What is being done now, or next: the ten steps of the loop as people call them."""

    RECEIVE = "receive", gettext_noop("Receive")
    JUDGE = "judge", gettext_noop("Judge")
    ASSIGN = "assign", gettext_noop("Responsible department")
    INVESTIGATE = "investigate", gettext_noop("Investigate")
    PROPOSE = "propose", gettext_noop("Proposals")
    APPROVE = "approve", gettext_noop("Approval")
    CHOOSE = "choose", gettext_noop("Customer's choice")
    REMEDY = "remedy", gettext_noop("Remedy")
    CONFIRM = "confirm", gettext_noop("Confirm satisfaction")
    ARCHIVE = "archive", gettext_noop("Archive")


REACHED_BY: Mapping[Stage, Step] = MappingProxyType(
    {
        Stage.RECEIVED: Step.RECEIVE,
        Stage.JUDGED: Step.JUDGE,
        Stage.ASSIGNED: Step.ASSIGN,
        Stage.INVESTIGATED: Step.INVESTIGATE,
        Stage.PROPOSED: Step.PROPOSE,
        Stage.APPROVED: Step.APPROVE,
        Stage.CHOSEN: Step.CHOOSE,
        Stage.REMEDIED: Step.REMEDY,
        Stage.CONFIRMED: Step.CONFIRM,
        Stage.CLOSED: Step.CONFIRM,
        Stage.ARCHIVED: Step.ARCHIVE,
    }
)

# The milestones of each kind, in order. A complaint goes the whole way; the others take what they need of it.
PATHS: Mapping[Kind, tuple[Stage, ...]] = MappingProxyType(
    {
        Kind.COMPLAINT: (
            Stage.RECEIVED,
            Stage.JUDGED,
            Stage.ASSIGNED,
            Stage.INVESTIGATED,
            Stage.PROPOSED,
            Stage.APPROVED,
            Stage.CHOSEN,
            Stage.REMEDIED,
            Stage.CONFIRMED,
            Stage.ARCHIVED,
        ),
        Kind.REQUEST: (Stage.RECEIVED, Stage.ASSIGNED, Stage.REMEDIED, Stage.CONFIRMED, Stage.ARCHIVED),
        Kind.ENQUIRY: (Stage.RECEIVED, Stage.REMEDIED, Stage.CONFIRMED, Stage.ARCHIVED),
        Kind.SUGGESTION: (Stage.RECEIVED, Stage.JUDGED, Stage.REMEDIED, Stage.ARCHIVED),
        Kind.PRAISE: (Stage.RECEIVED, Stage.REMEDIED, Stage.ARCHIVED),
    }
)

# Where a case may go besides straight on.
ASIDE: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        Stage.RECEIVED: frozenset({Stage.CLOSED}),
        Stage.JUDGED: frozenset({Stage.CLOSED}),
        Stage.ASSIGNED: frozenset({Stage.JUDGED, Stage.RECEIVED, Stage.CLOSED}),
        Stage.INVESTIGATED: frozenset({Stage.CLOSED}),
        Stage.PROPOSED: frozenset({Stage.INVESTIGATED, Stage.CLOSED}),
        Stage.APPROVED: frozenset({Stage.INVESTIGATED, Stage.CLOSED}),
        Stage.CHOSEN: frozenset({Stage.CLOSED}),
        Stage.REMEDIED: frozenset({Stage.RECEIVED, Stage.JUDGED, Stage.ASSIGNED}),
        Stage.CONFIRMED: frozenset({Stage.RECEIVED, Stage.JUDGED, Stage.ASSIGNED}),
        Stage.CLOSED: frozenset({Stage.ARCHIVED, Stage.RECEIVED, Stage.JUDGED, Stage.ASSIGNED}),
    }
)


def _moves(kind: Kind) -> Mapping[Stage, frozenset[Stage]]:
    path = PATHS[kind]
    onward = dict(itertools.pairwise(path))
    table: dict[Stage, frozenset[Stage]] = {}
    for stage in (*path, Stage.CLOSED):
        forward = {onward[stage]} if stage in onward else set()
        aside = {to for to in ASIDE.get(stage, frozenset()) if to in path or to is Stage.CLOSED}
        table[stage] = frozenset(forward | aside)
    if kind is Kind.ENQUIRY:  # an answer that satisfied at once needs no call afterwards
        table[Stage.REMEDIED] |= {Stage.ARCHIVED}
    return MappingProxyType(table)


MOVES: Mapping[Kind, Mapping[Stage, frozenset[Stage]]] = MappingProxyType(
    {kind: _moves(kind) for kind in Kind}
)
JUDGED_KINDS = frozenset(kind for kind in Kind if Stage.JUDGED in PATHS[kind])
ANSWERED_KINDS = frozenset({Kind.ENQUIRY, Kind.SUGGESTION, Kind.PRAISE})
ENDED = frozenset({Stage.CONFIRMED, Stage.CLOSED, Stage.ARCHIVED})


class IllegalMove(DomainError):
    code = "case.illegal_move"
    message = gettext_noop("From “%(old)s” a case does not go to “%(new)s”.")


class Archived(DomainError):
    code = "case.archived"
    message = gettext_noop("This case is archived and stays as it is. Open a new one that follows it.")


class Stale(Conflict):
    code = "case.stale"
    message = gettext_noop(
        "%(name)s has just changed this case. What you wrote is still here; look at the change and go on."
    )


class NotYet(DomainError):
    """A step was tried before what it builds on was there."""

    code = "case.not_yet"
    message = gettext_noop("First: %(step)s.")


class AlreadyEnded(DomainError):
    code = "case.already_ended"
    message = gettext_noop("This case has come to its end already.")


def check_move(kind: Kind, old: Stage, new: Stage) -> None:
    """Raise IllegalMove unless a case of `kind` may go from `old` to `new` in one step."""
    if new not in MOVES[kind].get(old, frozenset()):
        raise IllegalMove(old=old, new=new)


def steps(kind: Kind) -> tuple[Step, ...]:
    """The steps a case of this kind goes through, in order."""
    return tuple(REACHED_BY[stage] for stage in PATHS[kind])


def current_step(kind: Kind, stage: Stage) -> Step | None:
    """What is to be done next; None once archived."""
    if stage is Stage.ARCHIVED:
        return None
    if stage is Stage.CLOSED:
        return Step.ARCHIVE
    path = PATHS[kind]
    if stage not in path:
        return REACHED_BY[stage]
    return REACHED_BY[path[path.index(stage) + 1]]


def reopened_stage(kind: Kind, *, had_department: bool) -> Stage:
    """Where a case goes on when the customer is not satisfied: with the department that had it, else with the judgement."""
    path = PATHS[kind]
    if had_department and Stage.ASSIGNED in path:
        return Stage.ASSIGNED
    if Stage.JUDGED in path:
        return Stage.JUDGED
    return Stage.RECEIVED


def stage_without_department(kind: Kind) -> Stage:
    """Where a case stands when no department has it (refused, or not yet offered)."""
    return Stage.JUDGED if Stage.JUDGED in PATHS[kind] else Stage.RECEIVED


def outcome_of_answer(kind: Kind) -> Outcome | None:
    """An answered enquiry, suggestion or praise has its outcome with the answer; the others wait for the customer."""
    return Outcome.ANSWERED if kind in ANSWERED_KINDS else None
