"""The distribution functions agree with SciPy's."""

import math

import pytest
import scipy.stats

from zhiyin.libs.measure import distributions

DFS = [1, 2, 3, 7.5, 29, 199, 999, 1001, 1e5, 1e6, math.inf]


@pytest.mark.parametrize("df", DFS)
@pytest.mark.parametrize("p", [0.025, 0.5, 0.6, 0.9, 0.975, 0.9999])
def test_quantiles_of_t_agree_to_twelve_digits(df, p):
    expected = scipy.stats.t.ppf(p, df) if math.isfinite(df) else scipy.stats.norm.ppf(p)
    assert distributions.t_quantile(p, df) == pytest.approx(expected, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (0.5, 2), (15, 134), (82, 182), (1e4, 2e4)])
@pytest.mark.parametrize("p", [0.025, 0.5, 0.975])
def test_quantiles_of_beta_agree_to_eleven_digits(a, b, p):
    assert distributions.beta_quantile(p, a, b) == pytest.approx(scipy.stats.beta.ppf(p, a, b), rel=1e-11)


@pytest.mark.parametrize("df", [1, 3, 5, 50, 400])
@pytest.mark.parametrize("x", [0, 0.01, 0.5, 1, 10, 60, 300])
def test_tails_of_chi_squared_and_f_agree(df, x):
    assert distributions.chi2_tail(x, df) == pytest.approx(scipy.stats.chi2.sf(x, df), rel=1e-10, abs=1e-14)
    assert distributions.f_tail(x, df, 17) == pytest.approx(scipy.stats.f.sf(x, df, 17), rel=1e-10, abs=1e-14)


@pytest.mark.parametrize("df", [2.1e4, 1e6, 1e8, 1e10, 1e14])
@pytest.mark.parametrize("z", [-6, -1, 0, 1e-3, 0.5, 2, 8])
def test_the_tail_of_chi_squared_agrees_however_many_degrees(df, z):
    x = df + z * math.sqrt(2 * df)
    assert distributions.chi2_tail(x, df) == pytest.approx(scipy.stats.chi2.sf(x, df), rel=1e-7)


def test_the_tail_of_chi_squared_ends_at_nought_and_one():
    assert distributions.chi2_tail(1e10, 1e10) == pytest.approx(0.5, abs=1e-5)
    assert (distributions.chi2_tail(2e10, 1e10), distributions.chi2_tail(1, 1e10)) == (0, 1)


@pytest.mark.parametrize("df", [1.0, 2, 8.18, 50, 2000, 1e6])
@pytest.mark.parametrize("shift", [0, 0.5, 2.8, 6])
@pytest.mark.parametrize("t", [0.5, 2.2, 5])
def test_the_power_of_a_t_test_agrees(df, shift, t):
    expected = scipy.stats.nct.sf(t, df, shift) if df < 1e6 else scipy.stats.norm.sf(t - shift)
    assert distributions.noncentral_t_tail(t, df, shift) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("t", [-40, -2.1, 0, 0.3, 5])
def test_the_distribution_of_t_agrees_and_its_tails_mirror(t):
    assert distributions.t_cdf(t, 12) == pytest.approx(scipy.stats.t.cdf(t, 12), rel=1e-10)
    assert distributions.normal_tail(t) == pytest.approx(scipy.stats.norm.sf(t), rel=1e-12)


@pytest.mark.parametrize("df", [0.3, 2, 31, 900])
@pytest.mark.parametrize("p", [1e-6, 0.025, 0.5, 0.975, 1 - 1e-9])
def test_quantiles_of_chi_squared_and_f_agree(df, p):
    assert distributions.chi2_quantile(p, df) == pytest.approx(scipy.stats.chi2.ppf(p, df), rel=1e-8)
    assert distributions.f_quantile(p, df, 17) == pytest.approx(scipy.stats.f.ppf(p, df, 17), rel=1e-8)


@pytest.mark.parametrize("df", [0.5, 1, 4.4, 300])
@pytest.mark.parametrize("p", [1e-14, 1e-5, 0.499999, 1 - 1e-12])
def test_quantiles_far_out_and_near_the_middle_agree(df, p):
    assert distributions.t_quantile(p, df) == pytest.approx(scipy.stats.t.ppf(p, df), rel=1e-7)


def test_without_a_degree_of_freedom_there_is_no_quantile():
    assert math.isnan(distributions.t_quantile(0.975, 0))
