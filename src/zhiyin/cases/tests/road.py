"""A case brought to any point of its way, for the tests of every room above and of this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from zhiyin.cases import actions
from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import Gap, Kind, Stage
from zhiyin.customers import actions as customers
from zhiyin.customers.models import Customer
from zhiyin.customers.rules import Channel, ContactKind, Nature
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW, House

TO_ARCHIVE = (Stage.CONFIRMED, Stage.ARCHIVED)


@dataclass
class Road:
    """Walks a complaint along its stages with the people of the fixtures; the clock goes on ten minutes a step."""

    house: House
    agent: Staff
    colleague: Staff
    supervisor: Staff
    handler: Staff
    customer: Customer
    now: datetime = NOW
    made: list[Case] = field(default_factory=list)

    def tick(self, minutes: int = 10) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now

    def open(self, **changes: Any) -> Case:
        wanted: dict[str, Any] = {
            "kind": Kind.COMPLAINT,
            "subject": "厨房每到周末夜里反味",
            "description": "每到周末夜里厨房就有一股味道，已经第三次了。",
            "customer_id": self.customer.pk,
            "channel": Channel.PHONE,
            "by": self.agent,
            "told": True,
            "now": self.tick(),
        }
        case = actions.open_case(**(wanted | changes))
        self.made.append(case)
        return case

    def to(self, stage: Stage, **changes: Any) -> Case:
        """A complaint standing at `stage`."""
        case = self.open(**changes)
        for step in self.steps():
            if case.stage == stage:
                return case
            step(case)
            case.refresh_from_db()
        assert case.stage == stage
        return case

    def steps(self) -> list[Callable[[Case], Any]]:
        return [
            self.judge,
            self.assign,
            self.investigate,
            self.submit,
            self.approve,
            self.choose,
            self.remedy,
            self.confirm,
            self.archive,
        ]

    def judge(self, case: Case) -> None:
        actions.judge(
            case_id=case.pk,
            ground_sufficient=True,
            ground_reason="服务标准写明室内没有倒灌异味",
            demand_reasonable=True,
            demand_reason="查清原因是应该的",
            by=self.agent,
            now=self.tick(),
        )

    def assign(self, case: Case) -> None:
        actions.offer(
            case_id=case.pk,
            department_id=self.house.engineering.pk,
            text="看看屋顶排风",
            by=self.agent,
            now=self.tick(),
        )
        actions.accept(case_id=case.pk, by=self.handler, now=self.tick())

    def investigate(self, case: Case) -> None:
        actions.investigate(
            case_id=case.pk,
            findings="周末夜里排风机都停着",
            root_cause="排风机周末节能停机",
            gap=Gap.STANDARDS,
            by=self.handler,
            now=self.tick(),
        )

    def propose(
        self, case: Case, title: str = "恢复整夜开机，换止逆阀", cost: str = "1260", by: Staff | None = None
    ) -> int:
        return actions.propose(
            case_id=case.pk,
            title=title,
            description="屋顶排风机恢复整夜开\n换新烟道止逆阀",
            duration="3天内",
            feasibility="备件齐",
            cost=Decimal(cost),
            by=by or self.handler,
            now=self.tick(),
        ).pk

    def submit(self, case: Case) -> None:
        self.propose(case)
        self.propose(case, "只换户内止逆阀", "380")
        actions.submit(case_id=case.pk, by=self.handler, now=self.tick())

    def approve(self, case: Case) -> None:
        waiting = case.proposals.filter(state="proposed")
        actions.approve(
            case_id=case.pk, proposal_ids=[one.pk for one in waiting], by=self.supervisor, now=self.tick()
        )

    def choose(self, case: Case) -> None:
        actions.choose(
            case_id=case.pk,
            proposal_id=case.proposals.earliest("pk").pk,
            channel=Channel.PHONE,
            by=self.agent,
            now=self.tick(),
        )

    def choose_latest(self, case: Case) -> None:
        latest = case.proposals.filter(state="approved").latest("pk")
        actions.choose(
            case_id=case.pk, proposal_id=latest.pk, channel=Channel.PHONE, by=self.agent, now=self.tick()
        )

    def remedy(self, case: Case) -> None:
        chosen = case.proposals.filter(state="chosen", round=case.round).first()
        actions.remedy(
            case_id=case.pk,
            text="止逆阀换好，排风机整夜开",
            cost=chosen.cost if chosen else Decimal(1260),
            by=self.handler,
            now=self.tick(),
        )

    def confirm(self, case: Case) -> None:
        actions.confirm(
            case_id=case.pk,
            satisfied=True,
            handling=9,
            channel=Channel.PHONE,
            by=self.colleague,
            now=self.tick(),
        )

    def archive(self, case: Case) -> None:
        actions.archive(case_id=case.pk, by=self.agent, now=self.tick())


@pytest.fixture
def customer(house: House) -> Customer:
    return customers.create_customer(
        name="苏文秀",
        nature=Nature.PERSON,
        contacts=[(ContactKind.PHONE, "13900004471"), (ContactKind.EMAIL, "su@example.com")],
        team_id=house.team.pk,
        by=None,
        now=NOW,
    )


@pytest.fixture
def road(
    house: House, agent: Staff, colleague: Staff, supervisor: Staff, handler: Staff, customer: Customer
) -> Road:
    return Road(house, agent, colleague, supervisor, handler, customer)
