"""Case numbers: year, month and sequence, easy to say on the phone: 2611-0386."""

from __future__ import annotations

import re
from datetime import date

SHAPE = re.compile(r"^\d{4}-\d{4,6}$")
FIND = re.compile(r"(?<!\d)\d{4}[-\uFF0D]\d{4,6}(?!\d)")


def month_of(day: date) -> str:
    return f"{day:%y%m}"


def number(month: str, sequence: int) -> str:
    return f"{month}-{sequence:04d}"


def tidy(text: str) -> str:
    """A number as somebody typed it, in our shape where that can be seen (full-width digits, missing hyphen)."""
    plain = text.translate({0xFF10 + digit: str(digit) for digit in range(10)}).replace("\x00", "").strip()
    plain = re.sub(r"[\s\u2010-\u2015\u2212\uFF0D_]+", "-", plain)
    joined = re.fullmatch(r"(\d{4})-?(\d{4,6})", plain)
    return f"{joined[1]}-{joined[2]}" if joined else plain
