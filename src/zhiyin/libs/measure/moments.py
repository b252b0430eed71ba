"""Sufficient statistics: what index, drivers and path models need of any number of rows.

Merged by Chan, Golub & LeVeque (1979), so a file of any length streams through in bounded memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure import errors

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, weight, means (p,) and centred cross-products (p, p) of complete rows."""

    n: int
    weight: float
    mean: Floats
    products: Floats

    @classmethod
    def of(cls, rows: Floats, weights: Floats | None = None) -> Moments:
        """The moments of (n, p) `rows`; rows with a missing answer are left out whole (listwise).

        Pairwise deletion would use more answers and can give a correlation matrix no data could have.
        """
        whole = ~np.isnan(rows).any(axis=1) if np.isnan(rows.sum()) else None
        if whole is not None:
            rows, weights = rows[whole], None if weights is None else weights[whole]
        n, p = rows.shape
        if n == 0:
            return cls(0, 0.0, np.zeros(p), np.zeros((p, p)))
        if weights is None:
            mean = rows.mean(axis=0)
            centred = rows - mean
            return cls(n, float(n), mean, centred.T @ centred)
        total = float(weights.sum())
        mean = weights @ rows / total
        centred = rows - mean
        return cls(n, total, mean, (centred * weights[:, None]).T @ centred)

    def __add__(self, other: Moments) -> Moments:
        """The moments of both sets of rows together."""
        if self.n == 0 or other.n == 0:
            return other if self.n == 0 else self
        weight = self.weight + other.weight
        step = other.mean - self.mean
        products = (
            self.products + other.products + np.outer(step, step) * (self.weight * other.weight / weight)
        )
        return Moments(self.n + other.n, weight, self.mean + step * (other.weight / weight), products)

    @property
    def covariance(self) -> Floats:
        """The covariance matrix, divisor n - 1 (weights in units of their mean)."""
        out: Floats = self.products * (self.n / self.weight) / (self.n - 1)
        return out

    def correlation(self, names: tuple[str, ...] | None = None) -> Floats:
        """The correlation matrix; raises `TooFew` below three rows and `NoVariation` for a constant column."""
        if self.n < 3:  # noqa: PLR2004 - two points always lie on a line
            raise errors.TooFew(what=errors.gettext_noop("A correlation"), needed=3, found=self.n)
        scale = np.sqrt(np.diag(self.products))
        flat = scale <= 1e-12 * (np.abs(self.mean) * np.sqrt(self.weight) + 1e-300)
        if flat.any():
            first = int(np.argmax(flat))
            raise errors.NoVariation(column=names[first] if names else first + 1)
        out: Floats = self.products / np.outer(scale, scale)
        np.fill_diagonal(out, 1.0)
        return out
