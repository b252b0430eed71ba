"""What each button of the case page does: its form, its action, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.queries import Do, money
from zhiyin.cases.rules.money import ExpenseState
from zhiyin.desk.forms import deeds as forms
from zhiyin.desk.forms.deeds.money import APPROVE
from zhiyin.desk.words_money import budget_name
from zhiyin.kit import files
from zhiyin.kit.errors import Invalid, NotFound, gettext_noop
from zhiyin.people import access
from zhiyin.people.access import Deed as Right

if TYPE_CHECKING:
    from zhiyin.cases.queries import CasePage
    from zhiyin.people.models import Staff


class NoSuchCase(Invalid):
    code = "desk.no_such_case"
    message = gettext_noop("No case with this number can be found here.")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a case page can do. `heading` stands over its form, `verb` on its button, `done` in the toast."""

    form: type[forms.Deed]
    run: Callable[..., Any]
    done: Any  # words, or a function of what the action gave back
    heading: Any
    verb: Any
    ask: Any = ""  # a question before what cannot be undone


def with_files(action: Callable[..., Any]) -> Callable[..., Any]:
    """Store what came along first; the action takes ids. If it refuses, or we die in between, nothing is kept."""

    @transaction.atomic
    def run(*, by: Staff, now: datetime, files: Any = (), **rest: Any) -> Any:
        return action(file_ids=stored(files, by=by, now=now), by=by, now=now, **rest)

    return run


def stored(uploads: Any, *, by: Staff, now: datetime) -> list[UUID]:
    return [files.store(upload=upload, by_id=by.pk, now=now).pk for upload in uploads]


def unversioned(action: Callable[..., Any]) -> Callable[..., Any]:
    """For rows of their own, such as promises and merges: a change elsewhere on the case does not matter to them."""

    def run(*, version: int | None = None, **rest: Any) -> Any:
        return action(**rest)

    return run


def _relate(*, number: str, by: Staff, **rest: Any) -> Any:
    return actions.relate(other_id=_other(by, number), by=by, **rest)


def _merge(*, number: str, by: Staff, **rest: Any) -> Any:
    return actions.merge(into_id=_other(by, number), by=by, **rest)


def _other(by: Staff, number: str) -> int:
    try:
        return cases.get(by, number).pk
    except NotFound:
        raise NoSuchCase(field="number") from None


def _decide_expense(*, decision: str, **rest: Any) -> Any:
    return (actions.approve_expense if decision == APPROVE else actions.refuse_expense)(**rest)


def spent(expense: Any) -> str:
    """What became of an expense: booked, or waiting for a colleague."""
    if expense.state != ExpenseState.SPENT:
        return gettext("A colleague has to approve this; it waits")
    tight = money.running_out(expense)
    if not tight:
        return gettext("Booked")
    worst = max(tight, key=lambda row: row.standing.share)
    facts = {"budget": budget_name(worst.budget), "share": worst.standing.share}
    return gettext("Booked. %(share)d%% of the budget “%(budget)s” is used.") % facts


BY_NAME: dict[str, Deed] = {
    Do.TAKE: Deed(forms.Plain, actions.take, _("You are in charge now"), "", _("Take it on")),
    Do.HELP: Deed(forms.Help, actions.give_help, _("Written down: help was given"), _("Help first"), _("Write it down")),
    Do.TELL: Deed(
        forms.Plain, actions.tell, _("Written down: the customer knows"),
        _("The customer has not been told yet that we received this"), _("I have told the customer"),
    ),
    Do.JUDGE: Deed(forms.Judge, actions.judge, _("Judged"), _("Is it founded, and is the wish reasonable?"), _("Judge")),
    Do.EXPLAIN: Deed(
        forms.Explain, actions.explain, _("Explained and closed"), _("Explain kindly why, and close"), _("Send and close"),
        _("Send this explanation and close the case?"),
    ),
    Do.OFFER: Deed(forms.Offer, actions.offer, _("Passed on"), _("Which department answers for it?"), _("Pass it on")),
    Do.ACCEPT: Deed(forms.Plain, actions.accept, _("Accepted; it is yours now"), "", _("Accept")),
    Do.REFUSE: Deed(forms.Refuse, actions.refuse, _("Sent back"), _("Not for your department?"), _("Send it back")),
    Do.AGREE_TIME: Deed(
        forms.AgreeTime, actions.agree_time, _("Agreed, and kept as a promise"),
        _("Agree with the customer by when the cause is known"), _("Agreed"),
    ),
    Do.INVESTIGATE: Deed(
        forms.Investigate, actions.investigate, _("The cause is written down"), _("What is the cause?"), _("Write it down")
    ),
    Do.PROPOSE: Deed(forms.Propose, actions.propose, _("Proposal added"), _("A way to put it right"), _("Add it")),
    Do.SUBMIT: Deed(forms.Plain, actions.submit, _("Handed to the supervisor"), "", _("Hand to the supervisor")),
    Do.APPROVE: Deed(forms.Decide, actions.approve, _("Decided"), _("Which may the customer choose from?"), _("Decide")),
    Do.SEND_BACK: Deed(forms.SendBack, actions.send_back, _("Sent back"), _("Send all of them back"), _("Send back")),
    Do.CHOOSE: Deed(forms.Choose, actions.choose, _("Choice recorded"), _("What did the customer choose?"), _("Record it")),
    Do.NONE_FITS: Deed(
        forms.NoneFits, actions.none_fits, _("Written down; we think again"), _("None of them fits"), _("Write it down")
    ),
    Do.REMEDY: Deed(forms.Remedy, actions.remedy, _("Done; the customer is asked"), _("What was done?"), _("It is done")),
    Do.ANSWER: Deed(forms.Answer, actions.answer, _("Answered"), _("Your answer"), _("Send the answer")),
    Do.CONFIRM: Deed(forms.Confirm, actions.confirm, _("Call recorded"), _("What does the customer say?"), _("Record it")),
    Do.NOT_REACHED: Deed(
        forms.Text, actions.not_reached, _("Attempt recorded"), _("Nobody was reached"), _("Record the attempt")
    ),
    Do.CLOSE_UNREACHED: Deed(
        forms.CloseUnreached, actions.close_unreached, _("Closed without the customer's word"),
        _("Three attempts, nobody reached"), _("Close without a word"), _("Close this case without the customer's word?"),
    ),
    Do.ARCHIVE: Deed(
        forms.Archive, actions.archive, _("Archived"), "", _("Archive"),
        _("Archive this case? It stays as it is from then on."),
    ),
    Do.REOPEN: Deed(forms.Reopen, actions.reopen, _("Taken up again"), _("Take it up again"), _("Take it up again")),
    Do.REPLY: Deed(forms.Reply, with_files(actions.reply), _("Sent"), _("Write to the customer"), _("Send")),
    Do.NOTE: Deed(forms.Note, with_files(actions.note), _("Noted"), _("Note something"), _("Keep it")),
    Do.PROMISE: Deed(
        forms.Promise, actions.promise, _("Promise added"), _("What was the customer promised?"), _("Add the promise")
    ),
    Do.ESCALATE: Deed(forms.Escalate, actions.escalate, _("Escalated"), _("Take it up"), _("Escalate")),
    Do.ANSWER_ESCALATION: Deed(
        forms.AnswerEscalation, actions.answer_escalation, _("Decided"), _("What do you decide?"), _("Decide")
    ),
    Do.HAND_OVER: Deed(
        forms.HandOver, actions.hand_over, _("Given over"), _("Give it to a colleague"), _("Give it over")
    ),
    Do.SPEND: Deed(forms.Spend, actions.spend, spent, _("Goodwill, or more money for the remedy"), _("Record it")),
    Do.DECIDE_EXPENSE: Deed(
        forms.DecideExpense, _decide_expense, _("Decided"), _("Is this money to be spent?"), _("Decide")
    ),
    Do.CORRECT: Deed(forms.Correct, actions.correct, _("Corrected"), _("Correct details"), _("Keep it")),
    Do.PLACE: Deed(
        forms.Place, actions.place, _("Saved"), _("Which service, and at which touchpoint?"), _("Keep it")
    ),
    Do.SEND_LINK: Deed(forms.SendLink, actions.send_link, _("Sent"), _("Send the customer a link"), _("Send it")),
    Do.RELATE: Deed(forms.Relate, _relate, _("Linked"), _("Link with another case"), _("Link")),
    Do.MERGE: Deed(forms.Merge, _merge, _("Merged"), _("The same matter raised twice?"), _("Merge")),
    Do.UNMERGE: Deed(forms.Plain, unversioned(actions.unmerge), _("Apart again"), "", _("Undo the merge")),
    Do.INCIDENT: Deed(
        forms.Join, actions.join, _("It goes with the others now"), _("Which incident does it belong to?"),
        _("Put it there"),
    ),
    Do.ASK: Deed(
        forms.Ask, actions.ask, _("Asked; the answer comes back to you"), _("What do you need, of whom, and by when?"),
        _("Ask"),
    ),
    Do.WITHDRAW: Deed(
        forms.Withdraw, actions.withdraw, _("Closed as withdrawn"), _("The customer withdraws it"),
        _("Close as withdrawn"), _("Close this case as withdrawn?"),
    ),
    "differ": Deed(
        forms.Differ, actions.differ, _("Followed up on its own from now on"), _("What is different for this customer?"),
        _("Follow it up alone"),
    ),
    "agree": Deed(forms.Plain, actions.agree, _("It goes with the others again"), "", _("Goes with the others again")),
    "leave": Deed(
        forms.Plain, actions.leave, _("Taken out of the incident"), "", _("Take it out"),
        _("Take this case out of the incident?"),
    ),
    "handover_read": Deed(
        forms.Plain, unversioned(actions.acknowledge_handover), _("Read; it is yours now"), "", _("I have read it")
    ),
    "keep_promise": Deed(forms.Settle, unversioned(actions.keep_promise), _("Promise kept"), "", _("Kept")),
    "release_promise": Deed(
        forms.Release, unversioned(actions.release_promise), _("Promise released"),
        _("The customer no longer needs it"), _("Release it"),
    ),
    "take_back": Deed(forms.TakeBack, actions.withdraw_proposal, _("Taken back"), "", _("Take back")),
    "take_back_expense": Deed(
        forms.TakeBackExpense, actions.withdraw_expense, _("Taken back; no money is needed"), "", _("Take back")
    ),
    "unrelate": Deed(forms.Unrelate, actions.unrelate, _("No longer linked"), "", _("Unlink")),
}  # fmt: skip


ROWS = {
    "keep_promise": Right.PROMISE,
    "release_promise": Right.PROMISE,
    "take_back": Right.PROPOSE,
    "take_back_expense": Right.SPEND,
    "unrelate": Right.NOTE,
    "differ": Right.ATTACH_INCIDENT,
    "agree": Right.ATTACH_INCIDENT,
    "leave": Right.ATTACH_INCIDENT,
    "handover_read": Right.TAKE,
}


def require(staff: Staff, name: str) -> None:
    """Raise Forbidden unless the role includes this deed at all."""
    access.require(staff, ROWS[name] if name in ROWS else cases.NEEDS[Do(name)])


def possible(page: CasePage, name: str) -> bool:
    """Whether a deed belongs to this moment and person; those of single rows are judged by their action."""
    return name not in set(Do) or any(one.do == name and one.why is None for one in page.deeds)
