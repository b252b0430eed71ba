"""Figures as they read in a sentence."""

from __future__ import annotations

from zhiyin.libs.measure.answers import Scale

_FINE = 9.0
"""A scale this long reads well with one decimal, a shorter one needs two."""


def figure(value: float, scale: Scale) -> str:
    """`value` with as many decimals as answers on `scale` deserve; never "-0.0"."""
    digits = 1 if scale[1] - scale[0] >= _FINE else 2
    return f"{round(value, digits) + 0.0:.{digits}f}"
