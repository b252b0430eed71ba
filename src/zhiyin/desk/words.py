"""How the desk says what the loop knows: clocks, steps, the timeline, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhiyin.cases.queries import Card, Dial, Do
from zhiyin.cases.rules import moves
from zhiyin.cases.rules.moves import Step
from zhiyin.cases.rules.words import (
    AssignmentState,
    ClockKind,
    ClockState,
    EventKind,
    LinkPurpose,
    Outcome,
    ProposalState,
    Stage,
)
from zhiyin.conversations import markers
from zhiyin.conversations.rules import Author, MessageKind
from zhiyin.desk.icons import ICONS
from zhiyin.kit import figures, ui
from zhiyin.kit.language import say

if TYPE_CHECKING:
    from zhiyin.cases.queries import CasePage

CHANNELS = {
    "portal": "world",
    "email": "mail",
    "phone": "phone",
    "counter": "building",
    "letter": "mail-opened",
    "night": "moon",
    "chat": "message-2",
    "wechat": "brand-wechat",
}


def clock(one: Dial | None, *, label: bool = False, now: datetime | None = None) -> ui.Clock | None:
    """A clock as its badge."""
    if one is None or one.state is ClockState.STOPPED:
        return None
    name = str(say(one.kind)) if label else ""
    if one.state is ClockState.PAUSED:
        return ui.paused(waiting(one.waiting_for), label=name)
    if one.state is ClockState.MET and one.took is not None:
        facts = {"took": working(one.took), "limit": working(one.budget)}
        if one.over:
            return ui.Clock("far", _("late: %(took)s, limit %(limit)s") % facts, 0, name)
        return ui.Clock("met", _("%(took)s, limit %(limit)s") % facts, 100, name)
    if one.left is None:
        return None
    title = figures.when(one.due_at, now) if one.due_at and now else ""
    return ui.running(one.left, share=one.share, soon=one.soon, label=name, title=title)


def working(span: timedelta) -> str:
    """Working time in hours and minutes: a working day has fewer hours than a day, so days would mislead."""
    hours, minutes = divmod(max(0, int(span.total_seconds() // 60)), 60)
    if not hours:
        return figures.duration(timedelta(minutes=minutes))
    said = _("%(n)d h") % {"n": hours}
    return (
        _("%(big)s %(small)s") % {"big": said, "small": _("%(n)d min") % {"n": minutes}} if minutes else said
    )


def step(card: Card) -> str:
    """What is to be done with it now, as lists say it."""
    if card.step is None:
        return ""
    if card.waits_for == "explanation":
        return _("Explain")
    if card.step is Step.REMEDY and card.kind in moves.ANSWERED_KINDS:
        return _("Answer")
    return str(say(card.step))


def waiting(word: str) -> str:
    """For whom a clock stands still."""
    return {"choice": _("waiting for the customer's choice"), "merge": _("merged")}.get(word, word)


def steps(page: CasePage) -> list[ui.Step]:
    """The loop with its results."""
    return [
        ui.Step(
            _step_name(page, one.step),
            one.state,
            RESULTS[one.step](page) if one.state in {"done", "now"} else "",
        )  # type: ignore[arg-type]
        for one in page.steps
    ]


def _step_name(page: CasePage, one: Step) -> str:
    return _("Answer") if one is Step.REMEDY and page.facts.kind in moves.ANSWERED_KINDS else str(say(one))


def _received(page: CasePage) -> str:
    met = next((one for one in page.clocks if one.kind is ClockKind.ACKNOWLEDGE), None)
    if met is not None and met.state is ClockState.RUNNING:
        return _("not told yet")
    return working(met.took) if met is not None and met.took is not None else ""


def _judged(page: CasePage) -> str:
    if page.judgement is None or page.judgement.round != page.case.round:
        return "" if page.judgement is None else _judgement_word(page.judgement)
    return _judgement_word(page.judgement)


def _judgement_word(judgement: Any) -> str:
    return _("founded") if judgement.ground_sufficient else _("not founded")


def _assigned(page: CasePage) -> str:
    if page.assignment is None:
        refused = next((a for a in page.assignments if a.state == AssignmentState.REFUSED), None)
        return _("%(name)s refused") % {"name": refused.department.name} if refused else ""
    facts = {"name": page.assignment.department.name}
    accepted = page.assignment.state == AssignmentState.ACCEPTED
    return (_("%(name)s has it") if accepted else _("%(name)s was asked")) % facts


def _investigated(page: CasePage) -> str:
    found = page.investigation
    if found is not None and found.at and found.round == page.case.round:
        return _("cause found")
    return _("time agreed") if page.facts.time_agreed else ""


def _proposed(page: CasePage) -> str:
    mine = [p for p in page.proposals if p.round == page.case.round and p.state != ProposalState.REFUSED]
    return ngettext("%(n)d proposal", "%(n)d proposals", len(mine)) % {"n": len(mine)} if mine else ""


def _approved(page: CasePage) -> str:
    if page.facts.waiting:
        return _("waits for approval")
    passed = sum(
        p.round == page.case.round and p.state in {ProposalState.APPROVED, ProposalState.CHOSEN}
        for p in page.proposals
    )
    return ngettext("%(n)d approved", "%(n)d approved", passed) % {"n": passed} if passed else ""


def _chosen(page: CasePage) -> str:
    if page.choosing is None:
        return _("waiting for the customer's choice")
    return page.choosing.proposal.title if page.choosing.proposal else _("none fitted")


def _remedied(page: CasePage) -> str:
    return _("done") if page.remedy and page.remedy.round == page.case.round else ""


def _confirmed(page: CasePage) -> str:
    if page.case.outcome:
        return str(say(Outcome(page.case.outcome)))
    missed = page.facts.unreached
    return ngettext("%(n)d attempt", "%(n)d attempts", missed) % {"n": missed} if missed else ""


RESULTS = {
    Step.RECEIVE: _received,
    Step.JUDGE: _judged,
    Step.ASSIGN: _assigned,
    Step.INVESTIGATE: _investigated,
    Step.PROPOSE: _proposed,
    Step.APPROVE: _approved,
    Step.CHOOSE: _chosen,
    Step.REMEDY: _remedied,
    Step.CONFIRM: _confirmed,
    Step.ARCHIVE: lambda page: "",
}


def event(row: Any, customer: str) -> ui.Event:
    """One line of the timeline."""
    kind = EventKind(row.kind)
    by = row.staff.name if row.staff else customer if row.by_customer else ""
    url = ""
    detail = row.text
    if kind in {EventKind.CLOCK_SOON, EventKind.CLOCK_OVER}:
        detail = str(say(ClockKind(row.text))) if row.text in set(ClockKind) else ""
    elif kind is EventKind.LINK_SENT:
        detail = str(say(LinkPurpose(row.text))) if row.text in set(LinkPurpose) else ""
    text = _("raised this") if kind is EventKind.OPENED and row.by_customer else str(say(kind))
    if row.department_id and row.department:
        text = _("%(what)s: %(name)s") % {"what": text, "name": row.department.name}
    if row.other_case_id and row.other_case:
        text = _("%(what)s: %(name)s") % {
            "what": text,
            "name": f"{row.other_case.number} {row.other_case.subject}",
        }
        url = reverse("desk:case", args=[row.other_case.number])
    if kind is EventKind.NOTED:
        return ui.Event(row.at, ICONS[kind], detail, by=by, kind="note")
    quoted = row.by_customer and detail
    return ui.Event(
        row.at,
        ICONS[kind],
        text,
        by=by,
        detail="" if quoted else detail,
        quote=detail if quoted else "",
        url=url,
    )


def message(row: Any, customer: str) -> ui.Event | None:
    """A message of the conversation as a line of the timeline; history without clock times has no place in it."""
    if row.sent_at is None:
        return None
    kind = MessageKind(row.kind)
    by = row.staff.name if row.staff else customer if row.author == Author.CUSTOMER else _("Automatic")
    if kind is MessageKind.NOTE:
        return ui.Event(row.sent_at, "note", row.text, by=by, kind="note")
    icon = CHANNELS.get(row.channel, "message-2") if row.author == Author.CUSTOMER else "send"
    if row.author == Author.CUSTOMER:
        return ui.Event(row.sent_at, icon, "", by=by, quote=row.text)
    return ui.Event(
        row.sent_at, icon, _("wrote to the customer"), by=by, detail=markers.hide(row.text, _("[link]"))
    )


def timeline(page: CasePage, only: str = "") -> list[ui.Event]:
    """Events and messages in one line, newest first; `only`: customer, inside, or everything."""
    name = page.case.customer.name
    lines = sorted(_lines(page, only, name), key=lambda one: one.at, reverse=True)
    return [_folded(list(same)) for _key, same in groupby(lines, key=_sameness)]


def _sameness(one: ui.Event) -> object:
    """Bare lines that say the same of the same person, such as each observation she noted down, are one line."""
    return one if one.detail or one.quote or one.url or one.kind else (one.by, one.text)


def _folded(same: list[ui.Event]) -> ui.Event:
    if len(same) == 1:
        return same[0]
    facts = {"what": same[0].text, "n": len(same)}
    return replace(same[0], text=_("%(what)s, %(n)d times") % facts)


def _lines(page: CasePage, only: str, name: str) -> Iterator[ui.Event]:
    for row in page.events:
        if only == "customer" and not row.is_public and not row.by_customer:
            continue
        if only == "inside" and (row.is_public or row.by_customer):
            continue
        yield event(row, name)
    for row in page.messages:
        inside = row.kind == MessageKind.NOTE
        if (only == "customer" and inside) or (only == "inside" and not inside):
            continue
        line = message(row, name)
        if line is not None:
            yield line


def changes(rows: Iterable[Any], customer: str) -> list[str]:
    """What others did meanwhile, each in a short sentence, newest first."""
    said = []
    for row in rows:
        line = event(row, customer)
        what = line.text if line.kind != "note" else str(say(EventKind.NOTED))
        said.append(_("%(name)s: %(what)s") % {"name": line.by or _("Zhiyin"), "what": what})
    return list(dict.fromkeys(said))


def button(do: Do) -> str:
    """The words of a deed's button."""
    return str(say(do))


def stands(page: CasePage) -> str:
    """The heading of the case's present step, as a sentence that says how things are."""
    step = moves.current_step(page.facts.kind, page.facts.stage)
    if not page.facts.has_owner and page.facts.stage is Stage.RECEIVED:
        return _("Nobody is in charge yet")
    sentences = {
        Step.JUDGE: _("Is it founded, and is the wish reasonable?"),
        Step.ASSIGN: _assign_sentence(page),
        Step.INVESTIGATE: _("%(name)s looks for the cause") % {"name": _department(page)},
        Step.PROPOSE: _("How can we put it right?"),
        Step.APPROVE: ngettext(
            "%(n)d proposal waits for approval", "%(n)d proposals wait for approval", page.facts.waiting
        )
        % {"n": page.facts.waiting},
        Step.CHOOSE: ngettext(
            "%(n)d way to put it right is with the customer, who chooses",
            "%(n)d ways to put it right are with the customer, who chooses",
            page.facts.approved,
        )
        % {"n": page.facts.approved},
        Step.REMEDY: _("Now to be answered")
        if page.facts.kind in moves.ANSWERED_KINDS
        else _("Now it is carried out"),
        Step.CONFIRM: _("Done; is the customer satisfied?"),
        Step.ARCHIVE: _("Everything is done; the case can be archived"),
    }
    return (
        sentences.get(step, _("Archived, and stays as it is")) if step else _("Archived, and stays as it is")
    )


def _assign_sentence(page: CasePage) -> str:
    if page.facts.unfounded:
        return _("Not founded: explain it kindly")
    if page.assignment is not None and page.facts.offered_to:
        return _("%(name)s was asked and has not answered yet") % {"name": page.assignment.department.name}
    return _("Which department answers for it?")


def _department(page: CasePage) -> str:
    return page.case.department.name if page.case.department else _("The department")


def waits(page: CasePage) -> str:
    """For whom a case waits when there is nothing for the reader to do, as a short sentence."""
    step = moves.current_step(page.facts.kind, page.facts.stage)
    if step is Step.ASSIGN and page.facts.offered_to and page.assignment is not None:
        return _("Waiting for %(name)s to answer.") % {"name": page.assignment.department.name}
    if step in {Step.INVESTIGATE, Step.PROPOSE, Step.REMEDY} and page.case.department is not None:
        who = page.case.handler.name if page.case.handler else page.case.department.name
        return _("%(name)s is on it.") % {"name": who}
    if step is Step.APPROVE:
        return _("Waiting for the supervisor.")
    if step is Step.CHOOSE:
        return _("Waiting for the customer.")
    return _("This step belongs to somebody else.")


def link_hint(page: CasePage, now: datetime) -> str:
    """When the link for this step was sent, and whether the customer has opened it."""
    step = moves.current_step(page.facts.kind, page.facts.stage)
    purpose = {Step.CHOOSE: LinkPurpose.CHOOSE, Step.CONFIRM: LinkPurpose.CONFIRM}.get(step) if step else None
    link = next((one for one in page.links if one.purpose == purpose and one.round == page.case.round), None)
    if link is None:
        return ""
    facts = {"sent": figures.when(link.created_at, now)}
    if link.opened_at is None:
        return _("link sent %(sent)s, not opened yet") % facts
    return _("link sent %(sent)s, opened %(opened)s") % {**facts, "opened": figures.when(link.opened_at, now)}
