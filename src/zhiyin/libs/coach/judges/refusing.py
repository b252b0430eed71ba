"""Refusals, and whether a refusal leaves the customer without a way."""

from __future__ import annotations

from zhiyin.libs.coach.rulebook import Rule
from zhiyin.libs.coach.scanning import Span
from zhiyin.libs.coach.scene import Heard
from zhiyin.libs.coach.view import View

_LEAST, _SORRY = 3, 10
_BARE = 8
"""A refusal in so few characters answers what was asked, whatever its words."""
_THEN = frozenset("我您就")
_THEN_NEXT = frozenset({"，我", "，您", ",我", ",您", " 我", " 您"})
_MAYBE = frozenset(["到", "清", "过", "劝", "试", "赶", "来", "通", "修好", "修", "查", "送", "成"])
"""These verbs before 不了 as a whole clause, then 我 or 您: "if it does not, I …", unless he asked for just that."""
_COMMON = frozenset(
    "的了呢哦哈啊吗么是不在有这那个您你我们他她它就都也还要可以能会给为到和一下上中来去说好请亲什没"
)


def refusal(view: View, rule: Rule) -> None:
    """The customer's own wish dies: a refusing word about something he asked for, not a fact, rule or warning."""
    reach = 0
    weight = _weight(view, rule) if view.has("refusal") else 0
    for span in view.spans("refusal"):
        clause = view.scan.clause(span[0])
        if span[0] >= reach and _refuses(view, span, clause):
            reach = clause[1]
            view.raise_(rule, clause, span, weight)
    if not reach:
        _soft(view, rule)
    if not view.flagged(rule.id):
        _limit(view, rule)
    if not view.flagged(rule.id):
        _sorry_alone(view, rule)
    if not view.flagged(rule.id):
        _none_at_all(view, rule)


_WALLS = frozenset({"neg_cannot", "neg_dontknow", "neg_unwilling", "neg_but", "rule_hide"})
"""Rules that leave him standing where no next step follows."""


def solution(view: View, rule: Rule) -> None:
    """A refusal or an evasion of this turn with no next step, where none was offered just before."""
    walls = [raised for raised in view.raised if raised.rule.id in _WALLS]
    if not walls or opens_way(view) or (_limited(view, walls[0].said) and not view.has("depends")):
        return
    if _alternative(view) and not view.scene.asks & {"how", "why"}:
        return
    if any(raised.rule.id == "argue_blame" for raised in view.raised) and view.has("asks_for_data"):
        return
    # One refusal, one better sentence: what opens the way also takes back the no.
    refused = walls[0].rule.id == "neg_cannot"
    view.raise_(rule, walls[0].span, walls[0].said, suggest=walls[0].suggest if refused else "")


def _refuses(view: View, span: Span, clause: Span) -> bool:
    scan, scene = view.scan, view.scene
    if scan.quoted(*span) or scan.aside(*span) or _conditional(view, span, clause):
        return False
    if view.asks_at(span[0]) and not view.within("for_him", (clause[0], span[0])):
        return False
    if not scene.turns:
        return view.within("ours", clause) and view.within("service_act", clause)
    if scene.content and not scene.wish:
        return view.within("for_him", (clause[0], span[1] + 4)) and view.within("service_act", clause)
    short = clause[1] - clause[0] <= _BARE and _heard(view, "wanted")
    about_service = view.within("service_act", clause) or short or _overlaps(view, span, clause)
    if not about_service or (scene.asks == {"why"} and _his_own(view, clause)):
        return False
    if view.within("past", (clause[0], span[0])):
        return False
    if view.within("ours", clause) or scene.request or short:
        return True
    if _either(view):
        return False
    return "yes" in scene.asks or (scene.wish and _overlaps(view, span, clause))


def _conditional(view: View, span: Span, clause: Span) -> bool:
    """If, otherwise, unless: in the clause ahead of the word or opening the clause before it."""
    low, high = clause
    if view.within("unless", (low, high)):
        return True
    text, end = view.scan.text, span[1]
    if text[end : end + 1] in _THEN or (
        end == high and text[end : end + 2] in _THEN_NEXT and text[low : span[0]] in _MAYBE
    ):
        return True
    if text[span[0]] == "不" and span[0] and text[span[0] - 1] == text[span[0] + 1 : span[0] + 2]:
        return True
    before = view.scan.clause(max(0, low - 2))
    sentence = view.scan.sentence(span[0])
    return sentence[0] <= before[0] < low and view.within("if", (before[0], min(before[0] + 4, before[1])))


def _his_own(view: View, clause: Span) -> bool:
    """The clause says what customers in general cannot do."""
    return view.within("customers_cannot", clause)


def _either(view: View) -> bool:
    """Asked whether it was this or that: a question of fact."""
    return any("还是" in turn.scan.text for turn in view.scene.burst)


def _overlaps(view: View, span: Span, clause: Span) -> bool:
    """Whether the deed refused is what the customer spoke of: they share a telling character."""
    mark = view.scan.text[span[0] : span[1]]
    deed = (
        view.scan.text[span[0] - 2 : span[0]]
        if mark.endswith("了")
        else view.scan.text[span[1] : span[1] + 6]
    )
    said = set(deed or view.scan.text[slice(*clause)]) - _COMMON
    return any(said & set(turn.scan.text[:300]) for turn in view.scene.turns[-4:] if isinstance(turn, Heard))


def _limit(view: View, rule: Rule) -> None:
    """只能: a remark where it limits what he asked for."""
    scene = view.scene
    if not (scene.asks or scene.request) or scene.content:
        return
    for span in view.spans("limit"):
        clause = view.scan.clause(span[0])
        rest = view.scan.text[span[1] : clause[1]]
        granted = any(
            rest[at : at + 2] in turn.scan.text for turn in scene.burst for at in range(min(6, len(rest) - 1))
        )
        if not (granted or view.asks_at(span[0]) or _conditional(view, span, clause)):
            depends = view.within("depends", clause)
            view.raise_(rule, clause, span, rule.severity if depends else 1)
            return


def _soft(view: View, rule: Rule) -> None:
    """A fact that amounts to a no: full, already at the lowest price, only in person."""
    scene = view.scene
    if scene.content or not (scene.request or "yes" in scene.asks):
        return
    for span in view.spans("soft_no"):
        clause = view.scan.clause(span[0])
        about = view.within("service_act", clause) or _heard(view, "service_act")
        if about and not (
            view.asks_at(span[0]) or view.scan.quoted(*span) or _conditional(view, span, clause)
        ):
            view.raise_(rule, clause, span, _weight(view, rule))
            return


def _heard(view: View, name: str) -> bool:
    number = view.book.names.get(name)
    return number is not None and any(turn.scan.spans(number) for turn in view.scene.burst)


def _limited(view: View, said: Span) -> bool:
    """The no is a 只能, which names the way itself."""
    return said in view.spans("limit")


def _sorry_alone(view: View, rule: Rule) -> None:
    """An apology as the whole answer to a request is a no."""
    scene = view.scene
    asked = (
        bool(scene.burst)
        and view_asks(view)
        and not scene.closed
        and not any(turn.thanks for turn in scene.burst)
    )
    if asked and scene.feeling == 0 and _LEAST < len(view.scan.content()) <= _SORRY:
        for span in view.spans("sorry_no"):
            view.raise_(rule, view.scan.clause(span[0]), span)
            return


def _none_at_all(view: View, rule: Rule) -> None:
    """没有 as the whole answer to whether there is a way."""
    if view.scene.content or len(view.scan.content()) > _BARE or not _heard(view, "way_asked"):
        return
    spans = view.spans("bare_none")
    if spans and not view.asks_at(spans[0][0]):
        view.raise_(rule, view.scan.clause(spans[0][0]), spans[0])


def view_asks(view: View) -> bool:
    """Whether the last words of the customer ask for something outright."""
    number = view.book.names["outright"]
    return bool(view.scene.burst[-1].scan.spans(number))


def _weight(view: View, rule: Rule) -> int:
    """A remark where a way stands in this turn or stood in the last; otherwise to be rewritten."""
    return 1 if opens_way(view) or _alternative(view) else rule.severity


def _alternative(view: View) -> bool:
    """A way offered just before, unless it is what is refused now."""
    if not view.scene.alternative:
        return False
    return not any(
        view.scan.text[end : end + 2] in turn.scan.text
        for _, end in view.spans("refusal")
        if view.scan.text[end : end + 2].strip()
        for turn in view.scene.before
        if turn.step and not view.within("excuse", view.scan.clause(end - 1))
    )


def _step(view: View) -> bool:
    """Whether a next step stands in the turn, outside of closings and of what is refused."""
    for span in view.spans("step"):
        sentence, clause = view.scan.sentence(span[0]), view.scan.clause(span[0])
        refused = view.within("refusal", clause) and view.scan.within(
            view.book.names["refusal"], clause[0], span[0]
        )
        if not (refused or view.within("closing_formula", sentence) or view.within("excuse", clause)):
            return True
    return False


step = _step


def opens_way(view: View) -> bool:
    """Whether some clause beside the refusal opens a way, in whatever voice."""
    if _step(view):
        return True
    for span in view.spans("way"):
        clause = view.scan.clause(span[0])
        refused = view.scan.within(view.book.names["refusal"], *clause) or view.within("soft_no", clause)
        if not (
            refused
            or view.within("closing_formula", view.scan.sentence(span[0]))
            or view.within("excuse", clause)
        ):
            return True
    return False
