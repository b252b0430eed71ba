"""The words of time: one pass over a folded text, Chinese first, English where Latin letters stand.

Every alternative is bounded and begins with its own characters, so a pass costs time in proportion to the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from zhiyin.libs.coach.promises import english
from zhiyin.libs.coach.promises.numerals import MASK, NUMBER


@dataclass(frozen=True, slots=True)
class Token:
    """A word of time: what kind, where in the text, and its parts by name."""

    kind: str
    start: int
    end: int
    parts: dict[str, str]

    def get(self, name: str) -> str:
        """A part as written, empty where it was not."""
        return self.parts.get(name, "")


_FESTIVALS = (
    "元旦|春节|过年|清明节?|五一|劳动节|端午节?|中秋节?|国庆节?|十一(?=假|长假|黄金|放|前|之前|后|之后)"
    "|双十一|双11|双十二|双12|圣诞节?"
)
_TO = r"\s?(?:[-~至到—–或])\s?"
_DAY_NUMBER = rf"(?:{MASK}|\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}})"
_HOUR = rf"(?:{MASK}|\d{{1,2}}|[零一二两三四五六七八九十]{{1,3}})"
_MINUTE = r"(?:\d{1,2}|[零一二三四五六七八九十]{1,3})"

# Every kind of word under its own name; the order decides where two could begin at one place.
_KINDS = {
    "masked": r"\[日期x\]",
    "date": rf"""(?:(?:(?P<year>\d{{4}})[年/.-]|(?P<which_year>[今明后])年)?
        (?P<month>{MASK}|\d{{1,2}}|[一二三四五六七八九十]{{1,2}})
        (?:月(?:份的?)?|(?<=\d{{4}}[-/.]\d)[-/.]|(?<=\d{{4}}[-/.]\d\d)[-/.]))
        (?:(?P<day>{_DAY_NUMBER})[号日]?(?!个|天|份|[:：点])|(?P<tenth>初|中旬|上旬|下旬|底|末))""",
    "festival": rf"(?:{_FESTIVALS})(?:假期|长假|黄金周|放假)?",
    "duration": rf"""(?P<every>每隔?)?(?P<low>{NUMBER})(?:{_TO}(?P<high>{NUMBER}))?(?P<more>多|来|几|余)?\s?
        (?:个(?P<half>半)?)?\s?
        (?P<unit>工作日|工作天|工作小时|自然日|秒钟?|分钟|分(?=内|之内|左右)|刻钟|小时|钟头|天(?![气津])|日(?=内|之内|以内)
          |h(?:ou)?rs?(?![a-z])|h(?![a-z])|mins?(?![a-z])|周(?!末)|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])
          |(?<=个)月|(?<=个半)月|年(?![底末前级货度代])|季度?)(?P<tail>半(?!价|夜))?""",
    "weekday": r"""(?P<week>下下个?|下个?|上个?|这个?|本)?(?:周|星期|礼拜)
        (?P<wd>[一二三四五六日天末]|[1-7](?!\d|[天个号小]))(?![一二三四五六七八九十]?(?:次|回|趟))""",
    "span": rf"""(?P<which>下下个?|下个?|这个?|本)(?:(?P<w>周|星期|礼拜)|(?P<y>年)(?P<end_of>底|末)?
        |(?P<m>月)(?P<part_of>初|中旬|上旬|下旬|中|底|末)?(?:的?(?P<mday>{_DAY_NUMBER})[号日])?)""",
    "monthpart": r"""月(?P<tenth2>初|中旬|上旬|下旬|底|末)|(?P<this>当|年)(?:月|度)?(?P<tenth3>底|末|内)
        |(?P<ny>[今明])年(?:(?P<ye>年?[底末])|(?!\d|[一二三四五六七八九十]{1,2}月))""",
    "dom": rf"""(?<!第)(?P<dnum>{_DAY_NUMBER})(?:{_TO}(?P<dnum2>{_DAY_NUMBER}))?
        (?:号(?!楼|店|线|口|窗|柜|门|院|机|码|房|桌|柱|航|库|仓|电)|日(?!常|志))""",
    "relday": r"""大后天|今明两天|明后两?天|这[一两几]+天|后天|今[天日儿](?:之?内)?|明[天日儿]|当[天日晚]|次日|隔[天日]
        |第二天|今(?=[早晚午夜凌下上傍])|明(?=[早晚午凌下上])|后(?=[晚早])""",
    "part": r"""凌晨|清晨|早晨|早上|一早|一大早|大早|上午|中午|午[间后前]|下午|傍晚|晚上|夜[里间]|半夜|深夜|午饭|晚饭|早饭
        |下班|收工|打烊|天黑|(?<=[今明天日])[早晚午]""",
    "clock": rf"""(?P<hour>{_HOUR})
        (?:(?:点钟?|时(?!间|候|效|长|段|刻))(?!击|赞|评|餐|单|名|歌|开|进|选|一下)
          (?:(?P<minute>半|整|一刻|三刻|{_MINUTE}分?(?!钟|小时|天|个))|(?P<odd>多))?
        |[:：](?P<colon>\d{{2}})(?:[:：]\d\d)?)(?:\s?(?P<ampm>[ap]m))?
        |(?<![\d.])(?P<hour12>\d{{1,2}})\s?(?P<ampm2>[ap]m)(?![a-z])|(?P<hidden>\[时间x\])""",
    "now": "马上|立刻|立即|立马|即刻|现在|这就|此刻",
    "vague": """尽快|尽早|稍后|稍晚|晚点儿?|晚些(?:时候)?|待会儿?|等会儿?|等一会儿?|一会儿?|回头|过一?会儿?|过几天|这几天
        |近期|近日|近两天|届时|到时候?|随后|改天""",
}
_FIRST = (
    r"[\d\[零〇一二两三四五六七八九十百廿半几数今明后大当次隔第这本上下周星礼月年元春过清劳端中国双圣凌早午傍晚夜深入"
    "马立即现尽稍待等回近届到随改打天每收]"
)
"""What a word of time can begin with: most places of a text are passed over by this alone."""

_LATIN = re.compile(r"[a-z]{2}")


@cache
def _chinese() -> re.Pattern[str]:
    words = "|".join(f"(?P<{kind}>{written})" for kind, written in _KINDS.items())
    return re.compile(f"(?={_FIRST})(?:{words})", re.VERBOSE)


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Words of time in `text[start:end]` (folded), in order, none over another."""
    found = [_token(match) for match in _chinese().finditer(text, start, end)]
    if _LATIN.search(text, start, end):
        taken = {place for token in found for place in range(token.start, token.end)}
        found += [
            token
            for token in map(_token, english.pattern().finditer(text, start, end))
            if not taken.intersection(range(token.start, token.end))
        ]
        found.sort(key=lambda token: token.start)
    yield from found


def _token(match: re.Match[str]) -> Token:
    parts = {name: value for name, value in match.groupdict().items() if value}
    kind = next(name for name in parts if name in _KINDS)
    return Token(kind, match.start(), match.end(), parts)
