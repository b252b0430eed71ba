"""Whether the customer can tell what holds after this turn: answers, times, words and one question at a time."""

from __future__ import annotations

from zhiyin.libs.coach import asking, meeting
from zhiyin.libs.coach.judges import refusing
from zhiyin.libs.coach.rulebook import Rule
from zhiyin.libs.coach.view import View

_FEW = 14
"""So few characters hold no explanation."""
_WORD, _BEGUN, _PASTED = 4, 2, 16
"""More characters than a single word; more turns than a beginning; a name pasted."""
_MANY_QUESTIONS = 4
_APART = 12
"""Questions further apart than this are asked one after the other, not stacked."""


def jargon(view: View, rule: Rule) -> None:
    """An inside term the customer has not used himself in sight and that is not explained on the spot."""
    seen = set()
    for start, end in view.spans("jargon"):
        term = view.scan.text[start:end]
        behind = view.scan.text[end : end + 6]
        formula = "[" in term
        explained = not formula and behind.startswith(("就是", "(", "（", "也就是", "即", "指", "是指"))
        if term not in seen and not explained and not (
            view.scene.customer_said(term) or view.scene.customer_meant(term)
        ):
            seen.add(term)
            view.raise_(rule, view.scan.clause(start), (start, end))


def stacked(view: View, rule: Rule) -> None:
    """Two or more different questions about the matter."""
    asked = [question for question in asking.questions(view) if not (question.formula or question.tag)]
    asked = [question for question in asked if not view.within("routine_opener", question.span)]
    asked = _close_together(view, asked)
    if len(asked) > 1:
        first = asked[0].span
        stop = view.scan.ending(first[1])[:1] or "？"
        low, high = first[0], min(first[1] + len(stop), asked[-1].span[1])
        view.raise_(
            rule,
            (asked[0].span[0], asked[-1].span[1]),
            (low, high),
            2 if len(asked) >= _MANY_QUESTIONS else 1,
        )


def _close_together(view: View, asked: list[asking.Asked]) -> list[asking.Asked]:
    """The first run of questions that follow each other."""
    run: list[asking.Asked] = []
    for question in asked:
        if any(_same(view, question, other) for other in run[-_MANY_QUESTIONS:]):
            continue
        if run and question.span[0] - run[-1].span[1] > _APART:
            if len(run) > 1:
                break
            run = []
        run.append(question)
    return run


def _same(view: View, one: asking.Asked, other: asking.Asked) -> bool:
    """The same question once more: they end alike."""
    first, second = (view.scan.text[slice(*question.span)].strip() for question in (one, other))
    return first[-4:] == second[-4:]


def unclear(view: View, rule: Rule) -> None:
    """A question of the customer's that this turn leaves open."""
    weight = _left_open(view)
    if weight:
        span = (0, len(view.text))
        view.raise_(rule, span, span, weight)


def _left_open(view: View) -> int:
    """0 answered or being looked up, 1 something is said but the question stays, 2 no content at all."""
    scene = view.scene
    if view.book.language == "zh" and not view.flagged("neg_cannot"):
        hollow = _hollow(view)
        if hollow:
            return hollow
    asks = scene.pending_asks
    if not scene.turns or scene.content or not (asks or scene.insists):
        return 0
    if view.has("wait") and not view.has("endure"):
        return 0
    if _says_nothing(view) or _only_calls(view):
        return 2 if scene.asks & {"why", "when", "how", "where", "contact"} or _only_calls(view) else 0
    if view.has("hedge") and not view.has("time") and not refusing.step(view):
        return 1
    hollow = view.has("vague") and "why" not in scene.asks
    if view.flagged("neg_dontknow") or view.flagged("buck_pass") or hollow:
        return 0
    if scene.insists and _only_asks(view):
        return 2
    if _pastes(view) and (scene.asks or scene.feeling):
        return 2
    return (
        _why_open(view)
        or _when_open(view)
        or _reach_open(view)
        or _asked_again(view)
        or _depends(view)
        or _not_met(view)
    )


_WANT_THEIR_KIND = frozenset({"why", "how", "when", "how much"})
"""Questions whose answer shows by its form; to yes or no, to what and where, too much can be an answer."""


def _not_met(view: View) -> int:
    """The reply is of another kind than the question."""
    if view.flagged("neg_cannot") or view.flagged("vague_promise"):
        return 0
    asked = meeting.question(view)
    return 1 if asked and view.book.language == "zh" and not _WANT_THEIR_KIND.isdisjoint(meeting.open_kinds(view, asked)) else 0


def _hollow(view: View) -> int:
    """Only politeness, only the closing, or only what he has been told already."""
    asked = meeting.question(view)
    if asked is not None and meeting.says_nothing(view, asked):
        return 2 if view.scan.content() and not asked.feeling else 1
    return 1 if meeting.only_closes(view) or meeting.repeats(view) else 0


def _only_calls(view: View) -> bool:
    """Nothing but a form of address."""
    return bool(view.scan.content()) and not view.scan.content().strip("亲爱的哒滴呢哦哈呀~").strip()


def _says_nothing(view: View) -> bool:
    """Emoticons and stops only."""
    return not view.scan.content() and not view.scan.said_mask()


def _pastes(view: View) -> bool:
    """A long run of nouns: the name of an article pasted instead of an answer."""
    return (
        "function" in view.book.names  # a language whose pack names no such words is not judged by them
        and len(view.scan.content()) >= _PASTED
        and not view.has("function")
        and not view.scan.said_mask()
    )


def _only_asks(view: View) -> bool:
    asked = asking.questions(view)
    return bool(asked) and len(view.scan.content()) <= 2 * _FEW and not view.has("step")


def _why_open(view: View) -> int:
    """Why: patience, a formula, or the same fact once more is no reason."""
    if "why" not in view.scene.asks or view.has("reason") or view.has("apology") or refusing.step(view):
        return 0
    if asking.questions(view):
        return 0
    if view.has("endure") or _same_fact(view):
        return 2
    return 0


def _same_fact(view: View) -> bool:
    """A bare refusal in answer to "why not" only repeats it."""
    return view.has("customers_cannot") and len(view.scan.content()) <= _FEW


def _when_open(view: View) -> int:
    """When: no time, no look-up, no question back, no word that it cannot be told."""
    if "when" not in view.scene.pending_asks or view.has("time") or view.has("reason") or view.has("refusal"):
        return 0
    if asking.questions(view) or view.has("vague") or view.flagged("neg_dontknow"):
        return 0
    return 1 if len(view.scan.content()) > _WORD else 0


def _reach_open(view: View) -> int:
    """Where, or how to reach somebody: no place, no number, no transfer."""
    asks = view.scene.pending_asks
    if "where" in asks and not (
        view.has("where_answer")
        or view.has("step")
        or view.has("limit")
        or view.has("reason")
        or asking.questions(view)
    ):
        return 1
    if "contact" not in asks or view.has("contact") or view.has("own_follow_up"):
        return 0
    return 0 if view.has("wait") or view.has("step") else 1


def _asked_again(view: View) -> int:
    """The opening formula once more after the point is clear."""
    scene = view.scene
    if not view.has("routine_opener") or scene.opening or view.has("choice_opener"):
        return 0
    return 1 if scene.asks & {"how", "why", "when", "where", "contact"} and len(scene.turns) > _BEGUN else 0


def _depends(view: View) -> int:
    """Yes or no was asked; "it goes by the result" is neither."""
    return 1 if "yes" in view.scene.asks and view.has("depends") and not refusing.step(view) else 0


def vague(view: View, rule: Rule) -> None:
    """As soon as possible, as the whole answer to somebody who waits for an outcome or a time."""
    scene = view.scene
    if not scene.turns or scene.content or view.has("time") or (scene.time_told and "when" not in scene.asks):
        return
    if any(_beside(view, name) for name in ("act", "step_offer", "wait", "asks_for_data")):
        return
    waits = bool(scene.asks & {"when", "why"}) or scene.feeling >= 1 or _silent_or_pressing(view)
    for span in view.spans("vague"):
        if waits and not _asking(view, span[0]) and not view.scan.quoted(*span):
            view.raise_(rule, view.scan.clause(span[0]), span, 2 if "when" in scene.asks else 1)
            return


def _beside(view: View, name: str) -> bool:
    """Whether the list stands in the turn outside the vague clause itself: "会尽快给您安排" is no act."""
    return any(not view.within("vague", view.scan.clause(start)) for start, _ in view.spans(name))


def _asking(view: View, at: int) -> bool:
    """Whether the sentence around `at` ends as a question."""
    return view.asks_at(max(at, view.scan.sentence(at)[1] - 1))


def _silent_or_pressing(view: View) -> bool:
    """A burst of nothing but emoticons or question marks, or one that wants something done."""
    burst = view.scene.burst
    return bool(burst) and (all(len(turn.scan.content()) <= 1 for turn in burst) or view.scene.request)
