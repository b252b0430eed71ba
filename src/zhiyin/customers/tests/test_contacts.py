"""Telephones, e-mails and names as people really type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiyin.customers import rules
from zhiyin.customers.rules import ContactKind
from zhiyin.kit.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13912344471", "+8613912344471"),
        ("139 1234 4471", "+8613912344471"),
        ("139-1234-4471", "+8613912344471"),
        ("+86 13912344471", "+8613912344471"),
        ("+86-139-1234-4471", "+8613912344471"),
        ("0086 139 1234 4471", "+8613912344471"),
        ("8613912344471", "+8613912344471"),
        ("（+86）13912344471", "+8613912344471"),
        ("１３９１２３４４４７１", "+8613912344471"),
        ("tel:+8613912344471", "+8613912344471"),
        ("139\u200e1234\u202c4471", "+8613912344471"),
        ("020-85551234", "+862085551234"),
        ("（020）8555 1234", "+862085551234"),
        ("020-8555 1234 转 801", "+862085551234;ext=801"),
        ("020-85551234轉801", "+862085551234;ext=801"),
        ("(0571)87654321-802", "+8657187654321;ext=802"),
        ("0571 87654321 分机：9", "+8657187654321;ext=9"),
        ("020-85551234 ext. 22", "+862085551234;ext=22"),
        ("+862085551234;ext=801", "+862085551234;ext=801"),
        ("400-820-8820", "+864008208820"),
        ("+1 650 253 0000", "+16502530000"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_telephones_are_kept_in_one_form_however_they_are_typed(typed: str, stored: str) -> None:
    assert rules.normalise_phone(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code", "data"),
    [
        ("1391234447", "customers.phone_one_short", {"count": 10, "right": 11}),
        ("139123444", "customers.phone_short", {"missing": 2}),
        ("139123444712", "customers.phone_one_long", {"count": 12}),
        ("1391234447123", "customers.phone_long", {"surplus": 2}),
        ("8555 1234", "customers.phone_without_area", {"digits": "85551234"}),
        ("11912344471", "customers.phone_unknown", {}),
        ("call me", "customers.phone_unknown", {}),
        ("139a1234b4471", "customers.phone_unknown", {}),
        ("", "customers.contact_empty", {}),
        ("\0 \u202e", "customers.contact_empty", {}),
        ("+" + "9" * 300, "customers.phone_unknown", {}),
    ],
)
def test_a_telephone_that_does_not_ring_says_what_is_wrong_with_it(typed: str, code: str, data: dict) -> None:
    with pytest.raises(Invalid) as caught:
        rules.normalise_phone(typed)
    assert caught.value.code == code
    assert data.items() <= caught.value.data.items()
    assert "%(" not in str(caught.value)


@given(st.text(max_size=60))
def test_no_text_makes_the_telephone_reader_stumble(text: str) -> None:
    try:
        stored = rules.normalise_phone(text)
    except Invalid as error:
        stored, sentence = "", str(error)
    if not stored:
        assert sentence
        return
    assert rules.normalise_phone(stored) == stored
    assert rules.normalise_phone(rules.say_contact(ContactKind.PHONE, stored)) == stored


@pytest.mark.parametrize(
    ("value", "said", "masked"),
    [
        ("+8613912344471", "139 1234 4471", "139****4471"),
        ("+862085551234;ext=801", "020 8555 1234-801", "020-****1234"),
        ("+16502530000", "+1 650-253-0000", "+1 ****0000"),
        ("+864008208820", "400 820 8820", "****8820"),
    ],
)
def test_telephones_are_shown_as_people_write_them_and_hidden_but_for_their_ends(
    value: str, said: str, masked: str
) -> None:
    assert rules.say_contact(ContactKind.PHONE, value) == said
    assert rules.mask(ContactKind.PHONE, value) == masked


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (ContactKind.EMAIL, "suwx@example.com", "s***@example.com"),
        (ContactKind.WECHAT, "suwenxiu", "su***"),
        (ContactKind.WECHAT, "a", "***"),
        (ContactKind.POST, "广州市天河区体育东路 1 号", "广州市天河区***"),
    ],
)
def test_other_contacts_are_hidden_too(kind: ContactKind, value: str, masked: str) -> None:
    assert rules.mask(kind, value) == masked


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Su.WenXiu@Example.COM ", "su.wenxiu@example.com"),
        ("ｓｕ＠ｅｘａｍｐｌｅ．ｃｏｍ", "su@example.com"),
        ("mailto:su+zy@mail.example.cn", "su+zy@mail.example.cn"),
        ("苏@例子.公司", "苏@例子.公司"),
    ],
)
def test_emails_are_kept_in_small_letters(typed: str, stored: str) -> None:
    assert rules.normalise_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "su",
        "su@",
        "@example.com",
        "su@example",
        "a b@example.com",
        "a@b@example.com",
        "a@example..com",
        "x@1.2.3.4",
    ],
)
def test_what_is_no_email_gets_a_sentence(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.normalise_email(typed)
    assert "name@example.com" in str(caught.value)


def test_an_email_longer_than_the_column_is_refused() -> None:
    with pytest.raises(Invalid, match="at most 200"):
        rules.normalise_email("a@" + "b" * 300 + ".com")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  苏  文秀 ", "苏 文秀"),
        ("苏\0文\x07秀", "苏文秀"),
        ("Evil\u202eman", "Evilman"),
        ("👩‍👩‍👧 一家", "👩‍👩‍👧 一家"),
        ("محمد علي", "محمد علي"),
        ("两\n行", "两 行"),
    ],
)
def test_names_are_cleaned_but_not_bent(typed: str, kept: str) -> None:
    assert rules.clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "\0\u202e"])
def test_a_customer_needs_a_name(typed: str) -> None:
    with pytest.raises(Invalid, match="Write the name first"):
        rules.clean_name(typed)


def test_a_very_long_name_says_how_long_it_may_be() -> None:
    with pytest.raises(Invalid, match="at most 120 characters, this one has 121"):
        rules.clean_name("苏" * 121)


def test_the_digits_of_a_number_are_found_whatever_stands_between_them() -> None:
    assert rules.dialled("139 1234-4471") == "13912344471"
    assert rules.dialled("0086 139") == "86139"
    assert rules.dialled("swx 4471") == ""
    assert rules.phone_terms("+862085551234;ext=801") == ["862085551234", "02085551234", "801"]
