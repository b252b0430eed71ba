"""Places that are filled in on sending, and words that only look like one."""

from __future__ import annotations

import pytest

from zhiyin.conversations import markers


@pytest.mark.parametrize("words", ["[[choose:1]]", "[[[choose:1]]", "[[[[choose:1]]]]", "[ [[choose:1]]"])
def test_nobodys_words_become_a_link(words: str) -> None:
    assert not markers.SHAPE.search(markers.plain(words))
