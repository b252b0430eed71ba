"""Kano: the published table, the rules that settle ties, groups and waves."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, kano
from zhiyin.libs.measure.design import Design

NAMES = ["Service app", "Excellent service", "Hotline", "Loan machine", "Ready-to-use return"]
# README of stp4/stp25kano: counts M, O, A, I, R, Q of n = 296, and every column it prints.
CLEANING = [
    ((95, 123, 45, 33, 0, 0), "O", "O", 89, 9, 0.568, -0.736, 72.49, 28, 19.4, True),
    ((101, 54, 54, 81, 3, 3), "M", "M", 71, 7, 0.372, -0.534, 21.64, 20, 18.5, True),
    ((15, 24, 121, 124, 6, 6), "I", "A", 54, 1, 0.511, -0.137, 150.06, 3, 19.8, False),
    ((65, 87, 93, 51, 0, 0), "A", "O", 83, 2, 0.608, -0.514, 15.41, 6, 18.5, False),
    ((9, 18, 83, 177, 6, 3), "I", "I", 37, 32, 0.352, -0.094, 251.3, 94, 19.9, True),
]
ANSWER = {"M": (2, 5), "O": (1, 5), "A": (1, 3), "I": (3, 3), "R": (5, 1), "Q": (1, 1)}


def answers_of(letters):
    pairs = np.array([ANSWER[letter] for letter in letters], dtype=float)
    return pairs[:, 0], pairs[:, 1]


def spelled(counts):
    return "".join(letter * count for letter, count in zip("MOAIRQ", counts, strict=True))


@pytest.mark.parametrize("from_answers", [False, True])
def test_the_cleaning_survey_is_reproduced_in_every_column(from_answers):
    if from_answers:
        columns = [answers_of(spelled(row[0])) for row in CLEANING]
        functional, dysfunctional = (np.column_stack(side) for side in zip(*columns, strict=True))
        found = kano.categories(functional, dysfunctional, names=NAMES)
    else:
        found = kano.from_counts([row[0] for row in CLEANING], names=NAMES)
    for name, ours, row in zip(NAMES, found, CLEANING, strict=True):
        counts, mode, settled, total, lead, better, worse, chi2, difference, critical, significant = row
        assert ours.name == name
        assert ours.n == 296
        assert tuple(ours.counts.values()) == counts
        assert (ours.mode, ours.by_precedence) == (mode, settled)
        assert round(ours.total_strength.value * 100) == total
        assert round(ours.category_strength.value * 100) == lead
        assert (round(ours.better.value, 3), round(ours.worse.value, 3)) == (better, worse)
        assert round(ours.chi2, 2) == chi2
        assert ours.chi2_p == pytest.approx(scipy.stats.chisquare(counts[:4]).pvalue)
        assert (ours.fong.difference, round(ours.fong.critical, 1)) == (difference, critical)
        assert ours.fong.significant is significant


def test_the_evaluation_table_is_kanos():
    functional, dysfunctional = (side.ravel().astype(float) for side in np.mgrid[1:6, 1:6])
    cells = [kano.CATEGORIES[code] for code in kano.classify(functional, dysfunctional)[:, 0]]
    assert "".join(cells) == "QAAAO" + "RIIIM" * 3 + "RRRRQ"


def test_liking_it_both_present_and_absent_is_a_question_not_a_wish():
    (found,) = kano.categories([1.0], [1.0])
    assert found.counts[kano.Category.QUESTIONABLE] == 1
    assert found.counts[kano.Category.ONE_DIMENSIONAL] == 0


def test_reverse_and_questionable_stay_out_of_better_and_worse():
    few = kano.from_counts([(10, 20, 30, 40, 0, 0)])[0]
    many = kano.from_counts([(10, 20, 30, 40, 50, 60)])[0]
    assert few.better == many.better
    assert few.worse == many.worse
    assert many.better.n == 100
    assert -1 <= many.worse.low <= many.worse.value == -0.3 <= many.worse.high <= 0


def test_better_has_wilsons_interval_on_those_in_the_four_categories():
    found = kano.from_counts([(10, 20, 30, 40, 50, 60)])[0]
    expected = scipy.stats.binomtest(50, 100).proportion_ci(method="wilson")
    assert (found.better.low, found.better.high) == pytest.approx((expected.low, expected.high))


def test_nine_of_nine_lead_but_not_for_certain():
    lead = kano.from_counts([(0, 9, 0, 0, 0, 0)])[0].category_strength
    # One answer more for each of the two: 10/11 - 1/11, variance (1 - (9/11)²)/11.
    se = math.sqrt((1 - (9 / 11) ** 2) / 11)
    assert (lead.value, lead.high, lead.se) == pytest.approx((1, 1, se))
    assert lead.low == pytest.approx(9 / 11 - 1.959964 * se)
    functional, dysfunctional = answers_of("O" * 9)
    assert kano.categories(functional, dysfunctional)[0].category_strength == lead


def test_few_clusters_make_a_lead_less_sure():
    functional, dysfunctional = answers_of("OOOOAMOOIO" * 4)
    apart = kano.categories(functional, dysfunctional)[0].category_strength
    design = Design(clusters=np.repeat(np.arange(4), 10))
    together = kano.categories(functional, dysfunctional, design=design)[0].category_strength
    assert together.low < apart.low
    assert apart.high < together.high


def test_five_points_apart_is_a_tie_and_six_is_not():
    assert kano.from_counts([(45, 0, 50, 5, 0, 0)])[0].by_precedence == "M"
    assert kano.from_counts([(44, 0, 50, 6, 0, 0)])[0].by_precedence == "A"
    assert kano.from_counts([(44, 0, 50, 6, 0, 0)], tolerance=0.06)[0].by_precedence == "M"


def test_blauths_rule_first_asks_whether_the_attribute_matters():
    scattered = kano.from_counts([(20, 16, 24, 40, 0, 0)])[0]
    assert (scattered.mode, scattered.category) == ("I", "M")  # 60 of 100 care; M within 5 of A
    unwanted = kano.from_counts([(34, 0, 0, 32, 33, 1)])[0]
    assert (unwanted.mode, unwanted.category) == ("M", "I")


def test_without_anybody_in_the_four_categories_there_is_no_better():
    (found,) = kano.categories([5.0, 5.0], [1.0, 1.0])
    assert math.isnan(found.better.value)
    assert found.better.n == 0
    assert math.isnan(found.chi2)
    assert found.category == "R"


def test_an_answer_off_the_five_is_named():
    with pytest.raises(errors.OffScale, match="Row 2, column 1"):
        kano.categories([1, 6], [1, 2])
    with pytest.raises(errors.OffScale):
        kano.categories([1.5], [2])
    with pytest.raises(errors.ShapeMismatch):
        kano.categories([[1, 2]], [[1]])
    with pytest.raises(errors.TooFew, match="Hotline"):
        kano.categories([math.nan], [1], names=["Hotline"])
    with pytest.raises(errors.BadCount):
        kano.from_counts([(1, 2, 3, 4.5, 0, 0)])
    with pytest.raises(errors.ShapeMismatch):
        kano.from_counts([(1, 2, 3, 4)])


def test_a_pair_with_one_answer_missing_does_not_count():
    (found,) = kano.categories([1, 1, np.nan], [5, np.nan, 5])
    assert found.n == 1


tables = st.integers(1, 40).flatmap(
    lambda n: st.tuples(
        *(st.lists(st.sampled_from([1.0, 2, 3, 4, 5]), min_size=n, max_size=n) for _ in range(2))
    )
)


@settings(deadline=None)
@given(tables)
def test_the_order_of_respondents_changes_nothing(pair):
    functional, dysfunctional = pair
    ours = kano.categories(functional, dysfunctional)[0]
    turned = kano.categories(functional[::-1], dysfunctional[::-1])[0]
    assert repr(ours) == repr(turned)  # nan where nobody is in the four


@settings(max_examples=50, deadline=None)
@given(tables, st.integers(0, 10**6))
def test_a_weight_counts_as_that_many_respondents(pair, seed):
    weights = np.random.default_rng(seed).integers(1, 4, len(pair[0]))
    weighted = kano.categories(*pair, design=Design(weights=weights.astype(float)))[0]
    repeated = kano.categories(*(np.repeat(side, weights) for side in pair))[0]
    assert list(weighted.shares.values()) == pytest.approx(list(repeated.shares.values()))
    assert weighted.category == repeated.category
    assert weighted.better.value == pytest.approx(repeated.better.value, nan_ok=True)
    assert kano.count(*pair, design=Design(weights=weights.astype(float))).sum() == weights.sum()


def test_equal_weights_give_the_plain_tests():
    functional, dysfunctional = answers_of(spelled(CLEANING[1][0]))
    plain = kano.categories(functional, dysfunctional)[0]
    weighted = kano.categories(functional, dysfunctional, design=Design(weights=np.full(296, 2.0)))[0]
    assert (weighted.chi2, weighted.fong.critical) == pytest.approx((plain.chi2, plain.fong.critical))


def test_dumouchels_means_place_each_ideal_type():
    # Everybody answers alike but for one, so that there is a spread.
    for letter, at in (("O", (4, 4)), ("A", (4, 0)), ("M", (2, 4)), ("I", (0, 0))):
        functional, dysfunctional = answers_of(letter * 400 + "I")
        (found,) = kano.positions(functional, dysfunctional)
        assert (found.functional.value, found.dysfunctional.value) == pytest.approx(at, abs=0.02)
    functional, dysfunctional = answers_of("O" * 400 + "I")
    assert kano.positions(functional, dysfunctional)[0].category == "O"


def test_a_position_whose_interval_crosses_a_line_says_what_else_it_may_be():
    functional, dysfunctional = answers_of("O" * 11 + "I" * 9)
    (found,) = kano.positions(functional, dysfunctional)
    assert found.category == "O"
    assert found.possible == ("M", "O", "A", "I")
    values = np.array([4.0] * 11 + [0.0] * 9)
    expected = scipy.stats.t.interval(0.95, 19, values.mean(), values.std(ddof=1) / math.sqrt(20))
    assert (found.functional.low, found.functional.high) == pytest.approx(expected)
    with pytest.raises(errors.TooFew):
        kano.positions([1.0], [5.0])


def test_two_groups_can_hold_one_attribute_for_different_things():
    functional, dysfunctional = answers_of("A" * 40 + "I" * 20 + "M" * 40 + "O" * 20)
    groups = ["new"] * 60 + ["old"] * 60
    found = kano.by_group(functional, dysfunctional, groups, names=["App"])
    assert {group: rows[0].category for group, rows in found.items()} == {"new": "A", "old": "M"}
    assert [rows[0].n for rows in found.values()] == [60, 60]
    (difference,) = kano.group_differences(functional, dysfunctional, groups)
    expected = scipy.stats.chi2_contingency([[0, 0, 40, 20], [40, 20, 0, 0]])
    assert (difference.chi2, difference.df, difference.p) == pytest.approx(
        (expected.statistic, expected.dof, expected.pvalue)
    )
    assert not difference.sparse


def test_differences_between_groups_are_adjusted_for_the_number_of_attributes():
    rng = np.random.default_rng(5)
    functional, dysfunctional = rng.integers(1, 6, (80, 4)), rng.integers(1, 6, (80, 4))
    found = kano.group_differences(functional, dysfunctional, np.arange(80) % 2)
    assert all(each.p_holm >= each.p for each in found)
    assert min(each.p_holm for each in found) == pytest.approx(min(1, 4 * min(each.p for each in found)))
    with pytest.raises(errors.ShapeMismatch):
        kano.group_differences(functional, dysfunctional, [1, 2])


def test_what_delighted_three_waves_ago_and_is_basic_now_drifts_towards_basic():
    letters = "A" * 40 + "I" * 10 + "A" * 20 + "O" * 20 + "M" * 10 + "A" * 5 + "O" * 10 + "M" * 35
    functional, dysfunctional = answers_of(letters)
    times = np.repeat([2023.0, 2024, 2025], 50)
    (found,) = kano.drift(functional, dysfunctional, times, names=["Wifi"])
    assert found.path == ((2023.0, "A"), (2024.0, "O"), (2025.0, "M"))
    balance = [-40 / 50, (10 - 20) / 50, (35 - 5) / 50]
    assert found.trend.slope.value == pytest.approx((balance[2] - balance[0]) / 2)
    assert found.towards_basic
    assert found.trend.slope.low > 0
    assert found.trend.waves == 3
    (reverse,) = kano.drift(functional, dysfunctional, -times)
    assert not reverse.towards_basic


def test_one_drift_among_many_attributes_has_to_be_clearer_than_one_alone():
    functional, dysfunctional = answers_of("A" * 14 + "M" * 16 + "A" * 6 + "M" * 24)
    flat = answers_of("AM" * 30)
    times = np.repeat([0, 1], 30)
    (alone,) = kano.drift(functional, dysfunctional, times)
    wide = [
        np.column_stack([side, *[still] * 4])
        for side, still in zip((functional, dysfunctional), flat, strict=True)
    ]
    among = kano.drift(*wide, times)[0]
    assert alone.trend.p == among.trend.p
    assert alone.towards_basic
    assert not among.towards_basic


def test_drift_is_worse_and_better_taken_together_and_leaves_reverse_out():
    first, second = "M" * 10 + "A" * 30 + "R" * 30, "M" * 30 + "A" * 10 + "Q" * 5 + "I" * 10
    functional, dysfunctional = answers_of(first + second)
    (found,) = kano.drift(functional, dysfunctional, np.repeat([0, 1], [70, 55]))
    waves = kano.by_wave(functional, dysfunctional, np.repeat([0, 1], [70, 55]))
    balance = [-rows[0].worse.value - rows[0].better.value for rows in waves.values()]
    assert found.trend.slope.value == pytest.approx(balance[1] - balance[0])
    with pytest.raises(errors.TooFew):
        kano.drift(functional, dysfunctional, np.zeros(125))
