"""Either script, either width: one form to match, offsets untouched."""

from hypothesis import given
from hypothesis import strategies as st

from zhiyin.libs.coach import folding
from zhiyin.libs.coach.engine import Coach
from zhiyin.libs.coach.readings import Role, Turn


@given(st.text())
def test_folding_never_moves_a_character(text):
    assert len(folding.folded(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert folding.folded(folding.folded(text)) == folding.folded(text)


def test_every_character_that_changes_at_all_changes_for_good():
    once = {code: folding.folded(chr(code)) for code in folding._table()}
    assert [chr(code) for code, new in once.items() if folding.folded(new) != new] == []


def test_traditional_and_full_width_writing_fold_to_the_same():
    assert folding.folded("沒辦法，請您１２點前回覆ＯＫ") == "没办法，请您12点前回复ok"
    assert folding.is_traditional("沒辦法")
    assert not folding.is_traditional("没办法")


def test_half_a_character_is_read_as_no_word():
    assert folding.folded("\ud83d您\udcff") == "\ufffd您\ufffd"
    assert (
        Coach().agent("\ud83d好的，我明天给您回电", [Turn(Role.CUSTOMER, "\udcff多久")]).promises[0].due
        == "明天"
    )
