"""Indicators a business watches, each with its numerator, denominator, window and interval.

A rate without its definition can be anything: every result carries its own, marked for translation.
"""

from zhiyin.libs.measure.indicators.amounts import (
    complaint_rate,
    complaint_rate_of_totals,
    gross_revenue_churn,
    net_revenue_churn,
    share_of_amount,
)
from zhiyin.libs.measure.indicators.definitions import Definition, Indicator, Window
from zhiyin.libs.measure.indicators.shares import (
    asked_by_name,
    churn,
    complainers,
    recommendation,
    reputation,
    retention,
    return_rate,
    share_of_customers,
)

__all__ = [
    "Definition",
    "Indicator",
    "Window",
    "asked_by_name",
    "churn",
    "complainers",
    "complaint_rate",
    "complaint_rate_of_totals",
    "gross_revenue_churn",
    "net_revenue_churn",
    "recommendation",
    "reputation",
    "retention",
    "return_rate",
    "share_of_amount",
    "share_of_customers",
]
