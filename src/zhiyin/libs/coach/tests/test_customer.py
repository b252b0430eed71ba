"""What the coach hears in a customer's turn."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhiyin.libs.coach import corpus, customer
from zhiyin.libs.coach.customer import noise, signs
from zhiyin.libs.coach.folding import folded, scripts
from zhiyin.libs.coach.readings import Emotion, Role, Satisfaction, Turn

C, A = Role.CUSTOMER, Role.AGENT


def said(*lines):
    """Turns written 客户:… and 客服:…, and the reading of the last."""
    *before, text = lines
    return customer.read(text, tuple(corpus.turns(before)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pack_keeps_its_own_examples(language):
    assert [str(failure) for failure in signs.failures(signs.packs_shipped()[language])] == []


@pytest.mark.parametrize(
    "text",
    [
        "再不退款我就打12315",
        "行，那就法院见吧",
        "我已经把材料交给市监局了",
        "等着收律师函",
        "我要找电视台曝光你们",
        "请帮我申请平台介入",
        "If this isn't fixed I'm going to the press",
        "You'll hear from my lawyer",
        "再不處理我就去消保會投訴，消費者保護那邊我也會打",
    ],
)
def test_a_threat_of_regulator_press_or_court_is_heard(text):
    assert said(text).escalate == 2


@pytest.mark.parametrize("text", ["再不发货就给差评", "我已经打了一星", "I'll leave a one-star review"])
def test_a_bad_review_threatened_or_given_is_the_milder_step(text):
    assert said(text).escalate == 1


@pytest.mark.parametrize(
    "text",
    [
        "我没打算找消协，就想问问怎么修",
        "不用平台介入了，商家已经退给我了",
        "我是律师，想给事务所买十把椅子",
        "收货地址是法院路18号",
        "我不会给差评的，你放心",
        "我在报社上班，这边要订水",
        "烟雾报警器一直响，是没电了吗",
        "I'm not threatening to sue, just asking",
        "I won't leave a bad review, don't worry",
    ],
)
def test_a_threat_denied_or_a_word_merely_mentioned_is_none(text):
    assert said(text).escalate == 0


@pytest.mark.parametrize(
    "text",
    [
        "手机充电的时候有点烫手，想问下正不正常",
        "光猫后面有股焦味，我先拔了",
        "楼道里能闻到煤气味",
        "有个自称你们客服的让我把验证码发给他，我没发",
        "快递员加了我微信，一直问我是不是一个人住",
        "The charger gets very hot, is that normal?",
        "插頭摸起來麻了一下，我先不用了",
    ],
)
def test_danger_told_calmly_is_danger_all_the_same(text):
    assert said(text).danger == 1


@pytest.mark.parametrize(
    "text", ["烫发多少钱", "水煮鱼太烫嘴了哈哈", "电池容量多大", "Is the smoke detector in stock?"]
)
def test_a_harmless_use_of_a_hot_word_is_no_danger(text):
    assert said(text).danger == 0


def test_danger_holds_to_the_end_of_the_burst_it_was_told_in():
    assert said("客户:插座冒火花了", "客户:我把闸拉了", "怎么办").danger == 1


def test_cancelling_because_of_the_delay_is_leaving():
    assert said("等太久了，订单取消吧").leave_intent == 1
    assert said("客服:抱歉，还要再等两周", "那我不要了，退款吧").leave_intent == 1


def test_cancelling_a_mistake_of_his_own_is_not():
    assert said("拍错颜色了，帮我取消下，重新拍").leave_intent == 0


def test_never_again_and_the_shop_next_door_are_leaving_for_good():
    for text in ("以后再也不在你们家买了", "算了，我去别家买", "以後再也不來了，換別家"):
        assert said(text).leave_intent == 2, text


def test_never_again_elsewhere_is_praise():
    assert said("再也不去别家买了，就认准你们").leave_intent == 0


def test_runs_of_the_same_demand_are_clamour():
    assert said("客户:退钱", "客户:退钱", "客户:退钱", "退钱").clamour == 1
    assert said("客户:在吗", "客户:？？", "客户:？？？？", "喂").clamour == 1


def test_shouting_is_clamour_and_joy_is_not():
    assert said("退钱！退钱！！到底退不退！！！").clamour == 1
    assert said("太好了！！谢谢你，帮了大忙！！").clamour == 0


def test_asking_twice_politely_is_no_clamour():
    assert said("客户:帮我接下经理", "帮我接下经理").clamour == 0
    assert said("请问周日营业吗").clamour == 0


def test_a_named_time_is_urgent_and_no_hurry_is_none():
    assert said("明天就要用，今天能送到吗").urgency == 2
    assert said("麻烦快点发货").urgency == 1
    assert said("不急，慢慢来").urgency == 0


def test_thanks_alone_is_calm_and_warmth_makes_it_positive():
    calm, warm = said("好的，谢谢"), said("谢谢你，太贴心了，帮了大忙")
    assert (calm.emotion, calm.intensity, calm.satisfaction) == (Emotion.CALM, 0, Satisfaction.POSITIVE)
    assert (warm.emotion, warm.satisfaction) == (Emotion.POSITIVE, Satisfaction.POSITIVE)


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("你们怎么说话不算话，骗人", Emotion.ANGER),
        ("唉，真是无语了，算了", Emotion.VENTING),
        ("急死我了，怎么办啊，明天就要交", Emotion.ANXIETY),
        ("真的很失望，等了那么久", Emotion.SADNESS),
        ("太满意了，给你点赞", Emotion.POSITIVE),
        ("请问周日营业吗", Emotion.CALM),
        ("收货人李雪，电话13911112222", Emotion.CALM),
        ("This is ridiculous, you lied to me", Emotion.ANGER),
        ("I'm worried my money is gone, please help", Emotion.ANXIETY),
        ("I'm really disappointed, such a letdown", Emotion.SADNESS),
        ("Thank you so much, you've been wonderful", Emotion.POSITIVE),
    ],
)
def test_a_plain_feeling_is_named(text, emotion):
    assert said(text).emotion is emotion


def test_pressing_marks_after_his_own_unanswered_question_are_worry():
    reading = said("客服:请稍等", "客户:好的", "客户:那这个能退吗", "？？")
    assert (reading.emotion, reading.urgency) == (Emotion.ANXIETY, 1)


def test_a_number_or_a_mask_is_calm():
    for text in ("38492011", "[数字x]", "[ORDERID_10284131]", "#E-s[数字x]"):
        assert said("客服:请提供订单号", text).emotion is Emotion.CALM


def test_one_who_has_to_ask_on_is_less_content_than_one_who_agrees():
    before = ("客户:能开纸质发票吗", "客服:抱歉，只能开电子发票哦")
    assert said(*before, "可是单位不收电子的").dissatisfied > said(*before, "电子的在哪里下载").dissatisfied
    assert said(*before, "电子的在哪里下载").dissatisfied > said(*before, "好的谢谢").dissatisfied


def test_evidence_shows_the_words():
    text = "我要打12315，退钱！"
    marks = said(text).evidence
    assert ("escalate", "12315") in {(mark.rule, text[mark.start : mark.end]) for mark in marks}


traditional = st.text(st.sampled_from(scripts()[0][::7] + "你們退錢，。！？ 123abc"), max_size=80)
anything = st.text(max_size=200) | traditional
turns = st.lists(st.builds(Turn, st.sampled_from([C, A]), anything), max_size=8)


@settings(max_examples=200, deadline=None)
@given(anything, turns)
@example("", [])
@example("\x02\x03\n\\", [])
@example("İ" * 30, [])
@example("😀‍👩‍👧[数字x]#E-s[数字x]", [Turn(C, "？")])
def test_whatever_is_said_is_read_and_every_offset_lies_in_it(text, context):
    reading = customer.read(text, context)
    assert (reading.intensity == 0) is (reading.emotion is Emotion.CALM)
    assert 0 <= reading.dissatisfied <= 1
    for mark in reading.evidence:
        assert 0 <= mark.start < mark.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(traditional, turns)
def test_both_scripts_are_read_alike(text, context):
    simplified = [Turn(turn.role, folded(turn.text)) for turn in context]
    assert customer.read(text, context) == customer.read(folded(text), simplified)


def _seconds(text):
    best = 9.0
    for _ in range(2):
        start = time.process_time()
        customer.read(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("text", ["我不是生气，就是问问", "没有不满意，都挺好", "我没有要投诉的意思"])
def test_a_feeling_denied_is_not_felt(text):
    reading = customer.read(text)
    assert reading.emotion is not Emotion.ANGER
    assert not reading.escalate


@pytest.mark.parametrize("text", ["卧室吊顶塌了", "我的卡被盗刷了"])
def test_a_bare_report_of_harm_is_danger(text):
    assert customer.read(text).danger


def test_thanks_in_a_quick_run_are_thanks():
    run = [Turn(C, "好的"), Turn(C, "ok")]
    assert customer.read("谢谢您", run).emotion is Emotion.CALM


PIECES = ["退钱！", "不", "a", "怎么还没到啊，都三天了。", "[", "1", "\n", "我要投诉到12315！！", "？"]


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_turn_takes_time_in_proportion(piece):
    customer.read("热身")
    short, long = piece * (15_000 // len(piece)), piece * (150_000 // len(piece))
    # What grew with the square of the length would take 100 times as long.
    assert _seconds(long) < 30 * _seconds(short) + 0.05


def test_a_megabyte_of_everything_is_read():
    text = "".join(piece * (1_000_000 // len(PIECES) // len(piece) + 1) for piece in PIECES)
    assert len(text) >= 1_000_000
    assert customer.read(text).escalate


def test_a_burst_ends_where_the_agent_speaks():
    turns = [Turn(C, "一"), Turn(A, "二"), Turn(C, "三"), Turn(C, "四")]
    assert noise.burst(turns) == ["四", "三"]
