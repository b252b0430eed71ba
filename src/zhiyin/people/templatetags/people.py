"""`{% load people %}`: what the settings pages show everywhere."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from zhiyin.libs.worktime import Period
from zhiyin.people import places, timetable

register = template.Library()


@register.inclusion_tag("people/_places.html", takes_context=True)
def settings_places(context: Any, current: str = "") -> dict[str, Any]:
    """The list at the side, with the page called `current` marked."""
    shown = [
        (places.GROUPS[place.group], place.label, url, place.name == current)
        for place, url in places.of(context["request"].user)
    ]
    return {"places": shown}


@register.inclusion_tag("people/_hint.html", takes_context=True)
def hint(context: Any, name: str, text: str, step: str = "", url: str = "") -> dict[str, Any]:
    """What this place is for, in one sentence with one next step, until the reader has put it away."""
    request = context.get("request")  # a mishap's page has none
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated or name in staff.hints_done:
        return {"name": ""}
    here = request.get_full_path()
    return {"name": name, "text": text, "step": step, "url": url, "here": here, "request": request}


@register.filter
def hours(periods: tuple[Period, ...]) -> list[str]:
    """A line a period, or that it is closed."""
    if not periods:
        return [_("closed")]
    if periods == (Period(0, 1440),):
        return [_("all day")]
    return [timetable.write_hours([(period.start, period.end)]) for period in periods]
