"""Who sees which conversations, in which order, at which cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from zhiyin.conversations import actions, gate, queries, rules
from zhiyin.conversations.models import Conversation, Delivery
from zhiyin.conversations.queries import Filters
from zhiyin.conversations.rules import DeliveryState, View
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import Channel
from zhiyin.kit.tests.factories import stored_file
from zhiyin.people import actions as people
from zhiyin.people import holdings
from zhiyin.people.tests.fixtures import NOW


def later(**more):
    return NOW + timedelta(**more)


@pytest.fixture
def three(talk, house, other_agent):
    """A conversation of our team, one of nobody's, one of the other team's."""
    return talk("我们的"), talk("谁的都不是", team_id=None), talk("他们的", team_id=house.other_team.pk)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("agent", [0, 1]),
        ("other_agent", [1, 2]),
        ("supervisor", [0, 1, 2]),
        ("quality", [0, 1, 2]),
        ("administrator", [0, 1, 2]),
        ("handler", []),
        ("researcher", []),
    ],
)
def test_everybody_sees_what_the_role_allows(three, role, seen, request):
    staff = request.getfixturevalue(role)
    assert set(queries.visible(staff)) == {three[number] for number in seen}
    for number, conversation in enumerate(three):
        if number in seen:
            assert queries.get(staff, conversation.pk) == conversation
            assert queries.thread(staff, conversation.pk).messages
        else:
            with pytest.raises(rules.ConversationMissing):
                queries.thread(staff, conversation.pk)


def test_nobody_sees_nothing_and_neither_does_a_disabled_account(three, agent, administrator):
    assert not queries.visible(None)
    people.disable(staff_id=agent.pk, by=administrator, now=NOW)
    agent.refresh_from_db()
    assert not queries.visible(agent)


def test_a_file_opens_for_those_who_see_its_conversation(three, agent, other_agent, handler, supervisor):
    file = stored_file()
    actions.receive(conversation_id=three[0].pk, text="见照片", now=NOW, file_ids=[file.pk])
    loose = stored_file()

    def opens(user, pk=file.pk):
        request = RequestFactory().get("/")
        request.user = user
        return gate.may_open(pk, request)

    from django.contrib.auth.models import AnonymousUser

    assert opens(agent)
    assert opens(supervisor)
    assert not opens(other_agent)
    assert not opens(handler)
    assert not opens(AnonymousUser())
    assert not opens(supervisor, loose.pk)


def drawer(staff, view, *, now=NOW, page=1, **filters):
    return list(queries.inbox(staff, view, Filters(**filters), now=now, page=page).rows)


def test_whoever_has_waited_longest_comes_first(talk, agent):
    young, old = talk("刚来", now=later(hours=2)), talk("等了很久", now=NOW)
    answered = talk("答过了")
    actions.reply(conversation_id=answered.pk, text="您好", by=agent, now=NOW)
    assert drawer(agent, View.WAITING) == [old, young]


def test_elsewhere_the_newest_word_comes_first(talk, agent):
    first, second = talk("一"), talk("二", now=later(minutes=1))
    assert drawer(agent, View.ALL) == [second, first]
    actions.receive(conversation_id=first.pk, text="再说一句", now=later(minutes=2))
    assert drawer(agent, View.ALL) == [first, second]


def test_mine_and_nobodys(talk, agent, colleague):
    mine, hers, free = talk("我的"), talk("她的"), talk("没人的")
    actions.assign(conversation_id=mine.pk, staff_id=agent.pk, by=agent, now=NOW)
    actions.assign(conversation_id=hers.pk, staff_id=colleague.pk, by=agent, now=NOW)
    assert drawer(agent, View.MINE) == [mine]
    assert drawer(agent, View.UNASSIGNED) == [free]
    assert queries.counts(agent, now=NOW) == {View.MINE: 1, View.UNASSIGNED: 1, View.WAITING: 3}


def test_what_is_put_off_is_out_of_sight_until_its_time(talk, agent):
    conversation = talk("以后再说")
    actions.snooze(conversation_id=conversation.pk, until=later(hours=3), by=agent, now=NOW)
    assert not drawer(agent, View.WAITING, now=later(hours=2))
    assert drawer(agent, View.ALL, now=later(hours=2)) == [conversation]
    assert drawer(agent, View.WAITING, now=later(hours=3)) == [conversation]


def test_what_is_done_is_in_no_drawer_that_calls_for_work(talk, agent):
    conversation = talk("办完了")
    actions.finish(conversation_id=conversation.pk, by=agent, now=NOW)
    assert not drawer(agent, View.UNASSIGNED)
    assert drawer(agent, View.ALL) == [conversation]
    assert drawer(agent, View.ALL, state="done") == [conversation]
    assert not drawer(agent, View.ALL, state="open")


def test_history_has_a_drawer_of_its_own(talk, agent):
    old, new = talk("从前"), talk("现在")
    Conversation.objects.filter(pk=old.pk).update(is_history=True, last_message_at=None)
    assert drawer(agent, View.HISTORY) == [old]
    for view in (View.ALL, View.UNASSIGNED, View.WAITING):
        assert drawer(agent, view) == [new]


def test_filters_narrow(talk, agent, customer, house):
    by_letter, by_phone = talk("一"), talk("二", channel=Channel.PHONE)
    free = talk("三", team_id=None)
    assert drawer(agent, View.ALL, channel=Channel.PHONE) == [by_phone]
    assert set(drawer(agent, View.ALL, team_id=house.team.pk)) == {by_letter, by_phone}
    assert len(drawer(agent, View.ALL, customer_id=customer.pk)) == 3
    assert not drawer(agent, View.ALL, customer_id=customer.pk + 1)
    assert not drawer(agent, View.ALL, assignee_id=agent.pk)
    assert free in drawer(agent, View.ALL)


def test_letters_that_did_not_get_through_can_be_looked_for(talk, agent):
    lost, _other = talk("一"), talk("二")
    reply = actions.reply(conversation_id=lost.pk, text="您好", by=agent, now=NOW)
    Delivery.objects.filter(message=reply).update(state=DeliveryState.FAILED)
    [row] = drawer(agent, View.ALL, only_undelivered=True)
    assert row == lost
    assert row.is_undelivered
    assert [delivery.message for delivery in queries.failed_deliveries(agent)] == []
    actions.reopen(conversation_id=lost.pk, by=agent, now=NOW)
    assert [delivery.message for delivery in queries.failed_deliveries(agent)] == [reply]


@pytest.mark.parametrize("words", ["厨房", "漏水", "廚房漏水", "周慧", "周慧敏", "厨房 停水"])
def test_two_characters_find_what_was_said_or_who_said_it(talk, agent, words):
    found = talk("厨房漏水了", subject="停水以后")
    assert drawer(agent, View.ALL, text=words) == [found]


@pytest.mark.parametrize("words", ["厨", "电梯", "'; --", "%", "\x00", "🙂", "  "])
def test_odd_questions_find_nothing_and_break_nothing(talk, agent, words):
    conversation = talk("厨房漏水了")
    assert drawer(agent, View.ALL, text=words) in ([], [conversation])


def test_looking_for_words_shows_nothing_of_another_team(three, other_agent):
    assert drawer(other_agent, View.ALL, text="我们的") == []


def test_pages_follow_each_other(talk, agent, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    rows = [talk(f"第{number}", now=later(minutes=number)) for number in range(5)][::-1]
    pages = [queries.inbox(agent, View.ALL, Filters(), now=NOW, page=page) for page in (1, 2, 3, 4)]
    assert [list(page.rows) for page in pages] == [rows[:2], rows[2:4], rows[4:], []]
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert queries.inbox(agent, View.ALL, Filters(), now=NOW, page=-5).page == 1


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("words", ["", "漏水"])
def test_a_drawer_costs_the_same_however_much_is_in_it(talk, agent, view, words):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            for row in queries.inbox(agent, view, Filters(text=words), now=NOW).rows:
                assert row.customer.name
                assert row.team.name
                assert row.assignee is None or row.assignee.name
        return len(captured)

    few = cost()
    for number in range(12):
        conversation = talk(f"漏水{number}")
        if number % 2:
            actions.assign(conversation_id=conversation.pk, staff_id=agent.pk, by=agent, now=NOW)
    Conversation.objects.filter(pk__in=Conversation.objects.values("pk")[:3]).update(is_history=True)
    assert cost() == few <= 3


def test_a_thread_costs_the_same_however_long_it_is(talk, agent):
    conversation = talk("一")

    def cost():
        with CaptureQueriesContext(connection) as captured:
            for message in queries.thread(agent, conversation.pk).messages:
                assert message.staff is None or message.staff.name
                assert all(attachment.file.name for attachment in message.files)
                assert not hasattr(message, "delivery") or message.delivery.state
        return len(captured)

    few = cost()
    for number in range(10):
        actions.reply(conversation_id=conversation.pk, text=f"答{number}", by=agent, now=NOW)
        actions.receive(
            conversation_id=conversation.pk, text=f"问{number}", now=NOW, file_ids=[stored_file().pk]
        )
    assert cost() == few


def test_a_long_thread_is_read_from_its_end(talk, agent, monkeypatch):
    monkeypatch.setattr(queries, "MOST_MESSAGES", 3)
    conversation = talk("1")
    for number in range(2, 6):
        actions.receive(conversation_id=conversation.pk, text=str(number), now=NOW)
    last = queries.thread(agent, conversation.pk)
    assert [message.text for message in last.messages] == ["3", "4", "5"]
    assert last.earlier == 2
    before = queries.thread(agent, conversation.pk, before=last.messages[0].position)
    assert [message.text for message in before.messages] == ["1", "2"]
    assert before.earlier == 0


def test_a_thread_says_where_an_answer_would_go(talk, agent, house):
    assert queries.thread(agent, talk("一").pk).address == "zhou@example.com"
    assert queries.thread(agent, talk("二", channel=Channel.PHONE).pk).address == ""
    nameless = customers.create_customer(name="路人", team_id=house.team.pk, by=None, now=NOW)
    assert queries.thread(agent, talk("三", customer_id=nameless.pk).pk).address == ""


def test_customers_never_read_notes(talk, agent):
    conversation = talk("停水了")
    actions.note(conversation_id=conversation.pk, text="这位客户难缠", by=agent, now=NOW)
    actions.reply(conversation_id=conversation.pk, text="马上来", by=agent, now=NOW)
    said = [message.text for message in queries.customer_messages(conversation.pk)]
    assert said == ["停水了", "马上来"]


def test_an_account_is_not_closed_over_open_conversations_unseen(talk, agent):
    conversation = talk("停水了")
    actions.assign(conversation_id=conversation.pk, staff_id=agent.pk, by=agent, now=NOW)
    assert 1 in [holding.count for holding in holdings.of(agent.pk)]
