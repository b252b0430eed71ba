"""How a customer came, how he left and where it turned."""

from zhiyin.libs.coach import corpus, course


def told(*lines):
    return course.course(tuple(corpus.turns(lines)))


def test_a_customer_who_comes_angry_and_leaves_thankful_left_better():
    found = told(
        "客户:你们怎么回事，说好昨天到，骗人呢！",
        "客服:真对不起，让您白等了，我马上联系司机。",
        "客户:快点",
        "客服:联系上了，他二十分钟内到您楼下，我一直盯着。",
        "客户:到了，谢谢你，太负责了，给你点赞",
    )
    assert found.change > 0
    assert found.closing > 0 > found.arrival
    assert "better" in str(found.words)


def test_the_agents_turn_before_the_mood_broke_is_named():
    found = told(
        "客户:你好，我想问下发票",
        "客服:您好，请讲",
        "客户:能开纸质的吗",
        "客服:不能，规定就是这样，您自己想办法。",
        "客户:什么态度！你们太过分了，我要投诉到12315！！",
    )
    broke = found.turning_points[-1]
    assert (broke.turn, broke.after) == (4, 3)
    assert broke.change < 0
    assert "规定就是这样" in str(broke.words)
    assert "upset" in str(broke.words)


def test_a_calm_talk_has_no_turning_point():
    found = told("客户:请问周日营业吗", "客服:营业的", "客户:几点开门", "客服:九点", "客户:好的")
    assert found.turning_points == ()
    assert abs(found.change) < course.EVEN


def test_levels_belong_to_the_customers_turns():
    found = told("客服:您好", "客户:在吗", "客服:在的", "客户:好的谢谢")
    assert [point.turn for point in found.points] == [1, 3]
    assert all(-3 <= point.smoothed <= 3 for point in found.points)


def test_a_talk_without_the_customer_is_told_so():
    assert str(told("客服:您好").words) == "The customer says nothing."
    assert course.course(()).points == ()
