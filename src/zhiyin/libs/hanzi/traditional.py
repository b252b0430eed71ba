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
    "領匯出": "領導出", "溼": "濕", "傢俱": "家具", "服務檯": "服務台", "社群": "社區",
    "公佈": "公布", "分佈": "分布", "發佈": "發布",
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


MAINLAND = {
    "軟件": "軟體", "硬件": "硬體", "默認": "預設", "信息": "資訊／訊息", "視頻": "影片", "音頻": "音訊",
    "服務器": "伺服器", "打印": "列印", "短信": "簡訊", "郵箱": "信箱", "登錄": "登入", "賬": "帳",
    "網絡": "網路", "網線": "網路線", "互聯網": "網際網路", "鏈接": "連結", "屏幕": "螢幕", "鼠標": "滑鼠",
    "光標": "游標", "硬盤": "硬碟", "內存": "記憶體", "文件夾": "資料夾", "文檔": "文件", "文本": "文字",
    "數據": "資料", "字段": "欄位", "字符": "字元", "字節": "位元組", "變量": "變數", "界面": "介面",
    "接口": "介面", "菜單": "選單", "模塊": "模組", "進程": "行程", "線程": "執行緒", "端口": "埠",
    "緩存": "快取", "加載": "載入", "導入": "匯入", "導出": "匯出", "粘貼": "貼上", "復制": "複製",
    "激活": "啟用", "注銷": "登出", "注冊": "註冊", "創建": "建立", "添加": "新增", "搜索": "搜尋",
    "批量": "整批", "當前": "目前", "實時": "即時", "異步": "非同步", "隊列": "佇列", "優先級": "優先順序",
    "用戶": "使用者", "質量": "品質", "渠道": "管道", "反饋": "回饋", "合同": "合約", "小區": "社區",
    "社群": "社區", "二維碼": "QR碼", "回車": "Enter鍵", "攝像頭": "攝影機", "釐米": "公分", "日志": "日誌",
    "截屏": "截圖", "快捷鍵": "快速鍵", "縮略圖": "縮圖", "複選框": "核取方塊", "宕機": "當機",
    "裏": "裡", "臺": "台", "爲": "為", "纔": "才", "羣": "群", "着": "著", "溼": "濕", "傢俱": "家具",
    "公佈": "公布", "分佈": "分布", "發佈": "發布", "隻有": "只有", "重灌": "重裝", "領匯": "領導",
}  # fmt: skip
"""Mainland words, stray forms and known slips of the conversion, with what the house says instead."""


def mainland_in(text: str) -> dict[str, str]:
    """The words of `MAINLAND` in a traditional text, with what belongs there."""
    text = text.replace("領導", "")  # 領導出來 is not 導出
    return {word: instead for word, instead in MAINLAND.items() if word in text}
