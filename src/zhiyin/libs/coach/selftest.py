"""Packs test themselves: every rule must fire on its `fires` and keep quiet on its `quiet` examples.

Only the rules are tried: what a model raises beside them is not a pack's to answer for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from zhiyin.libs.coach import engine, rulebook
from zhiyin.libs.coach.readings import Role, Turn
from zhiyin.libs.coach.rulebook import Rule

ROLES = {"客户:": Role.CUSTOMER, "客服:": Role.AGENT, "customer:": Role.CUSTOMER, "agent:": Role.AGENT}


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a pack does not keep: where, which rule, the example, and whether it should have fired."""

    place: str
    rule: str
    example: str
    should_fire: bool

    def __str__(self) -> str:
        """One line for a person."""
        must = "must fire on" if self.should_fire else "must keep quiet on"
        return f"{self.place}, {self.rule} {must}: {self.example}"


def shipped() -> Iterator[Failure]:
    """What the packs that ship do not keep."""
    coach = engine.Coach(learnt=False)
    for language in rulebook.packs_shipped():
        yield from _check(coach, engine.read_pack(language))


def house(place: Path | Traversable) -> Iterator[Failure]:
    """What an organisation's pack, laid over the shipped one, does not keep. Raises PackError if it is unusable."""
    coach = engine.Coach([place], learnt=False)
    yield from _check(coach, engine.read_pack(rulebook.language(place), [place]))


def _check(coach: engine.Coach, book: rulebook.Rulebook) -> Iterator[Failure]:
    for rule in book.rules:
        yield from _examples(rule, lambda text, context: coach.agent(text, context).flags)
    for rule in book.positives:
        yield from _examples(
            rule, lambda text, context: [m.rule for m in coach.agent(text, context).positives]
        )


def _examples(rule: Rule, said: object) -> Iterator[Failure]:
    for examples, should in ((rule.fires, True), (rule.quiet, False)):
        for example in examples:
            text, context = conversation(example)
            if (rule.id in said(text, context)) is not should:  # type: ignore[operator]
                yield Failure(rule.place, rule.id, example, should)


def conversation(example: str) -> tuple[str, tuple[Turn, ...]]:
    """The agent's turn of an example and the turns before it, parted by ||."""
    *earlier, text = (part.strip() for part in example.split("||"))
    return text, tuple(_turn(line) for line in earlier)


def _turn(line: str) -> Turn:
    for prefix, role in ROLES.items():
        if line.startswith(prefix):
            return Turn(role, line.removeprefix(prefix).strip())
    raise ValueError(f"{line!r} says not who speaks")
