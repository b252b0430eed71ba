"""Tables of answers as they come in: their shape, their names, their scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import answers, errors

Floats = NDArray[np.float64]


def table(values: ArrayLike) -> Floats:
    """(n, k) floats; a single column may come as (n,)."""
    out = np.asarray(values, dtype=float)
    return out[:, None] if out.ndim == 1 else out


def column(values: ArrayLike, what: str) -> Floats:
    """(n,) floats; raises `ShapeMismatch`, naming `what`, for anything that is not one column."""
    out = np.asarray(values, dtype=float)
    if out.ndim != 1:
        raise errors.ShapeMismatch(what=what, found=out.shape, expected="(n,)")
    return out


def named(names: Sequence[str] | None, k: int) -> tuple[str, ...]:
    """`names`, or numbers from 1 where none were given; raises `ShapeMismatch`."""
    if names is None:
        return tuple(str(at + 1) for at in range(k))
    if len(names) != k:
        raise errors.ShapeMismatch(what="names", found=len(names), expected=k)
    answers.refuse_repeated(names)
    return tuple(names)


def on_scale(values: ArrayLike, low: float, high: float, *, whole: bool = False) -> Floats:
    """(n,) or (n, k) answers from `low` to `high` or nan, whole numbers only if `whole`; raises `OffScale`."""
    out = np.asarray(values, dtype=float)
    off = ~np.isnan(out) & ~((out >= low) & (out <= high))
    if whole:
        off |= ~np.isnan(out) & (out != np.round(out))
    if off.any():
        row, column = np.argwhere(table(off))[0]
        value = float(table(out)[row, column])
        raise errors.OffScale(row=int(row) + 1, column=int(column) + 1, value=value, low=low, high=high)
    return out
