"""Many at the same moment, with real connections: nothing is lost, doubled or out of order."""

from functools import partial
from uuid import uuid4

import pytest

from zhiyin.conversations import actions, rules
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import MessageKind
from zhiyin.conversations.tests.concurrency import at_once
from zhiyin.kit import search
from zhiyin.kit.tests.factories import stored_file
from zhiyin.people.tests.fixtures import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_messages_sent_at_once_stand_one_after_another(conversation, agent):
    deeds = [
        partial(actions.receive, conversation_id=conversation.pk, text=f"客户说{n}", now=NOW)
        for n in range(6)
    ] + [
        partial(actions.reply, conversation_id=conversation.pk, text=f"我们说{n}", by=agent, now=NOW)
        for n in range(4)
    ]
    results = at_once(*deeds)
    assert all(isinstance(result, Message) for result in results), results
    positions = Message.objects.filter(conversation=conversation).values_list("position", flat=True)
    assert sorted(positions) == list(range(1, 11))
    conversation.refresh_from_db()
    assert conversation.message_count == 10
    assert all(search.ids("conversation", f"客户说{n}") for n in range(6))


def test_one_form_sent_five_times_at_once_is_one_message(conversation, agent):
    token = uuid4()
    send = partial(
        actions.reply, conversation_id=conversation.pk, text="马上来", by=agent, now=NOW, client_token=token
    )
    results = at_once(*[send] * 5)
    assert len({message.pk for message in results}) == 1
    assert Message.objects.count() == 1


def test_one_form_sent_into_two_threads_at_once_goes_into_one(conversation, talk):
    token = uuid4()
    other = talk("别的事")
    results = at_once(
        *(
            partial(actions.receive, conversation_id=pk, text="漏水", now=NOW, client_token=token)
            for pk in (conversation.pk, other.pk)
        )
    )
    assert {type(result) for result in results} == {Message, rules.TokenReused}
    assert Message.objects.filter(client_token=token).count() == 1


def test_five_acknowledgements_at_once_are_one(conversation):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    acknowledge = partial(actions.acknowledge, conversation_id=conversation.pk, text="收到", now=NOW)
    results = at_once(*[acknowledge] * 5)
    assert sum(result is not None for result in results) == 1, results
    assert Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).count() == 1


def test_one_file_attached_twice_at_once_hangs_on_one_message(conversation, talk, agent):
    file = stored_file(uploaded_by=agent.pk)
    other = talk("别的事")
    results = at_once(
        *(
            partial(actions.reply, conversation_id=pk, text="见附件", by=agent, now=NOW, file_ids=[file.pk])
            for pk in (conversation.pk, other.pk)
        )
    )
    assert {type(result) for result in results} == {Message, rules.FileUnavailable}


def test_finishing_while_the_customer_writes_leaves_the_thread_open_or_tells_nobody_a_lie(
    conversation, agent
):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    at_once(
        partial(actions.finish, conversation_id=conversation.pk, by=agent, now=NOW),
        partial(actions.receive, conversation_id=conversation.pk, text="还没来水", now=NOW),
    )
    conversation.refresh_from_db()
    is_done = conversation.state == rules.State.DONE
    assert is_done == (conversation.waiting_since is None)
