"""A catalogue with a guarantee that holds, for the tests of whoever is held to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhiyin.catalogue import actions as catalogue
from zhiyin.catalogue.models import Guarantee, ServiceItem, Touchpoint
from zhiyin.catalogue.rules.words import Level, Measure
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW, House

BEFORE = NOW - timedelta(days=30)


@dataclass
class Shelf:
    """A small catalogue: one touchpoint, one service settled within two working hours, and the guarantee of it."""

    house: House
    by: Staff
    touchpoint: Touchpoint
    item: ServiceItem
    guarantee: Guarantee

    @classmethod
    def stocked(cls, house: House, by: Staff, *, at: datetime = BEFORE, **clause: Any) -> Shelf:
        """The shelf filled, its guarantee in force from `at`, the clause changed as named."""
        touchpoint = catalogue.save_touchpoint(
            name="上门维修", key_factors="约好的时间到\n先说要做什么\n做完收拾干净", by=by, now=at
        )
        item = catalogue.save_item(
            name="户内报修",
            level=Level.DUTY,
            standard="两小时内办好",
            measure=Measure.RESOLVE,
            minutes=120,
            calendar_id=house.calendar.pk,
            touchpoint_id=touchpoint.pk,
            department_id=house.engineering.pk,
            by=by,
            now=at,
        )
        made = cls(house, by, touchpoint, item, Guarantee())
        made.guarantee = made.publish(clause, at=at)
        return made

    def publish(self, *clauses: dict[str, Any], at: datetime = BEFORE, **when: Any) -> Guarantee:
        """A version with exactly these clauses; each names what differs from the usual one."""
        draft = catalogue.draft(title="我们的服务承诺", by=self.by, now=at)
        for clause in draft.clauses.all():
            catalogue.drop_clause(clause_id=clause.pk, by=self.by, now=at)
        for changes in clauses:
            added = catalogue.add_clause(item_id=changes.pop("item_id", self.item.pk), by=self.by, now=at)
            catalogue.save_clause(clause_id=added.pk, **(usual(self.house) | changes), by=self.by, now=at)
        day = when.get("effective_on") or timezone.localdate(at)
        return catalogue.publish(effective_on=day, by=self.by, now=at)


def usual(house: House) -> dict[str, Any]:
    return {
        "title": "投诉两小时内办好",
        "heading": "平常事",
        "measure": Measure.RESOLVE,
        "minutes": 120,
        "calendar_id": house.calendar.pk,
        "remedy": "物业费减免30元",
        "remedy_amount": Decimal(30),
    }


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
