"""What a heading says: the measure of an attribute, joined in one of the ways people join them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiyin.libs.measure.sheets import errors
from zhiyin.libs.measure.sheets.words import MEASURES, has_role, is_a

_JOINT = r"[\s_.:：|/·\-–—]+"
_NUMBER = re.compile(r"^\s*[Qq]?\d+\s*[、．.](?!\d)\s*(?=\S)")
"""The number that survey programs put before a question."""
_MARK = re.compile(
    r"\s*(?:[(（\[【](?:必答|必填|选答|選答|单选题?|單選題?|量表题|量表題|打分题?|打分題?)[)）\]】]|[*＊])\s*"
)
"""What survey programs put before and after a question."""
_GLUED = re.compile(r"[\u4e00-\u9fff]{2}(?:度|性|程度)")
"""Words long enough to be known without a sign between them and the attribute."""
_SOUNDS = re.compile(
    r"重要|满意|滿意|期望|感知|importan|satisf|expect|perce(?:ption|ived)|perform", re.IGNORECASE
)
"""What a heading holds that was surely meant for a measure."""


def headings(names: Sequence[str], measure: str) -> dict[str, str]:
    """Attribute → heading of the columns that hold `measure`, in the order of the sheet.

    A question's number (`3、价格`) is no part of the attribute. Where a word has a second meaning, the column with
    the more usual word wins; two columns that mean the same raise `TwoColumns`. Overall satisfaction is no attribute.
    """
    found = _headings(names, measure)
    return {attribute: name for attribute, name in found.items() if not is_a("overall", attribute)}


def whole(names: Sequence[str]) -> str | None:
    """The heading of overall satisfaction written like an attribute's: `总体（满意度）`."""
    found = _headings(names, "performance")
    return next((name for attribute, name in found.items() if is_a("overall", attribute)), None)


def asked(name: str) -> str:
    """A heading without what a survey program puts around it."""
    return _MARK.sub("", _NUMBER.sub("", _MARK.sub("", name))).strip()


def understood(name: str) -> bool:
    """Whether a heading says something that some measurement uses."""
    plain = name.strip().lower()
    return (
        has_role(name)
        or is_a("overall", name)
        or any(plain in words for words in MEASURES.values())
        or any(_said(name, measure) for measure in MEASURES)
    )


def sounds_like_a_measure(name: str) -> bool:
    """Whether a heading that nobody understands was surely meant for a measure of an attribute."""
    return bool(_SOUNDS.search(name))


def _headings(names: Sequence[str], measure: str) -> dict[str, str]:
    usual = MEASURES[measure]
    found: dict[str, tuple[str, str]] = {}
    for name in names:
        said = None if is_a("overall", name) else _said(name, measure)
        if said is None:
            continue
        attribute, word = said
        before = found.get(attribute)
        if before is not None and _own(measure, before[0]) == _own(measure, word):
            raise errors.TwoColumns(first=before[1], second=name)
        if before is None or usual.index(word) < usual.index(before[0]):
            found[attribute] = (word, name)
    return {attribute: name for attribute, (_, name) in found.items()}


def _own(measure: str, word: str) -> bool:
    """Whether a word means this measure and no other."""
    return not any(word in words for other, words in MEASURES.items() if other != measure)


def _said(name: str, measure: str) -> tuple[str, str] | None:
    """The attribute and the word for the measure that a heading joins."""
    plain = asked(name)
    for pattern in _PATTERNS[measure]:
        match = pattern.fullmatch(plain)
        if match:
            return match["attribute"].strip(), match["word"].lower()
    return None


def _patterns(usual: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    words = _either(usual)
    forms = [
        rf"(?P<word>{words}){_JOINT}(?P<attribute>.+)",
        rf"(?P<attribute>.+?){_JOINT}(?P<word>{words})",
        rf"(?P<attribute>.+?)\s*[(（\[【]\s*(?P<word>{words})(?:[\s，,、;；:：/][^)）\]】]*)?[)）\]】]",
    ]
    glued = [word for word in usual if _GLUED.fullmatch(word)]
    if glued:
        forms += [
            rf"(?:(?:请问|請問)?[您你]?[对對])?(?P<attribute>.+?)的(?P<word>{_either(glued)})",
            rf"(?P<attribute>.+?)(?P<word>{_either(glued)})",
        ]
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _either(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_PATTERNS = {measure: _patterns(usual) for measure, usual in MEASURES.items()}
