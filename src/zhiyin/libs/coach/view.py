"""An agent's turn under judgement: its words, its rulebook, its scene, and what the judges make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhiyin.libs.coach import rewriting
from zhiyin.libs.coach.folding import is_traditional
from zhiyin.libs.coach.readings import Turn
from zhiyin.libs.coach.rulebook import Condition, Pattern, Rule, Rulebook
from zhiyin.libs.coach.scanning import Scan, Span
from zhiyin.libs.coach.scene import Heard, Scene, Told

ENOUGH = 200
"""So many findings of one turn are listed; nobody reads more, and a pasted log is not judged line by line."""
NEAR = 24
"""How far "ahead" and "behind" look, in characters."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule that a judge raises, before it becomes a finding; `span` is what the suggestion would replace."""

    rule: Rule
    span: Span
    said: Span
    severity: int
    suggest: str


@dataclass(slots=True)
class View:
    """One turn and everything a judge may ask about it. `text` is the original, `scan` the folded one."""

    text: str
    scan: Scan
    scene: Scene
    book: Rulebook
    context: Sequence[Turn] = ()
    raised: list[Raised] = field(default_factory=list)
    asked: list[Any] | None = None
    traditional: bool | None = None

    def spans(self, name: str) -> list[Span]:
        """Where a named list stands in the turn."""
        number = self.book.names.get(name)
        return self.scan.spans(number) if number is not None else []

    def has(self, name: str) -> bool:
        """Whether a named list stands in the turn."""
        return bool(self.spans(name))

    def present(self) -> Iterator[str]:
        """The names of all lists that stand in the turn."""
        touched, names = self.scan.found(), self.book.names
        return (name for name, number in names.items() if number in touched and self.scan.spans(number))

    def within(self, name: str, span: Span) -> bool:
        """Whether a named list stands in a part of the turn."""
        number = self.book.names.get(name)
        return number is not None and self.scan.within(number, *span) is not None

    def asks_at(self, at: int) -> bool:
        """Whether the clause around `at` is a question."""
        low, high = self.scan.clause(at)
        if self.scan.ending(high).startswith(("?", "？")):
            return True
        return self.scan.text[low:high].rstrip().endswith(("吗", "么", "嘛"))

    def flagged(self, rule: str) -> bool:
        """Whether a rule has been raised already."""
        return any(raised.rule.id == rule for raised in self.raised)

    def raise_(self, rule: Rule, span: Span, said: Span, severity: int = 0, suggest: str = "") -> None:
        """Raise a rule; severity and suggestion are the rule's unless given. Past `ENOUGH` no rule is raised again."""
        if len(self.raised) >= ENOUGH and self.flagged(rule.id):
            return
        self.raised.append(Raised(rule, span, said, severity or rule.severity, suggest or rule.suggest))

    def suggestion(self, raised: Raised) -> str:
        """The sentence put better."""
        return rewriting.fill(raised.suggest, self._slots(raised), traditional=self._is_traditional())

    def _is_traditional(self) -> bool:
        if self.traditional is None:
            self.traditional = is_traditional(self.text)
        return self.traditional

    def _slots(self, raised: Raised) -> dict[str, str]:
        (low, high), (start, end) = raised.span, raised.said
        clause = self.text[low:high].strip()
        inner = self.scan.clause(start)
        thing, deed = rewriting.refused(
            self.text[inner[0] : inner[1]], start - inner[0], min(end, inner[1]) - inner[0]
        )
        said = self.text[start:end]
        return {
            "clause": clause,
            "sentence": clause,
            "said": said,
            "head": self.text[inner[0] : start].strip(),
            "rest": self.text[end : inner[1]].strip(),
            "polite": rewriting.polite(clause),
            "ask": rewriting.request(clause),
            "thing": thing,
            "deed": deed,
            "plain": self.text[low:start]
            + self.book.jargon.get(self.scan.text[start:end], said)
            + self.text[end:high],
            "first": self.text[low:end].strip(),
            "told": rewriting.polite(self.text[end : inner[1]].strip() or clause),
        }


def matches(view: View, pattern: Pattern) -> list[Span]:
    """Where a pattern shows in the turn, under its conditions."""
    spans = view.scan.spans(pattern.words)
    if not spans or not _scene_fits(view.scene, pattern):
        return []
    return [span for span in spans if _fits(view, pattern, span)]


def _scene_fits(scene: Scene, pattern: Pattern) -> bool:
    return all(fact(scene, name) for name in pattern.scene) and not any(
        fact(scene, name) for name in pattern.not_scene
    )


def fact(scene: Scene, name: str) -> bool:
    """A named fact of the scene: one of its own, or "why", "when" … for a kind of question asked."""
    if name in _ASKED:
        return name in scene.asks
    return bool(getattr(scene, name))


def is_fact(name: str) -> bool:
    """Whether a scene knows a fact of that name."""
    return name in _ASKED or isinstance(getattr(Scene, name, None), cached_property)


_ASKED = frozenset({"why", "when", "how", "where", "contact", "what", "yes"})


def _fits(view: View, pattern: Pattern, span: Span) -> bool:
    if view.scan.quoted(*span) or (pattern.statement and view.asks_at(span[0])):
        return False
    return all(_holds(view, condition, span) is condition.wanted for condition in pattern.conditions)


def _holds(view: View, condition: Condition, span: Span) -> bool:
    scan, scope, words = view.scan, condition.scope, condition.words
    start, end = span
    if scope == "turn":
        return bool(scan.spans(words))
    if scope == "heard":
        return any(turn.scan.spans(words) for turn in view.scene.burst)
    if scope == "told":
        return any(turn.scan.spans(words) for turn in view.scene.turns if isinstance(turn, Told))
    low, high = scan.sentence(start) if scope == "sentence" else scan.clause(start)
    if scope == "before":
        high = start
    elif scope == "after":
        low = end
    elif scope == "ahead":
        low, high = max(0, start - NEAR), start
    elif scope == "behind":
        low, high = end, end + NEAR
    return scan.within(words, low, high) is not None


__all__ = ["Heard", "Raised", "View", "fact", "matches"]
