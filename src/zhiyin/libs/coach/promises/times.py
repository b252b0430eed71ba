"""Times in a text: words of time joined into expressions, each with what it says of before, within and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiyin.libs.coach.promises import english, numerals
from zhiyin.libs.coach.promises.tokens import Token, tokens

DAYS = frozenset({"masked", "date", "festival", "weekday", "span", "monthpart", "dom", "relday"})
SLOTS = dict.fromkeys(DAYS, "day") | {"part": "part", "clock": "clock"}
_GAP = re.compile(r"(?:[\s的,，]|,?\s?(?:at|on|in\sthe|the|by|in)\s)?")
_RANGE = re.compile(r"\s?(?:[-~至到—–或]|or|and|to)\s?")
_BEFORE = re.compile(r"\s?(?:之前|以前|前(?![台面期天往一任后去置两三几]))")
_INSIDE = re.compile(r"\s?(?:之内|以内|内(?![容部存])|之间|左右)")
_AFTER = re.compile(r"\s?(?:之后|以后|后(?![台面期天续])|起(?!来|飞|床)|开始)")
_BY = re.compile(r"(?:by|before|within|no later than|until|in)\s(?:the\s)?$")
_ANCHOR = re.compile(r"(?:后|完|齐|起)[,，\s]?$|after[^.!?]{0,30}\s$")
_PAST_WEEK = ("上",)
_ADVANCE = re.compile(r"提前\s?$")


@dataclass(frozen=True, slots=True)
class When:
    """A time as written. Exactly one of `duration`, `word` and the calendar's slots (`day`, `part`, `clock`) speaks.

    `start` and `end` are places in the text; `anchored`: counted from an event instead of from now, so that no
    clock resolves it; `past`: it lies behind ("两天前", "上周五").
    """

    start: int
    end: int
    day: Token | None = None
    part: Token | None = None
    clock: Token | None = None
    duration: Token | None = None
    word: str = ""
    vague: str = ""
    before: bool = False
    after: bool = False
    anchored: bool = False
    past: bool = False
    core_end: int = 0
    """Where the time itself ends, without 前, 内, 左右."""

    @property
    def checkable(self) -> bool:
        """Whether a clock can tell if it was kept."""
        if self.word:
            return self.word == "now"
        if self.duration is None:
            return True
        written = self.duration.get("high") or self.duration.get("low")
        return written[:1] not in {"几", "数"} and written != "a few"


def find(text: str, start: int = 0, end: int | None = None) -> list[When]:
    """Every time in `text[start:end]`, which must be folded, in order."""
    end = len(text) if end is None else end
    found = (_finished(text, group, end) for group in _groups(text, tokens(text, start, end)))
    return [when for when in found if not _is_a_bit(when)]


def _is_a_bit(when: When) -> bool:
    """一点 alone is "a bit", not one o'clock."""
    return (
        when.clock is not None
        and when.clock.get("clock") == "一点"
        and when.day is None
        and when.part is None
        and when.end == when.core_end
    )


def _groups(text: str, found: Iterator[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in found:
        if group and _joins(text, group, token):
            group.append(token)
            continue
        if group:
            yield group
        group = [token]
    if group:
        yield group


def _joins(text: str, group: list[Token], token: Token) -> bool:
    last = group[-1]
    if token.start - last.end > 8 or token.kind not in SLOTS or last.kind not in SLOTS:  # noqa: PLR2004
        return False
    gap = text[last.end : token.start]
    if _RANGE.fullmatch(gap):
        return SLOTS[token.kind] == SLOTS[last.kind] or (last.kind == "clock" and token.kind == "part")
    if not _GAP.fullmatch(gap) or "，" in gap:
        return False
    slot = SLOTS[token.kind]
    taken = {SLOTS[other.kind] for other in group}
    if slot in taken:
        return slot == "day" and token.kind in {"weekday", "dom"} and last.kind in {"relday", "monthpart"}
    if last.kind == "clock":
        return bool(last.get("ampm") or last.get("ampm2")) or bool(re.search("[a-z]", gap))
    return slot == "clock" or (slot == "part" and last.kind != "part")


def _finished(text: str, group: list[Token], limit: int) -> When:
    first, last = group[0], group[-1]
    start, end = first.start, last.end
    before = _BEFORE.match(text, end, limit)
    inside = None if before else _INSIDE.match(text, end, limit)
    after = None if before or inside else _AFTER.match(text, end, limit)
    end = next((match.end() for match in (before, inside, after) if match), end)
    leading = text[max(0, start - 40) : start]
    by = _BY.search(leading) if first.parts and re.match("[a-z0-9]", text[start]) else None
    if by:
        start -= len(by.group())
    advance = _ADVANCE.search(leading[-4:])
    if advance:
        start -= len(advance.group())
    kind = first.kind
    word = kind if kind in {"now", "vague"} else ""
    return When(
        start=start,
        end=end,
        day=_last(group, "day"),
        part=_last(group, "part"),
        clock=_last(group, "clock"),
        duration=first if kind == "duration" else None,
        word=word,
        vague=first.get("vague"),
        before=bool(before) or bool(by and "before" in by.group()),
        after=bool(after),
        anchored=bool(advance) or (kind == "duration" and bool(_ANCHOR.search(leading))),
        past=_is_past(first, before=bool(before), advance=bool(advance)),
        core_end=last.end,
    )


def _last(group: list[Token], slot: str) -> Token | None:
    return next((token for token in reversed(group) if SLOTS.get(token.kind) == slot), None)


def _is_past(first: Token, *, before: bool, advance: bool) -> bool:
    if first.kind == "duration":
        return before and not advance
    return first.kind == "weekday" and first.get("week").startswith(_PAST_WEEK)


def amount(duration: Token) -> float | None:
    """The upper end of a duration in its own unit; None where a mask or a vague number hides it."""
    written = duration.get("high") or duration.get("low")
    if (
        duration.get("unit")[:1].isascii()
        and duration.get("unit")[-1:].isascii()
        and written[:1].isalpha()
        and written.isascii()
    ):
        return english.count(written)
    value = numerals.upper(written)
    if value is None:
        return _and_some(written)
    if duration.get("more"):
        value = value + 10 if duration.get("more") == "几" else value * 1.5
    if duration.get("half") or duration.get("tail"):
        value += 0.5
    return value


def _and_some(written: str) -> float | None:
    """The next ten, for "十几" and "二十几"."""
    if written.endswith("几") and written[:-1]:
        tens = numerals.upper(written[:-1])
        return None if tens is None else tens + 10
    return None
