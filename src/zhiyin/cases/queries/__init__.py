"""Reading the loop: who sees what, lists, the board, the page of one case, what is due, what may be done."""

from zhiyin.cases.queries.board import Board, Column, Move, Place, board, column_of, moves_of
from zhiyin.cases.queries.cards import Card, Dial
from zhiyin.cases.queries.clocks import ClockRuleRow, clock_rules
from zhiyin.cases.queries.deeds import NEEDS, Do, Facts, Possible, deeds
from zhiyin.cases.queries.due import Counts, Due, DueKind, Nearness, counts, due
from zhiyin.cases.queries.expecting import RuleChanges, prompts, rule_changes, sheet_of, sheets_of
from zhiyin.cases.queries.found import for_conversation, for_conversations, for_customer, lookup, similar
from zhiyin.cases.queries.listing import Filters, Slice, listing
from zhiyin.cases.queries.page import CasePage, News, news, page
from zhiyin.cases.queries.sight import file_visible, get, visible

__all__ = [
    "NEEDS",
    "Board",
    "Card",
    "CasePage",
    "ClockRuleRow",
    "Column",
    "Counts",
    "Dial",
    "Do",
    "Due",
    "DueKind",
    "Facts",
    "Filters",
    "Move",
    "Nearness",
    "News",
    "Place",
    "Possible",
    "RuleChanges",
    "Slice",
    "board",
    "clock_rules",
    "column_of",
    "counts",
    "deeds",
    "due",
    "file_visible",
    "for_conversation",
    "for_conversations",
    "for_customer",
    "get",
    "listing",
    "lookup",
    "moves_of",
    "news",
    "page",
    "prompts",
    "rule_changes",
    "sheet_of",
    "sheets_of",
    "similar",
    "visible",
]
