"""Words on the way: notes among us, answers to the customer, promises, links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhiyin.cases import links, texts
from zhiyin.cases.actions import clocks, colleagues
from zhiyin.cases.actions.hold import allow, check_version, hold, keep, record
from zhiyin.cases.models import Case, CaseFile, CasePromise, Investigation
from zhiyin.cases.rules import decisions
from zhiyin.cases.rules.words import ClockKind, EventKind, LinkPurpose, Stage
from zhiyin.conversations import actions as conversations
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import MessageKind
from zhiyin.kit.errors import DomainError, NotFound, gettext_noop
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.promises import actions as promises
from zhiyin.promises.models import Promise

ASKS = {LinkPurpose.FACTS: Deed.RECORD_FACTS}
"""Who looks for the cause asks the customer to note down, in words of the house; every other link is an answer."""


class NothingToSend(DomainError):
    code = "case.nothing_to_send"
    message = gettext_noop("There is nothing to choose or confirm at this stage.")


@transaction.atomic
def note(
    *,
    case_id: int,
    text: str,
    by: Staff,
    now: datetime,
    file_ids: Sequence[UUID] = (),
    version: int | None = None,
) -> Case:
    """A note customers never see, with papers if need be. Notes do not make other people's pages stale.

    Whoever is called by name behind an @ finds it among her mentions.
    """
    case = hold(case_id, version=version)
    allow(case, by, Deed.NOTE)
    words = text.strip() if file_ids else decisions.check_words("text", text)
    CaseFile.objects.bulk_create([CaseFile(case=case, file_id=pk) for pk in file_ids])
    event = record(case, EventKind.NOTED, now=now, by=by, text=words)
    colleagues.call(case, event, by=by, now=now)
    return case


@transaction.atomic
def reply(
    *,
    case_id: int,
    text: str,
    by: Staff,
    now: datetime,
    client_token: UUID | None = None,
    file_ids: Sequence[UUID] = (),
    channel: str | None = None,
    version: int | None = None,
) -> Message:
    """Answer the customer. The first answer settles its clock, and whoever gives it takes charge if nobody has.

    `channel` is for what was said another way than the thread goes, such as a call in a matter raised by e-mail.
    A form sent again (`client_token`) gives the message it has become, whatever has changed since.
    """
    case = hold(case_id)
    if client_token is None or not Message.objects.filter(client_token=client_token).exists():
        check_version(case, version)
    allow(case, by, Deed.REPLY)
    message = conversations.reply(
        conversation_id=case.conversation_id,
        text=decisions.check_words("text", text),
        by=by,
        now=now,
        client_token=client_token,
        file_ids=file_ids,
        channel=channel,
    )
    clocks.settle(case, ClockKind.RESPOND, now=now)
    if case.owner_id is None:
        case.owner = by
        keep(case, "owner")
    return message


@transaction.atomic
def promise(
    *,
    case_id: int,
    text: str,
    due_at: datetime,
    by: Staff,
    now: datetime,
    owner_id: int | None = None,
    message_id: int | None = None,
    version: int | None = None,
) -> Promise:
    """Something the customer was told would be done, by when; the case cannot close before it is settled."""
    case = hold(case_id, version=version)
    allow(case, by, Deed.PROMISE)
    made = make_promise(
        case,
        text=decisions.check_words("text", text),
        due_at=due_at,
        by=by,
        now=now,
        owner_id=owner_id,
        message_id=message_id,
    )
    record(case, EventKind.PROMISED, now=now, by=by, text=made.text, public=True)
    return made


def make_promise(
    case: Case,
    *,
    text: str,
    due_at: datetime,
    by: Staff,
    now: datetime,
    owner_id: int | None = None,
    message_id: int | None = None,
) -> Promise:
    """The promise and its tie to the case, inside the caller's transaction."""
    if due_at <= now:
        raise decisions.InThePast(field="due_at")
    made = promises.make(
        customer_id=case.customer_id,
        text=text[:300],
        due_at=due_at,
        by=by,
        owner_id=owner_id,
        message_id=message_id,
        now=now,
    )
    CasePromise.objects.create(case=case, promise=made)
    return made


@transaction.atomic
def keep_promise(*, case_id: int, promise_id: int, by: Staff, now: datetime, note: str = "") -> Promise:
    """Tick a promise of this case off as done; a late one stays broken and is noted as made good."""
    _check_promise(case_id, promise_id, by)
    return promises.keep(promise_id=promise_id, note=note, by=by, now=now)


@transaction.atomic
def release_promise(*, case_id: int, promise_id: int, note: str, by: Staff, now: datetime) -> Promise:
    """The customer no longer needs it, in the customer's words."""
    _check_promise(case_id, promise_id, by)
    return promises.release(promise_id=promise_id, note=decisions.check_words("note", note), by=by, now=now)


def renewed(old: Promise, new: Promise, now: datetime) -> None:
    """A promise with another time, agreed with the customer, holds its case open as the first one did."""
    for tie in CasePromise.objects.filter(promise=old).select_related("case").order_by("pk"):
        CasePromise.objects.create(case=tie.case, promise=new)
        record(tie.case, EventKind.PROMISED, now=now, by=new.made_by, text=new.text, public=True)
    for investigation in Investigation.objects.filter(promise=old):
        investigation.promise = new
        investigation.save(update_fields=["promise"])


def _check_promise(case_id: int, promise_id: int, by: Staff) -> None:
    case = hold(case_id)
    allow(case, by, Deed.PROMISE)
    if not case.case_promises.filter(promise_id=promise_id).exists():
        raise NotFound


def conversation_of(case_id: int) -> int:
    """The conversation a case is talked about in."""
    return Case.objects.only("conversation_id").get(pk=case_id).conversation_id


@transaction.atomic
def send_link(
    *, case_id: int, purpose: LinkPurpose, by: Staff, now: datetime, version: int | None = None
) -> str:
    """Send the customer a fresh link, or hand it to `by` to pass on where nothing can be sent from here.

    Returns the key when it has to be passed on by hand, else the empty string: a key is never shown twice.
    """
    case = hold(case_id, version=version)
    allow(case, by, ASKS.get(purpose, Deed.REPLY))
    expected = {LinkPurpose.CHOOSE: Stage.APPROVED, LinkPurpose.CONFIRM: Stage.REMEDIED}.get(purpose)
    if expected is not None and case.stage != expected:
        raise NothingToSend
    record(case, EventKind.LINK_SENT, now=now, by=by, text=purpose)
    if not conversations.can_leave(conversation_id=case.conversation_id):
        return links.issue(case=case, purpose=purpose, now=now)
    conversations.reply(
        conversation_id=case.conversation_id,
        text=texts.link(case, purpose),
        by=None,
        now=now,
        kind=MessageKind.NOTICE,
    )
    return ""
