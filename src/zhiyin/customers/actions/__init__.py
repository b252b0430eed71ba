"""What can be done to customers. Each call is one transaction; the row is locked first."""

from zhiyin.customers.actions.belongings import end_relation, relate_object, reopen_relation
from zhiyin.customers.actions.consents import give_consent, withdraw_consent
from zhiyin.customers.actions.contacts import (
    ContactEntry,
    add_contact,
    confirm_contact,
    remove_contact,
    reveal_contact,
)
from zhiyin.customers.actions.details import (
    Details,
    create_customer,
    set_rest_periods,
    update_customer,
)
from zhiyin.customers.actions.intake import find_or_create, placeholder, placeholders

__all__ = [
    "ContactEntry",
    "Details",
    "add_contact",
    "confirm_contact",
    "create_customer",
    "end_relation",
    "find_or_create",
    "give_consent",
    "placeholder",
    "placeholders",
    "relate_object",
    "remove_contact",
    "reopen_relation",
    "reveal_contact",
    "set_rest_periods",
    "update_customer",
    "withdraw_consent",
]
