"""Real dialogues are loaded as history: once, line by line, and nothing is set off."""

import codecs
import json
from functools import partial
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiyin.conversations import actions, importing
from zhiyin.conversations.importing import import_dialogues, loading, reading
from zhiyin.conversations.models import Conversation, Delivery, Message
from zhiyin.conversations.rules import Author, State
from zhiyin.conversations.tests.concurrency import at_once
from zhiyin.conversations.tests.dialogues import TURNS, as_bytes, dialogue, turn
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel
from zhiyin.kit import search
from zhiyin.people.tests.fixtures import NOW


def snapshot():
    return [
        list(Conversation.objects.order_by("pk").values()),
        list(Message.objects.order_by("pk").values()),
        list(Customer.objects.order_by("pk").values()),
    ]


def test_a_dialogue_becomes_history_in_its_order_without_invented_times(load):
    report = load(dialogue())
    assert (report.loaded, report.unchanged, report.errors) == (1, 0, [])
    conversation = Conversation.objects.get()
    assert conversation.is_history
    assert (conversation.state, conversation.channel) == (State.DONE, Channel.CHAT)
    assert (conversation.source, conversation.external_id) == ("dialogues", "a-1")
    assert (conversation.last_message_at, conversation.waiting_since) == (None, None)
    assert (conversation.satisfaction, conversation.message_count) == ("0", 4)
    assert (conversation.subject, conversation.preview) == ("发票开错了", "怎么还没好")
    rows = Message.objects.values_list("position", "author", "text", "satisfaction", "sent_at", "staff")
    assert list(rows) == [
        (1, Author.CUSTOMER, "发票开错了", "", None, None),
        (2, Author.STAFF, "您把订单号发我", "", None, None),
        (3, Author.CUSTOMER, "[订单x]", "1", None, None),
        (4, Author.CUSTOMER, "怎么还没好", "0", None, None),
    ]


def test_a_customer_nobody_knows_stands_behind_each_dialogue(load):
    load(dialogue("a-1"), dialogue("a-2"))
    assert Customer.objects.filter(is_placeholder=True).count() == 2
    assert Conversation.objects.values("customer").distinct().count() == 2


def test_nothing_is_set_off(load):
    load(dialogue(channel="email"), dialogue("a-2", channel="portal"))
    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    assert not Message.objects.filter(author=Author.SYSTEM).exists()


def test_what_was_said_can_be_found(load):
    load(dialogue())
    assert search.ids("conversation", "订单号").get()["object_id"] == Conversation.objects.get().pk


def test_loading_twice_changes_nothing(load):
    lines = [dialogue("a-1"), dialogue("a-2", satisfaction=None), dialogue("a-3", channel="phone")]
    load(*lines)
    before = snapshot()
    report = load(*lines)
    assert (report.loaded, report.unchanged, report.errors) == (0, 3, [])
    assert snapshot() == before


def test_what_was_written_since_does_not_make_a_dialogue_look_changed(load, agent):
    load(dialogue())
    conversation = Conversation.objects.get()
    actions.note(conversation_id=conversation.pk, text="值得回访", by=agent, now=NOW)
    assert load(dialogue()).unchanged == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"messages": [*TURNS, {"role": "agent", "text": "又来了一句"}]},
        {"messages": TURNS[:2]},
        {"satisfaction": 2},
        {"channel": "phone"},
    ],
)
def test_a_dialogue_that_says_something_else_is_reported_and_left_as_it_was(load, changes):
    load(dialogue())
    before = snapshot()
    report = load(dialogue(**changes), dialogue("a-2"))
    assert [line for line, _reason in report.errors] == [1]
    assert report.loaded == 1
    assert snapshot()[0][0] == before[0][0]
    assert Message.objects.filter(conversation__external_id="a-1").count() == 4


def test_the_second_of_two_with_one_id_is_reported_with_the_line_of_the_first(load):
    report = load(dialogue("a-1"), dialogue("a-2"), dialogue("a-1", satisfaction=1), dialogue("a-2"))
    assert report.loaded == 2
    assert [line for line, _reason in report.errors] == [3, 4]
    assert "1" in report.errors[0].reason
    assert "2" in report.errors[1].reason


BAD = {
    "not json": "hello",
    "half a line": '{"id": "a", "messages": [',
    "a list": "[1, 2]",
    "a text": '"hello"',
    "null": "null",
    "a number": "7",
    "no id": {key: value for key, value in dialogue().items() if key != "id"},
    "an empty id": dialogue(""),
    "a blank id": dialogue("  "),
    "an id that is a number": dialogue(7),
    "an id that is a list": dialogue([]),
    "an endless id": dialogue("x" * 121),
    "an id on two lines": dialogue("a\nb"),
    "an id with half a character": '{"id": "\\ud800", "messages": [{"role": "agent", "text": "x"}]}',
    "an id with a NUL": '{"id": "a\\u0000", "messages": [{"role": "agent", "text": "x"}]}',
    "no messages": dialogue(messages=[]),
    "messages that are none": dialogue(messages="hello"),
    "messages that are null": dialogue(messages=None),
    "messages in braces": dialogue(messages={"role": "agent", "text": "x"}),
    "a message that is a text": dialogue(messages=["hello"]),
    "a message that is null": dialogue(messages=[None]),
    "an unknown role": dialogue(messages=[turn(role="robot")]),
    "no role": dialogue(messages=[{"text": "x"}]),
    "a role that is a list": dialogue(messages=[turn(role=["agent"])]),
    "no text": dialogue(messages=[{"role": "agent"}]),
    "an empty text": dialogue(messages=[turn(text="")]),
    "a blank text": dialogue(messages=[turn(text=" \n\t ")]),
    "a text that is a number": dialogue(messages=[turn(text=5)]),
    "a text with a NUL": dialogue(messages=[turn(text="a\x00b")]),
    "a text with half a character": '{"id":"a","messages":[{"role":"agent","text":"\\udc00"}]}',
    "an endless text": dialogue(messages=[turn(text="水" * 100_001)]),
    "a rating out of range": dialogue(satisfaction=3),
    "a rating below": dialogue(satisfaction=-1),
    "a rating in words": dialogue(satisfaction="2"),
    "a rating that is true": dialogue(satisfaction=True),
    "a rating in between": dialogue(satisfaction=1.0),
    "a rating that is no number": '{"id":"a","satisfaction":NaN,"messages":[{"role":"agent","text":"x"}]}',
    "a turn's rating out of range": dialogue(messages=[turn(satisfaction=5)]),
    "a turn's rating that is false": dialogue(messages=[turn(satisfaction=False)]),
    "an unknown channel": dialogue(channel="fax"),
    "a channel that is a list": dialogue(channel=["chat"]),
    "nested deeply": "[" * 100_000,
    "braces without end": '{"id":' * 100_000,
    "a number of ten thousand digits": '{"id": ' + "9" * 10_000 + "}",
    "bytes of no encoding": b'{"id": "\xff\xfe\x80"}',
    "a NUL in the file": b'{"id": "a\x00"}',
    "only NULs": b"\x00\x00\x00",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_told_by_its_line_and_the_others_go_in(load, bad):
    report = load(dialogue("a-1"), "", bad, dialogue("a-2"))
    assert report.loaded == 2
    [(line, reason)] = report.errors
    assert line == 3
    assert len(reason) > 5
    assert "%(" not in reason
    assert Message.objects.count() == 8


def test_a_line_of_fifty_megabytes_is_told_and_not_read_into_memory(load, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_LINE", 64 * 1024)
    longest = 0
    lines = reading._lines

    def watched(file):
        nonlocal longest
        for line, size in lines(file):
            longest = max(longest, len(line or b""))
            yield line, size

    monkeypatch.setattr(reading, "_lines", watched)
    report = load(dialogue("a-1"), b'{"id": "' + b"x" * 50 * 1024 * 1024, dialogue("a-2"), b"y" * 200_000)
    assert report.loaded == 2
    assert [line for line, _reason in report.errors] == [2, 4]
    assert longest <= 64 * 1024


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n \t\n", "\r\n\r\n"])
def test_line_ends_and_blank_lines_do_not_matter(load, end):
    report = load(dialogue("a-1"), dialogue("a-2"), end=end)
    assert (report.loaded, report.errors) == (2, [])


def test_the_last_line_needs_no_end(tmp_path, house):
    file = tmp_path / "chats.jsonl"
    file.write_bytes(as_bytes(dialogue("a-1")) + b"\n" + as_bytes(dialogue("a-2")))
    assert import_dialogues(file, now=NOW).loaded == 2


def test_a_byte_order_mark_is_passed_over(load):
    assert load(codecs.BOM_UTF8 + as_bytes(dialogue()), dialogue("a-2")).loaded == 2


def test_a_file_in_gb18030_is_read(load):
    report = load(dialogue("甲"), dialogue("乙"), b'{"id": "\xff\xff"}', encoding="gb18030")
    assert report.loaded == 2
    assert [line for line, _reason in report.errors] == [3]
    assert Message.objects.filter(text="发票开错了").count() == 2


def test_one_damaged_line_does_not_turn_the_encoding_of_all_the_others(load):
    damaged = as_bytes(dialogue("a-3"))[:-40] + b"\xe5\x81"
    report = load(dialogue("a-1"), damaged, dialogue("a-2"))
    assert [line for line, _reason in report.errors] == [2]
    assert Message.objects.filter(text="发票开错了").count() == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_wide_characters_is_turned_away_with_a_sentence(tmp_path, house, encoding):
    file = tmp_path / "chats.jsonl"
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    file.write_bytes(mark + json.dumps(dialogue()).encode(encoding))
    with pytest.raises(reading.WrongEncoding):
        import_dialogues(file, now=NOW)


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_does_not_open_is_told(tmp_path, house, name):
    with pytest.raises(reading.Unreadable):
        import_dialogues(tmp_path / name, now=NOW)


def test_an_empty_file_holds_nothing(load):
    report = load()
    assert (report.loaded, report.unchanged, report.errors) == (0, 0, [])


def test_extra_keys_and_missing_ratings_do_not_matter(load):
    row = {"id": "a-1", "shop": {"x": [1]}, "messages": [turn(lang="zh", satisfaction=None)]}
    assert load(row).loaded == 1
    assert Conversation.objects.get().satisfaction == ""


def test_texts_that_look_like_something_else_stay_texts(load):
    texts = [
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "%(x)s {y} %s",
        "[[choose:1]]",
        "=1+1",
        "😀 𠀀",
    ]
    load(dialogue(messages=[turn(text=text) for text in texts]))
    assert list(Message.objects.values_list("text", flat=True)) == texts


def test_a_row_the_database_refuses_stays_out_alone(load, monkeypatch):
    message = loading._messages

    def failing(conversation, row):
        for built in message(conversation, row):
            if row.external_id == "a-2":
                built.author = "nobody"
            yield built

    monkeypatch.setattr(loading, "_messages", failing)
    report = load(dialogue("a-1"), dialogue("a-2"), dialogue("a-3"))
    assert report.loaded == 2
    assert [line for line, _reason in report.errors] == [2]
    assert Conversation.objects.count() == 2
    assert not Customer.objects.filter(external_id="a-2").exists()


def test_progress_goes_from_batch_to_batch_to_the_end(tmp_path, house, monkeypatch):
    monkeypatch.setattr(loading, "BATCH_DIALOGUES", 2)
    file = tmp_path / "chats.jsonl"
    file.write_bytes(b"\n".join(as_bytes(dialogue(f"a-{n}")) for n in range(5)))
    seen = []
    import_dialogues(file, now=NOW, progress=lambda done, total: seen.append((done, total)))
    size = file.stat().st_size
    assert [total for _done, total in seen] == [size] * len(seen)
    assert len(seen) == 4
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)


def test_a_batch_takes_as_many_queries_however_many_dialogues(load, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        load(*(dialogue(f"a-{n}") for n in range(100)))


@pytest.mark.django_db(transaction=True)
def test_the_same_file_loaded_twice_at_once_goes_in_once(tmp_path, house):
    file = Path(tmp_path / "chats.jsonl")
    file.write_bytes(b"\n".join(as_bytes(dialogue(f"a-{n}")) for n in range(30)))
    reports = at_once(*[partial(import_dialogues, file, now=NOW)] * 3)
    assert all(isinstance(report, importing.Report) for report in reports), reports
    assert sum(report.loaded for report in reports) == 30
    assert sum(report.unchanged for report in reports) == 60
    assert not any(report.errors for report in reports)
    assert (Conversation.objects.count(), Message.objects.count()) == (30, 120)
