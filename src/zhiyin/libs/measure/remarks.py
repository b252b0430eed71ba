"""What a figure's reader must be told, in words a doorway can translate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_FINE = 9.0
"""A scale this long reads well with one decimal, a shorter one needs two."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A marked `message` and the facts it names; `str()` is the English sentence."""

    message: str
    data: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.data if self.data else self.message


def figure(value: float, scale: tuple[float, float]) -> str:
    """`value` with as many decimals as answers on `scale` deserve; never "-0.0"."""
    digits = 1 if scale[1] - scale[0] >= _FINE else 2
    return f"{round(value, digits) + 0.0:.{digits}f}"
