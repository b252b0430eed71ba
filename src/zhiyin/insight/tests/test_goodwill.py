"""Goodwill and the customer's first answer: counted by case, told with its uncertainty, silent where there is little."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import ExpenseKind
from zhiyin.cases.rules.words import Stage
from zhiyin.cases.tests.road import Road
from zhiyin.customers.rules import Channel
from zhiyin.insight import queries as insight
from zhiyin.insight.rules.goodwill import Answer, effects
from zhiyin.insight.rules.spans import Stretch
from zhiyin.people.access import NotYours

GIFT, VISIT = 4, 5


def answers(satisfied: int, n: int, *kinds: int) -> list[Answer]:
    return [Answer(number < satisfied, frozenset(kinds)) for number in range(n)]


def test_the_difference_is_newcombe_s() -> None:
    """Newcombe (1998), method 10: 56/70 - 48/80 = 0.20, 0.0524 to 0.3339."""
    any_kind, gift, visit = effects([*answers(56, 70, GIFT), *answers(48, 80)], [GIFT, VISIT])
    assert any_kind.difference is not None
    assert any_kind.difference.value == pytest.approx(0.2)
    assert (any_kind.difference.low, any_kind.difference.high) == (
        pytest.approx(0.0524, abs=1e-4),
        pytest.approx(0.3339, abs=1e-4),
    )
    assert (any_kind.verdict, gift.n_with, visit.n_with) == ("higher", 70, 0)


def test_a_cell_of_fewer_than_five_is_not_shown() -> None:
    any_kind, gift, visit = effects(
        [*answers(4, 4, GIFT), *answers(3, 5, VISIT), *answers(6, 10)], [GIFT, VISIT]
    )
    assert (gift.with_it, gift.difference, gift.verdict) == (None, None, "few")
    assert visit.with_it is not None
    assert visit.without is not None
    assert any_kind.n_with == 9


@pytest.mark.django_db
class TestTheHouse:
    def stretch(self, road: Road) -> Stretch:
        day = timezone.localdate(road.now)
        return Stretch(day - timedelta(days=30), day + timedelta(days=30))

    def give(self, road: Road, case) -> None:
        actions.spend(
            case_id=case.pk, kind_id=ExpenseKind.objects.get(name="Gift").pk, amount=Decimal(80), text="一束花",
            by=road.agent, now=road.tick(),
        )  # fmt: skip

    def test_the_first_answer_counts_and_what_was_given_before_it(self, road: Road) -> None:
        given, not_given, afterwards = (road.to(Stage.REMEDIED) for _ in range(3))
        self.give(road, given)
        for case in (given, not_given):
            road.confirm(case)
        actions.confirm(
            case_id=afterwards.pk, satisfied=False, words="还有味道", channel=Channel.PHONE, by=road.colleague,
            now=road.tick(),
        )  # fmt: skip
        self.give(road, afterwards)
        found = insight.effect_of_goodwill(road.supervisor, self.stretch(road))
        assert (found[0].n_with, found[0].n_without) == (1, 2)
        gift = next(one for one in found if one.kind_id == ExpenseKind.objects.get(name="Gift").pk)
        assert (gift.n_with, gift.n_without) == (1, 2)

    def test_it_takes_three_queries_however_many_answered(
        self, road: Road, django_assert_num_queries
    ) -> None:
        road.to(Stage.CONFIRMED)
        with django_assert_num_queries(3):
            insight.effect_of_goodwill(road.supervisor, self.stretch(road))
        for _ in range(3):
            self.give(road, road.to(Stage.CONFIRMED))
        with django_assert_num_queries(3):
            insight.effect_of_goodwill(road.supervisor, self.stretch(road))

    def test_it_is_for_managers(self, road: Road) -> None:
        with pytest.raises(NotYours):
            insight.effect_of_goodwill(road.agent, self.stretch(road))
