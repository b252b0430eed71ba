"""Letters that arrive find their thread, are acknowledged once, and never break anything."""

import re
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiyin.conversations import actions, jobs, references
from zhiyin.conversations.mail import receive_email
from zhiyin.conversations.models import Attachment, Conversation, Delivery, Message
from zhiyin.conversations.rules import Author, DeliveryState, MessageKind, State, Trouble
from zhiyin.conversations.tests import mailserver
from zhiyin.conversations.tests.concurrency import at_once
from zhiyin.conversations.tests.letters import bounce, letter, raw
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel
from zhiyin.kit import files
from zhiyin.people.tests.fixtures import NOW


@pytest.fixture
def answered(conversation, agent):
    """A thread with a letter from us, and that letter's delivery."""
    message = actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
    return Delivery.objects.get(message=message)


def test_a_letter_from_a_customer_we_know_begins_a_thread(customer, house):
    message = receive_email(letter("家里停水了", subject="停水两小时"), NOW)
    conversation = message.conversation
    assert conversation.customer == customer
    assert (conversation.channel, conversation.subject) == (Channel.EMAIL, "停水两小时")
    assert conversation.team == house.team
    assert conversation.waiting_since == NOW
    assert (message.text, message.author) == ("家里停水了", Author.CUSTOMER)


def test_a_letter_from_a_stranger_makes_her_a_customer(house):
    message = receive_email(letter(sender="孙萍 <sun@example.net>"), NOW)
    customer = message.conversation.customer
    assert customer.name == "孙萍"
    assert customer.contact_points.get().value == "sun@example.net"
    again = receive_email(
        letter("还有一件事", sender="萍 <Sun@Example.NET>", message_id="<two@x.example>"), NOW
    )
    assert again.conversation.customer == customer
    assert again.conversation != message.conversation


def test_a_new_matter_is_acknowledged_exactly_once_by_letter(customer):
    message = receive_email(letter(), NOW)
    receive_email(letter("补充", message_id="<two@x.example>", in_reply_to="<one@customer.example>"), NOW)
    acknowledgement = Message.objects.get(kind=MessageKind.ACKNOWLEDGEMENT)
    assert acknowledgement.conversation == message.conversation
    assert acknowledgement.delivery.address == "zhou@example.com"
    assert f"#{message.conversation_id}" in acknowledgement.text
    assert Message.objects.filter(conversation=message.conversation).count() == 3


def test_the_acknowledgement_repeats_nothing_a_stranger_wrote(house):
    receive_email(letter("买彩票", sender="中奖 <x@example.net>", subject="中奖"), NOW)
    assert "中奖" not in Message.objects.get(kind=MessageKind.ACKNOWLEDGEMENT).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"sender": "MAILER-DAEMON@mx.example.net"},
    ],
)
def test_a_machine_is_heard_and_never_answered(house, headers):
    message = receive_email(letter("我在休假", **headers), NOW)
    assert message.auto_submitted
    assert message.conversation.waiting_since is None
    assert not Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).exists()
    assert not Delivery.objects.exists()


def test_an_answer_goes_into_the_thread_of_our_letter(answered, conversation):
    message = receive_email(letter("可以", in_reply_to=answered.envelope_id, subject="Re: 别的"), NOW)
    assert message.conversation == conversation
    assert message.position == 2
    conversation.refresh_from_db()
    assert conversation.state == State.OPEN


def test_an_answer_is_found_by_any_letter_it_refers_to(answered, conversation):
    found = receive_email(letter("可以", references=f"<old@x.example> {answered.envelope_id}"), NOW)
    assert found.conversation == conversation


def test_an_answer_without_threading_is_found_by_the_number_in_its_subject(answered, conversation):
    message = receive_email(letter("可以", subject=f"回复：停水 [#{conversation.pk}]"), NOW)
    assert message.conversation == conversation


def test_a_number_in_a_subject_opens_nobody_elses_thread(answered, conversation):
    message = receive_email(letter("让我看看", sender="x@example.net", subject=f"[#{conversation.pk}]"), NOW)
    assert message.conversation != conversation


@pytest.mark.parametrize("subject", ["[#999999]", "[#" + "9" * 18 + "]", "[#0]", "[#-1]", "[#abc]"])
def test_a_number_that_is_none_begins_a_new_thread(customer, subject):
    assert receive_email(letter(subject=subject), NOW).position == 1


def test_rooms_above_give_threads_names_of_their_own(answered, conversation):
    references.register(
        references.Reference(
            name="testing",
            label=lambda pk: "2611-0386" if pk == conversation.pk else "",
            find=lambda subject: iter([conversation.pk] if re.search("2611-0386", subject) else []),
        )
    )
    try:
        assert references.subject_line(conversation.pk, "停水", is_answer=True) == "Re: 停水 [2611-0386]"
        message = receive_email(letter("可以", subject="回复: 停水 [2611-0386]"), NOW)
    finally:
        references.unregister("testing")
    assert message.conversation == conversation


def test_our_answer_goes_to_the_address_the_customer_wrote_from(customer, agent):
    from zhiyin.customers import actions as customers
    from zhiyin.customers.rules import ContactKind

    customers.add_contact(
        customer_id=customer.pk, kind=ContactKind.EMAIL, value="work@example.com", by=agent, now=NOW
    )
    conversation = receive_email(letter(sender="work@example.com"), NOW).conversation
    reply = actions.reply(conversation_id=conversation.pk, text="您好", by=agent, now=NOW)
    assert reply.delivery.address == "work@example.com"


def test_the_same_letter_twice_is_one_message(customer):
    first = receive_email(letter(), NOW)
    assert receive_email(letter(), NOW) is None
    assert Message.objects.filter(author=Author.CUSTOMER).get() == first


def test_a_letter_without_an_id_twice_is_one_message(customer):
    assert receive_email(letter(message_id=""), NOW) is not None
    assert receive_email(letter(message_id=""), NOW) is None


@pytest.mark.django_db(transaction=True)
def test_the_same_letter_at_once_is_one_message(house):
    results = at_once(*[partial(receive_email, letter(sender="new@example.net"), NOW)] * 4)
    assert sorted(type(result).__name__ for result in results) == ["Message"] + ["NoneType"] * 3, results
    assert Conversation.objects.count() == Customer.objects.count() == 1
    assert Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).count() == 1


def test_our_own_letter_coming_back_to_us_is_ignored(answered):
    assert receive_email(letter("明天来修", message_id=answered.envelope_id), NOW) is None


def test_files_come_with_the_letter(customer):
    message = receive_email(letter("", files=[("漏水.txt", "text/plain", "厨房".encode())]), NOW)
    [attachment] = Attachment.objects.filter(message=message).select_related("file")
    assert attachment.file.name == "漏水.txt"
    assert attachment.file.uploaded_by is None


def test_a_file_that_is_not_kept_is_told_to_staff_and_the_letter_stands(customer, monkeypatch):
    from zhiyin.kit.errors import Invalid

    def refuse(**_more):
        raise Invalid(field="file")

    monkeypatch.setattr(files, "store", refuse)
    message = receive_email(letter("见附件", files=[("合同.exe", "application/x-msdownload", b"MZ")]), NOW)
    note = Message.objects.get(conversation=message.conversation, kind=MessageKind.NOTE)
    assert message.text == "见附件"
    assert "合同.exe" in note.text


def test_a_letter_that_came_back_has_failed_and_is_in_the_inbox_again(answered, conversation):
    assert receive_email(bounce(answered.envelope_id), NOW) is None
    answered.refresh_from_db()
    assert (answered.state, answered.trouble) == (DeliveryState.FAILED, Trouble.BOUNCED)
    assert "550 5.1.1" in answered.reason
    conversation.refresh_from_db()
    assert conversation.state == State.OPEN
    assert Message.objects.count() == 1


def test_a_letter_that_is_only_delayed_has_not_failed(answered):
    assert receive_email(bounce(answered.envelope_id, action="delayed", status="4.4.1"), NOW) is None
    answered.refresh_from_db()
    assert answered.state == DeliveryState.QUEUED


def test_a_report_about_somebody_elses_letter_is_none_of_our_business(answered):
    assert receive_email(bounce("<theirs@example.net>"), NOW) is None
    answered.refresh_from_db()
    assert answered.state == DeliveryState.QUEUED
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize(
    "wreck", [b"", b"\x00\xff" * 40, b"Subject: x\r\n\r\nhello", b"From: (((\r\n\r\nhello"]
)
def test_a_damaged_letter_is_kept_whole(house, wreck):
    message = receive_email(wreck, NOW)
    [attachment] = Attachment.objects.filter(message=message).select_related("file")
    assert attachment.file.name.endswith(".eml")
    assert files.read(attachment.file) == wreck
    assert message.text
    assert not Delivery.objects.exists()


def test_an_endless_letter_is_cut_and_kept_whole_beside(customer):
    message = receive_email(letter("水" * 120_000), NOW)
    assert len(message.text) == 100_000
    assert Attachment.objects.filter(message=message, file__name__endswith=".eml").exists()


def test_a_letter_without_words_says_so(customer):
    assert receive_email(letter(""), NOW).text


def test_nothing_of_a_letter_that_fails_half_way_is_left(customer, monkeypatch):
    def broken(**_more):
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "acknowledge", broken)
    with pytest.raises(ZeroDivisionError):
        receive_email(letter(), NOW)
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.text(max_size=60), st.text(max_size=60))
def test_whatever_arrives_is_kept(house, body, subject, name):
    head = re.sub(r"[\r\n]", " ", f"Subject: {subject}").encode("utf-8", "replace")
    sender = re.sub(r"[\r\n<>]", " ", f"From: {name} ").encode("utf-8", "replace") + b"<a@example.com>"
    assert receive_email(raw(head, sender, body=body), NOW) is not None or Message.objects.exists()


def test_a_conversation_by_letter_goes_round(house, agent, settings, monkeypatch):
    """Her letter, our acknowledgement, our answer, her answer: one thread on both sides."""
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW)
    with mailserver.running() as (handler, port):
        settings.EMAIL_CONFIGURED, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", port
        conversation = receive_email(letter(sender="孙萍 <sun@example.net>"), NOW).conversation
        actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
        for delivery in Delivery.objects.order_by("pk"):
            jobs.deliver(delivery_id=delivery.pk, claim=delivery.claim)
    acknowledged, answered = handler.taken
    assert acknowledged["In-Reply-To"] == "<one@customer.example>"
    assert acknowledged["Auto-Submitted"] == "auto-generated"
    assert answered["References"].split() == ["<one@customer.example>", acknowledged["Message-ID"]]
    receive_email(
        letter(
            "好的", sender="sun@example.net", message_id="<b@x.example>", in_reply_to=answered["Message-ID"]
        ),
        NOW,
    )
    assert list(Message.objects.filter(conversation=conversation).values_list("position", "author")) == [
        (1, "customer"),
        (2, "system"),
        (3, "staff"),
        (4, "customer"),
    ]
