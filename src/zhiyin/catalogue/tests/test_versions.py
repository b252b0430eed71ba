"""What holds on which day, and that what was published or in force stays as it was, for everybody and for SQL."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, connection, transaction

from zhiyin.catalogue import actions, queries
from zhiyin.catalogue.models import Clause, Guarantee, Procedure
from zhiyin.catalogue.rules import changes, checks
from zhiyin.catalogue.rules.words import Measure
from zhiyin.catalogue.tests.shelf import Shelf
from zhiyin.kit.errors import DomainError, Forbidden, NotFound
from zhiyin.people.models import Staff
from zhiyin.people.tests.fixtures import NOW

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = NOW.date()
INSERT = """
    INSERT INTO catalogue_clause
        (guarantee_id, position, heading, title, text, item_id, measure, covers_all, remedy)
    SELECT guarantee_id, 9, '', '塞进来的', '', item_id, '', false, '' FROM catalogue_clause
"""


def in_force(at: datetime) -> int | None:
    shown = queries.public(None, at=at)
    return shown.guarantee.number if shown else None


def test_each_version_holds_from_its_day_until_the_next(shelf: Shelf) -> None:
    shelf.publish({}, at=NOW, effective_on=date(2026, 12, 20))
    shelf.publish({}, at=NOW, effective_on=date(2026, 12, 1))  # published later, holds earlier
    numbers = [
        in_force(datetime(2026, month, day, 9, tzinfo=ZONE))
        for month, day in ((10, 1), (11, 30), (12, 1), (12, 19), (12, 20))
    ]
    assert numbers == [None, 1, 3, 3, 2]


def test_no_two_versions_begin_on_one_day_and_none_in_the_past(shelf: Shelf) -> None:
    shelf.publish({}, at=NOW, effective_on=date(2026, 12, 1))
    with pytest.raises(checks.DayTaken):
        shelf.publish({}, at=NOW, effective_on=date(2026, 12, 1))
    with pytest.raises(checks.DayPast):
        actions.publish(effective_on=TODAY - timedelta(days=1), by=shelf.by, now=NOW)


def test_a_version_to_come_can_be_withdrawn_and_one_in_force_cannot(shelf: Shelf) -> None:
    coming = shelf.publish({}, at=NOW, effective_on=date(2026, 12, 1))
    actions.withdraw(guarantee_id=coming.pk, by=shelf.by, now=NOW)
    assert in_force(datetime(2026, 12, 5, tzinfo=ZONE)) == 1
    with pytest.raises(NotFound):
        queries.public(coming.number, at=NOW)
    with pytest.raises(checks.InForce):
        actions.withdraw(guarantee_id=shelf.guarantee.pk, by=shelf.by, now=NOW)


def test_what_is_measured_cannot_be_published_without_what_the_customer_gets(shelf: Shelf) -> None:
    actions.draft(title="", by=shelf.by, now=NOW)
    actions.add_clause(item_id=shelf.item.pk, by=shelf.by, now=NOW)
    with pytest.raises(checks.NoRemedy):
        actions.publish(effective_on=date(2026, 12, 1), by=shelf.by, now=NOW)


def test_a_draft_changed_by_a_colleague_is_not_published_unseen(shelf: Shelf) -> None:
    seen = actions.draft(title="", by=shelf.by, now=NOW).version
    actions.add_clause(item_id=shelf.item.pk, by=shelf.by, now=NOW)
    with pytest.raises(checks.Stale):
        actions.publish(effective_on=date(2026, 12, 1), by=shelf.by, now=NOW, version=seen)


def test_changing_a_service_changes_nothing_that_was_published(shelf: Shelf) -> None:
    actions.save_item(
        item_id=shelf.item.pk,
        name="户内报修",
        level=shelf.item.level,
        measure=Measure.RESOLVE,
        minutes=9999,
        by=shelf.by,
        now=NOW,
    )
    assert queries.guarantee(1).clauses.get().minutes == 120


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalogue_clause SET minutes = 1",
        "DELETE FROM catalogue_clause",
        "UPDATE catalogue_guarantee SET title = '改过的'",
        "UPDATE catalogue_guarantee SET effective_on = '2020-01-01'",
        "UPDATE catalogue_guarantee SET state = 'draft', number = NULL, published_at = NULL",
        "DELETE FROM catalogue_guarantee",
        INSERT,
    ],
)
def test_not_even_sql_changes_what_was_published(shelf: Shelf, statement: str) -> None:
    with pytest.raises(Error, match="annot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Clause.objects.get().minutes == 120
    assert Guarantee.objects.get().title == "我们的服务承诺"


class TestProcedures:
    def write(self, shelf: Shelf, steps: str, day: date, *, now: datetime = NOW) -> Procedure:
        return actions.write_procedure(
            item_id=shelf.item.pk, steps=steps, effective_on=day, by=shelf.by, now=now
        )

    def test_one_in_force_stays_and_one_to_come_is_written_anew(self, shelf: Shelf) -> None:
        self.write(shelf, "约时间\n上门", TODAY)
        with pytest.raises(checks.DayTaken):
            self.write(shelf, "别的", TODAY)
        self.write(shelf, "约时间\n上门\n回访", TODAY + timedelta(days=9))
        self.write(shelf, "约时间\n上门\n第二天回访", TODAY + timedelta(days=9))
        states = [(one.row.number, one.state) for one in queries.procedures(shelf.item.pk, on=TODAY)]
        assert states == [(2, "later"), (1, "now")]
        assert [(line.state, line.parts[0].text) for line in queries.procedures(shelf.item.pk, on=TODAY)[0].changes] == [
            ("same", "约时间"), ("same", "上门"), ("new", "第二天回访"),
        ]  # fmt: skip

    def test_not_even_sql_changes_one_in_force(self, shelf: Shelf) -> None:
        long_ago = NOW - timedelta(days=400)
        row = self.write(shelf, "约时间", long_ago.date(), now=long_ago)
        with pytest.raises(Error, match="annot"), transaction.atomic():
            Procedure.objects.filter(pk=row.pk).update(steps="改过的")

    def test_two_people_writing_at_once_are_told(self, shelf: Shelf) -> None:
        self.write(shelf, "约时间", TODAY)
        with pytest.raises(checks.Stale):
            actions.write_procedure(
                item_id=shelf.item.pk,
                steps="别的",
                effective_on=TODAY + timedelta(days=3),
                seen_number=0,
                by=shelf.by,
                now=NOW,
            )


def test_a_change_within_a_line_is_shown_within_it() -> None:
    [line] = changes.compare("电话约时间", "电话约时间，时间由客户挑")
    assert line.state == "changed"
    assert [(part.text, part.state) for part in line.parts] == [
        ("电话约时间", "same"),
        ("，时间由客户挑", "new"),
    ]


def test_a_line_that_has_nothing_in_common_is_gone_and_new() -> None:
    assert [line.state for line in changes.compare("签单\n回访", "擦干净\n回访")] == ["new", "gone", "same"]


@pytest.mark.parametrize("who", ["agent", "supervisor", "handler", "researcher"])
def test_only_quality_and_administration_change_the_catalogue(shelf: Shelf, request, who: str) -> None:
    person: Staff = request.getfixturevalue(who)
    with pytest.raises(Forbidden):
        actions.save_touchpoint(name="大堂", by=person, now=NOW)
    with pytest.raises(Forbidden):
        actions.draft(title="", by=person, now=NOW)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"name": " "}, checks.WordsMissing),
        ({"name": "长" * 81}, checks.WordsLong),
        ({"measure": Measure.RESOLVE, "minutes": None}, checks.TargetMissing),
        ({"measure": Measure.RESOLVE, "minutes": 0}, checks.TargetMissing),
        ({"touchpoint_id": 987654}, NotFound),
        ({"name": "户内报修"}, checks.NameTaken),
    ],
)
def test_what_does_not_fit_is_said(shelf: Shelf, values: dict, error: type[DomainError]) -> None:
    given = {"name": "保洁", "level": shelf.item.level} | values
    with pytest.raises(error):
        actions.save_item(**given, by=shelf.by, now=NOW)
