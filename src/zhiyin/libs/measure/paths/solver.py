"""The PLS algorithm, mode A, on a stack of correlation matrices at once.

Weights, loadings, paths: everything in a PLS path model follows from the correlations of the columns, so rows are
never scored, and a thousand bootstrap draws iterate side by side as one array. Lohmöller (1989) §2.2; Tenenhaus,
Esposito Vinzi, Chatelin & Lauro (2005) CSDA 48:159, §3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.paths.model import Floats, Structure

SINGULAR = 1e-10
"""The share of its variance that a construct must keep beside its fellow sources."""
WORTH = 0.6
"""Copying out the matrices still at work pays below this share of them."""


@dataclass(frozen=True, slots=True)
class Solution:
    """B solutions. weights: (B, p), for standardised columns. crossed: (B, p, k) correlations of columns and
    constructs. latent: (B, k, k) correlations of constructs. steps: (B,). converged: (B,).
    """

    weights: Floats
    crossed: Floats
    latent: Floats
    steps: NDArray[np.intp]
    converged: NDArray[np.bool_]

    def turned(self, signs: Floats, structure: Structure) -> Solution:
        """With the constructs where `signs`, (B, k), is -1 turned round."""
        weights = self.weights * signs[:, structure.block]
        crossed = self.crossed * signs[:, None, :]
        latent = self.latent * signs[:, :, None] * signs[:, None, :]
        return Solution(weights, crossed, latent, self.steps, self.converged)

    def only(self, keep: NDArray[np.bool_]) -> Solution:
        """The solutions that `keep`, (B,), selects."""
        return Solution(*(getattr(self, name)[keep] for name in self.__slots__))


def loadings(solution: Solution, structure: Structure) -> Floats:
    """(B, p): each column's correlation with its own construct."""
    return solution.crossed[:, np.arange(len(structure.block)), structure.block]


def solve(
    correlations: Floats, structure: Structure, scheme: str, *, tolerance: float, most: int
) -> Solution:
    """Iterate each of the (B, p, p) `correlations` until no weight moves by `tolerance`, `most` steps at most.

    Weights begin as the sign of the correlation with the block's first column, so that no block cancels out.
    What has converged goes on in place until enough has for the rest to be worth copying out.
    """
    size, p, _ = correlations.shape
    k = structure.member.shape[1]
    inner = SCHEMES[scheme]
    out = Solution(
        np.full((size, p), np.nan),
        np.full((size, p, k), np.nan),
        np.full((size, k, k), np.nan),
        np.full(size, most, dtype=np.intp),
        np.zeros(size, dtype=bool),
    )
    here, raw = np.arange(size), _start(correlations, structure)
    before = np.full((size, p), np.inf)
    with np.errstate(all="ignore"):
        for step in range(most + 1):
            weights, crossed, latent = composites(correlations, raw, structure)
            still = np.abs(weights - before).max(axis=1) < tolerance
            new = still & ~out.converged[here]
            keep = new if step < most else ~out.converged[here]
            rows = here[keep]
            out.weights[rows], out.crossed[rows] = weights[keep], crossed[keep]
            out.latent[rows], out.steps[rows] = latent[keep], step
            out.converged[here[new]] = True
            active = ~out.converged[here]
            if not active.any():
                break
            if active.sum() < WORTH * len(here):
                here, correlations = here[active], correlations[active]
                weights, crossed, latent = weights[active], crossed[active], latent[active]
            before = weights
            raw = np.einsum("bpk,bpk->bp", crossed, inner(latent, structure)[:, structure.block])
    return out


def _start(correlations: Floats, structure: Structure) -> Floats:
    first = structure.member.argmax(axis=0)[structure.block]
    return np.where(correlations[:, np.arange(len(first)), first] < 0, -1.0, 1.0)


def composites(correlations: Floats, raw: Floats, structure: Structure) -> tuple[Floats, Floats, Floats]:
    """Weights scaled to constructs of variance one, correlations columns × constructs and of constructs."""
    spread = raw[:, :, None] * structure.member
    crossed = correlations @ spread
    latent = spread.transpose(0, 2, 1) @ crossed
    scale = 1 / np.sqrt(np.diagonal(latent, axis1=1, axis2=2))
    return (
        raw * scale[:, structure.block],
        crossed * scale[:, None, :],
        latent * scale[:, :, None] * scale[:, None, :],
    )


def _centroid(latent: Floats, structure: Structure) -> Floats:
    return np.sign(latent) * _joined(structure)


def _factorial(latent: Floats, structure: Structure) -> Floats:
    return latent * _joined(structure)


def _path(latent: Floats, structure: Structure) -> Floats:
    """Correlations towards targets, regression weights from sources."""
    inner = latent * _joined(structure)
    for target in structure.endogenous:
        inner[:, target, structure.into(target)] = regress(latent, target, structure)[0]
    return inner


SCHEMES: Mapping[str, Callable[[Floats, Structure], Floats]] = {
    "centroid": _centroid,
    "factorial": _factorial,
    "path": _path,
}


def _joined(structure: Structure) -> Floats:
    """(k, k): one where a path joins two constructs, in either direction."""
    k = structure.member.shape[1]
    joined = np.zeros((k, k))
    joined[structure.sources, structure.targets] = joined[structure.targets, structure.sources] = 1
    return joined


def regress(latent: Floats, target: int, structure: Structure) -> tuple[Floats, Floats]:
    """Standardised regression weights (B, m) of `target` on its m sources, and R² (B,); nan where sources coincide.

    Gauss–Jordan over the whole stack: a pivot is what a source keeps of its variance beside those before it.
    """
    into = structure.into(target)
    system = np.concatenate([latent[:, into[:, None], into], latent[:, into, target, None]], axis=2)
    for i in range(len(into)):
        pivot = system[:, i, i]
        row = system[:, i] / np.where(pivot > SINGULAR, pivot, np.nan)[:, None]
        system -= system[:, :, i, None] * row[:, None, :]
        system[:, i] = row
    weights = system[:, :, -1]
    return weights, np.einsum("bm,bm->b", weights, latent[:, into, target])


def dominant_signs(own: Floats, structure: Structure) -> Floats:
    """(B, k): -1 where a block's strongest loading is negative."""
    strongest = (np.abs(own)[:, :, None] * structure.member).argmax(axis=1)
    return np.where(np.take_along_axis(own, strongest, axis=1) < 0, -1.0, 1.0)
