"""Search against the plainest oracle there is: is the word part of the text?"""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.kit import search
from zhiyin.kit.models import SearchEntry
from zhiyin.libs import hanzi

pytestmark = pytest.mark.django_db

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.text(alphabet="水管漏漏水電梯电梯客服a1 26-，。", min_size=1, max_size=12)
ANYTHING = st.text(min_size=1, max_size=20)


def found(query, kind="case"):
    return set(search.ids(kind, query).values_list("object_id", flat=True))


def answers(query, texts):
    """The oracle: every word of the query is a substring of one of the texts, all in their searched form."""
    words = [hanzi.normalise(word) for word in hanzi.fold(query).split()]
    wanted = [word for word in words if word]
    if search.too_short(query):
        return False
    return bool(wanted) and all(any(word in hanzi.normalise(text) for text in texts) for word in wanted)


def fill(objects):
    SearchEntry.objects.all().delete()
    for pk, texts in enumerate(objects):
        search.index(kind="case", object_id=pk, texts=texts)


@QUICK
@given(st.lists(st.lists(WORDS, max_size=4), min_size=1, max_size=6), WORDS)
def test_exactly_the_objects_that_hold_every_word_are_found(objects, query):
    fill(objects)
    assert found(query) == {pk for pk, texts in enumerate(objects) if answers(query, texts)}


@QUICK
@given(ANYTHING, ANYTHING, st.data())
def test_every_part_of_two_characters_or_more_is_found_in_any_script(text, other, data):
    fill([[text], [other]])
    normalised = hanzi.normalise(text)
    start = data.draw(st.integers(0, len(normalised)))
    part = normalised[start : start + data.draw(st.integers(2, 8))]
    assert found(part) == {pk for pk, said in enumerate([text, other]) if answers(part, [said])}


@pytest.mark.parametrize(
    "query",
    [
        *("漏水", "電梯", "电梯", "漏水 电梯", "VIP客户", "王小", "wxm", "wang"),
        *("２６１１", "2611-0386", "0386", "5678", "138 1234 5678", "138-1234-5678", "+86 138 1234 5678"),
    ],
)
def test_what_people_type_finds_the_case(query):
    search.index(
        kind="case",
        object_id=7,
        texts=["2611-0386", "電梯停了", "天花板漏水，vip客戶", "+8613812345678"],
        names=["王小明"],
    )
    assert found(query) == {7}


@pytest.mark.parametrize("query", ["", " ", "水", "，。", "a", "- 1 -"])
def test_less_than_two_characters_are_too_short_and_find_nothing(query):
    search.index(kind="case", object_id=7, texts=["水 a 1"])
    assert search.too_short(query)
    assert found(query) == set()


def test_no_match_straddles_two_texts():
    search.index(kind="case", object_id=7, texts=["2611", "0386"])
    assert found("2611-0386") == set()
    assert found("2611 0386") == {7}


def test_kinds_are_apart():
    search.index(kind="case", object_id=7, texts=["漏水"])
    assert found("漏水", kind="customer") == set()


def test_indexing_again_replaces_and_removing_removes():
    search.index(kind="case", object_id=7, texts=["漏水", "电梯"])
    search.index(kind="case", object_id=7, texts=["停电"])
    assert (found("漏水"), found("电梯"), found("停电")) == (set(), set(), {7})
    search.remove("case", 7)
    assert found("停电") == set()


def test_adding_keeps_what_is_there():
    search.index(kind="case", object_id=7, texts=["漏水"])
    search.add(kind="case", object_id=7, texts=["停电"])
    assert found("漏水 停电") == {7}


def places():
    """Where each entry lies in the table: an entry that was written again lies elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM kit_searchentry ORDER BY chunk")
        return [place for (place,) in cursor.fetchall()]


def test_what_has_not_changed_is_not_written_again():
    search.index(kind="case", object_id=7, texts=["漏水", "电梯"])
    before = places()
    search.index(kind="case", object_id=7, texts=["漏水", "停电"])
    assert [old == new for old, new in zip(before, places(), strict=True)] == [True, False]


def test_a_long_text_is_found_to_its_end():
    text = "物业" * 9000 + "漏水"
    search.index(kind="case", object_id=7, texts=[text])
    assert found("业漏水") == {7}
    assert SearchEntry.objects.count() > 1


def test_a_rare_word_is_looked_up_in_the_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kit_searchentry (kind, object_id, chunk, terms) "
            "SELECT 'case', i, 0, (quote_literal('w' || i) || ':1')::tsvector "
            "FROM generate_series(1, 20000) i"
        )
        cursor.execute("ANALYZE kit_searchentry")
    search.index(kind="case", object_id=30_000, texts=["漏水"])
    plan = SearchEntry.objects.filter(pk__in=search.ids("case", "漏水")).explain()
    assert "searchentry_terms" in plan
