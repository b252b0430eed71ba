"""What may be written about a customer. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from zhiyin.customers.rules.words import Side
from zhiyin.kit.errors import Invalid, gettext_noop

MAX_NAME = 120
MAX_CODE = 60
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF))
"""Marks that turn the direction of what follows; a name must not turn the rest of the page around."""
_TITLES = re.compile(r"(?:先生|女士|小姐|太太)$")


class NameMissing(Invalid):
    code = "customers.name_missing"
    message = gettext_noop("Write the name first, or how this customer wants to be called.")


class TextLong(Invalid):
    code = "customers.text_long"
    message = gettext_noop("Too long: at most %(most)s characters, this one has %(count)s.")


class DepartmentMissing(Invalid):
    code = "customers.department_missing"
    message = gettext_noop("An internal customer belongs to a department. Choose which one.")


class OwnerElsewhere(Invalid):
    code = "customers.owner_elsewhere"
    message = gettext_noop("%(owner)s works in another team. Choose somebody of the customer's team.")


class PeriodTurned(Invalid):
    code = "customers.period_turned"
    message = gettext_noop("The end lies before the beginning. Swap the two dates.")


class CodeMissing(Invalid):
    code = "customers.code_missing"
    message = gettext_noop("Write the number of the room, vehicle, order or contract.")


class VersionMissing(Invalid):
    code = "customers.version_missing"
    message = gettext_noop("Say which version of the text the customer agreed to, for example 2026-1.")


def clean_line(text: str) -> str:
    """One line: characters that are not to be seen go, stretches of space become one."""
    shown = "".join(
        " " if character.isspace() else character
        for character in text.translate(_TURNS)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return " ".join(shown.split())


def clean_text(text: str) -> str:
    """Several lines, each cleaned; empty ones at both ends go."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def clean_name(text: str) -> str:
    """A name to keep; raises Invalid when nothing is left of it or it is longer than `MAX_NAME`."""
    name = clean_line(text)
    if not name:
        raise NameMissing(field="name")
    if len(name) > MAX_NAME:
        raise TextLong(field="name", most=MAX_NAME, count=len(name))
    return name


def clean_code(text: str) -> str:
    """The number of a service object in one form: half width, capitals, no spaces."""
    code = unicodedata.normalize("NFKC", clean_line(text)).replace(" ", "").upper()
    if not code:
        raise CodeMissing(field="code")
    if len(code) > MAX_CODE:
        raise TextLong(field="code", most=MAX_CODE, count=len(code))
    return code


def fold_name(folded: str) -> str:
    """A name, its script and width already folded, without form of address and spaces: for comparing only."""
    bare = "".join(folded.split())
    return _TITLES.sub("", bare) or bare


def check_belonging(
    *, side: Side, department_id: int | None, team_id: int | None, owner_team_id: int | None, owner: str
) -> None:
    """Raises Invalid when an internal customer has no department, or the owner is of another team."""
    if side == Side.INTERNAL and department_id is None:
        raise DepartmentMissing(field="department")
    if owner and team_id is not None and owner_team_id != team_id:
        raise OwnerElsewhere(field="owner", owner=owner)


def check_period(since: dt.date | None, until: dt.date | None) -> None:
    """Raises Invalid when `until` lies before `since`."""
    if since and until and until < since:
        raise PeriodTurned(field="until")


def check_consent_version(text: str) -> str:
    """The version of the text agreed to; raises Invalid when it is missing."""
    version = clean_line(text)
    if not version:
        raise VersionMissing(field="text_version")
    if len(version) > (most := 40):
        raise TextLong(field="text_version", most=most, count=len(version))
    return version
