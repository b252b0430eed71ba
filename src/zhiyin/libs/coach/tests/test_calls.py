"""Reading timed transcripts, and what they measure."""

import pytest

from zhiyin.libs.coach import calls, measures
from zhiyin.libs.coach.readings import Role, Turn


def call(*said):
    """(role letter, start, end, text)"""
    sides = {"A": Role.AGENT, "C": Role.CUSTOMER}
    return calls.measure(
        [Turn(sides[who], text, start, end) for who, start, end, text in said], measures.shipped()
    )


def test_srt_vtt_and_json_of_one_call_give_the_same_turns():
    srt = "1\n00:00:00,500 --> 00:00:02,000\n客服小李：您好\n\n2\n00:00:02,400 --> 00:00:03,000\n客户：喂\n你好\n"
    vtt = (
        "WEBVTT\n\nNOTE x\n\n00:00.500 --> 00:02.000 align:start\n<v 客服小李>您好\n\n"
        "00:02.400 --> 00:03.000\n[客户] ：喂\n你好\n"
    )
    record = (
        '{"turns": [\n{"speaker": "客服小李", "start": 0.5, "end": "00:02", "text": "您好"},\n'
        '{"role": "客户", "start_ms": 2400, "end_ms": 3000, "content": "喂 你好"}]}'
    )
    wanted = (Turn(Role.AGENT, "您好", 0.5, 2.0), Turn(Role.CUSTOMER, "喂 你好", 2.4, 3.0))
    assert calls.load(srt, "srt") == calls.load(vtt, "vtt") == calls.load(record, "json") == wanted


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("客户服务专员", Role.AGENT),
        ("坐席01", Role.AGENT),
        ("客戶", Role.CUSTOMER),
        ("王先生（业主）", Role.CUSTOMER),
        ("Customer Support Agent", Role.AGENT),
        ("Caller 2", Role.CUSTOMER),
    ],
)
def test_labels_are_understood_by_their_last_word(label, role):
    text = f'[{{"speaker": "{label}", "start": 0, "end": 1, "text": "好"}}]'
    assert calls.load(text, "json")[0].role is role


@pytest.mark.parametrize("said", ["订单号：五五二", "您的收货地址：湖滨路8号", "运费原价：12元", "Order number: 5"])
def test_what_is_read_out_before_a_colon_is_no_speaker(said):
    srt = f"1\n00:00:00,500 --> 00:00:02,000\n客户：报一下\n\n2\n00:00:02,400 --> 00:00:03,000\n{said}\n"
    assert [(turn.role, turn.text) for turn in calls.load(srt, "srt")][1] == (Role.CUSTOMER, said)


@pytest.mark.parametrize(
    ("form", "text", "line", "reason"),
    [
        ("srt", "1\n00:00:00,500 --> soon\n客服：您好\n", 2, "no time"),
        ("srt", "1\n00:00:01,500 --> 00:00:02,000\n您好\n", 3, "nobody is named"),
        ("srt", "\n\n1\n客服：您好\n", 3, "not followed by a time"),
        ("srt", "1\n00:00:03,000 --> 00:00:02,000\n客服：您好\n", 2, "before it begins"),
        ("srt", "1\n00:00:01,000 --> 00:00:02,000\n客服：您好\n客户：你好\n", 4, "two speakers"),
        ("vtt", "00:01.000 --> 00:02.000\n客服：您好\n", 1, "WEBVTT"),
        (
            "json",
            '[\n{"speaker": "客服", "start": 0, "end": 1, "text": "好"},\n{"speaker": "客服", "text": "好"}\n]',
            3,
            "start",
        ),
        (
            "json",
            '{"turns": [\n\n{"speaker": "SPEAKER_00", "start": 0, "end": 1, "text": "好"}]}',
            3,
            "neither agent",
        ),
        ("json", '{"turns": [\n{"speaker": "客服", "start": 0,, }]}', 2, "no JSON"),
        ("json", '{"a": 1}', 1, "no list"),
        ("json", '[{"speaker": "客服", "start": -1, "end": 1, "text": "好"}]', 1, "no time"),
        ("json", '[{"speaker": "客服", "start": NaN, "end": 1, "text": "好"}]', 1, "no time"),
        ("json", "[]", 1, "nobody says"),
        ("srt", "  \n", 1, "empty"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(form, text, line, reason):
    with pytest.raises(calls.TranscriptError, match=reason) as told:
        calls.load(text, form)
    assert told.value.line == line


def test_unknown_speakers_can_be_named():
    text = '[{"speaker": "SPEAKER_00", "start": 0, "end": 1, "text": "您好"}]'
    assert calls.load(text, "json", names={"SPEAKER_00": Role.AGENT})[0].role is Role.AGENT


def test_figures_of_a_small_call_are_what_the_clock_says():
    figures = call(
        ("A", 1.0, 3.0, "您好，这里是城西水务"),
        ("C", 3.5, 9.5, "你好，我家的水表上个月开始就一直在转，没有人用水它也转，能不能来看一下"),
        ("A", 8.5, 12.5, "您说一下地址"),
        ("A", 20.5, 24.5, "好"),
    )
    assert figures.duration == 24.5
    assert figures.agent.speech == pytest.approx(10.0)
    assert figures.talk_share == pytest.approx(10 / 16)
    assert figures.overlap == pytest.approx(1.0)
    assert [(c.turn, c.over, c.seconds) for c in figures.interruptions] == [(2, 1, 1.0)]
    assert [(s.after, s.seconds) for s in figures.silences] == [(0, 0.5), (2, 8.0)]
    assert figures.responses == (0.0,)
    assert figures.greeting_at == 1.0
    assert figures.agent.pace is None  # too few characters to say
    assert figures.unit == "characters/min"


def test_a_listening_hum_is_no_interruption():
    figures = call(
        ("C", 0.0, 6.0, "我上个月就报修了，到现在没有人来"),
        ("A", 2.0, 2.6, "嗯嗯"),
        ("A", 6.2, 8.0, "非常抱歉"),
    )
    assert figures.interruptions == ()


def test_pace_counts_characters_in_chinese_and_words_in_english():
    chinese = call(("A", 0.0, 12.0, "您好" * 30), ("C", 12.0, 13.0, "嗯"))
    assert chinese.agent.pace == pytest.approx(300)
    english = call(("A", 0.0, 20.0, "please wait a moment " * 12))
    assert english.unit == "words/min"
    assert english.agent.pace == pytest.approx(144)


def test_a_houses_lines_lie_over_the_shipped_ones(tmp_path):
    own = tmp_path / "lines.toml"
    own.write_text("[lines.dead_air]\nat = 12\n", "utf-8")
    assert measures.read(own).line("dead_air") == 12
    assert measures.read(own).line("monologue") == measures.shipped().line("monologue")
    for wrong in (
        "[lines.dead_air]\nat = -1\n",
        "[lines.silence]\nat = 1\n",
        "[words]\nwaiting = 3\n",
        "x = [",
    ):
        own.write_text(wrong, "utf-8")
        with pytest.raises(measures.MeasuresError):
            measures.read(own)


def test_every_line_names_its_source():
    assert all(len(line.source) > 20 for line in measures.shipped().lines.values())


def test_the_list_of_utterances_is_the_one_at_the_top():
    spoken = '{"speaker": "客服", "start": 0, "end": 1, "text": "您好"}'
    said = f'{{"meta": {{"turns": []}}, "note": "\\"turns\\": [", "turns": [{spoken}]}}'
    assert calls.load(said, "json", names={}) == (Turn(Role.AGENT, "您好", 0.0, 1.0),)


@pytest.mark.parametrize(
    ("text", "start", "reason"),
    [("您好\\ud800", "0", "half a character"), ("您好", "9" * 5000, "too long")],
    ids=["half a character", "endless number"],
)
def test_json_that_is_no_text_or_no_number_is_told(text, start, reason):
    said = f'[{{"speaker": "客服", "start": {start}, "end": 1, "text": "{text}"}}]'
    with pytest.raises(calls.TranscriptError, match=reason):
        calls.load(said, "json", names={})
