"""Threads are given, put off, finished and taken up again."""

from datetime import timedelta

import pytest

from zhiyin.conversations import actions, rules
from zhiyin.conversations.models import Conversation
from zhiyin.conversations.rules import State
from zhiyin.kit.errors import Forbidden
from zhiyin.people import actions as people
from zhiyin.people.tests.fixtures import NOW

LATER = NOW + timedelta(hours=1)


def test_a_thread_given_to_another_team_goes_with_its_new_owner(conversation, agent, other_agent):
    actions.assign(conversation_id=conversation.pk, staff_id=other_agent.pk, by=agent, now=NOW)
    conversation.refresh_from_db()
    assert (conversation.assignee, conversation.team_id) == (other_agent, other_agent.team_id)


def test_a_thread_can_be_given_back_to_the_team(conversation, agent):
    actions.assign(conversation_id=conversation.pk, staff_id=agent.pk, by=agent, now=NOW)
    actions.assign(conversation_id=conversation.pk, staff_id=None, by=agent, now=NOW)
    conversation.refresh_from_db()
    assert conversation.assignee is None
    assert conversation.team_id == agent.team_id


def test_a_thread_goes_only_to_somebody_who_answers_customers(conversation, agent, researcher):
    with pytest.raises(rules.CannotAnswer, match="沈书"):
        actions.assign(conversation_id=conversation.pk, staff_id=researcher.pk, by=agent, now=NOW)


def test_a_thread_does_not_go_to_an_account_out_of_use(conversation, agent, colleague, administrator):
    people.disable(staff_id=colleague.pk, by=administrator, now=NOW)
    with pytest.raises(rules.CannotAnswer):
        actions.assign(conversation_id=conversation.pk, staff_id=colleague.pk, by=agent, now=NOW)


@pytest.mark.parametrize("role", ["handler", "quality", "researcher", "administrator"])
def test_others_leave_threads_as_they_are(conversation, role, request):
    by = request.getfixturevalue(role)
    for attempt in (
        lambda: actions.assign(conversation_id=conversation.pk, staff_id=by.pk, by=by, now=NOW),
        lambda: actions.snooze(conversation_id=conversation.pk, until=LATER, by=by, now=NOW),
        lambda: actions.finish(conversation_id=conversation.pk, by=by, now=NOW),
        lambda: actions.reopen(conversation_id=conversation.pk, by=by, now=NOW),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_a_thread_is_put_off_to_a_time_that_is_still_to_come(conversation, agent):
    with pytest.raises(rules.SnoozeInThePast):
        actions.snooze(conversation_id=conversation.pk, until=NOW, by=agent, now=NOW)
    actions.snooze(conversation_id=conversation.pk, until=LATER, by=agent, now=NOW)
    conversation.refresh_from_db()
    assert conversation.snoozed_until == LATER


def test_undoing_done_brings_the_waiting_back_as_it_was(talk, agent):
    conversation = talk("停水了")
    actions.finish(conversation_id=conversation.pk, by=agent, now=LATER)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.waiting_since) == (State.DONE, None)
    actions.reopen(conversation_id=conversation.pk, by=agent, now=LATER)
    conversation.refresh_from_db()
    assert (conversation.state, conversation.waiting_since) == (State.OPEN, NOW)


def test_reopening_an_answered_thread_waits_for_nothing(talk, agent):
    conversation = talk("停水了")
    actions.reply(conversation_id=conversation.pk, text="修好了", by=agent, now=LATER)
    actions.finish(conversation_id=conversation.pk, by=agent, now=LATER)
    actions.reopen(conversation_id=conversation.pk, by=agent, now=LATER)
    conversation.refresh_from_db()
    assert conversation.waiting_since is None


def test_imported_history_is_neither_finished_nor_put_off(conversation, agent):
    Conversation.objects.filter(pk=conversation.pk).update(is_history=True)
    for attempt in (
        lambda: actions.finish(conversation_id=conversation.pk, by=agent, now=NOW),
        lambda: actions.snooze(conversation_id=conversation.pk, until=LATER, by=agent, now=NOW),
    ):
        with pytest.raises(rules.HistoryStaysPut):
            attempt()
