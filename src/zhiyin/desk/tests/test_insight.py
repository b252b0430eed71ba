"""The pages of figures: numbers, tables, the way to the cases, the sheet; budgets and their settings."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from zhiyin.cases import actions
from zhiyin.cases.models import Budget, Case, Expense, ExpenseKind, ExpenseLimit
from zhiyin.cases.rules.money import ExpenseState, Period
from zhiyin.cases.rules.words import Kind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.catalogue.models import Touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(road: Road) -> Road:
    """Seven settled cases of last week: two complaints with a department, five enquiries answered at once."""
    road.now = timezone.now() - timedelta(days=9)
    for _ in range(2):
        road.to(Stage.CONFIRMED)
    for _ in range(5):
        case = road.open(kind=Kind.ENQUIRY)
        actions.answer(case_id=case.pk, text="周末也开", by=road.agent, now=road.tick())
    return road


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def table(page: str, name: str) -> list[list[str]]:
    """The rows of the table beneath a chart, as text."""
    part = page.split(f'id="s-{name}"')[1].split("</table>", maxsplit=1)[0].split("<tbody>")[1]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in part.split("</tr>")
        if "<t" in row
    ]


class TestTheThreeMeasures:
    def test_stand_on_one_page_with_their_uncertainty(self, busy: Road, client_of) -> None:
        page = client_of(busy.supervisor).get("/insight/").content.decode()
        assert "办好7件" in page
        assert "0.29" in page  # two hand-overs in seven cases
        assert "没有一次办好 2" in text_of(page)  # of seven that could be judged, after more than a week
        assert "怎么算的" in page
        assert "最后一次执行、答复或解释的那天计入" in page

    def test_the_table_beneath_a_chart_holds_the_numbers_of_the_chart(self, busy: Road, client_of) -> None:
        page = client_of(busy.supervisor).get("/insight/").content.decode()
        rows = table(page, "handovers")
        assert len(rows) == 12
        week = next(row for row in rows if row[-1] == "7件")
        assert week[1] == "0.29"
        drawn = re.search(r'<script id="d-handovers" type="application/json">(.*?)</script>', page)
        assert drawn is not None
        assert '"v": 0.286' in drawn[1]
        assert f"转手次数 {week[1]}" in drawn[1].encode().decode("unicode_escape")

    def test_every_count_leads_to_exactly_as_many_cases(self, busy: Road, client_of) -> None:
        """Each link of the page that says a number, followed: the list holds that many, neither more nor fewer."""
        self.reopen(busy)
        browser = client_of(busy.supervisor)
        page = browser.get("/insight/").content.decode()
        links = re.findall(r'href="(/cases/\?[^"]+)"[^>]*>([^<]*)</a>', page)
        said = [(html.unescape(url), re.search(r"(\d+)件|^[^\d¥]*(\d+)$", text)) for url, text in links]
        counted = [(url, int(found[1] or found[2])) for url, found in said if found]
        assert {parse_qs(urlsplit(url).query)["of"][0] for url, _n in counted} >= {
            "all", "handed", "costly", "judged", "once", "not_once", "reopened", "going_on",
        }  # fmt: skip
        for url, n in counted:
            found = browser.get(url)
            assert found.context["page"].total == n, url
            assert [part.n for part in found.context["parts"] if part.current] == [n], url

    def reopen(self, busy: Road) -> None:
        """One dissatisfied and won back, one still going on."""
        for back in (True, False):
            case = busy.to(Stage.REMEDIED)
            actions.confirm(
                case_id=case.pk, satisfied=False, words="还有味道", channel="phone", by=busy.colleague, now=busy.tick(),
            )  # fmt: skip
            case.refresh_from_db()
            steps = (
                busy.investigate,
                busy.submit,
                busy.approve,
                busy.choose_latest,
                busy.remedy,
                busy.confirm,
            )
            for step in steps if back else ():
                step(case)
                case.refresh_from_db()

    def test_the_parts_of_a_whole_stand_side_by_side_above_their_cases(self, busy: Road, client_of) -> None:
        browser = client_of(busy.supervisor)
        page = browser.get("/insight/").content.decode()
        handed = html.unescape(
            next(url for url in re.findall(r'href="(/cases/\?[^"]+)"', page) if "of=handed" in url)
        )
        found = browser.get(handed)
        assert {row.number for row, *_badges in found.context["rows"]} == set(
            Case.objects.filter(kind="complaint").values_list("number", flat=True)
        )
        parts = {part.name: part for part in found.context["parts"]}
        assert (parts["办好的"].n, parts["办好的，转过手"].n) == (7, 2)
        assert len(browser.get(parts["办好的"].url).context["rows"]) == 7

    def test_it_is_narrowed_to_a_touchpoint_and_so_are_the_cases(self, busy: Road, client_of) -> None:
        point = Touchpoint.objects.create(name="停车场", position=1)
        Case.objects.filter(kind="enquiry").update(touchpoint=point)
        browser = client_of(busy.supervisor)
        page = browser.get(f"/insight/?touchpoint={point.pk}").content.decode()
        assert "办好5件" in page
        url = html.unescape(
            next(url for url in re.findall(r'href="(/cases/\?[^"]+)"', page) if "of=all" in url)
        )
        assert f"touchpoint={point.pk}" in url
        assert len(browser.get(url).context["rows"]) == 5
        assert "办好7件" in browser.get("/insight/?touchpoint=999999").content.decode()

    def test_it_is_narrowed_and_the_cut_is_kept(self, busy: Road, client_of) -> None:
        browser = client_of(busy.supervisor)
        page = browser.get("/insight/?span=12m&by=month&kind=enquiry").content.decode()
        assert "办好5件" in page
        assert len(table(page, "once")) == 12
        assert "kind=enquiry" in page
        assert "办好2件" in browser.get(f"/insight/?department={busy.house.engineering.pk}").content.decode()

    @pytest.mark.parametrize(
        "query", ["span=x", "by=x", "kind=x", "department=9" * 30, "department=abc", "span=", "kind=%00"]
    )
    def test_whatever_stands_in_the_address_is_understood_or_left_aside(
        self, busy: Road, client_of, query: str
    ) -> None:
        page = client_of(busy.supervisor).get(f"/insight/?{query}")
        assert page.status_code == 200
        assert "办好7件" in page.content.decode()

    @pytest.mark.parametrize(
        "query",
        ["settled=x&of=all", "settled=2026-02-31..2026-03-01", "settled=2026-11-01..2026-10-01", "settled=..",
         "settled=0001-01-01..0001-01-02", "settled=9999-01-01..9999-12-31", "settled=2026-11-01..2026-11-02&of=x"],
    )  # fmt: skip
    def test_a_list_behind_no_figure_is_the_whole_list(self, busy: Road, client_of, query: str) -> None:
        found = client_of(busy.supervisor).get(f"/cases/?state=all&{query}")
        assert found.status_code == 200
        assert len(found.context["rows"]) == 7

    def test_an_agent_narrows_nothing_by_figures_she_may_not_see(self, busy: Road, client_of) -> None:
        day = timezone.localdate(busy.now)
        found = client_of(busy.agent).get(f"/cases/?state=all&settled={day}..{day}&of=handed")
        assert len(found.context["rows"]) == 7

    def test_the_sheet_holds_the_same_numbers(self, busy: Road, client_of) -> None:
        answer = client_of(busy.supervisor).get("/insight/measures.csv")
        assert answer["Content-Type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        week = next(row for row in rows if row["办好的个案"] == "7")
        assert week["转手次数"] == "0.2857"
        assert week["一次办好的分母"] == "7"
        assert len(rows) == 12

    def test_of_nothing_it_says_what_will_stand_here(self, road: Road, client_of) -> None:
        page = client_of(road.supervisor).get("/insight/").content.decode()
        assert "这段时间还没有办好的个案" in page
        assert 'data-chart="trend"' not in page

    def test_it_takes_as_many_queries_for_many_cases(
        self, busy: Road, client_of, django_assert_max_num_queries
    ) -> None:
        browser = client_of(busy.supervisor)
        with django_assert_max_num_queries(22) as few:
            browser.get("/insight/")
        for _ in range(3):
            busy.to(Stage.CONFIRMED)
        with django_assert_max_num_queries(len(few)):
            browser.get("/insight/")

    def test_a_name_in_the_address_never_becomes_markup(self, busy: Road, client_of) -> None:
        page = client_of(busy.supervisor).get("/insight/?kind=</script><script>alert(1)</script>")
        assert b"<script>alert" not in page.content


class TestTheBudgetPage:
    def test_shows_spending_against_budget_what_waits_and_what_went_beyond(
        self, busy: Road, administrator, quality, client_of
    ) -> None:
        now, day = timezone.now(), timezone.localdate()
        actions.save_budget(
            kind_id=None, department_id=None, team_id=None, period=Period.YEAR, day=day, amount=Decimal(1000),
            warn_share=80, by=administrator, now=now,
        )  # fmt: skip
        case = busy.to(Stage.JUDGED)
        asked = actions.spend(
            case_id=case.pk, kind_id=ExpenseKind.objects.get(name="Gift").pk, amount=Decimal(900), text="一束花",
            by=busy.agent, now=now,
        )  # fmt: skip
        page = client_of(busy.supervisor).get("/insight/budget/").content.decode()
        assert "1份预算快用完或已超" in page
        assert "1笔费用等批" in page
        actions.approve_expense(
            case_id=case.pk, expense_id=asked.pk, reason="她受了惊吓", by=busy.supervisor, now=now
        )
        page = client_of(quality).get("/insight/budget/").content.decode()
        assert "她受了惊吓" in page
        assert "超支" in page

    def test_says_plainly_that_it_proves_nothing(self, busy: Road, client_of) -> None:
        page = client_of(busy.supervisor).get("/insight/budget/?span=12m&kind=complaint").content.decode()
        assert "这里看不出因果" in page
        assert "太少" in page

    def test_without_budgets_it_says_what_they_are_for(self, road: Road, client_of) -> None:
        page = client_of(road.supervisor).get("/insight/budget/").content.decode()
        assert "这个月没有预算" in page

    @pytest.mark.parametrize("on", ["x", "2026-02-31", "0001-01-01", "99999-01-01", ""])
    def test_takes_any_day_for_today_that_is_none(self, road: Road, client_of, on: str) -> None:
        assert client_of(road.supervisor).get(f"/insight/budget/?on={on}").status_code == 200


class TestMoneyOnTheCase:
    def url(self, case: Case, name: str) -> str:
        return f"/cases/{case.number}/do/{name}/"

    def seen(self, case: Case) -> dict[str, int]:
        """What a page made now says it was made from."""
        case.refresh_from_db()
        return {"version": case.version}

    def test_goodwill_is_recorded_through_the_form(self, road: Road, client_of) -> None:
        case = road.to(Stage.JUDGED)
        gift = ExpenseKind.objects.get(name="Gift").pk
        browser = client_of(road.agent)
        assert "礼品，¥200以内当场记" in browser.get(f"/cases/{case.number}/?do=spend").content.decode()
        browser.post(
            self.url(case, "spend"), {"kind_id": gift, "amount": "￥８０", "text": "一束花"} | self.seen(case)
        )
        assert Expense.objects.get().state == ExpenseState.SPENT
        page = browser.get(f"/cases/{case.number}/").content.decode()
        assert "其中商誉¥80" in page
        assert "三项指标" in page

    def test_whoever_brings_a_budget_near_its_end_is_told(self, road: Road, administrator, client_of) -> None:
        case, gift = road.to(Stage.JUDGED), ExpenseKind.objects.get(name="Gift").pk
        day = timezone.localdate()
        actions.save_budget(
            kind_id=gift, department_id=None, team_id=None, period=Period.YEAR, day=day, amount=Decimal(100),
            warn_share=80, by=administrator, now=road.now,
        )  # fmt: skip
        form = {"kind_id": gift, "amount": "85", "text": "一束花"} | self.seen(case)
        page = client_of(road.agent).post(self.url(case, "spend"), form, follow=True).content.decode()
        assert "“全公司 礼品”的预算用了85%" in page

    def test_a_remedy_above_the_approved_amount_says_what_to_do_and_keeps_what_was_typed(
        self, road: Road, client_of
    ) -> None:
        case = road.to(Stage.CHOSEN)
        answer = client_of(road.handler).post(
            self.url(case, "remedy"), {"text": "止逆阀换好了", "cost": "1500", "version": case.version}
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "这次补救批了¥1,260.00" in page
        assert "止逆阀换好了" in page

    def test_a_supervisor_decides_and_a_missing_reason_is_asked_for(
        self, road: Road, administrator, client_of
    ) -> None:
        case = road.to(Stage.JUDGED)
        day = timezone.localdate(road.now)
        actions.save_budget(
            kind_id=None, department_id=None, team_id=None, period=Period.MONTH, day=day, amount=Decimal(10),
            warn_share=80, by=administrator, now=road.now,
        )  # fmt: skip
        Budget.objects.update(
            starts_on=day - timedelta(days=400), ends_on=timezone.localdate() + timedelta(days=40)
        )
        asked = actions.spend(
            case_id=case.pk, kind_id=ExpenseKind.objects.get(name="Gift").pk, amount=Decimal(60), text="一束花",
            by=road.agent, now=road.tick(),
        )  # fmt: skip
        browser = client_of(road.supervisor)
        assert "该不该花" in browser.get(f"/cases/{case.number}/").content.decode()
        form = {"expense_id": asked.pk, "decision": "approve", "reason": ""} | self.seen(case)
        answer = browser.post(self.url(case, "decide_expense"), form)
        assert answer.status_code == 422
        assert "还剩¥10.00" in answer.content.decode()
        assert browser.post(self.url(case, "decide_expense"), form | {"reason": "值得"}).status_code == 302
        assert Expense.objects.get().is_over_budget

    def test_what_is_not_needed_is_taken_back(self, road: Road, client_of) -> None:
        case = road.to(Stage.JUDGED)
        asked = actions.spend(
            case_id=case.pk, kind_id=ExpenseKind.objects.get(name="Gift").pk, amount=Decimal(600), text="一束花",
            by=road.agent, now=road.tick(),
        )  # fmt: skip
        form = {"expense_id": asked.pk} | self.seen(case)
        client_of(road.agent).post(self.url(case, "take_back_expense"), form)
        assert Expense.objects.get().state == ExpenseState.WITHDRAWN


class TestTheSettings:
    BUDGET: ClassVar = {
        "part": "budget",
        "period": "quarter",
        "day": "2026-11-17",
        "amount": "36,000",
        "warn_share": "80",
    }

    def test_set_a_budget_and_change_it(self, road: Road, administrator, client_of) -> None:
        browser = client_of(administrator)
        gift = ExpenseKind.objects.get(name="Gift").pk
        browser.post(
            "/settings/money/", self.BUDGET | {"kind_id": gift, "department_id": road.house.order.pk}
        )
        kept = Budget.objects.get()
        assert (str(kept.starts_on), str(kept.ends_on), kept.amount) == ("2026-10-01", "2026-12-31", 36000)
        page = browser.get(f"/settings/money/?budget={kept.pk}").content.decode()
        assert "修改这份预算" in page
        browser.post(
            "/settings/money/",
            self.BUDGET
            | {"kind_id": gift, "department_id": road.house.order.pk, "budget_pk": kept.pk, "amount": "5"},
        )
        assert Budget.objects.get().amount == 5

    @pytest.mark.parametrize(
        "wrong",
        [{"amount": "0"}, {"amount": "x"}, {"day": "2026-13-01"}, {"period": "week"}, {"warn_share": "100"},
         {"kind_id": "9999999"}, {"amount": "9" * 40}],
    )  # fmt: skip
    def test_what_does_not_fit_is_said_in_words_and_nothing_is_lost(
        self, road: Road, administrator, client_of, wrong
    ) -> None:
        answer = client_of(administrator).post("/settings/money/", self.BUDGET | wrong)
        assert answer.status_code == 422
        assert "2026-11-17" in answer.content.decode() or "2026-13-01" in answer.content.decode()
        assert not Budget.objects.exists()

    def test_two_budgets_for_the_same_are_one_too_many(self, road: Road, administrator, client_of) -> None:
        browser = client_of(administrator)
        browser.post("/settings/money/", self.BUDGET)
        answer = browser.post("/settings/money/", self.BUDGET)
        assert answer.status_code == 422
        assert "已经有一份预算" in answer.content.decode()

    def test_kinds_and_limits(self, road: Road, administrator, client_of) -> None:
        browser = client_of(administrator)
        browser.post(
            "/settings/money/", {"part": "kind", "name": "代金券", "nature": "goodwill", "is_active": "on"}
        )
        voucher = ExpenseKind.objects.get(name="代金券")
        browser.post(
            "/settings/money/", {"part": "limit", "role": "agent", "kind_id": voucher.pk, "amount": "50"}
        )
        assert ExpenseLimit.objects.get(kind=voucher).amount == 50
        browser.post(
            "/settings/money/", {"part": "limit", "role": "agent", "kind_id": voucher.pk, "amount": ""}
        )
        assert not ExpenseLimit.objects.filter(kind=voucher).exists()
        browser.post(
            "/settings/money/", {"part": "kind", "kind_pk": voucher.pk, "name": "礼券", "nature": "goodwill"}
        )
        voucher.refresh_from_db()
        assert (voucher.name, voucher.is_active) == ("礼券", False)
        assert "代金券" not in browser.get("/settings/money/").content.decode()

    @pytest.mark.parametrize("query", ["kind=0", "kind=abc", "budget=999999", "budget=" + "9" * 40])
    def test_what_is_not_there_is_not_there(self, road: Road, administrator, client_of, query: str) -> None:
        assert client_of(administrator).get(f"/settings/money/?{query}").status_code == 404
