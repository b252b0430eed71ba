"""The satisfaction index: the published example, what is missing, how sure it is, and what it must not depend on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, index
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.distributions import t_quantile
from zhiyin.libs.measure.index import FixedWeights

# TLF Research, How to calculate a Customer Satisfaction Index; figures of cyrilsunil76.blogspot.com 2010-09,
# whose 60.10 has a slip in one product: exactly it is 60.3333….
IMPORTANCE, SATISFACTION = [[7, 5, 9, 3, 6]], [[8, 4, 8, 3, 4]]
# Verint 2013-09-16: the State of Ohio's unstandardised weights of the ACSI's three questions.
OHIO = [0.3885, 0.3190, 0.2925]
VARIANTS = ["means", "respondents", "equal", FixedWeights([1, 2, 3, 4])]


def survey(seed=1, n=200, k=4, gaps=0.1):
    chance = np.random.default_rng(seed)
    mood = chance.normal(size=(n, 1))
    importance = np.clip(np.round(7 + mood + chance.normal(0, 1.5, (n, k))), 1, 10)
    performance = np.clip(np.round(6 + np.arange(k) / 2 + mood + chance.normal(0, 1.5, (n, k))), 1, 10)
    for answers in (importance, performance):
        answers[chance.random(answers.shape) < gaps] = np.nan
    return importance, performance


def test_the_published_example_comes_out_exactly():
    found = index.satisfaction_index(IMPORTANCE, SATISFACTION)
    assert found.index.value == pytest.approx(60 + 1 / 3, abs=1e-12)
    assert [part.weight.value for part in found.attributes] == pytest.approx([7 / 30, 1 / 6, 0.3, 0.1, 0.2])
    assert found.span == (10, 100)


def test_a_single_respondent_has_an_index_but_no_margin_of_error():
    found = index.satisfaction_index(IMPORTANCE, SATISFACTION).index
    assert math.isnan(found.low)
    assert math.isnan(found.high)


@pytest.mark.parametrize(
    ("answers", "weights", "score"),
    [
        ([8, 7, 7], OHIO, 70.98333333333333),
        ([10, 10, 10], OHIO, 100),
        ([1, 1, 1], OHIO, 0),
        ([8, 7, 7], [1, 1, 1], 70.37037037037037),
    ],
)
def test_the_acsi_score_follows_its_formula(answers, weights, score):
    assert index.acsi_score([answers], weights).value == pytest.approx(score, abs=1e-12)


def test_the_acsi_score_has_the_interval_of_its_weighted_mean():
    answers = survey(k=3, gaps=0)[1]
    own = (answers @ OHIO / sum(OHIO) - 1) / 9 * 100
    found = index.acsi_score(answers, OHIO)
    assert found.value == pytest.approx(own.mean())
    assert found.se == pytest.approx(own.std(ddof=1) / math.sqrt(len(own)))
    assert found.high - found.value == pytest.approx(t_quantile(0.975, 199) * found.se)


def test_an_attribute_is_judged_by_those_who_answered_it():
    importance, performance = survey()
    found = index.satisfaction_index(importance, performance)
    a, b = np.nanmean(importance, axis=0), np.nanmean(performance, axis=0)
    assert found.index.value == pytest.approx(10 * (a @ b) / a.sum())
    for column, part in enumerate(found.attributes):
        answered = performance[~np.isnan(performance[:, column]), column]
        assert part.performance.n == len(answered)
        assert part.performance.se == pytest.approx(answered.std(ddof=1) / math.sqrt(len(answered)))
        assert part.performance.high - part.performance.value == pytest.approx(
            t_quantile(0.975, len(answered) - 1) * part.performance.se
        )


def test_an_attribute_nobody_answered_drops_out_and_its_weight_is_shared():
    importance, performance = survey(gaps=0)
    performance[:, 2] = np.nan
    found = index.satisfaction_index(importance, performance, names=["a", "b", "c", "d"])
    rest = index.satisfaction_index(importance[:, [0, 1, 3]], performance[:, [0, 1, 3]])
    assert found.dropped == ("c",)
    assert "c: nobody answered" in str(found.notes[0])
    assert found.index.value == pytest.approx(rest.index.value)
    assert found.index.se == pytest.approx(rest.index.se)
    assert sum(part.weight.value for part in found.attributes) == pytest.approx(1)


def test_an_attribute_answered_once_says_that_the_error_is_unknown():
    importance, performance = survey(gaps=0)
    performance[1:, 0] = np.nan
    found = index.satisfaction_index(importance, performance)
    assert math.isnan(found.index.low)
    assert "single answer" in str(found.notes[0])


def test_what_does_not_apply_to_a_respondent_loses_its_weight_with_its_score():
    found = index.satisfaction_index(
        [[10, 5], [8, 2]], [[8, np.nan], [6, 1]], weights="respondents", names=["a", "b"]
    )
    own = [8, (8 * 6 + 2 * 1) / 10]
    assert found.index.value == pytest.approx(10 * np.mean(own))
    assert [part.weight.value for part in found.attributes] == pytest.approx([0.9, 0.1])


def test_weights_of_means_and_means_of_own_weights_differ():
    importance, performance = survey(gaps=0)
    ours = index.satisfaction_index(importance, performance).index.value
    theirs = index.satisfaction_index(importance, performance, weights="respondents").index.value
    assert ours != pytest.approx(theirs, abs=1e-3)


def test_whoever_weighs_nothing_by_an_own_importance_of_nought_is_left_out():
    found = index.satisfaction_index(
        [[0, 0], [5, 5], [2, 2]], [[1, 1], [4, 6], [5, 5]], weights="respondents", scale=(0, 10)
    )
    assert (found.index.value, found.n) == (pytest.approx(50), 2)


def test_the_index_can_run_from_0_to_100():
    importance, performance = survey()
    ten = index.satisfaction_index(importance, performance)
    hundred = index.satisfaction_index(importance, performance, rescale=True)
    assert hundred.span == (0, 100)
    assert hundred.index.value == pytest.approx((ten.index.value - 10) / 90 * 100)
    assert hundred.index.se == pytest.approx(ten.index.se / 0.9)


def test_other_scales_run_up_to_100_too():
    found = index.satisfaction_index([[10, 5]], [[5, 2]], scale=(1, 5), importance_scale=(1, 10))
    assert found.index.value == pytest.approx(20 * 4)
    assert found.span == (20, 100)


def test_an_interval_never_leaves_the_scale():
    found = index.satisfaction_index([[10, 10], [10, 9], [10, 10]], [[10, 10], [10, 9], [10, 10]])
    assert found.index.high == 100


def test_sampled_weights_make_the_index_less_sure_than_known_ones():
    importance, performance = survey(gaps=0)
    performance[:, 3] = 2
    sampled = index.satisfaction_index(importance, performance).index
    basis = importance.mean(axis=0)
    known = index.satisfaction_index(importance, performance, weights=FixedWeights(basis)).index
    assert sampled.value == pytest.approx(known.value)
    assert sampled.se != pytest.approx(known.se, rel=1e-3)


def test_an_exploratory_sample_brings_its_own_error():
    importance, performance = survey(gaps=0)
    basis, between = importance.mean(axis=0), np.cov(importance.T) / len(importance)
    known = index.satisfaction_index(None, performance, weights=FixedWeights(basis)).index
    drawn = index.satisfaction_index(None, performance, weights=FixedWeights(basis, between))
    b, w = performance.mean(axis=0), basis / basis.sum()
    slope = (b - w @ b) / basis.sum()
    assert drawn.index.se == pytest.approx(math.sqrt(known.se**2 + 100 * slope @ between @ slope))
    assert drawn.weights == "fixed"
    assert drawn.attributes[0].weight.se > 0


@pytest.mark.parametrize("weights", VARIANTS)
def test_the_delta_method_agrees_with_the_bootstrap(weights):
    importance, performance = survey(n=400)
    ours = index.satisfaction_index(importance, performance, weights=weights).index
    check = index.bootstrap(importance, performance, weights=weights)
    assert check.value == ours.value
    assert check.se == pytest.approx(ours.se, rel=0.08)
    assert (check.low, check.high) == (
        pytest.approx(ours.low, abs=0.3 * ours.se),
        pytest.approx(ours.high, abs=0.3 * ours.se),
    )


def test_the_bootstrap_agrees_under_strata_clusters_weights_and_a_small_population():
    importance, performance = survey(n=600)
    home = np.arange(600) // 3
    design = Design(
        weights=np.random.default_rng(5).uniform(0.5, 2, 600),
        strata=home % 2,
        clusters=home,
        population={0: 150, 1: 400},
    )
    ours = index.satisfaction_index(importance, performance, design=design)
    assert ours.df == pytest.approx(198, rel=1e-4)
    assert index.bootstrap(importance, performance, design=design).se == pytest.approx(
        ours.index.se, rel=0.08
    )
    plain = index.satisfaction_index(importance, performance, design=Design(weights=design.weights))
    assert ours.index.value == pytest.approx(plain.index.value)


@pytest.mark.parametrize("weights", VARIANTS)
def test_one_stratum_is_no_stratum(weights):
    importance, performance = survey()
    share = np.random.default_rng(5).uniform(0.5, 2, 200)
    fast = index.satisfaction_index(importance, performance, weights=weights, design=Design(share))
    slow = index.satisfaction_index(
        importance, performance, weights=weights, design=Design(share, strata=np.zeros(200))
    )
    assert fast.index.se == pytest.approx(slow.index.se, rel=1e-10)
    assert fast.attributes[1].weight.se == pytest.approx(slow.attributes[1].weight.se, rel=1e-10)


def test_a_census_has_no_margin_of_error():
    importance, performance = survey()
    found = index.satisfaction_index(importance, performance, design=Design(population=200)).index
    assert found.low == pytest.approx(found.high)


@pytest.mark.parametrize("weights", VARIANTS)
@given(times=st.lists(st.integers(1, 4), min_size=30, max_size=30), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_a_weight_is_a_number_of_respondents(weights, times, seed):
    importance, performance = survey(seed, n=30)
    weighed = index.satisfaction_index(importance, performance, weights=weights, design=Design(times))
    again = np.repeat(np.arange(30), times)
    repeated = index.satisfaction_index(importance[again], performance[again], weights=weights)
    assert weighed.index.value == pytest.approx(repeated.index.value, rel=1e-12)


@pytest.mark.parametrize("weights", ["means", "respondents", "equal"])
@given(seed=st.integers(0, 999))
@settings(max_examples=20, deadline=None)
def test_neither_the_order_of_attributes_nor_of_respondents_matters(weights, seed):
    importance, performance = survey(seed, n=40)
    chance = np.random.default_rng(seed)
    rows, columns = chance.permutation(40), chance.permutation(4)
    one = index.satisfaction_index(importance, performance, weights=weights).index
    other = index.satisfaction_index(
        importance[rows][:, columns], performance[rows][:, columns], weights=weights
    ).index
    assert (other.value, other.se) == (pytest.approx(one.value), pytest.approx(one.se))


@given(seed=st.integers(0, 999), factor=st.sampled_from([0.1, 3.0, 10.0]))
@settings(max_examples=20, deadline=None)
def test_the_unit_of_importance_does_not_matter(seed, factor):
    importance, performance = survey(seed, n=40)
    one = index.satisfaction_index(importance, performance).index
    other = index.satisfaction_index(
        importance * factor, performance, importance_scale=(factor, 10 * factor)
    ).index
    assert (other.value, other.se) == (pytest.approx(one.value), pytest.approx(one.se))


@pytest.mark.parametrize("weights", VARIANTS)
@given(seed=st.integers(0, 999), row=st.integers(0, 39), column=st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_a_happier_answer_never_lowers_the_index(weights, seed, row, column):
    importance, performance = survey(seed, n=40)
    before = index.satisfaction_index(importance, performance, weights=weights).index.value
    if performance[row, column] < 10:
        performance[row, column] += 1
    after = index.satisfaction_index(importance, performance, weights=weights).index.value
    assert after >= before - 1e-12


@given(seed=st.integers(0, 999))
@settings(max_examples=20, deadline=None)
def test_the_index_lies_between_its_attributes(seed):
    importance, performance = survey(seed, n=25)
    found = index.satisfaction_index(importance, performance)
    means = [10 * part.performance.value for part in found.attributes]
    assert min(means) - 1e-9 <= found.index.value <= max(means) + 1e-9
    assert found.index.low <= found.index.value <= found.index.high


@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.int64, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_answers_may_be_of_any_numeric_kind(kind, order):
    importance, performance = survey(gaps=0)
    ours = index.satisfaction_index(
        importance.astype(kind, order=order), performance.astype(kind, order=order)
    ).index
    assert ours == index.satisfaction_index(importance, performance).index


def test_more_rows_than_a_block_add_up():
    importance, performance = survey(n=9000)
    performance[:5000] = np.nan_to_num(performance[:5000], nan=5)
    importance[:5000] = np.nan_to_num(importance[:5000], nan=5)
    fast = index.satisfaction_index(importance, performance).index
    slow = index.satisfaction_index(importance, performance, design=Design(strata=np.zeros(9000))).index
    assert (fast.value, fast.se) == (pytest.approx(slow.value), pytest.approx(slow.se))


@pytest.mark.parametrize("design", [Design(), Design(strata=np.zeros(5000))])
def test_an_answer_off_the_scale_is_named_by_row_and_column(design):
    importance, performance = survey(n=5000, gaps=0.1)
    performance[4321, 2] = 11
    with pytest.raises(errors.OffScale) as refused:
        index.satisfaction_index(importance, performance, design=design)
    assert (refused.value.data["row"], refused.value.data["column"]) == (4322, 3)
    assert (refused.value.data["value"], refused.value.data["what"]) == (11, "performance")


def test_an_answer_off_the_narrower_of_two_scales_is_seen():
    with pytest.raises(errors.OffScale):
        index.satisfaction_index([[10, 5], [4, 4]], [[7, 2], [3, 3]], scale=(1, 5), importance_scale=(1, 10))


def test_infinity_is_off_every_scale():
    with pytest.raises(errors.OffScale):
        index.satisfaction_index([[1, 2]], [[np.inf, 2]])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (([[1, 2]], [[1, 2, 3]]), errors.ShapeMismatch),
        (([1, 2], [1, 2]), errors.ShapeMismatch),
        (([[np.nan]], [[np.nan]]), errors.TooFew),
        ((np.zeros((0, 2)), np.zeros((0, 2))), errors.TooFew),
        ((None, [[1, 2]]), errors.NoImportance),
    ],
)
def test_unusable_answers_are_refused(arguments, error):
    with pytest.raises(error):
        index.satisfaction_index(*arguments)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"weights": "best"}, errors.BadOption),
        ({"weights": FixedWeights([1])}, errors.ShapeMismatch),
        ({"weights": FixedWeights([1, -1])}, errors.NoImportance),
        ({"weights": FixedWeights([0, 0])}, errors.NoImportance),
        ({"scale": (10, 1)}, errors.BadOption),
        ({"scale": (-5, 0)}, errors.BadOption),
        ({"names": ["a"]}, errors.ShapeMismatch),
        ({"level": 95}, errors.BadOption),
        ({"design": Design(weights=[1, 2, 3])}, errors.ShapeMismatch),
    ],
)
def test_unusable_options_are_refused(options, error):
    with pytest.raises(error):
        index.satisfaction_index([[1, 2], [3, 4]], [[1, 2], [2, 2]], **options)


def test_importance_of_nought_gives_no_weights():
    with pytest.raises(errors.NoImportance):
        index.satisfaction_index([[0, 0]], [[1, 2]], scale=(0, 10))


def test_negative_importance_gives_no_weights():
    for weights in ("means", "respondents"):
        with pytest.raises(errors.NoImportance):
            index.satisfaction_index([[-1, 3]], [[1, 2]], scale=(-5, 5), weights=weights)


def test_a_bootstrap_needs_more_than_one_sample_and_more_than_one_unit():
    importance, performance = survey()
    with pytest.raises(errors.BadOption):
        index.bootstrap(importance, performance, replicates=1)
    with pytest.raises(errors.BadDesign):
        index.bootstrap(
            importance[:2], performance[:2], design=Design(strata=[1, 2], population={1: 1, 2: 5})
        )
