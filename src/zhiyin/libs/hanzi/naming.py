"""How a name is said: initials for finding, spelling for finding, and a key for sorting.

Surnames have readings of their own (单 is Shàn, not dān). They are taken from the tables below: the
reading most bearers use, since some surnames have several; given names as pypinyin reads them.
"""

from __future__ import annotations

import re
from typing import Any

from zhiyin.libs.hanzi.folding import HAN, fold

_HAN = "".join(f"{chr(block.start)}-{chr(block.stop - 1)}" for block in HAN) + "〇"
_PARTS = re.compile(rf"[{_HAN}]+|[^\W_]+?(?=[{_HAN}]|[\W_]|$)")
_TITLE = re.compile(r"(?:先生|女士|小姐|太太|老师|师傅|阿姨|大爷|经理|主任|总)$")
LONGEST_PERSON = 3
"""Characters of a personal name with a surname of one character; a longer one is rather an organisation's."""


def _table(text: str) -> dict[str, str]:
    """`单 shàn, 尉迟 yù chí` by character."""
    pairs = (entry.split(maxsplit=1) for entry in text.split(","))
    return {name: reading.strip() for name, reading in pairs}


COMPOUND = _table(
    """
    尉迟 yù chí, 万俟 mò qí, 长孙 zhǎng sūn, 澹台 tán tái, 鲜于 xiān yú, 令狐 líng hú, 单于 chán yú,
    宰父 zǎi fǔ, 亓官 qí guān, 夏侯 xià hóu, 欧阳 ōu yáng, 司马 sī mǎ, 上官 shàng guān, 诸葛 zhū gě,
    皇甫 huáng fǔ, 东方 dōng fāng, 公孙 gōng sūn, 慕容 mù róng, 司徒 sī tú, 司空 sī kōng, 宇文 yǔ wén,
    轩辕 xuān yuán, 端木 duān mù, 呼延 hū yán, 南宫 nán gōng, 独孤 dú gū, 西门 xī mén, 赫连 hè lián,
    太史 tài shǐ, 申屠 shēn tú
    """
)
SINGLE = _table(
    """
    单 shàn, 区 ōu, 仇 qiú, 任 rén, 解 xiè, 盖 gě, 覃 qín, 朴 piáo, 曾 zēng, 查 zhā, 缪 miào, 翟 zhái,
    乐 yuè, 员 yùn, 种 chóng, 繁 pó, 洗 xiǎn, 华 huà, 那 nā, 宓 mì, 逄 páng, 折 shé, 召 shào, 秘 bì,
    葛 gě, 隗 wěi, 祭 zhài, 过 guō, 应 yīng, 车 chē, 卜 bǔ, 句 gōu, 郇 xún, 纪 jǐ, 哈 hǎ, 相 xiàng,
    尉 wèi, 宿 sù, 宁 nìng, 冒 mào, 都 dū, 谌 chén, 费 fèi, 牟 mù, 柏 bǎi, 薄 bó, 强 qiáng, 么 yāo,
    石 shí, 沈 shěn, 盛 shèng, 燕 yān, 臧 zāng, 曲 qū, 阚 kàn, 殷 yīn, 行 xíng, 重 chóng, 粘 nián, 谷 gǔ,
    乜 niè, 妫 guī, 长 zhǎng, 晟 chéng, 藏 zāng, 俞 yú, 于 yú, 余 yú, 幺 yāo, 贾 jiǎ, 卓 zhuó, 叶 yè,
    大 dà, 邵 shào, 广 guǎng, 万 wàn, 适 kuò, 莘 shēn, 眭 suī
    """
)


def pinyin_initials(name: str) -> str:
    """The first letter of every syllable and Latin word, numbers whole.

    苏文秀 swx, 单雄信 sxx, John Smith js, A座1201 az1201.
    """
    return "".join(said if said.isdecimal() else said[:1] for said in _said(name))


def full_pinyin(name: str) -> str:
    """The whole spelling without tones or spaces, ü as v: 苏文秀 suwenxiu, 吕布 lvbu."""
    return "".join(_said(name))


def sort_key(name: str) -> str:
    """Sorts by sound, then tone, then character; Latin names stand in between by their letters."""
    written = _printable(name)
    return "\t".join((" ".join(_said(name, toned=True)), fold(written), written))


def _said(name: str, *, toned: bool = False) -> list[str]:
    parts = _PARTS.findall(_printable(name))
    said: list[str] = []
    for part in parts:
        said += _syllables(part, toned=toned) if re.match(rf"[{_HAN}]", part) else [fold(part)]
    return [syllable for syllable in said if syllable]


def _syllables(name: str, *, toned: bool) -> list[str]:
    import pypinyin  # its tables take most of a second: only for who says names

    style = pypinyin.Style.TONE3 if toned else pypinyin.Style.NORMAL
    surname = _surname(name)
    rest = name[len(surname) :]
    readings = COMPOUND.get(fold(surname)) or SINGLE.get(fold(surname)) or ""
    said = [_styled(reading, style) for reading in readings.split()]
    return said + [
        fold(syllable) for syllable in pypinyin.lazy_pinyin(rest, style=style, neutral_tone_with_five=True)
    ]


def _surname(name: str) -> str:
    if fold(name[:2]) in COMPOUND:
        return name[:2]
    person = len(_TITLE.sub("", fold(name))) <= LONGEST_PERSON
    return name[:1] if person and fold(name[:1]) in SINGLE else ""


def _styled(reading: str, style: Any) -> str:
    from pypinyin import style as pinyin_style

    return fold(pinyin_style.convert(reading, style, strict=True))


def _printable(name: str) -> str:
    """Without lone surrogates and NUL, which neither pypinyin nor a database column takes."""
    return name.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
