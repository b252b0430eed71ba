"""What this visitor may open: grants in the session, won by raising a matter, by a key, or by number and contact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from zhiyin.cases.links import Grant
from zhiyin.cases.rules.words import LinkPurpose
from zhiyin.cases.story import shows_file
from zhiyin.kit.errors import NotFound

SESSION = "portal_grants"
NOTING = "portal_facts"  # beside the others: a key for noting down takes nothing from a key for choosing
MOST = 20
DIGITS = 18


def remember(request: HttpRequest, number: str, grant: Grant) -> None:
    """Keep a grant; a key that may act is not lost by a later one that may only look."""
    if grant.purpose is LinkPurpose.FACTS:
        noted: dict[str, int] = request.session.get(NOTING, {})
        noted.pop(number, None)
        request.session[NOTING] = dict([*noted.items(), (number, grant.case_id)][-MOST:])
        grant = replace(grant, purpose=LinkPurpose.FOLLOW)
    grants: dict[str, dict[str, Any]] = request.session.get(SESSION, {})
    before = grants.pop(number, None)
    if (
        before
        and before["purpose"] != LinkPurpose.FOLLOW
        and grant.purpose is LinkPurpose.FOLLOW
        and grant.link_id
    ):
        kept = before
    else:
        kept = {
            "case": grant.case_id,
            "purpose": grant.purpose.value,
            "link": grant.link_id,
            "round": grant.round,
        }
    grants[number] = kept
    request.session[SESSION] = dict(list(grants.items())[-MOST:])


def granted(request: HttpRequest, number: str) -> Grant:
    """The visitor's grant for this number. NotFound, the same whether the case exists or not."""
    found = request.session.get(SESSION, {}).get(number)
    if not found:
        raise NotFound
    return Grant(
        case_id=found["case"],
        purpose=LinkPurpose(found["purpose"]),
        link_id=found["link"],
        round=found["round"],
    )


def notes(request: HttpRequest, number: str) -> bool:
    """Whether this visitor may note facts down: by a key for it, or by number and contact."""
    held = request.session.get(SESSION, {}).get(number)
    return number in request.session.get(NOTING, {}) or bool(held and held["link"] is None)


def granted_facts(request: HttpRequest, number: str) -> Grant:
    """The grant of a visitor who may note facts down; NotFound for everybody else."""
    grant = granted(request, number)
    if not notes(request, number):
        raise NotFound
    return grant


def whole(text: str | None) -> int:
    """A row's number from a form that anybody may write as they like; 0 is nobody's."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


def cases(request: HttpRequest) -> set[int]:
    return {found["case"] for found in request.session.get(SESSION, {}).values()}


def may_act(grant: Grant, purpose: LinkPurpose) -> bool:
    """A key acts only for its purpose; a visitor who proved number and contact, or raised it here, may act too."""
    return grant.link_id is None or grant.purpose is purpose


def acting_link(grant: Grant, purpose: LinkPurpose) -> int | None:
    """The link to use up with the act, if the grant came from one."""
    return grant.link_id if grant.purpose is purpose else None


def may_open(file_id: UUID, request: HttpRequest) -> bool:
    """The gate for files: what was exchanged in a matter this visitor has open."""
    opened = cases(request)
    return bool(opened) and shows_file(opened, file_id)
