"""Messages take their place in the thread, once, and the thread knows who is waiting."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from zhiyin.conversations import actions, rules
from zhiyin.conversations.models import Attachment, Conversation, Delivery, Message
from zhiyin.conversations.rules import Author, MessageKind, State
from zhiyin.customers.rules import Channel
from zhiyin.kit import search
from zhiyin.kit.errors import Forbidden
from zhiyin.kit.tests.factories import stored_file
from zhiyin.people.tests.fixtures import NOW

LATER = NOW + timedelta(minutes=20)


def test_a_message_from_the_customer_makes_the_thread_wait_for_an_answer(conversation):
    message = actions.receive(conversation_id=conversation.pk, text="  家里停水了\r\n两小时 ", now=NOW)
    conversation.refresh_from_db()
    assert (message.position, message.author, message.text) == (1, Author.CUSTOMER, "家里停水了\n两小时")
    assert conversation.waiting_since == NOW
    assert conversation.preview == "家里停水了 两小时"
    assert (conversation.message_count, conversation.last_message_at) == (1, NOW)


def test_waiting_is_counted_from_the_first_unanswered_message(conversation):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    actions.receive(conversation_id=conversation.pk, text="还没有水", now=LATER)
    conversation.refresh_from_db()
    assert conversation.waiting_since == NOW


def test_an_answer_ends_the_waiting_and_waits_for_the_customer(conversation, agent):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    actions.reply(conversation_id=conversation.pk, text="我这就去看", by=agent, now=LATER)
    conversation.refresh_from_db()
    assert conversation.waiting_since is None
    assert conversation.state == State.WAITING
    assert conversation.preview == "我这就去看"


def test_what_the_system_writes_does_not_end_the_waiting(conversation):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    actions.acknowledge(conversation_id=conversation.pk, text="收到了", now=NOW)
    actions.reply(
        conversation_id=conversation.pk, text="师傅已出发", by=None, now=LATER, kind=MessageKind.NOTICE
    )
    conversation.refresh_from_db()
    assert conversation.waiting_since == NOW
    assert conversation.state == State.OPEN


def test_a_note_among_colleagues_answers_nobody_and_leaves_no_trace_in_the_list(conversation, agent):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    note = actions.note(conversation_id=conversation.pk, text="上周也来过", by=agent, now=LATER)
    conversation.refresh_from_db()
    assert conversation.waiting_since == NOW
    assert (conversation.preview, conversation.last_message_at) == ("停水了", NOW)
    assert conversation.message_count == note.position == 2
    assert not Delivery.objects.exists()


def test_a_message_opens_a_finished_or_snoozed_thread_again(conversation, agent):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    actions.snooze(conversation_id=conversation.pk, until=LATER, by=agent, now=NOW)
    actions.finish(conversation_id=conversation.pk, by=agent, now=NOW)
    actions.receive(conversation_id=conversation.pk, text="又停了", now=LATER)
    conversation.refresh_from_db()
    assert conversation.state == State.OPEN
    assert conversation.waiting_since == LATER
    assert conversation.snoozed_until is None


def test_what_a_machine_wrote_opens_nothing_and_waits_for_nothing(conversation, agent):
    actions.finish(conversation_id=conversation.pk, by=agent, now=NOW)
    message = actions.receive(
        conversation_id=conversation.pk, text="我在休假", now=LATER, auto_submitted=True
    )
    conversation.refresh_from_db()
    assert message.auto_submitted
    assert conversation.state == State.DONE
    assert conversation.waiting_since is None


@pytest.mark.parametrize("send", ["receive", "reply", "note"])
def test_a_form_sent_twice_is_one_message(conversation, agent, send):
    token = uuid4()
    by = {} if send == "receive" else {"by": agent}
    first, second = (
        getattr(actions, send)(
            conversation_id=conversation.pk, text="漏水了", now=NOW, client_token=token, **by
        )
        for _ in range(2)
    )
    assert first == second
    assert Message.objects.count() == 1
    conversation.refresh_from_db()
    assert conversation.message_count == 1


def test_a_form_of_one_thread_sent_into_another_is_turned_away(conversation, talk):
    token = uuid4()
    actions.receive(conversation_id=conversation.pk, text="漏水了", now=NOW, client_token=token)
    with pytest.raises(rules.TokenReused):
        actions.receive(conversation_id=talk("别的事").pk, text="漏水了", now=NOW, client_token=token)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00"])
def test_an_empty_message_is_turned_away_with_a_sentence(conversation, text):
    with pytest.raises(rules.EmptyMessage) as error:
        actions.receive(conversation_id=conversation.pk, text=text, now=NOW)
    assert error.value.field == "text"


def test_a_photo_needs_no_words(conversation):
    photo = stored_file(name="漏水.jpg")
    message = actions.receive(conversation_id=conversation.pk, text="", now=NOW, file_ids=[photo.pk])
    assert [row.file for row in Attachment.objects.filter(message=message)] == [photo]


def test_an_endless_text_is_turned_away(conversation):
    with pytest.raises(rules.MessageTooLong):
        actions.receive(conversation_id=conversation.pk, text="水" * 100_001, now=NOW)


def test_characters_that_cannot_be_stored_are_left_out(conversation):
    message = actions.receive(conversation_id=conversation.pk, text="停\x00水\ud83d了\x07", now=NOW)
    message.refresh_from_db()
    assert message.text == "停水了"


def test_a_file_hangs_on_one_message_only(conversation, agent):
    file = stored_file(uploaded_by=agent.pk)
    actions.reply(conversation_id=conversation.pk, text="见附件", by=agent, now=NOW, file_ids=[file.pk])
    with pytest.raises(rules.FileUnavailable):
        actions.reply(conversation_id=conversation.pk, text="再发", by=agent, now=NOW, file_ids=[file.pk])


def test_staff_attach_what_they_uploaded_themselves(conversation, agent, colleague):
    file = stored_file(uploaded_by=colleague.pk)
    with pytest.raises(rules.FileUnavailable):
        actions.reply(conversation_id=conversation.pk, text="见附件", by=agent, now=NOW, file_ids=[file.pk])
    assert not Message.objects.exists()


def test_a_file_that_is_not_there_is_told(conversation):
    with pytest.raises(rules.FileUnavailable):
        actions.receive(conversation_id=conversation.pk, text="见附件", now=NOW, file_ids=[uuid4()])


@pytest.mark.parametrize("role", ["handler", "quality", "researcher", "administrator"])
def test_only_those_who_answer_customers_reply(conversation, role, request):
    with pytest.raises(Forbidden):
        actions.reply(conversation_id=conversation.pk, text="您好", by=request.getfixturevalue(role), now=NOW)


def test_a_conversation_that_is_not_there_is_told(house):
    with pytest.raises(rules.ConversationMissing):
        actions.receive(conversation_id=404, text="您好", now=NOW)


def test_a_matter_is_acknowledged_once(conversation):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    assert actions.acknowledge(conversation_id=conversation.pk, text="收到", now=NOW) is not None
    assert actions.acknowledge(conversation_id=conversation.pk, text="收到", now=LATER) is None
    assert Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).count() == 1


def test_the_database_itself_refuses_a_second_acknowledgement(conversation):
    for position in (1, 2):
        message = Message(
            conversation=conversation,
            position=position,
            author=Author.SYSTEM,
            kind=MessageKind.ACKNOWLEDGEMENT,
            channel=Channel.EMAIL,
            text="收到",
        )
        if position == 1:
            message.save()
        else:
            with pytest.raises(IntegrityError, match="message_acknowledged_once"), transaction.atomic():
                message.save()


def test_a_machine_is_never_acknowledged(conversation):
    actions.receive(conversation_id=conversation.pk, text="自动回复", now=NOW, auto_submitted=True)
    assert actions.acknowledge(conversation_id=conversation.pk, text="收到", now=NOW) is None


def test_imported_history_is_never_acknowledged(conversation):
    Conversation.objects.filter(pk=conversation.pk).update(is_history=True)
    assert actions.acknowledge(conversation_id=conversation.pk, text="收到", now=NOW) is None


def test_acknowledging_what_is_not_there_is_quietly_nothing(house):
    assert actions.acknowledge(conversation_id=404, text="收到", now=NOW) is None


def test_every_word_of_a_thread_can_be_found_also_in_the_other_script(conversation, agent):
    actions.receive(conversation_id=conversation.pk, text="厨房漏水，地板都泡了", now=NOW)
    actions.note(conversation_id=conversation.pk, text="去年也报修过", by=agent, now=NOW)
    for words in ("地板", "報修", "停水"):
        assert [row["object_id"] for row in search.ids("conversation", words)] == [conversation.pk], words
    assert not search.ids("conversation", "电梯")


def test_adding_to_a_long_thread_costs_as_many_queries_as_adding_to_a_short_one(
    conversation, django_assert_num_queries
):
    actions.receive(conversation_id=conversation.pk, text="第一句", now=NOW)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as short:
        actions.receive(conversation_id=conversation.pk, text="第二句", now=NOW)
    for number in range(40):
        actions.receive(conversation_id=conversation.pk, text=f"又一句{number}", now=NOW)
    with django_assert_num_queries(len(short)):
        actions.receive(conversation_id=conversation.pk, text="最后一句", now=NOW)


def test_what_is_only_quoted_is_not_found_twice(conversation, talk):
    actions.receive(conversation_id=conversation.pk, text="阳台漏水", now=NOW)
    other = talk("好的\n\n于 2026年11月18日 周三 写道：\n> 阳台漏水")
    found = {row["object_id"] for row in search.ids("conversation", "阳台")}
    assert found == {conversation.pk}
    assert Message.objects.get(conversation=other).text.endswith("> 阳台漏水")
