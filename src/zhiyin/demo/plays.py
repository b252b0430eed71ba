"""Plays: what happens in the demo organisation, read from `content/*.toml`, in the language of `texts`. Pure.

A play is one matter, or one conversation without one. It opens at an anchor and goes on in steps, each one line:

    "<delay> <who> <verb> <part> | <part>"

The anchor is relative to the moment the demo is built: `B-7 09:40` the seventh working day of the service before
today, `D-7 02:10` seven days ago, `W-1:40` one hour and forty minutes of service time ago, `N-0:25` twenty-five
minutes ago. The delay counts from the step before: `+25m`, `+3h` in the person's own working time (a customer's
waking hours), `~8m` by the wall clock, `2d@09:40` two days later at that time or when the person is next at work.
Who is a colleague by name, or 客, the customer. Verbs are in `deeds`.

What is asked again and again is written once: `again` lists when, by whom, and who took it; 岗 is that colleague.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from zhiyin.demo import texts

CUSTOMER = "客"
COLLEAGUE = "岗"  # in a play that comes again: whoever took it that time
SPOKEN = frozenset({"phone", "counter"})  # a colleague writes it down
MINOR = frozenset({"enquiry", "praise"})  # of little weight unless the play says otherwise
_STEP = re.compile(r"(\S+) (\S+) ([a-z]+)(?: (.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does."""

    delay: str
    who: str
    verb: str
    parts: tuple[str, ...] = ()

    def part(self, index: int) -> str:
        return self.parts[index] if index < len(self.parts) else ""


@dataclass(frozen=True, slots=True)
class Play:
    """One matter (`kind` set) or one conversation, with everything that follows."""

    key: str
    group: str
    at: str
    who: str
    via: str
    subject: str
    text: str
    steps: tuple[Step, ...]
    kind: str = ""
    by: str = ""
    feel: str = "calm"
    strength: int = 1
    grave: str = "2"
    danger: bool = False
    about: str = ""
    wants: str = ""

    @property
    def cast(self) -> tuple[str, ...]:
        """Who opens it, then who takes each step."""
        return (self.by or CUSTOMER, *(step.who for step in self.steps))


def table(name: str) -> dict[str, Any]:
    """One file of the content, in the language spoken now."""
    said: dict[str, Any] = texts.told(written(name))
    return said


def written(name: str) -> dict[str, Any]:
    """One file of the content, as it was written."""
    text = resources.files("zhiyin.demo").joinpath("content", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def load() -> list[Play]:
    """Every play of every `plays_*.toml`, in the order of the files."""
    folder = resources.files("zhiyin.demo").joinpath("content")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("plays_"))
    found = []
    for name in names:
        stem = name.removesuffix(".toml")
        for number, row in enumerate(written(stem)["play"], 1):
            found += [_play(one, default_key=f"{stem}.{number}") for one in _times(row)]
    return found


def _times(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A play each time it comes, its key with the number of the time behind it."""
    if "again" not in row:
        yield row
        return
    once = {name: value for name, value in row.items() if name != "again"}
    for time, line in enumerate(row["again"], 1):
        day, hour, who, colleague = line.split(" ")
        steps = [re.sub(rf"^(\S+) {COLLEAGUE} ", rf"\1 {colleague} ", step) for step in once["steps"]]
        by = {"by": colleague} if once["via"] in SPOKEN else {}
        yield once | by | {"key": f"{once['key']}#{time}", "at": f"{day} {hour}", "who": who, "steps": steps}


def kind_of(key: str) -> str:
    """The key of a play, whichever time it came."""
    return key.partition("#")[0]


def step(line: str) -> Step:
    """One line as a step, said in the language spoken now; ValueError names the line that cannot be read."""
    read = _STEP.fullmatch(line.strip())
    if read is None:
        raise ValueError(line)
    delay, who, verb, rest = read.groups()
    parts = tuple(texts.say(part.strip()) for part in rest.split(" | ")) if rest else ()
    return Step(delay, texts.say(who), verb, parts)


def _play(row: dict[str, Any], *, default_key: str) -> Play:
    lines = row.pop("steps", ())
    row = texts.told(row)
    feel, _, strength = str(row.get("feel", "calm 1")).partition(" ")
    key = row.get("key", default_key)
    return Play(
        key=key,
        group=row.get("group", key),
        at=row["at"],
        who=row["who"],
        via=row["via"],
        subject=row["subject"],
        text=row["text"],
        steps=tuple(step(line) for line in lines),
        kind=row.get("kind", ""),
        by=row.get("by", ""),
        feel=feel,
        strength=int(strength or 1),
        grave=row.get("grave", "1" if row.get("kind") in MINOR else "2"),
        danger=row.get("danger", False),
        about=row.get("about", ""),
        wants=row.get("wants", ""),
    )
