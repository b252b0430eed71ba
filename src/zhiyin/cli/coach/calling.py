"""`zhiyin coach call FILE`: a timed transcript."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zhiyin.cli import exits
from zhiyin.cli.coach import engine, labelling
from zhiyin.cli.coach.errors import BadText, BadTranscript, NoFile, NoForm
from zhiyin.cli.coach.words import ACTS, SEVERITIES, STEPS, TYPES, pair, title
from zhiyin.cli.language import gettext
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, table
from zhiyin.libs.coach import calls, service
from zhiyin.libs.coach.conversation import Act, Step, TalkFinding
from zhiyin.libs.coach.measures import Measures
from zhiyin.libs.coach.readings import AgentReading, Finding, Role, Turn


def call(
    file: Path,
    *,
    agents: Sequence[str],
    customers: Sequence[str],
    lines: Path | None,
    packs: Sequence[Path],
    models: Path | None,
    as_json: bool,
) -> int:
    """Read the call and report on it."""
    measures = engine.lines(lines)
    names = dict.fromkeys(agents, Role.AGENT) | dict.fromkeys(customers, Role.CUSTOMER)
    turns = _turns(file, names, measures)
    read = engine.reader(packs, models).conversation(turns)
    heard = calls.read(turns, read, measures=measures)
    kind = service.of(read, heard.conversation, heard.findings, timed=True, measures=measures)
    single = [
        (number, each)
        for number, one in enumerate(read)
        if isinstance(one, AgentReading)
        for each in one.findings
    ]
    if as_json:
        say(json.dumps(_record(turns, heard, kind, single), ensure_ascii=False, indent=2))
        return exits.OK
    _report(turns, heard, kind, single, measures)
    return exits.OK


def _turns(file: Path, names: Mapping[str, Role], measures: Measures) -> tuple[Turn, ...]:
    form = file.suffix.lower().removeprefix(".")
    if form not in calls.FORMATS:
        raise NoForm(file=file)
    try:
        return calls.load(file.read_bytes().decode("utf-8-sig"), form, names=names, measures=measures)
    except OSError as error:
        raise NoFile(file=file) from error
    except UnicodeDecodeError as error:
        raise BadText(byte=error.start + 1) from error
    except calls.TranscriptError as error:
        reason = gettext(error.message) % error.data if error.data else gettext(error.message)
        raise BadTranscript(line=error.line, reason=reason) from error


def _report(
    turns: Sequence[Turn],
    heard: calls.Call,
    kind: service.Service,
    single: Sequence[tuple[int, Finding]],
    measures: Measures,
) -> None:
    table([_("Figure"), _("Agent"), _("Customer"), _("Limit")], _figures(heard.figures, measures))
    talked = heard.conversation
    acts = _shown(ACTS, list(Act), talked.acts) if talked.matter else _("a short enquiry, none needed")
    say(pair(_("Three steps"), _shown(STEPS, list(Step), talked.steps)))
    say(pair(_("Acts"), acts))
    say(pair(_("Service type"), _service(kind)))
    for lost in kind.evidence:
        if lost.score < 1:
            say("   – " + pair(gettext(lost.item.says), f"{lost.score:.1f}{_at(turns, lost.place)}"))
    rows: list[tuple[int, TalkFinding | Finding]] = [(each.turn, each) for each in heard.findings]
    rows += single
    if not rows:
        say(_("Nothing to change."))
    for number, each in sorted(rows, key=lambda row: (row[0], row[1].start)):
        say("")
        say(
            f"{_stamp(turns[number])} {title(each.rule)} · {each.rule} · {gettext(SEVERITIES[each.severity])}"
        )
        say("   " + pair(_("What is wrong"), engine.said(each.why)))
        if each.suggestion:
            say("   " + pair(_("Better"), each.suggestion))


def _figures(figures: calls.Figures, measures: Measures) -> list[list[str]]:
    words = "" if figures.unit == "characters/min" else "_words"
    pace = _("Pace, characters a minute") if not words else _("Pace, words a minute")
    share, line = figures.talk_share, measures.line

    def per(value: float | None) -> str:
        return "–" if value is None else f"{value:.0f}"

    rows = [
        [_("Speech, seconds"), per(figures.agent.speech), per(figures.customer.speech), ""],
        [_("Share of the speech"), f"{share:.0%}", f"{1 - share:.0%}", f"{line('talk_share_high'):.0%}"],
        [pace, per(figures.agent.pace), per(figures.customer.pace), per(line(f"pace_fast{words}"))],
        [
            _("Talks over the other"),
            str(len(figures.interruptions)),
            str(len(figures.interruptions_by_customer)),
            per(line("interruptions_a_call")),
        ],
    ]
    median = "–" if figures.response_median is None else f"{figures.response_median:.1f}"
    longest = max((silence.seconds for silence in figures.silences), default=0.0)
    monologue = figures.monologue.seconds if figures.monologue else 0.0
    greeting = "–" if figures.greeting_at is None else f"{figures.greeting_at:.1f}"
    return [
        *rows,
        [_("Answers after, seconds (median)"), median, "", per(line("response"))],
        [_("Longest stretch, seconds"), per(monologue), "", per(line("monologue"))],
        [_("Longest silence, seconds"), f"{longest:.1f}", "", per(line("dead_air"))],
        [_("First word after, seconds"), greeting, "", per(line("greeting_within"))],
        [_("Both at once"), f"{figures.overlap_share:.1%}", "", f"{line('overlap'):.0%}"],
    ]


def _shown(names: Mapping[str, str], order: Sequence[Any], there: Mapping[Any, Any]) -> str:
    return " · ".join(f"{'✓' if each in there else '✗'} {gettext(names[each.value])}" for each in order)


def _service(kind: service.Service) -> str:
    if kind.type is None or kind.procedure is None or kind.person is None:
        return "–"
    sides = {service.Dimension.PROCEDURE: _("procedure"), service.Dimension.PERSON: _("person")}
    scores = {service.Dimension.PROCEDURE: kind.procedure, service.Dimension.PERSON: kind.person}
    shown = " · ".join(
        _("%(name)s %(score)s (%(margin)s from the line)")
        % {"name": name, "score": f"{scores[side]:.2f}", "margin": f"{kind.margins[side]:+.2f}"}
        for side, name in sides.items()
    )
    return f"{gettext(TYPES[kind.type.value])} · {shown}"


def _at(turns: Sequence[Turn], place: Any) -> str:
    return f" · {_stamp(turns[place.turn])}" if place is not None else ""


def _stamp(turn: Turn) -> str:
    minutes, seconds = divmod(turn.start or 0.0, 60)
    return f"{minutes:02.0f}:{seconds:04.1f}"


def _record(
    turns: Sequence[Turn], heard: calls.Call, kind: service.Service, single: Sequence[tuple[int, Finding]]
) -> dict[str, Any]:
    talked = heard.conversation
    return {
        "figures": asdict(heard.figures),
        "steps": {step.value: asdict(place) for step, place in talked.steps.items()},
        "steps_in_order": talked.steps_in_order,
        "acts": {act.value: asdict(place) for act, place in talked.acts.items()},
        "matter": talked.matter,
        "settled": talked.settled,
        "service": {
            "type": kind.type.value if kind.type else None,
            "procedure": kind.procedure,
            "person": kind.person,
            "margins": {side.value: margin for side, margin in kind.margins.items()},
            "evidence": [
                {"item": each.item.id, "score": each.score, "turn": each.place.turn if each.place else None}
                for each in kind.evidence
            ],
        },
        "findings": [
            {"turn": each.turn, "at": turns[each.turn].start, **labelling.finding(each)}
            for each in heard.findings
        ],
        "turn_findings": [
            {"turn": number, "at": turns[number].start, **labelling.finding(each)} for number, each in single
        ],
    }
