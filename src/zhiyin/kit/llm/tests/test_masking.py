"""What is hidden before a text leaves the house, and comes back."""

import time

import pytest

from zhiyin.kit.llm import Mask

SECRETS = {
    "电话13812345678，座机021-62345678": ["13812345678", "62345678"],
    "我叫王小明，李女士也在": ["王小明", "李"],
    "身份证110101199003074213": ["110101199003074213"],
    "邮箱 a.b@example.com": ["a.b@example.com"],
    "送到北京市朝阳区建国路88号3号楼1202室": ["建国路", "1202"],
    "3栋2单元501漏水": ["501"],
    "订单号JD20261122334455": ["20261122334455"],
    "车牌沪A12345": ["A12345"],
    "My name is John Smith, call +44 20 7946 0958": ["John", "7946"],
    "我叫陳大文，電話0912345678": ["陳大文", "0912345678"],
    "我是欧阳娜娜，微信号 wx_abc123，邮箱 a.b＠c.com": ["欧阳", "娜娜", "abc123", "a.b", "c.com"],
    "见 https://pay.example.com/k/abcdef": ["abcdef"],
}


@pytest.mark.parametrize(("text", "secrets"), SECRETS.items())
def test_personal_values_are_hidden_and_come_back(text, secrets):
    mask = Mask()
    hidden = mask.hide(text)
    assert not [secret for secret in secrets if secret in hidden]
    assert mask.show(hidden) == text


def test_the_same_value_has_the_same_mark():
    mask = Mask()
    assert mask.hide("13812345678") == mask.hide("13812345678")
    assert mask.hide("13900000000") != mask.hide("13812345678")


@pytest.mark.parametrize(
    "text", ["退35.5元，3-5个工作日到账", "24小时内回复您", "方便的话高兴再来", "小区停水了"]
)
def test_ordinary_words_and_amounts_stay(text):
    assert Mask().hide(text) == text


def test_a_mark_that_was_never_given_is_refused():
    assert Mask().show("请打［电话3］") is None


@pytest.mark.parametrize("unit", ["市", "1", "a-", "张", "路号", "a@a.", "北京市"])
def test_long_texts_take_time_in_proportion(unit):
    took = []
    for size in (20_000, 80_000):
        begun = time.perf_counter()
        Mask().hide(unit * (size // len(unit)))
        took.append(time.perf_counter() - begun)
    assert took[1] < 0.05 + 8 * took[0]
