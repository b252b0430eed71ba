"""The coach: packs in, readings of turns out.

One turn costs one pass of an automaton and small checks around what it finds; earlier turns are read once and kept.
"""

from __future__ import annotations

import datetime as dt
import importlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from zhiyin.libs.coach import asking, positives, rulebook, weighing
from zhiyin.libs.coach.errors import PackError
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.judges import JUDGES, ORDER
from zhiyin.libs.coach.model import Model
from zhiyin.libs.coach.readings import (
    AgentReading,
    CustomerReading,
    Finding,
    Promise,
    Question,
    Role,
    Said,
    Turn,
    gettext_noop,
)
from zhiyin.libs.coach.rulebook import Rule, Rulebook
from zhiyin.libs.coach.scanning import Automaton
from zhiyin.libs.coach.scene import IN_SIGHT, Heard, Reader, Scene, Told
from zhiyin.libs.coach.view import Raised, View, is_fact

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_KEPT_TURNS = 64
_KEPT_LENGTH = 2000
"""Longer turns are read anew each time, so that the cache stays small."""


class Coach:
    """Reads turns with the packs that ship and an organisation's own.

    `house` are pack files or folders of the organisation (jargon, forbidden and required phrases, rules), each
    for the language its [pack] names. `agent_model` and `customer_model` replace the shipped models. Raises PackError
    where a pack is not usable.
    """

    def __init__(
        self,
        house: Iterable[Path | Traversable] = (),
        *,
        learnt: bool = True,
        agent_model: Model | None = None,
        customer_model: Model | None = None,
    ) -> None:
        """Packs are read at once, so that a broken one is told at the start; `learnt`: with the model, or rules alone."""
        self._own = list(house)
        self._learnt, self._agent_model, self._customer_model = learnt, agent_model, customer_model
        self._desks: dict[str, Desk] = {}
        self._of("zh")

    def agent(
        self, text: str, context: Sequence[Turn] = (), now: dt.datetime | None = None, hours: Any = None
    ) -> AgentReading:
        """What the coach says of an agent's turn in the light of `context`, the turns before it, oldest first.

        `now` (with a time zone) and `hours` (working calendar, see promises.find) resolve the times promised.
        """
        desk = self._desk(text, context)
        view = desk.view(text, context)
        desk.judge(view)
        return AgentReading(
            findings=desk.findings(view),
            positives=positives.marks(view),
            question=asking.kind(asking.questions(view)),
            promises=_promises(view, context, now, hours),
            severity=max((raised.severity for raised in view.raised), default=0),
        )

    def customer(self, text: str, context: Sequence[Turn] = ()) -> CustomerReading:
        """What the coach says of a customer's turn."""
        customer = _part("customer")
        if customer is None:
            raise NotImplementedError("the reading of customers is not part of this build")
        reading: CustomerReading = customer.read(text, context, self._customer_model)
        return reading

    def question(self, text: str, context: Sequence[Turn] = ()) -> Question:
        """How a turn asks, whoever says it; `context` only tells the language where the turn has no words."""
        view = self._desk(text, context).view(text, ())
        return asking.kind(asking.questions(view))

    def _desk(self, text: str, context: Sequence[Turn]) -> Desk:
        """The language of the turn; where it has no words, of the conversation; Chinese when in doubt."""
        for said in (text, *(turn.text for turn in reversed(context))):
            if _CHINESE.search(said):
                return self._of("zh")
            if _LATIN.search(said):
                return self._of("en")
        return self._of("zh")

    def _of(self, language: str) -> Desk:
        if language not in self._desks:
            book = read_pack(language, self._own)
            self._desks[language] = Desk(book, learnt=self._learnt, model=self._agent_model)
        return self._desks[language]


def read_pack(language: str, house: Sequence[Path | Traversable] = ()) -> Rulebook:
    """The shipped pack of a language with those house packs that are for it."""
    own = [place for place in house if rulebook.language(place) == language]
    book = rulebook.read(rulebook.packs_shipped()[language], more=own)
    if own:
        for rule in book.rules:
            _known(rule)
        for rule in (*book.rules, *book.positives):
            _sound(rule)
    return book


def _sound(rule: Rule) -> None:
    """Raise PackError where a rule names a fact of the scene that does not exist."""
    for pattern in rule.patterns:
        for name in (*pattern.scene, *pattern.not_scene):
            if not is_fact(name):
                raise PackError(
                    rule.place, rule.id, gettext_noop("a scene has no fact “%(name)s”"), name=name
                )


class Desk:
    """One language: its rulebook, its automaton, its cache of earlier turns."""

    def __init__(self, book: Rulebook, *, learnt: bool = True, model: Model | None = None) -> None:
        """`learnt`: whether a model may raise what no rule did; `model` replaces the shipped one."""
        self.book = book
        self.weighed = weighing.weighed(book) if learnt else ()
        self.model = model
        self.automaton = Automaton(book.lists, spaced=book.language == "en")
        self.rules = sorted(book.rules, key=lambda rule: ORDER[_known(rule)])
        reader = Reader(book, self.automaton)
        self._heard, self._told = reader.heard, reader.told
        self._heard_kept = lru_cache(_KEPT_TURNS)(reader.heard)
        self._told_kept = lru_cache(_KEPT_TURNS)(reader.told)

    def view(self, text: str, context: Sequence[Turn]) -> View:
        context = tuple(context[-IN_SIGHT:])
        scene = Scene(tuple(map(self._earlier, context)))
        return View(text, self.automaton.read(text), scene, self.book, context)

    def _earlier(self, turn: Turn) -> Heard | Told:
        kept = len(turn.text) <= _KEPT_LENGTH
        if turn.role is Role.CUSTOMER:
            return self._heard_kept(turn.text) if kept else self._heard(turn.text)
        return self._told_kept(turn.text) if kept else self._told(turn.text)

    def judge(self, view: View) -> None:
        for rule in self.rules:
            JUDGES[rule.judge](view, rule)
        if self.weighed:
            weighing.weigh(view, self.weighed, self.model)

    def findings(self, view: View) -> tuple[Finding, ...]:
        found = [_finding(view, raised) for raised in view.raised]
        return tuple(sorted(found, key=_first_the_feeling))


def _first_the_feeling(finding: Finding) -> tuple[bool, int, int, str]:
    return (finding.rule != "missing_empathy", finding.start, -finding.severity, finding.rule)


def _known(rule: Rule) -> str:
    if rule.judge not in JUDGES:
        raise PackError(rule.place, rule.id, gettext_noop("there is no judge %(judge)s"), judge=rule.judge)
    return rule.judge


def _finding(view: View, raised: Raised) -> Finding:
    low, high = raised.span
    text = view.text[low:high]
    low, high = low + len(text) - len(text.lstrip()), high - (len(text) - len(text.rstrip()))
    said = view.text[slice(*raised.said)]
    facts = {
        "said": said,
        "clause": view.clause_of(raised),
        "term": said,
        "plain": view.book.jargon.get(folded(said), said),
        "count": _count(view, raised),
    }
    why = {name: value for name, value in facts.items() if f"%({name})s" in raised.rule.why}
    return Finding(
        rule=raised.rule.id,
        start=min(low, high),
        end=high,
        severity=raised.severity,
        why=Said(raised.rule.why, why),
        suggestion=view.suggestion(raised),
    )


def _count(view: View, raised: Raised) -> int:
    if raised.rule.judge != "stacked":
        return 1
    return sum(not (question.formula or question.tag) for question in asking.questions(view))


def _promises(
    view: View, context: Sequence[Turn], now: dt.datetime | None, hours: Any
) -> tuple[Promise, ...]:
    promises = _part("promises")
    if promises is None:
        return ()
    found: tuple[Promise, ...] = promises.find(
        view.text, context=context, now=now, hours=hours, folded=view.scan.text
    )
    return found


@lru_cache
def _part(name: str) -> Any:
    """A part of the coach that another branch brings; None until it is there."""
    try:
        return importlib.import_module(f"zhiyin.libs.coach.{name}")
    except ModuleNotFoundError:
        return None
