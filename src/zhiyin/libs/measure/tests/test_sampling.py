"""Planning a sample, and what may be said of people who chose themselves."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.measure import errors, sampling

# Krejcie & Morgan (1970) Educational and Psychological Measurement 30:607, Table 1.
KREJCIE_MORGAN = {
    10: 10, 50: 44, 100: 80, 200: 132, 300: 169, 400: 196, 500: 217, 1000: 278, 1500: 306, 2000: 322, 3000: 341,
    5000: 357, 10000: 370, 50000: 381, 75000: 382,
}  # fmt: skip


@pytest.mark.parametrize(("population", "n"), KREJCIE_MORGAN.items())
def test_krejcie_and_morgans_table_is_reproduced_by_rounding_to_the_nearest(population, n):
    found = sampling.size_for_proportion(0.05, population=population, rounding=sampling.Rounding.NEAREST)
    assert found.n == n


@pytest.mark.parametrize("population", [*KREJCIE_MORGAN, math.inf])
def test_rounding_up_keeps_the_margin_that_was_promised(population):
    found = sampling.size_for_proportion(0.05, population=population)
    assert found.n == math.ceil(found.exact)
    assert sampling.margin_of_proportion(0.5, found.n, population=population).value <= 0.05


def test_without_end_three_hundred_and_eighty_five():
    found = sampling.size_for_proportion(0.05)
    assert (found.n, round(found.unlimited, 2)) == (385, 384.15)


def test_a_design_effect_multiplies_and_a_response_rate_divides():
    found = sampling.size_for_proportion(0.05, deff=2, response_rate=0.25)
    assert (found.n, found.invitations) == (769, 3076)


@pytest.mark.parametrize(("margin", "sd"), [(0.5, 2), (2, 2), (0.1, 1), (1, 3)])
def test_the_size_for_a_mean_is_the_first_whose_t_interval_is_narrow_enough(margin, sd):
    n = sampling.size_for_mean(margin, sd).n

    def half(n):
        return scipy.stats.t.ppf(0.975, n - 1) * sd / math.sqrt(n)

    assert half(n) <= margin < half(n - 1)
    assert n > (1.96 * sd / margin) ** 2  # z asks for too few


def test_the_size_for_a_mean_knows_a_small_population():
    found = sampling.size_for_mean(0.5, 2, population=40)
    assert found.n < sampling.size_for_mean(0.5, 2).n
    assert sampling.margin_of_mean(2, found.n, population=40).value <= 0.5
    assert sampling.margin_of_mean(2, found.n - 1, population=40).value > 0.5


def test_fleisss_size_finds_a_change_of_ten_points_in_eight_studies_of_ten():
    n = sampling.size_for_change(0.5, 0.6).n
    assert n == 388  # Fleiss, Levin & Paik (2003) without continuity correction
    rng = np.random.default_rng(1)
    first, second = rng.binomial(n, 0.5, 20_000), rng.binomial(n, 0.6, 20_000)
    pooled = (first + second) / (2 * n)
    z = (second - first) / n / np.sqrt(2 * pooled * (1 - pooled) / n)
    assert np.mean(np.abs(z) > 1.96) == pytest.approx(0.8, abs=0.015)


def test_the_size_for_a_change_of_a_mean_has_the_power_promised():
    n = sampling.size_for_mean_change(0.5, 1).n
    power = scipy.stats.nct.sf(scipy.stats.t.ppf(0.975, 2 * n - 2), 2 * n - 2, 0.5 * math.sqrt(n / 2))
    assert n == 64
    assert power >= 0.8


@pytest.mark.parametrize(
    ("difference", "sd", "n"), [(2, 1, 5.090009), (1, 1, 16.71477), (0.5, 1, 63.76561), (3, 1, 3.070)]
)
def test_few_answers_for_a_large_change_are_as_many_as_power_t_test_asks(difference, sd, n):
    # R, power.t.test(delta = difference, sd = sd, power = 0.8)$n
    found = sampling.size_for_mean_change(difference, sd)
    assert found.exact == pytest.approx(n, abs=2e-3)
    assert found.n == math.ceil(n)
    assert sampling.size_for_mean_change(-difference, sd).n == found.n


def test_options_may_be_given_in_words():
    assert sampling.size_for_proportion(0.05, population=400, rounding="up").n == 197
    assert sampling.size_for_proportion(0.05, population=400, rounding="nearest").n == 196
    assert sampling.size_for_mean(0.5, 2, rounding="up").n == sampling.size_for_mean(0.5, 2).n
    assert sampling.margin_of_mean(2, 40, drawn="chance").label == sampling.RANDOM
    with pytest.raises(errors.NoMargin):
        sampling.margin_of_proportion(0.5, 400, drawn="opt_in")
    for call in (
        lambda: sampling.size_for_proportion(0.05, rounding="down"),
        lambda: sampling.size_for_mean(0.5, 2, rounding="down"),
        lambda: sampling.margin_of_proportion(0.5, 400, drawn="by lot"),
    ):
        with pytest.raises(errors.BadOption):
            call()


def test_a_panel_needs_fewer():
    plain = sampling.size_for_mean_change(0.5, 1)
    panel = sampling.size_for_mean_change(0.5, 1, overlap=1, correlation=0.6)
    assert panel.n < 0.45 * plain.n
    assert sampling.size_for_change(0.5, 0.6, overlap=0.5, correlation=0.6).exact == pytest.approx(
        0.7 * sampling.size_for_change(0.5, 0.6).exact
    )
    with pytest.raises(errors.BadOption):
        sampling.size_for_change(0.5, 0.6, overlap=2)


def test_the_margin_takes_design_effect_and_population():
    found = sampling.margin_of_proportion(0.3, 200, population=1000, deff=1.5)
    assert found.value == pytest.approx(1.959964 * math.sqrt(1.5 * 0.21 / 200 * 0.8), rel=1e-6)
    assert found.effective_n == pytest.approx(200 / 1.5)
    assert found.label == sampling.RANDOM


def test_a_census_has_no_margin():
    assert sampling.margin_of_proportion(0.3, 300, population=300).value == 0


def test_few_answers_take_t_and_not_z():
    assert sampling.margin_of_mean(2, 12).value == pytest.approx(
        scipy.stats.t.ppf(0.975, 11) * 2 / math.sqrt(12)
    )
    assert sampling.margin_of_mean(2, 12, df=4).value > sampling.margin_of_mean(2, 12).value


@pytest.mark.parametrize("margin", [lambda **o: sampling.margin_of_proportion(0.5, 400, **o),
                                    lambda **o: sampling.margin_of_mean(2, 400, **o)])  # fmt: skip
def test_people_who_chose_themselves_have_no_margin_of_error(margin):
    with pytest.raises(errors.NoMargin):
        margin(drawn=sampling.Drawn.OPT_IN)
    assert margin(drawn=sampling.Drawn.OPT_IN, as_if=True).label == sampling.AS_IF


def test_kishs_effect_of_unequal_weights():
    found = sampling.kish([1, 2, 3])
    assert (found.deff, found.effective_n, found.n) == pytest.approx((3 * 14 / 36, 36 / 14, 3))
    assert sampling.kish(np.full(9, 4.2)).effective_n == pytest.approx(9)
    with pytest.raises(errors.BadDesign):
        sampling.kish([1, 0])


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 100), min_size=1), st.floats(0.01, 1000))
def test_kish_depends_on_neither_order_nor_unit_and_never_exceeds_n(weights, unit):
    found = sampling.kish(weights)
    assert sampling.kish([unit * w for w in weights[::-1]]).deff == pytest.approx(found.deff)
    assert found.deff >= 1 - 1e-12
    assert found.effective_n <= found.n * (1 + 1e-12)


@settings(deadline=None)
@given(st.floats(0.01, 0.3), st.floats(0.01, 0.3), st.integers(10, 10**6))
def test_a_narrower_margin_never_needs_fewer_and_never_more_than_there_are(a, b, population):
    wide, narrow = (sampling.size_for_proportion(m, population=population).n for m in (max(a, b), min(a, b)))
    assert wide <= narrow <= population


@pytest.mark.parametrize(
    "call",
    [
        lambda: sampling.size_for_proportion(0),
        lambda: sampling.size_for_proportion(0.05, p=1),
        lambda: sampling.size_for_proportion(0.05, response_rate=0),
        lambda: sampling.size_for_change(0.5, 0.5),
        lambda: sampling.size_for_mean(0.1, -1),
        lambda: sampling.margin_of_proportion(0.5, 400, population=300),
        lambda: sampling.margin_of_mean(-1, 30),
    ],
)
def test_what_cannot_be_planned_is_refused(call):
    with pytest.raises(errors.BadOption):
        call()
