"""What may be written into the catalogue, and when a version holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from zhiyin.catalogue.rules.words import GuaranteeState, Measure
from zhiyin.kit.errors import Conflict, DomainError, Invalid, gettext_noop

LONGEST = 60 * 24 * 365
SHORT, LINE, LONG = 80, 200, 4000


class WordsMissing(Invalid):
    code = "catalogue.words_missing"
    message = gettext_noop("This is still empty.")


class WordsLong(Invalid):
    code = "catalogue.words_long"
    message = gettext_noop("Too long: at most %(most)s characters, this one has %(count)s.")


class NameTaken(Invalid):
    code = "catalogue.name_taken"
    message = gettext_noop("There is one of this name already.")


class TargetMissing(Invalid):
    code = "catalogue.target_missing"
    message = gettext_noop("Write within how long, from a minute to a year.")


class RemedyMissing(Invalid):
    code = "catalogue.remedy_missing"
    message = gettext_noop("Write what the customer gets when this is not kept.")


class AmountBelowZero(Invalid):
    code = "catalogue.amount_below_zero"
    message = gettext_noop("An amount of 0 or more fits here.")


class Stale(Conflict):
    code = "catalogue.stale"
    message = gettext_noop(
        "A colleague has just changed this. What you typed is kept below; look at it once more and save again."
    )


class DayPast(Invalid):
    code = "catalogue.day_past"
    message = gettext_noop("This day has passed. It can hold from today at the earliest.")


class DayTaken(Invalid):
    code = "catalogue.day_taken"
    message = gettext_noop("Another version holds from this day already. Choose another day.")


class InForce(DomainError):
    code = "catalogue.in_force"
    message = gettext_noop("This version holds already and stays as it is. Write a new one.")


class NotADraft(DomainError):
    code = "catalogue.not_a_draft"
    message = gettext_noop("Only a draft can be changed; what was published stays as it is.")


class NothingPromised(DomainError):
    code = "catalogue.nothing_promised"
    message = gettext_noop("Add at least one clause before you publish.")


class NoRemedy(DomainError):
    code = "catalogue.no_remedy"
    message = gettext_noop("“%(title)s” is measured. Write what the customer gets when it is not kept.")


class ItemOutOfUse(Invalid):
    code = "catalogue.item_out_of_use"
    message = gettext_noop("This service is no longer offered. Choose another.")


def check_line(field: str, text: str, *, most: int = LINE, needed: bool = True) -> str:
    """One line, tidied; raises WordsMissing, WordsLong."""
    return _checked(field, " ".join(text.replace("\0", "").split()), most=most, needed=needed)


def check_text(field: str, text: str, *, most: int = LONG, needed: bool = False) -> str:
    """Several lines, each without blanks at its ends; raises WordsMissing, WordsLong."""
    lines = [line.strip() for line in text.replace("\0", "").strip().splitlines()]
    return _checked(field, "\n".join(lines), most=most, needed=needed)


def _checked(field: str, words: str, *, most: int, needed: bool) -> str:
    if needed and not words:
        raise WordsMissing(field=field)
    if len(words) > most:
        raise WordsLong(field=field, most=most, count=len(words))
    return words


def check_target(measure: Measure | None, minutes: int | None) -> int | None:
    """The minutes of a measured target, None without one; raises TargetMissing."""
    if measure is None:
        return None
    if minutes is None or not 1 <= minutes <= LONGEST:
        raise TargetMissing(field="amount")
    return minutes


def check_remedy(measure: Measure | None, words: str) -> str:
    """What is measured can be missed, so the customer is told what follows; raises RemedyMissing."""
    words = check_line("remedy", words, needed=False)
    if measure is not None and not words:
        raise RemedyMissing(field="remedy")
    return words


def check_amount(amount: Decimal | None) -> Decimal | None:
    """Raises AmountBelowZero."""
    if amount is not None and amount < 0:
        raise AmountBelowZero(field="remedy_amount")
    return amount


def check_version(seen: int | None, current: int) -> None:
    """`seen` is what the person's page was made from; None asks nothing. Raises Stale."""
    if seen is not None and seen != current:
        raise Stale


def check_day(day: date, *, today: date) -> None:
    """What is published or put in force begins today at the earliest; raises DayPast."""
    if day < today:
        raise DayPast(field="effective_on")


class Version(Protocol):
    """What is asked of a version of the guarantee."""

    @property
    def state(self) -> str: ...
    @property
    def effective_on(self) -> date | None: ...
    @property
    def published_at(self) -> datetime | None: ...


V = TypeVar("V", bound=Version)


def holding(versions: Iterable[V], *, at: datetime, on: date) -> V | None:
    """The one version that holds at a moment, `on` its day here: the latest to begin of those published by then.

    A version published in the course of its first day says nothing about the hours before.
    """
    begun = [
        (version.effective_on, version.published_at, version)
        for version in versions
        if version.state == GuaranteeState.PUBLISHED
        and version.effective_on is not None
        and version.published_at is not None
        and version.effective_on <= on
        and version.published_at <= at
    ]
    return max(begun, key=lambda one: one[:2])[2] if begun else None
