"""Cases with a known end: the car and the ice cream, the lift in the rain, the bill after a move, and no cause."""

from pathlib import Path

import pytest

from zhiyin.libs import contrast

GOLDEN = Path(__file__).parent / "golden"


def result(name, outcome):
    sheet = contrast.read(GOLDEN / f"{name}.csv")
    return contrast.analyse(contrast.facts(sheet.cells, outcome=outcome, rows=sheet.rows))


def test_vanilla_and_a_short_stay_are_named_together_while_they_always_go_together():
    first = result("ice_cream", "发动不了").findings[0]
    assert first.status == "established"
    assert {*first.columns, *(other.column for other in first.alike)} == {"口味", "停留（分钟）"}
    assert first.alike[0].differ == 0
    assert (first.counts.failed, first.counts.rows) == (7, 8)
    assert (first.counts.other_failed, first.counts.other_rows) == (0, 9)


def test_the_verdict_does_not_pretend_to_know_which_of_the_two_it_is():
    said = result("ice_cream", "发动不了").verdict.say()
    assert said == (
        "Established, though these rows cannot tell which: it fails when 口味 is “香草”, or when 停留 is under 6分钟."
    )


def test_the_next_observation_is_vanilla_with_a_longer_stay_that_really_occurred():
    said = result("ice_cream", "发动不了").findings[0].alike[0].next.say()
    assert said == (
        "Observe once when 口味 is “香草” and 停留 is 6分钟 or more (such as 11分钟): "
        "if it fails, that speaks for “口味”; if not, for “停留”."
    )


def test_five_observations_later_the_stay_is_the_cause_and_vanilla_is_not():
    found = result("ice_cream_followed_up", "发动不了")
    assert found.findings[0].columns == ("停留（分钟）",)
    assert found.findings[0].sentence.say() == "Fails when 停留 is under 6分钟: 9 of 10, against 0 of 12."
    assert found.findings[0].alike == ()
    assert [finding.columns for finding in found.findings if finding.status == "established"] == [
        ("停留（分钟）",)
    ]


def test_the_lift_fails_on_rainy_evenings_and_neither_rain_nor_evening_says_it_as_well():
    found = result("lift", "结果")
    first = found.findings[0]
    assert set(first.columns) == {"下雨", "时间"}
    assert (
        first.sentence.say()
        == "Fails when “下雨” and 时间 is between 18:00 and 22:00: 9 of 9, against 0 of 39."
    )
    assert first.status == "established"
    assert {finding.columns for finding in found.findings[1:3]} == {("下雨",), ("时间",)}


def test_the_bill_is_wrong_for_two_tariffs_moved_within_the_month():
    first = result("bill", "账单").findings[0]
    assert set(first.columns) == {"电表", "过户日"}
    assert first.status == "established"
    assert (first.counts.failed, first.counts.rows, first.counts.other_failed) == (6, 6, 0)


def test_where_there_is_no_cause_none_is_named():
    found = result("no_cause", "结果")
    assert {finding.status for finding in found.findings} == {"open"}
    assert found.verdict.say().startswith(
        "Nothing here separates the failures from the rest better than chance does."
    )


@pytest.mark.parametrize(
    ("name", "outcome"), [("ice_cream", "发动不了"), ("lift", "结果"), ("bill", "账单"), ("no_cause", "结果")]
)
def test_correction_never_makes_a_probability_smaller(name, outcome):
    for finding in result(name, outcome).findings:
        assert finding.p_corrected >= finding.p_search - 0.01
