"""`{% load desk %}`: small words of the staff pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from zhiyin.cases.rules.words import ProposalState
from zhiyin.conversations import markers
from zhiyin.customers.rules import ContactKind
from zhiyin.desk import words
from zhiyin.kit import figures
from zhiyin.kit.language import say

register = template.Library()
HIDDEN = "****"


@register.simple_tag
def guide_url(page: str, chapter: str) -> str:
    """The chapter of a guide that tells more."""
    return f"{reverse('desk:help_page', args=[page])}#{chapter}"


@register.filter
def proposal_state(value: str) -> str:
    """The state of a proposal in words."""
    return str(say(ProposalState(value)))


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
