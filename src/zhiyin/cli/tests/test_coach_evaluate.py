"""`zhiyin coach evaluate`: agreement with careful readers, as a person measures it."""

import json
import subprocess
import sys

import pytest

TURNS = [
    {"id": "a", "role": "agent", "context": ["客户:能帮我改一下地址吗？"], "text": "改不了，你自己找快递"},
    {"id": 2, "role": "customer", "context": ["客服:您好"], "text": "怎么还没到？"},
    {"id": "c", "role": "agent", "text": "我周五前给您回电"},
]
CALM = dict.fromkeys(("intensity", "urgency", "danger", "leave_intent", "escalate", "clamour"), 0)
CALM |= {"emotion": "calm", "satisfaction": "neu"}
IN_ORDER = {"flags": [], "severity": 0, "positives": [], "question": "none", "promises": []}
DIALOGUES = [
    {
        "id": "shop",
        "satisfaction": 0,
        "messages": [
            {"role": "customer", "text": "能帮我改一下地址吗？", "satisfaction": 1},
            {"role": "agent", "text": "改不了"},
            {"role": "customer", "text": "什么破服务，气死我了！", "satisfaction": 0},
            {"role": "agent", "text": "实在抱歉，我周五前给您回电"},
            {"role": "customer", "text": "谢谢，太好了", "satisfaction": 2},
        ],
    }
]
LABELS = [
    {"id": "shop#1", "part": "tune", **IN_ORDER, "flags": ["neg_cannot", "missing_solution", "curt"], "severity": 2},
    {"id": "shop#3", "part": "check", **IN_ORDER, "positives": ["apology", "own_I"],
     "promises": [{"start": 5, "end": 13, "kind": "hard", "owner": "self"}]},
    {"id": "shop#2", "part": "check", **CALM, "emotion": "anger", "intensity": 2, "satisfaction": "neg"},
]  # fmt: skip


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture
def coach(zhiyin):
    return lambda *arguments, **more: zhiyin("coach", *arguments, **more)


@pytest.fixture
def written(tmp_path):
    def write(name, records):
        file = tmp_path / name
        file.write_text(lines(records), "utf-8")
        return str(file)

    return write


@pytest.fixture
def files(written):
    return written("dialogues.jsonl", DIALOGUES), written("labels.jsonl", LABELS)


def figures(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_labels_of_whole_dialogues_are_looked_up_by_dialogue_and_number(coach, files):
    read = figures(coach("evaluate", *files, "--json"))
    assert read["agent"]["turns"] == 2
    assert read["agent"]["rules"]["neg_cannot"]["both"] == 1
    assert read["customer"]["emotions"]["anger"]["recall"] == 1
    assert read["dialogues"]["auc"] == 1
    assert (read["dialogues"]["positive"], read["dialogues"]["negative"]) == (1, 2)


def test_a_reader_saw_the_messages_before(coach, written):
    said = [{"role": "customer", "text": "能退吗？"}, {"role": "agent", "text": "可以的，七天内都能退"}]
    said += [
        {"role": "customer", "text": "好的谢谢"},
        {"role": "agent", "text": "不客气，还有别的可以帮您吗？"},
    ]
    label = {"id": "one#3", **IN_ORDER, "positives": ["confirm_other"], "question": "closed"}
    names = {"customer": "客户", "agent": "客服"}
    context = [f"{names[one['role']]}:{one['text']}" for one in said[:3]]
    turns = [{"id": "one#3", "role": "agent", "text": said[3]["text"], "context": context}]
    labels = written("labels.jsonl", [label])
    whole = figures(
        coach("evaluate", written("whole.jsonl", [{"id": "one", "messages": said}]), labels, "--json")
    )
    single = figures(coach("evaluate", written("turns.jsonl", turns), labels, "--json"))
    assert whole["agent"] == single["agent"]


def test_only_the_part_asked_for_is_measured(coach, files):
    read = figures(coach("evaluate", *files, "--part", "check", "--json"))
    assert (read["part"], read["agent"]["turns"], read["customer"]["turns"]) == ("check", 1, 1)
    done = coach("evaluate", *files, "--part", "held")
    assert (done.returncode, done.stdout) == (2, "")
    assert "check, tune" in done.stderr


def test_a_promise_given_by_its_place_is_found_word_for_word(coach, files):
    read = figures(coach("evaluate", *files, "--part", "check", "--json"))["agent"]["whole"]
    assert read["promises, exact"]["f1"] == 1
    assert read["turns with a hard promise"]["f1"] == 1


def test_several_label_files_are_taken_together(coach, written):
    agents, customers = written("agents.jsonl", LABELS[:2]), written("customers.jsonl", LABELS[2:])
    done = coach("evaluate", written("dialogues.jsonl", DIALOGUES), agents, customers)
    assert done.returncode == 0, done.stderr
    for said in (
        "Agents' turns: 2",
        "Customers' turns: 1",
        "neg_cannot",
        "? none",
        "all findings",
        "AUC 1.000",
    ):
        assert said in done.stdout


def test_labels_of_messages_that_are_not_there_are_left_out_aloud(coach, written):
    labels = written("labels.jsonl", [*LABELS, LABELS[0] | {"id": "shop#9"}, LABELS[0] | {"id": "other#1"}])
    done = coach("evaluate", written("dialogues.jsonl", DIALOGUES), labels)
    assert done.returncode == 0
    assert "2 labels belong to no message" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (LABELS[2] | {"id": "shop#1"}, "shop#1: lacks flags"),
        (
            LABELS[1] | {"promises": [{"start": 5, "end": 99, "kind": "hard", "owner": "self"}]},
            "within the turn",
        ),
        (LABELS[1] | {"promises": ["周五前"]}, "a promise needs"),
        (LABELS[2] | {"emotion": "joy"}, "lacks emotion"),
        (LABELS[1] | {"flags": "curt"}, "lacks flags"),
        (LABELS[0] | {"severity": 7}, "lacks severity"),
    ],
)
def test_a_label_that_cannot_be_compared_is_told(coach, written, wrong, said):
    done = coach("evaluate", written("dialogues.jsonl", DIALOGUES), written("labels.jsonl", [wrong]))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_line_that_cannot_be_used_is_told_with_its_file(coach, written, files):
    twice = written("twice.jsonl", [LABELS[0], LABELS[0]])
    assert "twice.jsonl, line 2: shop#1 is labelled twice" in coach("evaluate", files[0], twice).stderr
    broken = written("broken.jsonl", [*DIALOGUES, {"id": "b", "messages": [{"role": [], "text": "您好"}]}])
    done = coach("evaluate", broken, files[1])
    assert (done.returncode, done.stdout) == (2, "")
    assert "broken.jsonl, line 2: messages must be" in done.stderr


def test_dialogues_may_come_by_standard_input(environ, files):
    done = subprocess.run(
        [sys.executable, "-m", "zhiyin", "coach", "evaluate", "-", files[1], "--json"],
        input=lines(DIALOGUES).encode(), env=environ, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["dialogues"]["auc"] == 1


def test_two_readers_are_compared_without_any_text(coach, written):
    second = [
        LABELS[0] | {"flags": ["neg_cannot"], "severity": 1},
        LABELS[1] | {"promises": [{"start": 6, "end": 13, "kind": "hard", "owner": "self"}]},
    ]
    first, other = written("first.jsonl", LABELS), written("second.jsonl", second)
    read = figures(coach("evaluate", first, other, "--readers", "--json"))
    assert list(read) == ["agent"]
    whole = read["agent"]["whole"]
    assert (whole["findings"]["both"], whole["findings"]["missed"]) == (1, 2)
    assert (whole["promises, exact"]["both"], whole["promises, partial"]["both"]) == (0, 1)
    assert "severity ≥ 2, findings" not in whole
    one = figures(coach("evaluate", first, other, "--readers", "--part", "tune", "--json"))
    assert one["agent"]["turns"] == 1
    told = coach("evaluate", first, other, "--readers")
    assert "second reader" in told.stdout
    assert coach("evaluate", first, "--readers").returncode == 2


def test_agreement_is_printed_as_a_table_and_as_json(coach, tmp_path):
    turns, labels = tmp_path / "turns.jsonl", tmp_path / "labels.jsonl"
    turns.write_text(lines(TURNS), "utf-8")
    gold = IN_ORDER | {"flags": ["neg_cannot"], "severity": 2}
    labels.write_text(lines([{"id": "a", **gold}, {"id": 2, **CALM}]), "utf-8")
    done = coach("evaluate", str(turns), str(labels))
    assert done.returncode == 0, done.stderr
    assert "neg_cannot" in done.stdout
    assert "1 turns have no label" in done.stderr
    read = json.loads(coach("evaluate", str(turns), str(labels), "--json").stdout)
    assert read["agent"]["rules"]["neg_cannot"]["recall"] == 1
    assert read["customer"]["turns"] == 1


def test_labels_that_lack_something_are_told(coach, tmp_path):
    turns, labels = tmp_path / "turns.jsonl", tmp_path / "labels.jsonl"
    turns.write_text(lines(TURNS), "utf-8")
    labels.write_text(lines([{"id": "a", "flags": []}]), "utf-8")
    done = coach("evaluate", str(turns), str(labels))
    assert (done.returncode, done.stdout) == (2, "")
    assert "positives" in done.stderr


def test_dissatisfied_turns_are_told_from_the_others(coach, tmp_path):
    turns, dialogues = tmp_path / "turns.jsonl", tmp_path / "dialogues.jsonl"
    labels = tmp_path / "labels.jsonl"
    turns.write_text(lines(TURNS[:1]), "utf-8")
    labels.write_text(lines([{"id": "a", **IN_ORDER}]), "utf-8")
    said = [("太差劲了，气死我了", 0), ("谢谢，太好了", 2), ("好的", 1), ("什么破服务，投诉你们", 0)]
    messages = [{"role": "customer", "text": text, "satisfaction": mark} for text, mark in said]
    dialogues.write_text(lines([{"messages": [message]} for message in messages]), "utf-8")
    read = json.loads(
        coach("evaluate", str(turns), str(labels), "--dialogues", str(dialogues), "--json").stdout
    )
    assert read["dialogues"]["auc"] == 1
