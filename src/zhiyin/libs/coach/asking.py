"""How a turn asks: open, closed or not at all, and which questions it holds."""

from __future__ import annotations

from dataclasses import dataclass

from zhiyin.libs.coach.readings import Question
from zhiyin.libs.coach.scanning import Span
from zhiyin.libs.coach.view import View

_CLOSED_ENDS = ("吗", "么", "嘛", "是吧", "对吧", "没", "没有", "不", "吧")
_LONGEST_BARE = 12
"""An open question without any mark is short: "还有什么订单"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a turn; `formula`: an opener or a closing; `tag`: 可以吗, 是吗 after something else."""

    span: Span
    kind: Question
    formula: bool
    tag: bool


def questions(view: View) -> list[Asked]:
    """Every question of the turn, in order; worked out once."""
    if view.asked is None:
        view.asked = _questions(view)
    return view.asked


def _questions(view: View) -> list[Asked]:
    found: list[Asked] = []
    if not (
        view.has("asks_open") or view.has("asks_either") or view.has("consent_tag") or view.has("asks_end")
    ):
        return found
    for low, high in view.scan.clauses():
        kind = _kind(view, low, high)
        if kind is not Question.NONE:
            found.append(Asked((low, high), kind, _formula(view, (low, high)), _tag(view, (low, high))))
    return found


def kind(asked: list[Asked]) -> Question:
    """The kind of the turn: a question about the matter before a formula, otherwise the first."""
    matter = [question for question in asked if not question.formula]
    chosen = matter or asked
    return chosen[0].kind if chosen else Question.NONE


def _kind(view: View, low: int, high: int) -> Question:
    text = view.scan.text[low:high].strip()
    mark = view.scan.ending(high).startswith(("?", "？"))
    asks = view.within("asks_open", (low, high))
    if view.scan.quoted(low, high):
        return Question.NONE
    if view.within("asks_either", (low, high)) and (
        mark or text.endswith(("呢", "吗")) or "还是" in text[1:]
    ):
        return Question.CLOSED if not asks or "还是" in text else Question.OPEN
    if (
        text.endswith(("吗", "么", "嘛", "是吧", "对吧"))
        and len(text) > 1
        and not text.endswith(("什么", "怎么", "多么", "要么", "这么", "那么"))
    ):
        return Question.CLOSED
    if asks and (
        mark or text.endswith("呢") or (len(text) <= _LONGEST_BARE and _asks_barely(view, low, high))
    ):
        return Question.OPEN
    if mark and len(text.strip("嗯恩哦啊额》")) > 0:
        return Question.CLOSED
    if view.within("consent_tag", (low, high)) or (
        view.within("asks_either", (low, high)) and len(text) <= _LONGEST_BARE
    ):
        return Question.CLOSED
    return Question.NONE


def _asks_barely(view: View, low: int, high: int) -> bool:
    """A short clause with a question word and nothing of an order, an answer or a negation."""
    return not view.within("asks_not", (low, high))


def _formula(view: View, span: Span) -> bool:
    sentence = view.scan.sentence(span[0])
    return view.within("closing_formula", sentence) or view.within("rating", sentence)


def _tag(view: View, span: Span) -> bool:
    return any(view.within(name, span) for name in ("consent_tag", "check_tag", "polite_ask"))
