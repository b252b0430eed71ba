"""Answers to the European index that were never given: constructs of known strength, and noise."""

import numpy as np

from zhiyin.libs.measure import paths

STRENGTH = 0.45


def answers(n=250, seed=1, model=paths.ECSI, *, whole=True):
    """(n, p) answers from 1 to 10, or unrounded ones."""
    chance, score = np.random.default_rng(seed), {}
    for name in model.order():
        score[name] = sum(STRENGTH * score[source] for source in model.sources(name))
        score[name] = score[name] + chance.standard_normal(n)
    strength = np.linspace(0.9, 0.6, len(model.columns))
    owner = [name for name, items in model.blocks.items() for _ in items]
    columns = [
        k * score[name] / score[name].std() + np.sqrt(1 - k * k) * chance.standard_normal(n)
        for k, name in zip(strength, owner, strict=True)
    ]
    rows = 7 + 1.7 * np.stack(columns, axis=1)
    return np.clip(np.round(rows), 1, 10) if whole else rows
