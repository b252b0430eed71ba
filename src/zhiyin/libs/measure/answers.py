"""Arrays of answers as this library takes them: respondents are rows, attributes columns, `nan` is no answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhiyin.libs.measure import errors

Floats = NDArray[np.float64]
Scale = tuple[float, float]
TEN: Scale = (1, 10)
"""The scale satisfaction and importance are asked on unless told otherwise."""


def matrix(
    values: ArrayLike, *, what: str, rows: int | None = None, columns: int | None = None
) -> NDArray[np.floating | np.integer]:
    """`values` as an (n, k) array of numbers, not copied where it is one; raises `ShapeMismatch`."""
    out = numbers(values, what=what)
    if out.ndim != 2:  # noqa: PLR2004 - rows and columns
        raise errors.ShapeMismatch(what=what, found=out.ndim, expected=2)
    for found, expected in ((out.shape[0], rows), (out.shape[1], columns)):
        if expected is not None and found != expected:
            raise errors.ShapeMismatch(what=what, found=found, expected=expected)
    return out


def numbers(values: ArrayLike, *, what: str) -> NDArray[np.floating | np.integer]:
    """`values` as an array of numbers; raises `BadOption` for text and for rows of unequal length."""
    try:
        out = np.asarray(values)
        return out if out.dtype.kind in "fiu" else out.astype(float)
    except (ValueError, TypeError):
        raise errors.BadOption(
            option=what, value=errors.gettext_noop("a table with text or ragged rows"), allowed="(n, k)"
        ) from None


def vector(values: ArrayLike, *, what: str, length: int) -> Floats:
    """`values` as floats (length,); raises `ShapeMismatch`."""
    out = np.asarray(values, dtype=float)
    if out.shape != (length,):
        raise errors.ShapeMismatch(what=what, found=out.size, expected=length)
    return out


def labels(names: Sequence[str] | None, k: int) -> tuple[str, ...]:
    """The names of k attributes, "1" to "k" where none are given; raises `ShapeMismatch`."""
    if names is None:
        return tuple(str(column + 1) for column in range(k))
    if len(names) != k:
        raise errors.ShapeMismatch(what="names", found=len(names), expected=k)
    refuse_repeated(names)
    return tuple(names)


def refuse_repeated(names: Sequence[str]) -> None:
    """Raise `RepeatedName` for the first name that is given twice: what is found by name would be mixed up."""
    for at, name in enumerate(names):
        if name in names[:at]:
            raise errors.RepeatedName(name=name)


def ordered(scale: Scale, *, option: str = "scale") -> Scale:
    """The ends of a scale, lower first; raises `BadOption`."""
    low, high = float(scale[0]), float(scale[1])
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise errors.BadOption(
            option=option, value=tuple(scale), allowed=errors.gettext_noop("two numbers, the lower first")
        )
    return low, high


def refuse_level(level: float) -> None:
    """Raise `BadOption` for a level of confidence that is no share."""
    if not 0 < level < 1:
        raise errors.BadOption(option="level", value=level, allowed=errors.gettext_noop("between 0 and 1"))


def refuse_off_scale(
    values: NDArray[np.floating | np.integer], scale: Scale, *, what: str = "answers", first_row: int = 0
) -> None:
    """Raise `OffScale` for the first answer outside `scale`; rows are counted from `first_row` + 1.

    `what` names the array: in the error's data only, for a doorway that knows its columns by name.
    """
    low, high = scale
    outside = (values < low) | (values > high)
    if not outside.any():
        return
    row, column = (int(at) for at in np.argwhere(outside)[0])
    raise errors.OffScale(
        row=first_row + row + 1,
        column=column + 1,
        value=float(values[row, column]),
        low=low,
        high=high,
        what=what,
    )
