"""`zhiyin coach …` as a person runs it."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from zhiyin.libs.coach import calls

EXAMPLES = Path(calls.__file__).parents[1] / "examples" / "calls"
EXPECTED = tomllib.loads((EXAMPLES / "expected.toml").read_text("utf-8"))
KEYS = [
    "id", "flags", "positives", "severity", "question", "promises", "emotion", "intensity", "urgency", "danger",
    "leave_intent", "escalate", "clamour", "satisfaction", "findings",
]  # fmt: skip
TURNS = [
    {"id": "a", "role": "agent", "context": ["客户:能帮我改一下地址吗？"], "text": "改不了，你自己找快递"},
    {"id": 2, "role": "customer", "context": ["客服:您好"], "text": "怎么还没到？"},
    {"id": "c", "role": "agent", "text": "我周五前给您回电"},
]


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture
def coach(zhiyin):
    return lambda *arguments, **more: zhiyin("coach", *arguments, **more)


@pytest.fixture
def piped(environ):
    def run(said, *arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "zhiyin", "coach", *arguments],
            input=said, env=environ | more, capture_output=True, timeout=120, check=False,
        )  # fmt: skip

    return run


def test_every_turn_gets_a_line_with_every_key_in_order(coach, tmp_path):
    file = tmp_path / "turns.jsonl"
    file.write_text(lines(TURNS), "utf-8")
    done = coach("turns", str(file))
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in read] == ["a", 2, "c"]
    assert all(list(record) == KEYS for record in read)
    refused, asked, promised = read
    assert "neg_cannot" in refused["flags"]
    assert refused["emotion"] == "calm"
    for finding in refused["findings"]:
        assert TURNS[0]["text"][finding["start"] : finding["end"]]
        assert finding["why"]
        assert finding["suggestion"]
    assert (asked["flags"], asked["promises"], asked["findings"], asked["severity"]) == ([], [], [], 0)
    assert asked["question"] == "open"
    (promise,) = promised["promises"]
    assert (promise["kind"], promise["owner"], promise["due"]) == ("hard", "self", "周五前")
    assert TURNS[2]["text"][promise["start"] : promise["end"]] == promise["text"]


def test_due_times_are_reckoned_from_the_moment_and_the_calendar_given(coach, tmp_path):
    file = tmp_path / "turns.jsonl"
    file.write_text(lines(TURNS[2:]), "utf-8")
    done = coach("turns", str(file), "--now", "2026-11-24T10:00", "--calendar", "mon-fri 09:00-17:30")
    assert json.loads(done.stdout)["promises"][0]["due_at"] == "2026-11-27T17:30:00+08:00"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--now", "tomorrow"], "tomorrow"),
        (["--calendar", "sometimes"], "sometimes"),
        (["--pack", "none.toml"], "none"),
    ],
)
def test_options_that_cannot_be_used_are_told(coach, tmp_path, arguments, said):
    file = tmp_path / "turns.jsonl"
    file.write_text(lines(TURNS), "utf-8")
    done = coach("turns", str(file), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_bad_line_is_named_with_its_reason_and_nothing_is_printed(piped):
    bad = [
        b'{"id": 1, "role": "agent", "text": "\xe6\x82\xa8\xe5\xa5\xbd"}',
        b"",
        b"nonsense",
        b'{"id": 2, "role": "robot", "text": ""}',
        b'{"id": 3, "role": "agent"}',
        b'{"id": 4, "role": "agent", "text": "\\ud800"}',
        b"\xff\xfe",
        b'{"id": 5, "role": "agent", "text": "", "context": ["\xe6\x82\xa8\xe5\xa5\xbd"]}',
        b"[" * 100_000,
    ]
    done = piped(b"\n".join(bad), "turns", "-")
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert [line.split(":")[0] for line in told.splitlines()] == [f"Line {number}" for number in range(3, 10)]
    assert "Traceback" not in told


def test_standard_input_byte_order_marks_and_windows_lines_are_taken(piped):
    done = piped(b"\xef\xbb\xbf" + lines(TURNS).replace("\n", "\r\n").encode(), "turns", "-")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3


def test_a_latin_terminal_gets_the_same_bytes(piped):
    said = lines(TURNS).encode()
    assert piped(said, "turns", "-", PYTHONIOENCODING="latin-1").stdout == piped(said, "turns", "-").stdout


def test_a_chinese_report_is_chinese_and_says_each_rewriting_once(piped):
    said = "跟我们没关系，你找安装公司，我登记一下".encode()
    report = piped(said, "text", "-", "--after", "客户:地板泡了", LANGUAGE="zh_CN").stdout.decode()
    assert "没说时间" in report
    assert "与第" in report
    better = [line for line in report.splitlines() if "改成：" in line and "与第" not in line]
    assert len(better) == len(set(better))


def test_an_empty_reply_is_not_called_good(piped):
    done = piped(b"\n", "text", "-", LANGUAGE="zh_CN")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "一个字也没有" in done.stderr.decode()


def test_one_reply_is_reported_readably_in_the_terminals_language(piped):
    said = "改不了，你自己找快递".encode()
    english = piped(said, "text", "-", "--after", "客户:能改地址吗").stdout.decode()
    assert "Refusal · neg_cannot" in english
    assert "▸" in english
    assert "Better: " in english
    chinese = piped(said, "text", "-", "--after", "客户:能改地址吗", LANGUAGE="zh_CN").stdout.decode()
    assert "拒绝" in chinese
    assert "What is wrong" not in chinese
    assert "應當改寫" in piped(said, "text", "-", LANGUAGE="zh_TW").stdout.decode()


def test_a_reply_in_order_is_told_so(piped):
    assert "Nothing to change." in piped("您好，请问有什么可以帮您？".encode(), "text", "-").stdout.decode()


def test_a_house_forbids_its_own_phrases_without_code(piped, tmp_path):
    pack = tmp_path / "house.toml"
    pack.write_text(
        '[pack]\nlanguage = "zh"\nsource = "house"\n'
        '[[forbidden]]\nid = "no_dear"\nany = ["亲亲"]\nsuggest = "您好"\nfires = ["亲亲在的"]\n',
        "utf-8",
    )
    said = piped("亲亲，在的呢".encode(), "text", "-", "--pack", str(pack)).stdout.decode()
    assert "house.no_dear" in said
    pack.write_text("[pack]\nlanguage = 3\n", "utf-8")
    done = piped("您好".encode(), "text", "-", "--pack", str(pack))
    assert (done.returncode, done.stdout) == (2, b"")
    assert "house.toml" in done.stderr.decode()


def test_a_turn_before_without_its_speaker_is_refused(piped):
    done = piped("您好".encode(), "text", "-", "--after", "能改地址吗")
    assert done.returncode == 2
    assert "能改地址吗" in done.stderr.decode()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_example_call_shows_what_it_is_an_example_of(coach, name):
    done = coach("call", str(EXAMPLES / name), "--json")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    found = {finding["rule"] for finding in read["findings"]}
    assert set(EXPECTED[name]) <= found
    if not EXPECTED[name]:
        assert (read["findings"], read["turn_findings"]) == ([], [])
        assert read["service"]["type"] == "quality"


def test_a_call_is_reported_with_figures_steps_and_service(coach):
    said = coach("call", str(EXAMPLES / "03-interrupts.srt")).stdout
    assert "Talks over the other" in said
    assert "Interrupting · interrupts" in said
    assert "procedure" in said


def test_a_transcript_that_cannot_be_read_is_told_with_its_line(coach, tmp_path):
    file = tmp_path / "call.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\nSPEAKER_1: 您好\n", "utf-8")
    done = coach("call", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Line 2" in done.stderr
    assert coach("call", str(file), "--agent", "SPEAKER_1").returncode == 0
    assert coach("call", str(tmp_path / "call.mp3")).returncode == 2


def test_help_answers_without_loading_the_engine(environ):
    program = (
        "import sys; sys.argv = ['zhiyin', 'coach', 'turns', '--help']\n"
        "from zhiyin.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('django', 'numpy', 'zhiyin.libs.coach.engine')))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, check=False)
    assert done.returncode == 0


def spent():
    """Seconds of a processor that commands have used so far: how long they take says how busy the machine is."""
    used = os.times()
    return used.children_user + used.children_system


def test_one_reply_is_read_within_half_a_second(piped):
    piped("您好".encode(), "text", "-")  # compiles
    took = []
    for _ in range(5):
        begun = spent()
        piped("改不了".encode(), "text", "-")
        took.append(spent() - begun)
    # The line is half a second of an idle machine; a busy one is slower even by its own clock.
    assert min(took) < 0.75


@pytest.mark.parametrize("command", ["turns", "call", "text", "train", "evaluate"])
def test_help_of_every_command_shows_an_example(coach, command):
    said = coach(command, "--help", COLUMNS="200")
    assert said.returncode == 0
    assert f"Example: zhiyin coach {command}" in said.stdout
