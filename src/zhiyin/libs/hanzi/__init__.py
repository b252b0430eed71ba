"""Chinese text for machines: folding scripts and forms, substring search, and how names are said."""

from zhiyin.libs.hanzi.folding import fold
from zhiyin.libs.hanzi.naming import full_pinyin, pinyin_initials, sort_key
from zhiyin.libs.hanzi.searching import (
    LONGEST_WORD,
    MOST_WORDS,
    Gram,
    bigrams,
    chunks,
    grams,
    index_terms,
    normalise,
    phrases,
    query,
    query_grams,
)
from zhiyin.libs.hanzi.traditional import mainland_in, traditional

__all__ = [
    "LONGEST_WORD",
    "MOST_WORDS",
    "Gram",
    "bigrams",
    "chunks",
    "fold",
    "full_pinyin",
    "grams",
    "index_terms",
    "mainland_in",
    "normalise",
    "phrases",
    "pinyin_initials",
    "query",
    "query_grams",
    "sort_key",
    "traditional",
]
