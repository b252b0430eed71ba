"""Whether an English clause promises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiyin.libs.coach.promises.clauses import Clause
from zhiyin.libs.coach.promises.deciding import Draft
from zhiyin.libs.coach.readings import Kind, Owner

_SUBJECT = (
    r"(?P<self>i)|(?P<us>we|our\s[a-z]+(?:\s[a-z]+)?|the\s(?:team|warehouse|finance(?:\steam)?|technician|engineer|department))"
    r"|(?P<third>the\s(?:courier|carrier|bank|manufacturer|seller|airline)|your\sbank)"
    r"|(?P<thing>(?:the|your|a|it|this|that|they|he|she|someone)(?:\s[a-z]+){0,3}?)"
)
_WILL = re.compile(
    rf"\b(?:{_SUBJECT})(?:\s?(?:'ll|will|shall)|\s?(?:'m|am|'re|are|is)\sgoing\sto)\s(?P<rest>[^.!?;\n]{{0,160}})"
)
_NOT_AN_ACT = re.compile(
    r"^(?:(?:just|quickly|now|also|first|have\sto|need\sto)\s)*(?:not\b|never\sbe\sable|be\sable|look\b|check\b|see\b|have\sa\slook|need|be\shappy|be\sglad|let\syou\schoose)"
)
_CONDITION = re.compile(r"^(?:if|in\scase|usually|normally|generally|as\sa\srule)\b")
_LEAD = re.compile(r"^(?:(?:and|so|but|ok(?:ay)?|sure|yes|then|of\scourse|no\sproblem)\s)+")


def decide(clauses: Sequence[Clause], text: str) -> list[Draft]:
    """The promises of an English turn, in order."""
    drafts: list[Draft] = []
    for at, clause in enumerate(clauses):
        lead = _LEAD.match(clause.text)
        if lead:
            clause.start += lead.end()
            clause.text = clause.text[lead.end() :]
        if drafts and drafts[-1].last == at - 1 and _bare_time(clause) and not clauses[at - 1].closes:
            drafts[-1].last, drafts[-1].kind = at, Kind.HARD
            drafts[-1].whens = drafts[-1].whens + clause.whens
            continue
        draft = _judge(clause, at)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _judge(clause: Clause, at: int) -> Draft | None:
    match = _WILL.search(clause.text)
    if match is None or clause.question or clause.stop.startswith("?") or _CONDITION.match(clause.text):
        return None
    if _NOT_AN_ACT.match(match.group("rest")) or clause.text.startswith(("will ", "would ", "you ")):
        return None
    firm = [when for when in clause.whens if when.checkable and not when.past]
    if match.group("thing") and not firm:
        return None
    return Draft(at, at, Kind.HARD if firm else Kind.SOFT, _owner(match), firm or list(clause.whens))


def _owner(match: re.Match[str]) -> Owner:
    if match.group("self"):
        return Owner.SELF
    return Owner.THIRD_PARTY if match.group("third") else Owner.ORGANISATION


def _bare_time(clause: Clause) -> bool:
    left = clause.text
    for when in clause.whens:
        left = left.replace(clause.text[when.start - clause.start : when.end - clause.start], "")
    return bool(clause.whens) and not left.strip(" ,at")
