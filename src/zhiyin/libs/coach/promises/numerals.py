"""Numbers as people write them in a time: digits, Chinese numerals, "两三" for two or three, masks for unknown."""

from __future__ import annotations

import re

MASK = r"\[数字x\]\d{0,2}"
"""How the public shop-chat corpora hide a number; what follows the mask is the rest of it."""
NUMBER = rf"(?:{MASK}|(?<!\d)\d{{1,4}}(?:\.\d)?|[零〇一二两三四五六七八九十百廿]{{1,6}}|[半几数])"
SOME = 4
"""What 几 and 数 count for at most where nothing narrower is said; such a time is still no checkable one."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "廿": 20}
_UNITS = {"十": 10, "百": 100}
_PLAIN = re.compile(r"\d{1,4}(?:\.\d)?")


def upper(written: str) -> float | None:
    """The largest value `written` can mean ("两三" is 3, "十几" 19); None for a mask or a vague 几."""
    if _PLAIN.fullmatch(written):
        return float(written)
    if written == "半":
        return 0.5
    if not written or written[0] == "[" or set(written) & {"几", "数", "半"}:
        return None
    return float(_chinese(written))


def _chinese(written: str) -> int:
    if not set(written) & set("十百廿"):
        return _spelled([_DIGITS[char] for char in written])
    total = current = 0
    for char in written:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        elif char == "廿":
            total += 20
        else:
            # "十二三": the later of two neighbouring digits is the upper end.
            current = _DIGITS[char]
    return total + current


def _spelled(digits: list[int]) -> int:
    """A year as in "二〇二六"; but "三五" in front of a unit is a range."""
    if len(digits) == 2 and digits[0] < digits[1] and digits[0]:  # noqa: PLR2004
        return digits[1]
    return int("".join(map(str, digits)))
