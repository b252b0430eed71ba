"""Train the small models: weighted logistic regression by accelerated gradient descent, the same bits every time.

Loss: mean weighted cross-entropy of every head plus λ/2 of the squared weights (bias free), minimised by Nesterov's
method with the step the smoothness bound allows (Nesterov, Introductory Lectures on Convex Optimization, 2004, §2.2).
Nothing is random; sums run in a fixed order and no threaded library takes part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from zhiyin.libs.coach import features
from zhiyin.libs.coach.features import Seen
from zhiyin.libs.coach.model import BLOCK_WEIGHTS, Model
from zhiyin.libs.coach.readings import Turn

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float32]]
    Integers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled turn: the answer to every head it can answer; a missing head is not learnt from it."""

    text: str
    context: tuple[Turn, ...]
    answers: Mapping[str, str]
    known: frozenset[str] = frozenset()
    see: Callable[[str, tuple[Turn, ...], frozenset[str]], Seen] = features.seen
    """How a model looks at the turn."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. `least`: in how many turns a feature must occur, by block; `ridge`: λ; `balance`: 0 trusts the
    frequencies of the corpus, 1 counts every answer alike; `kept`: how many features stay after a first run;
    `scale`: how much each block can say.
    """

    least: Mapping[str, int]
    ridge: float = 1e-4
    balance: float = 0.5
    rounds: int = 200
    kept: int = 30_000
    scale: Mapping[str, float] = field(default_factory=lambda: BLOCK_WEIGHTS)


_TRIAL = 5
"""A fifth of the rounds tells which features matter."""
DEFAULT = Settings(least={"turn": 2, "customer": 4, "agent": 4, "shape": 2, "known": 2})


def train(
    examples: Sequence[Example],
    heads: Mapping[str, Sequence[str]],
    settings: Settings = DEFAULT,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Model:
    """A model that answers `heads` (name → answers). Raises ValueError on no examples or an unknown answer.

    `progress(done, total)` is told of every round.
    """
    if not examples:
        raise ValueError("nothing to learn from")
    found = [example.see(example.text, example.context, example.known) for example in examples]
    names = _vocabulary((turn.names() for turn in found), settings.least)
    targets, importance = _targets(examples, heads, settings.balance)
    rounds = _Rounds(settings.rounds, progress)
    if sum(map(len, names.values())) > settings.kept:
        trial = replace(settings, rounds=settings.rounds // _TRIAL)
        rounds.total += trial.rounds
        weights = _fit(_Sparse.of(found, names, settings.scale), targets, importance, heads, trial, rounds)
        names = _strongest(names, weights, settings.kept)
    weights = _fit(_Sparse.of(found, names, settings.scale), targets, importance, heads, settings, rounds)
    return Model(
        {head: tuple(answers) for head, answers in heads.items()}, names, _as_stored(weights), settings.scale
    )


@dataclass(slots=True)
class _Rounds:
    """How far the training has come."""

    total: int
    progress: Callable[[int, int], None] | None
    done: int = 0

    def pass_(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


def by_context(examples: Sequence[Example], folds: int) -> list[list[int]]:
    """The numbers of the examples of each fold; turns under the same context stay together."""
    seen: dict[object, int] = {}
    parts: list[list[int]] = [[] for _ in range(folds)]
    for number, example in enumerate(examples):
        key: object = example.context or (number // 8,)
        fold = seen.setdefault(key, len(seen) % folds)
        parts[fold].append(number)
    return parts


def cross_validated(
    examples: Sequence[Example],
    heads: Mapping[str, Sequence[str]],
    settings: Settings = DEFAULT,
    *,
    folds: int = 5,
    read: Callable[[Model, Example], Any] | None = None,
) -> list[Any]:
    """What a model that has not seen an example's context says of it, in the order of `examples`.

    `read(model, example)` turns it into what is wanted; the probabilities of every head without it.
    """
    said: list[Any] = [None] * len(examples)
    for part in by_context(examples, folds):
        held = set(part)
        model = train([one for at, one in enumerate(examples) if at not in held], heads, settings)
        for at in part:
            one = examples[at]
            said[at] = read(model, one) if read else model.predict(one.text, one.context, one.known)
    return said


def _vocabulary(
    found: Iterable[Mapping[str, set[str]]], least: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    counts: dict[str, Counter[str]] = {block: Counter() for block in features.BLOCKS}
    for blocks in found:
        for block, names in blocks.items():
            counts[block].update(names)
    return {
        block: tuple(sorted(name for name, count in counts[block].items() if count >= least.get(block, 2)))
        for block in features.BLOCKS
    }


def _strongest(
    names: Mapping[str, tuple[str, ...]], weights: Floats, kept: int
) -> dict[str, tuple[str, ...]]:
    """The `kept` features with the longest weight vectors, in their old order."""
    import numpy as np

    size = np.sqrt((weights[:-1].astype(np.float64) ** 2).sum(axis=1))
    chosen = set(np.argsort(-size, kind="stable")[:kept].tolist())
    first = 0
    strong = {}
    for block in features.BLOCKS:
        strong[block] = tuple(name for at, name in enumerate(names[block], first) if at in chosen)
        first += len(names[block])
    return strong


@dataclass(frozen=True, slots=True)
class _Sparse:
    """Turns × features, twice: sorted by turn for the scores, by feature for the gradient."""

    rows: Integers
    columns: Integers
    values: Floats
    by_column: Integers
    shape: tuple[int, int]

    @classmethod
    def of(
        cls,
        found: Sequence[Seen],
        names: Mapping[str, tuple[str, ...]],
        scale: Mapping[str, float],
    ) -> _Sparse:
        import numpy as np

        model = Model({}, names, np.zeros((0, 0), np.float32), scale)
        width = sum(map(len, names.values()))
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for number, seen in enumerate(found):
            here, amounts = model.activations(model.rows(seen))
            columns += here
            values += amounts
            rows += [number] * (len(here) + 1)
            columns.append(width)
            values.append(1.0)
        at = np.asarray(columns, np.int64)
        return cls(
            np.asarray(rows, np.int64),
            at,
            np.asarray(values, np.float32),
            np.argsort(at, kind="stable"),
            (len(found), width + 1),
        )

    def times(self, weights: Floats) -> Floats:
        """X W."""
        return _summed(weights[self.columns] * self.values[:, None], self.rows, self.shape[0])

    def turned_times(self, residuals: Floats) -> Floats:
        """Xᵀ R."""
        order = self.by_column
        products = residuals[self.rows[order]] * self.values[order][:, None]
        return _summed(products, self.columns[order], self.shape[1])


def _summed(products: Floats, keys: Integers, size: int) -> Floats:
    """The sum of the rows of `products` under each key; keys ascend."""
    import numpy as np

    total = np.zeros((size, products.shape[1]), np.float32)
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    total[keys[starts]] = np.add.reduceat(products, starts, axis=0)
    return total


def _targets(
    examples: Sequence[Example], heads: Mapping[str, Sequence[str]], balance: float
) -> tuple[Floats, Floats]:
    """One-hot answers, and how much each example counts: both turns × answers of all heads."""
    import numpy as np

    width = sum(len(answers) for answers in heads.values())
    targets = np.zeros((len(examples), width), np.float32)
    importance = np.zeros((len(examples), width), np.float32)
    first = 0
    for head, answers in heads.items():
        given = [(at, one.answers[head]) for at, one in enumerate(examples) if head in one.answers]
        unknown = {answer for _, answer in given} - set(answers)
        if unknown:
            raise ValueError(f"{head} knows no answer {', '.join(sorted(unknown))}")
        counts = Counter(answer for _, answer in given)
        worth = {answer: (len(given) / (len(counts) * count)) ** balance for answer, count in counts.items()}
        mean = sum(worth[answer] * count for answer, count in counts.items()) / max(1, len(given))
        for at, answer in given:
            targets[at, first + answers.index(answer)] = 1
            importance[at, first : first + len(answers)] = worth[answer] / mean
        first += len(answers)
    return targets, importance


def _fit(
    sparse: _Sparse,
    targets: Floats,
    importance: Floats,
    heads: Mapping[str, Sequence[str]],
    settings: Settings,
    rounds: _Rounds,
) -> Floats:
    import numpy as np

    turns, width = sparse.shape
    ridge = np.full((width, 1), settings.ridge, np.float32)
    ridge[-1] = 0
    longest = 1 + sum(weight * weight for weight in settings.scale.values())
    heaviest = float(importance.mean(axis=0).max())
    step = np.float32(1 / (0.5 * longest * heaviest + settings.ridge))
    weights = np.zeros((width, targets.shape[1]), np.float32)
    ahead = weights.copy()
    momentum = 1.0
    for _ in range(settings.rounds):
        wrong = (_shares(sparse.times(ahead), heads) - targets) * importance / np.float32(turns)
        new = ahead - step * (sparse.turned_times(wrong) + ridge * ahead)
        grown = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = new + np.float32((momentum - 1) / grown) * (new - weights)
        weights, momentum = new, grown
        rounds.pass_()
    return weights


def _shares(scores: Floats, heads: Mapping[str, Sequence[str]]) -> Floats:
    import numpy as np

    shares = np.empty_like(scores)
    first = 0
    for answers in heads.values():
        part = scores[:, first : first + len(answers)]
        powers = np.exp(part - part.max(axis=1, keepdims=True))
        shares[:, first : first + len(answers)] = powers / powers.sum(axis=1, keepdims=True)
        first += len(answers)
    return shares


def _as_stored(weights: Floats) -> Floats:
    """Rounded as the file keeps them, so that a model read back decides the same."""
    import numpy as np

    return weights.astype(np.float16).astype(np.float32)
