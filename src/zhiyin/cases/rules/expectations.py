"""Expectations: the closed lists of the sheet, what makes one complete, and when to ask for it. Pure.

A sheet is about an expectation and what can be done about it. It never grades the customer: there is no field for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Invalid, gettext_noop

MOST = Decimal(10_000_000)


class Genuine(Choice):
    """Whether the words say what is really expected, or whether another expectation stands behind them."""

    YES = "yes", gettext_noop("This is what is really expected")
    UNSURE = "unsure", gettext_noop("Not sure; something else may stand behind it")


class Wish(Choice):
    """What people want besides the matter itself."""

    WELCOMED = "welcomed", gettext_noop("To be welcomed")
    UNDERSTOOD = "understood", gettext_noop("To be understood")
    RESPECTED = "respected", gettext_noop("To be respected")


class Who(Choice):
    """Who could do something about it."""

    ME = "me", gettext_noop("I can")
    US = "us", gettext_noop("We can")
    RULE = "rule", gettext_noop("A changed rule could")


class Effect(Choice):
    """How much of the expectation it would meet."""

    LITTLE = "1", gettext_noop("A little of it")
    MUCH = "2", gettext_noop("Much of it")
    ALL = "3", gettext_noop("All of it")


class Prompt(Choice):
    """What is worth a moment now; a notice beside the step, never in its way."""

    HEARD = "heard", gettext_noop("Has the expectation been heard?")
    AGAIN = "again", gettext_noop("It came back. Is the expectation still the one on the sheet?")
    UNCERTAINTY = "uncertainty", gettext_noop("Has the customer been told what is still uncertain?")
    MET = "met", gettext_noop("Before asking whether all is well: has what was expected come about?")


class ReasonMissing(Invalid):
    code = "case.expectation_reason"
    message = gettext_noop("Write why you are not sure: what was said, what was left unsaid.")


class NothingStated(Invalid):
    code = "case.expectation_stated"
    message = gettext_noop("Write what the customer expects, in the customer's own words.")


class OptionUnnamed(Invalid):
    code = "case.expectation_option"
    message = gettext_noop("A cost or an effect stands here, but not what would be done.")


class TimeMissing(Invalid):
    code = "case.expectation_when"
    message = gettext_noop("Write what was told as uncertain, beside when it was told.")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could be done: roughly what it costs, and how much of the expectation it meets."""

    who: Who
    text: str
    cost: Decimal | None = None
    effect: Effect | None = None


HEARD_AT = frozenset({Stage.RECEIVED, Stage.JUDGED, Stage.ASSIGNED, Stage.INVESTIGATED, Stage.PROPOSED})
TOLD_AT: dict[Kind, frozenset[Stage]] = {
    Kind.COMPLAINT: frozenset({Stage.PROPOSED, Stage.APPROVED}),
    Kind.REQUEST: frozenset({Stage.ASSIGNED}),
}
KINDS = frozenset({Kind.COMPLAINT, Kind.REQUEST, Kind.SUGGESTION})


def prompts(
    kind: Kind, stage: Stage, *, heard: bool, told: bool, came_back: bool = False, help_first: bool = False
) -> tuple[Prompt, ...]:
    """What to ask oneself at this stage, one thing at a time; nothing while help comes first.

    From the arrival on, for the judgement asks whether the demand is reasonable, until proposals are made: whether the
    expectation was heard, and once more when the case came back (`came_back`). Before the customer chooses, or the work
    she asked for is carried out: whether she knows what is uncertain. Before the confirmation: whether what was
    expected has come about.
    """
    if kind not in KINDS or help_first:
        return ()
    if stage in HEARD_AT and not heard:
        return (Prompt.HEARD,)
    if stage in HEARD_AT and came_back:
        return (Prompt.AGAIN,)
    if stage in TOLD_AT.get(kind, frozenset()) and not told:
        return (Prompt.UNCERTAINTY,)
    if stage is Stage.REMEDIED and heard:
        return (Prompt.MET,)
    return ()


def check(*, stated: str, genuine: Genuine, reason: str) -> None:
    """Raise NothingStated, ReasonMissing."""
    if not stated.strip():
        raise NothingStated(field="stated")
    if genuine is Genuine.UNSURE and not reason.strip():
        raise ReasonMissing(field="genuine_reason")


def tidy(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options that say something. Raises OptionUnnamed where only figures were given."""
    for option in options:
        if not option.text.strip() and (option.cost is not None or option.effect is not None):
            raise OptionUnnamed(field=f"{option.who}_text")
    return tuple(option for option in options if option.text.strip())
