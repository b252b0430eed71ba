"""Indicators that are shares of people or of requests."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors, proportions, tables
from zhiyin.libs.measure.design import EVERYBODY, Design
from zhiyin.libs.measure.estimates import LEVEL
from zhiyin.libs.measure.indicators import definitions
from zhiyin.libs.measure.indicators.definitions import Definition, Indicator, Window

Floats = NDArray[np.float64]


def reputation(
    knows: ArrayLike,
    favourable: ArrayLike,
    *,
    window: Window,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Indicator:
    """美誉度: of the (n,) respondents who know us (1/0), those who speak well of us (1/0, nan no answer); Wilson.

    Who does not know us cannot praise us: counting him would mix fame with reputation. Raises `OffScale`,
    `ShapeMismatch`, `TooFew`, `BadDesign`.
    """
    known, well = _zero_one(knows), _zero_one(favourable)
    same_length("favourable", well, known)
    return _share(definitions.REPUTATION, np.where(known == 1, well, np.nan), window, design, level)


def return_rate(
    again_after: ArrayLike,
    observed: ArrayLike,
    *,
    within: float,
    window: Window,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Indicator:
    """回头率: customers who bought again within `within` days of their first purchase; Wilson.

    again_after: (n,) days from first to second purchase, nan if there was none. observed: (n,) days from the first
    purchase to the end of the records. Only customers observed for at least `within` count, and only what they did
    within it: otherwise whoever came early would have had longer to return. Raises `BadOption`, `BadCount`,
    `ShapeMismatch`, `TooFew`.
    """
    second, seen = np.asarray(again_after, dtype=float), np.asarray(observed, dtype=float)
    same_length("observed", seen, second)
    if not within > 0:
        raise errors.BadOption(option="within", value=within, allowed="> 0")
    if (second < 0).any() or (second > seen).any():
        row = int(np.argmax((second < 0) | (second > seen)))
        raise errors.BadCount(count=float(second[row]), whole=float(seen[row]))
    returned = np.where(seen >= within, np.where(second <= within, 1.0, 0.0), np.nan)
    return _share(definitions.RETURN_RATE, returned, window, design, level)


def asked_by_name(
    named: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """指名度: requests (orders, bookings, calls) that asked for us, or for one of us, by name; (n,) of 1/0/nan; Wilson.

    Rows are requests: where customers make several, name them as the design's clusters. Raises `OffScale`,
    `TooFew`, `BadDesign`.
    """
    return _share(definitions.ASKED_BY_NAME, _zero_one(named), window, design, level)


def recommendation(
    recommended: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """Customers who did recommend us, (n,) of 1/0/nan; Wilson. What they say they would do is NPS, not this.

    Raises `OffScale`, `TooFew`, `BadDesign`.
    """
    return _share(definitions.RECOMMENDATION, _zero_one(recommended), window, design, level)


def share_of_customers(
    ours: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """占有率 by heads: buyers in the market, (n,) of 1 (mainly from us) / 0 / nan; Wilson. Raises as `asked_by_name`."""
    return _share(definitions.SHARE_OF_CUSTOMERS, _zero_one(ours), window, design, level)


def complainers(
    complaints: ArrayLike, *, window: Window, design: Design = EVERYBODY, level: float = LEVEL
) -> Indicator:
    """The share of customers with a complaint or more, from (n,) counts; Wilson. Raises `BadCount`, `TooFew`."""
    counts = np.asarray(complaints, dtype=float)
    bad = (counts < 0) | np.isinf(counts)
    if bad.any():
        raise errors.BadCount(count=float(counts[int(np.argmax(bad))]), whole="n")
    return _share(
        definitions.COMPLAINERS, np.where(np.isnan(counts), np.nan, counts > 0), window, design, level
    )


def retention(
    at_start: ArrayLike,
    at_end: ArrayLike,
    *,
    window: Window,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Indicator:
    """Customers at the start (1/0, (n,)) who are so at the end (1/0); Wilson. Who joined in between is left out.

    Customers at the end over customers at the start lets new ones hide the lost. Raises `OffScale`, `TooFew`.
    """
    return _share(definitions.RETENTION, _stayed(at_start, at_end), window, design, level)


def churn(
    at_start: ArrayLike,
    at_end: ArrayLike,
    *,
    window: Window,
    design: Design = EVERYBODY,
    level: float = LEVEL,
) -> Indicator:
    """1 - `retention`, of the same customers."""
    return _share(definitions.CHURN, 1 - _stayed(at_start, at_end), window, design, level)


def _share(definition: Definition, hits: Floats, window: Window, design: Design, level: float) -> Indicator:
    estimate = proportions.proportion(hits, design=design, level=level)
    left_out = len(hits) - estimate.n
    return Indicator(definition, estimate, float(np.nansum(hits)), estimate.n, window, left_out)


def _stayed(at_start: ArrayLike, at_end: ArrayLike) -> Floats:
    first, second = _zero_one(at_start), _zero_one(at_end)
    same_length("at_end", second, first)
    out: Floats = np.where(first == 1, second, np.nan)
    return out


def _zero_one(values: ArrayLike) -> Floats:
    return tables.on_scale(values, 0, 1, whole=True)


def same_length(what: str, values: Floats, others: Floats) -> None:
    if len(values) != len(others):
        raise errors.ShapeMismatch(what=what, found=len(values), expected=len(others))
