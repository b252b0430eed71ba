"""`zhiyin coach train --to FOLDER`."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zhiyin.cli import exits
from zhiyin.cli.coach import rows
from zhiyin.cli.coach.engine import CUSTOMER
from zhiyin.cli.coach.errors import BadFolder, BadLabel, NothingToLearn
from zhiyin.cli.language import gettext as _
from zhiyin.cli.screen import say
from zhiyin.libs.coach.readings import Role


def train(to: Path, *, more: Sequence[Path], only_more: bool) -> int:
    """Train the customer's model on the shipped corpus and the house's own labels, and write it to a folder."""
    own: list[Any] = []
    for file in more:
        with rows.opened(file) as stream:
            if not rows.sound(stream):
                return exits.UNUSABLE
            own += [row for _line, row in rows.rows(stream) if row.role is Role.CUSTOMER]
    learning = importlib.import_module("zhiyin.libs.coach.customer.learning")
    training = importlib.import_module("zhiyin.libs.coach.training")
    records = itertools.chain(() if only_more else _shipped(), (row.record for row in own))
    try:
        examples = [example for example in learning.examples(records) if example.answers]
    except ValueError as error:
        raise BadLabel(reason=error) from error
    if not examples:
        raise NothingToLearn
    model = training.train(examples, learning.HEADS)
    try:
        to.mkdir(parents=True, exist_ok=True)
        model.save(to / CUSTOMER)
    except OSError as error:
        raise BadFolder(folder=to) from error
    size = (to / CUSTOMER).stat().st_size / 2**20
    say(
        _("Learnt from %(count)s turns, %(own)s of them yours: %(file)s, %(size)s MB.")
        % {"count": len(examples), "own": len(own), "file": to / CUSTOMER, "size": f"{size:.1f}"}
    )
    return exits.OK


def _shipped() -> Iterator[dict[str, Any]]:
    corpus = importlib.import_module("zhiyin.libs.coach.corpus")
    records: Iterator[dict[str, Any]] = corpus.records(corpus.shipped("customer"))
    return records
