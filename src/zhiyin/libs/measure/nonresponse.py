"""Who did not answer, as far as it is known, and what share answered."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import distributions, errors, means, proportions
from zhiyin.libs.measure.estimates import LEVEL, Estimate
from zhiyin.libs.measure.multiplicity import holm

Floats = NDArray[np.float64]
Known = Mapping[str, Sequence[Any] | NDArray[Any]]
NOTABLE = 0.1
"""A standardised difference that is worth a look (Austin 2009, Statistics in Medicine 28:3083)."""


@dataclass(frozen=True, slots=True)
class CategoryDifference:
    """A category's share among those who answered less that among those who did not.

    standardised: the difference over √((p₁q₁ + p₂q₂)/2).
    """

    category: Any
    respondents: Estimate
    others: Estimate
    standardised: float


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One known field. kind: "category" (χ² of the table) or "number" (Welch's t).

    standardised: the largest in size over categories, or the difference of means over √((s₁² + s₂²)/2). effect:
    Cramér's V for categories, nan for numbers. missing: how many have no value; they are left out. sparse: an
    expected count is below 5 and p is rough. notable: the standardised difference exceeds 0.1 in size, whatever p
    says (in large samples everything is significant, in small ones nothing).
    """

    field: str
    kind: str
    statistic: float
    df: float
    p: float
    p_holm: float
    standardised: float
    effect: float
    categories: tuple[CategoryDifference, ...]
    means: tuple[Estimate, Estimate] | None
    missing: int
    sparse: bool
    notable: bool


@dataclass(frozen=True, slots=True)
class Dispositions:
    """How every invitation ended, in the classes of AAPOR (2023, Standard Definitions, 10th edition).

    eligibility: the share of the unknown that is thought to be eligible, e; the default counts all of them.
    """

    complete: int
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown_household: int = 0
    unknown_other: int = 0
    eligibility: float = 1.0

    def __post_init__(self) -> None:
        for count in self._counts():
            if not (count >= 0 and math.isfinite(count)):
                raise errors.BadCount(count=count, whole=sum(self._counts()))
        if not 0 <= self.eligibility <= 1:
            raise errors.BadOption(option="eligibility", value=self.eligibility, allowed="0..1")

    def _counts(self) -> tuple[int, ...]:
        eligible = (self.complete, self.partial, self.refused, self.not_reached, self.other)
        return (*eligible, self.unknown_household, self.unknown_other)

    @property
    def eligible(self) -> int:
        """Those known to belong to whom we wanted to ask."""
        return sum(self._counts()[:5])

    @property
    def unknown(self) -> int:
        """Those of whom not even that is known."""
        return self.unknown_household + self.unknown_other


@dataclass(frozen=True, slots=True)
class Rates:
    """Response, cooperation, refusal and contact rates as AAPOR numbers them, each with a Wilson interval.

    rr1, rr3, rr5 count complete answers, rr2, rr4, rr6 partial ones too. The denominator has all of the unknown
    (rr1, rr2), a share e of them (rr3, rr4) or none (rr5, rr6).
    """

    rr1: Estimate
    rr2: Estimate
    rr3: Estimate
    rr4: Estimate
    rr5: Estimate
    rr6: Estimate
    coop1: Estimate
    coop2: Estimate
    ref1: Estimate
    con1: Estimate


def response_rates(found: Dispositions, *, level: float = LEVEL) -> Rates:
    """Every rate from one set of dispositions; name the one you publish. Raises `BadCount` without any case."""
    done, begun = found.complete, found.complete + found.partial
    everybody, likely = found.eligible + found.unknown, found.eligible + found.eligibility * found.unknown
    reached = begun + found.refused + found.other
    pairs = [
        (done, everybody),
        (begun, everybody),
        (done, likely),
        (begun, likely),
        (done, found.eligible),
        (begun, found.eligible),
        (done, reached),
        (begun, reached),
        (found.refused, everybody),
        (reached, everybody),
    ]
    return Rates(*(proportions.wilson(count, whole, level=level) for count, whole in pairs))


def compare(
    known: Known, responded: ArrayLike, *, numbers: Sequence[str] | None = None, level: float = LEVEL
) -> tuple[FieldDifference, ...]:
    """Each known field of all N who were asked: those who answered against those who did not.

    known: for each field (N,) values, nan and None missing. numbers: the fields compared by their means, all others
    by their categories; if left out, those that hold floats (whole numbers may be codes). responded: (N,) true or
    false. p_holm: Holm over the fields. No difference
    in what is known does not mean none in what was asked. Raises `ShapeMismatch`, and `TooFew` unless both sides
    have somebody (two for a number).
    """
    answered = np.asarray(responded, dtype=bool)
    found = [_field(field, values, answered, numbers, level) for field, values in known.items()]
    adjusted = holm([each[2] for each in found])
    return tuple(
        FieldDifference(
            field,
            kind,
            statistic,
            df,
            p,
            p_holm,
            standardised,
            effect,
            categories,
            both,
            missing,
            sparse,
            bool(abs(standardised) > NOTABLE),
        )
        for field, (
            kind,
            (statistic, df),
            p,
            (standardised, effect),
            categories,
            both,
            missing,
            sparse,
        ), p_holm in zip(known, found, adjusted, strict=True)
    )


_Found = tuple[
    str,
    tuple[float, float],
    float,
    tuple[float, float],
    tuple[CategoryDifference, ...],
    tuple[Estimate, Estimate] | None,
    int,
    bool,
]


def _field(
    field: str,
    values: Sequence[Any] | NDArray[Any],
    answered: NDArray[np.bool_],
    numbers: Sequence[str] | None,
    level: float,
) -> _Found:
    if len(values) != len(answered):
        raise errors.ShapeMismatch(what=field, found=len(values), expected=len(answered))
    each = values.tolist() if isinstance(values, np.ndarray) else list(values)
    if field in numbers if numbers is not None else _floats(each):
        return _number(field, np.asarray(each, dtype=float), answered, level)
    return _category(field, each, answered, level)


def _floats(values: Sequence[Any]) -> bool:
    present = [value for value in values if not _missing(value)]
    return bool(present) and all(isinstance(value, float) for value in present)


def _number(field: str, values: Floats, answered: NDArray[np.bool_], level: float) -> _Found:
    sides = [values[answered & ~np.isnan(values)], values[~answered & ~np.isnan(values)]]
    if min(len(side) for side in sides) < 2:  # noqa: PLR2004 - one value has no spread
        raise errors.TooFew(what=field, needed=2, found=min(len(side) for side in sides))
    one, other = (means.sample(side) for side in sides)
    se = math.hypot(one.se, other.se)
    df = means.welch(one, other)
    away = one.mean - other.mean
    t = away / se if se > 0 else math.nan
    p = min(1.0, 2 * distributions.t_cdf(-abs(t), df)) if se > 0 else math.nan
    spread = math.sqrt((sides[0].var(ddof=1) + sides[1].var(ddof=1)) / 2)
    both = means.of_sample(one, level=level), means.of_sample(other, level=level)
    standardised = away / spread if spread > 0 else math.nan
    missing = int(np.isnan(values).sum())
    return "number", (t, df), p, (standardised, math.nan), (), both, missing, False


def _category(field: str, values: Sequence[Any], answered: NDArray[np.bool_], level: float) -> _Found:
    place: dict[Hashable, int] = {}
    codes = np.array(
        [-1 if _missing(value) else place.setdefault(value, len(place)) for value in values], dtype=np.intp
    )
    table = np.stack(
        [np.bincount(codes[side & (codes >= 0)], minlength=len(place)) for side in (answered, ~answered)]
    )
    if not place or not table.sum(axis=1).all():
        raise errors.TooFew(what=field, needed=1, found=0)
    statistic, df, sparse = _chi2(table)
    p = distributions.chi2_tail(statistic, df) if df else math.nan
    categories = tuple(
        _share(category, table[:, at], table.sum(axis=1), level) for category, at in place.items()
    )
    effect = math.sqrt(statistic / table.sum()) if df else math.nan
    largest = max((each.standardised for each in categories), key=abs)
    return (
        "category",
        (statistic, float(df)),
        p,
        (largest, effect),
        categories,
        None,
        int((codes < 0).sum()),
        sparse,
    )


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _chi2(table: NDArray[Any]) -> tuple[float, int, bool]:
    """Pearson's χ² of a table of two rows."""
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    return statistic, table.shape[1] - 1, bool((expected < 5).any())  # noqa: PLR2004 - Cochran's rule


def _share(category: Hashable, counts: NDArray[Any], of: NDArray[Any], level: float) -> CategoryDifference:
    one, other = (proportions.wilson(int(c), int(n), level=level) for c, n in zip(counts, of, strict=True))
    spread = math.sqrt((one.value * (1 - one.value) + other.value * (1 - other.value)) / 2)
    away = one.value - other.value
    standardised = away / spread if spread > 0 else math.copysign(math.inf, away) if away else 0.0
    return CategoryDifference(category, one, other, standardised)
