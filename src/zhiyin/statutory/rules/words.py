"""The closed lists of statutory time and of what authorities send us."""

from __future__ import annotations

from zhiyin.kit.choices import Choice
from zhiyin.kit.errors import gettext_noop


class Body(Choice):
    """Which authority passes a complaint on to the house."""

    HOTLINE = "hotline", gettext_noop("12345 government hotline")
    MARKET = "market", gettext_noop("12315 market supervision")
    INDUSTRY = "industry", gettext_noop("Industry regulator")
    CONSUMERS = "consumers", gettext_noop("Consumers' association")
    OTHER = "other", gettext_noop("Another authority")


class Duty(Choice):
    """What has to happen within a statutory time."""

    ACCEPT = "accept", gettext_noop("Say whether we accept it")
    RETURN = "return", gettext_noop("Answer the authority")
    HANDLE = "handle", gettext_noop("Handle the complaint")
    DECIDE = "decide", gettext_noop("The authority says whether it accepts the complaint")
    MEDIATE = "mediate", gettext_noop("The authority ends its mediation")


THEIRS = frozenset({Duty.DECIDE, Duty.MEDIATE})  # the authority's time: shown, but nobody here is reminded


class Unit(Choice):
    WORKING_DAYS = "working_days", gettext_noop("working days")
    DAYS = "days", gettext_noop("calendar days")
    HOURS = "hours", gettext_noop("hours")


class Start(Choice):
    """What the time counts from."""

    RECEIVED = "received", gettext_noop("the transfer reaching us")
    ACCEPTED = "accepted", gettext_noop("the transfer being accepted")
    OPENED = "opened", gettext_noop("the complaint being raised")


class Mark(Choice):
    """How well a rule is known: text read, from a secondary source, or from memory."""

    VERIFIED = "V", gettext_noop("Text read")
    SECONDARY = "S", gettext_noop("Secondary source")
    UNVERIFIED = "U", gettext_noop("Not looked up")


class Sector(Choice):
    """The trade of the house; some times hold in one trade alone."""

    PROPERTY = "property", gettext_noop("Property management")
    EXPRESS = "express", gettext_noop("Express delivery")
    FINANCE = "finance", gettext_noop("Banking and insurance")
    TELECOM = "telecom", gettext_noop("Telecommunications")
    RETAIL = "retail", gettext_noop("Retail and online shops")
    HOTEL = "hotel", gettext_noop("Hotels and catering")
    CARS = "cars", gettext_noop("Car sales and repair")
    OTHER = "other", gettext_noop("Another trade")


class Region(Choice):
    """A province, a municipality or an autonomous region, by its two digits of GB/T 2260."""

    BEIJING = "11", gettext_noop("Beijing")
    TIANJIN = "12", gettext_noop("Tianjin")
    HEBEI = "13", gettext_noop("Hebei")
    SHANXI = "14", gettext_noop("Shanxi")
    INNER_MONGOLIA = "15", gettext_noop("Inner Mongolia")
    LIAONING = "21", gettext_noop("Liaoning")
    JILIN = "22", gettext_noop("Jilin")
    HEILONGJIANG = "23", gettext_noop("Heilongjiang")
    SHANGHAI = "31", gettext_noop("Shanghai")
    JIANGSU = "32", gettext_noop("Jiangsu")
    ZHEJIANG = "33", gettext_noop("Zhejiang")
    ANHUI = "34", gettext_noop("Anhui")
    FUJIAN = "35", gettext_noop("Fujian")
    JIANGXI = "36", gettext_noop("Jiangxi")
    SHANDONG = "37", gettext_noop("Shandong")
    HENAN = "41", gettext_noop("Henan")
    HUBEI = "42", gettext_noop("Hubei")
    HUNAN = "43", gettext_noop("Hunan")
    GUANGDONG = "44", gettext_noop("Guangdong")
    GUANGXI = "45", gettext_noop("Guangxi")
    HAINAN = "46", gettext_noop("Hainan")
    CHONGQING = "50", gettext_noop("Chongqing")
    SICHUAN = "51", gettext_noop("Sichuan")
    GUIZHOU = "52", gettext_noop("Guizhou")
    YUNNAN = "53", gettext_noop("Yunnan")
    TIBET = "54", gettext_noop("Tibet")
    SHAANXI = "61", gettext_noop("Shaanxi")
    GANSU = "62", gettext_noop("Gansu")
    QINGHAI = "63", gettext_noop("Qinghai")
    NINGXIA = "64", gettext_noop("Ningxia")
    XINJIANG = "65", gettext_noop("Xinjiang")


REMARKS = (
    gettext_noop("Differs from place to place: add the rule of your city."),
    gettext_noop("No uniform rule is known: go by what the authority asks for."),
    gettext_noop("The 45 working days of the rule before are kept until the new text has been read."),
    gettext_noop("The authority counts from its own receipt, which may be earlier."),
    gettext_noop("Simple complaints; the law allows longer for complicated ones."),
)
"""What is to be known beside the words of a rule that comes with the product; shown in the reader's language."""


class TransferStage(Choice):
    """How far a transfer is."""

    RECEIVED = "received", gettext_noop("Reached us, not answered yet")
    ACCEPTED = "accepted", gettext_noop("Accepted by us")
    REFUSED = "refused", gettext_noop("Not accepted")
    REPLIED = "replied", gettext_noop("Authority answered")
    CLOSED = "closed", gettext_noop("Closed by the authority")


OPEN = frozenset({TransferStage.RECEIVED, TransferStage.ACCEPTED, TransferStage.REFUSED})


class DutyState(Choice):
    RUNNING = "running", gettext_noop("Running")
    MET = "met", gettext_noop("Done")
    STOPPED = "stopped", gettext_noop("No longer needed")


class LetterKind(Choice):
    REPLY = "reply", gettext_noop("Letter of reply")
    CORRECTION = "correction", gettext_noop("Correction letter")


class LetterState(Choice):
    DRAFT = "draft", gettext_noop("Draft")
    WAITING = "waiting", gettext_noop("Waits for a signature")
    ISSUED = "issued", gettext_noop("Issued")
