"""The components as template tags: `{% load zy %}`. Reference: docs/ui.md."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.db import DatabaseError
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhiyin.kit import figures
from zhiyin.kit.language import say

register = template.Library()
SPRITE = "dist/icons.svg"

FEELINGS = {
    "anger": gettext_lazy("angry"),
    "clamour": gettext_lazy("in clamour"),
    "anxiety": gettext_lazy("anxious"),
    "sadness": gettext_lazy("sad"),
    "calm": gettext_lazy("calm"),
    "glad": gettext_lazy("glad"),
}
STRONG = 3
RING = '<circle class="ring" cx="7" cy="7" r="5"/>'
LEFT = '<circle class="left" cx="7" cy="7" r="5" pathLength="100" stroke-dasharray="%d 100"/>'
HANDS = {
    "met": '<path class="mark" d="M3 7.5 6 10.5 11.5 4"/>',
    "paused": '<path class="mark" d="M5 3.5v7M9 3.5v7"/>',
    "over": RING + '<path class="mark" d="M7 4.2v3.2M7 9.6v.2"/>',
}


def read(thing: Any, name: str, default: Any = "") -> Any:
    """A value by name, from a dict or an object."""
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


@functools.lru_cache(maxsize=1024)
def drawing(name: str, classes: str) -> SafeString:
    # built by hand: a list page draws hundreds, and names and classes come from templates, not from people
    return mark_safe(  # noqa: S308
        f'<svg class="{conditional_escape(classes)}" aria-hidden="true" focusable="false">'
        f'<use href="{static(SPRITE)}#{conditional_escape(name)}"/></svg>'
    )


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; size s, l or nothing. Decoration: the words beside it carry the meaning."""
    return drawing(name, f"ti {size}".rstrip())


@register.simple_tag
def glyph(name: str, classes: str = "zy-g") -> SafeString:
    """One of our own drawings: the logo, a waveform such as e-anger."""
    return drawing(name, classes)


@register.simple_tag
def clock_badge(badge: Any) -> SafeString | str:
    """A clock as ring and words; takes `ui.Clock` or a dict with the same names. Nothing for None."""
    if not badge:
        return ""
    state = read(badge, "state", "far")
    share = max(0, min(100, int(read(badge, "share", 0) or 0)))
    hands = HANDS.get(state, RING + LEFT % share)
    label, title = read(badge, "label"), read(badge, "title")
    return format_html(
        '<span class="zy-clock {}"{}><svg viewBox="0 0 14 14" aria-hidden="true">{}</svg>{}{}</span>',
        state,
        format_html(' title="{}"', title) if title else "",
        mark_safe(hands),  # noqa: S308  # drawn from constants and a number
        format_html('<span class="lab">{}</span>', label) if label else "",
        read(badge, "text"),
    )


@register.simple_tag
def emotion(kind: str, level: int = 1, word: str = "") -> SafeString | str:
    """A feeling as waveform and word: 1 bare, 2 soft, 3 solid. Nothing for an unknown or empty kind."""
    kind = str(kind or "")
    if kind not in FEELINGS:
        return ""
    level = 0 if kind == "calm" else max(0, min(STRONG, int(level or 0)))
    return format_html(
        '<span class="zy-emo l{} e-{}">{}<span class="sr">{}</span>{}{}</span>',
        level,
        kind,
        drawing(f"e-{kind}", "zy-g"),
        _("Feeling: "),
        word or FEELINGS[kind],
        format_html('<span class="sr">{}</span>', _(", strong")) if level == STRONG else "",
    )


@register.simple_tag
def vow(text: str, state: str = "") -> SafeString:
    """A promise: state draft, open, kept, broken or released."""
    look = {"draft": "is-draft", "kept": "kept", "released": "kept", "broken": "broken"}.get(str(state), "")
    said = {
        "kept": _("kept"),
        "broken": _("broken"),
        "draft": _("not confirmed"),
        "released": _("released"),
    }.get(str(state), "")
    return format_html(
        '<span class="zy-vow {}">{}<span><span class="sr">{}</span>{}{}</span></span>',
        look,
        drawing("rosette-discount-check" if look == "kept" else "link", "ti"),
        _("Promise: "),
        text,
        format_html('<span class="sr">{}</span>', _(" (%(state)s)") % {"state": said}) if said else "",
    )


@register.simple_tag
def first(word: str = "") -> SafeString:
    """Help first (先解决): sorts above everything."""
    return format_html('<span class="zy-first">{}{}</span>', drawing("urgent", "ti"), word or _("Help first"))


@register.simple_tag
def tag(text: Any, kind: str = "", icon: str = "") -> SafeString | str:
    """Kind or state in words; kind line, brand or ok. List members are shown by their label."""
    if not text:
        return ""
    return format_html(
        '<span class="zy-tag {}">{}{}</span>', kind, drawing(icon, "ti") if icon else "", say(text)
    )


@register.simple_tag
def face(name: str, kind: str = "customer", size: str = "") -> SafeString:
    """The mark alone: customers round, staff square, one neutral tint. Its name must stand beside it."""
    initial = next((letter for letter in str(name or "") if letter.isalnum()), "?").upper()
    look = " ".join(part for part in ("zy-who", "staff" if kind == "staff" else "", size) if part)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', look, initial)


@register.simple_tag
def person(name: str, kind: str = "customer", size: str = "s", url: str = "") -> SafeString:
    """Mark and name; a link where `url` is given."""
    words = (
        format_html('<a class="clip" href="{}">{}</a>', url, name)
        if url
        else format_html('<span class="clip">{}</span>', name)
    )
    return format_html('<span class="zy-person">{}{}</span>', face(name, kind, size), words)


@register.simple_tag
def key(*keys: str) -> SafeString:
    """Keycaps for the eye; the element itself says its key in data-key."""
    caps = [format_html("<kbd>{}</kbd>", cap) for cap in keys]
    return format_html('<span class="keys" aria-hidden="true">{}</span>', mark_safe("".join(caps)))  # noqa: S308


@register.simple_tag
def two_lines(economic: str, emotional: str) -> SafeString:
    """Economic and emotional tie, each strong or weak."""
    words = {"strong": _("strong"), "weak": _("weak")}
    return format_html(
        '<span class="zy-two"><span>{}</span>'
        '<svg viewBox="0 0 64 12" aria-hidden="true"><path class="eco {}" d="M2 6h60"/></svg>'
        '<span>{}</span><span>{}</span><svg viewBox="0 0 64 12" aria-hidden="true">'
        '<path class="psy {}" d="M2 6c5-6 10-6 15 0s10 6 15 0 10-6 15 0 10 6 15 0"/></svg>'
        "<span>{}</span></span>",
        _("Economic"),
        economic,
        words[economic],
        _("Emotional"),
        emotional,
        words[emotional],
    )


@register.simple_block_tag
def empty(content: str, title: str, text: str = "") -> SafeString:
    """Two resting strings, one fact, one next step (the block's content: buttons)."""
    step = content.strip()
    return format_html(
        '<div class="zy-empty"><svg viewBox="0 0 72 28" aria-hidden="true"><path d="M2 9h68M2 19h68"/></svg>'
        "<b>{}</b>{}{}</div>",
        title,
        format_html("<p>{}</p>", text) if text else "",
        format_html('<div class="next-step">{}</div>', content) if step else "",
    )


@register.simple_block_tag
def sheet(
    content: str, title: str, hint: str = "", *, name: str = "", pad: bool = True, foot: str = ""
) -> SafeString:
    """The one container, named by its heading. For actions in the header write the markup yourself."""
    name = name or "s-" + "-".join(str(title).split())
    return format_html(
        '<section class="zy-sheet" aria-labelledby="{0}"><header><h2 id="{0}">{1}</h2>{2}</header>'
        "{3}{4}</section>",
        name,
        title,
        format_html('<span class="hint">{}</span>', hint) if hint else "",
        format_html('<div class="pad">{}</div>', content) if pad else content,
        format_html("<footer>{}</footer>", foot) if foot else "",
    )


@register.simple_tag
def facts(rows: Iterable[Any]) -> SafeString:
    """Key–value side notes from `ui.Fact`s or (label, value[, note]) rows; empty values are left out."""
    lines = []
    for row in rows:
        label, value, note, url = _fact(row)
        if value in {None, ""}:
            continue
        shown = format_html('<a href="{}">{}</a>', url, value) if url else conditional_escape(value)
        extra = format_html('<span class="t1 i3 blk">{}</span>', note) if note else ""
        lines.append(format_html("<dt>{}</dt><dd>{}{}</dd>", label, shown, extra))
    return format_html('<dl class="zy-facts">{}</dl>', mark_safe("".join(lines))) if lines else SafeString()  # noqa: S308


def _fact(row: Any) -> tuple[Any, Any, Any, Any]:
    if isinstance(row, tuple | list):
        label, value, note = (*row, "", "")[:3]
        return label, value, note, ""
    return read(row, "label"), read(row, "value"), read(row, "note"), read(row, "url")


@register.inclusion_tag("zy/timeline.html", takes_context=True)
def timeline(context: Any, events: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first, from `ui.Event`s."""
    return {"events": events, "now": context.get("now") or timezone.now()}


@register.inclusion_tag("zy/stepper.html")
def stepper(steps: Iterable[Any]) -> dict[str, Any]:
    """The loop with the result under each stage; on the phone a bar and one sentence. From `ui.Step`s."""
    steps = list(steps)
    states = [read(step, "state") for step in steps]
    at = states.index("now") if "now" in states else max(0, sum(state != "todo" for state in states) - 1)
    share = (
        100
        if steps and "todo" not in states and "now" not in states
        else round((at + 0.5) * 100 / max(1, len(steps)))
    )
    return {
        "steps": steps,
        "at": at + 1,
        "total": len(steps),
        "current": steps[at] if steps else None,
        "share": share,
    }


@register.filter
def when(moment: dt.datetime | dt.date | None, now: dt.datetime | None = None) -> SafeString | str:
    """`<time>` with today 09:12, yesterday 19:40, 17 Nov 19:40, 17 Nov 2025."""
    if not moment:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), figures.when(moment, now or timezone.now())
    )


@register.filter
def brief(moment: dt.datetime | dt.date | None, now: dt.datetime | None = None) -> SafeString | str:
    """Like `when`, without the clock time before today: for narrow lists."""
    if not moment:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        moment.isoformat(),
        figures.when(moment, now or timezone.now(), brief=True),
    )


@register.filter
def clock_time(moment: dt.datetime | None) -> SafeString | str:
    """09:12 alone, where the day is clear."""
    return (
        format_html(
            '<time datetime="{}">{}</time>', moment.isoformat(), f"{timezone.localtime(moment):%H:%M}"
        )
        if moment
        else ""
    )


@register.filter
def long_day(date: dt.date | None) -> str:
    """Tue 17 Nov, 11月17日 周二: for planning."""
    if not date:
        return ""
    plain = timezone.localtime(date).date() if isinstance(date, dt.datetime) else date
    facts = {"day": figures.plain_day(plain, plain.year), "weekday": figures.weekday(plain)}
    return _("%(weekday)s %(day)s") % facts


@register.filter
def listed(words: Iterable[object]) -> str:
    """Words in a row, with the mark this language sets between them."""
    return figures.listed(words)


@register.filter
def speaks(name: object, words: object) -> str:
    """A name, this language's colon, and what is said."""
    return figures.speaks(name, words)


@register.filter
def duration(delta: dt.timedelta | None) -> str:
    return figures.duration(delta)


@register.filter
def money(amount: Decimal | float | None) -> str:
    return figures.money(amount)


@register.filter
def masked_phone(number: str | None) -> str:
    return figures.masked_phone(number)


@register.filter
def label(value: Any) -> Any:
    """A member of a closed list by its label in the reader's language."""
    return say(value)


@register.filter
def undo_url(tags: str | None) -> str:
    """The undo address in a message's tags, if there is one (`ui.toast` puts it there)."""
    return next(
        (part.removeprefix("undo:") for part in (tags or "").split() if part.startswith("undo:/")), ""
    )


@register.filter
def toast_kind(tags: str | None) -> str:
    words = (tags or "").split()
    return "bad" if {"bad", "error"} & set(words) else "plain" if {"plain", "warning"} & set(words) else ""


@register.simple_tag(takes_context=True)
def look(context: Any) -> dict[str, str]:
    """What this reader chose: theme, rail, large type, keys; a signed-in person's choice wins."""
    request: HttpRequest | None = context.get("request")
    cookies = request.COOKIES if request else {}
    chosen = {"theme": cookies.get("zy_theme", ""), "keys": "1"}
    with contextlib.suppress(DatabaseError):  # an error page must show even when the tables cannot be read
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            chosen = {
                "theme": getattr(user, "theme", ""),
                "keys": "1" if getattr(user, "shortcuts", True) else "0",
            }
    theme = chosen["theme"] if chosen["theme"] in {"light", "dark"} else "auto"
    return {
        "theme": theme,
        "keys": chosen["keys"],
        "rail": cookies.get("zy_rail", ""),
        "large": cookies.get("zy_large", ""),
    }
