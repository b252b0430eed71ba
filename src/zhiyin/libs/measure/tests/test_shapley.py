"""LMG and Johnson's weights: the reference implementation's figures, brute force, and gradients."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, johnson, profile, shapley, shares
from zhiyin.libs.measure.moments import Moments
from zhiyin.libs.measure.tests.swiss import SWISS

# Computed with relaimpo 2.2-7 in R 4.2.2 (Grömping 2006): calc.relimp(Fertility ~ ., swiss), not normalised.
LMG = [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265]
FIRST = [0.124664909906, 0.417164470501, 0.440615646724, 0.215003501619, 0.173518927325]
GENIZI = [0.0484168958119, 0.1547082498062, 0.271964104646, 0.1146800299476, 0.1169657213811]
R_SQUARED = 0.706735001593


def swiss():
    return np.corrcoef(SWISS.T)


def correlations(seed, p, n=60):
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(n, p + 1)) + chance.normal(size=(n, 1)) * chance.normal(size=p + 1)
    return np.corrcoef(rows.T)


def explained(correlation, subset):
    if not subset:
        return 0.0
    subset = list(subset)
    r = correlation[subset, -1]
    return float(r @ np.linalg.solve(correlation[np.ix_(subset, subset)], r))


def over_all_orders(correlation):
    p = len(correlation) - 1
    out = np.zeros(p)
    for order in itertools.permutations(range(p)):
        for at, j in enumerate(order):
            out[j] += explained(correlation, order[: at + 1]) - explained(correlation, order[:at])
    return out / math.factorial(p)


def test_the_reference_implementation_is_met_to_ten_digits():
    assert shapley.lmg(swiss()) == pytest.approx(LMG, abs=1e-12)
    assert johnson.relative_weights(swiss()) == pytest.approx(GENIZI, abs=1e-12)
    assert shares.values(swiss(), "first") == pytest.approx(FIRST, abs=1e-12)
    assert shapley.lmg(swiss()).sum() == pytest.approx(R_SQUARED, abs=1e-12)


@pytest.mark.parametrize("p", [1, 2, 3, 4, 5, 6])
def test_shares_are_the_average_over_all_orders(p):
    correlation = correlations(p, p)
    assert shapley.lmg(correlation) == pytest.approx(over_all_orders(correlation), abs=1e-13)


def test_every_subset_leaves_the_variance_its_regression_leaves():
    correlation = correlations(7, 5)
    left = shapley.residuals(correlation)
    for bits in range(32):
        subset = [j for j in range(5) if bits >> j & 1]
        assert left[bits] == pytest.approx(1 - explained(correlation, subset), abs=1e-13)


@given(seed=st.integers(0, 10_000), p=st.integers(2, 9))
@settings(max_examples=40, deadline=None)
def test_shares_add_up_to_r_squared_and_follow_their_attributes(seed, p):
    correlation = correlations(seed, p)
    order = np.random.default_rng(seed).permutation(p)
    turned = correlation[np.ix_([*order, p], [*order, p])]
    for method in (shapley.lmg, johnson.relative_weights):
        found = method(correlation)
        assert found.sum() == pytest.approx(explained(correlation, range(p)), abs=1e-11)
        assert found.min() >= -1e-12
        assert method(turned) == pytest.approx(found[order], abs=1e-11)


@given(seed=st.integers(0, 10_000), p=st.integers(1, 7))
@settings(max_examples=25, deadline=None)
def test_turning_an_attribute_round_leaves_its_share(seed, p):
    correlation = correlations(seed, p)
    signs = np.random.default_rng(seed).choice([-1, 1], p + 1)
    for method in (shapley.lmg, johnson.relative_weights):
        assert method(correlation * np.outer(signs, signs)) == pytest.approx(method(correlation), abs=1e-11)


def test_attributes_that_go_with_nothing_share_as_if_alone():
    correlation = np.eye(4)
    correlation[:3, 3] = correlation[3, :3] = [0.5, -0.3, 0]
    for method in (shapley.lmg, johnson.relative_weights):
        assert method(correlation) == pytest.approx([0.25, 0.09, 0], abs=1e-14)


def test_many_matrices_are_shared_out_at_once():
    stack = np.array([[correlations(seed, 4) for seed in (1, 2, 3)]])
    for method in (shapley.lmg, johnson.relative_weights):
        assert method(stack).shape == (1, 3, 4)
        assert method(stack)[0, 1] == pytest.approx(method(stack[0, 1]), abs=1e-14)


@pytest.mark.parametrize("method", ["lmg", "johnson", "first", "pearson"])
@pytest.mark.parametrize("p", [1, 2, 5, 14])
def test_gradients_are_the_slopes_of_the_shares(method, p):
    correlation = correlations(p, p)
    way = np.random.default_rng(1).normal(size=correlation.shape)
    way = way + way.T
    np.fill_diagonal(way, 0)
    step = 1e-6 * np.linalg.eigvalsh(correlation)[0]
    up, down = (shares.values(correlation + sign * step * way, method) for sign in (1, -1))
    slope = (shares.gradient(correlation, method) * way).sum(axis=(1, 2))
    assert slope == pytest.approx((up - down) / (2 * step), abs=1e-5)


def test_more_attributes_than_memory_holds_are_refused_with_a_way_out():
    for refused in (shapley.lmg, shapley.gradient):
        with pytest.raises(errors.BadOption, match="johnson"):
            refused(np.eye(26))


def test_a_respondents_influence_is_what_one_more_of_its_kind_does():
    moments = Moments.of(SWISS)
    correlation = moments.correlation()
    # A leverage of nought, so that the influence is plain.
    plan = replace(shares.plan(correlation, "lmg"), inverse=np.zeros((5, 5)))
    plain = shares.effects(SWISS, moments, plan, shares=None)[:, :5]
    plain *= math.sqrt(1 - 1 / 47)
    share = 1e-6
    for row in (0, 44):
        weights = np.full(47, 1 - share)
        weights[row] += 47 * share
        moved = shapley.lmg(Moments.of(SWISS, weights).correlation())
        assert plain[row] == pytest.approx((moved - shapley.lmg(correlation)) / share, abs=1e-4)
    assert plain.sum(axis=0) == pytest.approx(np.zeros(5), abs=1e-10)


def test_a_direction_that_leaves_the_correlation_matrices_gives_no_ends():
    correlation = correlations(1, 2)
    forms = np.eye(3)[None]
    low, high = profile.ends(
        lambda matrices: matrices[..., :1, 2],
        correlation,
        quadratic=forms,
        directions=(np.diag([1.0, 0, 0])[None], np.zeros((1, 3))),
        se=np.array([1.0]),
        quantile=2.0,
    )
    assert np.isnan(low).all()
    assert np.isnan(high).all()
