"""Words and decisions about customers. Pure."""

from zhiyin.customers.rules.contacts import (
    mask,
    normalise_contact,
    normalise_email,
    normalise_phone,
    say_contact,
    telephone_uri,
)
from zhiyin.customers.rules.details import (
    MAX_NAME,
    check_belonging,
    check_consent_version,
    check_period,
    clean_code,
    clean_line,
    clean_name,
    clean_text,
    fold_name,
)
from zhiyin.customers.rules.rest import DAY, Rest, check_rest, clock, minutes, rest_at
from zhiyin.customers.rules.words import (
    Channel,
    ContactKind,
    Nature,
    ObjectKind,
    Purpose,
    Relation,
    Side,
)

__all__ = [
    "DAY",
    "MAX_NAME",
    "Channel",
    "ContactKind",
    "Nature",
    "ObjectKind",
    "Purpose",
    "Relation",
    "Rest",
    "Side",
    "check_belonging",
    "check_consent_version",
    "check_period",
    "check_rest",
    "clean_code",
    "clean_line",
    "clean_name",
    "clean_text",
    "clock",
    "fold_name",
    "mask",
    "minutes",
    "normalise_contact",
    "normalise_email",
    "normalise_phone",
    "rest_at",
    "say_contact",
    "telephone_uri",
]
