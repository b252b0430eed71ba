"""Every figure against a textbook, another package, or all the ways it could have fallen."""

import itertools

import numpy as np
import pytest
from scipy import stats

from zhiyin.libs import contrast
from zhiyin.libs.contrast import evidence, power, strength, wording
from zhiyin.libs.contrast import features as trying
from zhiyin.libs.contrast.alike import likenesses


@pytest.mark.parametrize(
    "table", [(7, 8, 7, 17), (3, 4, 5, 20), (0, 9, 7, 17), (5, 10, 11, 24), (40, 90, 70, 200)]
)
def test_fishers_test_is_that_of_scipy(table):
    failed, rows, failures, total = table
    four = [[failed, rows - failed], [failures - failed, total - rows - failures + failed]]
    assert evidence.fisher(*table) == pytest.approx(stats.fisher_exact(four).pvalue, abs=1e-12)


def test_the_likelihood_ratio_is_that_of_scipy():
    g = stats.chi2_contingency([[7, 1], [2, 9]], correction=False, lambda_="log-likelihood").statistic
    assert float(evidence.ratio(7, 8, 9, 19)) == pytest.approx(g)


def test_the_difference_has_newcombes_interval():
    """Newcombe (1998), table II: 56/70 - 48/80."""
    found = strength.difference(56, 70, 48, 80, looks=1, level=0.95)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_the_ratio_of_shares_is_near_koopmans_interval():
    """Koopman (1984, Biometrics 40:513): 36/40 against 16/80 gives 2.94 to 7.15."""
    found = strength.risk_ratio(36, 40, 16, 80, looks=1, level=0.95)
    assert found.value == pytest.approx(4.5)
    assert (found.low, found.high) == pytest.approx((2.94, 7.15), abs=0.12)


def test_without_failures_on_the_other_side_the_ratio_has_a_lower_end_only():
    found = strength.risk_ratio(7, 8, 0, 9, looks=1, level=0.95)
    assert np.isinf(found.value)
    assert np.isinf(found.high)
    assert 1 < found.low < 10


@pytest.mark.parametrize("shares", [(0.8, 0.2), (0.5, 0.3)])
def test_both_intervals_hold_as_often_as_they_say(shares):
    rng = np.random.default_rng(3)
    ones, others = rng.binomial(15, shares[0], 2000), rng.binomial(20, shares[1], 2000)
    hits = np.zeros(2)
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        for at, (make, truth) in enumerate(
            [(strength.difference, shares[0] - shares[1]), (strength.risk_ratio, shares[0] / shares[1])]
        ):
            found = make(one, 15, other, 20, looks=1, level=0.95)
            hits[at] += found.low <= truth <= found.high
    assert (np.abs(hits / 2000 - 0.95) <= 0.02).all()


def test_the_interval_of_a_searched_threshold_still_holds():
    """The cut that looks best flatters; its interval must hold the true difference at that cut all the same."""
    rng, covered = np.random.default_rng(4), 0
    for seed in range(200):
        stay = rng.uniform(0, 20, 24).round(2)
        failed = rng.random(24) < np.where(stay < 8, 0.75, 0.25)
        if failed.all() or not failed.any():
            covered += 1
            continue
        table = contrast.facts({"停留": stay.tolist(), "失败": failed.tolist()}, outcome="失败")
        found = contrast.analyse(table, draws=99, seed=seed).findings[0]
        cut = float(found.condition.data["cut"])
        below = 0.75 if cut <= 8 else (0.75 * 8 + 0.25 * (cut - 8)) / cut
        above = 0.25 if cut >= 8 else (0.75 * (8 - cut) + 0.25 * 12) / (20 - cut)
        truth = below - above if found.condition.message == wording.UNDER else above - below
        covered += found.difference.low <= truth <= found.difference.high
    assert covered / 200 >= 0.95


def test_few_rows_are_tested_by_all_ways_they_could_have_fallen():
    """The p-value of a searched threshold, counted out by hand over all 70 outcomes."""
    stay, failed = [1, 2, 3, 4, 5, 6, 7, 8], [True, True, True, False, True, False, False, False]
    table = contrast.facts({"停留": stay, "失败": failed}, outcome="失败")
    result = contrast.analyse(table)

    def best(chosen):
        return max(float(evidence.ratio(sum(at < cut for at in chosen), cut, 4, 8)) for cut in range(2, 7))

    seen = best([at for at, each in enumerate(failed) if each])
    ways = list(itertools.combinations(range(8), 4))
    by_hand = np.mean([best(way) >= seen - 1e-9 for way in ways])
    assert result.exact
    assert result.draws == 70
    assert result.findings[0].p_search == pytest.approx(by_hand)
    assert result.findings[0].p < result.findings[0].p_search


def test_the_search_is_in_the_p_value():
    """Twenty places to cut by chance look better than one chosen beforehand, and are charged for it."""
    rng = np.random.default_rng(5)
    ratios = []
    for seed in range(20):
        cells = {"停留": rng.normal(size=24).tolist(), "失败": (rng.permutation(24) < 10).tolist()}
        found = contrast.analyse(contrast.facts(cells, outcome="失败"), draws=499, seed=seed).findings[0]
        ratios.append(found.p_search / found.p)
    assert np.median(ratios) > 3


def test_power_is_counted_out_over_both_binomials():
    shares, needed = (0.8, 0.2), 6.0
    by_hand = sum(
        stats.binom.pmf(one, 6, 0.8) * stats.binom.pmf(other, 6, 0.2)
        for one in range(7)
        for other in range(7)
        if one > other and float(evidence.ratio(one, 6, one + other, 12)) >= needed
    )
    assert power.reached(0, 0, 0, 0, each=6, shares=shares, needed=needed) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("low", "high", "plain"),
    [(5, 7, 6), (29, 31, 30), (5.5, 7, 6), (0.11, 0.19, 0.15), (-3, 4, 0), (99, 100, 100), (5, 6, 6)],
)
def test_a_threshold_is_the_plainest_number_in_its_gap(low, high, plain):
    assert wording.nice(low, high) == plain


def test_the_condition_named_always_describes_the_rows_it_counts():
    rng = np.random.default_rng(6)
    values = (rng.lognormal(size=200) * 10 ** rng.integers(-4, 5)).tolist()
    for low, high in itertools.pairwise(sorted(set(values))):
        assert low < wording.nice(low, high) <= high


def test_conditions_that_nearly_coincide_say_how_nearly():
    failed = np.array([True] * 9 + [False] * 11)
    column = contrast.facts(
        {"口味": ["香草"] * 10 + ["草莓"] * 10, "y": failed.tolist()}, outcome="y"
    ).columns
    features, _ = trying.features(column)
    found = likenesses(failed, failed | True, failed, features, without=frozenset())
    assert [(each.differ, each.rows, each.for_this, each.for_other) for each in found] == [(1, 20, 1, 0)]
