"""What an agent promises, and what only sounds like it."""

import datetime as dt
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.libs.coach import folding, promises
from zhiyin.libs.coach.promises.tests.hours import SHANGHAI, Office
from zhiyin.libs.coach.readings import Role, Turn

NOW = dt.datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)


def found(text, *context):
    return [(str(each.kind), str(each.owner), each.text) for each in promises.find(text, context=context)]


def asked(text):
    return Turn(Role.CUSTOMER, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您别急，我周五前给您回电。", [("hard", "self", "我周五前给您回电")]),
        ("财务会在三个工作日内退款", [("hard", "org", "财务会在三个工作日内退款")]),
        ("厂家12号发到店里", [("hard", "third_party", "厂家12号发到店里")]),
        ("已提交，预计5号到账", [("hard", "org", "预计5号到账")]),
        ("我这边马上帮您处理", [("hard", "self", "我这边马上帮您处理")]),
        ("稍等，我这边帮您提交", [("soft", "self", "我这边帮您提交")]),
        ("我们会尽快给您安排的", [("soft", "org", "我们会尽快给您安排的")]),
        ("好的，明天给您送，行吗？", [("hard", "org", "明天给您送")]),
        ("有结果第一时间告诉您", [("soft", "self", "有结果第一时间告诉您")]),
        ("商家会联系您的", [("soft", "third_party", "商家会联系您的")]),
        ("我送两桶水上去，十分钟。", [("hard", "self", "我送两桶水上去，十分钟")]),
        ("我会在99999999个工作日内回复您", [("soft", "self", "我会在99999999个工作日内回复您")]),
        ("零钱1-3个工作日到账，储蓄卡3-5个工作日到账", [("hard", "org", "零钱1-3个工作日到账，储蓄卡3-5个工作日到账")]),
        ("到不了我赔您", [("soft", "self", "到不了我赔您")]),
        ("明天起不会再发了", [("hard", "org", "明天起不会再发了")]),
        ("您明天就能收到了", [("hard", "org", "您明天就能收到了")]),
        ("预计 3-5 个工作日到账", [("hard", "org", "预计 3-5 个工作日到账")]),
        ("我週五前給您回電", [("hard", "self", "我週五前給您回電")]),
        ("I'll call you back by Friday.", [("hard", "self", "I'll call you back by Friday")]),
        ("Our team will look into it; we'll reply within 24 hours.", [("hard", "org", "we'll reply within 24 hours")]),
        ("The courier will bring it tomorrow", [("hard", "third_party", "The courier will bring it tomorrow")]),
        ("Dear 王女士, I'll call you by Friday", [("hard", "self", "I'll call you by Friday")]),
        ("VIP专线会在24小时内回复您", [("hard", "org", "VIP专线会在24小时内回复您")]),
        ("I will send it as soon as possible", [("soft", "self", "I will send it as soon as possible")]),
    ],
)  # fmt: skip
def test_a_commitment_is_heard_with_its_firmness_and_its_owner(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "稍等，我看一下",
        "请您稍等，马上为您查询",
        "请您稍后查收短信",
        "请留意来电",
        "已经给您提交了",
        "我帮您申请了，您关注一下进度",
        "您明天过来拿",
        "请您3天后再联系我们",
        "明天给您打可以吗？",
        "您希望今天退到账，是这个意思吧",
        "需要我帮您申请吗",
        "不能给您退的",
        "这个今天送不了呢",
        "7天无理由退货",
        "如果您的商品有质量问题，7天内可以申请退货",
        "一般三到四天",
        "门店早上九点营业",
        "下午好，很高兴为您服务",
        "给您带来不便，请您见谅",
        "您说明天给我回电",
        "两天前就到账了",
        "您给我两分钟",
        "这个我可以给您提交",
        "Could I call you tomorrow?",
        "I've already sent it.",
        "I'll look into it right away.",
        "We can't deliver today.",
        "You will need to bring the receipt on Monday.",
    ],
)
def test_what_only_sounds_like_a_promise_is_none(text):
    assert found(text) == []


def test_a_mere_time_answers_when():
    assert found("三个工作日内", asked("多久能到账？")) == [("hard", "org", "三个工作日内")]
    assert found("三个工作日内", asked("好的")) == []


def test_the_customers_own_words_repeated_are_no_promise():
    assert found("明天下午送到", asked("你们昨天说明天下午送到")) == []


def test_the_due_time_is_given_as_written_and_as_a_moment():
    promise = promises.find("我週五下午五點前給您回電", now=NOW, hours=Office())[0]
    assert (promise.due, promise.due_at) == ("週五下午五點前", dt.datetime(2026, 11, 20, 17, tzinfo=SHANGHAI))


def test_the_latest_of_several_times_binds():
    promise = promises.find("零钱1-3个工作日到账，信用卡3-5个工作日到账", now=NOW, hours=Office())[0]
    assert (promise.due, promise.due_at) == ("3-5个工作日", dt.datetime(2026, 11, 25, 18, tzinfo=SHANGHAI))


def test_a_soft_promise_keeps_its_vague_word_and_has_no_moment():
    promise = promises.find("我们会尽快给您答复", now=NOW, hours=Office())[0]
    assert (promise.due, promise.due_at) == ("尽快", None)


WORDS = [
    "我", "您", "给您", "帮您", "明天", "周五前", "三个工作日内", "会", "尽快", "马上", "回电", "退款", "到账", "，", "。",
    "？", "吗", "呢", "了", "已经", "不能", "如果", "就", "快递", "财务", "[数字x]", "[时间x]", "5号", "24小时",
    "下午3点", "I'll", "call", "by", "Friday", ",", ".", "?", "\n", "#E-s[数字x]", "請", "週五", "回覆",
    "１２点",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=40).map("".join)))
@settings(max_examples=300)
def test_any_text_gives_promises_that_stand_where_they_say(text):
    last = 0
    for promise in promises.find(text, now=NOW, hours=Office()):
        assert text[promise.start : promise.end] == promise.text
        assert promise.start >= last
        assert promise.due in text
        last = promise.end


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_both_scripts_promise_the_same(text):
    old, new = folding.scripts()
    table = {
        ord(after): before for before, after in zip(old, new, strict=True) if folding.folded(after) == after
    }
    traditional = text.translate(table)
    places = [
        [
            (each.start, each.end, each.kind, each.owner, each.due_at)
            for each in promises.find(script, now=NOW)
        ]
        for script in (text, traditional)
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("piece", ["我明天给您回电，", "[数字x]一", "I'll call you by Friday "])
def test_a_long_turn_takes_time_in_proportion(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        begun = time.process_time()
        promises.find(text, now=NOW, hours=Office())
        return time.process_time() - begun

    seconds(1_000)
    small = min(seconds(10_000) for _ in range(3))
    # What grew with the square of the length would take 400 times as long.
    assert seconds(200_000) < max(60 * small, 0.2)


def test_a_megabyte_of_promises_is_read():
    text = "我明天给您回电，您收到后[数字x]天内I'll call you by Friday " * 24_000
    assert len(text) >= 1_000_000
    assert len(promises.find(text, now=NOW, hours=Office())) > 1


def _labelled(path):
    turns = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    for turn in turns:
        context = [
            Turn(Role.CUSTOMER if said.startswith("客户:") else Role.AGENT, said.partition(":")[2])
            for said in turn["context"]
        ]
        read = promises.find(turn["text"], context=context)
        yield turn["promises"], [{"text": p.text, "kind": str(p.kind), "owner": str(p.owner)} for p in read]


@pytest.mark.skipif(
    "COACH_TURNS" not in os.environ, reason="COACH_TURNS names no file of labelled agents' turns"
)
def test_hard_promises_of_labelled_turns_are_found():
    gold, read = zip(*_labelled(os.environ["COACH_TURNS"]), strict=True)
    agreement = promises.evaluate_promises(gold, read)
    assert agreement.hard_turns.f1 >= 0.8, agreement


@pytest.mark.parametrize(
    "said", ["您好，我叫李敏", "现在都是电子发票了", "是九月三号申请的哦", "在订单完成24小时后，您就可以自己下载"]
)
def test_a_name_a_state_a_past_day_and_a_condition_promise_nothing_hard(said):
    assert not [one for one in promises.find(said) if one.kind == "hard"]


@pytest.mark.parametrize(
    ("said", "due"),
    [("我们是会在48小时内审核的", "48小时内"), ("预计明天就好了", "明天"), ("3天可以完成的呢", "3天"), ("评价系统会在7个工作日内自动删除", "7个工作日内")],
)
def test_a_process_with_a_time_is_a_promise_one_can_check(said, due):
    (one,) = promises.find(said)
    assert (one.kind, one.due) == ("hard", due)
