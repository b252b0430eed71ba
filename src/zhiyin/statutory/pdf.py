"""A formal letter as a PDF, typeset like the archive's: no network, no files but fonts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhiyin.cases import pdf
from zhiyin.people import queries as people
from zhiyin.statutory import texts
from zhiyin.statutory.models import Letter, Profile

TEMPLATE = Path(__file__).parent / "letter.typ"


def letter(row: Letter, profile: Profile) -> bytes:
    """PDF bytes in the house's language; a letter without a number is marked as a draft."""
    with translation.override(people.organisation().language):
        return pdf.typeset(TEMPLATE, _content(row, profile))


def _content(row: Letter, profile: Profile) -> dict[str, Any]:
    house = people.organisation()
    telephone = profile.telephone or house.phone
    foot = [
        _("Address: %(text)s") % {"text": profile.address} if profile.address else "",
        _("Postcode: %(text)s") % {"text": profile.postcode} if profile.postcode else "",
        _("Telephone: %(text)s") % {"text": telephone} if telephone else "",
    ]
    return {
        "house": profile.name or house.name,
        "number": row.number or _("Draft, without a number"),
        "draft": not row.number,
        "title": row.title,
        "to": _("%(name)s:") % {"name": row.addressee},
        "opening": _paragraphs(row.opening),
        "parts": [
            [_("The inquiry"), _paragraphs(row.finding)],
            [_("What was put right, and how"), _paragraphs(row.remedy)],
            [_("What keeps it from happening again"), _paragraphs(row.prevention)],
        ],
        "numbering": pgettext("numbers the parts of a letter", "1. "),
        "closing": _paragraphs(row.closing),
        "signed": " ".join(part for part in (row.signer_title, row.signer) if part),
        "dated": texts.full_day(timezone.localdate(row.issued_at)) if row.issued_at else "",
        "seal": profile.seal_place or _("(seal)"),
        "foot": [line for line in foot if line],
        "page": _("Page"),
    }


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
