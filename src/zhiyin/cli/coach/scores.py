"""Agreement as tables on a terminal, and as plain figures for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiyin.cli.coach.words import pair
from zhiyin.cli.language import gettext
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, table
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach import evaluate, evaluate_customers
from zhiyin.libs.coach.evaluate import AgentReport, Record, Score
from zhiyin.libs.coach.readings import Role

NAMES = {
    "findings": gettext_noop("all findings"),
    "flagged turns": gettext_noop("turns with a finding"),
    "severity ≥ 2, turns": gettext_noop("turns of severity 2 or more"),
    "severity ≥ 2, findings": gettext_noop("findings of severity 2 or more"),
    "positives": gettext_noop("all that is good"),
    "promises, exact": gettext_noop("promises, word for word"),
    "promises, partial": gettext_noop("promises, overlapping"),
    "turns with a hard promise": gettext_noop("turns with a hard promise"),
    "severity": gettext_noop("severity, share of turns alike"),
    "question": gettext_noop("type of question, share of turns alike"),
    "emotion macro F1": gettext_noop("emotion, macro F1"),
    "emotion accuracy": gettext_noop("emotion, share of turns alike"),
    "satisfaction macro F1": gettext_noop("satisfaction, macro F1"),
    "intensity accuracy": gettext_noop("intensity, share of turns alike"),
}
"""What the figures are called on a terminal, by their names in JSON."""
PRECISION_ALONE = "severity ≥ 2, findings"
"""Readers grade turns, not findings: what is missed cannot be told."""


def by_role(gold: Sequence[Record], readings: Sequence[Record], role: Role, *, quiet: bool) -> dict[str, Any]:
    """How far readings of one role's turns agree with the gold: told, unless `quiet`, and as plain figures."""
    return (_agents if role is Role.AGENT else _customers)(gold, readings, quiet=quiet)


def auc(found: evaluate_customers.Auc | None, *, quiet: bool) -> dict[str, Any]:
    """How well dissatisfied turns are told from others."""
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


def _agents(gold: Sequence[Record], readings: Sequence[Record], *, quiet: bool) -> dict[str, Any]:
    report = evaluate.agents(gold, readings)
    whole = _whole(report)
    if not any("findings" in reading for reading in readings):
        del whole[PRECISION_ALONE]  # another reader grades turns only
    shares = {"severity": report.severity_accuracy, "question": report.question_accuracy}
    if not quiet:
        say(_("Agents' turns: %(count)s") % {"count": report.turns})
        questions = {f"? {name}": score for name, score in report.questions.items()}
        _table({**report.rules, **_marked("+", report.positives), **questions, **whole})
        _told(shares)
    return {
        "turns": report.turns,
        "rules": _plain(report.rules),
        "positives": _plain(report.positives),
        "questions": _plain(report.questions),
        "whole": _plain(whole),
        "accuracy": shares,
    }


def _whole(report: AgentReport) -> dict[str, Score]:
    return {
        "findings": report.findings,
        "flagged turns": report.flagged,
        "severity ≥ 2, turns": report.severe,
        PRECISION_ALONE: report.severe_findings,
        "positives": report.positives_all,
        "promises, exact": report.promises_exact,
        "promises, partial": report.promises_partial,
        "turns with a hard promise": report.hard_turns,
    }


def _customers(gold: Sequence[Record], readings: Sequence[Record], *, quiet: bool) -> dict[str, Any]:
    report = evaluate_customers.customers(gold, readings)
    shares = {
        "emotion macro F1": report.emotion_macro,
        "emotion accuracy": report.emotion_accuracy,
        "satisfaction macro F1": report.satisfaction_macro,
        "intensity accuracy": report.intensity_accuracy,
    }
    if not quiet:
        say(_("Customers' turns: %(count)s") % {"count": report.turns})
        _table({**report.emotions, **report.satisfaction, **_marked("!", report.signals)})
        _told(shares)
    return {
        "turns": report.turns,
        "emotions": _plain(report.emotions),
        "satisfaction": _plain(report.satisfaction),
        "signals": _plain(report.signals),
        "accuracy": shares,
    }


def _marked(mark: str, scores: Mapping[str, Score]) -> dict[str, Score]:
    """Labels that are no findings, told apart by a sign."""
    return {f"{mark} {name}": score for name, score in scores.items()}


def _told(shares: Mapping[str, float]) -> None:
    for name, share in shares.items():
        say(pair(gettext(NAMES[name]), f"{share:.3f}"))


def _table(scores: Mapping[str, Score]) -> None:
    headings = [_("Label"), _("Precision"), _("Recall"), "F1", _("Right"), _("Too many"), _("Missed")]
    lines = []
    for name, score in scores.items():
        figures = [f"{value:.3f}" for value in (score.precision, score.recall, score.f1)]
        counts = [str(count) for count in (score.both, score.extra, score.missed)]
        if name == PRECISION_ALONE:
            figures[1:], counts[2:] = ["–", "–"], ["–"]
        lines.append([gettext(NAMES[name]) if name in NAMES else name, *figures, *counts])
    table(headings, lines)


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
