"""What the coach's ids are called on a terminal."""

from __future__ import annotations

from zhiyin.cli.language import gettext
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach.readings import Owner, Question

SEVERITIES = {
    0: gettext_noop("In order"),
    1: gettext_noop("A remark"),
    2: gettext_noop("Should be rewritten"),
    3: gettext_noop("Must not be sent"),
}
QUESTIONS = {
    Question.OPEN: gettext_noop("open question"),
    Question.CLOSED: gettext_noop("closed question"),
    Question.NONE: gettext_noop("no question"),
}
OWNERS = {
    Owner.SELF: gettext_noop("the agent"),
    Owner.ORGANISATION: gettext_noop("the organisation"),
    Owner.THIRD_PARTY: gettext_noop("somebody else"),
}
TITLES = {
    "neg_cannot": gettext_noop("Refusal"),
    "neg_unwilling": gettext_noop("Unwilling"),
    "neg_dontknow": gettext_noop("“I do not know”"),
    "neg_but": gettext_noop("“But” takes it back"),
    "jargon": gettext_noop("Inside term"),
    "rhetorical": gettext_noop("Rhetorical question"),
    "stacked_q": gettext_noop("Several questions at once"),
    "argue_blame": gettext_noop("Blame or dispute"),
    "buck_pass": gettext_noop("Sent elsewhere"),
    "rule_hide": gettext_noop("Hiding behind the rule"),
    "curt": gettext_noop("Curt"),
    "unclear": gettext_noop("Unclear"),
    "vague_promise": gettext_noop("Vague promise"),
    "review_solicit": gettext_noop("Asking for a rating too soon"),
    "impolite_ni": gettext_noop("你 for 您"),
    "missing_empathy": gettext_noop("Feeling passed over"),
    "missing_solution": gettext_noop("No next step"),
    "doubt": gettext_noop("Doubting his honesty"),
    "overpromise": gettext_noop("Promising too much"),
    "cut_off": gettext_noop("Cutting him off"),
    "no_greeting": gettext_noop("No greeting"),
    "no_name": gettext_noop("No name given"),
    "no_willingness": gettext_noop("No willingness shown"),
    "no_empathy": gettext_noop("Feeling never acknowledged"),
    "no_responsibility": gettext_noop("Nobody took it on"),
    "feeling_late": gettext_noop("The matter before the feeling"),
    "no_restating": gettext_noop("Not restated"),
    "guessing": gettext_noop("Guessing instead of asking"),
    "unanswered": gettext_noop("Question unanswered"),
    "told_twice": gettext_noop("Had to say it twice"),
    "left_waiting": gettext_noop("Left waiting"),
    "no_check": gettext_noop("Understanding not checked"),
    "no_summary": gettext_noop("Not summed up"),
    "closed_early": gettext_noop("Closed too soon"),
    "no_anything_else": gettext_noop("Anything else not asked"),
    "no_thanks": gettext_noop("No thanks at the end"),
    "late_greeting": gettext_noop("First word too late"),
    "interrupts": gettext_noop("Interrupting"),
    "overlaps": gettext_noop("Speaking at once"),
    "talks_too_much": gettext_noop("Talking too much"),
    "says_too_little": gettext_noop("Saying too little"),
    "too_fast": gettext_noop("Too fast"),
    "too_slow": gettext_noop("Too slow"),
    "monologue": gettext_noop("Monologue"),
    "dead_air": gettext_noop("Dead air"),
    "long_hold": gettext_noop("Waiting on the line too long"),
    "slow_responses": gettext_noop("Slow answers"),
}
POSITIVES = {
    "greet": gettext_noop("greeting"),
    "own_name": gettext_noop("own name"),
    "willing": gettext_noop("willingness"),
    "empathy": gettext_noop("feeling with them"),
    "apology": gettext_noop("apology"),
    "own_I": gettext_noop("“I” takes it on"),
    "own_we": gettext_noop("“we” take it on"),
    "solution": gettext_noop("solution"),
    "explains": gettext_noop("explanation"),
    "confirm_other": gettext_noop("anything else asked"),
    "confirm_consent": gettext_noop("consent asked"),
    "thanks": gettext_noop("thanks"),
    "discloses": gettext_noop("owns to not having understood"),
    "benefit": gettext_noop("advice with its gain"),
    "reason_one": gettext_noop("one reason at a time"),
}
TYPES = {
    "cold": gettext_noop("cold"),
    "factory": gettext_noop("factory"),
    "friendly": gettext_noop("friendly"),
    "quality": gettext_noop("quality"),
}
STEPS = {
    "willingness": gettext_noop("willingness"),
    "empathy": gettext_noop("feeling with them"),
    "responsibility": gettext_noop("responsibility"),
}
ACTS = {
    "gather": gettext_noop("gather"),
    "analyse": gettext_noop("analyse"),
    "inform": gettext_noop("inform"),
    "check": gettext_noop("check understanding"),
    "sum_up": gettext_noop("sum up"),
}


def title(rule: str) -> str:
    """What a rule is called; a house's own rules keep their id."""
    return gettext(TITLES[rule]) if rule in TITLES else rule


def pair(name: str, value: str) -> str:
    """A name and its value, with the colon of the terminal's language."""
    return gettext("%(name)s: %(value)s") % {"name": name, "value": value}


def owner(whose: Owner) -> str:
    """Whose promise it is."""
    return gettext(OWNERS[whose])
