"""What belongs to an incident, who may do what with it, and what customers read of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhiyin.cases import actions
from zhiyin.cases import queries as cases
from zhiyin.cases.models import Case, Incident
from zhiyin.cases.rules import incidents
from zhiyin.cases.rules.incidents import Fit, IncidentState, Shape, SharedKind
from zhiyin.cases.rules.words import Kind
from zhiyin.cases.tests.burst import neighbour, water
from zhiyin.cases.tests.road import Road
from zhiyin.conversations.models import Message
from zhiyin.conversations.rules import Author
from zhiyin.kit.errors import Forbidden, NotFound
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW


@pytest.fixture
def burst(road: Road) -> list[Case]:
    return [neighbour(road, number) for number in range(1, 5)]


@pytest.fixture
def incident(road: Road, burst: list[Case]) -> Incident:
    return water(road, burst)


def test_cases_of_its_time_and_place_are_offered_and_all_of_them_join_in_one_step(road: Road) -> None:
    burst = [neighbour(road, number) for number in range(1, 4)]
    incident = water(road, [])
    other = road.open(subject="电梯异响", description="3栋电梯每次停都响", kind=Kind.REQUEST)
    long_ago = neighbour(road, 9)
    Case.objects.filter(pk=long_ago.pk).update(opened_at=NOW - timedelta(days=3))

    found = cases.candidate_ids(road.supervisor, incident, cases.Filters(), now=road.now)

    assert found == [case.pk for case in burst]
    assert other.pk not in found
    with CaptureQueriesContext(connection) as asked:
        actions.attach(incident_id=incident.pk, case_ids=found, by=road.supervisor, now=road.tick())
    assert len(asked) < 14
    assert cases.incident_page(road.supervisor, incident.pk).members == 3


def test_a_new_case_is_told_which_incident_it_fits(road: Road, incident: Incident) -> None:
    late = neighbour(road, 20)

    (best,) = cases.suggested_for(late, road.agent)

    assert best.id == incident.pk
    assert best.why == (Fit.PLACE, Fit.WORDS, Fit.TIME)
    actions.join(case_id=late.pk, incident_id=incident.pk, by=road.agent, now=road.tick())
    assert cases.membership(late).incident == incident
    second = water(road, [])
    with pytest.raises(incidents.ElsewhereAlready):
        actions.join(case_id=late.pk, incident_id=second.pk, by=road.agent, now=road.tick())


def test_time_alone_proves_nothing() -> None:
    shape = Shape("停水", "7栋", "停水", NOW, NOW + timedelta(hours=4))

    assert incidents.fits(shape, texts=["3栋灯坏"], at=NOW) == []
    assert incidents.fits(shape, texts=["7棟停水"], at=NOW) == [Fit.PLACE, Fit.WORDS, Fit.TIME]
    assert incidents.fits(shape, texts=["7栋停水"], at=NOW - timedelta(hours=3)) == []
    assert incidents.fits(shape, texts=["7栋停水"], at=NOW + timedelta(hours=29)) == []


def test_customers_read_the_notice_while_it_goes_on_and_a_day_after(road: Road, incident: Incident) -> None:
    assert cases.notices(now=road.now) == []
    actions.publish(
        incident_id=incident.pk,
        notice="7栋正在抢修，预计21时来水。",
        is_public=True,
        by=road.supervisor,
        now=road.tick(),
    )
    assert [one.text for one in cases.notices(now=road.now)] == ["7栋正在抢修，预计21时来水。"]
    solved = road.tick()
    actions.move_incident(
        incident_id=incident.pk, to=IncidentState.SOLVED, text="水来了", by=road.supervisor, now=solved
    )
    assert cases.notices(now=solved + timedelta(hours=23))
    assert not cases.notices(now=solved + timedelta(hours=25))


def test_only_who_leads_incidents_speaks_to_all(
    road: Road, incident: Incident, other_agent: Staff, other_handler: Staff, researcher: Staff
) -> None:
    for stranger, refused in ((road.agent, Forbidden), (other_agent, Forbidden), (researcher, NotFound)):
        with pytest.raises(refused):
            actions.share(
                incident_id=incident.pk,
                kind=SharedKind.REPLY,
                text="好",
                token=uuid4(),
                by=stranger,
                now=road.tick(),
            )
        with pytest.raises(refused):
            actions.publish(
                incident_id=incident.pk, notice="好", is_public=True, by=stranger, now=road.tick()
            )
    with pytest.raises(NotFound):
        cases.incident_page(other_handler, incident.pk)
    assert cases.incident_page(road.handler, incident.pk).members == 4
    assert cases.members(other_agent, incident, now=road.now).rows == []
    assert not Message.objects.filter(author=Author.STAFF).exists()


def test_an_incident_goes_from_open_to_solved_to_closed_and_back(road: Road, incident: Incident) -> None:
    def move(to: IncidentState, text: str = "换好了") -> None:
        actions.move_incident(incident_id=incident.pk, to=to, text=text, by=road.supervisor, now=road.tick())

    with pytest.raises(incidents.StillGoingOn):
        move(IncidentState.CLOSED)
    move(IncidentState.SOLVED)
    move(IncidentState.CLOSED, "")
    with pytest.raises(incidents.IncidentOver):
        actions.attach(incident_id=incident.pk, case_ids=[], by=road.agent, now=road.tick())
    move(IncidentState.OPEN, "又停了")
    incident.refresh_from_db()
    assert incident.state == IncidentState.OPEN
