"""The verbs about promises, links, and cases beside each other; see `deeds`."""

from __future__ import annotations

from datetime import datetime

from zhiyin.cases import actions as cases
from zhiyin.cases.rules.words import LinkPurpose
from zhiyin.demo import among, deeds, noting
from zhiyin.demo.deeds import Act, Deed
from zhiyin.demo.plays import Step
from zhiyin.people.models import Staff


def promise(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Due | what is promised."""
    due = act.due(step.part(0), at)
    _promise(act, act.words(step.part(1), due), due, deeds.acting(by), at)


def vow(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """A promise made in an answer: due | what is promised | the answer."""
    due = act.due(step.part(0), at)
    person = deeds.acting(by)
    message_id = deeds.tell_customer(act, act.words(step.part(2), due), person, at)
    _promise(act, act.words(step.part(1), due), due, person, at, message_id=message_id)


def _promise(
    act: Act, text: str, due: datetime, by: Staff, at: datetime, *, message_id: int | None = None
) -> None:
    made = cases.promise(case_id=act.case_id, text=text, due_at=due, message_id=message_id, by=by, now=at)
    act.promises.append(made.pk)


def keep(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The oldest promise is done: note."""
    cases.keep_promise(
        case_id=act.case_id, promise_id=act.promises.pop(0), note=step.part(0), by=deeds.acting(by), now=at
    )


def release(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The customer lets the oldest promise go: how that was said."""
    cases.release_promise(
        case_id=act.case_id, promise_id=act.promises.pop(0), note=step.part(0), by=deeds.acting(by), now=at
    )


def link(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """Send the customer a link: purpose."""
    cases.send_link(case_id=act.case_id, purpose=LinkPurpose(step.part(0)), by=deeds.acting(by), now=at)


def relate(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """It belongs with another one: key of its play | reason."""
    other = act.stage.cases[step.part(0)]
    cases.relate(case_id=act.case_id, other_id=other, reason=step.part(1), by=deeds.acting(by), now=at)


def merge(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """The same matter twice, this one ends in the other: key of its play."""
    into = act.stage.cases[step.part(0)]
    cases.merge(case_id=act.case_id, into_id=into, by=deeds.acting(by), now=at)


def unmerge(act: Act, step: Step, by: Staff | None, at: datetime) -> None:
    """It was another matter after all."""
    cases.unmerge(case_id=act.case_id, by=deeds.acting(by), now=at)


VERBS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        *(deeds.says, deeds.reply, deeds.note, deeds.take, deeds.hand, deeds.tell, deeds.grave, deeds.aid),
        *(deeds.judge, deeds.explain, deeds.offer, deeds.accept, deeds.refuse, deeds.agree),
        *(deeds.investigate, deeds.propose, deeds.submit, deeds.approve, deeds.back),
        *(deeds.choose, deeds.none, deeds.remedy, deeds.spend, deeds.grant, deeds.answer, deeds.confirm),
        *(deeds.missed, deeds.unreached, deeds.reopen, deeds.withdraw, deeds.archive),
        *(deeds.finish, deeds.snooze, deeds.escalate, deeds.decide),
        *among.DEEDS,
        *(promise, vow, keep, release, link, relate, merge, unmerge),
        *(noting.facts, noting.column, noting.ask, noting.noted),
    )
}
