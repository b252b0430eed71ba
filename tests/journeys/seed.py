"""The house the journeys happen in: `python -m tests.journeys.seed house|cases|figures|stale`, through the actions.

Prints one line of JSON. The house keeps open round the clock, so that no journey depends on the hour it runs at.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Any

import django
from tests.journeys import scenes

PASSWORD = "lu-ren-zhi-yin-2026"
STAFF = {
    "lin": ("林晓芸", "agent"),
    "zhao": ("赵敏", "agent"),
    "wu": ("吴桐", "agent"),
    "chen": ("陈立", "supervisor"),
    "fang": ("方岚", "supervisor"),
    "ma": ("马建国", "handler"),
    "he": ("何平", "handler"),
    "qin": ("秦雨", "quality"),
    "shen": ("沈书", "researcher"),
    "zheng": ("郑文", "administrator"),
}
LIMITS = {"chen": 5000, "fang": 50000}


def house(now: Any) -> dict[str, Any]:
    """The organisation, its departments and teams, and everybody who works there."""
    from zhiyin.people import actions
    from zhiyin.people.rules import Role

    hours = actions.save_calendar(name="全天", periods=[], always=True, by=None, now=now).pk
    teams = [
        actions.save_team(name=name, calendar_id=hours, by=None, now=now).pk
        for name in ("客服一组", "客服二组")
    ]
    departments = {
        name: actions.save_department(name=name, calendar_id=hours, by=None, now=now).pk
        for name in ("工程部", "秩序部")
    }
    places: dict[str, dict[str, Any]] = {
        "wu": {"team_id": teams[1]},
        "ma": {"department_id": departments["工程部"]},
        "he": {"department_id": departments["秩序部"]},
    }
    staff = {
        username: actions.create_staff(
            username=username,
            name=name,
            role=Role(role),
            email=f"{username}@heyuan.example.com",
            password=PASSWORD,
            approval_limit=Decimal(LIMITS.get(username, 0)),
            by=None,
            now=now,
            **places.get(username, {"team_id": teams[0]} if role in {"agent", "supervisor"} else {}),
        ).pk
        for username, (name, role) in STAFF.items()
    }
    actions.save_organisation(
        name="和院物业",
        mark="和院",
        phone="400-000-1234",
        outside_routes="12345政务服务便民热线\n街道办事处物业管理科",
        default_team_id=teams[0],
        by=None,
        now=now,
    )
    return {"staff": staff, "teams": teams, "departments": departments, "calendar": hours}


def cases(now: Any) -> dict[str, Any]:
    """A few weeks of work: a case at every stage, some people in danger, a promise, somebody who waits in the inbox."""
    from zhiyin.cases import actions
    from zhiyin.cases.models import ClockRule
    from zhiyin.cases.rules.words import Emotion, EscalationKind, Kind, Severity, Stage
    from zhiyin.cases.tests.road import Road
    from zhiyin.catalogue import actions as catalogue
    from zhiyin.catalogue.tests.shelf import Shelf
    from zhiyin.conversations import actions as conversations
    from zhiyin.customers import actions as customers
    from zhiyin.customers.rules import Channel, ContactKind, ObjectKind, Purpose, Relation
    from zhiyin.guarantees.actions import reckoning
    from zhiyin.guarantees.models import Breach
    from zhiyin.people import actions as people
    from zhiyin.people.models import Department, Organisation, Staff, Team
    from zhiyin.people.rules import Role
    from zhiyin.people.tests.fixtures import House
    from zhiyin.promises import actions as promises

    of = {one.username: one for one in Staff.objects.all()}
    first, second = Team.objects.order_by("pk")
    engineering, order = Department.objects.order_by("pk")
    known = House(Organisation.objects.get(), first.calendar, first, second, engineering, order)
    begun = now - timedelta(days=3)
    people_ = (
        ("苏文秀", "13900004471", "su@example.com", "3栋1902"),
        ("欧阳静宜", "13900004472", "ouyang@example.com", "5栋2703"),
        ("周大勇", "13900004473", "zhou@example.com", "1栋0301"),
        ("吕晓峰", "13900004474", "lv@example.com", "8栋1101"),
        ("穆罕默德·阿卜杜拉", "13900004475", "mu@example.com", "2栋0602"),
    )
    ids = []
    for name, phone, email, room in people_:
        customer = customers.create_customer(
            name=name,
            contacts=[(ContactKind.PHONE, phone), (ContactKind.EMAIL, email)],
            team_id=first.pk,
            owner_id=of["lin"].pk,
            is_member=room.startswith("3"),
            by=None,
            now=begun,
        )
        customers.relate_object(
            customer_id=customer.pk,
            kind=ObjectKind.ROOM,
            name=room,
            code=room,
            relation=Relation.OWNER,
            by=of["lin"],
            now=begun,
        )
        ids.append(customer.pk)
    customers.give_consent(
        customer_id=ids[0], purpose=Purpose.SURVEY, text_version="1", by=of["lin"], now=begun
    )
    road = Road(known, of["lin"], of["zhao"], of["chen"], of["ma"], customer, now=begun)
    promises.make(
        customer_id=ids[0], text="下周一前回电", due_at=now + timedelta(hours=4), by=of["lin"], now=road.now
    )

    # Promised round the clock in ten minutes: everything older than that was not kept.
    shelf = Shelf.stocked(
        known, of["zheng"], at=begun - timedelta(days=1), minutes=10, calendar_id=None, covers_all=True
    )
    draft = catalogue.draft(title="", by=of["zheng"], now=begun)

    matters = {
        Stage.RECEIVED: ("电梯关门夹到老人的手，人已送医", Kind.COMPLAINT, Emotion.ANGER, 3),
        Stage.JUDGED: ("物业费账单多收了两个月", Kind.COMPLAINT, Emotion.ANGER, 2),
        Stage.ASSIGNED: ("地下车库积水，车轮泡了半截", Kind.COMPLAINT, Emotion.ANXIETY, 3),
        Stage.INVESTIGATED: (
            "楼上装修半夜电钻声不断，已经连着第四天了，孩子第二天要考试，家里老人也睡不着",
            Kind.COMPLAINT,
            Emotion.CLAMOUR,
            3,
        ),
        Stage.PROPOSED: ("厨房每到周末夜里反味", Kind.COMPLAINT, Emotion.ANGER, 2),
        Stage.APPROVED: ("门禁失灵三天没人修", Kind.COMPLAINT, Emotion.ANXIETY, 1),
        Stage.CHOSEN: ("外墙渗水，卧室墙皮脱落", Kind.COMPLAINT, Emotion.SADNESS, 2),
        Stage.REMEDIED: ("保安态度生硬，访客被拦在门口", Kind.COMPLAINT, Emotion.CALM, 1),
        Stage.CONFIRMED: ("快递柜被占用取不出件", Kind.COMPLAINT, Emotion.CALM, 1),
        Stage.ARCHIVED: ("路灯不亮，夜里看不清台阶", Kind.COMPLAINT, Emotion.GLAD, 1),
    }
    numbers = {}
    for index, (stage, (subject, kind, emotion, intensity)) in enumerate(matters.items()):
        danger = stage is Stage.RECEIVED
        case = road.to(
            stage,
            subject=subject,
            kind=kind,
            emotion=emotion,
            intensity=intensity,
            in_danger=danger,
            severity=Severity.HIGH if danger else Severity.MEDIUM,
            customer_id=ids[index % len(ids)],
            channel=Channel.EMAIL if index % 2 else Channel.PHONE,
        )
        numbers[stage.value] = case.number
    other = road.open(
        subject="想在车位上装充电桩", kind=Kind.ENQUIRY, customer_id=ids[1], channel=Channel.COUNTER
    )
    road.open(
        subject="儿童游乐场的秋千该上油了", kind=Kind.SUGGESTION, customer_id=ids[3], channel=Channel.LETTER
    )
    actions.escalate(
        case_id=other.pk,
        kind=EscalationKind.REGULATOR,
        reason="12345转来，要求三天内答复",
        by=of["lin"],
        now=road.tick(),
    )
    waiting = road.open(
        subject="水压不够，五楼洗不了澡", kind=Kind.REQUEST, customer_id=ids[2], channel=Channel.EMAIL
    )
    conversations.receive(
        conversation_id=waiting.conversation_id, text="还是没水，孩子要洗澡，到底什么时候有人来？", now=now
    )
    column = scenes.facts(numbers[Stage.PROPOSED.value], of["lin"], road.now)
    reckoning.claim(now)
    incident, request = scenes.among(road, waiting.pk, now)
    token = people.invite(
        email="xin@heyuan.example.com",
        name="新同事",
        role=Role.AGENT,
        team_id=first.pk,
        by=of["zheng"],
        now=now,
    )
    skill = people.save_skill(name="水电", by=of["zheng"], now=now)
    letter = scenes.outside(road, numbers[Stage.PROPOSED.value])
    return {
        "numbers": numbers,
        "letter": letter,
        "customer": ids[0],
        "conversation": waiting.conversation_id,
        "token": token,
        "column": column,
        "incident": incident,
        "request": request,
        "skill": skill.pk,
        "shelf": {
            "item": shelf.item.pk,
            "touchpoint": shelf.touchpoint.pk,
            "guarantee": shelf.guarantee.pk,
            "clause": draft.clauses.get().pk,
            "breach": Breach.objects.earliest("pk").pk,
        },
        "clock": ClockRule.objects.earliest("pk").pk,
    }


def stale(now: Any) -> dict[str, Any]:
    """As if everybody had signed in an hour ago."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS

    from zhiyin.people.models import Session
    from zhiyin.people.sessions import SessionStore

    keys = list(Session.objects.filter(staff__isnull=False).values_list("session_key", flat=True))
    for key in keys:
        session = SessionStore(key)
        session[RECORDS] = [record | {"at": now.timestamp() - 3600} for record in session.get(RECORDS, [])]
        session.save()
    return {"sessions": len(keys)}


def figures(now: Any) -> dict[str, Any]:
    """A week of enquiries answered at once, ten days ago, and a budget: something to draw."""
    from django.utils import timezone

    from zhiyin.cases import actions
    from zhiyin.cases.models import ExpenseKind
    from zhiyin.cases.rules.money import Period
    from zhiyin.cases.rules.words import Kind
    from zhiyin.customers import actions as customers
    from zhiyin.customers.rules import Channel, ContactKind
    from zhiyin.people.models import Staff

    lin, zhao, zheng = (Staff.objects.get(username=name) for name in ("lin", "zhao", "zheng"))
    then = now - timedelta(days=10)
    customer = customers.create_customer(
        name="纪安然", contacts=[(ContactKind.PHONE, "13900004480")], team_id=lin.team_id, by=None, now=then
    )
    subjects = (
        "游泳馆几点开门",
        "门禁卡怎么补办",
        "装修押金交多少",
        "停车月卡怎么续",
        "快递柜密码忘了",
        "宽带谁家的快",
    )
    numbers = []
    for place, subject in enumerate(subjects):
        at = then + timedelta(minutes=20 * place)
        case = actions.open_case(
            kind=Kind.ENQUIRY, subject=subject, description=subject, customer_id=customer.pk, channel=Channel.PHONE,
            told=True, by=lin, now=at,
        )  # fmt: skip
        if place == 0:
            actions.hand_over(
                case_id=case.pk, to_id=zhao.pk, text="赵敏更熟门禁", by=lin, now=at + timedelta(minutes=3)
            )
        actions.answer(
            case_id=case.pk,
            text="都写在门厅的牌子上",
            by=lin if place else zhao,
            now=at + timedelta(minutes=5),
        )
        numbers.append(case.number)
    gift = ExpenseKind.objects.get(name="Gift").pk
    actions.save_budget(
        kind_id=gift, department_id=None, team_id=None, period=Period.YEAR, day=timezone.localdate(now),
        amount=Decimal(300), warn_share=80, by=zheng, now=now,
    )  # fmt: skip
    return {"numbers": numbers}


def main() -> None:
    django.setup()
    from django.utils import timezone

    from zhiyin.kit import audit

    with audit.acting("demo"):
        print(json.dumps(SEEDS[sys.argv[1]](timezone.now()), ensure_ascii=False))


SEEDS = {"house": house, "cases": cases, "figures": figures, "stale": stale}

if __name__ == "__main__":
    main()
