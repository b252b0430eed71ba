"""Making the coach with a house's own packs, lines and models, and saying what is wrong with them."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhiyin.cli.coach.errors import BadModel, BadPack, NoFile, NoModels
from zhiyin.cli.language import gettext
from zhiyin.kit.errors import gettext_noop
from zhiyin.libs.coach import measures, rulebook
from zhiyin.libs.coach.engine import Coach, read_pack
from zhiyin.libs.coach.errors import PackError
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import AgentReading, CustomerReading, Question, Role, Said, Turn

CUSTOMER, AGENT = "customer.npz", "agent.npz"
"""The names of the models in a folder of models, as `zhiyin coach train` writes them."""
SIGHT = 8


@dataclass(frozen=True)
class Reader:
    """The coach, with a house's own packs and models where there are any."""

    coach: Coach

    def agent(
        self, text: str, context: Sequence[Turn] = (), now: dt.datetime | None = None, hours: Any = None
    ) -> AgentReading:
        """An agent's turn."""
        return self.coach.agent(text, context, now=now, hours=hours)

    def customer(self, text: str, context: Sequence[Turn] = ()) -> CustomerReading:
        """A customer's turn."""
        return self.coach.customer(text, context)

    def question(self, text: str, context: Sequence[Turn] = ()) -> Question:
        """How a turn asks."""
        return self.coach.question(text, context)

    def conversation(self, turns: Sequence[Turn]) -> list[AgentReading | CustomerReading]:
        """Every turn of a conversation in the light of those before it."""
        found: list[AgentReading | CustomerReading] = []
        for number, turn in enumerate(turns):
            read = self.agent if turn.role is Role.AGENT else self.customer
            found.append(read(turn.text, turns[max(0, number - SIGHT) : number]))
        return found


def reader(packs: Sequence[Path], models: Path | None = None) -> Reader:
    """The coach with a house's packs and the models in a folder. Raises BadPack, BadModel, NoFile, NoModels."""
    for place in packs:
        if not place.exists():
            raise NoFile(file=place)
    try:
        for place in packs:
            # The engine reads a language's packs when it first meets the language: a broken one should be told now.
            read_pack(_language(place), packs)
        found = _models(models) if models else {}
        return Reader(Coach(packs, agent_model=found.get(AGENT), customer_model=found.get(CUSTOMER)))
    except PackError as error:
        reason = gettext(error.reason) % error.facts if error.facts else gettext(error.reason)
        facts = {"place": error.place, "rule": error.rule, "reason": reason}
        raise BadPack(reason=gettext(error.message) % facts) from error


def _language(place: Path) -> str:
    told = rulebook.language(place)
    if told not in {"zh", "en"}:
        raise PackError(place.name, "pack", gettext_noop("language must be zh or en"))
    return told


def _models(folder: Path) -> dict[str, Model]:
    """The models in a folder by their files; one that is not there stays the shipped one."""
    modules = {CUSTOMER: "zhiyin.libs.coach.customer.reading", AGENT: "zhiyin.libs.coach.weighing"}
    found = {}
    for name, module in modules.items():
        if (folder / name).is_file():
            try:
                found[name] = Model.load(folder / name, importlib.import_module(module).HEADS)
            except Exception as error:
                raise BadModel(file=folder / name) from error
    if not found:
        raise NoModels(folder=folder)
    return found


def lines(file: Path | None) -> measures.Measures:
    """The measures, a house's laid over. Raises BadPack."""
    if file is None:
        return measures.shipped()
    try:
        return measures.read(file)
    except measures.MeasuresError as error:
        raise BadPack(reason=gettext(error.message) % error.data) from error


def said(sentence: Said) -> str:
    """A sentence of the coach in the terminal's language."""
    words = gettext(sentence.message)
    return words % sentence.data if sentence.data else words
