"""An agent's turn under judgement: its words, its rulebook, its scene, and what the judges make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhiyin.libs.coach import feelings, rewriting
from zhiyin.libs.coach.folding import folded, is_traditional
from zhiyin.libs.coach.readings import Turn
from zhiyin.libs.coach.rulebook import Condition, Pattern, Rule, Rulebook
from zhiyin.libs.coach.scanning import Scan, Span
from zhiyin.libs.coach.scene import Heard, Scene, Told

ENOUGH = 200
"""So many findings of one turn are listed; nobody reads more, and a pasted log is not judged line by line."""
GRAVE = 2
"""From this severity on a clause is put anew, not taken over."""
QUOTED = {"zh": 24, "en": 60}
"""The longest clause quoted whole."""
_ASKED = 20
"""The longest question quoted whole."""
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
        """The sentence put better; what is grave in it is not taken over."""
        slots = rewriting.slots_of(raised.suggest)
        graver = self._graver(raised) if slots & (rewriting.KEEPING | {"kept"}) else None
        if graver is not None and "kept" not in slots:
            return self.suggestion(graver)
        values = self._slots(raised)
        if graver is not None:
            values["kept"] = self.suggestion(graver)
        return rewriting.fill(raised.suggest, values, traditional=self._is_traditional())

    def _graver(self, raised: Raised) -> Raised | None:
        """What must not stand in the words this finding would keep, and is put wholly anew."""
        if raised.rule.id.startswith("house."):
            return None
        low, high = raised.span
        others = [
            other
            for other in self.raised
            if other.severity >= GRAVE
            and low <= other.said[0] < high
            and not rewriting.slots_of(other.suggest) & (rewriting.KEEPING | {"kept", "answer", "plain"})
        ]
        return max(others, key=_helpfulness, default=None)

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
        greeting, rest = feelings.greeting(clause)
        heard = " ".join(turn.scan.text for turn in self.scene.burst)
        formula = self.has("endure") or self.has("routine_opener")
        useful = self.has("step") or self.has("act") or self.has("solution")
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
            "topic": thing or "这件事",
            "feeling": greeting + feelings.sentence(heard, self.book.language),
            "kept": self._kept(rest),
            "answer": rewriting.polite(rest) if useful and not formula else "",
            "asked": self._asked(),
            "reach": self._reach(start, end),
        }

    def clause_of(self, raised: Raised) -> str:
        """The clause in which the words found stand, for quoting; the words alone where it is long."""
        start, end = raised.said
        clause = self.text[slice(*self.scan.clause(start))].strip(" 　，,。.！!？?；;\n")
        return clause if 0 < len(clause) <= QUOTED[self.book.language] else self.text[start:end]

    def _kept(self, rest: str) -> str:
        """The draft behind its greeting, an order in it as a request."""
        if self.book.language == "en":
            return rest[:1].upper() + rest[1:]
        return (rewriting.request(rest) if self.flagged("curt") else "") or rewriting.polite(rest)

    def _asked(self) -> str:
        """What the customer asked last, in his own words where they are few."""
        said = self.context[-1].text.strip(" 　。！？!?，,") if self.context else ""
        if 1 < len(said) <= _ASKED and not {"[", "#", "“"} & set(said) and self.scene.burst:
            return f"“{said}”"
        return "这件事"

    def _reach(self, start: int, end: int) -> str:
        """The first step towards whom the customer was sent to."""
        party = self.text[start:end]
        if (start, end) not in self.spans("other_party") or party in {"对方", "對方"}:
            return "联系［对方］问清楚"
        party += self.text[end : end + 1] if self.text[end : end + 1] in {"员", "員"} else ""
        return f"到{party}查清楚" if "网" in folded(party) else f"联系{party}问清楚"


def _helpfulness(raised: Raised) -> tuple[bool, bool, int]:
    """A first step tells more than a reason or an apology."""
    return (raised.rule.id == "buck_pass", raised.rule.id == "missing_solution", raised.severity)


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
    if name in _QUESTIONS:
        return name in scene.asks
    return bool(getattr(scene, name))


def is_fact(name: str) -> bool:
    """Whether a scene knows a fact of that name."""
    return name in _QUESTIONS or isinstance(getattr(Scene, name, None), cached_property)


_QUESTIONS = frozenset({"why", "when", "how", "where", "contact", "what", "yes"})


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
