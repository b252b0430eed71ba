"""The closed lists of customers. Pure."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class Nature(Choice):
    PERSON = "person", gettext_noop("Person")
    ORGANISATION = "organisation", gettext_noop("Organisation")


class Side(Choice):
    """The next process is a customer too."""

    EXTERNAL = "external", gettext_noop("External customer")
    INTERNAL = "internal", gettext_noop("Internal customer")


class ContactKind(Choice):
    PHONE = "phone", gettext_noop("Telephone")
    EMAIL = "email", gettext_noop("E-mail")
    WECHAT = "wechat", gettext_noop("WeChat")
    POST = "post", gettext_noop("Postal address")


class Channel(Choice):
    """How somebody reached us, or wants to be reached."""

    PORTAL = "portal", gettext_noop("Portal")
    EMAIL = "email", gettext_noop("E-mail")
    PHONE = "phone", gettext_noop("Telephone")
    COUNTER = "counter", gettext_noop("Counter")
    LETTER = "letter", gettext_noop("Letter")
    NIGHT = "night", gettext_noop("Night call")
    CHAT = "chat", gettext_noop("Web chat")
    WECHAT = "wechat", gettext_noop("WeChat")


class Relation(Choice):
    OWNER = "owner", gettext_noop("Owner")
    TENANT = "tenant", gettext_noop("Tenant")
    FAMILY = "family", gettext_noop("Family")
    USER = "user", gettext_noop("User")


class ObjectKind(Choice):
    ROOM = "room", gettext_noop("Room")
    VEHICLE = "vehicle", gettext_noop("Vehicle")
    PARKING = "parking", gettext_noop("Parking space")
    ORDER = "order", gettext_noop("Purchase order")
    CONTRACT = "contract", gettext_noop("Contract")
    DEVICE = "device", gettext_noop("Device")
    PLACE = "place", gettext_noop("Shared place")


class Purpose(Choice):
    """What a consent is for; anew when the purpose changes (PIPL art. 14)."""

    SERVICE = "service", gettext_noop("Contact about service")
    SURVEY = "survey", gettext_noop("Satisfaction surveys")
    MARKETING = "marketing", gettext_noop("News and offers")
    SENSITIVE = "sensitive", gettext_noop("Sensitive details for emergency help")
