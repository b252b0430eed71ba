"""The mailbox is emptied over real IMAP: every letter once, seen only when it is safe."""

import contextlib
import imaplib
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiyin.config.environment import Unconfigured, mailbox
from zhiyin.conversations import wiring
from zhiyin.conversations.mail import imap
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import Author, MessageKind
from zhiyin.conversations.tests.letters import letter
from zhiyin.conversations.tests.mailserver import free_port
from zhiyin.people.tests.fixtures import NOW


@pytest.fixture(scope="module")
def port():
    """A pymap server of our own, with everything in memory."""
    chosen = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from pymap.main import main; main()",
            "--host",
            "127.0.0.1",
            "--port",
            str(chosen),
            "--no-tls",
            "dict",
            "--demo-data",
            "--demo-user",
            "service",
            "--demo-password",
            "geheim 1@/",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(chosen)
        yield chosen
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port):
    deadline = time.monotonic() + 30
    while True:
        try:
            leave(imaplib.IMAP4("127.0.0.1", port, timeout=5))
        except OSError:
            assert time.monotonic() < deadline, "the IMAP server did not start"
        else:
            return


def leave(client):
    """Say goodbye and hang up; the server may hang up first."""
    with contextlib.suppress(imaplib.IMAP4.error, OSError):
        client.logout()
    with contextlib.suppress(OSError):
        client.shutdown()


@pytest.fixture
def box(port):
    """The customer's side: put letters in, see which are unseen. It starts without unseen ones."""
    client = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    client.login("service", "geheim 1@/")
    client.select("INBOX")
    for uid in client.uid("SEARCH", "UNSEEN")[1][0].split():
        client.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Seen)")
    yield client
    leave(client)


@pytest.fixture
def configured(settings, port):
    settings.IMAP = mailbox(f"imap://service:geheim%201%40%2F@127.0.0.1:{port}/INBOX")
    return settings


def put(box, *letters):
    for raw in letters:
        assert box.append("INBOX", None, None, raw)[0] == "OK"


def unseen(box):
    box.noop()
    return len(box.uid("SEARCH", "UNSEEN")[1][0].split())


def test_unseen_letters_are_taken_in_once_and_marked(configured, box, customer):
    put(box, letter("第一封"), letter("第二封", message_id="<two@customer.example>"))
    assert imap.fetch(now=NOW) == 2
    assert unseen(box) == 0
    texts = Message.objects.filter(author=Author.CUSTOMER).order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["第一封", "第二封"]
    assert imap.fetch(now=NOW) == 0
    assert Message.objects.filter(kind=MessageKind.ACKNOWLEDGEMENT).count() == 2


def test_the_same_letter_twice_in_the_mailbox_is_one_message(configured, box, customer):
    put(box, letter(), letter())
    assert imap.fetch(now=NOW) == 2
    assert unseen(box) == 0
    assert Message.objects.filter(author=Author.CUSTOMER).count() == 1


def test_a_letter_that_could_not_be_stored_stays_unseen_and_the_others_go_on(
    configured, box, customer, monkeypatch
):
    receive = imap.receive_email

    def failing(raw, now, **more):
        if "第一封".encode() in raw or b"56ys5LiA5bCB" in raw:
            raise DatabaseError
        return receive(raw, now, **more)

    monkeypatch.setattr(imap, "receive_email", failing)
    put(box, letter("第一封"), letter("第二封", message_id="<two@customer.example>"))
    assert imap.fetch(now=NOW) == 1
    assert unseen(box) == 1
    monkeypatch.undo()
    assert imap.fetch(now=NOW) == 1
    assert unseen(box) == 0


def test_looking_at_a_letter_does_not_mark_it(configured, box, customer, monkeypatch):
    put(box, letter())
    monkeypatch.setattr(imap, "receive_email", lambda *_a, **_m: (_ for _ in ()).throw(DatabaseError))
    assert imap.fetch(now=NOW) == 0
    assert unseen(box) == 1


def test_a_letter_too_large_to_fetch_is_taken_in_by_its_head(configured, box, customer, monkeypatch):
    monkeypatch.setattr(imap, "LARGEST", 2000)
    put(box, letter("水" * 3000, subject="很大的信"))
    assert imap.fetch(now=NOW) == 1
    message = Message.objects.get(author=Author.CUSTOMER)
    assert message.conversation.subject == "很大的信"
    assert Message.objects.filter(conversation=message.conversation, kind=MessageKind.NOTE).count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "imap://service:wrong@127.0.0.1:{port}",
        "imap://service:x@127.0.0.1:{closed}",
        "imap://service:geheim%201%40%2F@127.0.0.1:{port}/Nowhere",
    ],
)
def test_a_mailbox_that_does_not_open_is_tried_later(settings, port, db, url):
    settings.IMAP = mailbox(url.format(port=port, closed=free_port()))
    assert imap.fetch(now=NOW) == 0


def test_without_a_mailbox_nothing_is_asked(settings, db):
    settings.IMAP = mailbox("")
    assert imap.fetch(now=NOW) == 0


def test_the_timer_asks_every_half_minute_unless_the_last_asking_still_waits(configured, db):
    timer = wiring._Mailbox()
    asked = ProcrastinateJob.objects.filter(task_name=wiring.FETCH_JOB)
    assert [timer(NOW + timedelta(seconds=seconds)) for seconds in (0, 0, 1, 29, 30, 31, 61)] == [
        *(1, 0, 0, 0),
        *(1, 0, 1),
    ]
    assert asked.count() == 1
    configured.IMAP = mailbox("")
    assert timer(NOW + timedelta(hours=1)) == 0


@pytest.mark.parametrize("url", ["http://example.com", "imaps://", "mail"])
def test_a_mailbox_address_that_is_none_stops_the_start_with_a_sentence(url):
    with pytest.raises(Unconfigured, match="IMAP_URL"):
        mailbox(url)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("INBOX", '"INBOX"'),
        ("~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'),  # the example of RFC 3501
        ("R&D", '"R&-D"'),
        ('a"b', r'"a\"b"'),
    ],
)
def test_folders_have_names_in_any_script(name, sent):
    assert imap.folder(name) == sent


def test_a_mailbox_address_is_read():
    found = mailbox("imaps://dienst%40heyuan.example:p%2Fw@imap.example.com/INBOX/%E6%8A%95%E8%AF%89")
    assert found["user"] == "dienst@heyuan.example"
    assert (found["password"], found["folder"]) == ("p/w", "INBOX/投诉")
    assert (found["host"], found["port"], found["ssl"]) == ("imap.example.com", 993, True)
