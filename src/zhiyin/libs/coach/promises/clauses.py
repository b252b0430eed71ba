"""A turn cut into clauses: the pieces a promise is made of, each with what may be trimmed off its ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhiyin.libs.coach.promises.times import When

LONGEST = 120
"""A stretch without any stop is cut here, so that no pattern looks further."""
_STOPS = re.compile(
    r"#e-\w{0,3}\[[^\[\]]{0,8}\]|[。！？!?；;，,\n\r…~]|(?<!\d)[:：]|[:：](?!\d)|\.(?=\s|$|[\u4e00-\u9fff])|(?<=\[数字x\])\.(?=\D)"
    r"|(?<![a-z0-9])[ \t\u3000]+(?![a-z0-9][a-z0-9.:/~-]{0,12} )|[ \t\u3000]+(?![a-z0-9 \t\u3000])"
    r"|(?<=[\u4e00-\u9fff][呢哦哈哒])(?=[\u4e00-\u9fff]{2})(?![呢哦哈哒呀啊的嗯])(?<!哈哈)"
)
_HARD_STOPS = frozenset("。！？!?；;\n\r.…")
_LATIN_STOPS = re.compile(r"[!?;\n\r,]|\.(?=\s|$)|\s-\s")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LETTERS = re.compile(r"[a-z]")

_PARTICLES = "呢哦哈呀啊噢哟哒的啦了吧嗯"
_LEADS = re.compile(
    rf"(?:好的?|好嘞|好咧|好得|好哒|嗯+|哎呀?|没问题|是的|对的|您好|你好|亲亲?|亲爱[的滴哒]|放心|您放心|没关系|没事"
    rf"|(?:还?请|麻烦)?[您你]?(?:先)?(?:耐心)?(?:稍等|等待?一?下|等等)(?:一?下)?|您看(?!可以|行|好|成|方便|这样|可否)|[您你]看这样行吗|这样吧?|实话跟您说|不着急|不过|但是|同时|[一二]是)[{_PARTICLES}]*"
)
_HEARSAY = re.compile(r"^.{0,12}?(?:告知|告诉)您(?:的)?(?=.{0,10}(?:时效|周期|时间)[是为])")
_TAG = re.compile(
    r"(?P<asked>[您你]看)?(?:这样|是否)?(?P<tag>可以|可否|行|好|(?<![完达变改换建生])成|方便|合适)(?:的)?(?:吗|么|嘛|不|哟|呢)?[呢哦哈]?$"
)
_TAIL = re.compile(
    r"(?:[,，\s]?(?:辛苦您|还请|(?<![申邀])请您|(?<![申邀])请(?=注意|稍|保持|耐心|留意|查收|放心|关注|谅|届时|务必)|麻烦[您亲]|烦您|您(?:再|先)?(?:耐心|注意|留意|稍等|稍后查收|关注)).*|(?<=.)亲亲?|(?<=.)[您你]看(?:呢)?|(?<=[您你])好|更加?方便)$"
)
_QUESTION_WORDS = re.compile(
    r"什么时候|几点(?!前)|几号|多久|多长时间|哪天|哪[个里位一]|怎么|为什么|是不是|能不能|要不要|可不可以|好不好|行不行|方不方便|多少(?!都)|有没有|(?:是|对)吧$|还是.{1,12}[呢好]|还是[您我让下]"
)


@dataclass(slots=True)
class Clause:
    """A clause of a folded text, without its stop. `start`, `end` after trimming; `whole` before.

    `tag`: "asked" for "…您看可以吗", "bare" for "…可以吗", else empty. `question`: it asks something itself.
    """

    start: int
    end: int
    stop: str
    whole: tuple[int, int]
    text: str = ""
    tag: str = ""
    question: bool = False
    whens: list[When] = field(default_factory=list)

    @property
    def closes(self) -> bool:
        """Whether a full stop follows, not a mere comma or blank."""
        return bool(_HARD_STOPS.intersection(self.stop))


def is_chinese(text: str) -> bool:
    """Whether it is mainly Chinese; a name or a Latin model number in between does not decide."""
    return 4 * len(_CJK.findall(text)) >= len(_LETTERS.findall(text))


def split(text: str, whens: Sequence[When], *, chinese: bool) -> list[Clause]:
    """The clauses of a folded text in order, each with its times; no stop inside a time cuts."""
    starts = [when.start for when in whens]
    clauses: list[Clause] = []
    begin, stop = 0, ""
    for match in (_STOPS if chinese else _LATIN_STOPS).finditer(text):
        at = bisect_left(starts, match.start()) - 1
        if at >= 0 and whens[at].end > match.start():
            continue
        _add(clauses, text, begin, match.start(), match.group(), chinese=chinese)
        begin = match.end()
    _add(clauses, text, begin, len(text), stop, chinese=chinese)
    _share(clauses, whens)
    return clauses


def _add(clauses: list[Clause], text: str, start: int, end: int, stop: str, *, chinese: bool) -> None:
    if not text[start:end].strip():
        if clauses:
            clauses[-1].stop += stop
        return
    for low in range(start, end, LONGEST):
        high = min(low + LONGEST, end)
        clause = Clause(low, high, stop if high == end else "", (low, high))
        _trim(clause, text, chinese=chinese)
        clauses.append(clause)


def _trim(clause: Clause, text: str, *, chinese: bool) -> None:
    piece = text[clause.start : clause.end]
    clause.start += len(piece) - len(piece.lstrip())
    clause.end -= len(piece) - len(piece.rstrip())
    if chinese:
        _trim_lead(clause, text)
        _trim_tail(clause, text)
    clause.text = text[clause.start : clause.end]
    clause.question = clause.question or bool(_QUESTION_WORDS.search(clause.text))
    if "?" in clause.stop[:1] or "？" in clause.stop[:1]:
        clause.question = clause.question or not clause.tag


def _trim_lead(clause: Clause, text: str) -> None:
    for _ in range(4):
        match = _LEADS.match(text, clause.start, clause.end)
        if match is None or match.end() >= clause.end or match.end() == match.start():
            break
        clause.start = match.end()
    hearsay = _HEARSAY.match(text[clause.start : clause.end])
    if hearsay:
        clause.start += hearsay.end()


def _trim_tail(clause: Clause, text: str) -> None:
    for _ in range(2):
        piece = text[clause.start : clause.end]
        match = _TAIL.search(piece)
        if match and match.start() > 0:
            clause.end = clause.start + match.start()
            continue
        match = _TAG.search(piece) if piece[-1:] in "吗么嘛不哟呢哦哈" else None
        if match and match.start() > 0:
            clause.tag = (
                "asked" if match.group("asked") or match.group("tag") in {"行", "好", "成"} else "bare"
            )
            clause.end = clause.start + match.start()
    piece = text[clause.start : clause.end]
    if piece.rstrip("呢哦哈").endswith(("吗", "么", "嘛")):
        clause.question = True
    if piece.endswith("了") and len(piece) > 1 and "时效" in piece:
        clause.end -= 1


def _share(clauses: list[Clause], whens: Sequence[When]) -> None:
    at = 0
    for when in whens:
        while at < len(clauses) and clauses[at].whole[1] <= when.start:
            at += 1
        if at < len(clauses) and clauses[at].start <= when.start < clauses[at].end:
            clauses[at].whens.append(when)
