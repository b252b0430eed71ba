"""What the rules of this room refuse, each in a sentence. Pure."""

from __future__ import annotations

from zhiyin.kit.errors import Conflict, DomainError, Forbidden, Invalid, gettext_noop
from zhiyin.statutory.rules.words import OPEN, TransferStage


class WordsMissing(Invalid):
    code = "statutory.words_missing"
    message = gettext_noop("A sentence is still missing here.")


class NumberMissing(Invalid):
    code = "statutory.number_missing"
    message = gettext_noop("Write the number the authority gave it; every answer quotes it.")


class AlreadyHere(Invalid):
    code = "statutory.already_here"
    message = gettext_noop("This number has been entered already, with case %(number)s.")


class StillAhead(Invalid):
    code = "statutory.still_ahead"
    message = gettext_noop("This time is still ahead. Write when it happened.")


class BeforeReceipt(Invalid):
    code = "statutory.before_receipt"
    message = gettext_noop("This lies before the day the transfer reached us.")


class NotLater(Invalid):
    code = "statutory.not_later"
    message = gettext_noop("An extension ends later than the deadline it extends.")


class AlreadyPast(Invalid):
    code = "statutory.already_past"
    message = gettext_noop("This day is over. Choose today or a later one.")


class TooFar(Invalid):
    code = "statutory.too_far"
    message = gettext_noop("This is more than two years away. Choose a nearer day.")


class NotNow(DomainError):
    code = "statutory.not_now"
    message = gettext_noop("The transfer stands at “%(stage)s”; this belongs to another moment.")


class NoDeadline(DomainError):
    code = "statutory.no_deadline"
    message = gettext_noop("No deadline for the answer is running that could be extended.")


class LetterFirst(DomainError):
    code = "statutory.letter_first"
    message = gettext_noop(
        "Issue the letter first, or let a supervisor write down how the authority was answered."
    )


class NotEscalatedOutside(Invalid):
    code = "statutory.not_escalated_outside"
    message = gettext_noop("This escalation is not one to a regulator of this case.")


class PartMissing(Invalid):
    """An answer covers what was found, the remedy and the prevention (ISO 10002:2018, 7.7)."""

    code = "statutory.part_missing"
    message = gettext_noop(
        "The letter says what was found, what is put right, and what keeps it from happening again."
    )


class OwnLetter(Forbidden):
    code = "statutory.own_letter"
    message = gettext_noop("You wrote this letter. Somebody else approves it.")


class Issued(DomainError):
    code = "statutory.issued"
    message = gettext_noop(
        "This letter has been issued as %(number)s and stays as it is. Write a correction letter."
    )


class NotWaiting(DomainError):
    code = "statutory.not_waiting"
    message = gettext_noop("This letter does not wait for approval.")


class NothingToCorrect(DomainError):
    code = "statutory.nothing_to_correct"
    message = gettext_noop("Only an issued letter can be corrected; change the draft instead.")


class LetterUnderWay(DomainError):
    code = "statutory.letter_under_way"
    message = gettext_noop("A letter for this transfer is being written already.")


class Changed(Conflict):
    code = "statutory.changed"
    message = gettext_noop("%(name)s has just changed this. What you wrote is still here; look and go on.")


class UnknownVariable(Invalid):
    code = "statutory.unknown_variable"
    message = gettext_noop("“%(name)s” is not one of the places that can be filled in.")


class SameDay(Invalid):
    code = "statutory.same_day"
    message = gettext_noop("A version of this rule begins on this day already.")


class EndsFirst(Invalid):
    code = "statutory.ends_first"
    message = gettext_noop("The last day comes before the first.")


class RegionMissing(Invalid):
    code = "statutory.region_missing"
    message = gettext_noop("Name the region this city lies in.")


class BasisMissing(Invalid):
    code = "statutory.basis_missing"
    message = gettext_noop("Write what it rests on: the law with its article, the notice, or the decision.")


def check_words(field: str, text: str) -> str:
    """The text without space around it. Raises WordsMissing."""
    tidy = text.strip()
    if not tidy:
        raise WordsMissing(field=field)
    return tidy


def check_stage(stage: TransferStage, *wanted: TransferStage) -> None:
    """Raises NotNow."""
    if stage not in (wanted or tuple(OPEN)):
        raise NotNow(stage=stage)
