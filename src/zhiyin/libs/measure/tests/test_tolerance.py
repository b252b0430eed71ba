"""Performance within the zone of tolerance, and among what is ideal, expected and surprising."""

import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import battery, errors, tolerance
from zhiyin.libs.measure.tolerance import Place


def levels(n=150, seed=7):
    """Adequate about 5, desired about 8, perceived 4.2 / 6.5 / 9."""
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=(n, 1))
    adequate = np.clip(np.round(5 + mood + rng.normal(0, 0.5, (n, 3))), 1, 10)
    desired = np.clip(adequate + rng.integers(2, 5, (n, 3)), 1, 10)
    perceived = np.clip(np.round([4.2, 6.5, 9] + 0.5 * mood + rng.normal(0, 1, (n, 3))), 1, 10)
    return adequate, desired, perceived


def test_adequacy_superiority_and_width_are_paired_differences():
    adequate, desired, perceived = levels()
    zone = tolerance.tolerance(adequate, desired, perceived).zones[1]
    for estimate, far in (
        (zone.msa, perceived - adequate),
        (zone.mss, perceived - desired),
        (zone.width, desired - adequate),
    ):
        low, high = scipy.stats.ttest_1samp(far[:, 1], 0).confidence_interval()
        assert estimate.value == pytest.approx(far[:, 1].mean())
        assert (estimate.low, estimate.high) == pytest.approx((low, high))
    assert zone.msa.value - zone.mss.value == pytest.approx(zone.width.value)


def test_performance_is_placed_below_within_or_above_the_zone():
    result = tolerance.tolerance(*levels())
    assert [zone.place for zone in result.zones] == [Place.BELOW, Place.INSIDE, Place.ABOVE]
    assert all(zone.sure for zone in result.zones)
    few = tolerance.tolerance([[5, 5], [5, 5]], [[8, 8], [8, 9]], [[5, 9], [6, 8]])
    assert not any(zone.sure for zone in few.zones)


def test_the_position_is_the_ratio_of_means_and_never_the_mean_of_ratios():
    adequate = np.array([[2.0], [6.0], [4.0]])
    desired = np.array([[10.0], [7.0], [9.0]])
    perceived = np.array([[4.0], [9.0], [6.0]])
    zone = tolerance.tolerance(adequate, desired, perceived).zones[0]
    assert zone.position.value == pytest.approx(7 / 14)
    mean_of_ratios = np.mean((perceived - adequate) / (desired - adequate))
    assert zone.position.value != pytest.approx(mean_of_ratios, abs=0.3)


def test_a_zone_without_width_has_no_position():
    level = np.array([[6.0], [7.0], [8.0]])
    result = tolerance.tolerance(level, level, level + 1)
    assert math.isnan(result.zones[0].position.value)
    assert result.zones[0].msa.value == 1
    assert any("no position" in str(note) for note in result.notes)


def test_a_width_that_could_be_none_leaves_the_position_wide_open():
    rng = np.random.default_rng(1)
    adequate = rng.integers(1, 11, (12, 1)).astype(float)
    desired = np.clip(adequate + rng.integers(-2, 3, (12, 1)), 1, 10)
    zone = tolerance.tolerance(adequate, desired, adequate).zones[0]
    assert zone.width.low < 0 < zone.width.high
    assert (zone.position.low, zone.position.high) == (-math.inf, math.inf)


def impossible(n=40, k=12):
    """One respondent with ten answers A > D, one with nine, one with one."""
    rng = np.random.default_rng(2)
    adequate = rng.integers(3, 6, (n, k)).astype(float)
    desired = adequate + 3
    for row, many in ((0, 10), (1, 9), (2, 1)):
        desired[row, :many] = adequate[row, :many] - 1
    return adequate, desired, adequate + 1


def test_impossible_answers_are_counted_and_kept_unless_told_otherwise():
    result = tolerance.tolerance(*impossible())
    assert (result.invalid_items, result.invalid_respondents, result.dropped, result.n) == (20, 3, 0, 40)
    assert result.zones[0].invalid == 3
    assert "answers: 20, respondents: 3" in str(result.notes[0])
    assert "kept" in str(result.notes[1])


def test_libqual_drops_who_has_more_than_nine_of_them_and_nobody_else():
    result = tolerance.tolerance(*impossible(), invalid="libqual")
    assert (result.dropped, result.n) == (1, 39)
    assert result.zones[0].width.value == pytest.approx((37 * 3 - 2) / 39)
    same = tolerance.tolerance(*(side[1:] for side in impossible()))
    assert result.zones[0].width.low == pytest.approx(same.zones[0].width.low)
    assert "more than 9 such answers are left out whole (respondents: 1)" in str(result.notes[1])


def test_only_the_impossible_answers_can_be_left_out():
    result = tolerance.tolerance(*impossible(), invalid="items")
    assert [zone.width.value for zone in result.zones] == pytest.approx([3] * 12)
    assert result.zones[0].width.n == 37
    with pytest.raises(errors.BadOption):
        tolerance.tolerance(*impossible(), invalid="respondents")
    with pytest.raises(errors.TooFew):
        tolerance.tolerance([[5.0]], [[3.0]], [[4.0]], invalid="items")


def test_an_answer_counts_with_all_its_three_levels():
    adequate, desired, perceived = levels(n=30)
    perceived[:4, 0] = np.nan
    zone = tolerance.tolerance(adequate, desired, perceived).zones[0]
    assert zone.adequate.n == zone.msa.n == 26
    assert zone.adequate.value == pytest.approx(adequate[4:, 0].mean())


def test_the_mean_of_all_zones_is_given_beside_them():
    adequate, desired, perceived = levels()
    whole = tolerance.tolerance(adequate, desired, perceived).whole
    low, high = scipy.stats.ttest_1samp((perceived - adequate).mean(axis=1), 0).confidence_interval()
    assert (whole.msa.low, whole.msa.high) == pytest.approx((low, high))


def customers_battery(n=200, seed=9):
    rng = np.random.default_rng(seed)
    expected = np.clip(np.round(rng.normal(6, 1, (n, 2))), 1, 10)
    ideal = np.clip(expected + rng.integers(1, 4, (n, 2)), 1, 10)
    surprising = np.clip(ideal + rng.integers(0, 3, (n, 2)), 1, 10)
    performance = np.clip(np.round(rng.normal([7, 5], 1, (n, 2))), 1, 10)
    return ideal, expected, surprising, performance


def test_performance_is_placed_among_ideal_expected_and_surprising():
    good, poor = battery.battery(*customers_battery(), names=["care", "speed"]).items
    assert (good.place, good.places, good.below, good.above) == (1, (1, 1), "expected", "ideal")
    assert [s.reached for s in (good.expected, good.ideal, good.surprising)] == ["surely", "no", "no"]
    assert (poor.place, poor.below, poor.above) == (0, "", "expected")


def test_differences_from_the_levels_are_paired():
    ideal, expected, surprising, performance = customers_battery()
    item = battery.battery(ideal, expected, surprising, performance).items[0]
    for standing, level in ((item.ideal, ideal), (item.expected, expected), (item.surprising, surprising)):
        low, high = scipy.stats.ttest_rel(performance[:, 0], level[:, 0]).confidence_interval()
        assert (standing.difference.low, standing.difference.high) == pytest.approx((low, high))


def test_a_surprise_that_is_no_better_than_expected_is_counted():
    ideal, expected, surprising, performance = customers_battery()
    surprising[:5, 1] = expected[:5, 1] - 1
    result = battery.battery(ideal, expected, surprising, performance)
    assert result.odd == 5
    assert "answers: 5" in str(result.notes[0])
    with pytest.raises(errors.ShapeMismatch):
        battery.battery(ideal, expected, surprising[:, :1], performance)


def test_a_performance_as_good_as_expected_has_an_open_place():
    ideal, expected, surprising, _ = customers_battery()
    rng = np.random.default_rng(4)
    performance = np.clip(np.round(rng.normal(6, 1, (200, 2))), 1, 10)
    item = battery.battery(ideal, expected, surprising, performance).items[0]
    assert item.places == (0, 1)
    assert item.expected.reached in {"perhaps", "not quite"}
