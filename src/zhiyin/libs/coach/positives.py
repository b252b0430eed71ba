"""What is good in a turn."""

from __future__ import annotations

from collections.abc import Callable

from zhiyin.libs.coach.readings import Mark
from zhiyin.libs.coach.rulebook import Rule
from zhiyin.libs.coach.scanning import Span
from zhiyin.libs.coach.view import View, matches


def marks(view: View) -> tuple[Mark, ...]:
    """Each positive once, where it shows first, in order of appearance."""
    found = []
    for rule in view.book.positives:
        span = _FINDERS.get(rule.judge, _first)(view, rule)
        if span is not None:
            found.append(Mark(rule.id, *span))
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.rule)))


def _first(view: View, rule: Rule) -> Span | None:
    if not view.scan.touched(rule.triggers):
        return None
    for pattern in rule.patterns:
        spans = matches(view, pattern)
        if spans:
            return spans[0]
    return None


def _outside_closings(view: View, rule: Rule) -> Span | None:
    for pattern in rule.patterns:
        for span in matches(view, pattern):
            if not view.within("confirming", view.scan.clause(span[0])):
                return span
    return None


def _offers(view: View, rule: Rule) -> Span | None:
    """A step, an act or an offer; a mere look-up is none."""
    for name in ("offer_step", "offer_done"):
        for span in view.spans(name):
            clause = view.scan.clause(span[0])
            refused = view.within("refusal", (clause[0], span[0]))
            if not (refused or _formula(view, span) or view.within("excuse", clause)):
                return span
    return None


def _explains(view: View, rule: Rule) -> Span | None:
    for span in view.spans("explaining"):
        if not (view.asks_at(span[0]) or _formula(view, span)):
            return span
    return None


def _consent(view: View, rule: Rule) -> Span | None:
    """可以吗 after an offer of the agent's own."""
    for span in view.spans("consent_tag"):
        sentence = view.scan.sentence(span[0])
        low = max(0, sentence[0] - 40)
        if view.within("own_offer", (low, sentence[1])) and not view.within("rating", sentence):
            return span
    return None


def _formula(view: View, span: Span) -> bool:
    return view.within("closing_formula", view.scan.sentence(span[0]))


_FINDERS: dict[str, Callable[[View, Rule], Span | None]] = {
    "willing": _outside_closings,
    "offers": _offers,
    "explains": _explains,
    "consent": _consent,
}
