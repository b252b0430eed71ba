"""`{% load desk %}`: small words of the staff pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhiyin.cases.rules.incidents import SharedKind
from zhiyin.cases.rules.money import ExpenseState, Nature
from zhiyin.cases.rules.words import ProposalState
from zhiyin.conversations import markers
from zhiyin.customers.rules import ContactKind
from zhiyin.desk import measured, words, words_money
from zhiyin.kit import figures
from zhiyin.kit.language import say
from zhiyin.libs.measure.estimates import Estimate
from zhiyin.statutory.rules.words import REMARKS, Mark

register = template.Library()
HIDDEN = "****"
MARKS = {
    Mark.SECONDARY: gettext_lazy("from a secondary source, to be confirmed by your counsel"),
    Mark.UNVERIFIED: gettext_lazy("text not read, to be confirmed by your counsel"),
}


@register.simple_tag
def guide_url(page: str, chapter: str) -> str:
    """The chapter of a guide that tells more."""
    return f"{reverse('desk:help_page', args=[page])}#{chapter}"


@register.filter
def proposal_state(value: str) -> str:
    """The state of a proposal in words."""
    return str(say(ProposalState(value)))


@register.filter
def expense_kind(name: str) -> str:
    """A kind of expense in the reader's language."""
    return words_money.expense_kind(name)


@register.filter
def budget_name(budget: Any) -> str:
    """What a budget is for."""
    return words_money.budget_name(budget)


@register.filter
def rule_mark(mark: Any) -> str:
    """How well a statutory rule is known, and that counsel should look where its text was not read."""
    said = MARKS.get(mark)
    return str(said) if said else ""


@register.filter
def rule_remark(text: str) -> str:
    """A remark of a statutory rule: those that come with the product in the reader's language, others as written."""
    return _(text) if text in REMARKS else text


@register.filter
def expense_state(value: str) -> str:
    """The state of an expense in words."""
    return str(say(ExpenseState(value)))


@register.filter
def expense_nature(value: str) -> str:
    """Remedy or goodwill, in words."""
    return str(say(Nature(value)))


@register.filter
def working_span(span: timedelta) -> str:
    """Working time, none too."""
    return words.working(span)


@register.filter
def yuan(value: float) -> str:
    """A foretold amount, to the yuan."""
    return measured.yuan(value)


@register.filter
def share(found: Estimate | None) -> str:
    """A share with its interval."""
    if found is None:
        return measured.NONE
    return f"{measured.percent(found.value)} ({measured.percent(found.low)}–{measured.percent(found.high)})"


@register.filter
def points(found: Estimate) -> str:
    """The difference of two shares in percentage points, with its interval and true signs."""
    value, low, high = (_signed(100 * one) for one in (found.value, found.low, found.high))
    return _("%(value)s points (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "−")


@register.filter
def least(value: int, most: int) -> int:
    """The smaller of the two."""
    return min(value, most)


@register.filter
def shared_kind(value: str) -> str:
    """What was done for all members of an incident, in words."""
    return str(say(SharedKind(value)))


@register.filter
def masked(point: Any) -> str:
    """A contact point as it is shown until somebody reveals it, which is recorded."""
    if point.kind == ContactKind.PHONE:
        return figures.masked_phone(point.value)
    name, at, domain = point.value.partition("@")
    if at:
        return f"{name[:2]}{HIDDEN}@{domain}"
    return f"{point.value[:2]}{HIDDEN}"


@register.filter
def step_word(card: Any) -> str:
    """What is to be done with a case now."""
    return words.step(card)


@register.filter
def working(span: Any) -> str:
    """Working time in hours and minutes."""
    return words.working(span) if span else ""


@register.filter
def channel_icon(value: str) -> str:
    """The icon of a channel."""
    return words.CHANNELS.get(value, "message-2")


@register.filter
def without_marks(text: str) -> str:
    """A message as colleagues read it: the place of a link is named, its key is made only when it leaves."""
    return markers.hide(text, _("[link]"))
