"""Whether a turn passes over the trouble or the feeling it answers."""

from __future__ import annotations

from zhiyin.libs.coach import asking
from zhiyin.libs.coach.rulebook import Rule
from zhiyin.libs.coach.view import View

_COLD = frozenset(
    {
        "neg_cannot",
        "buck_pass",
        "argue_blame",
        "doubt",
        "curt",
        "neg_unwilling",
        "rhetorical",
        "cut_off",
        "neg_dontknow",
        "rule_hide",
    }
)
"""Rules that hurt twice when the customer is in trouble."""
_LEAVING = _COLD - {"neg_cannot", "neg_dontknow"} | {
    "missing_solution",
    "vague_promise",
    "neg_but",
    "review_solicit",
    "overpromise",
}
"""Rules that say he is left alone with his trouble."""
_HARSH = _COLD - {"neg_cannot", "neg_dontknow", "rule_hide"}
PRESSING = 2
"""Up to this feeling a real act is an answer; scorn wants a word."""
_FORMAL = 2
_AGREES = ("好的", "好哒", "好滴", "理解", "嗯嗯", "明白")


def empathy(view: View, rule: Rule) -> None:
    """Upset: neither acknowledgement nor a real act. In trouble: and the turn refuses, blames or passes on."""
    scene = view.scene
    if not scene.turns or scene.closed or view.has("apology") or view.has("empathy"):
        return
    if scene.feeling < PRESSING and scene.uneasy and not scene.content and _passes_over(view):
        whole = (0, len(view.text))
        view.raise_(rule, whole, whole, 1)
        return
    if not scene.feeling:
        return
    if (len(view.scan.content()) <= _FORMAL and scene.feeling < PRESSING) or (
        scene.feeling < PRESSING
        and view.has("routine_opener")
        and (scene.opening or view.has("choice_opener"))
    ):
        return
    raised = {found.rule.id for found in view.raised}
    cold = bool(raised & _COLD)
    if scene.feeling == 1 and not (raised & _HARSH or _leaves_him(view, raised)):
        return
    if not cold and scene.feeling <= PRESSING and _acts(view):
        return
    if cold and _acts(view) and not raised & {"argue_blame", "doubt", "rhetorical", "cut_off"}:
        return
    view.raise_(
        rule, (0, len(view.text)), (0, len(view.text)), 1 if view.has("step") and not cold else rule.severity
    )


def _passes_over(view: View) -> bool:
    """No act, no look-up, no way and no request for what an act needs: the turn goes past what weighs on him."""
    if any(view.has(name) for name in ("wait", "act", "step", "data_request", "look_up", "clock")):
        return False
    said = view.scan.content()
    opener = view.has("routine_opener") and (view.scene.opening or view.has("choice_opener"))
    return bool(said) and not opener and not said.startswith(_AGREES) and not view.within("greeting", (0, len(said)))


def _leaves_him(view: View, raised: set[str]) -> bool:
    """He is in trouble and gets a no without a way, a vague word, or nothing."""
    silent = any(found.rule.id == "unclear" and found.severity >= PRESSING for found in view.raised)
    return silent or bool(raised & _LEAVING)


def _acts(view: View) -> bool:
    """A look-up or an act of this turn that the last one did not offer already."""
    if view.has("wait"):
        return True
    if view.flagged("vague_promise"):
        return False
    if view.has("data_request") and view.has("please"):
        return True
    if not (view.has("act") or _answers_time(view)):
        return False
    said = {view.scan.text[start:end] for start, end in view.spans("act")}
    number = view.book.names["act"]
    before = {
        turn.scan.text[start:end] for turn in view.scene.before for start, end in turn.scan.spans(number)
    }
    return not said or bool(said - before) or "已" in view.scan.text


def _answers_time(view: View) -> bool:
    """He presses and is told a time that can be checked."""
    return view.has("clock") and not asking.questions(view)
