"""PLS mode A as textbooks write it, respondent by respondent and slow: the yardstick of the fast one.

Written from Tenenhaus et al. (2005) §3 without a look at the product: scores in rows, regressions by least squares.
"""

import numpy as np


def fit(rows, names, blocks, paths, scheme="centroid", tolerance=1e-13):
    """Weights, loadings, path coefficients, R² and total effects as dictionaries."""
    columns = {name: rows[:, at] for at, name in enumerate(names)}
    columns = {name: (x - x.mean()) / x.std(ddof=1) for name, x in columns.items()}
    weights = {item: 1.0 for items in blocks.values() for item in items}
    for _ in range(2000):
        scores = {name: scored(columns, items, weights) for name, items in blocks.items()}
        before = dict(weights)
        for name, items in blocks.items():
            inner = sum(e * scores[other] for other, e in neighbours(name, paths, scores, scheme).items())
            for item in items:
                weights[item] = (columns[item] * inner).sum() / (len(rows) - 1)
            length = sum(weights[item] * columns[item] for item in items).std(ddof=1)
            for item in items:
                weights[item] /= length
        if max(abs(weights[item] - before[item]) for item in weights) < tolerance:
            break
    scores = {name: scored(columns, items, weights) for name, items in blocks.items()}
    for name, items in blocks.items():
        loadings = [correlation(columns[item], scores[name]) for item in items]
        if loadings[int(np.argmax(np.abs(loadings)))] < 0:
            scores[name] = -scores[name]
            for item in items:
                weights[item] = -weights[item]
    return results(columns, blocks, paths, weights, scores)


def results(columns, blocks, paths, weights, scores):
    coefficients, r2 = {}, {}
    for target in {target for _, target in paths}:
        sources = [source for source, end in paths if end == target]
        design = np.stack([scores[source] for source in sources], axis=1)
        solved = np.linalg.lstsq(design, scores[target], rcond=None)[0]
        coefficients |= {(source, target): value for source, value in zip(sources, solved, strict=True)}
        r2[target] = 1 - ((scores[target] - design @ solved) ** 2).sum() / (scores[target] ** 2).sum()
    return {
        "weights": weights,
        "loadings": {
            item: correlation(columns[item], scores[name]) for name, items in blocks.items() for item in items
        },
        "paths": coefficients,
        "r2": r2,
        "effects": effects(blocks, coefficients),
        "scores": scores,
    }


def effects(blocks, coefficients):
    """Every chain from one construct to another, its coefficients multiplied, added up."""

    def walk(start, end):
        return sum(
            value * (1.0 if target == end else 0.0) + value * walk(target, end)
            for (source, target), value in coefficients.items()
            if source == start
        )

    every = {(one, other): walk(one, other) for one in blocks for other in blocks if one != other}
    return {ends: value for ends, value in every.items() if value}


def scored(columns, items, weights):
    score = sum(weights[item] * columns[item] for item in items)
    return score / score.std(ddof=1)


def neighbours(name, paths, scores, scheme):
    sources = [source for source, target in paths if target == name]
    targets = [target for source, target in paths if source == name]
    joined = {other: correlation(scores[name], scores[other]) for other in sources + targets}
    if scheme == "centroid":
        return {other: np.sign(r) for other, r in joined.items()}
    if scheme == "path" and sources:
        design = np.stack([scores[source] for source in sources], axis=1)
        joined |= dict(zip(sources, np.linalg.lstsq(design, scores[name], rcond=None)[0], strict=True))
    return joined


def correlation(x, y):
    return np.corrcoef(x, y)[0, 1]
