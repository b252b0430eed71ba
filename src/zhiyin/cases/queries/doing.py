"""What can be done with a case, and which right each deed needs."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop
from zhiyin.people.access import Deed


class Do(Choice):
    """Everything that can be asked of a case page, in the words of its button."""

    TAKE = "take", gettext_noop("Take it on")
    HELP = "help", gettext_noop("Help was given")
    TELL = "tell", gettext_noop("I have told the customer")
    JUDGE = "judge", gettext_noop("Judge")
    EXPLAIN = "explain", gettext_noop("Explain and close")
    OFFER = "offer", gettext_noop("Pass to a department")
    ACCEPT = "accept", gettext_noop("Accept")
    REFUSE = "refuse", gettext_noop("Refuse")
    AGREE_TIME = "agree_time", gettext_noop("Agree a time")
    INVESTIGATE = "investigate", gettext_noop("Write down the cause")
    PROPOSE = "propose", gettext_noop("Add a proposal")
    SUBMIT = "submit", gettext_noop("Hand to the supervisor")
    APPROVE = "approve", gettext_noop("Decide")
    SEND_BACK = "send_back", gettext_noop("Send all back")
    CHOOSE = "choose", gettext_noop("Record the choice")
    NONE_FITS = "none_fits", gettext_noop("None of them fits")
    REMEDY = "remedy", gettext_noop("It is done")
    ANSWER = "answer", gettext_noop("Answer")
    CONFIRM = "confirm", gettext_noop("Record the call")
    NOT_REACHED = "not_reached", gettext_noop("Not reached")
    CLOSE_UNREACHED = "close_unreached", gettext_noop("Close without a word")
    ARCHIVE = "archive", gettext_noop("Archive")
    REOPEN = "reopen", gettext_noop("Take it up again")
    REPLY = "reply", gettext_noop("Write to the customer")
    NOTE = "note", gettext_noop("Note something")
    PROMISE = "promise", gettext_noop("Add a promise")
    ESCALATE = "escalate", gettext_noop("Escalate")
    ANSWER_ESCALATION = "answer_escalation", gettext_noop("Decide the escalation")
    HAND_OVER = "hand_over", gettext_noop("Give to a colleague")
    SPEND = "spend", gettext_noop("Record an expense")
    DECIDE_EXPENSE = "decide_expense", gettext_noop("Decide on the money")
    CORRECT = "correct", gettext_noop("Correct details")
    PLACE = "place", gettext_noop("Service and touchpoint")
    SEND_LINK = "send_link", gettext_noop("Send the link again")
    RELATE = "relate", gettext_noop("Link with a case")
    MERGE = "merge", gettext_noop("Merge into a case")
    UNMERGE = "unmerge", gettext_noop("Undo the merge")
    INCIDENT = "incident", gettext_noop("Belongs to a mass incident")
    ASK = "ask", gettext_noop("Ask a colleague")
    WITHDRAW = "withdraw", gettext_noop("The customer withdraws it")
    PACKAGE = "package", gettext_noop("Export everything")


NEEDS: dict[Do, Deed] = {
    Do.TAKE: Deed.TAKE,
    Do.HELP: Deed.NOTE,
    Do.TELL: Deed.REPLY,
    Do.JUDGE: Deed.JUDGE,
    Do.EXPLAIN: Deed.JUDGE,
    Do.OFFER: Deed.OFFER,
    Do.ACCEPT: Deed.ANSWER_OFFER,
    Do.REFUSE: Deed.ANSWER_OFFER,
    Do.AGREE_TIME: Deed.PROMISE,
    Do.INVESTIGATE: Deed.INVESTIGATE,
    Do.PROPOSE: Deed.PROPOSE,
    Do.SUBMIT: Deed.PROPOSE,
    Do.APPROVE: Deed.APPROVE,
    Do.SEND_BACK: Deed.APPROVE,
    Do.CHOOSE: Deed.RECORD_CHOICE,
    Do.NONE_FITS: Deed.RECORD_CHOICE,
    Do.REMEDY: Deed.REMEDY,
    Do.ANSWER: Deed.REPLY,
    Do.CONFIRM: Deed.CONFIRM,
    Do.NOT_REACHED: Deed.CONFIRM,
    Do.CLOSE_UNREACHED: Deed.CONFIRM,
    Do.ARCHIVE: Deed.ARCHIVE,
    Do.REOPEN: Deed.REOPEN,
    Do.REPLY: Deed.REPLY,
    Do.NOTE: Deed.NOTE,
    Do.PROMISE: Deed.PROMISE,
    Do.ESCALATE: Deed.ESCALATE,
    Do.ANSWER_ESCALATION: Deed.ANSWER_ESCALATION,
    Do.HAND_OVER: Deed.HAND_OVER,
    Do.SPEND: Deed.SPEND,
    Do.DECIDE_EXPENSE: Deed.APPROVE,
    Do.CORRECT: Deed.OPEN_CASE,
    Do.PLACE: Deed.NOTE,
    Do.SEND_LINK: Deed.REPLY,
    Do.RELATE: Deed.NOTE,
    Do.MERGE: Deed.MERGE,
    Do.UNMERGE: Deed.MERGE,
    Do.INCIDENT: Deed.ATTACH_INCIDENT,
    Do.ASK: Deed.ASK_COLLEAGUE,
    Do.WITHDRAW: Deed.REPLY,
    Do.PACKAGE: Deed.EXPORT_ARCHIVE,
}
