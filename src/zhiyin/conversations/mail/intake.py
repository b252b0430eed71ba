"""From a letter to a message in the right thread, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from zhiyin.conversations import actions, references, rules
from zhiyin.conversations.mail import reading
from zhiyin.conversations.mail.reading import Letter, Part
from zhiyin.conversations.models import Conversation, Message
from zhiyin.customers import actions as customer_actions
from zhiyin.customers import queries as customers
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel, ContactKind
from zhiyin.kit import files
from zhiyin.kit.errors import DomainError
from zhiyin.kit.language import describe
from zhiyin.people import queries as people

log = structlog.get_logger(__name__)
LETTER = "message/rfc822"
MOST_FILES = 20


def receive_email(raw: bytes, now: datetime, *, is_cut: bool = False) -> Message | None:
    """The customer's message that this letter is; None if already here, or a report about one of ours.

    Never raises for what is in the letter: what cannot be made out is kept whole as a file. `is_cut`: only
    the head was fetched, as the letter is too large. Commits before it returns, unless inside a transaction.
    """
    letter = reading.read(raw)
    with transaction.atomic(), translation.override(people.organisation().language):
        return _receive(letter, raw, now=now, is_cut=is_cut)


def _receive(letter: Letter, raw: bytes, *, now: datetime, is_cut: bool) -> Message | None:
    external_id = letter.message_id[: reading.LONGEST_ID]
    _one_at_a_time(external_id)
    if Message.objects.filter(external_id=external_id).exists():
        return None
    if letter.report is not None:
        found = _settle_report(letter, now=now)
        if found or letter.report.about:
            log.info("conversations.report", about_ours=found, final=letter.report.is_final)
            return None
    conversation = _thread(letter)
    is_new = conversation is None
    if conversation is None:
        conversation = _begin(letter, now=now)
    kept, left_out = _keep(letter, raw, now=now, is_cut=is_cut)
    message = actions.receive(
        conversation_id=conversation.pk,
        text=_text(letter),
        now=now,
        channel=Channel.EMAIL,
        external_id=external_id,
        file_ids=kept,
        auto_submitted=letter.is_automatic,
    )
    if left_out:
        actions.note(conversation_id=conversation.pk, text="\n".join(left_out), by=None, now=now)
    if is_new and not letter.is_automatic:
        actions.acknowledge(conversation_id=conversation.pk, text=acknowledgement(conversation.pk), now=now)
    return message


def _one_at_a_time(external_id: str) -> None:
    """Whoever receives the same letter at this moment waits, and then sees that it is here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"conversations.letter:{external_id}"]
        )


def _settle_report(letter: Letter, *, now: datetime) -> bool:
    """Whether the report is about a delivery of ours; a final one has failed."""
    report = letter.report
    for envelope_id in report.about if report else ():
        if report and report.is_final:
            if actions.bounced(envelope_id=envelope_id, reason=report.words, now=now):
                return True
        elif Message.objects.filter(external_id=envelope_id).exists():
            return True
    return False


def _thread(letter: Letter) -> Conversation | None:
    """The thread it answers. Whoever has a message id was in it; a number in a subject anybody can write."""
    if letter.earlier:
        known = Message.objects.filter(external_id__in=letter.earlier).select_related("conversation")
        by_id = {message.external_id: message.conversation for message in known}
        if nearest := next((by_id[name] for name in letter.earlier if name in by_id), None):
            return nearest
    for conversation_id in references.find(letter.subject):
        named = Conversation.objects.filter(pk=conversation_id).first()
        if named is not None and _is_theirs(named, letter.sender):
            return named
    return None


def _is_theirs(conversation: Conversation, sender: str) -> bool:
    if not sender:
        return False
    if conversation.address == sender:
        return True
    return customers.by_contact(ContactKind.EMAIL, sender).filter(pk=conversation.customer_id).exists()


def _begin(letter: Letter, *, now: datetime) -> Conversation:
    customer = _customer(letter, now=now)
    return actions.start(
        customer_id=customer.pk,
        channel=Channel.EMAIL,
        subject=letter.subject or rules.one_line(letter.text, 60),
        team_id=customer.team_id or people.organisation().default_team_id,
        address=letter.sender,
        now=now,
    )


def _customer(letter: Letter, *, now: datetime) -> Customer:
    """Whoever has this address alone; among several (a family's), the one of that name, else somebody new."""
    if not letter.sender:
        return customer_actions.placeholder(source="email", external_id=letter.message_id[:120], now=now)
    try:
        known = list(customers.by_contact(ContactKind.EMAIL, letter.sender)[:2])
        if len(known) == 1:
            return known[0]
        return customer_actions.find_or_create(
            name=rules.one_line(letter.name, 100) or letter.sender.partition("@")[0],
            contacts=[(ContactKind.EMAIL, letter.sender)],
            team_id=people.organisation().default_team_id,
            channel=Channel.EMAIL,
            by=None,
            now=now,
        )
    except DomainError:
        # An address or a name that the customers' room does not take: the letter still has to go somewhere.
        return customer_actions.placeholder(source="email", external_id=letter.message_id[:120], now=now)


def _text(letter: Letter) -> str:
    text = rules.clean(letter.text)
    if letter.is_damaged and not text:
        text = _("This letter arrived damaged. It is kept as a file, just as it came.")
    if len(text) > rules.LONGEST_TEXT:
        text = text[: rules.LONGEST_TEXT - 1] + "…"
    return text or ("" if letter.files else _("(A letter without words)"))


def _keep(letter: Letter, raw: bytes, *, now: datetime, is_cut: bool) -> tuple[list[UUID], list[str]]:
    """The files of the letter as stored, and a sentence for each that was left out."""
    parts: Iterable[Part] = letter.files[:MOST_FILES]
    is_too_long = len(letter.text) > rules.LONGEST_TEXT
    if letter.is_damaged or is_too_long or len(letter.files) > MOST_FILES:
        parts = [*parts, Part(_("original letter") + ".eml", LETTER, raw)]
    kept, left_out = [], []
    for part in parts:
        name = rules.one_line(part.name, 180) or "file"
        upload = SimpleUploadedFile(name, part.body, content_type=part.content_type)
        try:
            with transaction.atomic():
                kind = LETTER if part.body is raw else None
                kept.append(files.store(upload=upload, by_id=None, now=now, kind=kind).pk)
        except DomainError as error:
            left_out.append(
                _("“%(name)s” came with the letter and was not kept: %(reason)s")
                % {"name": name, "reason": describe(error)}
            )
    if is_cut:
        left_out.append(_("This letter is too large to be fetched. Ask for it another way."))
    return kept, left_out


def acknowledgement(conversation_id: int) -> str:
    """What a customer is told at once: that it has arrived, its number, and what happens next.

    Nothing the sender wrote is repeated: whoever forges a sender must not make us carry his words.
    """
    return _(
        "Hello,\n\n"
        "your message has reached us and is kept as %(reference)s. One of us reads it and writes back to you "
        "here. To add something, simply answer this message.\n\n"
        "%(house)s"
    ) % {"reference": references.label(conversation_id), "house": people.organisation().name}
