"""What a small linear model sees of a turn: n-grams of the turn, of what each side said last, and its shape.

Five blocks, each a set of names; the words of two blocks never mix:

turn      n-grams of one to four characters of the folded turn, in Latin text words and pairs of words
customer  n-grams of two and three characters of the customer's last run of messages before it
agent     the same of the agent's last run
shape     few cheap traits: length, marks, repetition, what is not words, where in the conversation
known     what the caller knows besides, such as the rules that fired

Masks ("[数字x]"), digits, links and order numbers become one sign each, so that no model learns a number.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.readings import Role, Turn

BLOCKS = ("turn", "customer", "agent", "shape", "known")
LONGEST = 4
"""N-grams of a turn reach this many characters."""
SEEN = 400
"""Of a longer turn only its first and last half of this many characters are read: the cost stays bounded."""
_SEEN_BEFORE = 36
_RUN = 3
"""Of the turns before, at most this many of one run are read, and this many characters of each."""

_SIGN = re.compile(
    r"#e-[a-z]{0,3}\d{0,4}(?:\[数字x\])?|\[[^\[\]]{1,40}\]|https?://[!-~]{1,300}|\d[\d.,:/*-]{0,40}|[a-z]*\d[a-z\d]{3,40}"
)
_SIGNED = re.compile(r"[\[\d#/]")
_ALIKE = str.maketrans("!?,;~. \n\t", "！？，；～。，，，")
_WORD = re.compile(r"[a-z']{1,24}")
_START, _END = "\x02", "\x03"
_LENGTHS = (1, 2, 4, 7, 11, 18, 30, 60)
_EMOTICON = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf☺]")
_MARKS = "。！？～，；… "
_SIGNS = "0№□☺↗，。"
_DRAWN_OUT = re.compile(r"(.)\1\1")
_PARTICLES = frozenset("吗么呢啊吧呀嘛啦哦哈")
_KINDS = {
    "asks": re.compile(
        r"吗|？|多久|什么|怎|几|哪|多少|能不能|可不可以|是不是|有没有|还是"
        r"|\b(?:how|what|when|where|who|can|do)\b"
    ),
    "reproaches": re.compile(
        r"为什么|为啥|凭什么|干嘛|怎么还|怎么又|你们|到底|明明|说好|竟然|居然|难道"
        r"|\bwhy\b|\byou (?:said|people)\b"
    ),
    "wants": re.compile(r"我要|想|帮|麻烦|请|申请|取消|退|换|需要|\b(?:want|need|please|refund|cancel)\b"),
    "denies": re.compile(r"没|不|无|未|\b(?:not|no|never|nothing)\b|n't\b"),
    "objects": re.compile(
        r"^(?:但|可是|可我|那我|不是|不对|but\b)|，(?:但|可是|可我|but\b)|还是(?:没|不|一样)"
    ),
    "repeats": re.compile(r"又|再|还|第[二三四五六0]次|次了|遍|天天|每次|一直|\b(?:again|still|times)\b"),
    "troubles": re.compile(
        r"坏|错|少|慢|漏|破|碎|裂|掉|卡|停|贵|差|假|脏|臭|响|烂|重新|降价|\b(?:broken|wrong|late|faulty)\b"
    ),
    "thanks": re.compile(r"谢|辛苦|thank|appreciate|cheers"),
    "agrees": re.compile(
        r"^(?:好|嗯|恩|哦|噢|可以|行|是|对|知道|明白|收到|没事|不用|ok|okay|yes|sure)"
        r"[的吧了啊呀啦哦滴哒]{0,2}(?:$|[，。！～☺])"
    ),
    "hurries": re.compile(
        r"快|急|赶|马上|立刻|今天|今晚|明天|明早|现在|之前|\b(?:hurry|asap|urgent|now|today|tomorrow)\b"
    ),
}
"""Kinds of things a customer says, by a few plain words: what n-grams of a small corpus cannot all have met."""
_ANSWERS = {
    "refused": re.compile(
        r"不能|不了|无法|没法|没办法|不支持|不可以|不符合|不予|只能|\b(?:can't|cannot|unable|afraid)\b"
    ),
    "sorry": re.compile(r"抱歉|对不起|不好意思|\bsorry\b"),
    "told to wait": re.compile(r"稍等|耐心|等待|尽快|留意|关注|催促|\b(?:patien|wait)"),
    "asked": re.compile(r"[吗呢么][？～☺，]{0,3}\x03|？[☺，]{0,3}\x03|提供|请问"),
    "closing": re.compile(r"其他|还有什么|评价|再见|愉快|anything else"),
    "done": re.compile(r"已经?[为帮给]|已[提申反登退发修]|成功|好了"),
}


def signs(text: str) -> tuple[str, list[int] | None]:
    """Folded `text` with one sign for each mask, number and link; and where each character began.

    The places are None where nothing changed its length.
    """
    if _SIGNED.search(text) is None:
        return text.translate(_ALIKE), None
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in _SIGN.finditer(text):
        start, end = match.span()
        pieces += (text[at:start], _sign(match.group()))
        places += range(at, start)
        places.append(start)
        at = end
    pieces.append(text[at:])
    places += range(at, len(text))
    return "".join(pieces).translate(_ALIKE), places


def _sign(found: str) -> str:
    if found[0] == "#":
        return "☺"
    if found[0] == "[":
        return (
            "№" if "ord" in found or "订单" in found else "0" if "数字" in found or "金额" in found else "□"
        )
    return "↗" if found.startswith("http") else "0"


@dataclass(frozen=True)
class Seen:
    """A turn as a model sees it: its texts with their ends marked, and the traits that are no text, by block."""

    texts: Mapping[str, tuple[str, ...]]
    traits: Mapping[str, set[str]]

    def names(self) -> dict[str, set[str]]:
        """The names of all features, by block: what a vocabulary is made of."""
        named = {block: set().union(*map(_GRAMS[block], texts)) for block, texts in self.texts.items()}
        return named | dict(self.traits)


def seen(text: str, context: Sequence[Turn] = (), known: Iterable[str] = ()) -> Seen:
    """What a model sees of a turn. Cost: linear up to `SEEN` characters, then constant."""
    turn = said(text)
    customer, agent = last_runs(context)
    earlier = {"customer": tuple(map(marked, customer)), "agent": tuple(map(marked, agent))}
    shape = {*_shape(text, turn), *_place(turn, context)}
    if agent:
        answer = "".join(message[1:] for message in earlier["agent"])
        shape.update(name for name, pattern in _ANSWERS.items() if pattern.search(answer))
    return Seen({"turn": (_bounded(turn),), **earlier}, {"shape": shape, "known": set(known)})


def heard_and_said(text: str, context: Sequence[Turn] = ()) -> Seen:
    """Of what `seen` sees, only the words of the turn and of the customer's last run."""
    turn = _bounded(said(text))
    return Seen({"turn": (turn,), "customer": tuple(map(marked, last_runs(context)[0]))}, {})


def said(text: str) -> str:
    """The signs of a turn; of a very long one, of its beginning and its end."""
    if len(text) > SEEN * 4:
        text = text[: SEEN * 2] + text[-SEEN * 2 :]
    return signs(folded(text))[0]


def _bounded(turn: str) -> str:
    if len(turn) > SEEN:
        turn = turn[: SEEN // 2] + _END + _START + turn[-SEEN // 2 :]
    return f"{_START}{turn}{_END}"


@lru_cache(2048)
def marked(message: str) -> str:
    """The signs of an earlier message between the marks of its ends; the same message is before the next turn too."""
    return f"{_START}{signs(message)[0]}{_END}"


def grams(text: str) -> set[str]:
    """N-grams of one to four characters of a marked text, words and pairs of words of Latin text."""
    found = set(text) - {_START, _END}
    for length in range(2, LONGEST + 1):
        found.update([text[at : at + length] for at in range(len(text) - length + 1)])
    return found | words(text)


def words(text: str) -> set[str]:
    """Latin words and pairs of them, each with a blank before it."""
    found = _WORD.findall(text)
    return {" " + word for word in found} | {f" {one} {two}" for one, two in itertools.pairwise(found)}


def _earlier_grams(text: str) -> set[str]:
    """Pairs and triples of characters of a marked text."""
    return {text[at : at + length] for length in (2, 3) for at in range(len(text) - length + 1)}


_GRAMS = {"turn": grams, "customer": _earlier_grams, "agent": _earlier_grams}


def last_runs(context: Sequence[Turn]) -> tuple[list[str], list[str]]:
    """The last run of messages of the customer and of the agent, newest first, folded, bounded."""
    runs: dict[Role, list[str]] = {Role.CUSTOMER: [], Role.AGENT: []}
    before: Role | None = None
    for turn in reversed(context[-4 * _RUN :]):
        run = runs[turn.role]
        if run and before is not turn.role:
            break
        if len(run) < _RUN:
            run.append(_clip(turn.text))
        before = turn.role
    return runs[Role.CUSTOMER], runs[Role.AGENT]


def _clip(text: str) -> str:
    return folded(
        text if len(text) <= 2 * _SEEN_BEFORE else text[:_SEEN_BEFORE] + "\n" + text[-_SEEN_BEFORE:]
    )


def _shape(text: str, seen: str) -> Iterable[str]:
    """Traits of the turn alone."""
    yield f"length {sum(len(seen) > limit for limit in _LENGTHS)}"
    yield from _marks(seen)
    bare = seen.strip(_MARKS)
    if not bare:
        yield "marks only"
    elif bare[-1] in _PARTICLES:
        yield f"ends {bare[-1]}"
    if not bare.strip(_SIGNS):
        yield "signs only"
    for sign in "0№☺↗":
        if sign in seen:
            yield f"has {sign}"
    if _EMOTICON.search(seen):
        yield "emoticon"
    yield from kinds(seen)


def kinds(seen: str) -> list[str]:
    """The kinds of things a customer says in a text of signs."""
    return [kind for kind, pattern in _KINDS.items() if pattern.search(seen)]


def _marks(seen: str) -> Iterable[str]:
    shouts, asks = seen.count("！"), seen.count("？")
    if shouts:
        yield "shouts" if shouts > 1 else "shout"
    if asks:
        yield "asks aloud" if asks > 1 else "ask"
    if shouts and asks:
        yield "shouts and asks"
    if "。。" in seen or "…" in seen or "～～" in seen:
        yield "trails off"
    if _DRAWN_OUT.search(seen):
        yield "drawn out"


def _place(seen: str, context: Sequence[Turn]) -> Iterable[str]:
    """Traits of the turn among those before it."""
    yield f"turns before {min(len(context), 6)}"
    own = 0
    for turn in reversed(context[-_RUN:]):
        if turn.role is not Role.CUSTOMER:
            break
        own += 1
    yield f"own run {own}"
    mine = _pairs(seen)
    if len(mine) > 1:
        alike = max(
            (_alike(mine, signs(_clip(turn.text))[0]) for turn in context[-8:] if turn.role is Role.CUSTOMER),
            default=0.0,
        )
        if alike >= 0.5:  # noqa: PLR2004
            yield "said again"
            yield f"said again, own run {min(own, 1)}"


def _pairs(seen: str) -> set[str]:
    bare = seen[:SEEN].strip(_MARKS)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


def _alike(mine: set[str], other: str) -> float:
    """Share of the pairs of characters in common, by the smaller of the two turns."""
    theirs = _pairs(other)
    smaller = min(len(mine), len(theirs))
    return len(mine & theirs) / smaller if smaller > 1 else 0.0
