"""What a small model raises where no rule knows the words.

The model is trained anew whenever the corpus grows, so that no single sentence is sure of its verdict: most of a few
scenes must be raised, and none of the scenes that are in order.
"""

import itertools

import pytest

from zhiyin.libs.coach import weighing
from zhiyin.libs.coach.engine import Coach, Desk, read_pack
from zhiyin.libs.coach.readings import Role, Turn

QUESTIONS = [
    "窗帘哪天能装上啊", "相册还要多久能印好", "押金什么时候退给我", "月嫂几号能上门",
    "猫砂盆到底几点送到", "钢琴调律要多少钱", "婚纱什么时候能改好",
]  # fmt: skip
WAITING = ["请您耐心等待哦", "麻烦您耐心等等呢"]
REPROACHES = [
    "为什么又改时间，我假都请了", "钢琴调完比以前还走音，白花钱", "洗完的羽绒服全是印子，心疼死我了",
    "相册印得全是色差，一辈子就拍一次啊", "打了五个电话没一个接的", "猫砂盆送来就是裂的，第二回了",
]  # fmt: skip
PASSED_OVER = ["我们家都是老师傅手工做的呢", "师傅都是持证上岗的", "请您耐心等待哦"]
THANKS = ["好的，谢谢您", "太好了，辛苦你们了", "收到，多谢"]
IN_RETURN = ["不客气，应该的", "您客气了，祝您生活愉快", "好的，有事您随时找我", "应该的呢"]
APOLOGIES = [
    "实在对不起，是我们没做好，我现在就安排师傅今天重新上门",
    "非常抱歉让您受累了，钱我这就给您退回去",
]
RULES = Desk(read_pack("zh"), learnt=False)
DESK = Desk(read_pack("zh"))


def raised(desk, said, reply):
    view = desk.view(reply, (Turn(Role.CUSTOMER, said),))
    desk.judge(view)
    return {found.rule.id: found for found in view.raised}


def learnt(said, reply):
    """What only the model raises."""
    ruled = raised(RULES, said, reply)
    return {rule: found for rule, found in raised(DESK, said, reply).items() if rule not in ruled}


def test_a_reproach_no_rule_knows_is_heard_most_of_the_time():
    scenes = list(itertools.product(REPROACHES, PASSED_OVER[:2]))
    unknown = [scene for scene in scenes if "missing_empathy" not in raised(RULES, *scene)]
    found = [scene for scene in unknown if "missing_empathy" in learnt(*scene)]
    assert len(unknown) >= len(scenes) / 3, "the rules know these words: choose others"
    assert len(found) >= len(unknown) / 2


def test_a_question_answered_with_patience_is_left_open():
    for said, reply in itertools.product(QUESTIONS, WAITING):
        assert "unclear" in raised(DESK, said, reply), (said, reply)


def test_a_finding_names_words_of_the_turn():
    found = [
        (reply, one)
        for said, reply in itertools.product([*QUESTIONS, *REPROACHES], [*WAITING, *PASSED_OVER])
        for one in learnt(said, reply).values()
    ]
    assert found
    for reply, one in found:
        assert one.span == (0, len(reply))
        start, end = one.said
        assert reply[start:end].strip()
    assert any(one.said != one.span for _reply, one in found)


@pytest.mark.parametrize(
    ("heard", "replies"), [(THANKS, IN_RETURN), (REPROACHES, APOLOGIES)], ids=["thanks", "an apology"]
)
def test_nothing_is_raised_after(heard, replies):
    for said, reply in itertools.product(heard, replies):
        assert not learnt(said, reply), (said, reply)


def test_a_turn_that_answers_nobody_is_left_alone():
    for reply in PASSED_OVER:
        view = DESK.view(reply, (Turn(Role.AGENT, "您好"),))
        DESK.judge(view)
        assert not {found.rule.id for found in view.raised} & {"unclear", "missing_empathy"}


def test_english_is_left_alone(monkeypatch):
    def weigh(*_view):
        raise AssertionError("the model has learnt no English")

    monkeypatch.setattr(weighing, "weigh", weigh)
    Coach().agent("Our curtains come in many colours", [Turn(Role.CUSTOMER, "When will you fit mine?")])
    with pytest.raises(AssertionError, match="no English"):
        Coach().agent("窗帘有很多颜色", [Turn(Role.CUSTOMER, "几号来装")])


def test_traditional_script_is_weighed_like_simplified():
    said, reply = QUESTIONS[1], WAITING[0]
    assert set(raised(DESK, said, reply)) == set(raised(DESK, "相冊還要多久能印好", "請您耐心等待哦"))
