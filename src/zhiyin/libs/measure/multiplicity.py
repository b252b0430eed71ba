"""Many tests at once: what each may still claim."""

from __future__ import annotations

import math
from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values, in the order given: significant at α where at most α, over the whole family.

    Holm (1979, Scandinavian Journal of Statistics 6:65): the smallest is multiplied by the number of tests, the
    next by one less, never falling below the one before. A test that could not be made (nan) stays nan and does
    not count.
    """
    made = sorted((p, at) for at, p in enumerate(p_values) if not math.isnan(p))
    adjusted = [math.nan] * len(p_values)
    worst = 0.0
    for rank, (p, at) in enumerate(made):
        worst = max(worst, min(1.0, (len(made) - rank) * p))
        adjusted[at] = worst
    return tuple(adjusted)
