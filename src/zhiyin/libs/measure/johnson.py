"""Johnson's relative weights: R² shared among attributes by way of the orthogonal ones nearest to them.

Johnson (2000, Multivariate Behavioral Research 35:1-19), the same figures as Genizi (1993, Statistica Sinica
3:407-420). With R = Λ² the attributes' correlations and r theirs with the outcome, β = Λ⁻¹r and
ε_j = Σ_k Λ_jk²·β_k². The time grows with p³, not with 2^p.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def relative_weights(correlation: Floats) -> Floats:
    """The shares (..., p) of R² from correlation matrices (..., p + 1, p + 1), the outcome last."""
    root, _, _, beta = _root(correlation)
    out: Floats = (root**2 @ beta[..., None] ** 2)[..., 0]
    return out


def _root(correlation: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Λ, the square roots of the eigenvalues, the eigenvectors and β."""
    values, vectors = np.linalg.eigh(correlation[..., :-1, :-1])
    scale = np.sqrt(np.maximum(values, 0.0))
    turned = np.swapaxes(vectors, -1, -2)
    root = (vectors * scale[..., None, :]) @ turned
    along = (turned @ correlation[..., :-1, -1:])[..., 0] / scale
    beta = (vectors @ along[..., None])[..., 0]
    return root, scale, vectors, beta


def gradient(correlation: Floats) -> Floats:
    """How the weights move with the correlation matrix: Γ (p, p + 1, p + 1) with dε_j = Σ Γ_j∘dC.

    The adjoint of the formulas above, backwards; the root's differential in the eigenvectors' frame is
    dR_ab / (s_a + s_b), from Λ·dΛ + dΛ·Λ = dR.
    """
    root, scale, vectors, beta = _root(correlation)
    p = len(beta)
    pull = 2 * root**2 * beta  # dε_j by dβ
    on_r = (pull @ vectors / scale) @ vectors.T
    on_root = -np.einsum("ja,b->jab", on_r, beta)
    places = np.arange(p)
    on_root[places, places] += 2 * root * beta**2
    on_root = (on_root + on_root.swapaxes(1, 2)) / 2
    framed = vectors.T @ on_root @ vectors / (scale[:, None] + scale)
    out = np.zeros((p, p + 1, p + 1))
    out[:, :p, :p] = vectors @ framed @ vectors.T
    out[:, :p, p] = out[:, p, :p] = on_r / 2
    return out
