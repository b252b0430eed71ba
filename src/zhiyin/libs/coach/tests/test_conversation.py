"""What is said of a whole conversation, from turns whose single readings are given."""

import pytest

from zhiyin.libs.coach import conversation, service
from zhiyin.libs.coach.conversation import Act, Step
from zhiyin.libs.coach.readings import (
    AgentReading,
    CustomerReading,
    Emotion,
    Kind,
    Mark,
    Owner,
    Promise,
    Question,
    Role,
    Satisfaction,
    Turn,
)


def customer(text, emotion="calm", intensity=0, at=None):
    felt = Emotion(emotion)
    mood = Satisfaction.NEUTRAL if felt is Emotion.CALM else Satisfaction.NEGATIVE
    return Turn(Role.CUSTOMER, text, at, at), CustomerReading(felt, intensity, 0, 0, 0, 0, 0, mood, 0.5, ())


def agent(text, positives="", question="none", promises=(), at=None):
    marks = tuple(Mark(rule, 0, min(2, len(text))) for rule in positives.split())
    found = tuple(
        Promise(said, Kind.HARD, Owner.SELF, text.index(said), text.index(said) + len(said))
        for said in promises
    )
    return Turn(Role.AGENT, text, at, at), AgentReading((), marks, Question(question), found, 0)


def read(*said):
    turns, readings = zip(*said, strict=True)
    return conversation.read(turns, readings)


def rules(told):
    return [finding.rule for finding in told.findings]


ANGRY = customer("你们的柜子第二次送错了，我请假在家等了一天，太离谱了！", "anger", 3)
GOOD = (
    customer("你好"),
    agent("您好，我是客服小林，请问有什么可以帮您？", "greet own_name willing", "open"),
    ANGRY,
    agent("让您白等一天，实在抱歉，换作是我也很生气。", "apology empathy"),
    customer("所以现在怎么办？"),
    agent("我马上查一下送货记录，请您稍等。", "own_I willing"),
    customer("嗯"),
    agent(
        "是仓库贴错了标签，我明天上午亲自跟车送到，您看可以吗？",
        "explains own_I solution confirm_consent",
        "closed",
        ["我明天上午亲自跟车送到"],
    ),
    customer("可以"),
    agent(
        "我再跟您确认一下：明天上午送到，错的当场带走。还有其他可以帮您的吗？",
        "confirm_other own_I",
        "closed",
    ),
    customer("没有了，谢谢"),
    agent("感谢您的体谅，再见。", "thanks"),
)


def test_a_conversation_as_it_should_be_raises_nothing_and_shows_steps_and_acts_in_order():
    told = read(*GOOD)
    assert rules(told) == []
    assert set(told.steps) == set(Step)
    assert told.steps_in_order
    assert set(told.acts) == set(Act)
    assert told.matter
    assert told.settled


def test_a_short_enquiry_needs_no_five_acts():
    told = read(
        agent("您好，请问有什么可以帮您？", "greet"),
        customer("几点开门？"),
        agent("上午九点。"),
        customer("谢谢"),
    )
    assert not told.matter
    assert rules(told) == []


def test_a_question_after_which_only_waiting_is_asked_for_is_unanswered():
    told = read(
        customer("你好，我的押金什么时候退？"),
        agent("您好，请您稍等", "greet"),
        customer("好"),
        agent("感谢您的耐心等待"),
        customer("在吗"),
        agent("祝您生活愉快，再见"),
    )
    assert "unanswered" in rules(told)
    assert "押金什么时候退" in next(f for f in told.findings if f.rule == "unanswered").suggestion


@pytest.mark.parametrize("answer", ["可以", "是的", "三天后到账", "要看银行，一般三天"])
def test_a_short_answer_is_an_answer(answer):
    told = read(customer("你好，押金可以退到卡上吗？"), agent("您好", "greet"), customer("?"), agent(answer))
    assert "unanswered" not in rules(told)


def test_a_customer_who_says_it_again_had_to_repeat_himself():
    told = read(
        customer("你好，我的冰箱门关不严，一直在滴水"),
        agent("您好，请问有什么可以帮您？", "greet", "open"),
        customer("我的冰箱门关不严一直在滴水"),
        agent("请您提供订单号", "willing"),
    )
    assert rules(told) == ["told_twice"]


def test_asking_the_agent_to_say_it_again_is_no_repetition_of_ones_own():
    told = read(
        customer("你好"),
        agent("您好，服务费是每平方米两元八角", "greet explains"),
        customer("没听清，你再说一遍"),
    )
    assert "told_twice" not in rules(told)


def test_order_cards_sent_twice_are_no_repetition():
    card = "咨询订单号:[ORDERID_10135644]订单金额:[金额x]下单时间:[日期x]"
    told = read(
        customer(card),
        agent("您好，请问是这个订单吗？", "greet", "closed"),
        customer(card),
        agent("好的，我看一下"),
    )
    assert rules(told) == []


def test_the_matter_before_the_feeling_is_told():
    told = read(
        ANGRY,
        agent("您好，请问订单号是多少？", "greet", "open"),
        customer("都这样了还要订单号", "anger", 2),
        agent("实在抱歉，让您白等了。", "apology"),
        customer("嗯"),
        agent("我现在安排重新送", "own_I solution"),
    )
    late = next(f for f in told.findings if f.rule == "feeling_late")
    assert late.turn == 1
    assert late.suggestion.startswith("实在抱歉")
    assert told.steps_in_order is False


def test_a_feeling_that_nobody_ever_met_weighs_more_than_a_remark():
    told = read(
        ANGRY,
        agent("您好，请问订单号是多少？", "greet own_name", "open"),
        customer("三零二", "anger", 2),
        agent("查到了，明天重新送", "solution"),
        customer("行吧", "venting", 1),
        agent("好的"),
    )
    found = next(f for f in told.findings if f.rule == "no_empathy")
    assert found.severity == 2
    assert "送错" in found.suggestion


def test_two_guesses_that_miss_want_an_open_question():
    told = read(
        customer("你好，打印机用不了"),
        agent("您好，是没有插电吗？", "greet", "closed"),
        customer("不是"),
        agent("那是没有纸了吗？", "", "closed"),
        customer("不是，有纸"),
        agent("请您稍等"),
    )
    assert "guessing" in rules(told)


def test_closing_while_a_question_is_open_is_told():
    told = read(
        customer("你好，里程为什么没有到账？"),
        agent("您好，里程一般十五天到账", "greet explains"),
        customer("已经三十天了，到底为什么还没有？", "anxiety", 2),
        agent("请问还有其他可以帮到您的吗？", "confirm_other", "closed"),
        customer("你还没有回答我，为什么？", "anger", 2),
        agent("抱歉，我马上查", "apology own_I"),
    )
    assert "closed_early" in rules(told)


def test_three_promises_one_after_the_other_want_summing_up_in_their_own_words():
    said = ["我今天登记", "我明天给您回电", "我周五前把单据寄给您"]
    told = read(
        customer("你好，阳台一直漏水", "anxiety", 2),
        agent("您好，实在抱歉，" + said[0], "greet apology own_I", "none", said[:1]),
        customer("然后呢？"),
        agent(said[1], "own_I", "none", said[1:2]),
        customer("那单据呢？"),
        agent(said[2], "own_I", "none", said[2:]),
        customer("好的，谢谢"),
        agent("不客气，还有其他可以帮您的吗？再见", "confirm_other", "closed"),
    )
    summary = next(f for f in told.findings if f.rule == "no_summary")
    assert all(words in summary.suggestion for words in said)


def test_a_late_answer_is_measured_and_an_announced_wait_is_not():
    late = read(customer("你好，能开发票吗？", at=0.0), agent("您好，可以开", "greet", at=90.0))
    assert rules(late) == ["left_waiting"]
    assert late.waits == (90.0,)
    announced = read(
        customer("你好，能开发票吗？", at=0.0),
        agent("您好，我查一下，请您稍等", "greet", at=10.0),
        customer("好的", at=15.0),
        agent("可以开", at=105.0),
    )
    assert "left_waiting" not in rules(announced)


def test_suggestions_keep_the_script_and_the_language():
    hant = read(
        customer("你好，我的冰箱門關不嚴，一直在滴水"),
        agent("您好，請問有什麼可以幫您？", "greet", "open"),
        customer("我的冰箱門關不嚴一直在滴水"),
        agent("請提供訂單號"),
    )
    assert "我已經記下了" in hant.findings[0].suggestion
    english = read(
        customer("My fridge door does not close and it leaks"),
        agent("Hello, how can I help?", "greet", "open"),
        customer("my fridge door does not close and it leaks!"),
        agent("Let me look."),
    )
    assert english.findings[0].suggestion.startswith("I have noted")


def test_every_offset_lies_in_its_turn():
    said = [
        ANGRY,
        agent("订单号", "", "none"),
        customer("我说了三零二", "anger", 2),
        agent("嗯"),
        customer("？？"),
        agent("再见"),
    ]
    for finding in read(*said).findings:
        assert 0 <= finding.start <= finding.end <= len(said[finding.turn][0].text)


def test_readings_of_the_wrong_side_are_refused():
    turn, reading = customer("你好")
    with pytest.raises(ValueError, match="reading"):
        conversation.read([Turn(Role.AGENT, "您好")], [reading])
    with pytest.raises(ValueError, match="readings"):
        conversation.read([turn], [])


def test_service_types_lie_where_the_textbook_puts_them():
    turns, readings = zip(*GOOD, strict=True)
    good = service.of(readings, conversation.read(turns, readings))
    assert good.type is service.ServiceType.QUALITY
    assert all(margin > 0 for margin in good.margins.values())
    cold = (
        ANGRY,
        agent("单号"),
        customer("我说了三零二，你们怎么回事", "anger", 3),
        agent("稍等"),
        customer("到底送不送？", "anger", 3),
        agent("再见"),
    )
    turns, readings = zip(*cold, strict=True)
    assert service.of(readings, conversation.read(turns, readings)).type is service.ServiceType.COLD


def test_an_agent_is_typed_with_an_interval_and_not_called_sure_on_one_conversation():
    turns, readings = zip(*GOOD, strict=True)
    one = service.of(readings, conversation.read(turns, readings))
    assert not service.of_agent([one]).sure
    many = service.of_agent([one] * 8)
    assert many.sure
    assert many.procedure.n == 8
    assert many.types[service.ServiceType.QUALITY] == 8
    assert service.of_agent([]).type is None
