"""`zhiyin coach evaluate TURNS LABELS`: agreement with careful readers, and of two readers with each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhiyin.cli import exits
from zhiyin.cli.coach import engine, gold, labelling, rows, scores
from zhiyin.cli.coach.errors import NoLabels, TwoReaders
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say, warn
from zhiyin.libs.coach import evaluate_customers as customers
from zhiyin.libs.coach.evaluate import Record
from zhiyin.libs.coach.readings import Role, Turn


def evaluate(
    turns: Path,
    labels: Sequence[Path],
    *,
    part: str,
    dialogues: Path | None,
    packs: Sequence[Path],
    models: Path | None,
    as_json: bool,
) -> int:
    """Read every labelled turn and compare; with dialogues, how well dissatisfied turns are told from the others."""
    reader = engine.reader(packs, models)
    found = gold.joined(turns, labels, part)
    if found is None:
        return exits.UNUSABLE
    marked = gold.dialogues(dialogues) if dialogues else found.dialogues
    if marked is None:
        return exits.UNUSABLE
    read = [(row.role, label, labelling.reading(reader, row)) for row, label in found.pairs]
    report: dict[str, Any] = {"part": part} if part else {}
    report |= _by_role(read, quiet=as_json)
    if marked:
        report["dialogues"] = scores.auc(_auc(reader, marked), quiet=as_json)
    if as_json:
        say(json.dumps(report, ensure_ascii=False, indent=2))
    return exits.OK


def readers(first: Path, others: Sequence[Path], *, part: str, as_json: bool) -> int:
    """How far a second reader's labels agree with a first's, on the turns both have. Raises TwoReaders."""
    if len(others) != 1:
        raise TwoReaders
    one, other = gold.labels([first]), gold.labels(others)
    if one is None or other is None or not (_usable(first, one) & _usable(others[0], other)):
        return exits.UNUSABLE
    one = gold.chosen(one, part)
    pairs = [
        (gold.role_of(record), record, other[name])
        for name, record in one.items()
        if name in other and gold.role_of(record) is gold.role_of(other[name])
    ]
    if not pairs:
        raise NoLabels
    if not as_json:
        say(_("Precision and recall are the second reader's against the first."))
    report = _by_role(pairs, quiet=as_json)
    if as_json:
        say(json.dumps(report, ensure_ascii=False, indent=2))
    return exits.OK


def _usable(file: Path, labels: gold.Labels) -> bool:
    """Whether every label can be compared; what is wrong is told."""
    wrong = [
        (name, reason)
        for name, record in labels.items()
        if (reason := gold.unusable(record, gold.role_of(record))) is not None
    ]
    for name, reason in wrong[: rows.MOST_SHOWN]:
        warn(
            _("%(file)s, label %(id)s: %(reason)s")
            % {"file": file.name, "id": name, "reason": rows.told(reason)}
        )
    return not wrong


def _by_role(found: Sequence[tuple[Role, Record, Record]], *, quiet: bool) -> dict[str, Any]:
    report = {}
    for role in (Role.AGENT, Role.CUSTOMER):
        own = [(label, reading) for whose, label, reading in found if whose is role]
        if own:
            report[role.value] = scores.by_role(
                [label for label, _reading in own], [reading for _label, reading in own], role, quiet=quiet
            )
    return report


def _auc(reader: engine.Reader, dialogues: Iterable[Mapping[str, Any]]) -> customers.Auc | None:
    """Every marked customer's turn, read in the light of those before it."""
    rates, truths = [], []
    for dialogue in dialogues:
        turns = [Turn(Role(message["role"]), message["text"]) for message in dialogue["messages"]]
        for number, message in enumerate(dialogue["messages"]):
            if message["role"] == "customer" and message.get("satisfaction") in gold.MARKS:
                before = turns[max(0, number - engine.SIGHT) : number]
                rates.append(reader.customer(message["text"], before).dissatisfied)
                truths.append(message["satisfaction"] == gold.DISSATISFIED)
    return customers.auc(rates, truths)
