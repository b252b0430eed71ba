"""Who may do what: one table for the whole house. Pure.

A deed is what a role may do at all; whether this case or that customer is within a person's sight is a
queryset of the room that owns it (`visible`), and what the moment allows is that room's rule.
"""

from __future__ import annotations

from typing import Protocol

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import Forbidden, gettext_noop
from zhiyin.people.rules import Role


class Actor(Protocol):
    """What is asked of a person: the role, and whether the account is in use."""

    @property
    def role(self) -> str: ...
    @property
    def is_active(self) -> bool: ...


class Deed(Choice):
    """What a role can be allowed to do."""

    OPEN_CASE = "open_case", gettext_noop("open a case")
    REPLY = "reply", gettext_noop("reply to the customer")
    TAKE = "take", gettext_noop("take a case")
    HAND_OVER = "hand_over", gettext_noop("hand a case over")
    JUDGE = "judge", gettext_noop("judge a complaint")
    OFFER = "offer", gettext_noop("assign a case to a department")
    ANSWER_OFFER = "answer_offer", gettext_noop("accept or refuse for the department")
    INVESTIGATE = "investigate", gettext_noop("investigate")
    PROPOSE = "propose", gettext_noop("propose a resolution")
    APPROVE = "approve", gettext_noop("approve a resolution")
    RECORD_CHOICE = "record_choice", gettext_noop("record what the customer chose")
    REMEDY = "remedy", gettext_noop("carry out the remedy")
    CONFIRM = "confirm", gettext_noop("ask the customer whether all is well")
    ARCHIVE = "archive", gettext_noop("archive a case")
    REOPEN = "reopen", gettext_noop("reopen a case")
    ESCALATE = "escalate", gettext_noop("escalate a case")
    ANSWER_ESCALATION = "answer_escalation", gettext_noop("answer an escalation")
    MERGE = "merge", gettext_noop("merge cases")
    NOTE = "note", gettext_noop("write an internal note")
    PROMISE = "promise", gettext_noop("make a promise")
    RECORD_FACTS = "record_facts", gettext_noop("note down facts")
    ATTACH_INCIDENT = "attach_incident", gettext_noop("put cases to a mass incident")
    LEAD_INCIDENT = "lead_incident", gettext_noop("lead a mass incident")
    ASK_COLLEAGUE = "ask_colleague", gettext_noop("ask colleagues and departments for something")
    ANSWER_REQUEST = "answer_request", gettext_noop("answer requests of colleagues")
    ISSUE_LETTER = "issue_letter", gettext_noop("issue formal letters")
    SEE_CASES = "see_cases", gettext_noop("see cases")
    SEE_ALL_CASES = "see_all_cases", gettext_noop("see the cases of every team")
    SEE_TEAM_CASES = "see_team_cases", gettext_noop("see the cases of the own team")
    SEE_DEPARTMENT_CASES = "see_department_cases", gettext_noop("see the cases of the own department")
    SEE_CUSTOMERS = "see_customers", gettext_noop("see customers")
    EDIT_CUSTOMERS = "edit_customers", gettext_noop("change customer data")
    REVEAL_CONTACT = "reveal_contact", gettext_noop("see contact details in full")
    SEE_INBOX = "see_inbox", gettext_noop("see the inbox")
    EXPORT_ARCHIVE = "export_archive", gettext_noop("export the archive")
    SEE_AUDIT = "see_audit", gettext_noop("read the audit")
    INVITE = "invite", gettext_noop("invite colleagues")
    MANAGE_PEOPLE = "manage_people", gettext_noop("manage staff, teams and departments")
    MANAGE_CALENDARS = "manage_calendars", gettext_noop("manage working calendars")
    MANAGE_ORGANISATION = "manage_organisation", gettext_noop("manage the organisation")
    MANAGE_CLOCKS = "manage_clocks", gettext_noop("manage time limits")
    SEE_CATALOGUE = "see_catalogue", gettext_noop("see the services and the guarantee")
    MANAGE_CATALOGUE = "manage_catalogue", gettext_noop("manage services, touchpoints and the guarantee")
    PUBLISH_GUARANTEE = "publish_guarantee", gettext_noop("publish the guarantee")
    SEE_RESULTS = "see_results", gettext_noop("see how the service is doing")
    SPEND = "spend", gettext_noop("give goodwill and ask for money")
    SEE_MONEY = "see_money", gettext_noop("see budgets and spending")
    MANAGE_MONEY = "manage_money", gettext_noop("manage kinds of expense, limits and budgets")
    SEE_MEASURES = "see_measures", gettext_noop("see the measures of the house")
    REDACT = "redact", gettext_noop("blank personal data for good")


AGENT = frozenset(
    {
        Deed.OPEN_CASE,
        Deed.REPLY,
        Deed.TAKE,
        Deed.HAND_OVER,
        Deed.JUDGE,
        Deed.OFFER,
        Deed.INVESTIGATE,
        Deed.PROPOSE,
        Deed.RECORD_CHOICE,
        Deed.REMEDY,
        Deed.CONFIRM,
        Deed.ARCHIVE,
        Deed.REOPEN,
        Deed.ESCALATE,
        Deed.NOTE,
        Deed.PROMISE,
        Deed.RECORD_FACTS,
        Deed.SPEND,
        Deed.ATTACH_INCIDENT,
        Deed.ASK_COLLEAGUE,
        Deed.ANSWER_REQUEST,
        Deed.SEE_CASES,
        Deed.SEE_TEAM_CASES,
        Deed.SEE_CUSTOMERS,
        Deed.EDIT_CUSTOMERS,
        Deed.REVEAL_CONTACT,
        Deed.SEE_INBOX,
        Deed.SEE_CATALOGUE,
    }
)

ALLOWED: dict[Role, frozenset[Deed]] = {
    Role.AGENT: AGENT,
    Role.SUPERVISOR: AGENT
    | {
        Deed.APPROVE,
        Deed.ANSWER_ESCALATION,
        Deed.ISSUE_LETTER,
        Deed.MERGE,
        Deed.LEAD_INCIDENT,
        Deed.SEE_ALL_CASES,
        Deed.EXPORT_ARCHIVE,
        Deed.INVITE,
        Deed.SEE_RESULTS,
        Deed.SEE_MONEY,
        Deed.SEE_MEASURES,
    },
    Role.HANDLER: frozenset(
        {
            Deed.SEE_CASES,
            Deed.SEE_DEPARTMENT_CASES,
            Deed.ANSWER_OFFER,
            Deed.INVESTIGATE,
            Deed.PROPOSE,
            Deed.REMEDY,
            Deed.NOTE,
            Deed.PROMISE,
            Deed.RECORD_FACTS,
            Deed.SEE_CATALOGUE,
            Deed.SPEND,
            Deed.ASK_COLLEAGUE,
            Deed.ANSWER_REQUEST,
        }
    ),
    Role.QUALITY: frozenset(
        {
            Deed.SEE_CASES,
            Deed.SEE_ALL_CASES,
            Deed.SEE_CUSTOMERS,
            Deed.REVEAL_CONTACT,
            Deed.CONFIRM,
            Deed.NOTE,
            Deed.ASK_COLLEAGUE,
            Deed.ANSWER_REQUEST,
            Deed.EXPORT_ARCHIVE,
            Deed.SEE_AUDIT,
            Deed.SEE_CATALOGUE,
            Deed.MANAGE_CATALOGUE,
            Deed.PUBLISH_GUARANTEE,
            Deed.SEE_RESULTS,
            Deed.SEE_MONEY,
            Deed.SEE_MEASURES,
        }
    ),
    Role.RESEARCHER: frozenset({Deed.SEE_CATALOGUE, Deed.SEE_RESULTS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Deed.SEE_CASES,
            Deed.SEE_ALL_CASES,
            Deed.SEE_CUSTOMERS,
            Deed.EXPORT_ARCHIVE,
            Deed.SEE_AUDIT,
            Deed.INVITE,
            Deed.MANAGE_PEOPLE,
            Deed.MANAGE_CALENDARS,
            Deed.MANAGE_ORGANISATION,
            Deed.MANAGE_CLOCKS,
            Deed.SEE_CATALOGUE,
            Deed.MANAGE_CATALOGUE,
            Deed.PUBLISH_GUARANTEE,
            Deed.SEE_RESULTS,
            Deed.SEE_MONEY,
            Deed.MANAGE_MONEY,
            Deed.SEE_MEASURES,
            Deed.REDACT,
        }
    ),
}

INVITABLE: dict[Role, frozenset[Role]] = {
    Role.SUPERVISOR: frozenset({Role.AGENT, Role.HANDLER}),
    Role.ADMINISTRATOR: frozenset(Role),
}
"""Whom a role may offer a seat: nobody makes somebody mightier than herself."""


SENSITIVE = frozenset({Deed.MANAGE_PEOPLE, Deed.INVITE, Deed.EXPORT_ARCHIVE, Deed.REDACT})
"""Deeds that open the house to somebody, carry its records out or destroy them: who does one has confirmed of late
who she is, so that a screen left alone for a moment is not enough."""

TAKEN_OUT = frozenset({Deed.EXPORT_ARCHIVE, Deed.REDACT})
"""Of these, the ones that a mere link already does."""


class NotYours(Forbidden):
    code = "people.not_yours"
    message = gettext_noop("Your role does not include this: %(deed)s. Your supervisor can help.")


def may(staff: Actor | None, deed: Deed) -> bool:
    """Whether this person's role includes `deed`; nobody, and an account out of use, may do nothing."""
    return staff is not None and staff.is_active and deed in ALLOWED.get(Role(staff.role), frozenset())


def require(staff: Actor | None, deed: Deed) -> None:
    """Raises `NotYours` (a `Forbidden`) unless `may(staff, deed)`."""
    if not may(staff, deed):
        raise NotYours(deed=deed)
