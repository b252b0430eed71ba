"""From simplified to traditional Chinese, in Taiwan's words and the house's."""

from __future__ import annotations

from functools import cache

import opencc

HOUSE = {
    "臺": "台", "瞭解": "了解", "賬": "帳", "計劃": "計畫", "質量": "品質", "質檢": "品檢", "渠道": "管道",
    "小區": "社區", "釋出": "發布", "專案": "項目", "響應": "回應", "反饋": "回饋", "最佳化": "優化",
    "服務物件": "服務對象", "操作程式": "操作程序", "處理程式": "處理程序", "服務視窗": "服務窗口",
    "每周": "每週", "一周": "一週", "本周": "本週", "上周": "上週", "下周": "下週", "兩周": "兩週",
    "周一": "週一", "周二": "週二", "周三": "週三", "周四": "週四", "周五": "週五", "周六": "週六",
    "周日": "週日", "周末": "週末", "工作周": "工作週", "許可權": "權限", "型別": "類型",
}  # fmt: skip
"""What OpenCC's Taiwan phrases get wrong for a customer-service desk."""

_QUOTES = str.maketrans("“”‘’", "「」『』")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")


def traditional(text: str) -> str:
    """A simplified text in traditional characters, words and quotation marks."""
    converted: str = _converter().convert(text).translate(_QUOTES)
    for old in sorted(HOUSE, key=len, reverse=True):
        converted = converted.replace(old, HOUSE[old])
    return converted
