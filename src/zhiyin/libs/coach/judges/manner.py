"""Manner: sending away, brushing off, asking for stars, and an organisation's own phrases."""

from __future__ import annotations

from zhiyin.libs.coach.rulebook import Rule
from zhiyin.libs.coach.view import View, matches

_BARE_NO = 10
_TELEGRAM = 6
_ORDER = 14


def passing(view: View, rule: Rule) -> None:
    """Sent elsewhere; milder with a number or a link."""
    for pattern in rule.patterns:
        for span in matches(view, pattern):
            if view.asks_at(span[0]) or view.within("if", view.scan.clause(span[0])):
                continue
            helped = pattern.severity <= rule.severity and view.has("reachable")
            view.raise_(rule, view.scan.clause(span[0]), span, 1 if helped else min(pattern.severity, 3))
            return


def curt(view: View, rule: Rule) -> None:
    """A bare no, a telegram of a demand, or a brush-off; an order with 你 and nothing kind around it."""
    content = view.scan.content()
    whole = (0, len(view.text))
    if (
        view.scene.burst
        and len(content) <= _BARE_NO
        and (view.flagged("neg_cannot") or view.flagged("neg_dontknow") or view.flagged("rule_hide"))
        and view.flagged("missing_solution")
        and not view.has("softener")
    ):
        # A bare no is no order that a 请 would mend: what it lacks is the way on.
        wall = next(raised for raised in view.raised if raised.rule.id == "missing_solution")
        view.raise_(rule, whole, wall.said, suggest=wall.suggest)
        return
    if view.scene.burst and len(content) <= _TELEGRAM and _demands(view, content):
        view.raise_(rule, whole, whole)
        return
    for pattern in rule.patterns:
        for span in matches(view, pattern):
            view.raise_(rule, view.scan.clause(span[0]), span, pattern.severity, pattern.suggest)
            return
    if len(content) > _ORDER:
        return
    for span in view.spans("order"):
        clause = view.scan.clause(span[0])
        if not view.within("courtesy", clause):
            view.raise_(rule, clause, span)
            return


def _demands(view: View, content: str) -> bool:
    """Nothing but the name of what is wanted: "车牌号"."""
    words = view.book.lists[view.book.names["demand"]].any if "demand" in view.book.names else ()
    return content.rstrip("是号多少?？") in words or content in words


def review(view: View, rule: Rule) -> None:
    """A rating asked for while something is open; paid for it is worse, and never right."""
    scene = view.scene
    for pattern in rule.patterns:
        for span in matches(view, pattern):
            paid = view.within("reward", view.scan.sentence(span[0]))
            open_ = bool(scene.burst) and not (scene.content or view.has("done"))
            if not paid and scene.customer_said("评"):
                return  # reviews are the matter itself
            if paid or (open_ and any(turn.scan.content() for turn in scene.burst)):
                mild = scene.burst and any(turn.thanks for turn in scene.burst)
                view.raise_(
                    rule, view.scan.clause(span[0]), span, 3 if paid else 1 if mild else rule.severity
                )
                return


def required(view: View, rule: Rule) -> None:
    """A phrase of the house that should stand in every turn."""
    if not any(view.scan.spans(pattern.words) for pattern in rule.patterns):
        end = len(view.text)
        view.raise_(rule, (0, end), (end, end))


def required_at_opening(view: View, rule: Rule) -> None:
    """A phrase of the house for the agent's first turn."""
    if view.scene.opening:
        required(view, rule)


def required_at_closing(view: View, rule: Rule) -> None:
    """A phrase of the house for the turn after the customer has closed."""
    if view.scene.closed and any(turn.closing for turn in view.scene.burst):
        required(view, rule)
