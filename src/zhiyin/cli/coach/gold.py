"""What careful readers said, joined with what they read.

Turns are either given one by one (as for `zhiyin coach turns`) or as whole dialogues, a record with `messages` a line;
then a label's id is the dialogue's id, # and the message's number in it, from 0, and it may give the place of a promise
instead of its text, so that labels can be passed on where the text may not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from zhiyin.cli.coach import rows
from zhiyin.cli.coach.errors import BadRow, NoLabels, NoPart
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import warn
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach import evaluate_customers as customers
from zhiyin.libs.coach.readings import Emotion, Kind, Owner, Question, Role, Satisfaction, Turn

SIGHT = 6
"""So many messages before it a reader of dialogues saw of a turn."""
MARKS = (0, 1, 2)
DISSATISFIED = 0
SEVERITIES = range(4)

Record = dict[str, Any]
Labels = dict[str | int, Record]


@dataclass(frozen=True, slots=True)
class Gold:
    """Labelled turns, each with its label, and the dialogues they stand in where these were given."""

    pairs: Sequence[tuple[rows.Row, Record]]
    dialogues: Sequence[Record] = ()


def joined(turns: Path, files: Sequence[Path], part: str) -> Gold | None:
    """Turns with their labels; None where a line cannot be used (told already). Raises NoLabels, NoPart, NoFile.

    Without label files the turns carry their labels themselves.
    """
    gold = labels(files) if files else {}
    if gold is None:
        return None
    with rows.opened(turns) as stream:
        if _whole(stream):
            read = _dialogues(stream, turns.name)
            return None if read is None else _checked(_of_dialogues(read, chosen(gold, part)), read)
        if not rows.sound(stream):
            return None
        own = [row for _line, row in rows.rows(stream)]
    gold = chosen(gold if files else {row.id: row.record for row in own}, part)
    pairs = [(row, gold[row.id]) for row in own if row.id in gold]
    if len(pairs) < len(own) and not part:
        warn(_("%(count)s turns have no label and are left out.") % {"count": len(own) - len(pairs)})
    return _checked(pairs, ())


def labels(files: Sequence[Path]) -> Labels | None:
    """Labels by id; None where a line cannot be used (told already). Raises NoFile."""
    found: Labels = {}

    def keep(record: Record) -> None:
        name = record.get("id")
        if not isinstance(name, str | int):
            raise BadRow(gettext_noop("id is missing"))
        if name in found:
            raise BadRow(gettext_noop("%(id)s is labelled twice"), id=name)
        found[name] = record

    sound = True
    for file in files:
        with rows.opened(file) as stream:
            sound = _each(stream, file.name, keep) and sound
    return found if sound else None


def chosen(gold: Labels, part: str) -> Labels:
    """The labels of one part; all without one. Raises NoPart."""
    if not part:
        return gold
    kept = {name: record for name, record in gold.items() if record.get("part") == part}
    if not kept:
        there = sorted({str(record["part"]) for record in gold.values() if "part" in record})
        raise NoPart(part=part, parts=", ".join(there) or "–")
    return kept


def dialogues(file: Path) -> list[Record] | None:
    """Dialogues: {"id", "messages": [{"role", "text", perhaps "satisfaction" 0–2}]}; None as in `labels`."""
    with rows.opened(file) as stream:
        return _dialogues(stream, file.name)


def role_of(record: Mapping[str, Any]) -> Role:
    """Whose turn a label is about."""
    return Role.AGENT if "flags" in record else Role.CUSTOMER


def unusable(record: Mapping[str, Any], role: Role, text: str | None = None) -> BadRow | None:
    """What is wrong with a label, or nothing; `text` is the turn, where it is known."""
    wanted = AGENT if role is Role.AGENT else CUSTOMER
    missing = [name for name, kind in wanted.items() if not kind(record.get(name))]
    if missing:
        return BadRow(gettext_noop("lacks %(names)s"), names=", ".join(missing))
    if role is Role.AGENT and not all(_is_promise(promise, text) for promise in record["promises"]):
        return BadRow(gettext_noop("a promise needs kind, owner and text, or start and end within the turn"))
    return None


def _whole(stream: IO[bytes]) -> bool:
    """Whether a file holds whole dialogues."""
    first = next((raw for raw in stream if raw.strip()), b"")
    try:
        return "messages" in rows.loaded(first.removeprefix(b"\xef\xbb\xbf"))
    except BadRow:
        return False


def _dialogues(stream: IO[bytes], name: str) -> list[Record] | None:
    found: list[Record] = []

    def keep(record: Record) -> None:
        messages = record.get("messages")
        if not isinstance(messages, list) or not all(map(_is_message, messages)):
            raise BadRow(gettext_noop("messages must be a list of role and text"))
        found.append(record)

    return found if _each(stream, name, keep) else None


def _each(stream: IO[bytes], name: str, keep: Callable[[Record], None]) -> bool:
    """Whether every line could be kept; those that could not are told."""
    wrong = 0
    stream.seek(0)
    for line, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        try:
            keep(rows.loaded(raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw))
        except BadRow as error:
            wrong += 1
            if wrong <= rows.MOST_SHOWN:
                facts = {"file": name, "line": line, "reason": rows.told(error)}
                warn(_("%(file)s, line %(line)s: %(reason)s") % facts)
    return not wrong


def _of_dialogues(read: Sequence[Record], gold: Labels) -> list[tuple[rows.Row, Record]]:
    by_id = {str(record.get("id")): record["messages"] for record in read}
    pairs = []
    for name, label in gold.items():
        dialogue, _hash, number = str(name).rpartition("#")
        messages = by_id.get(dialogue, ())
        if number.isdecimal() and int(number) < len(messages):
            pairs.append((_row(name, messages, int(number)), label))
    if len(pairs) < len(gold):
        warn(
            _("%(count)s labels belong to no message of these dialogues and are left out.")
            % {"count": len(gold) - len(pairs)}
        )
    return pairs


def _row(name: str | int, messages: Sequence[Record], number: int) -> rows.Row:
    turns = tuple(
        Turn(Role(each["role"]), each["text"]) for each in messages[max(0, number - SIGHT) : number]
    )
    own = messages[number]
    return rows.Row(name, Role(own["role"]), own["text"], turns, own)


def _checked(pairs: Sequence[tuple[rows.Row, Record]], read: Sequence[Record]) -> Gold | None:
    """With the text of every promise put in. Raises NoLabels."""
    if not pairs:
        raise NoLabels
    wrong = [
        (row.id, reason)
        for row, label in pairs
        if (reason := unusable(label, row.role, row.text)) is not None
    ]
    for name, reason in wrong[: rows.MOST_SHOWN]:
        warn(_("Label %(id)s: %(reason)s") % {"id": name, "reason": rows.told(reason)})
    return None if wrong else Gold([(row, _worded(label, row.text)) for row, label in pairs], read)


def _worded(label: Record, text: str) -> Record:
    if "promises" not in label:
        return label
    promises = [{"text": text[one["start"] : one["end"]], **one} if "text" not in one else one
                for one in label["promises"]]  # fmt: skip
    return label | {"promises": promises}


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in rows.ROLES
        and isinstance(message.get("text"), str)
    )


def _is_promise(promise: Any, text: str | None) -> bool:
    if not isinstance(promise, dict) or not _KIND(promise.get("kind")) or not _OWNER(promise.get("owner")):
        return False
    start, end = promise.get("start"), promise.get("end")
    if isinstance(promise.get("text"), str):
        return True
    if not isinstance(start, int) or not isinstance(end, int):
        return False
    return 0 <= start < end and (text is None or end <= len(text))


def _one_of(values: Any) -> Callable[[Any], bool]:
    known = {getattr(value, "value", value) for value in values}
    return lambda value: isinstance(value, str | int) and not isinstance(value, bool) and value in known


_KIND, _OWNER = _one_of(Kind), _one_of(Owner)


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


AGENT: Mapping[str, Callable[[Any], bool]] = {
    "flags": _names,
    "positives": _names,
    "severity": _one_of(SEVERITIES),
    "question": _one_of(Question),
    "promises": lambda value: isinstance(value, list),
}
CUSTOMER: Mapping[str, Callable[[Any], bool]] = {
    "emotion": _one_of(Emotion),
    "satisfaction": _one_of(Satisfaction),
    "intensity": _one_of(range(4)),
    **dict.fromkeys(customers.SIGNALS, _one_of(range(3))),
}
