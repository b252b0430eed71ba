"""Everything that can be done to people, seats, hours and the house."""

from zhiyin.people.actions.hours import TableRefused, load_statutory, refresh_statutory, save_calendar
from zhiyin.people.actions.house import (
    remove_skill,
    save_department,
    save_organisation,
    save_skill,
    save_team,
)
from zhiyin.people.actions.seats import accept_invitation, invite, revoke_invitation
from zhiyin.people.actions.staff import (
    create_administrator,
    create_staff,
    disable,
    enable,
    end_sessions,
    set_preferences,
    update_staff,
)

__all__ = [
    "TableRefused",
    "accept_invitation",
    "create_administrator",
    "create_staff",
    "disable",
    "enable",
    "end_sessions",
    "invite",
    "load_statutory",
    "refresh_statutory",
    "remove_skill",
    "revoke_invitation",
    "save_calendar",
    "save_department",
    "save_organisation",
    "save_skill",
    "save_team",
    "set_preferences",
    "update_staff",
]
