"""Reading timed transcripts: JSON, SubRip (SRT) and WebVTT, with the speakers named.

Every error says in which line of the file it lies. Times are seconds from the beginning of the recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhiyin.libs.coach.calls.errors import TranscriptError
from zhiyin.libs.coach.folding import folded
from zhiyin.libs.coach.measures import Measures
from zhiyin.libs.coach.readings import Role, Turn, gettext_noop

_CUE = re.compile(r"\s*(?P<start>\S+)\s*-->\s*(?P<end>\S+)")
_CLOCK = re.compile(
    r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{1,2})(?:[.,](?P<parts>\d{1,6}))?", re.ASCII
)
_LABEL = re.compile(
    r"\s*-?\s*[\[【(（]?(?P<label>[^\]】)）:：\n]{1,24}?)[\]】)）]?\s*[:：]\s*(?P<text>.*)", re.DOTALL
)
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+(?P<label>[^>]{1,60})>")
_TAG = re.compile(r"</?(?:c|i|b|u|v|lang|ruby|rt)(?:[.\s][^>]{0,60})?>|<\d[\d:.]{3,16}>")
_DATA = re.compile(
    r".*(?:单号|号码|税号|账号|卡号|编号|抬头|地址|电话|手机|邮箱|网址|链接|姓名|收件人|收货人|日期|时间|金额|型号|规格|颜色|尺码"
    r"|原价|现价|差价|备注|验证码|如下|提示|第[一二三四五六七八九十\d]+步|number|address|phone|e-?mail|date|total|price|code)",
    re.IGNORECASE,
)
"""What stands before a colon and is read out, not a speaker."""
_SKIPPED = ("NOTE", "STYLE", "REGION")
SIXTY = 60
NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance as the file has it; `line` counts from 1."""

    line: int
    label: str
    text: str
    start: float
    end: float


def seconds(clock: str) -> float:
    """`00:01:02,500`, `01:02.5` or `62.5` as seconds; raises ValueError for anything else."""
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        value = float(clock)
        if not 0 <= value < float("inf"):
            raise ValueError(clock)
        return value
    hours, minutes, rest = int(match["hours"] or 0), int(match["minutes"]), int(match["seconds"])
    if (minutes >= SIXTY and match["hours"]) or rest >= SIXTY:
        raise ValueError(clock)
    return hours * 3600 + minutes * 60 + rest + float(f"0.{match['parts'] or 0}")


def cues(text: str, *, web: bool) -> Iterator[Spoken]:
    """The utterances of an SRT or (`web`) WebVTT file; raises TranscriptError."""
    lines = text.split("\n")
    if web and not lines[0].startswith("WEBVTT"):
        raise TranscriptError(1, gettext_noop("a WebVTT file begins with WEBVTT"))
    label, at = "", 1 if web else 0
    while at < len(lines):
        block, begin = [], at
        while at < len(lines) and lines[at].strip():
            block.append(lines[at])
            at += 1
        at += 1
        if not block or (
            web and (begin == 1 or block[0].split(" ")[0] in _SKIPPED) and "-->" not in "".join(block)
        ):
            continue
        for spoken in _cue(block, begin + 1, label):
            label = spoken.label
            yield spoken


def _cue(block: list[str], line: int, before: str) -> Iterator[Spoken]:
    """One cue: perhaps a number, the times, then words; without a name it is the speaker before."""
    timing = next((number for number, words in enumerate(block[:2]) if "-->" in words), None)
    if timing is None:
        raise TranscriptError(line, gettext_noop("“%(said)s” is not followed by a time"), said=block[0][:40])
    match = _CUE.match(block[timing])
    try:
        start, end = (seconds(match["start"]), seconds(match["end"])) if match else (-1.0, -1.0)
    except ValueError:
        start = end = -1.0
    if start < 0:
        raise TranscriptError(
            line + timing, gettext_noop("“%(said)s” is no time"), said=block[timing].strip()[:60]
        )
    label = before
    said: list[str] = []
    for number, words in enumerate(block[timing + 1 :]):
        name, rest = _named(words)
        if name and said and name != label:
            at = line + timing + 1 + number
            raise TranscriptError(
                at, gettext_noop("two speakers share one time; give each a time of his own")
            )
        label = name or label
        said.append(rest)
    if not label:
        raise TranscriptError(line + timing + 1, gettext_noop("nobody is named as the speaker"))
    yield Spoken(line + timing, label, " ".join(said).strip(), start, end)


def _named(words: str) -> tuple[str, str]:
    """The speaker's name at the beginning of a line and the rest, without markup."""
    voice = _VOICE.search(words)
    rest = _TAG.sub("", _VOICE.sub("", words)).strip()
    if voice:
        return voice["label"].strip(), rest
    match = _LABEL.match(rest)
    # A clock or a web address has a colon too; a name has no digits alone and no blanks beyond two words.
    if (
        match
        and not match["label"].strip().isdigit()
        and not _DATA.fullmatch(folded(match["label"]).strip())
        and len(match["label"].split()) <= NAME_WORDS
        and "//" not in match["text"][:2]
    ):
        return match["label"].strip(), match["text"].strip()
    return "", rest


def turns(spoken: Iterator[Spoken], measures: Measures, names: Mapping[str, Role]) -> tuple[Turn, ...]:
    """Utterances as turns in order of time; those without words are left out.

    `names` says who is who where the labels do not. Raises TranscriptError for an unknown name, an end before its
    beginning, or a file in which nobody says a word.
    """
    made = []
    for each in spoken:
        role = _role(each, measures, names)
        if each.end < each.start:
            raise TranscriptError(
                each.line,
                gettext_noop("ends at %(end)s before it begins at %(start)s"),
                end=each.end,
                start=each.start,
            )
        if each.text:
            made.append(Turn(role, each.text, each.start, each.end))
    if not made:
        raise TranscriptError(1, gettext_noop("nobody says a word"))
    return tuple(sorted(made, key=lambda turn: (turn.start or 0.0, turn.end or 0.0)))


def _role(spoken: Spoken, measures: Measures, names: Mapping[str, Role]) -> Role:
    """Who a label stands for: the last word of it decides, as in 客户服务专员."""
    known = names.get(spoken.label) or names.get(spoken.label.casefold())
    if known:
        return known
    label = folded(spoken.label)
    ends = {role: words.last(label) for role, words in measures.speakers.items()}
    role = max(ends, key=lambda role: ends[role])
    if ends[role] < 0:
        raise TranscriptError(
            spoken.line, gettext_noop("“%(label)s” is neither agent nor customer by name"), label=spoken.label
        )
    return role
