"""Who did not answer, and how response rates are named."""

import math

import numpy as np
import pytest
import scipy.stats

from zhiyin.libs.measure import errors, nonresponse

RESPONDED = np.array([True] * 60 + [False] * 40)
KNOWN = {
    "region": ["north"] * 40 + ["south"] * 20 + ["north"] * 15 + ["south"] * 25,
    "spend": np.concatenate([np.linspace(1, 9, 60), np.linspace(2, 6, 40)]),
    "kind": ["private"] * 100,
}


def test_a_known_category_is_compared_by_chi_squared_and_standardised_differences():
    region = nonresponse.compare(KNOWN, RESPONDED)[0]
    expected = scipy.stats.chi2_contingency([[40, 20], [15, 25]], correction=False)
    assert (region.statistic, region.df, region.p) == pytest.approx(
        (expected.statistic, expected.dof, expected.pvalue)
    )
    p, q = 40 / 60, 15 / 40
    assert region.categories[0].category == "north"
    assert region.categories[0].standardised == pytest.approx(
        (p - q) / math.sqrt((p * (1 - p) + q * (1 - q)) / 2)
    )
    assert region.effect == pytest.approx(math.sqrt(expected.statistic / 100))
    assert region.notable


def test_a_known_number_is_compared_by_welchs_t():
    spend = nonresponse.compare(KNOWN, RESPONDED)[1]
    one, other = KNOWN["spend"][:60], KNOWN["spend"][60:]
    expected = scipy.stats.ttest_ind(one, other, equal_var=False)
    assert (spend.statistic, spend.df, spend.p) == pytest.approx(
        (expected.statistic, expected.df, expected.pvalue)
    )
    assert spend.standardised == pytest.approx(
        (one.mean() - other.mean()) / math.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2)
    )
    assert spend.kind == "number"


def test_what_is_the_same_for_all_cannot_differ_and_does_not_count_as_a_test():
    region, spend, kind = nonresponse.compare(KNOWN, RESPONDED)
    assert math.isnan(kind.p)
    assert kind.standardised == 0
    assert not kind.notable
    assert region.p_holm == pytest.approx(min(1, 2 * region.p))
    assert spend.p_holm >= spend.p


def test_missing_values_are_counted_and_left_out():
    region = [*KNOWN["region"][:-2], None, math.nan]
    spend = KNOWN["spend"].copy()
    spend[:3] = np.nan
    found = nonresponse.compare({"region": region, "spend": spend}, RESPONDED)
    assert [each.missing for each in found] == [2, 3]


def test_a_rough_p_says_so():
    (found,) = nonresponse.compare({"a": ["x", "x", "y", "x", "y", "y"]}, [1, 1, 1, 0, 0, 0])
    assert found.sparse


def test_without_anybody_on_one_side_there_is_nothing_to_compare():
    with pytest.raises(errors.TooFew, match="region"):
        nonresponse.compare({"region": KNOWN["region"]}, np.ones(100))
    with pytest.raises(errors.TooFew, match="spend"):
        nonresponse.compare({"spend": KNOWN["spend"]}, np.ones(100))
    with pytest.raises(errors.ShapeMismatch):
        nonresponse.compare({"region": ["north"]}, RESPONDED)


def test_response_rates_are_aapors():
    found = nonresponse.Dispositions(300, 50, 200, 100, 20, 250, 80, eligibility=0.4)
    rates = nonresponse.response_rates(found)
    values = [getattr(rates, f"rr{at}").value for at in range(1, 7)]
    assert values == pytest.approx([300 / 1000, 0.35, 300 / 802, 350 / 802, 300 / 670, 350 / 670])
    assert (rates.coop1.value, rates.coop2.value) == pytest.approx((300 / 570, 350 / 570))
    assert (rates.ref1.value, rates.con1.value) == pytest.approx((0.2, 0.57))
    assert rates.rr1.low < 0.3 < rates.rr1.high


def test_impossible_dispositions_are_refused():
    with pytest.raises(errors.BadCount):
        nonresponse.Dispositions(-1)
    with pytest.raises(errors.BadOption):
        nonresponse.Dispositions(1, eligibility=2)
    with pytest.raises(errors.BadCount):
        nonresponse.response_rates(nonresponse.Dispositions(0))


def test_whole_numbers_are_codes_unless_called_numbers():
    age = np.round(KNOWN["spend"] * 10).astype(int)
    assert nonresponse.compare({"age": age}, RESPONDED)[0].kind == "category"
    (found,) = nonresponse.compare({"age": list(age)}, RESPONDED, numbers=["age"])
    assert found.kind == "number"
    assert found.means is not None
    assert nonresponse.compare({"spend": [*KNOWN["spend"][:-1], None]}, RESPONDED)[0].kind == "number"
