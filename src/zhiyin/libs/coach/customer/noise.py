"""Making a scene: what is loud by its form, whatever the words; runs of messages of one side are one burst."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiyin.libs.coach.readings import Role, Turn

RUN = 6
"""How many messages of a burst are looked at."""
_SEEN = 300
_EDGES = " ，。！？!?,.;；~～…、\n\t"
_CLAUSE = re.compile(r"[^，。！？!?,.;；~～…、\s]{1,40}")
_SHORT = 8
_MARKS = re.compile(r"[！!？?]{3,}")
_SHOUTED = re.compile(r"[！!]{2,}")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff][！!。]\s?){2,}")
_CALLS = re.compile(r"^(?:在|喂|人呢|有人|说话|回话|回一下|你好|亲|客服|？|\?|快|催|急|还在|hello|hi|anyone)")


def burst(context: Sequence[Turn], role: Role = Role.CUSTOMER) -> list[str]:
    """The messages of `role` that stand right before the turn, newest first."""
    run: list[str] = []
    for turn in reversed(context[-RUN:]):
        if turn.role is not role:
            break
        run.append(turn.text)
    return run


def traits(text: str, run: Sequence[str], original: str = "") -> Iterator[str]:
    """Loud forms of a folded turn after the folded messages of its burst; `original` shows capitals."""
    seen = text[:_SEEN]
    bare = seen.strip(_EDGES)
    clauses = [clause for clause in _CLAUSE.findall(seen) if len(clause) > 1]
    if len(clauses) > 1 and max(map(clauses.count, set(clauses)), default=0) > 1:
        yield "says it twice"
        if _SHOUTED.search(seen) or seen.count("！") > 1 or seen.count("!") > 1:
            yield "shouts it twice"
    if _MARKS.search(seen):
        yield "many marks"
    if len(_SHOUTED.findall(seen)) > 1:
        yield "shouts twice"
    elif _SHOUTED.search(seen):
        yield "shouts"
    if _SPACED.search(seen):
        yield "word by word"
    letters = [letter for letter in original[:_SEEN] if letter.isascii() and letter.isalpha()]
    if len(letters) > _SHORT and sum(map(str.isupper, letters)) > 0.8 * len(letters):
        yield "capitals"
    yield from _repeated(bare, run)


def _repeated(bare: str, run: Sequence[str]) -> Iterator[str]:
    others = [text[:_SEEN].strip(_EDGES) for text in run[:RUN]]
    same = sum(
        one == bare or (len(bare) > 1 and (bare in one or (len(one) > 1 and one in bare))) for one in others
    )
    if same:
        yield "same again"
    if same > 1:
        yield "same over and over"
    calls = sum(_CALLS.match(text) is not None or not text.strip(_EDGES) for text in run[:RUN])
    if calls > 1 and len(bare) <= _SHORT:
        yield "calls and calls"
    if calls and not bare:
        yield "marks after a call"
    if len(others) > 1 and len(bare) <= _SHORT and sum(len(one) <= _SHORT for one in others) > 1:
        yield "short bursts"


def is_scene(traits_: frozenset[str]) -> bool:
    """Whether the form alone makes a scene."""
    return bool(
        traits_ & {"shouts it twice", "shouts twice", "same over and over", "word by word", "calls and calls"}
        or {"many marks", "says it twice"} <= traits_
        or {"capitals", "shouts"} <= traits_
        or {"same again", "shouts"} <= traits_
    )
