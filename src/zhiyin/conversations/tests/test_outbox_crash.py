"""Whoever dies while sending leaves nothing behind that is lost, and nothing that cannot be recognised."""

import os
import subprocess
import sys
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from zhiyin.conversations import actions, jobs, rules
from zhiyin.conversations.models import Delivery
from zhiyin.conversations.rules import DeliveryState
from zhiyin.conversations.tests import mailserver
from zhiyin.conversations.tests.concurrency import at_once
from zhiyin.people.tests.fixtures import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash]

WORKER = """
import os, sys, django
django.setup()
from zhiyin.conversations import jobs
from zhiyin.conversations.transport.smtp import SmtpTransport
send = SmtpTransport.send
def dying(self, **letter):
    if sys.argv[1] == "after":
        send(self, **letter)
    os._exit(9)
SmtpTransport.send = dying
jobs.deliver(delivery_id=int(sys.argv[2]), claim=int(sys.argv[3]))
"""


def kill_a_worker(moment, delivery, port):
    """A worker of its own that dies right before, or right after, the server has taken the letter."""
    url = urlsplit(os.environ["DATABASE_URL"])
    environment = os.environ | {
        "DATABASE_URL": url._replace(path="/" + connection.settings_dict["NAME"]).geturl(),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "zhiyin.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", WORKER, moment, str(delivery.pk), str(delivery.claim)]
    return subprocess.run(command, env=environment, timeout=60, check=False).returncode


@pytest.mark.parametrize(("moment", "copies"), [("before", 1), ("after", 2)])
def test_a_letter_survives_its_worker_and_keeps_its_id(settings, conversation, agent, moment, copies):
    with mailserver.running() as (handler, port):
        settings.EMAIL_CONFIGURED, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", port
        actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
        delivery = Delivery.objects.get()
        assert kill_a_worker(moment, delivery, port) == 9
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (DeliveryState.QUEUED, 1)
        assert actions.claim_due(now=timezone.now()) == 0
        assert actions.claim_due(now=timezone.now() + rules.LEASE) == 1
        delivery.refresh_from_db()
        jobs.deliver(delivery_id=delivery.pk, claim=delivery.claim)
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.SENT
        assert {letter["Message-ID"] for letter in handler.taken} == {delivery.envelope_id}
        assert len(handler.taken) == copies


def test_scanners_at_once_claim_each_delivery_once(settings, talk, agent):
    settings.EMAIL_CONFIGURED = True
    for number in range(12):
        actions.reply(conversation_id=talk(f"第{number}件").pk, text="您好", by=agent, now=NOW)
    claim = partial(actions.claim_due, now=NOW + rules.LEASE, limit=5)
    claimed = sum(at_once(*[claim] * 4))
    claimed += actions.claim_due(now=NOW + rules.LEASE)
    assert claimed == 12
    assert set(Delivery.objects.values_list("claim", flat=True)) == {2}


def test_the_same_job_run_by_two_workers_at_once_says_the_same_id(settings, conversation, agent):
    with mailserver.running() as (handler, port):
        settings.EMAIL_CONFIGURED, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", port
        actions.reply(conversation_id=conversation.pk, text="明天来修", by=agent, now=NOW)
        delivery = Delivery.objects.get()
        at_once(*[partial(jobs.deliver, delivery_id=delivery.pk, claim=1)] * 2)
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.SENT
        assert {letter["Message-ID"] for letter in handler.taken} == {delivery.envelope_id}
