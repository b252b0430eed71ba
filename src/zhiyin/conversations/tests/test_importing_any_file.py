"""Generated files: what is good goes in as it is, what is not is told, and nothing breaks the load."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.conversations.models import Conversation, Message
from zhiyin.conversations.rules import Author
from zhiyin.conversations.tests.dialogues import as_bytes
from zhiyin.customers.rules import Channel

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(
    lambda text: any(character.isalnum() for character in text)
)
ratings = st.sampled_from([0, 1, 2, None])
turns = st.fixed_dictionaries(
    {"role": st.sampled_from(["customer", "agent"]), "text": texts}, optional={"satisfaction": ratings}
)
dialogues = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
            "channel": st.sampled_from([channel.value for channel in Channel]),
            "satisfaction": ratings,
            "messages": st.lists(turns, min_size=1, max_size=8),
        }
    ),
    max_size=12,
    unique_by=lambda row: row["id"],
)
junk = st.lists(
    st.binary(min_size=1, max_size=60).map(lambda line: b"?" + line.replace(b"\n", b"")), max_size=4
)
SLOWLY = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=25, **SLOWLY)
@given(rows=dialogues, bad=junk, at=st.randoms(use_true_random=False))
def test_whatever_good_rows_go_in_come_out_as_they_were_and_bad_ones_by_line(load, rows, bad, at):
    Message.objects.all().delete()
    Conversation.objects.all().delete()
    lines = [*map(as_bytes, rows), *bad]
    at.shuffle(lines)
    report = load(*lines)
    assert report.loaded == len(rows), report.errors
    wrong = [number for number, line in enumerate(lines, 1) if line.startswith(b"?")]
    assert [line for line, _reason in report.errors] == wrong
    again = load(*lines)
    assert (again.loaded, again.unchanged) == (0, len(rows)), again.errors
    for row in rows:
        kept = Message.objects.filter(conversation__external_id=row["id"]).order_by("position")
        said = [(message.author == Author.CUSTOMER, message.satisfaction) for message in kept]
        rated = [turn.get("satisfaction") for turn in row["messages"]]
        assert said == [
            (turn["role"] == "customer", "" if rating is None else str(rating))
            for turn, rating in zip(row["messages"], rated, strict=True)
        ]
        for message, turn in zip(kept, row["messages"], strict=True):
            assert [c for c in message.text if c.isalnum()] == [c for c in turn["text"] if c.isalnum()]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
almost = st.fixed_dictionaries(
    {},
    optional={
        "id": json_values,
        "channel": json_values,
        "satisfaction": json_values,
        "messages": json_values
        | st.lists(
            json_values
            | st.fixed_dictionaries(
                {}, optional={"role": json_values, "text": json_values, "satisfaction": json_values}
            ),
            max_size=3,
        ),
    },
)


@settings(max_examples=50, **SLOWLY)
@given(st.lists(almost | json_values, min_size=1, max_size=8))
def test_rows_of_any_shape_are_loaded_or_told_and_never_break_the_load(load, rows):
    report = load(*(json.dumps(row) for row in rows))
    assert report.loaded + report.unchanged + len(report.errors) == len(rows)
