"""What the verbs of a play do: one function each, one call of a room's action.

The parts of a step are the words of the action, in the order named in each docstring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from zhiyin.cases import actions as cases
from zhiyin.cases import links
from zhiyin.cases.models import Case
from zhiyin.cases.queries import money
from zhiyin.cases.rules.words import EscalationKind, Gap, LinkPurpose, Severity
from zhiyin.conversations import actions as conversations
from zhiyin.customers.rules import Channel
from zhiyin.demo import schedule
from zhiyin.demo.plays import Play, Step
from zhiyin.people.models import Staff

LINK = "link"  # in the place of a channel: by the customer's own link, in the portal
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Stage:
    """What the plays share: people, departments, each customer's team, and the cases so far by their play's key."""

    now: datetime
    hours: schedule.Hours
    staff: dict[str, Staff]
    departments: dict[str, int]
    teams: dict[str, int]
    cases: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(
        default_factory=dict
    )  # by a play's key: the service its matter falls under
    conversations: dict[str, int] = field(default_factory=dict)
    incidents: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Act:
    """One play as far as it has gone."""

    play: Play
    stage: Stage
    customer_id: int
    conversation_id: int = 0
    case_id: int = 0
    number: str = ""
    told: bool = False
    proposals: list[int] = field(default_factory=list)
    promises: list[int] = field(default_factory=list)
    escalations: list[int] = field(default_factory=list)
    expenses: list[int] = field(default_factory=list)

    def words(self, text: str, due: datetime | None = None) -> str:
        """`text` with the case's number and the promised time filled in; ` / ` begins a new line."""
        filled = text.replace("{number}", self.number).replace(" / ", "\n")
        return filled.replace("{due}", schedule.say(due)) if due else filled

    def due(self, text: str, at: datetime) -> datetime:
        return schedule.due(text, hours=self.stage.hours, at=at, now=self.stage.now)


Deed = Callable[[Act, Step, Staff | None, datetime], object]


def says(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The customer writes or speaks: text."""
    conversations.receive(conversation_id=act.conversation_id, text=act.words(step.part(0)), now=at)


def reply(act: Act, step: Step, by: Staff | None, at: datetime) -> int:
    """Answer the customer: text. Where nothing could be shown or sent at once, this is when she is told."""
    return tell_customer(act, act.words(step.part(0)), acting(by), at)


def tell_customer(act: Act, text: str, by: Staff, at: datetime) -> int:
    if not act.case_id:
        act.told = True
        return conversations.reply(conversation_id=act.conversation_id, text=text, by=by, now=at).pk
    message = cases.reply(case_id=act.case_id, text=text, by=by, now=at)
    if not act.told:
        cases.tell(case_id=act.case_id, by=by, now=at)
        act.told = True
    return message.pk


def note(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Among colleagues: text."""
    if act.case_id:
        cases.note(case_id=act.case_id, text=act.words(step.part(0)), by=acting(by), now=at)
    else:
        conversations.note(conversation_id=act.conversation_id, text=act.words(step.part(0)), by=by, now=at)


def take(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Take charge."""
    if act.case_id:
        cases.take(case_id=act.case_id, by=acting(by), now=at)
    else:
        conversations.assign(
            conversation_id=act.conversation_id, staff_id=acting(by).pk, by=acting(by), now=at
        )


def hand(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Give it to a colleague: name | text."""
    to = act.stage.staff[step.part(0)]
    cases.hand_over(case_id=act.case_id, to_id=to.pk, text=step.part(1), by=acting(by), now=at)


def tell(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The customer has been told that it was received."""
    cases.tell(case_id=act.case_id, by=acting(by), now=at)
    act.told = True


def grave(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Put the severity right: 1, 2 or 3."""
    cases.correct(case_id=act.case_id, severity=Severity(step.part(0)), by=acting(by), now=at)


def aid(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Help first: text."""
    cases.give_help(case_id=act.case_id, text=step.part(0), by=acting(by), now=at)


def judge(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Yes or no, and the reason of the ground | yes or no, and the reason of the demand."""
    (ground, ground_reason), (demand, demand_reason) = (part.split(" ", 1) for part in step.parts)
    cases.judge(
        case_id=act.case_id,
        ground_sufficient=ground == "yes",
        ground_reason=ground_reason,
        demand_reasonable=demand == "yes",
        demand_reason=demand_reason,
        by=acting(by),
        now=at,
    )


def explain(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Not founded, told kindly: text."""
    cases.explain(case_id=act.case_id, text=act.words(step.part(0)), by=acting(by), now=at)


def offer(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Pass it to a department: name | text."""
    cases.offer(
        case_id=act.case_id,
        department_id=act.stage.departments[step.part(0)],
        text=step.part(1),
        by=acting(by),
        now=at,
    )


def accept(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The department takes it."""
    cases.accept(case_id=act.case_id, by=acting(by), now=at)


def refuse(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The department sends it back: reason."""
    cases.refuse(case_id=act.case_id, reason=step.part(0), by=acting(by), now=at)


def agree(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """By when the cause will be known: due | text."""
    due = act.due(step.part(0), at)
    case = cases.agree_time(
        case_id=act.case_id, due_at=due, text=act.words(step.part(1), due), by=acting(by), now=at
    )
    act.promises.append(case.case_promises.latest("pk").promise_id)


def investigate(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Findings | root cause | gap."""
    gap = Gap(step.part(2)) if step.part(2) else None
    cases.investigate(
        case_id=act.case_id,
        findings=act.words(step.part(0)),
        root_cause=step.part(1),
        gap=gap,
        by=acting(by),
        now=at,
    )


def propose(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Title | description | duration | effort | feasibility | cost, with * when recommended."""
    title, description, duration, effort, feasibility, cost = step.parts
    proposal = cases.propose(
        case_id=act.case_id,
        title=title,
        description=act.words(description),
        duration=duration,
        effort=effort.removeprefix("-"),
        feasibility=feasibility,
        cost=Decimal(cost.rstrip("*")),
        is_recommended=cost.endswith("*"),
        by=acting(by),
        now=at,
    )
    act.proposals.append(proposal.pk)


def submit(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Hand the proposals to the supervisor."""
    cases.submit(case_id=act.case_id, by=acting(by), now=at)


def approve(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Which, counted in the play's order | which not, or - | reason."""
    cases.approve(
        case_id=act.case_id,
        proposal_ids=_picked(act, step.part(0)),
        refused_ids=_picked(act, step.part(1)),
        reason=step.part(2),
        by=acting(by),
        now=at,
    )


def back(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Refuse them all: reason."""
    cases.send_back(case_id=act.case_id, reason=step.part(0), by=acting(by), now=at)


def _picked(act: Act, text: str) -> list[int]:
    return [act.proposals[int(number) - 1] for number in text.split() if number != "-"]


def choose(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Which | channel, or link | the customer's words."""
    channel, link_id = _way(act, step.part(1), LinkPurpose.CHOOSE, at)
    cases.choose(
        case_id=act.case_id,
        proposal_id=_picked(act, step.part(0))[0],
        channel=channel,
        words=step.part(2),
        link_id=link_id,
        by=by,
        now=at,
    )


def none(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """None of them fits: channel, or link | the customer's words."""
    channel, link_id = _way(act, step.part(0), LinkPurpose.CHOOSE, at)
    cases.none_fits(case_id=act.case_id, words=step.part(1), channel=channel, link_id=link_id, by=by, now=at)


def _way(act: Act, way: str, purpose: LinkPurpose, at: datetime) -> tuple[Channel, int | None]:
    """How the customer's word comes; by link: the one that was sent is opened a minute before."""
    if way != LINK:
        return Channel(way), None
    case = Case.objects.get(pk=act.case_id)
    key = links.issue(case=case, purpose=purpose, now=at - 40 * MINUTE)
    return Channel.PORTAL, links.exchange(key=key, now=at - MINUTE).link_id


def remedy(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """What was done | so that it does not happen again | cost."""
    cases.remedy(
        case_id=act.case_id,
        text=act.words(step.part(0)),
        prevention=step.part(1).removeprefix("-"),
        cost=Decimal(step.part(2) or 0),
        by=acting(by),
        now=at,
    )


def spend(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Goodwill, or more money for the remedy: kind | amount | what for. What needs a yes waits for `grant`."""
    kinds = {kind.name: kind.pk for kind in money.kinds()}
    expense = cases.spend(
        case_id=act.case_id,
        kind_id=kinds[step.part(0)],
        amount=Decimal(step.part(1)),
        text=act.words(step.part(2)),
        by=acting(by),
        now=at,
    )
    act.expenses.append(expense.pk)


def grant(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """A yes to the money asked for last: reason."""
    cases.approve_expense(
        case_id=act.case_id, expense_id=act.expenses[-1], reason=step.part(0), by=acting(by), now=at
    )


def answer(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """An enquiry, suggestion or praise is answered: text."""
    if not act.told:
        tell(act, step, by, at)
    cases.answer(case_id=act.case_id, text=act.words(step.part(0)), by=acting(by), now=at)


def confirm(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Yes or no, and the handling from 1 to 10 | channel, or link | the customer's words."""
    satisfied, _, handling = step.part(0).partition(" ")
    channel, link_id = _way(act, step.part(1), LinkPurpose.CONFIRM, at)
    cases.confirm(
        case_id=act.case_id,
        satisfied=satisfied == "yes",
        handling=int(handling) if handling else None,
        channel=channel,
        words=step.part(2),
        link_id=link_id,
        by=by,
        now=at,
    )


def missed(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The follow-up call found nobody: text."""
    cases.not_reached(case_id=act.case_id, text=step.part(0), by=acting(by), now=at)


def unreached(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Closed without the customer's word after three calls: text."""
    cases.close_unreached(case_id=act.case_id, text=step.part(0), by=acting(by), now=at)


def reopen(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Taken up again: reason."""
    cases.reopen(case_id=act.case_id, reason=step.part(0), by=by, now=at)


def withdraw(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The customer no longer wants it: words."""
    cases.withdraw(case_id=act.case_id, words=step.part(0), by=by, now=at)


def archive(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Into the archive, and the thread is done with."""
    cases.archive(case_id=act.case_id, by=acting(by), now=at)
    conversations.finish(conversation_id=act.conversation_id, by=by, now=at)


def finish(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The thread is done with."""
    conversations.finish(conversation_id=act.conversation_id, by=by, now=at)


def snooze(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Put the thread off: due."""
    conversations.snooze(
        conversation_id=act.conversation_id, until=act.due(step.part(0), at), by=acting(by), now=at
    )


def escalate(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Kind | name or - | reason | the outside number."""
    to = act.stage.staff.get(step.part(1))
    escalation = cases.escalate(
        case_id=act.case_id,
        kind=EscalationKind(step.part(0)),
        to_id=to.pk if to else None,
        reason=step.part(2),
        external_number=step.part(3),
        by=acting(by),
        now=at,
    )
    act.escalations.append(escalation.pk)


def decide(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The oldest open escalation is answered: text."""
    cases.answer_escalation(
        case_id=act.case_id,
        escalation_id=act.escalations.pop(0),
        answer=step.part(0),
        by=acting(by),
        now=at,
    )


def acting(by: Staff | None) -> Staff:
    if by is None:
        raise ValueError("somebody of the house has to do this")
    return by
