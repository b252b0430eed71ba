"""What the coach proposes is a sentence one would send."""

import pytest

from zhiyin.libs.coach import feelings, rewriting, wording
from zhiyin.libs.coach.engine import Coach
from zhiyin.libs.coach.selftest import conversation

COACH = Coach()


def found(example):
    text, context = conversation(example)
    return COACH.agent(text, context).findings


def better(example, rule):
    return next(finding.suggestion for finding in found(example) if finding.rule == rule)


@pytest.mark.parametrize(
    ("example", "rule", "sentence"),
    [
        (
            "客户:能退全款吗 || 根据规定，特价票不退不改",
            "neg_cannot",
            "我帮您看看特价票还有什么办法退：［可以做的一步］",
        ),
        (
            "客户:老师总迟到，我要退费 || 课程开始后不退费",
            "neg_cannot",
            "我帮您看看还有什么办法退费：［可以做的一步］",
        ),
        ("客户:催一下 || 单号报来", "curt", "麻烦您把单号报给我，我马上帮您处理"),
        ("客户:我车位被占了！！ || 车牌号", "curt", "麻烦您告诉我车牌号，我马上帮您处理"),
        (
            "客户:什么时候发货 || 亲亲，在的哦，有什么可以帮您",
            "unclear",
            "关于您问的“什么时候发货”，［直接的答案］。",
        ),
        (
            "客户:掉色把白裤子染了，急死了 || 您好，请提供订单号",
            "missing_empathy",
            "您好，您的着急我明白，我们一起来想办法。请提供订单号",
        ),
    ],
)
def test_suggestions_are_whole_sentences(example, rule, sentence):
    assert better(example, rule) == sentence


def test_a_lighter_finding_does_not_keep_a_grave_clause():
    example = "客户:空调漏水，地板泡了 || 跟我们没关系，你找安装公司"
    step = "我先帮您联系安装公司问清楚，［时间］前给您回复，您看可以吗？"
    assert better(example, "impolite_ni") == better(example, "buck_pass") == step
    assert better(example, "missing_empathy").endswith(step)


def test_an_organisations_own_phrase_keeps_the_clause(tmp_path):
    house = tmp_path / "house.toml"
    house.write_text(
        '[pack]\nlanguage = "zh"\n[[required]]\nid = "us"\nany = ["知音"]\nwhen = "always"\nsuggest = "{clause}，知音"\n',
        "utf-8",
    )
    text, context = conversation("客户:能改地址吗 || 这个地址我们改不了")
    own = [one for one in Coach([house]).agent(text, context).findings if one.rule == "house.us"]
    assert [one.suggestion for one in own] == ["这个地址我们改不了，知音"]


@pytest.mark.parametrize("draft", ["改不了，你自己找快递", "没有就是没有了", "不议价的哦", "不能"])
def test_a_refusal_is_never_dressed_as_a_request(draft):
    for finding in found(f"客户:能帮我便宜点吗 || {draft}"):
        assert "麻烦您不" not in finding.suggestion
        assert "麻烦您没" not in finding.suggestion
        assert "麻烦您改不了" not in finding.suggestion


def test_the_feeling_is_read_first():
    assert found("客户:你们乱扣费！骗子 || 您是不是自己不小心开通了业务呢？")[0].rule == "missing_empathy"


def test_the_reason_quotes_the_clause_and_not_a_fragment():
    (finding,) = [one for one in found("客户:能改吗 || 这个地址我们改不了") if one.rule == "neg_cannot"]
    assert finding.why.data == {"clause": "这个地址我们改不了"}


def test_a_promise_with_its_time_in_another_clause_is_not_vague():
    rules = {
        finding.rule for finding in found("客户:都三天了 || 客户:什么时候发货 || 会尽快处理，周五前给您回电")
    }
    assert "vague_promise" not in rules


@pytest.mark.parametrize(
    ("heard", "sentence"),
    [
        ("都等了五天了", "让您等了这么久，实在抱歉。"),
        ("我跑了三趟", "让您来回跑，实在抱歉。"),
        ("你們騙人", "换作是我也会生气，实在抱歉。"),
        ("嗯", "给您添麻烦了，实在抱歉。"),
    ],
)
def test_the_sentence_fits_what_was_told(heard, sentence):
    assert feelings.sentence(heard, "zh") == sentence


def test_an_english_feeling():
    assert better(
        "customer:This is ridiculous, still waiting! || Hello, what is your order number?", "missing_empathy"
    ) == ("Hello, I'm sorry you have had to wait. What is your order number?")


def test_what_was_said_is_said_back():
    assert wording.turned("你等我说完，我打给网点…") == "我等您说完，您打给网点"


@pytest.mark.parametrize(
    ("order", "asked"), [("你把单号发来", "麻烦您把单号发给我"), ("改不了", ""), ("等通知了吗", "")]
)
def test_only_an_order_becomes_a_request(order, asked):
    assert rewriting.request(order) == asked
