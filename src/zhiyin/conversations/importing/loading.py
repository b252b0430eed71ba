"""Dialogues into conversations: in batches, once, with nothing triggered.

No acknowledgement, clock, delivery or notification; no clock times (`sent_at` is empty), only an order. A dialogue
is known by its `id`. One that is here already counts as unchanged if it says the same; if it says something else,
or more, it is reported and left as it was: cases may stand on it, and history is not rewritten.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, transaction

from zhiyin.conversations import rules
from zhiyin.conversations.actions.searching import KIND, findable
from zhiyin.conversations.importing.reading import Row, RowError, Unreadable, rows
from zhiyin.conversations.importing.rows import BadRow, Dialogue, Turn
from zhiyin.conversations.models import Conversation, Message
from zhiyin.conversations.rules import Author, State
from zhiyin.customers import actions as customers
from zhiyin.customers.models import Customer
from zhiyin.kit import search
from zhiyin.kit.errors import DomainError, gettext_noop
from zhiyin.kit.language import describe

SOURCE = "dialogues"
BATCH_DIALOGUES = 200
BATCH_TURNS = 5_000
SUBJECT_LENGTH = 60


class SaysSomethingElse(BadRow):
    code = "import.changed"
    message = gettext_noop("A dialogue with this id is here and says something else. It was left as it is.")


class Repeated(BadRow):
    code = "import.repeated"
    message = gettext_noop("This id stood on line %(line)s already.")


class NotStored(BadRow):
    code = "import.not_stored"
    message = gettext_noop("The database did not take this line (%(kind)s).")


@dataclass(slots=True)
class Report:
    """How many dialogues were loaded, how many were here already, and each line that stayed out and why."""

    loaded: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, line: int, error: DomainError) -> None:
        self.errors.append(RowError(line, describe(error)))


def import_dialogues(
    path: str | os.PathLike[str],
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Report:
    """Load a file of dialogues, one JSON object a line (`importing.rows` has the format).

    `progress(bytes read, bytes in all)` is called after every batch. Each batch is a transaction of its own, so a
    load that is broken off can be started again. Raises Unreadable or WrongEncoding; bad lines are in the report.
    """
    file = Path(path)
    try:
        total = file.stat().st_size
    except OSError as error:
        raise Unreadable(name=file.name) from error
    report = Report()
    for batch in _batches(rows(file), report):
        _load(batch, report, now=now)
        progress(batch[-1].offset, total)
    progress(total, total)
    report.errors.sort()
    return report


def _batches(found: Iterator[Row], report: Report) -> Iterator[list[Row]]:
    """Rows that hold a dialogue of their own, a handful at a time; what is wrong with the others is reported."""
    first_seen: dict[int, int] = {}  # by hash: of a file of any size only two numbers a line are remembered
    batch: list[Row] = []
    turns = 0
    for row in found:
        if row.dialogue is None:
            report.refuse(row.line, row.error or BadRow())
            continue
        before = first_seen.setdefault(hash(row.dialogue.external_id), row.line)
        if before != row.line:
            report.refuse(row.line, Repeated(line=before))
            continue
        batch.append(row)
        turns += len(row.dialogue.turns)
        if len(batch) >= BATCH_DIALOGUES or turns >= BATCH_TURNS:
            yield batch
            batch, turns = [], 0
    if batch:
        yield batch


def _load(batch: Sequence[Row], report: Report, *, now: datetime) -> None:
    """All at once; if the database objects to the data, one by one, so that a bad row stays out alone."""
    try:
        with transaction.atomic():
            loaded, unchanged, changed = _store(batch, now=now)
    except (DataError, IntegrityError, DomainError) as error:
        if len(batch) > 1:
            for row in batch:
                _load([row], report, now=now)
            return
        kind = type(error).__name__
        report.refuse(batch[0].line, error if isinstance(error, DomainError) else NotStored(kind=kind))
        return
    report.loaded += loaded
    report.unchanged += unchanged
    for row in changed:
        report.refuse(row.line, SaysSomethingElse())


def _store(batch: Sequence[Row], *, now: datetime) -> tuple[int, int, list[Row]]:
    """(loaded, unchanged, rows that say something else than what is here)."""
    here = _here([row.dialogue.external_id for row in batch if row.dialogue])
    changed = [
        row
        for row in batch
        if row.dialogue and here.get(row.dialogue.external_id, row.dialogue) != row.dialogue
    ]
    fresh = [row.dialogue for row in batch if row.dialogue and row.dialogue.external_id not in here]
    if not fresh:
        return 0, len(batch) - len(changed), changed
    stand_ins = customers.placeholders(
        source=SOURCE, external_ids=[dialogue.external_id for dialogue in fresh], now=now
    )
    conversations = Conversation.objects.bulk_create(
        [_conversation(dialogue, stand_ins[dialogue.external_id], now) for dialogue in fresh]
    )
    Message.objects.bulk_create(
        [
            message
            for conversation, dialogue in zip(conversations, fresh, strict=True)
            for message in _messages(conversation, dialogue)
        ],
        batch_size=1000,
    )
    search.index_new(
        kind=KIND,
        objects=[
            (conversation.pk, findable([turn.text for turn in dialogue.turns], subject=""), [])
            for conversation, dialogue in zip(conversations, fresh, strict=True)
        ],
    )
    return len(fresh), len(batch) - len(fresh) - len(changed), changed


def _here(external_ids: Sequence[str]) -> dict[str, Dialogue]:
    """The dialogues that were loaded before, as they were loaded: what was written since has a clock time."""
    known = {row.pk: row for row in Conversation.objects.filter(source=SOURCE, external_id__in=external_ids)}
    turns = defaultdict(list)
    messages = Message.objects.filter(conversation__in=known, sent_at__isnull=True)
    for message in messages.order_by("conversation", "position"):
        turns[message.conversation_id].append(
            Turn(Author(message.author), message.text, message.satisfaction)
        )
    return {
        row.external_id: Dialogue(row.external_id, row.channel, row.satisfaction, tuple(turns[pk]))
        for pk, row in known.items()
    }


def _conversation(dialogue: Dialogue, customer: Customer, now: datetime) -> Conversation:
    said = next((turn.text for turn in dialogue.turns if turn.author == Author.CUSTOMER), "")
    return Conversation(
        customer=customer,
        channel=dialogue.channel,
        subject=rules.one_line(said, SUBJECT_LENGTH),
        state=State.DONE,
        created_at=now,
        message_count=len(dialogue.turns),
        preview=rules.one_line(dialogue.turns[-1].text, rules.PREVIEW_LENGTH),
        is_history=True,
        source=SOURCE,
        external_id=dialogue.external_id,
        satisfaction=dialogue.rating,
    )


def _messages(conversation: Conversation, dialogue: Dialogue) -> Iterator[Message]:
    for position, turn in enumerate(dialogue.turns, 1):
        yield Message(
            conversation=conversation,
            position=position,
            author=turn.author,
            channel=dialogue.channel,
            text=turn.text,
            satisfaction=turn.rating,
        )
