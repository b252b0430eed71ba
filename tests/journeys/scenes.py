"""What happens in the house of the journeys beside the loop: facts, a water cut, what an authority sent."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any


def facts(number: str, by: Any, now: Any) -> int:
    """The golden case of the ice cream noted down on a case; returns one of its columns."""
    from pathlib import Path

    from django.utils.translation import gettext

    from zhiyin.cases.models import Case
    from zhiyin.facts import actions
    from zhiyin.facts import queries as facts
    from zhiyin.facts.rules import blocks
    from zhiyin.facts.rules.starters import BY_KEY
    from zhiyin.libs import contrast

    case = Case.objects.get(number=number)
    table = actions.begin(case_id=case.pk, starter=BY_KEY["own"], say=gettext, by=by, now=now)
    golden = Path(contrast.__file__).parent / "tests/golden/ice_cream.csv"
    outcome, first = table.columns.get(is_outcome=True), table.columns.earliest("position")
    actions.change_column(
        case_id=case.pk, column_id=outcome.pk, name="发动不了", kind=outcome.kind, by=by, now=now
    )
    sheet = facts.sheet(by, case.pk)
    found = blocks.block(golden.read_text("utf-8-sig"))
    places, rest = blocks.placed(found, sheet.headings)
    brought = {-at: one for at, one in enumerate(blocks.wanted(found, places), 1)}
    new = iter([blocks.Heading(at, one.name, one.kind, one.unit, False) for at, one in brought.items()])
    rows, _ = blocks.rows(rest, [place or next(new) for place in places])
    actions.observe_block(case_id=case.pk, rows=rows, new_columns=brought, by=by, now=now)
    return first.pk


def among(road: Any, case_id: int, now: Any) -> tuple[int, int]:
    """A water cut with a reply to all and somebody to be told in person; a mention, a request and a hand-over."""
    from uuid import uuid4

    from zhiyin.cases import actions
    from zhiyin.cases.models import Case
    from zhiyin.cases.rules.incidents import SharedKind
    from zhiyin.cases.rules.words import Kind
    from zhiyin.customers.rules import Channel

    by_phone = road.open(
        subject="五楼停水", description="3栋1902一早就停水", kind=Kind.REQUEST, channel=Channel.PHONE
    )
    incident = actions.open_incident(
        title="3栋停水",
        what_happened="水泵房总管爆裂，正在抢修。",
        place="3栋",
        words="停水、没水",
        since=now - timedelta(hours=5),
        department_id=road.house.engineering.pk,
        case_ids=[case_id, by_phone.pk],
        by=road.supervisor,
        now=road.tick(),
    )
    deed = actions.share(
        incident_id=incident.pk,
        kind=SharedKind.REPLY,
        text="{姓名}您好，您的{编号}正在抢修，预计18时来水。",
        token=uuid4(),
        by=road.supervisor,
        now=road.tick(),
    )
    while actions.carry_on(deed_id=deed.pk, now=road.now):
        pass
    actions.differ(case_id=by_phone.pk, reason="家里有病人，要送水上门", by=road.supervisor, now=road.tick())
    actions.note(case_id=case_id, text="@陈立 @赵敏 请帮忙看一眼", by=road.agent, now=road.tick())
    request = actions.ask(
        case_id=case_id,
        to_id=road.supervisor.pk,
        need="请确认送水车几点到，写一句话",
        due_at=now + timedelta(hours=3),
        shares_notes=True,
        by=road.agent,
        now=now,
    )
    owner = Case.objects.get(pk=case_id).owner
    taker = road.colleague if owner != road.colleague else road.agent
    actions.hand_over(
        case_id=case_id,
        to_id=taker.pk,
        text="已看过现场",
        promised="18时前来水",
        next_step="等工程部回话",
        feeling="着急，说话放慢",
        by=road.supervisor,
        now=now,
    )
    return incident.pk, request.pk


def outside(road: Any, number: str) -> int:
    """A slip of the hotline for a case, the letter that answers it, and what the customer expects; the letter's id."""
    from zhiyin.cases import actions
    from zhiyin.cases.models import Case
    from zhiyin.cases.rules.expectations import Effect, Genuine, Option, Who, Wish
    from zhiyin.statutory import actions as statutory
    from zhiyin.statutory.rules.words import Body

    case = Case.objects.get(number=number)
    transfer = statutory.receive(
        case_id=case.pk,
        body=Body.HOTLINE,
        external_number="GZ20261118001",
        demand="查清异味原因并书面答复",
        received_at=road.now,
        by=road.agent,
        now=road.tick(),
    )
    for stated in ("修好", "修好，并且有人回一声"):
        actions.expect(
            case_id=case.pk,
            stated=stated,
            genuine=Genuine.UNSURE,
            genuine_reason="说了三遍“没人当回事”",
            wishes=[Wish.RESPECTED],
            options=[
                Option(Who.ME, "今晚上门闻一次", Decimal(0), Effect.LITTLE),
                Option(Who.US, "整夜开机", Decimal(1260), Effect.ALL),
                Option(Who.RULE, "停机要逐户告知", Decimal(0), Effect.MUCH),
            ],
            by=road.agent,
            now=road.tick(),
        )
    return statutory.draft(transfer_id=transfer.pk, by=road.agent, now=road.tick()).pk
