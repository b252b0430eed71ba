"""Training the customer's model from labelled turns: our corpus, and an organisation's own in the same form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhiyin.libs.coach import corpus, training
from zhiyin.libs.coach.customer.reading import HEADS, known_of
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import CustomerReading, Emotion, Role
from zhiyin.libs.coach.training import Example

MODEL_FILE = "customer.npz"
SETTINGS = training.DEFAULT


def train(own: Sequence[Path] = ()) -> Model:
    """The customer's model from the shipped corpus and an organisation's `own` JSON Lines files.

    The same files give the same bits. Raises ValueError with file, line or id where a record cannot be used.
    """
    return training.train(list(examples(_records(own))), HEADS, SETTINGS)


def examples(records: Iterable[Mapping[str, Any]]) -> Iterator[Example]:
    """Examples from records of customers' turns; an agent's and unlabelled ones are passed over, a missing label is
    not learnt. Raises ValueError with the id of a record whose label does not exist.
    """
    for record in records:
        if record.get("role", Role.CUSTOMER) != Role.CUSTOMER:
            continue
        answers = _answers(record)
        if answers:
            context = corpus.context_of(record)
            known = known_of(record["text"], context)[1]
            yield Example(record["text"], context, answers, known)


def cross_validated(own: Sequence[Path] = (), *, folds: int = 5) -> list[tuple[Example, CustomerReading]]:
    """The corpus read by models that have not seen a turn's context: how far the learnt part carries.

    The rules were written with the corpus in sight, so this flatters signals more than feelings.
    """
    from zhiyin.libs.coach.customer.reading import read

    known = list(examples(_records(own)))
    readings = training.cross_validated(
        known, HEADS, folds=folds, read=lambda model, one: read(one.text, one.context, model)
    )
    return list(zip(known, readings, strict=True))


def _records(own: Sequence[Path]) -> Iterator[dict[str, Any]]:
    yield from corpus.of(Role.CUSTOMER)
    for place in own:
        yield from corpus.records(place)


def _answers(record: Mapping[str, Any]) -> dict[str, str]:
    answers = {head: str(record[head]) for head in HEADS if record.get(head) is not None}
    for head, answer in answers.items():
        if answer not in HEADS[head] and not (head == "intensity" and answer == "0"):
            raise ValueError(f"{record.get('id', 'a record')}: {head} cannot be {answer!r}")
    if answers.get("emotion", Emotion.CALM) == Emotion.CALM or answers.get("intensity") == "0":
        answers.pop("intensity", None)
    return answers
