"""What the coach says of an agent's turn, in the words people use."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.coach.engine import Coach
from zhiyin.libs.coach.folding import folded, scripts
from zhiyin.libs.coach.readings import Question, Role, Turn
from zhiyin.libs.coach.selftest import conversation

COACH = Coach()


def read(example):
    text, context = conversation(example)
    return COACH.agent(text, context)


def suggestion(example, rule):
    return next(finding.suggestion for finding in read(example).findings if finding.rule == rule)


@pytest.mark.parametrize(
    ("example", "rule", "better"),
    [
        (
            "客户:能改地址吗 || 这个地址我们改不了",
            "neg_cannot",
            "我帮您看看这个地址还有什么办法改：［可以做的一步］",
        ),
        (
            "客户:能改嗎 || 您的訂單我們現在已經修改不了了喔",
            "neg_cannot",
            "我幫您看看您的訂單還有什麼辦法修改：［可以做的一步］",
        ),
        ("客户:在吗 || 你把单号发来", "curt", "麻烦您把单号发给我，我马上帮您处理"),
        ("客户:在吗 || 你的订单号是", "impolite_ni", "您的订单号是"),
        ("客户:订位 || 您几位？几点到？", "stacked_q", "您几位？"),
        ("客户:到账没 || 预计3天原反", "jargon", "预计3天按原来的付款方式退回"),
        ("客户:什么时候发货 || 会尽快发出", "vague_promise", "会尽快发出，［时间］前给您回复"),
    ],
)
def test_the_better_sentence_is_built_from_the_sentence(example, rule, better):
    assert suggestion(example, rule) == better


@pytest.mark.parametrize(
    "example",
    [
        "客户:谢谢 || 不客气，应该的",
        "客户:麻烦你了 || 不好意思，让您久等了",
        "客户:能退吗 || 能不能退要看签收时间，我帮您查一下，请稍等",
        "客户:好用吗 || 不仅好用，还省电",
        "客户:行吗 || 没问题的",
        "客户:会坏吗 || 您放心，不会的",
        "客户:你给我退了 || 您说的“不能退就算了”我看到了，我这就给您退",
        "客户:电话打通了吗 || 刚才没能联系上您，我十分钟后再打一次",
        "客户:怎么退 || 收到货以后才能申请，我先帮您登记上",
        "客户:能拦下来吗 || 我现在就通知站点，拦不下来您拒收就行",
        "客户:能退吗 || 您可以申请退货的",
    ],
)
def test_what_only_looks_like_a_refusal_is_left_alone(example):
    assert read(example).flags == ()


def test_a_refusal_with_a_reason_and_a_step_is_a_remark():
    reading = read("客户:能改地址吗 || 已经出库了改不了地址，我给您改成到站自提，您看可以吗")
    assert (reading.flags, reading.severity) == (("neg_cannot",), 1)


def test_a_refusal_without_a_step_should_be_rewritten():
    reading = read("客户:能改地址吗 || 已经出库了改不了地址的")
    assert (set(reading.flags), reading.severity) == ({"neg_cannot", "missing_solution"}, 2)


def test_a_scolding_must_not_be_sent():
    assert read("客户:我急用啊 || 您急也没用").severity == 3


def test_no_term_is_jargon_that_the_customer_used_himself():
    assert "jargon" in read("客户:我的货呢 || 已经妥投了").flags
    assert "jargon" not in read("客户:显示妥投是什么 || 已经妥投了，就是送到了").flags


def test_a_rating_is_not_asked_for_before_the_matter_is_settled():
    assert "review_solicit" in read("客户:退款呢？ || 麻烦您给个五星好评").flags
    assert "review_solicit" not in read("客户:没有了，谢谢 || 麻烦您给个五星好评").flags


def test_every_finding_points_into_the_original_and_says_why():
    text, context = conversation("客户:急死了，能退吗 || 亲，这个退不了。你自己看规定，#E-s[数字x]")
    for finding in COACH.agent(text, context).findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert str(finding.why)
        assert finding.suggestion


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("您什么时候买的呢", Question.OPEN),
        ("请问是这个订单吗", Question.CLOSED),
        ("是要退货还是换货呢", Question.CLOSED),
        ("麻烦提供一下订单号", Question.NONE),
        ("好的，请问还有其他可以帮到您的吗?", Question.CLOSED),
        ("您要改到几号？请问还有其他可以帮到您的吗?", Question.OPEN),
        ("Which order is it?", Question.OPEN),
    ],
)
def test_how_a_turn_asks(turn, question):
    assert COACH.agent(turn).question is question


@pytest.mark.parametrize(
    ("example", "positives"),
    [
        ("客户:在吗 || 您好，我是小林，我来帮您处理", {"greet", "own_name", "willing", "own_I"}),
        ("客户:等很久了 || 实在抱歉，换成是我也会着急", {"apology", "empathy"}),
        ("客户:好 || 这边帮您申请退货，您看可以吗", {"willing", "solution", "confirm_consent"}),
        ("客户:好 || 请问还有其他可以帮到您的吗", {"confirm_other"}),
        ("客户:没了 || 感谢您的支持，再见", {"thanks"}),
    ],
)
def test_what_is_good_is_seen(example, positives):
    assert {mark.rule for mark in read(example).positives} == positives


PIECES = st.sampled_from(
    [
        "这个地址",
        "我们",
        "改不了",
        "能不能",
        "你",
        "您",
        "怎么",
        "吗",
        "？",
        "，",
        "。",
        " ",
        "尽快",
        "稍等",
        "抱歉",
        "#E-s[数字x]",
        "妥投",
        "但是",
        "可以",
        "联系商家",
        "评价",
        "“",
        "”",
        "（",
        "不",
        "了",
        "为什么",
        "退款",
        "谢谢",
        "can't",
        "refund",
        "妳",
        "這個",
        "沒辦法",
        "http://a.b/c",
        "\n",
        "😀",
        "［",
    ]
)
DRAFTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))
TURNS = st.lists(st.builds(Turn, st.sampled_from(Role), DRAFTS), max_size=5)


@settings(max_examples=300, deadline=None)
@given(DRAFTS, TURNS)
def test_any_text_is_read_without_an_error(text, context):
    reading = COACH.agent(text, context)
    for found in (*reading.findings, *reading.positives):
        assert 0 <= found.start <= found.end <= len(text)
    assert reading.severity == max((finding.severity for finding in reading.findings), default=0)


def traditional(text):
    """Each simplified character as a traditional one that folds to it."""
    table = {new: old for old, new in zip(*scripts(), strict=True)}
    return "".join(table.get(character, character) for character in text)


@settings(max_examples=200, deadline=None)
@given(DRAFTS, TURNS)
def test_both_scripts_get_the_same_flags(text, context):
    plain = COACH.agent(folded(text), [Turn(turn.role, folded(turn.text)) for turn in context])
    other = COACH.agent(
        traditional(folded(text)), [Turn(turn.role, traditional(folded(turn.text))) for turn in context]
    )
    assert plain.flags == other.flags
    assert plain.severity == other.severity


@pytest.mark.parametrize(
    ("turns", "flags"),
    [
        (["客户:窗帘杆怎么拆下来", "窗帘杆都包换的呢"], {"unclear"}),
        (["客户:地毯洗一次多少钱", "亲，我们是老字号哦"], {"unclear"}),
        (["客户:地毯能机洗吗", "客服:本店地毯一律手工编织", "客户:我问的是能不能机洗呀?", "本店地毯一律手工编织的哦"], {"unclear"}),
        (["客户:帮我把单子取消掉", "请问还有其他可以帮到您的吗?"], {"unclear"}),
        (["客户:地毯能机洗吗", "可以的呢"], set()),
        (["客户:地毯洗一次多少钱", "看尺寸哦，您家的有多大呢"], set()),
        (["客户:窗帘杆怎么拆下来", "两头的螺丝拧开，直接抽出来就行"], set()),
        (["客户:我没取消过呀", "这边显示已取消的呢"], {"missing_empathy"}),
        (["客户:我没取消过呀", "我马上帮您查"], set()),
        (["客户:今天还有儿科的号吗，帮我挂一个", "没有号了"], {"neg_cannot", "missing_solution", "curt"}),
        (["客户:还有别的办法吗", "抱歉，没有"], {"neg_cannot", "missing_solution"}),
        (["客户:洗衣机在哪儿能修", "您咨询售后哦"], {"buck_pass"}),
        (["客户:想开增值税专用发票", "您的增票资质要先上传哦"], set()),
    ],
)
def test_a_reply_is_held_against_what_was_asked(turns, flags):
    *before, reply = turns
    context = [Turn(Role.CUSTOMER if said.startswith("客户") else Role.AGENT, said[3:]) for said in before]
    assert set(COACH.agent(reply, context).flags) == flags


def test_one_refusal_is_put_better_in_one_way():
    findings = COACH.agent("改不了", [Turn(Role.CUSTOMER, "能帮我改一下地址吗")]).findings
    assert len({finding.suggestion for finding in findings if finding.rule != "curt"}) == 1


UNITS = ["这个地址我们改不了，", "你", "您怎么不早说 ", "吗？", "“(能不能", "尽快", "可以吗"]
HEARD = [Turn(Role.CUSTOMER, "能改地址吗，什么时候到，急死了")]


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_turn_takes_time_by_its_length(unit):
    def seconds(length):
        text = (unit * (length // len(unit) + 1))[:length]
        begun = time.process_time()
        COACH.agent(text, HEARD)
        return time.process_time() - begun

    # What grew with the square of the length would take 64 times as long; 8 times is what is asked for.
    small = min(seconds(15_000) for _ in range(2))
    assert seconds(120_000) < 8 * 3 * small + 0.05


def test_a_megabyte_of_everything_is_read():
    text = "".join(unit * (1_000_000 // len(UNITS) // len(unit) + 1) for unit in UNITS)
    assert len(text) >= 1_000_000
    assert COACH.agent(text, HEARD).findings
