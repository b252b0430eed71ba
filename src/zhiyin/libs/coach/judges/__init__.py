"""Judges: what a rule needs beyond words and their surroundings. Each takes the view and its rule, and raises."""

from __future__ import annotations

from collections.abc import Callable

from zhiyin.libs.coach.judges import answering, feeling, manner, refusing
from zhiyin.libs.coach.rulebook import Rule
from zhiyin.libs.coach.view import View, matches

Judge = Callable[[View, Rule], None]


def words(view: View, rule: Rule) -> None:
    """A rule that its patterns say in full: once in every clause where one of them shows."""
    if not view.scan.touched(rule.triggers):
        return
    seen: set[int] = set()
    for pattern in rule.patterns:
        reach = 0
        for start, end in matches(view, pattern):
            span = view.scan.clause(start)
            if span[0] not in seen and start >= reach:
                seen.add(span[0])
                reach = span[1]
                view.raise_(rule, span, (start, end), pattern.severity, pattern.suggest)


JUDGES: dict[str, Judge] = {
    "": words,
    "refusal": refusing.refusal,
    "pass": manner.passing,
    "review": manner.review,
    "required.always": manner.required,
    "required.opening": manner.required_at_opening,
    "required.closing": manner.required_at_closing,
    "jargon": answering.jargon,
    "stacked": answering.stacked,
    "unclear": answering.unclear,
    "vague": answering.vague,
    "solution": refusing.solution,
    "curt": manner.curt,
    "empathy": feeling.empathy,
}
"""In the order in which they judge: later ones look at what earlier ones raised."""

ORDER = {name: place for place, name in enumerate(JUDGES)}
