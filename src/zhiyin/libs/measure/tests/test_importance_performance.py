"""Where attributes lie on the map of importance and performance, and how sure that is."""

import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import errors
from zhiyin.libs.measure import importance_performance as ipa
from zhiyin.libs.measure.importance_performance import Quadrant

# Martilla & James (1977), J. Marketing 41(1):77-79, Table 1: an auto dealer's service, 4-point scales, n = 284.
# Attribute 1 and quadrant A = {1, 2, 9} are as published; the other means are recalled, not read from the page.
IMPORTANCE = [3.83, 3.63, 3.60, 3.56, 3.41, 3.41, 3.38, 3.37, 3.29, 3.27, 2.52, 2.43, 2.37, 2.05]
PERFORMANCE = [2.63, 2.73, 3.15, 3.00, 3.05, 3.29, 3.03, 3.11, 2.00, 3.02, 2.25, 2.49, 2.35, 3.33]
QUADRANTS = {"A": {1, 2, 9}, "B": {3, 4, 5, 6, 7, 8, 10}, "C": {11, 12, 13}, "D": {14}}


def survey(n=200, seed=5):
    rng = np.random.default_rng(seed)
    importance = np.clip(np.round(rng.normal([8.5, 8, 5, 5.5, 6.9], 1.5, size=(n, 5))), 1, 10)
    performance = np.clip(np.round(rng.normal([5, 8, 5, 8, 6.6], 1.5, size=(n, 5))), 1, 10)
    return importance, performance


def test_the_dealers_service_of_1977_falls_into_its_published_quadrants():
    result = ipa.importance_performance_map([IMPORTANCE], [PERFORMANCE], scale=(1, 4))
    assert result.importance_line.value == pytest.approx(3.1514285714285712, abs=1e-12)
    assert result.performance_line.value == pytest.approx(2.8164285714285713, abs=1e-12)
    found = {q: {int(p.name) for p in result.points if p.quadrant == q} for q in "ABCD"}
    assert found == QUADRANTS
    assert all(math.isnan(p.shares[0]) and not p.sure for p in result.points), "means alone show no margin"


def test_important_and_badly_done_is_where_to_concentrate_and_not_the_other_way_round():
    assert ipa.quadrants([9, 9, 2, 2], [2, 9, 2, 9], 5, 5) == (
        Quadrant.CONCENTRATE,
        Quadrant.KEEP_UP,
        Quadrant.LOW_PRIORITY,
        Quadrant.OVERKILL,
    )


def test_a_point_on_a_line_counts_as_above_it_and_is_marked():
    assert ipa.quadrants([5], [5], 5, 5) == (Quadrant.KEEP_UP,)
    assert ipa.quadrants([5], [4], 5, 5) == (Quadrant.CONCENTRATE,)
    assert ipa.quadrants([4], [5], 5, 5) == (Quadrant.OVERKILL,)
    result = ipa.importance_performance_map(
        [[0.1 + 0.2, 0.5]], [[1, 2]], scale=(0, 10), cross_hairs=(0.3, 1.5)
    )
    assert result.points[0].on_line
    assert result.points[0].quadrant == Quadrant.CONCENTRATE, "a rounding of 1e-17 decides nothing"
    assert any("on a line" in str(note) for note in result.notes)


def test_the_cross_hairs_can_be_chosen():
    importance, performance = survey()
    lines = {}
    for choice in ("means", "medians", "midpoint", (7.0, 6.0)):
        result = ipa.importance_performance_map(importance, performance, cross_hairs=choice)
        lines[choice] = (result.importance_line.value, result.performance_line.value)
    i, p = importance.mean(axis=0), performance.mean(axis=0)
    assert lines["means"] == pytest.approx((i.mean(), p.mean()))
    assert lines["medians"] == pytest.approx((np.median(i), np.median(p)))
    assert lines["midpoint"] == (5.5, 5.5)
    assert lines[7.0, 6.0] == (7.0, 6.0)
    even = ipa.importance_performance_map(importance[:, :4], performance[:, :4], cross_hairs="medians")
    assert even.importance_line.value == pytest.approx(np.median(i[:4]))
    with pytest.raises(errors.BadOption):
        ipa.importance_performance_map(importance, performance, cross_hairs="mode")


def test_one_more_attribute_moves_the_lines_and_the_map_says_so():
    importance, performance = survey()
    moved = ipa.importance_performance_map([[6, 7, 10]], [[6, 7, 10]])
    without = ipa.importance_performance_map([[6, 7]], [[6, 7]])
    assert moved.points[1].quadrant == Quadrant.LOW_PRIORITY
    assert without.points[1].quadrant == Quadrant.KEEP_UP
    assert moved.points[1].moves_without == ("3",)
    assert any("moves them for all others" in str(note) for note in moved.notes)
    fixed = ipa.importance_performance_map(importance, performance, cross_hairs="midpoint")
    assert not fixed.notes
    assert all(not point.moves_without for point in fixed.points)


def test_points_far_from_the_lines_are_sure_and_those_near_are_not():
    result = ipa.importance_performance_map(*survey())
    assert [p.quadrant for p in result.points[:4]] == ["A", "B", "C", "D"]
    assert [p.sure for p in result.points] == [True, True, True, True, False]
    for point in result.points:
        assert sum(point.shares) == pytest.approx(1)
    assert max(result.points[0].shares) > 0.99
    assert max(result.points[4].shares) < 0.9


def test_the_distance_from_a_line_knows_that_the_line_moves_too():
    importance, performance = survey()
    result = ipa.importance_performance_map(importance, performance)
    own = importance[:, 0] - importance.mean(axis=1)
    low, high = scipy.stats.ttest_1samp(own, 0).confidence_interval()
    above = result.points[0].above
    assert (above.low, above.high) == pytest.approx((low, high))


@pytest.mark.parametrize(("h", "k"), [(0, 0), (1.2, -0.4), (-2, 1), (3, 3), (0.5, 0.5)])
@pytest.mark.parametrize("rho", [-0.99, -0.5, 0, 0.3, 0.9])
def test_probabilities_of_quadrants_agree_with_scipys(h, k, rho):
    oracle = scipy.stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf([h, k])
    assert ipa.bivariate(h, k, rho) == pytest.approx(oracle, abs=1e-6)


@pytest.mark.parametrize("rho", [-1.0, 1.0])
def test_points_whose_two_answers_are_one_still_have_probabilities(rho):
    exact = (
        scipy.stats.norm.cdf(-0.3) if rho > 0 else scipy.stats.norm.cdf(0.8) + scipy.stats.norm.cdf(-0.3) - 1
    )
    assert ipa.bivariate(0.8, -0.3, rho) == pytest.approx(max(exact, 0), abs=1e-4)
