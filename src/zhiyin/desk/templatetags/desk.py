"""`{% load desk %}`: small words of the staff pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from zhiyin.cases.rules.incidents import SharedKind
from zhiyin.cases.rules.words import ProposalState
from zhiyin.conversations import markers
from zhiyin.customers.rules import ContactKind
from zhiyin.desk import words
from zhiyin.kit import figures
from zhiyin.kit.language import say

register = template.Library()
HIDDEN = "****"


@register.filter
def proposal_state(value: str) -> str:
    """The state of a proposal in words."""
    return str(say(ProposalState(value)))


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
