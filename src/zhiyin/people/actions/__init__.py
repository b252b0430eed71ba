"""Everything that can be done to people, seats, hours and the house."""

from zhiyin.people.actions.attempts import begin_attempt, clear_leftovers, settle_attempt
from zhiyin.people.actions.factors import (
    add_app,
    add_key,
    codes_of,
    remove_factor,
    rename_key,
    renew_codes,
    reset_factors,
    save_sign_in_policy,
)
from zhiyin.people.actions.hours import TableRefused, load_statutory, refresh_statutory, save_calendar
from zhiyin.people.actions.house import (
    remove_skill,
    save_department,
    save_organisation,
    save_skill,
    save_team,
)
from zhiyin.people.actions.identities import enter_by_identity
from zhiyin.people.actions.notices import send_password_link
from zhiyin.people.actions.seats import accept_invitation, invite, renew_invitation, revoke_invitation
from zhiyin.people.actions.staff import (
    create_administrator,
    create_staff,
    disable,
    enable,
    end_session,
    end_sessions,
    put_hint_away,
    set_password,
    set_preferences,
    show_hints_again,
    update_staff,
)

__all__ = [
    "TableRefused",
    "accept_invitation",
    "add_app",
    "add_key",
    "begin_attempt",
    "clear_leftovers",
    "codes_of",
    "create_administrator",
    "create_staff",
    "disable",
    "enable",
    "end_session",
    "end_sessions",
    "enter_by_identity",
    "invite",
    "load_statutory",
    "put_hint_away",
    "refresh_statutory",
    "remove_factor",
    "remove_skill",
    "rename_key",
    "renew_codes",
    "renew_invitation",
    "reset_factors",
    "revoke_invitation",
    "save_calendar",
    "save_department",
    "save_organisation",
    "save_sign_in_policy",
    "save_skill",
    "save_team",
    "send_password_link",
    "set_password",
    "set_preferences",
    "settle_attempt",
    "show_hints_again",
    "update_staff",
]
