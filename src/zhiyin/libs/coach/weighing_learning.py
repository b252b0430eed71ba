"""Training the agent's model from labelled dialogues: our corpus, and an organisation's own in the same form."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhiyin.libs.coach import corpus, dialogues, rulebook, training, weighing
from zhiyin.libs.coach.engine import Desk
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import Role
from zhiyin.libs.coach.training import Example, Settings

MODEL_FILE = "agent.npz"
HEADS = weighing.HEADS
SETTINGS = Settings(
    least={"turn": 2, "customer": 3, "known": 3},
    ridge=6e-5,
    balance=0.0,
    rounds=160,
    kept=60_000,
    scale={"turn": 1.5, "customer": 0.6, "known": 2.3},
)


def examples(records: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Examples from records of agents' turns that answer a customer; others and unlabelled ones are passed over.

    Raises ValueError with the id of a record whose findings do not exist.
    """
    desk = Desk(rulebook.read(rulebook.packs_shipped()["zh"]), learnt=False)
    for record in records:
        if record.get("role") != Role.AGENT or "flags" not in record:
            continue
        flags = _flags(record)
        context = corpus.context_of(record)
        view = desk.view(record["text"], context)
        desk.judge(view)
        answers = {rule: "yes" if rule in flags else "no" for rule in HEADS}
        if view.scene.burst:
            yield Example(record["text"], context, answers, frozenset(weighing.facts(view)), weighing.see)


def _flags(record: Mapping[str, Any]) -> Sequence[str]:
    flags = record["flags"]
    if not isinstance(flags, list):
        raise ValueError(f"{record.get('id', 'a record')}: flags must be a list")  # noqa: TRY004
    wrong = [one for one in flags if not isinstance(one, str) or one not in dialogues.FINDINGS]
    if wrong:
        raise ValueError(f"{record.get('id', 'a record')}: flags cannot hold {wrong[0]!r}")
    return flags


def train(own: Sequence[Path] = ()) -> Model:
    """The agent's model from the shipped corpus and an organisation's `own` files. The same files give the same bits."""
    records = itertools.chain(corpus.of(Role.AGENT), *(corpus.records(place) for place in own))
    return training.train(list(examples(records)), HEADS, SETTINGS)
