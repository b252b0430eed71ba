"""What was decided about an archived case, as tables of its PDF: judgement, proposals, choice, remedy, confirmation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhiyin.cases.enclosures import Table
from zhiyin.cases.rules.words import ProposalState
from zhiyin.customers.rules import Channel
from zhiyin.kit import figures

Row = Mapping[str, Any]


def decided(document: Mapping[str, Any]) -> list[Table]:
    """The tables in the order of the loop; one without a row is left out."""
    titles = {one["id"]: one["title"] for one in document.get("proposals", [])}
    parts: list[tuple[str, str, list[str], Callable[[Row], list[str]]]] = [
        ("judgements", _("Judgement"), [_("When, by whom"), _("The ground"), _("The demand")], _judgement),
        (
            "proposals",
            _("Ways to put it right"),
            [_("Proposal"), _("What is done"), _("Cost and feasibility"), _("Decision")],
            _proposal,
        ),
        (
            "choosings",
            _("What the customer chose"),
            [_("When, how"), _("Choice"), _("In the customer's words")],
            lambda row: _choosing(row, titles),
        ),
        (
            "remedies",
            _("What was done in the end"),
            [_("When, by whom"), _("What was done"), _("So that it does not happen again"), _("Cost")],
            _remedy,
        ),
        (
            "confirmations",
            _("What the customer said to it"),
            [_("When, how"), _("Answer"), _("In the customer's words")],
            _confirmation,
        ),
    ]
    return [
        Table(title=title, head=head, rows=[cells(row) for row in document[part]])
        for part, title, head, cells in parts
        if document.get(part)
    ]


def _judgement(row: Row) -> list[str]:
    ground = _("Sufficient") if row["ground_sufficient"] else _("Not sufficient")
    demand = _("Reasonable") if row["demand_reasonable"] else _("Goes too far")
    return [
        _lines(_moment(row["at"]), row["by"], _round(row)),
        _lines(ground, row["ground_reason"]),
        _lines(demand, row["demand_reason"]),
    ]


def _proposal(row: Row) -> list[str]:
    recommended = _("Recommended") if row["is_recommended"] else ""
    decision = _(ProposalState(row["state"]).label)
    limit = ""
    if row["decided_by"] and row["decision_limit"] is not None:
        limit = _("%(name)s, limit %(limit)s") % {
            "name": row["decided_by"],
            "limit": figures.money(Decimal(row["decision_limit"])),
        }
    return [
        _lines(row["title"], recommended, row["proposed_by"], _round(row)),
        _lines(row["description"], row["duration"], row["effort"]),
        _lines(figures.money(Decimal(row["cost"])), row["feasibility"]),
        _lines(decision, limit, row["reason"]),
    ]


def _choosing(row: Row, titles: Mapping[int, str]) -> list[str]:
    choice = titles.get(row["proposal_id"], "") if row["proposal_id"] else _("None of them fits")
    channel = _(Channel(row["channel"]).label)
    return [_lines(_moment(row["at"]), channel, row["recorded_by"], _round(row)), choice, row["words"]]


def _remedy(row: Row) -> list[str]:
    cost = figures.money(Decimal(row["cost"]))
    return [_lines(_moment(row["at"]), row["by"], _round(row)), row["text"], row["prevention"], cost]


def _confirmation(row: Row) -> list[str]:
    said = _("Satisfied") if row["satisfied"] else _("Not yet")
    said = said if row["reached"] else _("Nobody was reached")
    handling = _("Handling %(mark)s of 10") % {"mark": row["handling"]} if row["handling"] else ""
    channel = _(Channel(row["channel"]).label)
    return [
        _lines(_moment(row["at"]), channel, row["by"], _round(row)),
        _lines(said, handling),
        row["words"],
    ]


def _round(row: Row) -> str:
    return _("round %(n)s") % {"n": row["round"]} if row["round"] > 1 else ""


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _moment(value: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
