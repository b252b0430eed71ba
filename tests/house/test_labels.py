"""The careful readers' labels: sound, named once, and without a word of what they read."""

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "bench" / "labels"
NAMES = ["agent.jsonl", "agent.second.jsonl", "customer.jsonl"]
COMMON = {"id", "part", "sample"}
AGENT = {"flags", "severity", "positives", "question", "promises"}
CUSTOMER = {
    "emotion",
    "intensity",
    "urgency",
    "danger",
    "leave_intent",
    "escalate",
    "clamour",
    "satisfaction",
}


def records(name):
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_labels_hold_no_text(name):
    assert (FOLDER / name).read_text("utf-8").isascii()
    wanted = CUSTOMER if name == "customer.jsonl" else AGENT
    for record in records(name):
        assert wanted <= record.keys() <= wanted | COMMON
        for promise in record.get("promises", ()):
            assert promise.keys() == {"start", "end", "kind", "owner"}


@pytest.mark.parametrize("name", NAMES)
def test_every_turn_is_named_once_and_belongs_to_a_part(name):
    found = records(name)
    assert len({record["id"] for record in found}) == len(found)
    for record in found:
        assert re.fullmatch(r"\w+#\d+", record["id"])
        assert record["part"] in {"tune", "check", "held"}


def test_the_second_reader_read_turns_of_the_first_in_the_same_part():
    first = {record["id"]: record["part"] for record in records("agent.jsonl")}
    assert all(first[record["id"]] == record["part"] for record in records("agent.second.jsonl"))


def test_no_dialogue_of_the_held_part_is_in_another():
    both = records("agent.jsonl") + records("customer.jsonl")
    held, seen = (
        {record["id"].split("#")[0] for record in both if (record["part"] == "held") is whether}
        for whether in (True, False)
    )
    assert not held & seen
