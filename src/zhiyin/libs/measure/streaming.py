"""Index and drivers of a Parquet file of any length, in the memory of a few batches.

The index takes one pass (sums and one Gram matrix), drivers two: the correlations, then every respondent's effect
on what is made of them. Results are those of the whole table in memory. A weight a respondent and a population
are known here; strata and clusters are not, for a cluster's respondents may stand anywhere in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import answers, errors, importance, index, recipes, shares, sums
from zhiyin.libs.measure.answers import TEN, Scale
from zhiyin.libs.measure.design import Design, Spread
from zhiyin.libs.measure.estimates import LEVEL
from zhiyin.libs.measure.moments import Moments
from zhiyin.libs.measure.threads import one_thread

if TYPE_CHECKING:
    from pyarrow import RecordBatch

Floats = NDArray[np.float64]
BATCH = 65_536
"""Rows at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A Parquet file of one row a respondent, and what is known of how they were drawn.

    weight: the column of sampling weights; population: how many there are to draw from. Nulls and nan in a
    column of answers are missing answers.
    """

    path: str | Path
    weight: str | None = None
    population: float | None = None

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[Floats, Floats | None]]:
        """Answers (b, k) and weights (b,), batch by batch; raises `UnusableColumn`, `BadDesign`."""
        from pyarrow import parquet

        wanted = [*columns, *([self.weight] if self.weight else [])]
        with parquet.ParquetFile(self.path, memory_map=True) as file:
            _refuse_unusable(file.schema_arrow, wanted)
            for batch in file.iter_batches(BATCH, columns=list(dict.fromkeys(wanted))):
                values = _filled(batch, columns)
                yield values, None if self.weight is None else _weights(batch, self.weight)

    def fraction(self, n: int) -> float:
        """The share of the population that answered; raises `BadDesign`."""
        return Design(population=self.population)._fraction(None, n)


def _refuse_unusable(schema: Any, columns: Sequence[str]) -> None:
    import pyarrow as pa

    for name in columns:
        if name not in schema.names:
            raise errors.UnusableColumn(column=name, reason=errors.gettext_noop("there is none of that name"))
        kind = schema.field(name).type
        if not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
            raise errors.UnusableColumn(column=name, reason=errors.gettext_noop("it holds no numbers"))


def _filled(batch: RecordBatch, columns: Sequence[str]) -> Floats:
    out = np.empty((len(columns), batch.num_rows))
    for at, name in enumerate(columns):
        out[at] = batch.column(name).to_numpy(zero_copy_only=False)
    return out.T


def _weights(batch: RecordBatch, name: str) -> Floats:
    weights = Design(batch.column(name).to_numpy(zero_copy_only=False).astype(float)).weights
    if weights is None:  # pragma: no cover - Design keeps what it is given
        raise errors.BadDesign(reason=errors.gettext_noop("a weight is not a positive number"))
    return weights


@one_thread()
def satisfaction_index(
    source: Source,
    *,
    importance: Sequence[str] | None,
    performance: Sequence[str],
    names: Sequence[str] | None = None,
    weights: recipes.Weights = "means",
    rescale: bool = False,
    scale: Scale = TEN,
    importance_scale: Scale | None = None,
    level: float = LEVEL,
) -> index.SatisfactionIndex:
    """`index.satisfaction_index` of the columns named, except for the "respondents" variant.

    names: of the attributes; those of the performance columns unless given. Raises as there, and
    `UnusableColumn`.
    """
    if weights == "respondents":
        raise errors.BadOption(option="weights", value=weights, allowed="means, equal")
    if importance is not None and len(importance) != len(performance):
        raise errors.ShapeMismatch(what="importance", found=len(importance), expected=len(performance))
    asked = recipes.recipe(
        importance is not None,
        len(performance),
        names=list(performance) if names is None else names,
        weights=weights,
        rescale=rescale,
        scale=scale,
        importance_scale=importance_scale,
        level=level,
    )
    stated = [] if importance is None else list(importance)
    scales = [asked.importance_scale, asked.scale][0 if stated else 1 :]
    found = sums.Sums(
        scales,
        [len(part) for part in (stated, performance) if part],
        ["importance", "performance"][-len(scales) :],
    )
    for values, share in source.batches([*stated, *performance]):
        parts = [values[:, : len(stated)], values[:, len(stated) :]]
        found.take(parts if stated else parts[1:], share)
    return index.of_means(found.means(fraction=source.fraction(found.n)), asked)


def moments(source: Source, columns: Sequence[str]) -> tuple[Moments, int]:
    """The moments of the rows complete in `columns`, and how many rows were not; raises `UnusableColumn`."""
    found, rows = Moments(0, 0.0, np.zeros(len(columns)), np.zeros((len(columns),) * 2)), 0
    for values, share in source.batches(columns):
        importance.refuse_infinite(values, first_row=rows)
        rows += len(values)
        found += Moments.of(values, share)
    return found, rows - found.n


@one_thread()
def drivers(
    source: Source,
    *,
    performance: Sequence[str],
    overall: str,
    method: shares.Method = "lmg",
    level: float = LEVEL,
) -> importance.Drivers:
    """`importance.derived` of the columns named, except for "spearman", whose ranks need all rows at once.

    Raises as there, and `UnusableColumn`.
    """
    answers.refuse_level(level)
    importance.check_method(method, len(performance))
    if method == "spearman":
        raise errors.BadOption(option="method", value=method, allowed=", ".join(importance.METHODS[:-1]))
    columns, names = [*performance, overall], answers.labels(performance, len(performance))
    found, left_out = moments(source, columns)
    plan = shares.plan(importance.checked_correlation(found, names, method), method)
    spread, moved = _second_pass(source, columns, found, plan)
    summary = importance.Summary(method, names, found.n, left_out)
    return importance.of_plan(plan, spread, moved, summary, level)


def _second_pass(
    source: Source, columns: Sequence[str], found: Moments, plan: shares.Plan
) -> tuple[Spread, shares.Moved | None]:
    m = len(plan.values)
    gram, total, moved = np.zeros((m, m)), np.zeros(m), None
    for values, weights in source.batches(columns):
        complete = ~np.isnan(values).any(axis=1)
        rows = values[complete]
        share = None if weights is None else weights[complete] / found.weight
        effects = shares.effects(rows, found, plan, shares=share)
        step = shares.directions(rows, found, plan, effects, shares=share)
        moved = step if moved is None or step is None else (moved[0] + step[0], moved[1] + step[1])
        effects *= 1 / found.n if share is None else share[:, None]
        gram += effects.T @ effects
        total += effects.sum(axis=0)
    n = found.n
    scale = (1 - source.fraction(n)) * n / (n - 1)
    return Spread(scale * (gram - np.outer(total, total) / n), n - 1), moved
