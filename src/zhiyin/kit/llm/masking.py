"""Personal data out of a text before it leaves the house, and back into the answer.

Each value becomes a mark such as ［电话1］, the same value always the same mark, so that a model can still tell two
numbers apart. Masking too much costs a little sense, masking too little costs trust: in doubt it is masked.
"""

from __future__ import annotations

import re
from functools import partial

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸範賈韋鄒龍賀顧龔邵萬錢嚴戴湯"
)
_TITLES = "先生|女士|小姐|太太|阿姨|师傅|師傅|老师|老師|经理|經理|总|總|大爷|大叔|同志|医生|醫生"
_HAN = r"[\u3400-\u9fff]"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("邮箱", re.compile(r"[A-Za-z0-9._%+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")),
    ("链接", re.compile(r"(?:https?://|www\.)[\x21-\x7e]{1,400}")),
    ("证件", re.compile(r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")),
    ("电话", re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")),
    (
        "电话",
        re.compile(
            r"(?<![0-9A-Za-z])(?:0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|\+\d[\d -]{7,18}\d)(?!\d)"
        ),
    ),
    (
        "车牌",
        re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·]?[A-Z0-9]{5,6}"),
    ),
    (
        "编号",
        re.compile(
            r"(?<![0-9A-Za-z])(?=[A-Za-z-]{0,12}\d)[A-Za-z]{0,6}[-_]?\d[\dA-Za-z_-]{4,40}(?![0-9A-Za-z])"
        ),
    ),
    ("编号", re.compile(r"(?<=微信号|微信號)[:：是]?\s?[A-Za-z][\w-]{4,30}", re.ASCII)),
    ("编号", re.compile(r"(?<!\d)\d(?:[ -]?\d){5,30}(?!\d)")),
    ("编号", re.compile(r"[〇零一二三四五六七八九幺]{6,30}")),
    (
        "地址",
        re.compile(
            rf"{_HAN}{{2,14}}(?:路|街|道|巷|弄|胡同|大道|小区|小區|花园|花園|苑|村)"
            rf"(?:[\dA-Za-z〇零一二三四五六七八九十百]{{1,8}}(?:号楼|號樓|号院|号|號|弄|巷|栋|棟|幢|座|楼|樓|单元|單元|层|層|室|房))+"
        ),
    ),
    (
        "地址",
        re.compile(
            r"[\dA-Za-z一二三四五六七八九十]{1,6}(?:栋|棟|幢|号楼|號樓|单元|單元|座)"
            r"[\dA-Za-z一二三四五六七八九十零〇]{1,8}(?:单元|單元|室|房|号|號|楼|樓)?[\d一二三四五六七八九十零〇]{0,6}(?:室|房|号|號)?"
        ),
    ),
    (
        "地址",
        re.compile(
            rf"{_HAN}{{2,4}}(?:省|市)(?:{_HAN}{{2,4}}(?:市|区|區|县|縣|镇|鎮)){{1,3}}(?:{_HAN}{{1,6}}(?:路|街|道|村))?"
        ),
    ),
    (
        "地址",
        re.compile(
            r"\b\d{1,5} (?:[A-Z][a-z]{1,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Way)\b"
        ),
    ),
)
_NAMES: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"(?P<keep>(?:姓名|收件人|联系人|聯繫人|收货人|收貨人|户名|戶名|开户人|開戶人|我叫|我是|名字是|名字叫|叫做)[:：是]?\s?)"
        rf"(?P<name>(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|[{_SURNAMES}]){_HAN}{{1,2}})(?!{_HAN}{{0,1}}(?:客服|顾客|客户|會員|会员))"
    ),
    re.compile(
        rf"(?P<keep>)(?P<name>(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|[{_SURNAMES}]){_HAN}{{0,2}}?)(?={_TITLES})"
    ),
    re.compile(rf"(?P<keep>)(?P<name>[小老阿][{_SURNAMES}])(?!{_HAN}?(?:时|時|区|區))"),
    re.compile(
        r"(?P<keep>\b(?:[Mm]y name is|[Tt]his is|I am|I'm|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?) )"
        r"(?P<name>[A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?)\b"
    ),
)
_MARK = re.compile(r"［(?:邮箱|链接|证件|电话|编号|车牌|地址|姓名)\d{1,4}］")


class Mask:
    """Hides personal values of the texts it is given and knows them again; one object for one question."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def hide(self, text: str) -> str:
        """`text` with marks for names, telephones, papers, e-mails, addresses, plates, links and numbers."""
        for kind, pattern in _KINDS:
            text = pattern.sub(partial(self._hidden, kind), text)
        for pattern in _NAMES:
            text = pattern.sub(self._named, text)
        return text

    def show(self, text: str) -> str | None:
        """`text` with the values back in place of the marks; None where it holds a mark that was never given."""
        marks = set(_MARK.findall(text))
        if not marks <= self._values.keys():
            return None
        return _MARK.sub(lambda found: self._values[found[0]], text)

    def _named(self, found: re.Match[str]) -> str:
        return found["keep"] + self._mark("姓名", found["name"])

    def _hidden(self, kind: str, found: re.Match[str]) -> str:
        return self._mark(kind, found[0])

    def _mark(self, kind: str, value: str) -> str:
        if value not in self._marks:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            mark = f"［{kind}{self._counts[kind]}］"
            self._marks[value], self._values[mark] = mark, value
        return self._marks[value]
