"""What a solution says: loadings, paths, effects, R², reliability and scores, of a whole stack of solutions."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from zhiyin.libs.measure.paths import solver
from zhiyin.libs.measure.paths.model import Floats, Structure
from zhiyin.libs.measure.paths.resampling import Draws


@dataclass(frozen=True, slots=True)
class Figures:
    """B solutions in figures; p columns, k constructs, m paths, e pairs that an effect runs between.

    weight, share, loading: (B, p); shares add up to one in a block. path: (B, m). direct, indirect, total:
    (B, e). r2: (B, k), nan without a source. communality: (B, k), the mean of squared loadings (AVE).
    reliability: (B, k), composite. mean: (B, k), of the constructs in the units of their columns.
    """

    weight: Floats
    share: Floats
    loading: Floats
    path: Floats
    direct: Floats
    indirect: Floats
    total: Floats
    r2: Floats
    communality: Floats
    reliability: Floats
    mean: Floats

    @property
    def whole(self) -> NDArray[np.bool_]:
        """(B,): where every path could be told from the others."""
        return np.asarray(~np.isnan(self.path).any(axis=1))

    def only(self, keep: NDArray[np.bool_]) -> Figures:
        """The solutions that `keep`, (B,), selects."""
        return Figures(*(getattr(self, field.name)[keep] for field in fields(self)))


def stacked(parts: list[Figures]) -> Figures:
    """All solutions of `parts`."""
    return Figures(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Figures))
    )


def figures(solution: solver.Solution, draws: Draws, structure: Structure) -> Figures:
    """The figures of each solution; `draws` are the moments it was solved from."""
    own = solver.loadings(solution, structure)
    raw = solution.weights / draws.deviations
    with np.errstate(all="ignore"):
        share = raw / (raw @ structure.member)[:, structure.block]
    direct, r2 = _regressions(solution, structure)
    total = _total(direct)
    source, target = pairs(structure)
    return Figures(
        weight=solution.weights,
        share=share,
        loading=own,
        path=direct[:, structure.sources, structure.targets],
        direct=direct[:, source, target],
        indirect=(total - direct)[:, source, target],
        total=total[:, source, target],
        r2=r2,
        communality=own**2 @ structure.member / structure.member.sum(axis=0),
        reliability=_reliability(own, structure),
        mean=(share * draws.means) @ structure.member,
    )


def pairs(structure: Structure) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The sources and targets that a chain of paths joins."""
    k = structure.member.shape[1]
    step = np.zeros((1, k, k))
    step[:, structure.sources, structure.targets] = 1
    source, target = np.nonzero(_total(step)[0])
    return source, target


def _regressions(solution: solver.Solution, structure: Structure) -> tuple[Floats, Floats]:
    """(B, k, k) path coefficients from row to column and (B, k) R²."""
    size, k, _ = solution.latent.shape
    direct, r2 = np.zeros((size, k, k)), np.full((size, k), np.nan)
    for target in structure.endogenous:
        direct[:, structure.into(target), target], r2[:, target] = solver.regress(
            solution.latent, target, structure
        )
    return direct, r2


def _total(direct: Floats) -> Floats:
    """Σ directⁱ over all lengths of chain; it ends because no chain returns."""
    total = chain = direct
    for _ in range(direct.shape[1] - 2):
        chain = chain @ direct
        if not chain.any():
            break
        total = total + chain
    return total


def _reliability(own: Floats, structure: Structure) -> Floats:
    """ρ_c = (Σλ)² / ((Σλ)² + Σ(1 - λ²)), Werts, Linn & Jöreskog (1974)."""
    common = (own @ structure.member) ** 2
    unique = (1 - own**2) @ structure.member
    out: Floats = common / (common + unique)
    return out
