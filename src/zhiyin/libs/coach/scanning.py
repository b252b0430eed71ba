"""One pass over a text for every word of a pack, then questions about what stands near what.

The words of all lists go into one Aho–Corasick automaton (Aho & Corasick, CACM 18(6), 1975); each list knows the
phrases in which its words do not count ("不能" in "能不能"). Everything after the pass looks at bounded windows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, KeysView, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from zhiyin.libs.coach.folding import folded

Span = tuple[int, int]
CLAUSE = 60
SENTENCE = 160
CLAUSES = 8
"""How far a clause and a sentence may reach from a find, in characters, where nothing stops them earlier."""

_KEPT, _KEPT_LENGTH = 128, 2000
"""So many texts are kept read, none longer than this."""

_HARD = r"[。！？!?；;\n~～…·]+"
_SOFT = r"[，,、：:]+"
_CHINESE_BREAKS = re.compile(rf"(?P<hard>{_HARD}|[ \t\u3000]+)|{_SOFT}")
_ENGLISH_BREAKS = re.compile(r"(?P<hard>[!?;\n]+|\.+(?=\s|$))|[,:()]+|\s-+\s")
_QUOTES = re.compile(r"“[^“”\n]{1,60}”|「[^「」\n]{1,60}」|『[^『』\n]{1,60}』|\"[^\"\n]{1,60}\"")
_ASIDES = re.compile(r"【[^【】\n]{1,80}】|（[^（）\n]{1,80}）|\([^()\n]{1,80}\)")
_NOT_WORDS = re.compile(
    r"#e-[^\[\]\s]{0,4}\[[^\[\]]{0,8}\]|\[[^\[\]]{0,60}\]|https?://[^\s\u4e00-\u9fff]{1,300}"
)


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words, folded; `not_in` are longer phrases in which they do not count."""

    any: tuple[str, ...]
    not_in: tuple[str, ...] = ()


class Automaton:
    """Every word list of a pack, found in one pass."""

    def __init__(self, lists: Sequence[Words], *, spaced: bool) -> None:
        """Lists are known by their place in `lists`; `spaced`: a language that parts words by blanks."""
        self.spaced = spaced
        self.guarded = frozenset(number for number, words in enumerate(lists) if words.not_in)
        owners: dict[str, list[int]] = {}
        for number, words in enumerate(lists):
            for word in words.any:
                owners.setdefault(word, []).append(number)
            for phrase in words.not_in:
                owners.setdefault(phrase, []).append(-1 - number)
        self._owners = [tuple(dict.fromkeys(numbers)) for numbers in owners.values()]
        self._bare = [word[0].isascii() and word[0].isalnum() for word in owners]
        self._open = [word[-1].isascii() and word[-1].isalnum() for word in owners]
        self._machine = ahocorasick_rs.AhoCorasick(owners.keys(), matchkind=ahocorasick_rs.MatchKind.Standard)
        self._kept = lru_cache(_KEPT)(lambda text: self.scan(folded(text)))

    def read(self, text: str) -> Scan:
        """As `scan`, of a text as it was written; a message is asked for again with every turn that follows it."""
        return self._kept(text) if len(text) <= _KEPT_LENGTH else self.scan(folded(text))

    def scan(self, text: str) -> Scan:
        """What of the lists stands in `text`, which must be folded."""
        hits: dict[int, list[Span]] = {}
        owners, bare, open_ = self._owners, self._bare, self._open
        for word, start, end in self._machine.find_matches_as_indexes(text, overlapping=True):
            if bare[word] and start and _latin(text[start - 1]):
                continue
            if open_[word] and end < len(text) and _latin(text[end]):
                continue
            for number in owners[word]:
                found = hits.get(number)
                if found is None:
                    hits[number] = [(start, end)]
                else:
                    found.append((start, end))
        return Scan(text, hits, self)


class Scan:
    """A folded text and where the words of each list stand in it."""

    __slots__ = ("_asides", "_automaton", "_breaks", "_clean", "_content", "_hits", "_quotes", "text")

    def __init__(self, text: str, hits: dict[int, list[Span]], automaton: Automaton) -> None:
        """Made by `Automaton.scan`."""
        self.text = text
        self._hits = hits
        self._automaton = automaton
        self._clean: dict[int, list[Span]] = {}
        self._breaks: tuple[list[int], list[int], list[bool]] | None = None
        self._quotes: list[Span] | None = None
        self._asides: list[Span] | None = None
        self._content: str | None = None

    def touched(self, lists: frozenset[int]) -> bool:
        """Whether any of the lists was found at all."""
        return not lists.isdisjoint(self._hits)

    def found(self) -> KeysView[int]:
        """The lists found at all, and those found only where they do not count."""
        return self._hits.keys()

    def spans(self, words: int) -> list[Span]:
        """Where the list stands, by start; overlapping finds each count, guarded ones do not."""
        known = self._clean.get(words)
        if known is None:
            known = self._hits.get(words)
            if known is None:
                return []
            if len(known) > 1:
                known.sort()
            if words in self._automaton.guarded:
                known = _uncovered(known, self._hits.get(-1 - words))
            self._clean[words] = known
        return known

    def within(self, words: int, low: int, high: int) -> Span | None:
        """The first find of the list that lies in [low, high), if any."""
        spans = self.spans(words)
        for at in range(bisect_left(spans, (low, 0)), len(spans)):
            start, end = spans[at]
            if start >= high:
                return None
            if end <= high:
                return start, end
        return None

    def clause(self, at: int) -> Span:
        """The clause around `at`: up to the nearest comma, blank (Chinese) or full stop on both sides."""
        starts, ends, _ = self._parts()
        low, high = 0, len(self.text)
        index = bisect_left(starts, at + 1)
        if index:
            low = ends[index - 1]
        if index < len(starts):
            high = starts[index]
        return max(min(low, at), at - CLAUSE), min(max(high, at), at + CLAUSE)

    def sentence(self, at: int) -> Span:
        """The sentence around `at`; as many clauses as stand between two full stops, at most eight each way."""
        starts, ends, hard = self._parts()
        index = bisect_left(starts, at + 1)
        left = index - 1
        while left >= 0 and not hard[left] and index - left < CLAUSES:
            left -= 1
        right = index
        while right < len(starts) and not hard[right] and right - index < CLAUSES:
            right += 1
        low = ends[left] if left >= 0 else 0
        high = starts[right] if right < len(starts) else len(self.text)
        return max(min(low, at), at - SENTENCE), min(max(high, at), at + SENTENCE)

    def clauses(self) -> list[Span]:
        """Every clause with something in it, in order."""
        starts, ends, _ = self._parts()
        spans = zip([0, *ends], [*starts, len(self.text)], strict=True)
        return [(low, high) for low, high in spans if high > low]

    def ending(self, high: int) -> str:
        """The stop that closes the clause ending at `high`, or nothing."""
        starts, ends, _ = self._parts()
        index = bisect_left(starts, high)
        return self.text[high : ends[index]] if index < len(starts) and starts[index] == high else ""

    def quoted(self, start: int, end: int) -> bool:
        """Whether the span lies in quotation marks: somebody else's words, or the name of a button."""
        if self._quotes is None:
            self._quotes = [match.span() for match in _QUOTES.finditer(self.text)]
        return _inside(self._quotes, start, end)

    def aside(self, start: int, end: int) -> bool:
        """Whether the span lies in brackets: small print."""
        if self._asides is None:
            self._asides = [match.span() for match in _ASIDES.finditer(self.text)]
        return _inside(self._asides, start, end)

    def content(self) -> str:
        """The text without emoticons, masks, links, stops and blanks: what is really said."""
        if self._content is None:
            bare = _NOT_WORDS.sub(" ", self.text)
            self._content = "".join(piece for piece in _split(bare, spaced=self._automaton.spaced))
        return self._content

    def said_mask(self) -> bool:
        """Whether a mask or a link stands for something said, beyond emoticons."""
        return any(not match[0].startswith("#") for match in _NOT_WORDS.finditer(self.text))

    def _parts(self) -> tuple[list[int], list[int], list[bool]]:
        if self._breaks is None:
            pattern = _ENGLISH_BREAKS if self._automaton.spaced else _CHINESE_BREAKS
            starts, ends, hard = [], [], []
            for match in pattern.finditer(self.text):
                starts.append(match.start())
                ends.append(match.end())
                hard.append(match.lastgroup is not None)
            self._breaks = starts, ends, hard
        return self._breaks


def _inside(outer: list[Span], start: int, end: int) -> bool:
    at = bisect_left(outer, (start + 1, 0)) - 1
    return at >= 0 and outer[at][1] >= end


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _split(text: str, *, spaced: bool) -> Iterable[str]:
    for word in text.split():
        yield word.strip("。！？!?；;~～…·，,、：:().") + (" " if spaced else "")


def _uncovered(spans: list[Span], covers: list[Span] | None) -> list[Span]:
    """The spans that do not lie within a cover."""
    if not covers:
        return spans
    covers.sort()
    longest = max(end - start for start, end in covers)
    return [span for span in spans if not _covered(span, covers, longest)]


def _covered(span: Span, covers: list[Span], longest: int) -> bool:
    start, end = span
    at = bisect_left(covers, (start + 1, 0)) - 1
    while at >= 0 and covers[at][0] >= start - longest:
        if covers[at][1] >= end:
            return True
        at -= 1
    return False
