"""How far the promises found in turns agree with a careful reader's: pure figures, no files.

Precision, recall and F1 as in van Rijsbergen, Information Retrieval (1979); counts over all turns (micro).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

_TRIM = re.compile(r"^(?:[\s，,。]|会(?=尽|优))+|[\s，,。~的呢哦哈呀啊噢哒啦了吧]+$")
Labelled = Sequence[Mapping[str, str]]
"""The promises of one turn: mappings with `text`, `kind` hard or soft, `owner` self, org or third_party."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often both say it, only the finder does, only the reader does."""

    both: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.both / (self.both + self.extra) if self.both + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 1 where there was nothing to find."""
        return self.both / (self.both + self.missed) if self.both + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where both are silent."""
        total = 2 * self.both + self.extra + self.missed
        return 2 * self.both / total if total else 1.0

    def __add__(self, other: Tally) -> Tally:
        """Both counts together."""
        return Tally(self.both + other.both, self.extra + other.extra, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Agreement:
    """`hard_turns`, `turns`: whether a turn holds a hard promise, any promise. `exact`: the same text; `trimmed`: the
    same but for particles and stops at its edges; `partial`: the same kind and half of the shorter text in common.
    `kinds`, `owners`: among promises that overlap, how many have the kind or owner of the reader (extra = missed).
    """

    hard_turns: Tally = Tally()
    turns: Tally = Tally()
    exact: Tally = Tally()
    trimmed: Tally = Tally()
    partial: Tally = Tally()
    overlap: Tally = Tally()
    kinds: Tally = Tally()
    owners: Tally = Tally()

    def __add__(self, other: Agreement) -> Agreement:
        """Both counts together."""
        return Agreement(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))


def evaluate_promises(gold: Iterable[Labelled], found: Iterable[Labelled]) -> Agreement:
    """Compare turn by turn in the same order; raises ValueError where the numbers of turns differ."""
    return sum((_turn(*pair) for pair in zip(gold, found, strict=True)), Agreement())


def _turn(gold: Labelled, found: Labelled) -> Agreement:
    pairs = _paired(gold, found, _overlaps)
    return Agreement(
        hard_turns=_said(any(p["kind"] == "hard" for p in gold), any(p["kind"] == "hard" for p in found)),
        turns=_said(bool(gold), bool(found)),
        exact=_tally(gold, found, lambda meant, said: meant["text"] == said["text"]),
        trimmed=_tally(
            gold, found, lambda meant, said: _TRIM.sub("", meant["text"]) == _TRIM.sub("", said["text"])
        ),
        partial=_tally(
            gold, found, lambda meant, said: meant["kind"] == said["kind"] and _overlaps(meant, said)
        ),
        overlap=_tally(gold, found, _overlaps),
        kinds=_same(pairs, "kind"),
        owners=_same(pairs, "owner"),
    )


def _said(meant: bool, said: bool) -> Tally:  # noqa: FBT001
    return Tally(int(meant and said), int(said and not meant), int(meant and not said))


def _same(pairs: Sequence[tuple[Mapping[str, str], Mapping[str, str]]], key: str) -> Tally:
    right = sum(meant[key] == said[key] for meant, said in pairs)
    return Tally(right, len(pairs) - right, len(pairs) - right)


def _tally(gold: Labelled, found: Labelled, same: object) -> Tally:
    both = len(_paired(gold, found, same))
    return Tally(both, len(found) - both, len(gold) - both)


def _paired(
    gold: Labelled, found: Labelled, same: object
) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
    left, pairs = list(found), []
    for meant in gold:
        match = next((said for said in left if same(meant, said)), None)  # type: ignore[operator]
        if match is not None:
            left.remove(match)
            pairs.append((meant, match))
    return pairs


def _overlaps(meant: Mapping[str, str], said: Mapping[str, str]) -> bool:
    short, long = sorted((meant["text"], said["text"]), key=len)
    need = max(1, (len(short) + 1) // 2)
    return any(short[at : at + need] in long for at in range(len(short) - need + 1))
