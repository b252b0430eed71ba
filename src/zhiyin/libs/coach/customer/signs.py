"""What a customer says outright, found by rules kept as data: danger, leaving, escalation, hurry, plain feeling.

One pass of an automaton over the turn; every hit is then checked in bounded windows around it. The packs are read
by `rulebook`; here a rule's severity is the level of its signal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from zhiyin.libs.coach import rulebook
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.readings import Mark, Role, Turn
from zhiyin.libs.coach.rulebook import Condition, Pattern, Rulebook
from zhiyin.libs.coach.scanning import Automaton, Scan, Span

NEAR = 24
"""How far "ahead" and "behind" look, in characters."""
_TOO_MANY = 200
"""Hits of one list that are checked; a turn of a megabyte says it again and again."""
_BEFORE = 400
"""Characters of an earlier turn that conditions look at."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal in a turn: which rule, at which level, with which words (offsets)."""

    rule: str
    level: int
    start: int
    end: int

    def mark(self, rule: str | None = None) -> Mark:
        """The words as evidence."""
        return Mark(rule or self.rule, self.start, self.end)


class Signals:
    """The rules of one language, ready to read turns."""

    def __init__(self, book: Rulebook) -> None:
        """`book` as `rulebook.read` gives it."""
        self.book = book
        self._automaton = Automaton(book.lists, spaced=book.language == "en")
        self._patterns: dict[int, list[tuple[str, Pattern]]] = {}
        for rule in book.rules:
            for pattern in rule.patterns:
                self._patterns.setdefault(pattern.words, []).append((rule.id, pattern))
        self._order = {rule.id: number for number, rule in enumerate(book.rules)}

    def find(self, text: str, context: Sequence[Turn] = ()) -> list[Signal]:
        """The signals of a folded turn, the loudest find of each rule; cost linear in the length of `text`."""
        before = _Before(self._automaton, context)
        scan = self._automaton.read(text)
        loudest: dict[str, Signal] = {}
        for words in sorted(scan.found() & self._patterns.keys()):
            for rule, pattern in self._patterns[words]:
                known = loudest.get(rule)
                if known is not None and known.level >= pattern.severity:
                    continue
                span = _first(scan, pattern, before)
                if span is not None:
                    loudest[rule] = Signal(rule, pattern.severity, *span)
        return sorted(loudest.values(), key=lambda signal: self._order[signal.rule])


def _first(scan: Scan, pattern: Pattern, before: _Before) -> Span | None:
    for span in scan.spans(pattern.words)[:_TOO_MANY]:
        if all(_holds(scan, before, condition, span) is condition.wanted for condition in pattern.conditions):
            return span
    return None


def _holds(scan: Scan, before: _Before, condition: Condition, span: Span) -> bool:
    scope, words = condition.scope, condition.words
    start, end = span
    if scope == "turn":
        return bool(scan.spans(words))
    if scope == "heard":
        return any(one.spans(words) for one in before.of(Role.CUSTOMER))
    if scope == "told":
        return any(one.spans(words) for one in before.of(Role.AGENT))
    low, high = scan.sentence(start) if scope == "sentence" else scan.clause(start)
    if scope == "before":
        high = start
    elif scope == "after":
        low = end
    elif scope == "ahead":
        low, high = max(low, start - NEAR // 4), start
    elif scope == "behind":
        low, high = end, end + NEAR
    return scan.within(words, low, high) is not None


class _Before:
    """The last run of either side, scanned when a condition asks for it."""

    def __init__(self, automaton: Automaton, context: Sequence[Turn]) -> None:
        self._automaton = automaton
        self._context = context
        self._known: dict[Role, list[Scan]] = {}

    def of(self, role: Role) -> list[Scan]:
        if role not in self._known:
            self._known[role] = [self._automaton.read(text) for text in self._run(role)]
        return self._known[role]

    def _run(self, role: Role) -> Iterator[str]:
        met = False
        for turn in reversed(self._context[-12:]):
            if turn.role is role:
                met = True
                yield folded(turn.text[-_BEFORE:])
            elif met:
                return


def packs_shipped() -> dict[str, Traversable]:
    """The customer packs that come with the coach, by language."""
    folder = resources.files("zhiyin.libs.coach").joinpath("packs/customer")
    return {"zh": folder.joinpath("zh.toml"), "en": folder.joinpath("en.toml")}


@cache
def shipped(language: str) -> Signals:
    """The shipped rules of a language, read once."""
    return Signals(rulebook.read(packs_shipped()[language]))


@dataclass(frozen=True, slots=True)
class Failure:
    """An example a pack does not keep: which rule, the example, whether it should have fired."""

    place: str
    rule: str
    example: str
    should_fire: bool

    def __str__(self) -> str:
        """One line for a person."""
        must = "must fire on" if self.should_fire else "must keep quiet on"
        return f"{self.place}, {self.rule} {must}: {self.example}"


def failures(place: Path | Traversable) -> Iterator[Failure]:
    """The examples a pack does not keep; none in a pack that is right. Raises PackError if it cannot be read."""
    signals = Signals(rulebook.read(place))
    for rule in signals.book.rules:
        for examples, should in ((rule.fires, True), (rule.quiet, False)):
            for example in examples:
                text, context = conversation(example)
                fired = any(signal.rule == rule.id for signal in signals.find(folded(text), context))
                if fired is not should:
                    yield Failure(rule.place, rule.id, example, should)


def conversation(example: str) -> tuple[str, tuple[Turn, ...]]:
    """A turn and the turns before it, parted by ||, those prefixed 客户: or 客服:."""
    from zhiyin.libs.coach import corpus

    *earlier, text = (part.strip() for part in example.split("||"))
    return text, tuple(corpus.turns(earlier))
