"""Nothing of the real chats that the coach was measured with is in the repository.

`ZHIYIN_DIALOGUES=FILE pytest tests/house/test_no_real_chats.py`; FILE: {"id", "messages": [{"text"}]} on every line.
A line is borrowed when it shares twelve characters in a row with a message, masks, blanks and punctuation left out.
What stands in four dialogues or more is a formula that belongs to nobody.
"""

import json
import os
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LENGTH, FORMULA = 12, 4
MASK = re.compile(r"\[[^\[\]]{1,40}\]|#E-[a-z]{0,3}|&nbsp;")
MARKS = re.compile(r"[\s，。！？,.!?~～、:：；;“”\"'|\\-]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
GIVEN = os.environ.get("ZHIYIN_DIALOGUES", "")


def bare(text):
    return MARKS.sub("", MASK.sub("", text))


def stretches(text):
    said = bare(text)
    return {said[at : at + LENGTH] for at in range(len(said) - LENGTH + 1)}


def own_words(dialogues):
    """The stretches that stand in few of the dialogues."""
    heard = defaultdict(set)
    for number, dialogue in enumerate(dialogues):
        for message in dialogue["messages"]:
            for stretch in stretches(message["text"]):
                heard[stretch].add(number)
    return {stretch for stretch, where in heard.items() if len(where) < FORMULA}


def borrowed(text, words):
    """The lines of a text that share a stretch with the dialogues, with the first they share."""
    for number, line in enumerate(text.splitlines(), 1):
        if CHINESE.search(line) and (shared := sorted(stretches(line) & words)):
            yield number, shared[0]


def texts():
    """Every text of the repository, also what is not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        try:
            yield name, (ROOT / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # deleted, or no text


@pytest.mark.skipif(not GIVEN, reason="ZHIYIN_DIALOGUES names no file of real dialogues")
def test_no_line_of_the_repository_is_borrowed_from_real_chats():
    with Path(GIVEN).open(encoding="utf-8") as lines:
        words = own_words(json.loads(line) for line in lines if line.strip())
    assert words, f"{GIVEN} holds no dialogue"
    # What is shared is not told: a report may be passed on, the chats may not.
    found = [f"{name}:{number}" for name, text in texts() for number, _shared in borrowed(text, words)]
    assert not found


SAID = "那个豆绿色的窗帘杆子我量了两遍都短一截"


def dialogues(*said):
    return [{"messages": [{"text": text}]} for text in said]


def test_twelve_characters_in_a_row_are_borrowed():
    words = own_words(dialogues(SAID))
    assert list(borrowed(f"一\n客 {SAID[:12]} @calm\n", words)) == [(2, SAID[:12])]
    assert not list(borrowed(f"客 {SAID[:11]}呢 @calm", words))


def test_masks_blanks_and_punctuation_hide_nothing():
    words = own_words(dialogues(f"{SAID[:6]}[数字x]，{SAID[6:]}#E-s"))
    assert list(borrowed(f"{SAID[:3]}… {SAID[3:9]}！！ {SAID[9:]}".replace("…", "，"), words))


def test_a_formula_of_many_dialogues_belongs_to_nobody():
    assert not own_words(dialogues(*[SAID] * FORMULA))
    assert own_words(dialogues(*[SAID] * (FORMULA - 1)))
    assert own_words([{"messages": [{"text": SAID}] * FORMULA}]), "one dialogue says it again and again"
