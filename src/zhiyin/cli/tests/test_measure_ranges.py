"""Options that cannot be meant are refused with a sentence that says what could be."""

import pytest

from zhiyin.cli.tests.measuring import EXAMPLES, measure

__all__ = ["measure"]
SEX = "性别,年龄\n男,青\n女,青\n男,老\n女,老"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--margin", "5"], "--margin cannot be 5: a share lies between 0 and 1, and five points are 0.05"),
        (["--margin", "1"], "--margin cannot be 1"),
        (["--margin", "nan"], "--margin cannot be nan"),
        (["--margin", "0.3", "--sd", "-1"], "--sd cannot be -1: it must be above 0"),
        (["--margin", "0.05", "--p", "50"], "--p cannot be 50"),
        (["--margin", "0.05", "--response-rate", "30"], "--response-rate cannot be 30"),
        (["--margin", "0.05", "--deff", "-2"], "--deff cannot be -2"),
        (["--margin", "0.05", "--population", "-5"], "--population cannot be -5"),
        (["--n", "-4"], "--n cannot be -4"),
        (["--change", "80,85"], "--change cannot be 80"),
        (["--change", "0.8,0.9", "--power", "80"], "--power cannot be 80"),
    ],
)
def test_a_sample_of_senseless_figures_is_refused(measure, options, reason):
    assert reason in measure.refusal("sample", *options)


def test_the_margin_of_a_mean_may_be_more_than_a_point_and_that_of_a_share_may_not(measure):
    assert measure.json("sample", "--margin", "1.5", "--sd", "9")["size_for_mean"]["n"] > 1
    sheet = measure.sheet("满意度,推荐过\n8,1\n9,0\n7,1\n6,1")
    assert measure.json("sample", sheet, "--question", "满意度", "--margin", "1.5")["columns"][0]["needed"]
    assert "--margin cannot be 1.5" in measure.refusal("sample", sheet, "--margin", "1.5")


@pytest.mark.parametrize(
    ("command", "sheet", "reason"),
    [
        (["kano", "--tolerance", "5"], "kano-hotel", "--tolerance cannot be 5: it is a difference of shares"),
        (["kano", "--tolerance", "-0.1"], "kano-counts", "--tolerance cannot be -0.1"),
        (["pfi", "--concern", "-3"], "satisfaction", "--concern cannot be -3: it must be 0 or more"),
        (["pfi", "--concern", "30"], "satisfaction", "no gap on this scale is that wide"),
        (["tolerance", "--invalid", "libqual", "--limit", "-1"], "zones", "--limit cannot be -1"),
        (["indicators", "--unit", "0"], "indicators-counts", "--unit cannot be 0: it must be above 0"),
        (["indicators", "--return-within", "-9"], "indicators-customers", "--return-within cannot be -9"),
    ],
)
def test_figures_out_of_range_are_refused(measure, command, sheet, reason):
    assert reason in measure.refusal(command[0], EXAMPLES / f"{sheet}.csv", *command[1:])


@pytest.mark.parametrize(
    ("targets", "reason"),
    [
        (["性别:男=0.5,女=0.6"], "the shares of 性别 come to 1.1, not to 1 or 100 %."),
        (["性别:男=50%,女=60%"], "come to 1.1"),
        (["性别:男=0.5,女=0.5", "年龄:青=0.2,老=0.7"], "the shares of 年龄 come to 0.9"),
        (["性别:男=48,女=53", "年龄:青=50,老=50"], "性别 comes to 101 and 年龄 to 100"),
        (["性别:男=300,女=200", "年龄:青=300,老=300"], "性别 comes to 500 and 年龄 to 600"),
    ],
)
def test_shares_that_make_no_whole_are_refused_with_their_sum(measure, targets, reason):
    given = [word for target in targets for word in ("--target", target)]
    assert reason in measure.refusal("rake", measure.sheet(SEX), *given)


def test_counts_of_people_are_targets_too(measure):
    given = ("--target", "性别:男=300,女=200", "--target", "年龄:青=250,老=250")
    assert sum(measure.json("rake", measure.sheet(SEX), *given)["weights"]) == pytest.approx(500)


@pytest.mark.parametrize("trim", ["1.2,3", "0.3,0.9", "-1,2"])
def test_bounds_that_leave_out_the_mean_are_refused(measure, trim):
    said = measure.refusal("rake", measure.sheet(SEX), "--target", "性别:男=0.5,女=0.5", f"--trim={trim}")
    assert f"--trim cannot be {trim}" in said


AGREED = "一,二,三\n5,4,1\n4,4,2\n3,2,4\n2,3,5\n1,2,4"


def test_reversing_without_a_scale_takes_the_scale_that_the_answers_suggest_and_says_so(measure):
    sheet = measure.sheet(AGREED)
    named = measure.json("reliability", sheet, "--reverse", "三", "--scale", "1-5")
    assert measure.json("reliability", sheet, "--reverse", "三") == named
    said = measure.table("reliability", sheet, "--reverse", "三")
    assert "Reversed on the scale from 1 to 5, as the answers suggest" in said
    assert "Reversed on" not in measure.table("reliability", sheet, "--reverse", "三", "--scale", "1-5")
    seven = measure.sheet(AGREED + "\n6,7,1", name="seven.csv")
    assert "from 1 to 7" in measure.table("reliability", seven, "--reverse", "三")
    assert "from 1 to 10" in measure.table(
        "reliability", measure.sheet(AGREED + "\n9,8,2"), "--reverse", "三"
    )
