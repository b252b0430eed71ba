"""Folding: one form for every way of writing the same thing.

Folding goes character by character, never by phrase. OpenCC's own conversion looks at phrases (乾隆 keeps
its 乾, 乾燥 does not), and then a part of a text would fold otherwise than the same part inside the whole:
a search for 乾 would miss 乾隆. The price is that a few characters which a phrase would keep apart become
one, in text and query alike.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc

HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))
"""The blocks of Chinese characters, extensions and compatibility forms included."""

HOUSE = {
    **dict(zip("著揹瞭薰伕簷甦痺彷藉麴麹暱澂", "着背了熏夫檐苏痹仿借曲曲昵澄", strict=True)),
    **dict(zip("衞枱敍鉅钜锺馀侭讬迳谘缐麺镟鯰鲇", "卫台叙巨巨钟余尽托径咨线面旋鲶鲶", strict=True)),
    **dict(zip("覆妳牠傢", "复你它家", strict=True)),
}
"""Forms that OpenCC folds only inside phrases or not at all; found by converting words there and back."""

_DROPPED = "Cf"
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def fold(text: str) -> str:
    """`text` in one form: width and compatibility forms (NFKC), case, and both Chinese scripts made one.

    Total on every string, lone surrogates and NUL included; folding twice changes nothing more. Characters
    that cannot be seen (joiners, soft hyphens, variation selectors) are dropped. The case is Unicode's case
    folding, which unlike lower case does not depend on the neighbours (ΣΑΣ) and makes ß into ss.
    """
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text.translate(_invisible()))
    folded = unicodedata.normalize("NFKC", composed.casefold()).translate(_scripts())
    return unicodedata.normalize("NFKC", folded.casefold())


@lru_cache(maxsize=1)
def _scripts() -> dict[int, str]:
    """Every Chinese character that folds into another."""
    converter = opencc.OpenCC("t2s")
    characters = [chr(code) for block in HAN for code in block]
    # Alone on its line a character has no neighbour to form a phrase with.
    simplified = converter.convert("\n".join(characters)).split("\n")
    table = {
        ord(old): new for old, new in zip(characters, simplified, strict=True) if old != new and len(new) == 1
    }
    table |= {ord(old): new for old, new in HOUSE.items()}
    return {code: _end(table, new) for code, new in table.items()}


def _end(table: dict[int, str], character: str) -> str:
    """Where a chain of foldings ends (薴 → 苧 → 苎)."""
    while ord(character) in table:
        character = table[ord(character)]
    return character


@lru_cache(maxsize=1)
def _invisible() -> dict[int, None]:
    codes = [code for code in range(0x110000) if unicodedata.category(chr(code)) == _DROPPED]
    codes += [code for block in _VARIATION_SELECTORS for code in block]
    return dict.fromkeys(codes)
