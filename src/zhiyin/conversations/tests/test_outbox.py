"""Messages leave: once, or again under the same id, or somebody is told that they have not."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiyin.conversations import actions, jobs, queries, rules
from zhiyin.conversations.models import Conversation, Delivery
from zhiyin.conversations.rules import DeliveryState, MessageKind, State, Trouble
from zhiyin.conversations.tests import mailserver
from zhiyin.customers import actions as customers
from zhiyin.customers.rules import Channel
from zhiyin.kit import files
from zhiyin.kit.errors import Forbidden
from zhiyin.kit.jobs import timers
from zhiyin.people.tests.fixtures import NOW


@pytest.fixture(autouse=True)
def _the_worker_has_the_tests_clock(monkeypatch):
    monkeypatch.setattr(jobs.timezone, "now", lambda: NOW)


@pytest.fixture
def smtp(settings):
    """A server that is up, and settings that lead there."""
    with mailserver.running() as (handler, port):
        lead_to(settings, port)
        yield handler


def lead_to(settings, port):
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.DEFAULT_FROM_EMAIL = "service@heyuan.example"


@pytest.fixture
def say(conversation, agent):
    """`say("…")` is our answer, with its delivery."""

    def reply(text="明天上午来修", *, by=agent, **more):
        message = actions.reply(conversation_id=conversation.pk, text=text, by=by, now=NOW, **more)
        return Delivery.objects.get(message=message)

    return reply


def carry_out(delivery):
    """What the worker does with the job of the present claim."""
    delivery.refresh_from_db()
    jobs.deliver(delivery_id=delivery.pk, claim=delivery.claim)
    delivery.refresh_from_db()
    return delivery


def test_an_answer_reaches_the_customer_as_an_ordinary_letter(smtp, conversation, say):
    actions.receive(
        conversation_id=conversation.pk, text="停水了", now=NOW, external_id="<first@customer.example>"
    )
    delivery = carry_out(say("周女士，您好：\n\n明天上午十点来修。"))
    assert delivery.state == DeliveryState.SENT
    assert (delivery.attempts, delivery.trouble, delivery.reason) == (1, "", "")
    [letter] = smtp.taken
    assert smtp.envelopes == [("service@heyuan.example", ["zhou@example.com"])]
    assert letter["Message-ID"] == delivery.envelope_id
    assert letter["From"].addresses[0].display_name == "和院物业"
    assert letter["To"] == "zhou@example.com"
    assert letter["Subject"] == f"Re: 停水 [#{conversation.pk}]"
    assert letter["In-Reply-To"] == letter["References"] == "<first@customer.example>"
    assert letter["Auto-Submitted"] is None
    assert letter.get_content().split() == ["周女士，您好：", "明天上午十点来修。"]


def test_the_letters_of_a_thread_refer_to_each_other(smtp, conversation, say):
    first, second = carry_out(say("第一封")), carry_out(say("第二封"))
    assert smtp.taken[0]["In-Reply-To"] is None
    assert smtp.taken[0]["Subject"] == f"停水 [#{conversation.pk}]"
    assert smtp.taken[1]["In-Reply-To"] == first.envelope_id
    assert first.envelope_id != second.envelope_id


def test_what_no_person_wrote_says_so_to_other_machines(smtp, conversation, say):
    actions.receive(conversation_id=conversation.pk, text="停水了", now=NOW)
    message = actions.acknowledge(conversation_id=conversation.pk, text="收到", now=NOW)
    carry_out(message.delivery)
    carry_out(say("师傅已出发", by=None, kind=MessageKind.NOTICE))
    for letter in smtp.taken:
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["X-Auto-Response-Suppress"] == "All"


def test_files_go_along(smtp, agent, say):
    upload = SimpleUploadedFile("维修单 三号楼.txt", "三号楼水管".encode(), content_type="text/plain")
    file = files.store(upload=upload, by_id=agent.pk, now=NOW)
    carry_out(say("见附件", file_ids=[file.pk]))
    [attachment] = smtp.taken[0].iter_attachments()
    assert attachment.get_filename() == "维修单 三号楼.txt"
    assert attachment.get_content().strip() == "三号楼水管"


@pytest.mark.parametrize(
    "subject",
    [
        "停水\r\nBcc: all@example.com",
        "停水\nX-Evil: 1\n\n<b>",
        "停水\x00\x0b\x85\u2028Bcc: x@example.com",
        "水" * 200,
    ],
)
def test_nothing_typed_can_become_a_header(smtp, talk, agent, subject):
    conversation = talk("停水了", subject=subject)
    message = actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
    assert carry_out(message.delivery).state == DeliveryState.SENT
    letter = smtp.taken[0]
    assert letter["Bcc"] is letter["X-Evil"] is None
    assert letter.get_content().strip() == "明天来修"
    assert smtp.envelopes[0][1] == ["zhou@example.com"]


def test_a_refused_letter_is_not_tried_again_and_comes_back_to_the_inbox(smtp, conversation, say):
    smtp.recipient = ["550 5.1.1 no such user"]
    delivery = carry_out(say())
    assert (delivery.state, delivery.trouble) == (DeliveryState.FAILED, Trouble.REFUSED)
    assert delivery.reason == "550 5.1.1 no such user"
    conversation.refresh_from_db()
    assert conversation.state == State.OPEN
    assert timers.tick(NOW + timedelta(days=1))["outbox"] == 0


def test_refused_content_is_refused_for_good(smtp, say):
    smtp.data = ["554 5.7.1 looks like spam"]
    assert carry_out(say()).state == DeliveryState.FAILED


def test_a_busy_server_is_asked_again_later_and_then_takes_it(smtp, say):
    smtp.recipient = ["451 4.7.1 greylisted"]
    delivery = say()
    due = delivery.due_at
    assert carry_out(delivery).state == DeliveryState.QUEUED
    assert (delivery.trouble, delivery.reason) == (Trouble.BUSY, "451 4.7.1 greylisted")
    assert delivery.due_at != due
    envelope_id = delivery.envelope_id
    assert actions.claim_due(now=delivery.due_at) == 1
    assert carry_out(delivery).state == DeliveryState.SENT
    assert smtp.taken[0]["Message-ID"] == envelope_id
    assert (delivery.attempts, delivery.trouble, delivery.reason) == (2, "", "")


def test_a_server_that_is_down_is_tried_again_later(settings, say):
    lead_to(settings, mailserver.free_port())
    delivery = carry_out(say())
    assert (delivery.state, delivery.trouble) == (DeliveryState.QUEUED, Trouble.UNREACHABLE)
    assert "refused" in delivery.reason.lower()
    with mailserver.running(settings.EMAIL_PORT) as (handler, _port):
        actions.claim_due(now=delivery.due_at)
        assert carry_out(delivery).state == DeliveryState.SENT
        assert len(handler.taken) == 1


def test_a_server_too_slow_to_answer_is_tried_again_later(smtp, settings, say):
    settings.EMAIL_TIMEOUT, smtp.slow = 0.3, 1.0
    delivery = carry_out(say())
    assert (delivery.state, delivery.trouble) == (DeliveryState.QUEUED, Trouble.UNREACHABLE)


def test_a_sign_in_that_is_not_accepted_loses_nothing(smtp, settings, say):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "service", "wrong"
    assert carry_out(say()).state == DeliveryState.QUEUED


def test_an_address_that_is_none_is_refused_without_asking_anybody(smtp, say):
    delivery = say()
    Delivery.objects.filter(pk=delivery.pk).update(address="not an address\r\nBcc: x@example.com")
    assert carry_out(delivery).state == DeliveryState.FAILED
    assert not smtp.taken


def test_patience_grows_and_ends_after_three_days():
    waits = [
        rules.next_try(attempts=attempts, queued_at=NOW, now=NOW) - NOW for attempts in (1, 2, 3, 9, 10, 500)
    ]
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [1, 2, 4, 256, 360, 360]
    assert rules.next_try(attempts=1, queued_at=NOW, now=NOW + timedelta(days=3)) is None


def test_after_three_days_staff_are_told_that_it_did_not_get_through(settings, conversation, say):
    lead_to(settings, mailserver.free_port())
    delivery = say()
    Delivery.objects.filter(pk=delivery.pk).update(queued_at=NOW - timedelta(days=3))
    assert carry_out(delivery).state == DeliveryState.FAILED
    assert delivery.trouble == Trouble.UNREACHABLE
    conversation.refresh_from_db()
    assert conversation.state == State.OPEN


def test_a_failed_letter_can_be_sent_again_to_the_address_that_holds_now(smtp, customer, agent, say):
    from zhiyin.customers.rules import ContactKind

    smtp.recipient = ["550 5.1.1 no such user"]
    delivery = carry_out(say())
    customers.add_contact(
        customer_id=customer.pk,
        kind=ContactKind.EMAIL,
        value="hui@example.com",
        is_primary=True,
        by=agent,
        now=NOW,
    )
    actions.resend(delivery_id=delivery.pk, by=agent, now=NOW)
    assert timers.tick(NOW)["outbox"] == 1
    assert carry_out(delivery).state == DeliveryState.SENT
    assert smtp.envelopes == [("service@heyuan.example", ["hui@example.com"])]
    with pytest.raises(rules.NotFailed):
        actions.resend(delivery_id=delivery.pk, by=agent, now=NOW)


def test_others_do_not_send_again(smtp, say, quality):
    smtp.recipient = ["550 5.1.1 no such user"]
    delivery = carry_out(say())
    with pytest.raises(Forbidden):
        actions.resend(delivery_id=delivery.pk, by=quality, now=NOW)


def test_without_a_mail_server_letters_wait_and_the_check_can_tell(settings, conversation, say):
    delivery = carry_out(say())
    assert (delivery.state, delivery.attempts, delivery.trouble) == (
        DeliveryState.QUEUED,
        0,
        Trouble.UNCONFIGURED,
    )
    assert actions.claim_due(now=NOW + timedelta(days=9)) == 0
    assert list(queries.stuck_deliveries(NOW)) == [delivery]
    assert not actions.leaves(delivery.message)
    assert not actions.can_leave(conversation_id=conversation.pk)
    with mailserver.running() as (handler, port):
        lead_to(settings, port)
        assert actions.claim_due(now=delivery.due_at) == 1
        assert carry_out(delivery).state == DeliveryState.SENT
        assert len(handler.taken) == 1


def test_the_job_that_carries_a_message_out_waits_as_soon_as_the_message_stands(smtp, say):
    delivery = say()
    job = ProcrastinateJob.objects.get()
    assert job.task_name == "conversations.deliver"
    assert job.args == {"delivery_id": delivery.pk, "claim": 1}


def test_a_delivery_nobody_carries_out_is_stuck(smtp, say):
    delivery = say()
    assert not queries.stuck_deliveries(NOW).exists()
    assert list(queries.stuck_deliveries(NOW + timedelta(hours=1))) == [delivery]


def test_the_message_and_its_delivery_stand_or_fall_together(smtp, conversation, agent):
    with transaction.atomic():
        message = actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
        assert Delivery.objects.filter(message=message).exists()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_a_lease_keeps_others_away_until_it_runs_out(smtp, say):
    delivery = say()
    assert actions.claim_due(now=NOW + timedelta(minutes=4)) == 0
    assert actions.claim_due(now=NOW + rules.LEASE) == 1
    delivery.refresh_from_db()
    assert delivery.claim == 2


def test_a_job_with_an_older_claim_does_nothing(smtp, say):
    delivery = say()
    actions.claim_due(now=NOW + rules.LEASE)
    jobs.deliver(delivery_id=delivery.pk, claim=1)
    assert not smtp.taken
    assert carry_out(delivery).state == DeliveryState.SENT


def test_a_job_run_twice_sends_once(smtp, say):
    delivery = carry_out(say())
    carry_out(delivery)
    assert len(smtp.taken) == 1


def test_no_transaction_is_open_while_a_server_is_spoken_to(smtp, say, monkeypatch, transactional_db):
    from django.db import connection

    from zhiyin.conversations.transport.smtp import SmtpTransport

    seen = []
    send = SmtpTransport.send
    monkeypatch.setattr(
        SmtpTransport, "send", lambda *a, **k: (seen.append(connection.in_atomic_block), send(*a, **k))[1]
    )
    carry_out(say())
    assert seen == [False]


def test_a_letter_that_breaks_the_transport_is_retried_with_patience(smtp, say, monkeypatch):
    from zhiyin.conversations.transport.smtp import SmtpTransport

    def broken(*_args, **_more):
        raise KeyError("surprise")

    monkeypatch.setattr(SmtpTransport, "send", broken)
    delivery = carry_out(say())
    assert (delivery.state, delivery.trouble, delivery.reason) == (
        DeliveryState.QUEUED,
        Trouble.UNEXPECTED,
        "KeyError",
    )


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.COUNTER, Channel.LETTER, Channel.CHAT])
def test_where_a_person_carries_the_words_nothing_is_queued(smtp, talk, agent, channel):
    conversation = talk("停水了", channel=channel)
    message = actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
    assert not Delivery.objects.exists()
    assert not actions.leaves(message)
    assert not actions.can_leave(conversation_id=conversation.pk)


def test_what_was_raised_in_the_portal_is_answered_by_letter_too(smtp, talk, agent):
    conversation = talk("停水了", channel=Channel.PORTAL)
    assert actions.can_leave(conversation_id=conversation.pk)
    message = actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
    assert carry_out(message.delivery).state == DeliveryState.SENT


def test_without_an_address_nothing_is_queued(smtp, house, agent):
    nameless = customers.create_customer(name="路人", team_id=house.team.pk, by=None, now=NOW)
    conversation = actions.start(
        customer_id=nameless.pk, channel=Channel.PORTAL, subject="", team_id=None, now=NOW
    )
    actions.reply(conversation_id=conversation.pk, text="您好", by=agent, now=NOW)
    assert not Delivery.objects.exists()


def test_the_system_says_nothing_to_anybody_in_imported_history(smtp, conversation, agent, say):
    Conversation.objects.filter(pk=conversation.pk).update(is_history=True)
    actions.reply(conversation_id=conversation.pk, text="通知", by=None, now=NOW, kind=MessageKind.NOTICE)
    assert not Delivery.objects.exists()


def test_a_link_is_filled_in_only_as_the_letter_leaves(smtp, conversation, say):
    from zhiyin.conversations import markers

    markers.register("testing", lambda number: f"https://example.com/k/{number}")
    notice = say("看这里：[[testing:7]]", by=None, kind=MessageKind.NOTICE)
    typed = say("看这里：[[testing:7]]")
    carry_out(notice), carry_out(typed)
    assert smtp.taken[0].get_content().strip() == "看这里：https://example.com/k/7"
    assert smtp.taken[1].get_content().strip() == "看这里：[[testing:7]]"
    assert notice.message.text == "看这里：[[testing:7]]"


def test_every_letter_has_its_own_id_at_our_domain(say):
    delivery = say()
    local, _, host = delivery.envelope_id.strip("<>").partition("@")
    assert UUID(local)
    assert host == "testserver" or "." in host
