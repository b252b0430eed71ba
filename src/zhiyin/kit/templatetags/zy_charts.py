"""Estimates with their intervals as parts of a table: `{% load zy_charts %}`. Reference: docs/ui.md."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
MIDDLE, HEIGHT = 11, 22


def share(value: float) -> str:
    """A proportion in whole per cent; the ends are said only when they are meant."""
    whole = round(100 * value)
    if whole == 100 and value < 1:  # noqa: PLR2004  # per cent
        whole = 99
    return f"{whole}%"


@register.simple_tag
def percent(estimate: Any) -> str:
    """The share of an estimate: 87%. Nothing for None."""
    return share(estimate.value) if estimate else ""


@register.simple_tag
def interval_words(estimate: Any) -> str:
    """Where the true share lies, in words: 74% to 94%. Nothing for None."""
    if not estimate:
        return ""
    return _("%(low)s to %(high)s") % {"low": share(estimate.low), "high": share(estimate.high)}


@register.simple_tag
def interval(estimate: Any) -> SafeString | str:
    """A share from 0 to 100 % as a point with its interval as a line, for a cell of `table.tolt`."""
    if not estimate:
        return format_html(
            '<svg width="100%" height="{}" aria-hidden="true"><line class="ax" x1="0" x2="100%" y1="{}" y2="{}"/></svg>',
            HEIGHT, MIDDLE, MIDDLE,
        )  # fmt: skip
    said = _("%(share)s, between %(low)s and %(high)s, n = %(n)s") % {
        "share": share(estimate.value),
        "low": share(estimate.low),
        "high": share(estimate.high),
        "n": estimate.n,
    }
    place = [f"{100 * value:.2f}%" for value in (estimate.low, estimate.high, estimate.value)]
    return format_html(
        '<svg width="100%" height="{h}" role="img" aria-label="{said}">'
        '<line class="ax" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        '<line class="w" x1="{low}" x2="{high}" y1="{y}" y2="{y}"/><circle class="pt" cx="{at}" cy="{y}" r="4.5"/></svg>',
        h=HEIGHT, y=MIDDLE, said=said, low=place[0], high=place[1], at=place[2],
    )  # fmt: skip


@register.simple_tag
def share_bar(estimate: Any) -> SafeString:
    """A share as a bar, for customers: the words beside it carry the figure."""
    return format_html(
        '<svg class="zy-bar" aria-hidden="true"><rect class="bg" width="100%" height="6" rx="3"/>'
        '<rect class="fg" width="{}" height="6" rx="3"/></svg>',
        f"{100 * estimate.value:.1f}%",
    )


@register.inclusion_tag("zy/interval_axis.html")
def interval_axis(before: int, after: int) -> dict[str, Any]:
    """The axis beneath `interval`s: a row with so many empty cells before the chart and after it."""
    ticks = [
        (f"{tick}%", {0: "start", 100: "end"}.get(tick, "middle"), tick in (25, 75))
        for tick in (0, 25, 50, 75, 100)
    ]
    return {"before": range(before), "after": range(after), "ticks": ticks}
