"""What each indicator counts, and of what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from zhiyin.libs.measure import errors
from zhiyin.libs.measure.errors import gettext_noop
from zhiyin.libs.measure.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which something was counted, both included. Raises `BadOption` where they are reversed."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise errors.BadOption(option="last", value=self.last, allowed=f">= {self.first}")

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator counts, and of what; all marked for translation."""

    code: str
    name: str
    numerator: str
    denominator: str
    higher_is_better: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator over one window.

    estimate is a share of 1, but for complaints (per `unit` customers). numerator and denominator are what was
    counted, unweighted. left_out: rows that the definition leaves out, such as customers who joined later.
    """

    definition: Definition
    estimate: Estimate
    numerator: float
    denominator: float
    window: Window
    left_out: int = 0
    unit: int = 1


REPUTATION = Definition(
    "reputation",
    gettext_noop("Reputation"),
    gettext_noop("those who know us and speak well of us"),
    gettext_noop("those who know us"),
    higher_is_better=True,
)
RETURN_RATE = Definition(
    "return_rate",
    gettext_noop("Return rate"),
    gettext_noop("customers who bought again within the time allowed after their first purchase"),
    gettext_noop("customers whose first purchase lies at least that time back"),
    higher_is_better=True,
)
ASKED_BY_NAME = Definition(
    "asked_by_name",
    gettext_noop("Asked-for-by-name rate"),
    gettext_noop("requests that asked for us by name"),
    gettext_noop("requests"),
    higher_is_better=True,
)
SHARE_OF_AMOUNT = Definition(
    "share_of_amount",
    gettext_noop("Share by amount"),
    gettext_noop("what customers spent with us"),
    gettext_noop("what they spent with us and with competitors"),
    higher_is_better=True,
)
SHARE_OF_CUSTOMERS = Definition(
    "share_of_customers",
    gettext_noop("Share by customers"),
    gettext_noop("buyers who bought mainly from us"),
    gettext_noop("buyers"),
    higher_is_better=True,
)
COMPLAINT_RATE = Definition(
    "complaint_rate",
    gettext_noop("Complaint rate"),
    gettext_noop("complaints, each one counted"),
    gettext_noop("customers"),
    higher_is_better=False,
)
COMPLAINERS = Definition(
    "complainers",
    gettext_noop("Share of customers who complained"),
    gettext_noop("customers who complained at least once"),
    gettext_noop("customers"),
    higher_is_better=False,
)
RETENTION = Definition(
    "retention",
    gettext_noop("Retention"),
    gettext_noop("customers at the start who are customers at the end"),
    gettext_noop("customers at the start"),
    higher_is_better=True,
)
CHURN = Definition(
    "churn",
    gettext_noop("Churn"),
    gettext_noop("customers at the start who are not customers at the end"),
    gettext_noop("customers at the start"),
    higher_is_better=False,
)
GROSS_REVENUE_CHURN = Definition(
    "gross_revenue_churn",
    gettext_noop("Gross revenue churn"),
    gettext_noop("revenue lost from customers at the start, growth not set against it"),
    gettext_noop("revenue from customers at the start"),
    higher_is_better=False,
)
NET_REVENUE_CHURN = Definition(
    "net_revenue_churn",
    gettext_noop("Net revenue churn"),
    gettext_noop("revenue lost from customers at the start, less what others of them added"),
    gettext_noop("revenue from customers at the start"),
    higher_is_better=False,
)
RECOMMENDATION = Definition(
    "recommendation",
    gettext_noop("Recommendation rate"),
    gettext_noop("customers who recommended us to somebody"),
    gettext_noop("customers asked"),
    higher_is_better=True,
)
