"""What columns are called, in the words of the people who keep the sheets."""

from __future__ import annotations

import re

from zhiyin.libs.measure.errors import gettext_noop

MEASURES: dict[str, tuple[str, ...]] = {
    "importance": ("importance", "imp", "重要度", "重要性", "重要程度", "重要"),
    "performance": (
        "performance", "perf", "satisfaction", "sat", "score", "perceived", "perception",
        "表现", "表現", "满意度", "滿意度", "满意程度", "滿意程度", "满意", "滿意", "感知", "评分", "評分",
    ),
    "expectation": ("expectation", "expected", "exp", "期望", "期望值", "预期", "預期"),
    "adequate": ("adequate", "minimum", "min", "可接受", "最低", "最低可接受"),
    "desired": ("desired", "desire", "希望", "理想", "期望"),
    "ideal": ("ideal", "理想"),
    "surprising": ("surprising", "surprise", "惊喜", "驚喜", "超乎想象", "超乎想像"),
    "functional": ("functional", "with", "positive", "正向", "正向题", "正向題", "正面", "具备", "具備", "有"),
    "dysfunctional": (
        "dysfunctional", "without", "negative", "反向", "反向题", "反向題",
        "负面", "負面", "缺少", "没有", "沒有", "不具备", "不具備",
    ),
    "points": ("points", "point", "分配", "分值", "配分"),
    "believed": ("believed", "belief", "predicted", "管理者认为", "管理者認為", "我们认为", "我們認為", "预测", "預測"),
    "standard": ("standard", "procedure", "标准", "標準", "程序"),
    "delivered": ("delivered", "delivery", "done", "实际", "實際", "交付", "做到"),
    "promised": ("promised", "promised service", "promise", "advertised", "承诺", "承諾", "宣传", "宣傳"),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "respondent": (
        "respondent", "respondent_id", "id", "受访者", "受訪者", "编号", "編號", "会员号", "會員號", "客户号", "客戶號",
        "工号", "工號", "手机号", "手機號", "姓名",
    ),
    "attribute": ("attribute", "item", "属性", "屬性", "项目", "項目", "指标项", "题目", "題目"),
    "measure": ("measure", "kind", "测量", "測量", "类型", "類型", "指标", "指標"),
    "value": ("value", "answer", "score", "值", "回答", "分数", "分數"),
    "overall": (
        "overall", "overall_satisfaction", "总体", "總體", "总体满意度", "總體滿意度", "总体评价", "總體評價",
        "整体", "整體", "整体满意度", "整體滿意度", "总满意度", "總滿意度",
    ),
    "weight": ("weight", "weights", "权重", "權重", "加权系数", "加權係數"),
    "stratum": ("stratum", "strata", "层", "層", "分层", "分層"),
    "cluster": ("cluster", "psu", "群", "群组", "群組"),
    "supplier": ("supplier", "brand", "company", "供应商", "供應商", "品牌", "公司", "商家"),
    "group": ("group", "segment", "组", "組", "组别", "組別", "分组", "分組"),
    "wave": ("wave", "period", "期", "期次", "波次", "年份", "年度"),
    "role": ("role", "角色", "身份"),
    "cost": ("cost", "成本", "费用", "費用"),
    "customer_of": (
        "customer_of", "customer", "own_supplier", "所属客户", "所屬客戶", "是谁的客户", "是誰的客戶",
    ),
    "dimension": ("dimension", "维度", "維度"),
}  # fmt: skip
SPOKEN = {
    "importance": gettext_noop("importance"), "performance": gettext_noop("performance"),
    "expectation": gettext_noop("expectation"), "adequate": gettext_noop("adequate"),
    "desired": gettext_noop("desired"), "ideal": gettext_noop("ideal"), "surprising": gettext_noop("surprising"),
    "functional": gettext_noop("functional"), "dysfunctional": gettext_noop("dysfunctional"),
    "points": gettext_noop("points"), "believed": gettext_noop("believed"), "standard": gettext_noop("standard"),
    "delivered": gettext_noop("delivered"), "promised": gettext_noop("promised service"),
    "respondent": gettext_noop("respondent"), "attribute": gettext_noop("attribute"),
    "measure": gettext_noop("measure"), "value": gettext_noop("answered value"), "overall": gettext_noop("overall"),
    "weight": gettext_noop("weight"), "stratum": gettext_noop("stratum"), "cluster": gettext_noop("cluster"),
    "supplier": gettext_noop("supplier"), "group": gettext_noop("group"), "wave": gettext_noop("wave"),
    "role": gettext_noop("role"), "cost": gettext_noop("cost of closing"), "dimension": gettext_noop("dimension"),
}  # fmt: skip
"""What measures and columns are called where one is missing."""
OPTIONS = frozenset(
    {"respondent", "attribute", "overall", "weight", "stratum", "cluster", "supplier", "group", "wave"}
)
"""The columns that a person may name, by an option called like the role."""


def is_a(role: str, name: str) -> bool:
    """Whether a heading is one of the usual names of the column for `role`."""
    return name.strip().lower() in COLUMNS[role]


def has_role(name: str) -> bool:
    """Whether a heading is a usual name of any column that is no question."""
    return any(is_a(role, name) for role in COLUMNS if role != "overall") or identifies(name)


def identifies(name: str) -> bool:
    """Whether a heading says that its column tells people apart or keeps the log of a survey program."""
    return bool(_IDENTIFIER.fullmatch(name.strip()))


_IDENTIFIER = re.compile(
    r"(?:.*(?:编号|編號|序号|序號|会员号|會員號|客户号|客戶號|工号|工號|卡号|卡號|单号|單號|学号|學號|手机号?码?|手機號?碼?"
    r"|电话(?:号码)?|電話(?:號碼)?|身份证号?|姓名)|.*[\s_.-]id|id|uuid|phone|mobile|.*_(?:no|number)"
    r"|提交答卷时间|所用时间|来源|来源详情|来自IP|总分)",
    re.IGNORECASE,
)
