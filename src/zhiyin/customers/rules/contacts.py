"""How a way to reach somebody is written down, shown, and hidden. Pure.

Telephones are kept as E.164 (ITU-T E.164; parsed by Google's libphonenumber), an extension behind it as RFC 3966
writes it: `+862085551234;ext=801`. Numbers without a country code are read as numbers of mainland China.
"""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from zhiyin.customers.rules.details import clean_line
from zhiyin.customers.rules.words import ContactKind
from zhiyin.kit.errors import Invalid, gettext_noop

REGION = "CN"
COUNTRY = 86
MOBILE = 11
LOCAL = (7, 8)
MAX_VALUE = 200
MAX_EMAIL_LOCAL = 64

_EXTENSION = re.compile(
    r"(?:转|轉|分机号?|分機號?|内线|內線|ext\.?|extn\.?|;ext=|#|x)\s*:?\s*(\d{1,7})\s*$", re.IGNORECASE
)
_DASHED_EXTENSION = re.compile(r"^(.*?0\d{2,3}\)?[-\s]?\d{7,8})-(\d{1,6})$")
_MOBILE_START = re.compile(r"1[3-9]\d*")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@(?:[^\s@<>()\[\],;:\\\".]+\.)+[^\s@<>()\[\],;:\\\".\d]{2,}")


class PhoneOneShort(Invalid):
    code = "customers.phone_one_short"
    message = gettext_noop(
        "One digit is missing: a mobile number has %(right)s digits, this one has %(count)s."
    )


class PhoneShort(Invalid):
    code = "customers.phone_short"
    message = gettext_noop(
        "%(missing)s digits are missing: a mobile number has %(right)s digits, this one has %(count)s."
    )


class PhoneOneLong(Invalid):
    code = "customers.phone_one_long"
    message = gettext_noop(
        "One digit too many: a mobile number has %(right)s digits, this one has %(count)s."
    )


class PhoneLong(Invalid):
    code = "customers.phone_long"
    message = gettext_noop(
        "%(surplus)s digits too many: a mobile number has %(right)s digits, this one has %(count)s."
    )


class PhoneWithoutArea(Invalid):
    code = "customers.phone_without_area"
    message = gettext_noop("Write the area code in front of a landline, for example 020-%(digits)s.")


class PhoneUnknown(Invalid):
    code = "customers.phone_unknown"
    message = gettext_noop(
        "This number does not ring anywhere yet. Write a mobile number, a landline with its area code, "
        "or a number abroad beginning with +."
    )


class EmailUnknown(Invalid):
    code = "customers.email_unknown"
    message = gettext_noop("An e-mail address looks like name@example.com. Have another look at this one.")


class ContactEmpty(Invalid):
    code = "customers.contact_empty"
    message = gettext_noop("There is nothing here yet to reach somebody by.")


class ContactLong(Invalid):
    code = "customers.contact_long"
    message = gettext_noop("Too long: at most %(most)s characters, this one has %(count)s.")


def normalise_contact(kind: ContactKind, text: str) -> str:
    """`text` as it is stored and compared for this kind; raises Invalid with a sentence."""
    if kind == ContactKind.PHONE:
        return normalise_phone(text)
    if kind == ContactKind.EMAIL:
        return normalise_email(text)
    value = clean_line(text)
    if not value:
        raise ContactEmpty(field="value")
    if len(value) > MAX_VALUE:
        raise ContactLong(field="value", most=MAX_VALUE, count=len(value))
    return value


def normalise_phone(text: str) -> str:
    """A telephone number as E.164, with `;ext=` behind it where there is an extension; raises Invalid."""
    written, extension = _split_extension(clean_line(unicodedata.normalize("NFKC", text)))
    if not re.search(r"\d", written):
        raise ContactEmpty(field="value") if not written else PhoneUnknown(field="value")
    if re.search(r"[^\d\s()+\-./–—‑−]", written.removeprefix("tel:")):
        raise PhoneUnknown(field="value")
    try:
        number = phonenumbers.parse(written, REGION)
    except NumberParseException:
        raise PhoneUnknown(field="value") from None
    if not phonenumbers.is_valid_number(number):
        raise _why(number)
    stored: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{stored};ext={extension}" if extension else stored


def _split_extension(written: str) -> tuple[str, str]:
    if found := _EXTENSION.search(written):
        return written[: found.start()].strip(" ,-"), found[1]
    if found := _DASHED_EXTENSION.match(written):
        return found[1], found[2]
    return written, ""


def _why(number: phonenumbers.PhoneNumber) -> Invalid:
    """The sentence that helps most with a number that rings nowhere."""
    digits = str(number.national_number)
    if number.country_code != COUNTRY or number.italian_leading_zero:
        return PhoneUnknown(field="value")
    if _MOBILE_START.fullmatch(digits) and len(digits) != MOBILE and len(digits) not in LOCAL:
        missing = MOBILE - len(digits)
        data = {"right": MOBILE, "count": len(digits), "missing": missing, "surplus": -missing}
        kinds = {1: PhoneOneShort, -1: PhoneOneLong}
        return kinds.get(missing, PhoneShort if missing > 0 else PhoneLong)(field="value", **data)
    if len(digits) in LOCAL:
        return PhoneWithoutArea(field="value", digits=digits)
    return PhoneUnknown(field="value")


def normalise_email(text: str) -> str:
    """An e-mail address in small letters and half width; raises Invalid."""
    value = clean_line(unicodedata.normalize("NFKC", text)).removeprefix("mailto:").lower()
    if not value:
        raise ContactEmpty(field="value")
    if len(value) > MAX_VALUE:
        raise ContactLong(field="value", most=MAX_VALUE, count=len(value))
    if not _EMAIL.fullmatch(value) or ".." in value or len(value.split("@")[0]) > MAX_EMAIL_LOCAL:
        raise EmailUnknown(field="value")
    return value


def _parsed(value: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(value, REGION)
    except NumberParseException:
        return None


def say_contact(kind: ContactKind, value: str) -> str:
    """The whole value as people write it: 139 1234 4471, 020 8555 1234-801, +1 650-253-0000."""
    number = _parsed(value) if kind == ContactKind.PHONE else None
    if number is None:
        return value
    extension, number.extension = number.extension, None
    style = PhoneNumberFormat.NATIONAL if number.country_code == COUNTRY else PhoneNumberFormat.INTERNATIONAL
    said: str = phonenumbers.format_number(number, style)
    return f"{said}-{extension}" if extension else said


def mask(kind: ContactKind, value: str) -> str:
    """Enough to recognise, too little to use: 139****4471, 020-****1234, s***@example.com."""
    if kind == ContactKind.PHONE:
        return _mask_phone(value)
    if kind == ContactKind.EMAIL:
        local, _, domain = value.partition("@")
        return f"{local[:1]}***@{domain}"
    shown = 2 if kind == ContactKind.WECHAT else 6
    return value[: min(shown, len(value) // 2)] + "***"


def _mask_phone(value: str) -> str:
    number = _parsed(value)
    if number is None:
        return f"****{value[-4:]}"
    digits = str(number.national_number)
    abroad = f"+{number.country_code} " if number.country_code != COUNTRY else ""
    if not abroad and _MOBILE_START.fullmatch(digits):
        return f"{digits[:3]}****{digits[-4:]}"
    area = phonenumbers.length_of_geographical_area_code(number)
    lead = f"0{digits[:area]}-" if area and not abroad else abroad
    return f"{lead}****{digits[-4:]}"


def telephone_uri(value: str) -> str:
    """What a `tel:` link takes (RFC 3966)."""
    return f"tel:{value}"


def phone_terms(value: str) -> list[str]:
    """What a telephone is found by: with and without country code, as dialled at home, and its extension."""
    number = _parsed(value)
    if number is None:
        return [value]
    digits = str(number.national_number)
    terms = [f"{number.country_code}{digits}"]
    if number.country_code == COUNTRY and not _MOBILE_START.fullmatch(digits):
        terms.append(f"0{digits}")
    return terms + ([number.extension] if number.extension else [])


def dialled(text: str) -> str:
    """The digits of a text that could be (the end of) a telephone number, else an empty text."""
    written = unicodedata.normalize("NFKC", text)
    if re.search(r"[^\d\s()+\-./]", written):
        return ""
    return re.sub(r"\D", "", written).removeprefix("00")
