"""The words by which a promise is told from a question, a rule, an instruction and a thing done.

They are data: `data/words.toml`, one regular expression a name, on folded text.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_NAME = re.compile(r"%([A-Z_]+)%")


@cache
def _sources() -> dict[str, str]:
    text = resources.files("zhiyin.libs.coach.promises").joinpath("data/words.toml").read_text("utf-8")
    written = tomllib.loads(text)
    return {name: "".join(line.strip() for line in source.splitlines()) for name, source in written.items()}


def _expanded(source: str) -> str:
    return _NAME.sub(lambda name: _expanded(_sources()[name[1].lower()]), source)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A named list, compiled at first use."""
    return re.compile(_expanded(_sources()[name]))


def has(name: str, text: str) -> bool:
    """Whether anything of the list stands in a clause."""
    return pattern(name).search(text) is not None


@cache
def owners() -> re.Pattern[str]:
    """Who is named: groups `self`, `org`, `third`; nobody who is merely spoken to."""
    others = "(?P<org>%US%|%DEPARTMENTS%)|(?P<third>%THIRD%)"
    return re.compile(
        _expanded(rf"(?P<self>%SELF%|(?<!们)(?<!您)[这我]边)|(?<![跟和给让催系知向找问与])(?:{others})")
    )
