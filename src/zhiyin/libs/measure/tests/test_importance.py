"""Stated and derived importance: known figures, intervals, the traps, and Vavra's grid."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, importance, vavra
from zhiyin.libs.measure.design import Design
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.libs.measure.importance import METHODS, Driver, Drivers
from zhiyin.libs.measure.tests.swiss import NAMES, SWISS
from zhiyin.libs.measure.tests.test_shapley import LMG, R_SQUARED

LINEAR = ["lmg", "johnson", "first", "pearson"]


def survey(seed=1, n=300, k=4):
    chance = np.random.default_rng(seed)
    mood = chance.normal(size=(n, 1))
    performance = np.clip(np.round(7 + mood + chance.normal(0, 1.5, (n, k))), 1, 10)
    overall = performance @ np.linspace(0.5, 0.1, k) + chance.normal(0, 1.2, n)
    return performance, overall


def values(found):
    return [driver.value.value for driver in found.drivers]


def test_swiss_shares_come_out_with_their_percentages_and_ranks():
    found = importance.derived(SWISS[:, :5], SWISS[:, 5], names=NAMES)
    assert values(found) == pytest.approx(LMG, abs=1e-12)
    assert found.r_squared.value == pytest.approx(R_SQUARED, abs=1e-12)
    assert [driver.share.value for driver in found.drivers] == pytest.approx(np.array(LMG) / R_SQUARED)
    assert [driver.rank for driver in found.drivers] == [5, 2, 1, 4, 3]
    assert found.ranking[0].name == "Education"


def test_errors_come_near_the_jackknifes_even_where_one_province_stands_apart():
    # Leave-one-out jackknife of LMG on the 47 provinces, Geneva among them.
    left_out = np.array(
        [
            values(
                importance.derived(
                    *np.split(np.delete(SWISS, row, 0), [5], axis=1)[:1], np.delete(SWISS, row, 0)[:, 5]
                )
            )
            for row in range(47)
        ]
    )
    jackknife = np.sqrt(46 / 47 * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0))
    ours = [driver.value.se for driver in importance.derived(SWISS[:, :5], SWISS[:, 5]).drivers]
    assert ours == pytest.approx(jackknife, rel=0.3)
    assert ours[1:] == pytest.approx(jackknife[1:], rel=0.05)


def test_pearson_and_spearman_are_scipys():
    performance, overall = survey()
    pearson = values(importance.derived(performance, overall, method="pearson"))
    assert pearson == pytest.approx([scipy.stats.pearsonr(c, overall).statistic for c in performance.T])
    rated = np.round(overall)
    spearman = importance.derived(performance, rated, method="spearman")
    assert values(spearman) == pytest.approx(
        [scipy.stats.spearmanr(c, rated).statistic for c in performance.T]
    )


@pytest.mark.parametrize(
    ("method", "stretch"), [("pearson", lambda r: 1), ("spearman", lambda r: 1 + r * r / 2)]
)
def test_the_classical_intervals_are_fishers_and_bonett_and_wrights(method, stretch):
    performance, overall = survey(n=100)
    found = importance.derived(performance, overall, method=method, classical=True).drivers[0].value
    middle, half = math.atanh(found.value), 1.959963984540054 * math.sqrt(stretch(found.value) / 97)
    assert (found.low, found.high) == pytest.approx((math.tanh(middle - half), math.tanh(middle + half)))
    linearised = importance.derived(performance, overall, method=method).drivers[0].value
    assert linearised.se == pytest.approx(found.se, rel=0.25)


def test_the_classical_intervals_are_refused_where_they_mean_nothing():
    for options in ({"method": "lmg"}, {"method": "pearson", "design": Design(weights=np.ones(300))}):
        with pytest.raises(errors.BadOption):
            importance.derived(*survey(), classical=True, **options)


@pytest.mark.parametrize("method", LINEAR)
def test_the_delta_method_agrees_with_the_bootstrap(method):
    performance, overall = survey(n=600)
    ours = importance.derived(performance, overall, method=method)
    check = importance.bootstrap(performance, overall, method=method)
    for driver, again in zip(ours.drivers, check, strict=True):
        assert again.value == driver.value.value
        assert again.se == pytest.approx(driver.value.se, rel=0.1)


@pytest.mark.parametrize("method", [*LINEAR, "spearman"])
def test_a_design_widens_the_interval_as_clusters_agree(method):
    performance, overall = survey(n=400)
    again = np.tile(np.arange(400), 2)
    plain = importance.derived(performance, overall, method=method, design=Design(clusters=np.arange(400)))
    twice = importance.derived(
        performance[again], overall[again], method=method, design=Design(clusters=again)
    )
    for one, two in zip(plain.drivers, twice.drivers, strict=True):
        assert two.value.value == pytest.approx(one.value.value)
        assert two.value.se == pytest.approx(one.value.se, rel=0.01)
    assert twice.df == 399


def test_ranks_with_weights_agree_with_the_bootstrap():
    performance, overall = survey(n=400)
    overall = np.round(overall)
    design = Design(weights=np.random.default_rng(3).uniform(0.5, 2, 400))
    ours = importance.derived(performance, overall, method="spearman", design=design).drivers[0].value
    chance, draws = np.random.default_rng(4), []
    for _ in range(300):
        pick = chance.integers(0, 400, 400)
        again = importance.derived(
            performance[pick], overall[pick], method="spearman", design=Design(design.weights[pick])
        )
        draws.append(again.drivers[0].value.value)
    assert ours.se == pytest.approx(np.std(draws), rel=0.1)


@pytest.mark.parametrize("method", METHODS)
@given(times=st.lists(st.integers(1, 4), min_size=30, max_size=30), seed=st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_a_weight_is_a_number_of_respondents(method, times, seed):
    performance, overall = survey(seed, n=30)
    again = np.repeat(np.arange(30), times)
    weighed = importance.derived(performance, overall, method=method, design=Design(times))
    repeated = importance.derived(performance[again], overall[again], method=method)
    assert values(weighed) == pytest.approx(values(repeated), abs=1e-10)


@pytest.mark.parametrize("method", METHODS)
@given(seed=st.integers(0, 999), factor=st.floats(0.01, 100), shift=st.floats(-50, 50))
@settings(max_examples=15, deadline=None)
def test_neither_unit_nor_order_matters(method, seed, factor, shift):
    performance, overall = survey(seed, n=40)
    chance = np.random.default_rng(seed)
    rows, columns = chance.permutation(40), chance.permutation(4)
    one = importance.derived(performance, overall, method=method)
    other = importance.derived(
        performance[rows][:, columns] * factor + shift, np.round(overall[rows], 6) * 3 + 1, method=method
    )
    assert values(other) == pytest.approx(np.array(values(one))[columns], abs=1e-6)
    for at, column in enumerate(columns):
        assert other.drivers[at].value.low == pytest.approx(one.drivers[column].value.low, abs=1e-5)


@pytest.mark.parametrize("method", METHODS)
@given(seed=st.integers(0, 9999), n=st.integers(8, 60))
@settings(max_examples=25, deadline=None)
def test_intervals_hold_their_value_and_stay_in_range(method, seed, n):
    performance, overall = survey(seed, n=n)
    try:
        found = importance.derived(performance, overall, method=method)
    except (errors.NoVariation, errors.Inseparable):
        return
    floor = -1 if method in {"pearson", "spearman"} else 0
    for driver in found.drivers:
        for each in filter(None, (driver.value, driver.share, found.r_squared)):
            assert floor - 1e-9 <= each.low <= each.value + 1e-9
            assert each.value - 1e-9 <= each.high <= 1


@pytest.mark.parametrize("method", METHODS)
def test_a_stronger_pull_never_makes_an_attribute_less_important(method):
    chance = np.random.default_rng(1)
    performance, noise = chance.normal(size=(2000, 3)), chance.normal(size=2000)
    found = [
        importance.derived(performance, performance @ [pull, 0.5, 0.3] + noise, method=method)
        .drivers[0]
        .value.value
        for pull in (0.1, 0.3, 0.6, 1.2)
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("method", METHODS)
def test_whoever_left_an_answer_open_is_left_out_whole(method):
    performance, overall = survey()
    performance[3, 0] = overall[7] = np.nan
    found = importance.derived(performance, overall, method=method)
    whole = np.delete(np.arange(300), [3, 7])
    assert (found.n, found.left_out) == (298, 2)
    assert "2 respondents" in str(found.notes[0])
    assert found.drivers == importance.derived(performance[whole], overall[whole], method=method).drivers


def test_pairwise_answers_that_no_data_could_give_do_no_harm():
    # Each pair of columns agrees by itself: pairwise correlations 1, 1 and -1 are no correlation matrix.
    x = np.arange(12.0)
    performance = np.full((36, 2), np.nan)
    overall = np.full(36, np.nan)
    performance[:12, 0], performance[:12, 1] = x, x
    performance[12:24, 0], overall[12:24] = x, x
    performance[24:, 1], overall[24:] = x, -x
    with pytest.raises(errors.TooFew):
        importance.derived(performance, overall)


def test_a_design_follows_the_respondents_who_stay():
    performance, overall = survey()
    performance[:10] = np.nan
    design = Design(weights=np.arange(1.0, 301), clusters=np.arange(300) // 2)
    rest = Design(weights=np.arange(11.0, 301), clusters=np.arange(10, 300) // 2)
    assert (
        importance.derived(performance, overall, design=design).drivers
        == importance.derived(performance[10:], overall[10:], design=rest).drivers
    )


@pytest.mark.parametrize("method", METHODS)
def test_a_question_everybody_answers_alike_is_named(method):
    performance, overall = survey()
    performance[:, 2] = 8
    with pytest.raises(errors.NoVariation, match="speed"):
        importance.derived(performance, overall, method=method, names=["a", "b", "speed", "d"])
    with pytest.raises(errors.NoVariation, match="overall"):
        importance.derived(performance[:, :2], np.full(300, 8), method=method)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_questions_that_follow_from_one_another_are_named(method):
    performance, overall = survey()
    performance[:, 3] = performance[:, 0] + performance[:, 1]
    with pytest.raises(errors.Inseparable) as refused:
        importance.derived(performance, overall, method=method, names=["a", "b", "c", "sum"])
    assert refused.value.data["columns"] == "a, b, sum"
    assert importance.derived(performance, overall, method="pearson").n == 300


def test_an_outcome_made_of_the_attributes_is_explained_whole():
    performance, _ = survey()
    found = importance.derived(performance, performance.mean(axis=1))
    assert found.r_squared.value == pytest.approx(1)
    assert sum(driver.share.value for driver in found.drivers) == pytest.approx(1)


def test_an_attribute_alone_has_all_of_r_squared():
    performance, overall = survey()
    found = importance.derived(performance[:, :1], overall)
    assert values(found) == pytest.approx([scipy.stats.pearsonr(performance[:, 0], overall).statistic ** 2])
    assert found.drivers[0].share.value == found.drivers[0].share.low == 1


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        ((np.ones((5, 4)), np.arange(5)), {}, errors.TooFew),
        ((np.ones((3, 1)), np.arange(3)), {"method": "spearman"}, errors.TooFew),
        ((np.ones((9, 0)), np.arange(9)), {}, errors.TooFew),
        ((np.ones((9, 1)), np.arange(8)), {}, errors.ShapeMismatch),
        ((np.ones((9, 1)), np.arange(9)), {"method": "beta"}, errors.BadOption),
        ((np.full((9, 1), np.inf), np.arange(9)), {}, errors.OffScale),
        ((np.ones((9, 1)), np.arange(9)), {"design": Design(weights=[1.0])}, errors.ShapeMismatch),
    ],
)
def test_unusable_answers_are_refused(arguments, options, error):
    with pytest.raises(error):
        importance.derived(*arguments, **options)


def test_spearmans_bootstrap_is_refused():
    with pytest.raises(errors.BadOption):
        importance.bootstrap(*survey(), method="spearman")


def test_stated_importance_is_the_mean_of_those_who_rated():
    asked = np.array([[9, 5, np.nan], [7, np.nan, np.nan], [8, 6, np.nan]])
    found = importance.stated(asked, names=["a", "b", "c"])
    assert [(driver.name, driver.value.value, driver.value.n) for driver in found.drivers] == [
        ("a", 8, 3),
        ("b", 5.5, 2),
    ]
    assert found.drivers[0].value.low == pytest.approx(8 - scipy.stats.t.ppf(0.975, 2) / math.sqrt(3))
    assert "c: nobody answered" in str(found.notes[0])
    with pytest.raises(errors.TooFew):
        importance.stated(np.full((3, 2), np.nan))


def drivers(method, **figures):
    return Drivers(
        method,
        tuple(
            Driver(name, Estimate(value, value - 0.1, value + 0.1, 9, 0.05, "t"), None, 1)
            for name, value in figures.items()
        ),
        None,
        9,
        8,
    )


def test_the_grid_crosses_what_is_said_with_what_is_seen():
    said = drivers("stated", a=9, b=9, c=5, d=5)
    seen = drivers("pearson", a=0.2, b=0.8, c=0.8, d=0.2)
    grid = vavra.grid(said, seen)
    assert [cell.quadrant for cell in grid.cells] == ["basic", "key", "plus", "secondary"]
    assert (grid.stated_line, grid.derived_line) == (7, 0.5)
    assert [cell.name for cell in grid.quadrant("plus")] == ["c"]
    assert all(cell.clear for cell in grid.cells)


def test_the_lines_of_the_grid_can_be_chosen():
    said, seen = drivers("stated", a=10, b=6, c=5), drivers("lmg", a=0.1, b=0.2, c=0.6)
    lines = {
        cross_hairs: (
            vavra.grid(said, seen, cross_hairs=cross_hairs).stated_line,
            vavra.grid(said, seen, cross_hairs=cross_hairs).derived_line,
        )
        for cross_hairs in ("means", "medians", "midpoint", (8, 0.15))
    }
    assert lines["means"] == pytest.approx((7, 0.3))
    assert lines["medians"] == (6, 0.2)
    assert lines["midpoint"] == pytest.approx((7.5, 0.35))
    assert lines[8, 0.15] == (8, 0.15)
    with pytest.raises(errors.BadOption):
        vavra.grid(said, seen, cross_hairs="best")


def test_on_the_line_is_high_even_if_rounding_puts_the_line_above():
    same = dict.fromkeys("abc", 0.1)
    grid = vavra.grid(drivers("stated", **dict.fromkeys("abc", 7.3)), drivers("lmg", **same))
    assert {cell.quadrant for cell in grid.cells} == {"key"}
    assert not any(cell.clear for cell in grid.cells)


def test_only_attributes_on_both_sides_enter_the_grid():
    assert [cell.name for cell in vavra.grid(drivers("stated", a=1, b=2), drivers("lmg", b=0.1)).cells] == [
        "b"
    ]
    with pytest.raises(errors.TooFew):
        vavra.grid(drivers("stated", a=1), drivers("lmg", b=0.1))
