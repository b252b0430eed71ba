"""Tables as they come: empty, one-sided, tiny, wide, full of gaps, in any script."""

import datetime as dt
import time

import numpy as np
import pytest

from zhiyin.libs import contrast
from zhiyin.libs.contrast import errors


def result(cells, **more):
    return contrast.analyse(contrast.facts(cells, outcome="y", **more))


def test_where_all_failed_it_says_what_is_missing():
    found = result({"雨": ["是", "否", "是"], "y": [1, 1, 1]})
    assert found.findings == ()
    assert found.verdict.say().startswith("All 3 observations failed: there is nothing to compare with.")


def test_where_none_failed_there_is_nothing_to_explain():
    assert result({"雨": ["是", "否"], "y": ["正常", "正常"]}).verdict.say().startswith("None of the 2")


@pytest.mark.parametrize("rows", [2, 3])
def test_two_or_three_rows_raise_a_suspicion_at_most_and_say_how_many_it_takes(rows):
    found = result({"停留": [3, 9, 12][:rows], "雨": ["是", "否", "否"][:rows], "y": [1, 0, 0][:rows]})
    assert {finding.status for finding in found.findings} <= {"suspected", "open"}
    assert "nothing can be established here" in found.verdict.say()
    assert found.findings[0].outlook.more >= 4


def test_one_row_has_nothing_to_compare_with():
    assert result({"停留": [3], "y": [1]}).findings == ()


def test_a_suspicion_comes_with_the_number_of_observations_that_would_settle_it():
    found = result({"停留": [3, 4, 5, 9, 11, 12], "y": [1, 1, 1, 0, 0, 0]})
    first = found.findings[0]
    assert first.status == "suspected"
    assert first.outlook.power >= 0.8
    assert "7 or more" in first.outlook.sentence.say()
    assert f"{first.outlook.more} more observations" in first.outlook.sentence.say()


def test_columns_that_cannot_say_anything_are_named_with_the_reason():
    cells = {
        "楼": ["3"] * 10,
        "备注": [f"说明{at}" for at in range(10)],
        "空": [""] * 10,
        "雨": ["是", "否"] * 5,
        "y": [1, 0] * 5,
    }
    assert {each.column: each.reason.say() for each in result(cells).unused} == {
        "楼": "it is the same in every row",
        "备注": "its values are too different to form groups",
        "空": "it is empty in every row",
    }


def test_rows_with_an_empty_cell_stand_aside_for_that_column_only():
    found = result(
        {
            "停留": [3, None, 4, 5, 9, 11, "", 12, 13, 14],
            "雨": ["是", "否"] * 5,
            "y": [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        }
    )
    stay = next(each for each in found.findings if each.columns == ("停留",))
    assert stay.missing == 2
    assert (stay.counts.failed, stay.counts.rows, stay.counts.other_rows) == (3, 3, 5)


def test_rows_without_an_outcome_are_left_out_and_named():
    found = result({"停留": [3, 4, 9, 12], "y": [1, "", 0, None]})
    assert found.rows == 2
    assert "Rows without an outcome were left out: 2, 4." in [note.say() for note in found.notes]


def test_times_are_read_as_people_write_them():
    when = ["2026年3月2日 18:30", "2026/3/3 7:05", "2026-03-04T19:00", "2026-03-05 08:10:00+08:00"]
    column = contrast.facts({"时间": when, "y": [1, 0, 1, 0]}, outcome="y").columns[0]
    assert column.kind == "time"
    assert column.values[0].day == dt.date(2026, 3, 2)
    assert [value.minute for value in column.values] == [1110, 425, 1140, 490]


def test_a_fault_after_midnight_is_one_window_with_the_evening_before():
    hours = [
        "22:30",
        "23:10",
        "23:50",
        "00:20",
        "01:05",
        "8:00",
        "9:30",
        "11:00",
        "13:00",
        "15:30",
        "17:00",
        "19:00",
    ]
    first = result({"几点": hours, "y": [1] * 5 + [0] * 7}).findings[0]
    assert first.sentence.say() == "Fails when 几点 is between 22:00 and 02:00: 5 of 5, against 0 of 7."


def test_a_fault_on_weekends_is_found_as_such():
    days = [dt.date(2026, 3, 2) + dt.timedelta(days=at) for at in range(28)]
    first = result({"日期": days, "y": [day.weekday() >= 5 for day in days]}).findings[0]
    assert first.condition.say() == "日期 is on a Saturday or Sunday"
    assert first.aspect == "weekday"


def test_a_fault_since_a_date_is_found_as_such():
    days = [dt.date(2026, 3, 2) + dt.timedelta(days=at) for at in range(20)]
    first = result({"日期": days, "y": [day >= dt.date(2026, 3, 12) for day in days]}).findings[0]
    assert first.condition.say() == "日期 is 2026-03-12 or later"


def test_numbers_with_units_full_width_digits_and_separators_are_numbers():
    column = contrast.facts(
        {"停留": ["６ 分钟", "1,200分钟", "7.5 分钟"], "y": [1, 0, 1]}, outcome="y"
    ).columns[0]
    assert (column.kind, column.values, column.unit) == ("number", (6.0, 1200.0, 7.5), "分钟")


def test_a_kind_that_is_given_counts():
    cells = {"线路": [1, 2, 3, 2, 2, 1, 3, 2, 1, 3], "y": [0, 1, 0, 1, 1, 0, 0, 1, 0, 0]}
    found = result(cells, kinds_given={"线路": "category"})
    assert found.findings[0].condition.say() == "线路 is “2”"


@pytest.mark.parametrize(
    ("cells", "more", "error", "part"),
    [
        ({"y": [1, 0]}, {}, errors.NoConditions, "no column to look at"),
        ({"a": [], "y": []}, {}, errors.NoFacts, "not one observation"),
        ({"a": [1, 2], "y": ["", ""]}, {}, errors.NoFacts, "not one observation"),
        ({"a": [1, 2], "y": ["甲", "乙"]}, {}, errors.UnclearOutcome, "which value means failed? There are: 甲, 乙"),
        ({"a": [1, 2], "y": ["甲", "乙"]}, {"failed": "丙"}, errors.UnknownFailure, "“丙” does not occur"),
        ({"a": [1, 2, 3, 4, 5, "x7"], "y": [0, 1] * 3}, {}, errors.OddCell, "Row 6, column a: “x7” cannot be read as"),
        ({"a": [1, "x"], "y": [0, 1]}, {"kinds_given": {"a": "number"}}, errors.WrongCell, "Row 2, column a"),
        ({"a": [1, 2], "y": [0, 1]}, {"kinds_given": {"a": "colour"}}, errors.UnknownKind, "“colour” is none of"),
        ({"a": [1, 2], "y": [0, 1]}, {"kinds_given": {"b": "number"}}, errors.UnknownColumn, "no column “b”"),
        ({"a": ["3分", "4秒", "5分", "5分", "6分", "7分"], "y": [0, 1] * 3}, {}, errors.OddCell, "“4秒”"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_with_its_place(cells, more, error, part):
    with pytest.raises(error) as caught:
        result(cells, **more)
    assert part in str(caught.value)


def test_too_few_draws_and_silly_levels_are_refused():
    table = contrast.facts({"a": [1, 2], "y": [0, 1]}, outcome="y")
    for setting in ({"draws": 10}, {"level": 1.0}, {"level": 0.2}):
        with pytest.raises(errors.BadSetting):
            contrast.analyse(table, **setting)


def test_a_table_too_large_for_facts_is_refused():
    with pytest.raises(errors.TooLarge, match="at most 20000 rows"):
        contrast.facts({"a": [1] * 20_001, "y": [0, 1] * 10_000 + [1]}, outcome="y")


def test_names_in_any_script_and_with_percent_signs_come_through():
    found = result(
        {"占比%": [1, 2, 3, 9, 9.5, 11, 12, 13], "😀 ναι": list("aabbabab"), "y": [1] * 3 + [0] * 5}
    )
    assert found.findings[0].sentence.say().startswith("Fails when 占比% is under 6: 3 of 3")


@pytest.mark.parametrize(("rows", "columns", "seconds"), [(20, 12, 0.3), (2000, 30, 3.0)])
def test_an_answer_comes_while_one_waits(rows, columns, seconds):
    rng = np.random.default_rng(1)
    cells = {
        f"列{at}": rng.normal(size=rows).tolist() if at % 3 else rng.choice(list("abcd"), rows).tolist()
        for at in range(columns)
    }
    table = contrast.facts({**cells, "y": (rng.random(rows) < 0.4).tolist()}, outcome="y")
    begun = time.process_time()
    contrast.analyse(table)
    assert time.process_time() - begun < 2 * seconds  # this process's own time, twice over for a slow machine


def test_hundreds_of_columns_are_looked_at_one_by_one_and_that_is_said():
    rng = np.random.default_rng(2)
    cells = {f"c{at}": rng.normal(size=12).tolist() for at in range(120)}
    found = contrast.analyse(contrast.facts({**cells, "y": [1, 0] * 6}, outcome="y"), draws=99)
    assert len(found.findings) <= 120
    assert any("too many columns" in note.say() for note in found.notes)
