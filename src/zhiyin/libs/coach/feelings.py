"""One sentence for what the customer has just told: chosen by his own words, never quoting his anger back at him."""

from __future__ import annotations

import re

from zhiyin.libs.coach.folding import folded

_CHINESE: tuple[tuple[str, str], ...] = (
    (
        r"着火|冒烟|触电|漏电|煤气|燃气|受伤|盗刷|被骗了|诈骗",
        "您先别慌，人和财物的安全最要紧，我现在就陪您处理。",
    ),
    (
        r"过敏|烫伤|拉肚子|摔|发烧|高烧|住院|头晕|流血",
        "身体最要紧，让您受罪了，实在抱歉。",
    ),
    (r"[两二三四五六七八九十几\d]+趟|白跑|跑来跑去|来回跑", "让您来回跑，实在抱歉。"),
    (r"气死|生气|骗|坑人|乱扣|投诉|差评|垃圾|什么态度|凭什么|欺负", "换作是我也会生气，实在抱歉。"),
    (r"失望|难过|伤心|委屈|寒心", "让您失望了，实在抱歉。"),
    (
        r"等了|等着|久|迟迟|[天周月]了|小时了|还没|还不|一直没|没动|没人[管理]|[两二三四五六七八九十几\d]+天",
        "让您等了这么久，实在抱歉。",
    ),
    (r"急|赶不|赶着|来不及|怎么办|高烧|开会|催", "您的着急我明白，我们一起来想办法。"),
    (
        r"坏|漏|塌|洒|烂|碎|脏|丢|泡|掉色|染|不制冷|不能用|用不了|异响|味|被占|停电|停水",
        "遇到这样的事确实糟心，实在抱歉。",
    ),
)
_CHINESE_PLAIN = "给您添麻烦了，实在抱歉。"
_ENGLISH: tuple[tuple[str, str], ...] = (
    (r"\b(wait|waiting|waited|late|delay|days|weeks|still|hours)\b", "I'm sorry you have had to wait."),
    (r"\b(ridiculous|angry|furious|unacceptable|complain|scam)\b", "I would be upset too, and I'm sorry."),
    (r"\b(broken|damaged|leak|leaking|ruined|lost)\b", "I'm sorry this happened to you."),
)
_ENGLISH_PLAIN = "I'm sorry for the trouble."
_GREETING = re.compile(r"^(?:(?:亲爱的|亲亲?|您好|你好|妳好|hi|hello)[，,、!！.。~～\s]*)+", re.IGNORECASE)


def sentence(heard: str, language: str) -> str:
    """The sentence, in simplified Chinese or in English."""
    said = folded(heard)
    known, plain = (_ENGLISH, _ENGLISH_PLAIN) if language == "en" else (_CHINESE, _CHINESE_PLAIN)
    return next((words for marks, words in known if re.search(marks, said)), plain)


def greeting(draft: str) -> tuple[str, str]:
    """The greeting a draft opens with, ready to stand before another sentence, and the rest of the draft."""
    found = _GREETING.match(draft)
    if found is None or found.end() == len(draft):
        return "", draft
    words = found.group().strip()
    joint = "，" if re.search(r"[\u3400-\u9fff]", words) else ", "
    return words.rstrip("，,、!！.。~～") + joint, draft[found.end() :]
