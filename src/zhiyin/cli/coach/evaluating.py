"""`zhiyin coach evaluate TURNS LABELS`: agreement with careful readers, as tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhiyin.cli import exits
from zhiyin.cli.coach import engine, labelling, rows
from zhiyin.cli.coach.errors import BadRow, NoLabels
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, table, warn
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach import evaluate as agents
from zhiyin.libs.coach import evaluate_customers as customers
from zhiyin.libs.coach.evaluate import Score
from zhiyin.libs.coach.readings import Role, Turn

AGENT_LABELS = {"flags": list, "positives": list, "severity": int, "question": str, "promises": list}
DISSATISFIED = 0


def evaluate(
    turns: Path,
    labels: Path | None,
    *,
    dialogues: Path | None,
    packs: Sequence[Path],
    models: Path | None,
    as_json: bool,
) -> int:
    """Read every labelled turn and compare; with dialogues, how well dissatisfied turns are told from the others."""
    reader = engine.reader(packs, models)
    found = _joined(turns, labels)
    if found is None:
        return exits.UNUSABLE
    marks = _marked(dialogues) if dialogues else []
    if marks is None:
        return exits.UNUSABLE
    read = [(row, gold, labelling.reading(reader, row)) for row, gold in found]
    report: dict[str, Any] = {}
    for role, tell in ((Role.AGENT, _agents), (Role.CUSTOMER, _customers)):
        own = [(gold, reading) for row, gold, reading in read if row.role is role]
        if own:
            report[role.value] = tell(
                [gold for gold, _r in own], [reading for _g, reading in own], quiet=as_json
            )
    if dialogues:
        report["dialogues"] = _auc(reader, marks, quiet=as_json)
    if as_json:
        say(json.dumps(report, ensure_ascii=False, indent=2))
    return exits.OK


def _joined(turns: Path, labels: Path | None) -> list[tuple[rows.Row, dict[str, Any]]] | None:
    """Turns with their labels, in order; None where a file has a line that cannot be used (told already)."""
    with rows.opened(turns) as stream:
        if not rows.sound(stream):
            return None
        own = [row for _line, row in rows.rows(stream)]
    gold = _labels(labels) if labels else {row.id: row.record for row in own}
    if gold is None:
        return None
    joined = [(row, gold[row.id]) for row in own if row.id in gold]
    if not joined:
        raise NoLabels
    if len(joined) < len(own):
        warn(_("%(count)s turns have no label and are left out.") % {"count": len(own) - len(joined)})
    wrong = [(row.id, reason) for row, record in joined if (reason := _lacks(row.role, record))]
    for name, reason in wrong[: rows.MOST_SHOWN]:
        warn(_("Label %(id)s: %(reason)s") % {"id": name, "reason": rows.told(reason)})
    return None if wrong else joined


def _labels(file: Path) -> dict[Any, dict[str, Any]] | None:
    gold: dict[Any, dict[str, Any]] = {}
    sound = True
    with rows.opened(file) as stream:
        stream.seek(0)
        for line, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            try:
                record = rows.loaded(raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw)
                if not isinstance(record.get("id"), str | int):
                    raise BadRow(gettext_noop("id is missing"))  # noqa: TRY301
                gold[record["id"]] = record
            except BadRow as error:
                sound = False
                warn(_("Line %(line)s: %(reason)s") % {"line": line, "reason": rows.told(error)})
    return gold if sound else None


def _lacks(role: Role, record: Mapping[str, Any]) -> BadRow | None:
    """What a label lacks to be compared with."""
    if role is Role.AGENT:
        missing = [key for key, kind in AGENT_LABELS.items() if not isinstance(record.get(key), kind)]
    else:
        missing = [key for key in customers.EVERY_LABEL if not isinstance(record.get(key), str | int)]
    return BadRow(gettext_noop("lacks %(names)s"), names=", ".join(missing)) if missing else None


def _agents(gold: Sequence[Any], readings: Sequence[Any], *, quiet: bool) -> dict[str, Any]:
    report = agents.agents(gold, readings)
    whole = {
        "findings": report.findings,
        "flagged turns": report.flagged,
        "severity ≥ 2, turns": report.severe,
        "severity ≥ 2, findings": report.severe_findings,
        "positives": report.positives_all,
        "promises, exact": report.promises_exact,
        "promises, partial": report.promises_partial,
        "turns with a hard promise": report.hard_turns,
    }
    shares = {"severity": report.severity_accuracy, "question": report.question_accuracy}
    if not quiet:
        say(_("Agents' turns: %(count)s") % {"count": report.turns})
        _table({**report.rules, **{f"+ {name}": score for name, score in report.positives.items()}, **whole})
        for name, share in shares.items():
            say(f"{name}: {share:.3f}")
    return {
        "turns": report.turns,
        "rules": _plain(report.rules),
        "positives": _plain(report.positives),
        "whole": _plain(whole),
        "accuracy": shares,
    }


def _customers(gold: Sequence[Any], readings: Sequence[Any], *, quiet: bool) -> dict[str, Any]:
    report = customers.customers(gold, readings)
    shares = {
        "emotion macro F1": report.emotion_macro,
        "emotion accuracy": report.emotion_accuracy,
        "satisfaction macro F1": report.satisfaction_macro,
        "intensity accuracy": report.intensity_accuracy,
    }
    if not quiet:
        say(_("Customers' turns: %(count)s") % {"count": report.turns})
        _table({**report.emotions, **report.satisfaction, **report.signals})
        for name, share in shares.items():
            say(f"{name}: {share:.3f}")
    return {
        "turns": report.turns,
        "emotions": _plain(report.emotions),
        "satisfaction": _plain(report.satisfaction),
        "signals": _plain(report.signals),
        "accuracy": shares,
    }


def _table(scores: Mapping[str, Score]) -> None:
    headings = [_("Label"), _("Precision"), _("Recall"), "F1", _("Right"), _("Too many"), _("Missed")]
    table(
        headings,
        [
            [
                name,
                f"{score.precision:.3f}",
                f"{score.recall:.3f}",
                f"{score.f1:.3f}",
                *map(str, (score.both, score.extra, score.missed)),
            ]
            for name, score in scores.items()
        ],
    )


def _plain(scores: Mapping[str, Score]) -> dict[str, Any]:
    return {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "both": score.both,
            "extra": score.extra,
            "missed": score.missed,
        }
        for name, score in scores.items()
    }


def _marked(file: Path) -> list[dict[str, Any]] | None:
    """Dialogues: {"messages": [{"role", "text", perhaps "satisfaction" 0–2}]}; None where a line cannot be used."""
    found: list[dict[str, Any]] = []
    sound = True
    with rows.opened(file) as stream:
        for line, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            try:
                found.append(_dialogue(rows.loaded(raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw)))
            except BadRow as error:
                sound = False
                warn(_("Line %(line)s: %(reason)s") % {"line": line, "reason": rows.told(error)})
    return found if sound else None


def _dialogue(record: dict[str, Any]) -> dict[str, Any]:
    messages = record.get("messages")
    if not isinstance(messages, list) or not all(_is_message(message) for message in messages):
        raise BadRow(gettext_noop("messages must be a list of role and text"))
    return record


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in {"agent", "customer"}
        and isinstance(message.get("text"), str)
    )


def _auc(reader: engine.Reader, dialogues: Iterable[Mapping[str, Any]], *, quiet: bool) -> dict[str, Any]:
    """Every marked customer's turn, read in the light of those before it."""
    scores, truths = [], []
    for dialogue in dialogues:
        turns = [Turn(Role(message["role"]), message["text"]) for message in dialogue["messages"]]
        for number, message in enumerate(dialogue["messages"]):
            if message["role"] == "customer" and message.get("satisfaction") in {0, 1, 2}:
                before = turns[max(0, number - engine.SIGHT) : number]
                scores.append(reader.customer(message["text"], before).dissatisfied)
                truths.append(message["satisfaction"] == DISSATISFIED)
    found = customers.auc(scores, truths)
    if found is None:
        if not quiet:
            say(_("The dialogues hold no dissatisfied turns beside others."))
        return {"auc": None}
    if not quiet:
        facts = {
            "value": f"{found.value:.3f}",
            "low": f"{found.low:.3f}",
            "high": f"{found.high:.3f}",
            "positive": found.positive,
            "negative": found.negative,
        }
        say(
            _(
                "Dissatisfied turns told from others: AUC %(value)s (%(low)s–%(high)s), %(positive)s against %(negative)s."
            )
            % facts
        )
    return {
        "auc": found.value,
        "low": found.low,
        "high": found.high,
        "positive": found.positive,
        "negative": found.negative,
    }
