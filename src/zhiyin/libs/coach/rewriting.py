"""Putting a sentence better, with the words it is made of.

A template names what it takes over: {clause} the clause as written, {sentence}, {said} the words found, {head} and
{rest} what stands before and after them in the clause; {polite} the clause with 您 for 你; {ask} the same as a polite
request; {thing} and {deed} what a refusal is about and what it refuses ("这个地址" and "改" in "这个地址我们改不了");
{topic} is {thing}, or 这件事; {plain} a term in plain words; {first} the first of several questions; {told} the clause
without its 但是; {feeling} a sentence for what the customer told, behind the draft's own greeting, and {kept} the draft
without that greeting, or what the gravest finding in it says instead; {answer} the same where it holds more than a
formula; {asked} what the customer asked; {reach} the first step towards whom he was sent to.
What only the agent can know stands in ［ ］.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Any

from zhiyin.libs.coach.folding import folded

SLOTS = frozenset(
    [
        *(
            "clause",
            "sentence",
            "said",
            "head",
            "rest",
            "polite",
            "ask",
            "thing",
            "deed",
            "plain",
            "first",
            "told",
        ),
        *("topic", "feeling", "kept", "answer", "asked", "reach"),
    ]
)
KEEPING = frozenset(["clause", "polite", "ask"])
"""Slots that take the draft over as it is: of no use where something graver stands in it."""

_WHO = re.compile(
    r"^(?:亲爱的|亲爱哒|亲亲|亲|您好|你好|抱歉|对不起|不好意思|那么|那|但是|不过|可是|因为|所以|而且|实在|确实|真的|很|非常|是"
    r"|我们这边|我们|咱们|我司|我这边|这边|我|小妹|妹子|客服|目前|现在|暂时|已经|一般|的|哦|呢|，|,|\s)+"
)
# No two alternatives may begin alike where a `$` follows: the text is the agent's, and may be anything.
_TAIL = re.compile(r"(?:的|了|呢|哦|哈|啊|呀|噢|喔|啦|嘛|吧|亲|爱|~|～|\s|[。.!！])+$")
_ADVERBS = re.compile(
    r"(?:我们|我司|咱们|小妹|妹子|这边|我|您|你|客服|实在|确实|真的|目前|现在|暂时|已经|一般|应该|恐怕|可能|也|都|是|就|的|还|又|给您|帮您|为您|\s)+$"
)
_DEED_HEAD = re.compile(
    r"^(?:再|直接|单独|随便|给您|给你|帮您|为您|给|帮|为|去|来|把|对|进行|继续|都|也|的|够|办法)+"
)
_NOT = re.compile("不|没|无|別|别|沒|無")
_HANDED = re.compile(r"^(?!把)([\u3400-\u9fff]{1,6}?)([报發发報])(?:来|來|过来|過來|我|给我|給我)?$")
_ORDERS = tuple("把发發报報填写寫提点點拍说說看查打重换換关關开開等拿")
_ENDS = re.compile("[吗嗎么]$")
_NAMED = 8
_SOFT_HEAD = re.compile(r"^(?:那|就|先|再|好的?|亲+|嗯+|,|，|\s)*")


def check(template: str) -> None:
    """Raise KeyError or ValueError where `template` names a slot that does not exist or cannot be read."""
    for _, slot, form, conversion in Formatter().parse(template):
        if slot is not None and (slot not in SLOTS or form or conversion):
            raise KeyError(slot)


@cache
def slots_of(template: str) -> frozenset[str]:
    """The slots a template names."""
    return frozenset(slot for _, slot, _, _ in Formatter().parse(template) if slot)


def fill(template: str, slots: dict[str, str], *, traditional: bool) -> str:
    """The template with its slots filled, in traditional characters where the draft is written in them."""
    made = template.format_map(_Blank(slots)).strip().lstrip("，,：；").strip()
    return _converter().convert(made) if traditional else made


class _Blank(dict[str, Any]):
    def __missing__(self, slot: str) -> str:
        return ""


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def polite(text: str) -> str:
    """您 for 你, as in 您好."""
    return text.replace("妳", "您").replace("你", "您").replace("您们", "各位")


def request(clause: str) -> str:
    """An order as a request: "你把单号发来" → "麻烦您把单号发给我"; nothing where the clause is no order."""
    bare = _TAIL.sub("", _SOFT_HEAD.sub("", clause)).rstrip("?？")
    told = bare.startswith(("你", "您", "妳"))
    bare = re.sub(r"^(?:你|您|妳)(?:自己|先)?", "", bare)
    if _NOT.search(bare) or _ENDS.search(bare):
        return ""
    if bare.startswith(("请", "麻烦")):
        return polite(bare)
    if handed := _HANDED.match(bare):
        return f"麻烦您把{polite(handed[1])}{handed[2]}给我"
    if told or bare.startswith(_ORDERS):
        if bare.endswith(("发来", "报来", "发过来")):
            bare = bare.removesuffix("过来").removesuffix("来") + "给我"
        return f"麻烦您{polite(bare)}"
    if 0 < len(bare) <= _NAMED:
        return f"麻烦您告诉我{polite(bare)}"
    return ""


def refused(clause: str, start: int, end: int) -> tuple[str, str]:
    """What a refusal at [start, end) of `clause` is about, and the deed it refuses; either may be empty.

    "这个地址我们改不了" → ("这个地址", "改"); "这边没有办法给您退费的" → ("", "退费").
    """
    form = folded(clause)
    if form[start:end].endswith(("不了", "不到", "不上", "不动")):
        high = end - 2
        low = high - (2 if form[high - 2 : high] in _VERBS else 1)
        low, high = max(0, low), max(0, high)
        thing = _trim(form, 0, low)
    else:
        low, high = _deed(form, end)
        thing = _trim(form, 0, start)
        low, high = _likely(form, start, end, low, high)
    topic = clause[slice(*thing)][-20:]
    return "" if _NO_TOPIC.search(folded(topic)) else topic, clause[low:high]


def _likely(form: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The bounds of the deed where it is one: "不退费" refuses 退费, "不退不改" 退, and "不是天气" nothing."""
    if end > start and form[start] == "不" and form[end - 1] in _SINGLE:
        low = end - 1
    negated = _NOT.search(form, low, high)
    high = negated.start() if negated else high
    begins = form[low : low + 1] in _SINGLE or form[low : low + 2] in _VERBS
    return (low, high) if begins and 0 < high - low <= _DEED else (low, low)


def _trim(form: str, low: int, high: int) -> tuple[int, int]:
    """The bounds of what is spoken of, without who speaks and how."""
    head = _WHO.match(form, low, high)
    low = head.end() if head else low
    tail = _ADVERBS.search(form[low:high])
    return low, low + tail.start() if tail else high


def _deed(form: str, low: int) -> tuple[int, int]:
    head = _DEED_HEAD.match(form, low)
    low = head.end() if head else low
    tail = _TAIL.search(form[low:])
    return low, low + tail.start() if tail else len(form)


_NO_TOPIC = re.compile("^(?:根据|按照|按|由于|因为)|[不没无]|[后前时]$|^(?:您|他|她|它)$")
_SINGLE = frozenset("改退换取开补赔送寄查办备免拆撤催约返修打调提销挂签转接")
_DEED = 12
_VERBS = frozenset(
    [
        "修改",
        "取消",
        "查询",
        "查看",
        "处理",
        "解决",
        "申请",
        "提供",
        "开具",
        "更改",
        "变更",
        "操作",
        "提交",
        "安排",
        "退款",
        "退货",
        "换货",
        "恢复",
        "删除",
        "拆分",
        "合并",
        "打印",
        "保证",
        "确定",
        "确认",
        "报销",
        "转接",
        "联系",
        "办理",
        "备注",
        "升级",
        "补发",
        "发货",
        "配送",
        "调货",
        "换开",
        "撤销",
        "登记",
        "控制",
        "决定",
        "改动",
        "更换",
        "退回",
        "补偿",
        "赔偿",
        "减免",
        "免除",
        "催促",
    ]
)
