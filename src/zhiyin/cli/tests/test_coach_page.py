"""docs/coach.md tells nothing that is not so: its packs and dialogues are read, its commands and labels exist."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from zhiyin.cli.coach import app
from zhiyin.cli.coach.words import TITLES
from zhiyin.libs.coach import dialogues, measures, selftest

ROOT = Path(__file__).resolve().parents[4]
PAGE = (ROOT / "docs" / "coach.md").read_text("utf-8")
ENGLISH = (ROOT / "docs" / "coach.en.md").read_text("utf-8")
LABELS = (ROOT / "bench" / "labels" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = sorted(
    {
        line
        for page in (PAGE, ENGLISH, LABELS)
        for line in re.findall(r"(?:^|\| ?)zhiyin coach (.+?)(?:  +#.*)?$", page, re.MULTILINE)
    }
)


def block(beginning):
    return next(text for _kind, text in BLOCKS if text.startswith(beginning))


def test_the_house_pack_of_the_page_keeps_its_examples(tmp_path):
    place = tmp_path / "house.toml"
    place.write_text(block("[pack]"), "utf-8")
    assert not [str(failure) for failure in selftest.house(place) if failure.place == place.name]


def test_the_lines_of_the_page_are_laid_over_ours(tmp_path):
    place = tmp_path / "lines.toml"
    place.write_text(block("[lines"), "utf-8")
    assert measures.read(place).line("dead_air") == 10


def test_the_dialogue_of_the_page_can_be_learnt_from(tmp_path):
    place = tmp_path / "own.txt"
    place.write_text(block("##"), "utf-8")
    assert len(list(dialogues.records(place))) == 4


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_page_is_one(line):
    name, *arguments = shlex.split(line)
    command = typer.main.get_command(app).commands[name]
    command.make_context(name, arguments)


@pytest.mark.parametrize("label", sorted(dialogues.FINDINGS | dialogues.POSITIVES | TITLES.keys()))
def test_every_label_is_told(label):
    assert f"`{label}`" in PAGE
