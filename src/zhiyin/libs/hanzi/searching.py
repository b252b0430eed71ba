"""Substring search inside PostgreSQL's full-text search: n-grams with positions, and phrases of them.

**The text that is searched** is `normalise(text)`: the folded text, where every stretch of anything but
letters, marks, numbers and symbols (spaces, punctuation, control characters) has become one space, and the
ends are bare.

**The index.** Position p is the p-th character of the normalised text, a space counting too. There stands

* the bigram of that character and the next, if the next is no space;
* the character alone, if a space or the end follows: so every character begins some lexeme, and a lone
  character means "and here the word ends";
* the trigram, if three ASCII letters or digits stand in a row: bigrams of digits alone select far too little.

**The query.** Words of the query (split at white space) must all occur, anywhere. Inside a word punctuation
stands for itself, as any gap: `2611-0386` finds 2611-0386 and 2611 0386, but neither 26110386 nor 2611, 5,
0386. A word becomes a phrase of its n-grams at exact distances; one that ends in a character standing alone
takes it as a prefix (`'漏':*`), which every lexeme beginning with it satisfies. So a word is found exactly
if its normalised form is a substring of the normalised text, single characters included.

**Limits of PostgreSQL**: positions up to 16383, 255 positions a lexeme, 1 MB a vector; what is beyond is
dropped without a word. `chunks` cuts a text so that nothing is ever beyond. Chunks overlap by
`LONGEST_WORD` characters and words of a query are cut to that length, so a word is always found in one of
the chunks.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from zhiyin.libs.hanzi.folding import fold

GAP = " "
LONGEST_WORD = 64
"""Characters of a query word that are looked at; also the overlap of two chunks."""
MOST_WORDS = 16
"""Words of a query that are looked at."""
LONGEST_CHUNK = 16_000
MOST_POSITIONS = 250
_SEARCHED = "LMN"
_SYMBOL = "So"
_PAIR, _TRIPLE = 2, 3


class _Searched(dict[int, str]):
    """Learns as it goes: a character that is searched stays, any other becomes a gap."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        kept = category[0] in _SEARCHED or category == _SYMBOL
        self[code] = chr(code) if kept else GAP
        return self[code]


_searched = _Searched()


def normalise(text: str) -> str:
    """The form in which text is searched: folded, punctuation and spaces one space, the ends bare."""
    return GAP.join(fold(text).translate(_searched).split(GAP)).strip(GAP) if text else ""


@dataclass(frozen=True, slots=True)
class Gram:
    """A lexeme at a position, counted from 0; `open` when every lexeme that begins with it will do."""

    at: int
    lexeme: str
    open: bool = False


def grams(normalised: str) -> Iterator[Gram]:
    """The lexemes of a normalised text in order of position."""
    for at, character in enumerate(normalised):
        if character == GAP:
            continue
        pair = normalised[at : at + 2]
        if len(pair) == 1 or pair[1] == GAP:
            yield Gram(at, character)
            continue
        yield Gram(at, pair)
        triple = normalised[at : at + 3]
        if _is_trigram(triple):
            yield Gram(at, triple)


def _is_trigram(triple: str) -> bool:
    return len(triple) == _TRIPLE and triple.isascii() and triple.isalnum()


def bigrams(text: str) -> list[str]:
    """The lexemes of `text` in order, without their positions."""
    return [gram.lexeme for gram in grams(normalise(text))]


def chunks(text: str) -> list[str]:
    """`text` normalised and cut so that each piece fits one tsvector; nearly always one piece, [] for none.

    Time is linear: of a piece at most a quarter is looked at twice.
    """
    normalised, pieces, start = normalise(text), [], 0
    while start < len(normalised):
        end = _chunk_end(normalised, start)
        pieces.append(normalised[start:end])
        start = len(normalised) if end == len(normalised) else end - LONGEST_WORD
    return pieces


def _chunk_end(normalised: str, start: int) -> int:
    seen: Counter[str] = Counter()
    end = min(len(normalised), start + LONGEST_CHUNK)
    for gram in grams(normalised[start:end]):
        seen[gram.lexeme] += 1
        if seen[gram.lexeme] >= MOST_POSITIONS:
            return start + gram.at + 1
    return end


def index_terms(text: str) -> str:
    """A tsvector literal for `text` (cast it: `%s::tsvector`), '' if there is nothing to search.

    Only the first of its `chunks` is indexed; give long text chunk by chunk, a row each.
    """
    pieces = chunks(text)
    positions: defaultdict[str, list[int]] = defaultdict(list)
    for gram in grams(pieces[0] if pieces else ""):
        positions[gram.lexeme].append(gram.at + 1)
    return " ".join(f"{_quoted(lexeme)}:{','.join(map(str, at))}" for lexeme, at in sorted(positions.items()))


def query(text: str) -> str | None:
    """A tsquery literal (cast it: `%s::tsquery`) that asks for every word of `text`, or None.

    Safe for any text. Against chunks, ask for the `phrases` one by one if words may lie in different chunks.
    """
    asked = phrases(text)
    return " & ".join(asked) if asked else None


def phrases(text: str) -> list[str]:
    """The tsquery literal of each word of a query, at most `MOST_WORDS`, without repeats."""
    words = dict.fromkeys(normalise(word)[:LONGEST_WORD].strip(GAP) for word in fold(text).split())
    return [_phrase(word) for word in words if word][:MOST_WORDS]


def query_grams(word: str) -> list[Gram]:
    """The fewest lexemes that pin down a normalised word: trigrams, and bigrams between them."""
    asked: list[Gram] = []
    covered = 0
    for gram in grams(word):
        last = gram.at + len(gram.lexeme) == len(word)
        if len(gram.lexeme) == 1:
            if gram.at >= covered or not last:
                asked.append(Gram(gram.at, gram.lexeme, open=last))
            continue
        inside_a_trigram = _is_trigram(word[gram.at : gram.at + 3]) or gram.at + 2 <= covered
        if len(gram.lexeme) == _PAIR and inside_a_trigram:
            continue
        asked.append(gram)
        covered = gram.at + len(gram.lexeme)
    return asked


def _phrase(word: str) -> str:
    asked = query_grams(word)
    parts = [_asked(asked[0])]
    for before, gram in pairwise(asked):
        parts.append(f"<{gram.at - before.at}> {_asked(gram)}")
    return f"({' '.join(parts)})" if len(parts) > 1 else parts[0]


def _asked(gram: Gram) -> str:
    return _quoted(gram.lexeme) + (":*" if gram.open else "")


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
