"""The list at the side of the settings. Rooms above add theirs in `AppConfig.ready`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhiyin.people import access
from zhiyin.people.access import Actor, Deed


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the settings; `deed` None is for everybody, `url` is the name of its address, `group` one of ours."""

    name: str
    label: Any
    url: str
    deed: Deed | None = None
    group: str = ""


GROUPS = {
    "": "",
    "people": _("Who works here"),
    "time": _("Times"),
    "service": _("Service to customers"),
    "house": _("The house"),
}
_places = [
    Place("preferences", _("My preferences"), "people:me"),
    Place("security", _("My account security"), "people:security"),
    Place("staff", _("Staff"), "people:staff", Deed.MANAGE_PEOPLE, "people"),
    Place("invitations", _("Invitations"), "people:invitations", Deed.INVITE, "people"),
    Place("teams", _("Teams"), "people:teams", Deed.MANAGE_PEOPLE, "people"),
    Place("departments", _("Departments"), "people:departments", Deed.MANAGE_PEOPLE, "people"),
    Place("skills", _("Skills"), "people:skills", Deed.MANAGE_PEOPLE, "people"),
    Place("calendars", _("Working calendars"), "people:calendars", Deed.MANAGE_CALENDARS, "time"),
    Place("statutory", _("Statutory days"), "people:statutory", Deed.MANAGE_CALENDARS, "time"),
    Place("organisation", _("Organisation"), "people:organisation", Deed.MANAGE_ORGANISATION, "house"),
    Place("sign_in", _("Signing in"), "people:sign_in", Deed.MANAGE_PEOPLE, "house"),
]


def register(place: Place) -> None:
    """Add a page of a room above; the same name registers once."""
    if all(known.name != place.name for known in _places):
        _places.append(place)


def of(staff: Actor) -> list[tuple[Place, str]]:
    """The pages this person has, each with its address, group by group; never a greyed one."""
    order = list(GROUPS)
    return [
        (place, reverse(place.url))
        for place in sorted(_places, key=lambda place: order.index(place.group))
        if place.deed is None or access.may(staff, place.deed)
    ]
