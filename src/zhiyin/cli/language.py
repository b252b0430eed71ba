"""The command speaks the language of its terminal; Chinese where the terminal names none.

Only the standard library: `--help` answers before Django is loaded. The catalogues are the rooms' own.
"""

from __future__ import annotations

import gettext as catalogues
import os
from functools import cache
from pathlib import Path

from zhiyin.kit.errors import DomainError

ROOMS = Path(__file__).resolve().parents[1]
DOMAIN = "django"
NEUTRAL = {"", "C", "POSIX"}
CODES = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant", "en": "en"}
TRADITIONAL = ("zh_TW", "zh_HK", "zh_MO", "zh_HANT")


def chosen(environ: dict[str, str] | os._Environ[str] = os.environ) -> str:
    """zh_Hans, zh_Hant or en, from LANGUAGE, LC_ALL, LC_MESSAGES and LANG in the usual order."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "").split(":")[0]
        if language := _read(value):
            return language
    return "zh_Hans"


def asked(environ: dict[str, str] | os._Environ[str] = os.environ) -> str:
    """The language as Django writes it where LANGUAGE names one, or "".

    A list (`en_GB:en`) and LANG are how a desktop was set up, not what somebody asked for.
    """
    value = environ.get("LANGUAGE", "")
    return "" if ":" in value else CODES.get(_read(value), "")


def _read(value: str) -> str:
    value = value.split(".", maxsplit=1)[0].replace("-", "_")
    if value in NEUTRAL:
        return ""
    if value.startswith("en"):
        return "en"
    return "zh_Hant" if value.upper().startswith(tuple(map(str.upper, TRADITIONAL))) else "zh_Hans"


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    """The command's own texts, then every other room's: errors carry their room's words."""
    own = ROOMS / "cli" / "locale"
    whole: catalogues.NullTranslations = catalogues.translation(DOMAIN, own, [language], fallback=True)
    for folder in sorted(ROOMS.glob("*/locale")):
        if folder != own:
            whole.add_fallback(catalogues.translation(DOMAIN, folder, [language], fallback=True))
    return whole


def gettext(message: str) -> str:
    """`message` in the terminal's language, or as it is where the catalogues are not compiled."""
    return _catalogue(chosen()).gettext(message)


def describe(error: DomainError) -> str:
    """The sentence of an error with its facts, in the terminal's language."""
    sentence = gettext(error.message)
    return sentence % error.data if error.data else sentence


def django_code() -> str:
    """The language as Django writes it."""
    return CODES[chosen()]
