"""The words of time in English, under the same names as the Chinese ones."""

from __future__ import annotations

import re
from functools import cache

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {
    word: value
    for value, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "a couple of": 2, "forty-eight": 48, "twenty-four": 24}

_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True)).replace(" ", r"\s")
_COUNT = rf"(?:\d{{1,3}}|half\san?|a\sfew|{_WORDS})"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_ENGLISH = rf"""(?<![a-z\d])(?:
(?P<duration>(?P<low>{_COUNT})(?:\s?(?:-|–|to|or)\s?(?P<high>{_COUNT}))?[\s-]?(?:(?P<working>business|working)\s)?
    (?P<unit>seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?))
|(?P<span>(?:the\s)?(?:(?:end|close)\sof\s(?:the\s|this\s|(?P<next>next\s))?(?P<period>day|business|week|month|year)|eod|cob|eow|eom
    |(?P<which>next|this)\s(?P<length>week|month)))
|(?P<relday>the\sday\safter\stomorrow|today|tonight|tomorrow)
|(?P<weekday>(?:(?P<week>next|this|coming)\s)?(?P<wd>{_WEEKDAY}))
|(?P<date>(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})
    |the\s(?P<dnum>\d{{1,2}})(?:st|nd|rd|th))
|(?P<part>morning|afternoon|evening|noon|midday|midnight|night)
|(?P<clock>(?P<hour>\d{{1,2}})(?::(?P<colon>\d\d))?\s?(?:(?P<ampm>[ap])\.?m\.?|o'clock)|(?<=by\s)(?P<hour2>\d{{1,2}})(?=[.,\s]|$))
|(?P<now>right\saway|immediately|right\snow|straight\saway|at\sonce|now)
|(?P<vague>as\ssoon\sas\s(?:possible|we\scan|i\scan)|asap|shortly|soon|later)
)(?![a-z\d])"""


@cache
def pattern() -> re.Pattern[str]:
    """The words of time; compiled at first use."""
    return re.compile(_ENGLISH, re.VERBOSE)


def count(written: str) -> float | None:
    """A number in words or digits; None for "a few"."""
    if written.isdigit():
        return float(written)
    if written.startswith("half"):
        return 0.5
    value = NUMBERS.get(written)
    return None if value is None else float(value)


def index(written: str, names: tuple[str, ...]) -> int:
    """The place of a weekday or month among its names, from 0."""
    return names.index(written[:3])
