"""Who may decide what about a case, as small checks that read aloud. Pure."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from zhiyin.kit.errors import DomainError, Forbidden, Invalid, gettext_noop

ATTEMPTS_BEFORE_UNREACHED = 3


class OwnProposal(Forbidden):
    code = "case.own_proposal"
    message = gettext_noop("You made “%(title)s” yourself; a colleague has to approve it.")


class OverLimit(Forbidden):
    code = "case.over_limit"
    message = gettext_noop(
        "“%(title)s” costs ¥%(cost)s; your limit is ¥%(limit)s. Leave it to somebody with a higher limit."
    )


class NothingApproved(DomainError):
    code = "case.nothing_approved"
    message = gettext_noop("Approve at least one proposal, or send them all back with a reason.")


class NoProposal(DomainError):
    code = "case.no_proposal"
    message = gettext_noop("Write at least one proposal first.")


class NotOnOffer(DomainError):
    code = "case.not_on_offer"
    message = gettext_noop("This choice is no longer on offer. Look at what is offered now.")


class HandledIt(Forbidden):
    code = "case.handled_it"
    message = gettext_noop(
        "You worked on this case or approved what was done; somebody who did neither makes the follow-up call."
    )


class OpenPromise(DomainError):
    code = "case.open_promise"
    message = gettext_noop(
        "A promise is still open: “%(text)s”. Keep it, or agree on a new one with the customer, then close."
    )


class BrokenPromise(DomainError):
    code = "case.broken_promise"
    message = gettext_noop(
        "A promise was broken and has not been made good: “%(text)s”. Make it good and tick it off, then archive."
    )


class OpenEscalation(DomainError):
    code = "case.open_escalation"
    message = gettext_noop("The escalation still waits for its decision.")


class NotToldYet(DomainError):
    code = "case.not_told"
    message = gettext_noop("The customer has not been told yet that we received this. Tell, and tick it off.")


class StillTrying(DomainError):
    code = "case.still_trying"
    message = gettext_noop("%(left)s more attempts before the case may close without the customer's word.")


class OutOfReach(Forbidden):
    code = "case.out_of_reach"
    message = gettext_noop("This case is with another team.")


class NoDepartment(DomainError):
    code = "case.no_department"
    message = gettext_noop("No department has been offered this case.")


class NoTeam(DomainError):
    code = "case.no_team"
    message = gettext_noop(
        "There is no team yet to take this on. An administrator sets one up under Settings."
    )


class WordsMissing(Invalid):
    code = "case.words_missing"
    message = gettext_noop("A sentence is still missing here.")


class InThePast(Invalid):
    code = "case.in_the_past"
    message = gettext_noop("This time has already passed. Choose a later one.")


class StillAhead(Invalid):
    code = "case.still_ahead"
    message = gettext_noop("This time is still ahead. Write when it happened.")


class TooMuch(Invalid):
    code = "case.amount"
    message = gettext_noop("An amount between ¥0 and ¥9,999,999.99 fits here.")


class ItselfAgain(DomainError):
    code = "case.itself"
    message = gettext_noop("That is this very case.")


class AnotherCustomer(DomainError):
    code = "case.another_customer"
    message = gettext_noop(
        "The two cases belong to different customers, and each deserves an answer. Link them instead."
    )


def check_words(field: str, text: str) -> str:
    """`text` without its outer spaces and NULs; WordsMissing when nothing is left."""
    words = text.replace("\x00", "").strip()
    if not words:
        raise WordsMissing(field=field)
    return words


def check_amount(field: str, amount: Decimal) -> Decimal:
    """An amount in yuan to the cent, not negative, below ten million."""
    if not amount.is_finite() or not 0 <= amount < Decimal(10_000_000):
        raise TooMuch(field=field)
    return amount.quantize(Decimal("0.01"))


def check_may_approve(*, title: str, cost: Decimal, limit: Decimal, proposed_by: int, approver: int) -> None:
    """Never one's own, never above one's limit."""
    if proposed_by == approver:
        raise OwnProposal(title=title)
    if cost > limit:
        raise OverLimit(title=title, cost=f"{cost:,.2f}", limit=f"{limit:,.2f}")


def check_did_not_handle(*, caller: int, handled_by: Collection[int]) -> None:
    if caller in handled_by:
        raise HandledIt


def check_tried_enough(attempts: int) -> None:
    if attempts < ATTEMPTS_BEFORE_UNREACHED:
        raise StillTrying(left=ATTEMPTS_BEFORE_UNREACHED - attempts)
