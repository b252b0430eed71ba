"""Intervals of 95 % hold the truth 95 times in 100: two thousand surveys of a known population each."""

from functools import cache

import numpy as np
import pytest

from zhiyin.libs.measure import importance, index
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.index import FixedWeights

DRAWS, NEAR = 2000, 0.015
POPULATION = 100_000


@cache
def population():
    """Importance (4), performance (4) and overall satisfaction: rounded, capped at 10, going together."""
    chance = np.random.default_rng(1)
    mood = chance.normal(size=(POPULATION, 1))
    felt = 8 + 1.2 * mood + chance.normal(0, 1.5, (POPULATION, 4))
    asked = 7.5 + 0.8 * mood + chance.normal(0, 1.5, (POPULATION, 4)) + np.array([1, 0, -1, -2])
    overall = 8 + (felt - 8) @ [0.5, 0.3, 0.2, 0.1] + chance.normal(0, 1, POPULATION)
    return np.clip(np.round(np.column_stack([asked, felt, overall])), 1, 10)


def share_covered(draw, figures, truth):
    """How often each figure's interval holds its truth."""
    chance = np.random.default_rng(2)
    held = np.zeros(len(truth))
    for _ in range(DRAWS):
        low, high = np.array([(each.low, each.high) for each in figures(*draw(chance))]).T
        held += (low <= truth) & (truth <= high)
    return held / DRAWS


def simple(n):
    return lambda chance: (population()[chance.integers(0, POPULATION, n)],)


def figures_of_index(found):
    parts = found.attributes
    return [found.index, *(part.weight for part in parts), parts[0].importance, parts[3].performance]


def gappy(rows):
    """Leave answers out, more of them where satisfaction is asked."""
    holes = np.random.default_rng(int(rows.sum())).random(rows.shape) < np.linspace(0.02, 0.2, 9)
    return np.where(holes, np.nan, rows)


@pytest.mark.parametrize("n", [60, 200])
def test_the_index_its_weights_and_its_attributes(n):
    def figures(rows):
        rows = gappy(rows)
        return figures_of_index(index.satisfaction_index(rows[:, :4], rows[:, 4:8]))

    truth = [
        each.value
        for each in figures_of_index(index.satisfaction_index(population()[:, :4], population()[:, 4:8]))
    ]
    assert share_covered(simple(n), figures, truth) == pytest.approx(0.95, abs=NEAR)


def test_the_index_by_own_weights():
    def figures(rows):
        return [index.satisfaction_index(rows[:, :4], rows[:, 4:8], weights="respondents").index]

    assert share_covered(simple(100), figures, [figures(population())[0].value]) == pytest.approx(
        0.95, abs=NEAR
    )


def test_the_index_with_weights_of_an_exploratory_sample():
    def draw(chance):
        return population()[chance.integers(0, POPULATION, 40), :4], population()[
            chance.integers(0, POPULATION, 200)
        ]

    def figures(explored, rows):
        weights = FixedWeights(explored.mean(axis=0), np.cov(explored.T) / len(explored))
        return [index.satisfaction_index(None, rows[:, 4:8], weights=weights).index]

    truth = index.satisfaction_index(population()[:, :4], population()[:, 4:8]).index.value
    assert share_covered(draw, figures, [truth]) == pytest.approx(0.95, abs=NEAR)


def test_the_acsi_score():
    def figures(rows):
        return [index.acsi_score(rows[:, 4:7], [0.3885, 0.3190, 0.2925])]

    assert share_covered(simple(60), figures, [figures(population())[0].value]) == pytest.approx(
        0.95, abs=NEAR
    )


@cache
def branches():
    """A small population: 400 branches of 5 customers in two strata, sorted so that branches differ."""
    rows = population()[:2000]
    rows = rows[np.argsort(rows[:, 8] + np.random.default_rng(3).normal(0, 1, 2000))]
    return rows.reshape(400, 5, 9)


def of_branches(chance):
    """30 of the lower 150 branches and 60 of the upper 250, all customers of each, weighed by what they stand for."""
    chosen = np.concatenate(
        [chance.choice(150, 30, replace=False), 150 + chance.choice(250, 60, replace=False)]
    )
    strata = np.repeat(chosen >= 150, 5)
    weights = np.where(strata, 250 / 60, 150 / 30)
    design = Design(weights, strata, np.repeat(chosen, 5), {False: 150, True: 250})
    return branches()[chosen].reshape(-1, 9), design


def test_the_index_from_weighed_clusters_in_strata_of_a_small_population():
    def figures(rows, design):
        return figures_of_index(index.satisfaction_index(rows[:, :4], rows[:, 4:8], design=design))

    everyone = branches().reshape(-1, 9)
    truth = [each.value for each in figures(everyone, Design())]
    assert share_covered(of_branches, figures, truth) == pytest.approx(0.95, abs=NEAR)


def all_figures(found):
    shares = [driver.share for driver in found.drivers if driver.share]
    return [*(driver.value for driver in found.drivers), *shares, *([found.r_squared] if shares else [])]


@pytest.mark.parametrize(
    ("method", "n"),
    [("lmg", 100), ("lmg", 300), ("johnson", 150), ("first", 100), ("pearson", 100), ("spearman", 100)],
)
def test_derived_importance(method, n):
    def figures(rows):
        return all_figures(importance.derived(rows[:, 4:8], rows[:, 8], method=method))

    truth = [each.value for each in figures(population())]
    assert share_covered(simple(n), figures, truth) == pytest.approx(0.95, abs=NEAR)


@pytest.mark.parametrize("method", ["lmg", "pearson", "spearman"])
def test_derived_importance_from_weighed_clusters_in_strata_of_a_small_population(method):
    def figures(rows, design):
        return all_figures(importance.derived(rows[:, 4:8], rows[:, 8], method=method, design=design))

    truth = [each.value for each in figures(branches().reshape(-1, 9), Design())]
    assert share_covered(of_branches, figures, truth) == pytest.approx(0.95, abs=NEAR)


def test_a_share_next_to_nothing_is_held_at_least_as_often():
    def draw(chance):
        felt = chance.normal(size=(200, 3))
        return felt, felt @ [0.6, 0.3, 0.08] + chance.normal(0, 0.9, 200)

    def figures(felt, overall):
        return [driver.value for driver in importance.derived(felt, overall).drivers]

    truth = np.array([0.36, 0.09, 0.0064]) / (0.36 + 0.09 + 0.0064 + 0.81)
    *large, small = share_covered(draw, figures, truth)
    assert large == pytest.approx([0.95, 0.95], abs=NEAR)
    # Its interval begins at nought more often than not, so it cannot miss on that side.
    assert 0.935 < small < 0.98


def test_an_attribute_that_goes_with_nothing_is_a_little_less_sure():
    def draw(chance):
        felt = chance.normal(size=(200, 3))
        return felt, felt @ [0.6, 0.3, 0] + chance.normal(0, 0.9, 200)

    def figures(felt, overall):
        return [importance.derived(felt, overall).drivers[2].value]

    assert 0.925 < share_covered(draw, figures, [0.0])[0] < 0.965
