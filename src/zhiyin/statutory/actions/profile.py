"""How authorities know the house: its trade, and the head, foot and seal of its letters."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhiyin.people import access
from zhiyin.people.access import Deed
from zhiyin.people.models import Staff
from zhiyin.statutory import queries
from zhiyin.statutory.models import Profile
from zhiyin.statutory.rules import decisions, letters
from zhiyin.statutory.rules.words import Region, Sector

LONGEST_WORD, LONGEST_CITY = 12, 40


@transaction.atomic
def save_profile(
    *,
    by: Staff | None,
    now: datetime,
    sector: Sector | None = None,
    region: Region | None = None,
    city: str = "",
    name: str = "",
    address: str = "",
    postcode: str = "",
    telephone: str = "",
    series_word: str = "函",
    seal_place: str = "",
    signer: str = "",
    signer_title: str = "",
    opening: str = "",
    closing: str = "",
    version: int | None = None,
) -> Profile:
    """Letters issued before keep the head they had. Raises Changed, WordsMissing, UnknownVariable."""
    if by is not None:
        access.require(by, Deed.MANAGE_ORGANISATION)
    queries.profile()
    row = Profile.objects.select_for_update().get(pk=1)
    if version is not None and version != row.version:
        raise decisions.Changed(name="Zhiyin")
    for field, text in (("opening", opening), ("closing", closing)):
        letters.check_places(field, text)
    row.sector, row.region, row.city = sector or "", region or "", city.strip()[:LONGEST_CITY]
    row.name, row.address, row.postcode, row.telephone = (
        text.strip() for text in (name, address, postcode, telephone)
    )
    row.series_word = decisions.check_words("series_word", series_word)[:LONGEST_WORD]
    row.seal_place, row.signer, row.signer_title = seal_place.strip(), signer.strip(), signer_title.strip()
    row.opening, row.closing = opening.strip(), closing.strip()
    row.version += 1
    row.save()
    return row
