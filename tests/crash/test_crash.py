"""Zhiyin is killed at named points of its work, and afterwards everything it said yes to is there, once.

One run hurts one product: what is due before anybody looks, a letter taken but not noted as sent, a matter raised
with a photo, every stage of its way. After each blow the supervisor mends what died, and the person's browser
sends again what had no answer. Then the rules of `verdict` are asked.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from tests.crash import product as zhiyin
from tests.crash import seed
from tests.crash.browser import LOST, Answer, Browser, Filled
from tests.crash.points import held, install, until

from zhiyin.cases.actions.shared import token_of

pytestmark = pytest.mark.crash

CHANCE = random.Random(20261122)
PHOTO = (
    b"\x89PNG\r\n\x1a\n"
    + bytes.fromhex("0000000d49484452000000010000000108060000001f15c489")
    + CHANCE.randbytes(50_000)
)
BLOWS = (
    ("deed", "kill_web"),
    ("deed commits", "kill_database"),
    ("deed commits", "kill_port"),
    ("deed", "kill_database"),
    ("deed commits", "kill_web"),
)
FOUNDED = {
    "ground_sufficient": "yes",
    "ground_reason": "标准写明",
    "demand_reasonable": "yes",
    "demand_reason": "应该的",
}
WAY = (
    # who, the deed, what is filled in, the stage afterwards
    ("lin", "judge", FOUNDED, "judged"),
    ("ma", "accept", {}, "assigned"),
    (
        "ma",
        "investigate",
        {"findings": "风机停着", "root_cause": "节能停机", "gap": "standards"},
        "investigated",
    ),
    ("ma", "submit", {}, "proposed"),
    ("chen", "approve", {}, "approved"),
    ("lin", "choose", {"channel": "phone"}, "chosen"),
    ("ma", "remedy", {"text": "换好了", "cost": "380"}, "remedied"),
    ("zhao", "confirm", {"satisfied": "yes", "channel": "phone"}, "confirmed"),
    ("lin", "archive", {}, "archived"),
)
LATE = """
    SELECT 1 FROM cases_clock WHERE state = 'running' AND due_at < %(now)s AND breached_at IS NULL
    UNION ALL SELECT 1 FROM cases_clock
    WHERE state = 'running' AND warn_at < %(now)s AND due_at > %(now)s AND warned_at IS NULL
    UNION ALL SELECT 1 FROM promises_promise WHERE state = 'open' AND due_at < %(now)s
    UNION ALL SELECT 1 FROM promises_promise WHERE state = 'open' AND remind_at < %(now)s AND reminded_at IS NULL
"""
PROPOSAL = {
    "title": "换止逆阀",
    "description": "换阀",
    "duration": "3天内",
    "cost": "380",
    "feasibility": "备件齐",
}


@dataclass
class Crashed:
    """A product after all its blows, and what it said yes to."""

    product: zhiyin.Product
    house: dict[str, Any]
    staff: dict[str, Browser] = field(default_factory=dict)
    stages: list[tuple[str, str]] = field(default_factory=list)
    uploads: set[str] = field(default_factory=set)
    matters: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    ended: datetime | None = None
    stopped: int | None = None

    def someone(self, name: str) -> Browser:
        if name not in self.staff:
            self.staff[name] = Browser(self.product.url)
            self.staff[name].sign_in(name, seed.PASSWORD)
        return self.staff[name]

    def stage(self, number: str) -> str:
        return str(self.product.rows("SELECT stage FROM cases_case WHERE number = %s", number)[0][0])


@pytest.fixture(scope="module")
def crashed() -> Iterator[Crashed]:
    with zhiyin.product() as product:
        house = json.loads(product.run(sys.executable, "-m", "tests.crash.seed"))
        install(product.dsn)
        after = Crashed(product, house)
        try:
            begin_in_trouble(after)
            number = raise_a_matter(after)
            upload(after, number)
            go_the_way(after, number)
            go_aside(after)
            reply_to_all(after)
            settle(after)
            yield after
        except BaseException:
            sys.stderr.write(f"{product.kills}\n{product.said()}\n")
            raise


def begin_in_trouble(after: Crashed) -> None:
    """Two scanners at what is overdue and a worker with letters in hand, all killed before they are done."""
    product = after.product
    product.postbox.keep_back()
    with ExitStack() as stack:
        letter = stack.enter_context(held(product.dsn, "letter taken"))
        with held(product.dsn, "clock") as clock:
            product.start()
            product.ready()
            product.scan()
            at_clocks = clock.caught()
            product.kill_timers()
            promise = stack.enter_context(held(product.dsn, "promise"))
            clock.release(at_clocks)
        at_promises = promise.caught()
        product.kill_scanner()
        promise.release(at_promises)
        product.postbox.caught()
        product.postbox.answer.set()
        taken = letter.caught()
        product.kill_worker()
        letter.release(taken)
    product.ready()


def blow(
    after: Crashed, who: Browser, form: Filled, point: str, kill: str, *, at_once: bool = False
) -> Answer:
    """Send, kill while it stands at `point`, and send the same again until something answers.

    `at_once`: the second try comes while the first transaction still stands there.
    """
    product = after.product
    with ThreadPoolExecutor(2) as hands:
        with held(product.dsn, point) as hold:
            first: Future[Answer] = hands.submit(who.send, form)
            caught = hold.caught()
            getattr(product, kill)()
            again: Future[Answer] | None = None
            if at_once:
                product.ready()
                again = hands.submit(who.patiently, lambda: who.send(form))
                hold.crowd(least=2)
            if kill != "kill_database":
                hold.release(caught)
        lost = _outcome(first)
        assert lost is None or not lost.yes, f"{point}: it said yes although it was killed"
        return again.result() if again else who.patiently(lambda: who.send(form))


def _outcome(first: Future[Answer]) -> Answer | None:
    try:
        return first.result()
    except LOST:
        return None


def raise_a_matter(after: Crashed) -> str:
    """Three customers, three blows; the same token each time opens one matter each."""
    number = ""
    for point, kill, at_once in (
        ("deed", "kill_web", False),
        ("deed commits", "kill_database", False),
        ("deed commits", "kill_port", True),
    ):
        customer, photo = Browser(after.product.url), PHOTO + CHANCE.randbytes(8)
        form = customer.form(
            "/portal/", "/portal/", kind="complaint", description="每到周末夜里厨房反味。",
            name="顾客", contact=f"g{uuid.UUID(int=CHANCE.getrandbits(128)).hex}@example.com",
        )  # fmt: skip
        form.files.append(("files", "厨房.png", photo))
        answer = blow(after, customer, form, point, kill, at_once=at_once)
        assert answer.yes, answer.status
        after.uploads.add(hashlib.sha256(photo).hexdigest())
        after.matters.add(form.fields["token"])
        number = answer.place.rstrip("/").rpartition("/")[2]
        after.staff["customer"] = customer
    return number


def upload(after: Crashed, number: str) -> None:
    """Photos that follow: from the customer's page, from an agent's note and answer."""
    customer = after.staff["customer"]
    for point, kill in (("upload", "kill_database"), ("upload commits", "kill_web")):
        photo = PHOTO + CHANCE.randbytes(8)
        form = customer.form(f"/portal/{number}/", "/add/", text="还有一张")
        form.files.append(("files", "又一张.png", photo))
        answer = blow(after, customer, form, point, kill)
        assert answer.yes, answer.status
        after.uploads.add(hashlib.sha256(photo).hexdigest())
        after.messages.add(form.fields["token"])
    for deed, point in (("note", "deed"), ("reply", "upload commits")):
        photo, agent = PHOTO + CHANCE.randbytes(8), after.someone("lin")
        form = filled(after, number, agent, deed, {"text": "照片在此"})
        form.files.append(("files", "现场.png", photo))
        answer = blow(after, agent, form, point, "kill_web")
        assert answer.yes, answer.status
        after.uploads.add(hashlib.sha256(photo).hexdigest())
        if deed == "reply":
            after.messages.add(form.fields["client_token"])


def go_the_way(after: Crashed, number: str) -> None:
    blows = list(BLOWS)
    for index, (who, deed, fields, stage) in enumerate(WAY):
        prepare(after, number, deed)
        move(after, number, who, deed, fields, stage, *blows[index % len(blows)])


def go_aside(after: Crashed) -> None:
    dissatisfied = {"satisfied": "no", "words": "还是坏的", "channel": "phone"}
    move(
        after,
        after.house["reopened"],
        "zhao",
        "confirm",
        dissatisfied,
        "assigned",
        "deed commits",
        "kill_database",
    )
    move(
        after, after.house["unfounded"], "lin", "explain", {"text": "我们理解"}, "closed", "deed", "kill_web"
    )


def reply_to_all(after: Crashed) -> None:
    """The worker is killed before a batch is down, when it is down and not noted, and in the next batch."""
    product, boss = after.product, after.someone("chen")
    where = f"/incidents/{after.house['incident']}/share/reply/"
    form = boss.form(where, "/share/reply/", do="send", text="{姓名}您好，{编号}：水泵房正在抢修。")
    for point in ("told", "told commits"):
        with held(product.dsn, point) as hold:
            answer = boss.patiently(lambda: boss.send(form))  # pressed again: the same deed
            assert answer.yes, answer.status
            caught = hold.caught()
            product.kill_worker()
            hold.release(caught)
    until(
        lambda: not product.rows("SELECT 1 FROM cases_shareddeed WHERE state = 'running'"), "not told to all"
    )
    told = """
        SELECT d.id, p.case_id FROM cases_sharedpart p JOIN cases_shareddeed d ON d.id = p.deed_id
    """
    after.messages |= {str(token_of(*row)) for row in product.rows(told)}


def prepare(after: Crashed, number: str, deed: str) -> None:
    """What has to be there before a stage can be reached, done in peace."""
    if deed == "accept":
        calmly(after, number, "lin", "offer", {"department_id": str(after.house["department"])})
    if deed == "submit":
        calmly(after, number, "ma", "propose", PROPOSAL)


def move(
    after: Crashed,
    number: str,
    who: str,
    deed: str,
    fields: dict[str, str],
    stage: str,
    point: str,
    kill: str,
) -> None:
    """One deed under a blow. Sent again, it is done now, or was done and is refused; once in either case."""
    person = after.someone(who)
    form = filled(after, number, person, deed, fields)
    answer = blow(after, person, form, point, kill)
    assert answer.yes or answer.status in {409, 422}, f"{deed} answered {answer.status}"
    assert after.stage(number) == stage, f"{deed} at {point}, {kill}: {answer.status}"
    after.stages.append((number, stage))


def calmly(after: Crashed, number: str, who: str, deed: str, fields: dict[str, str]) -> None:
    person = after.someone(who)
    answer = person.patiently(lambda: person.send(filled(after, number, person, deed, fields)))
    assert answer.yes, f"{deed} answered {answer.status}"


def filled(after: Crashed, number: str, person: Browser, deed: str, fields: dict[str, str]) -> Filled:
    form = person.form(f"/cases/{number}/?do={deed}", f"/do/{deed}/", **fields)
    if deed == "choose":
        query = """
            SELECT p.id FROM cases_proposal p JOIN cases_case c ON c.id = p.case_id
            WHERE number = %s AND p.state = 'approved'
        """
        form.fields["proposal_id"] = str(after.product.rows(query, number)[0][0])
    return form


def settle(after: Crashed) -> None:
    """Wait until the letters have left and what is due by now has had its effect, and stop."""
    product = after.product
    after.ended = product.rows("SELECT now()")[0][0]
    letters = "SELECT 1 FROM conversations_delivery WHERE state <> 'sent'"
    until(lambda: not product.rows(letters), "letters are left")
    until(lambda: not product.rows(LATE, {"now": after.ended}), "something due is left")
    after.stopped = product.stop()


def test_all_rules_hold(crashed: Crashed) -> None:
    found = json.loads(
        crashed.product.run(sys.executable, "-m", "tests.crash.verdict", crashed.ended.isoformat())
    )
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)[:6000]


def test_every_part_was_killed(crashed: Crashed) -> None:
    assert set(crashed.product.kills) == {"web", "port", "worker", "timers", "scanner", "database"}


def test_it_stops_cleanly_after_all_that(crashed: Crashed) -> None:
    assert crashed.stopped == 0, crashed.product.said()


def test_every_matter_raised_is_there_once(crashed: Crashed) -> None:
    tokens = [
        str(row[0])
        for row in crashed.product.rows("SELECT client_token FROM cases_case WHERE client_token IS NOT NULL")
    ]
    assert sorted(tokens) == sorted(crashed.matters)


def test_every_message_sent_is_there_once(crashed: Crashed) -> None:
    query = "SELECT client_token FROM conversations_message WHERE client_token IS NOT NULL"
    assert sorted(str(row[0]) for row in crashed.product.rows(query)) == sorted(crashed.messages)


def test_a_reply_to_all_reached_every_customer_once(crashed: Crashed) -> None:
    query = """
        SELECT c.conversation_id, count(m.id) FROM cases_incidentmember i JOIN cases_case c ON c.id = i.case_id
        LEFT JOIN conversations_message m ON m.conversation_id = c.conversation_id AND m.author = 'staff'
        GROUP BY 1
    """
    told = [row[1] for row in crashed.product.rows(query)]
    assert told == [1] * seed.MEMBERS
    assert crashed.product.rows("SELECT state, count(*) FROM cases_sharedpart GROUP BY 1") == [
        ("done", seed.MEMBERS)
    ]


def test_every_upload_is_there_once(crashed: Crashed) -> None:
    digests = [row[0] for row in crashed.product.rows("SELECT sha256 FROM kit_storedfile")]
    assert sorted(digests) == sorted(crashed.uploads)


def test_every_move_was_made_once(crashed: Crashed) -> None:
    query = """
        SELECT count(*) FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id
        WHERE number = %s AND stage_after = %s AND at > now() - interval '20 minutes'
    """
    made = {
        (number, stage): crashed.product.rows(query, number, stage)[0][0] for number, stage in crashed.stages
    }
    assert set(made.values()) == {1}, made


def test_every_letter_arrived_under_one_name(crashed: Crashed) -> None:
    written = {row[0] for row in crashed.product.rows("SELECT envelope_id FROM conversations_delivery")}
    taken = crashed.product.postbox.taken
    assert set(taken) == written
    assert max(taken.values()) > 1, "no letter was sent a second time: the blow missed"
    assert len(written) >= seed.LETTERS + len(crashed.matters)
