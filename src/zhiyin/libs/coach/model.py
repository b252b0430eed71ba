"""A small linear model that says what it decides by: sparse weights over the features of a turn.

One model has several heads; a head is one question (an emotion, whether a rule applies) with its answers. A head
with two answers is logistic regression, with more multinomial. In each block the features count 1/√n, so that a
long turn does not shout a short one down. Stored as plain arrays (npz without pickle).
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import ahocorasick_rs

from zhiyin.libs.coach import features
from zhiyin.libs.coach.features import Seen
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.readings import Turn

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float32]]

_LATIN = re.compile("[a-z]")
_KEPT = 256
BLOCK_WEIGHTS: Mapping[str, float] = {
    "turn": 1.0,
    "customer": 0.25,
    "agent": 0.25,
    "shape": 0.3,
    "known": 0.5,
}
"""How much a block can say at most, against the turn itself, where a model is not given its own."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One feature that spoke for (above 0) or against an answer; offsets in the original turn, None elsewhere."""

    feature: str
    block: str
    weight: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Model:
    """Weights of every head. `weights`: (features + 1, answers of all heads), the last row is the bias."""

    heads: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    """Features by block, in the order of the rows."""
    weights: Floats
    scale: Mapping[str, float] = field(default_factory=lambda: BLOCK_WEIGHTS)
    """How much a block can say at most, against the others."""

    FORMAT: ClassVar[int] = 1

    @cached_property
    def _firsts(self) -> dict[str, int]:
        sizes = [len(self.names.get(block, ())) for block in features.BLOCKS]
        return dict(zip(features.BLOCKS, itertools.accumulate(sizes, initial=0), strict=False))

    @cached_property
    def _rows(self) -> dict[str, dict[str, int]]:
        return {
            block: {name: row for row, name in enumerate(self.names.get(block, ()), first)}
            for block, first in self._firsts.items()
        }

    @cached_property
    def _machines(self) -> dict[str, tuple[Any, int]]:
        return {}

    @cached_property
    def pairs(self) -> dict[str, dict[str, int]]:
        """The rows of the facts "one & other", by their parts."""
        found: dict[str, dict[str, int]] = {}
        for name, row in self._rows["known"].items():
            one, both, other = name.partition(" & ")
            if both:
                found.setdefault(one, {})[other] = row
        return found

    @cached_property
    def columns(self) -> dict[str, slice]:
        """Which columns of the weights belong to a head."""
        columns: dict[str, slice] = {}
        first = 0
        for head, answers in self.heads.items():
            columns[head] = slice(first, first + len(answers))
            first += len(answers)
        return columns

    def rows(self, seen: Seen) -> dict[str, set[int]]:
        """The features of a turn that the model knows, as rows of its weights, by block."""
        rows = {block: self.find(block, texts) for block, texts in seen.texts.items()}
        return rows | {block: self._known(block, traits) for block, traits in seen.traits.items()}

    def facts(self, names: Iterable[str]) -> set[int]:
        """The rows of those facts of the caller that the model knows."""
        return self._known("known", names)

    def _known(self, block: str, names: Iterable[str]) -> set[int]:
        row_of = self._rows[block].get
        return {row for name in names if (row := row_of(name)) is not None}

    def find(self, block: str, texts: Iterable[str]) -> set[int]:
        """The rows of the n-grams of a block that stand in marked texts."""
        find = self._find if block == "turn" else self._found
        return set().union(*(find(block, text) for text in texts))

    @cached_property
    def _found(self) -> Callable[[str, str], frozenset[int]]:
        """One pass of an automaton over a text; earlier messages are asked for again with every turn that follows."""
        return lru_cache(_KEPT)(self._find)

    def _find(self, block: str, text: str) -> frozenset[int]:
        machine, first = self._machine(block)
        found: set[int] = set()
        if machine is not None:
            hits = machine.find_matches_as_indexes(text, overlapping=True)
            found.update([first + number for number, _, _ in hits])
        if block == "turn" and _LATIN.search(text):
            found |= self._known(block, features.words(text))
        return frozenset(found)

    def _machine(self, block: str) -> tuple[Any, int]:
        known = self._machines.get(block)
        if known is None:
            names = self.names.get(block, ())
            machine = ahocorasick_rs.AhoCorasick(names) if names else None
            known = self._machines[block] = machine, self._firsts[block]
        return known

    def activations(self, rows: Mapping[str, Collection[int]]) -> tuple[list[int], list[float]]:
        """Rows in ascending order and their values: in each block 1/√n of what it can say."""
        at: list[int] = []
        values: list[float] = []
        for block in features.BLOCKS:
            here = rows.get(block)
            if here:
                at += sorted(here)
                values += [self.scale[block] / math.sqrt(len(here))] * len(here)
        return at, values

    def scores(self, text: str, context: Sequence[Turn] = (), known: Iterable[str] = ()) -> list[float]:
        """The linear score of every answer of every head, in the order of the columns."""
        return self.scores_of(self.rows(features.seen(text, context, known)))

    def scores_of(self, rows: Mapping[str, Collection[int]]) -> list[float]:
        """As `scores`, for rows already found."""
        import numpy as np

        at, values = self.activations(rows)
        total = self.weights[-1]
        if at:
            total = total + np.asarray(values, np.float32) @ self.weights.take(at, axis=0)
        scores: list[float] = total.tolist()
        return scores

    def predict(
        self, text: str, context: Sequence[Turn] = (), known: Iterable[str] = ()
    ) -> dict[str, dict[str, float]]:
        """The probability of every answer, by head; `known` as the model was trained with."""
        return self.shares(self.scores(text, context, known))

    def shares(self, scores: Sequence[float]) -> dict[str, dict[str, float]]:
        """Probabilities from the scores of `scores`, by head."""
        columns = self.columns
        return {
            head: dict(zip(answers, softmax(scores[columns[head]]), strict=True))
            for head, answers in self.heads.items()
        }

    def explain(
        self,
        text: str,
        context: Sequence[Turn] = (),
        known: Iterable[str] = (),
        *,
        head: str,
        answer: str,
        limit: int = 8,
    ) -> tuple[Weight, ...]:
        """The features that spoke loudest for `answer` against the average answer of its head, strongest first."""
        rows = self.rows(features.seen(text, context, known))
        return self.explain_of(rows, text, head=head, answer=answer, limit=limit)

    def explain_of(
        self, found: Mapping[str, Collection[int]], text: str, *, head: str, answer: str, limit: int = 8
    ) -> tuple[Weight, ...]:
        """As `explain`, for rows already found."""
        columns = self.columns[head]
        column = columns.start + self.heads[head].index(answer)
        rows, values = self.activations(found)
        if not rows:
            return ()
        part = self.weights.take(rows, axis=0)
        own = (part[:, column] - part[:, columns].mean(axis=1)).tolist()
        names = self._names
        heard = [
            (weight * value, *names[row])
            for weight, value, row in zip(own, values, rows, strict=True)
            if weight > 0
        ]
        heard.sort(key=lambda item: (-item[0], item[1], item[2]))
        return _placed(heard[:limit], text)

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        return [(block, name) for block in features.BLOCKS for name in self.names.get(block, ())]

    def save(self, path: Path) -> None:
        """Write the model; the same model gives the same bytes."""
        import numpy as np

        head = {
            "format": self.FORMAT,
            "heads": {name: list(answers) for name, answers in self.heads.items()},
            "scale": dict(self.scale),
        }
        words = {block: "\n".join(_quoted(name) for name in names) for block, names in self.names.items()}
        arrays = {f"names_{block}": _letters(text) for block, text in words.items()}
        with path.open("wb") as file:
            np.savez_compressed(
                file, head=_letters(json.dumps(head)), weights=self.weights.astype(np.float16), **arrays
            )

    @classmethod
    def load(cls, place: Path | Traversable, answers_to: Mapping[str, Sequence[str]] | None = None) -> Model:
        """Read a model. Raises ValueError where the file is none, of another format, or does not answer the heads
        `answers_to`, if given.
        """
        import numpy as np

        with place.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            head = json.loads(stored["head"].tobytes().decode())
            if head.get("format") != cls.FORMAT:
                raise ValueError(f"{place} has format {head.get('format')}, not {cls.FORMAT}")
            names = {
                block: tuple(_unquoted(name) for name in _text(stored[f"names_{block}"]).split("\n"))
                if stored[f"names_{block}"].size
                else ()
                for block in features.BLOCKS
            }
            weights = stored["weights"].astype(np.float32)
        heads = {name: tuple(answers) for name, answers in head["heads"].items()}
        wrong = [name for name, wanted in (answers_to or {}).items() if heads.get(name) != tuple(wanted)]
        if wrong:
            raise ValueError(f"{place} does not answer {', '.join(wrong)}")
        return cls(heads=heads, names=names, weights=weights, scale=head.get("scale", BLOCK_WEIGHTS))


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities in proportion to the exponentials of `scores`."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _placed(heard: Sequence[tuple[float, str, str]], text: str) -> tuple[Weight, ...]:
    seen, places = features.signs(folded(text[: features.SEEN * 4]))
    weights = []
    for weight, block, name in heard:
        bare = name.strip("\x02\x03").removeprefix(" ").split(" ")[0] if block == "turn" else ""
        at = seen.find(bare) if bare else -1
        if at < 0:
            weights.append(Weight(name, block, weight))
            continue
        start, last = (
            (at, at + len(bare)) if places is None else (places[at], _end(places, at + len(bare), text))
        )
        weights.append(Weight(name, block, weight, start, last))
    return tuple(weights)


def _end(places: Sequence[int], at: int, text: str) -> int:
    return places[at] if at < len(places) else len(text)


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace("\n", "\\n")


def _unquoted(name: str) -> str:
    return name.replace("\\n", "\n").replace("\\\\", "\\") if "\\" in name else name


def _letters(text: str) -> Any:
    import numpy as np

    return np.frombuffer(text.encode(), np.uint8)


def _text(letters: Any) -> str:
    return bytes(letters.tobytes()).decode()
