"""`zhiyin coach text FILE`: one reply, before it is sent."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from zhiyin.cli import exits
from zhiyin.cli.coach import clock, engine, labelling, rows, second
from zhiyin.cli.coach.errors import BadContext, BadRow, BadText, NoFile
from zhiyin.cli.coach.words import POSITIVES, QUESTIONS, SEVERITIES, owner, pair, title
from zhiyin.cli.language import gettext
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn
from zhiyin.libs.coach.readings import AgentReading, Finding, Promise, Turn

ROUND = 12
"""So many characters around a finding are shown."""


def text(
    file: Path,
    *,
    after: Sequence[str],
    now: str,
    calendar: str,
    packs: Sequence[Path],
    models: Path | None,
    as_json: bool,
) -> int:
    """Read one reply and say what would be better."""
    moment, hours = clock.given(now, calendar)
    context = tuple(map(_turn, after))
    draft = _draft(file)
    coach = engine.reader(packs, models)
    read = coach.agent(draft, context, now=moment, hours=hours)
    more = second.opinion(draft, context, read)
    if as_json:
        record = labelling.agent(read)
        record["findings"] += [labelling.finding(each) | {"from": "model"} for each in more]
        say(json.dumps(record, ensure_ascii=False, indent=2))
        return exits.OK
    if not draft.strip():
        return exits.OK
    report(draft, read, more)
    return exits.OK


def _turn(said: str) -> Turn:
    try:
        return rows.earlier(said)
    except BadRow as error:
        raise BadContext(said=said) from error


def _draft(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == rows.STDIN else file.read_bytes()
        draft = raw.decode("utf-8-sig").strip("\r\n")
    except OSError as error:
        raise NoFile(file=file) from error
    except UnicodeDecodeError as error:
        raise BadText(byte=error.start + 1) from error
    if not draft.strip():
        warn(_("There is no word in it."))
    return draft


def report(draft: str, read: AgentReading, more: Sequence[Finding]) -> None:
    """A readable report on standard output."""
    found = [*read.findings, *more]
    if not found:
        say(_("Nothing to change."))
    else:
        say(gettext(SEVERITIES[max(each.severity for each in found)]))
    told: dict[str, int] = {}
    for number, each in enumerate(found, 1):
        source = "" if number <= len(read.findings) else _(" (the language model's view)")
        say("")
        say(f"{number}. {title(each.rule)} · {each.rule} · {gettext(SEVERITIES[each.severity])}{source}")
        say(f"   {excerpt(draft, each.start, each.end)}")
        say("   " + pair(_("What is wrong"), engine.said(each.why)))
        first = told.setdefault(each.suggestion, number)
        if each.suggestion:
            as_before = _("the same as in %(number)s") % {"number": first}
            say("   " + pair(_("Better"), each.suggestion if first == number else as_before))
    marks = list(dict.fromkeys(mark.rule for mark in read.positives))
    say("")
    if marks:
        said = _(", ").join(gettext(POSITIVES.get(mark, mark)) for mark in marks)
        say(pair(_("Good"), said))
    say(pair(_("Question"), gettext(QUESTIONS[read.question])))
    for promise in read.promises:
        say(pair(_("Promise"), _promise(promise)))


def _promise(promise: Promise) -> str:
    due = promise.due_at.isoformat(" ", "minutes") if promise.due_at else promise.due
    shown = due or _("no time named")
    return f"{promise.text} · {shown} · {owner(promise.owner)}"


def excerpt(text: str, start: int, end: int) -> str:
    """The words found in ▸ ◂, with a little around them, on one line."""
    before, after = text[max(0, start - ROUND) : start], text[end : end + ROUND]
    head = "…" if start > ROUND else ""
    tail = "…" if end + ROUND < len(text) else ""
    return " ".join(f"{head}{before}▸{text[start:end]}◂{after}{tail}".split())
