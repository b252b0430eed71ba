"""Transfers, letters, statutory times and expectations through the doors people use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from zhiyin.cases.models import Case
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.statutory import actions as statutory
from zhiyin.statutory.models import Letter, Profile, StatutoryRule, Transfer
from zhiyin.statutory.rules.words import Body, Region
from zhiyin.statutory.tests.conftest import WORDS

pytestmark = pytest.mark.django_db
RULE = {
    "duty": "return", "body": "hotline", "sector": "", "amount": "３", "unit": "working_days", "mark": "V",
    "starts_from": "received", "remind_days": "1", "rolls": "on", "effective_from": "2027-01-01", "effective_to": "",
    "basis": "新办法第九条",
}  # fmt: skip
SHEET = {
    "edition": "0", "stated": "修好", "genuine": "yes", "wishes": ["respected"], "us_text": "整夜开机",
    "us_cost": "1,260", "us_effect": "3", "me_text": "上门看", "me_cost": "0", "me_effect": "1",
    "rule_text": "停机逐户告知",
}  # fmt: skip


@pytest.fixture
def walk(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


def passed_on(walk: Road, case: Case, number: str = "GZ1") -> Transfer:
    return statutory.receive(
        case_id=case.pk,
        body=Body.HOTLINE,
        external_number=number,
        demand="要求书面答复",
        received_at=walk.now,
        by=walk.agent,
        now=walk.now,
    )


class TestBoardListAndDay:
    def test_the_board_has_a_column_of_its_own_while_an_authority_waits(self, walk, client_of):
        boss = client_of(walk.supervisor)
        case, other = walk.to(Stage.JUDGED), walk.to(Stage.JUDGED)
        assert 'data-stage="transfers"' not in boss.get(reverse("desk:board")).content.decode()
        transfer = passed_on(walk, case)
        board = boss.get(reverse("desk:board")).context["board"]
        lane = next(column for column in board.columns if column.lane)
        assert [card.number for card in lane.cards] == [case.number]
        assert other.number not in {card.number for card in lane.cards}
        assert sum(column.total for column in board.columns) == 2, "it hangs in one column only"
        page = boss.get(reverse("desk:board")).content.decode()
        assert "上级转办" in page
        assert "法定" in page
        statutory.reply(transfer_id=transfer.pk, text="平台答复", by=walk.supervisor, now=timezone.now())
        assert 'data-stage="transfers"' not in boss.get(reverse("desk:board")).content.decode()

    def test_the_list_can_be_narrowed_to_them(self, walk, client_of):
        case, other = walk.open(subject="转办的"), walk.open(subject="没转办的")
        passed_on(walk, case)
        page = client_of(walk.agent).get(reverse("desk:cases") + "?transferred=on").content.decode()
        assert case.number in page
        assert other.number not in page

    def test_the_last_day_of_a_statutory_time_is_for_today(self, walk, client_of):
        case = walk.open()
        transfer = passed_on(walk, case)
        today = timezone.localdate()
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        transfer.duties.filter(duty="accept").update(due_at=midnight, warn_at=walk.now)
        transfer.duties.exclude(duty="accept").update(due_at=midnight + timedelta(days=9))
        page = client_of(walk.agent).get("/")
        near = {
            str(row["due"].near)
            for group in page.context["groups"]
            for row in group["rows"]
            if row["due"].kind == "statutory"
        }
        assert near <= {"today", "hour"}
        assert today == timezone.localdate(midnight) - timedelta(days=1)

    @pytest.mark.parametrize(
        "address", ["desk:board", "desk:cases", "desk:today", "desk:letters", "desk:rule_changes"]
    )
    def test_more_rows_need_no_more_queries(self, walk, client_of, django_assert_max_num_queries, address):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        boss = client_of(walk.supervisor)
        where = reverse(address)

        def fill(number: int) -> None:
            case = walk.to(Stage.JUDGED)
            transfer = passed_on(walk, case, f"GZ{number}")
            letter = statutory.draft(transfer_id=transfer.pk, by=walk.agent, now=walk.tick())
            statutory.rewrite(letter_id=letter.pk, words=WORDS, by=walk.agent, now=walk.tick())
            statutory.submit(letter_id=letter.pk, by=walk.agent, now=walk.tick())

        fill(0)
        boss.get(where)
        with CaptureQueriesContext(connection) as before:
            boss.get(where)
        for number in range(1, 4):
            fill(number)
        with django_assert_max_num_queries(len(before)):
            assert boss.get(where).status_code == 200


class TestLetters:
    @pytest.fixture
    def letter(self, walk) -> Letter:
        transfer = passed_on(walk, walk.open())
        return statutory.draft(transfer_id=transfer.pk, by=walk.agent, now=walk.tick())

    def test_a_missing_part_is_named_beside_its_field(self, letter, walk, client_of):
        form = {
            "addressee": "热线办",
            "title": "复函",
            "opening": "收悉。",
            "finding": "查明",
            "remedy": "补救",
            "version": letter.version,
        }
        answer = client_of(walk.agent).post(reverse("desk:letter_do", args=[letter.pk, "submit"]), form)
        assert answer.status_code == 422
        assert "prevention" in answer.context["form"].errors
        letter.refresh_from_db()
        assert letter.state == "draft"
        assert letter.finding == "查明", "what was typed is kept"

    def test_two_at_one_letter_the_second_is_told_and_loses_nothing(self, letter, walk, client_of):
        form = {"addressee": "热线办", "title": "复函", "opening": "收悉。", "version": letter.version}
        where = reverse("desk:letter_do", args=[letter.pk, "save"])
        assert client_of(walk.agent).post(where, form | {"finding": "甲写的"}).status_code == 302
        second = client_of(walk.colleague).post(where, form | {"finding": "乙写的"})
        assert second.status_code == 422
        assert "乙写的" in second.content.decode()
        assert walk.agent.name in second.content.decode()
        again = dict(second.context["form"].data.items())
        assert client_of(walk.colleague).post(where, again).status_code == 302

    def test_the_preview_is_a_pdf_and_after_issuing_the_file_itself(self, letter, walk, client_of):
        agent = client_of(walk.agent)
        where = reverse("desk:letter_preview", args=[letter.pk])
        assert agent.get(where).content.startswith(b"%PDF")
        statutory.rewrite(letter_id=letter.pk, words=WORDS, by=walk.agent, now=walk.tick())
        statutory.submit(letter_id=letter.pk, by=walk.agent, now=walk.tick())
        issued = statutory.issue(letter_id=letter.pk, by=walk.supervisor, now=walk.tick())
        assert agent.get(where)["Location"] == reverse("file", args=[issued.file_id])

    def test_an_agent_is_refused_the_issuing_and_another_team_finds_nothing(
        self, letter, walk, client_of, other_agent
    ):
        statutory.rewrite(letter_id=letter.pk, words=WORDS, by=walk.agent, now=walk.tick())
        statutory.submit(letter_id=letter.pk, by=walk.agent, now=walk.tick())
        issue = reverse("desk:letter_do", args=[letter.pk, "issue"])
        assert client_of(walk.agent).post(issue).status_code == 403
        assert client_of(other_agent).post(issue).status_code == 404
        assert client_of(other_agent).get(reverse("desk:letter", args=[letter.pk])).status_code == 404


class TestSettings:
    def test_a_newer_version_stands_beside_the_one_in_force(self, client_of, administrator):
        rule = StatutoryRule.objects.get(code="hotline-return")
        browser = client_of(administrator)
        answer = browser.post(reverse("desk:statutory_rules"), RULE | {"rule_id": str(rule.pk)})
        assert answer.status_code == 302
        versions = StatutoryRule.objects.filter(code="hotline-return").order_by("effective_from")
        assert [(one.amount, one.effective_from) for one in versions][1:] == [(3, date(2027, 1, 1))]
        page = browser.get(reverse("desk:statutory_rules")).content.decode()
        assert "新办法第九条" in page
        again = browser.post(reverse("desk:statutory_rules"), RULE | {"rule_id": str(rule.pk)})
        assert again.status_code == 422

    def test_an_administrator_adds_the_rule_of_the_city_with_what_it_rests_on(self, client_of, administrator):
        statutory.save_profile(region=Region.GUANGDONG, city="深圳市", by=administrator, now=timezone.now())
        browser = client_of(administrator)
        place = {"region": "44", "city": "深圳", "remark": "加急件另计", "effective_from": "2026-01-01"}
        lost = browser.post(reverse("desk:statutory_rules"), RULE | place | {"region": ""})
        assert lost.status_code == 422
        assert "所在的地区" in lost.content.decode()
        assert browser.post(reverse("desk:statutory_rules"), RULE | place).status_code == 302
        rule = StatutoryRule.objects.get(city="深圳")
        assert rule.code not in set(StatutoryRule.objects.exclude(pk=rule.pk).values_list("code", flat=True))
        rows = browser.get(reverse("desk:statutory_rules")).context["rows"]
        states = {row.code: (row.state, row.ours) for row in rows}
        assert states[rule.code] == ("now", True)
        assert states["hotline-return"] == ("now", True), "the rule of the country stands beside it"
        assert states["market-mediate-shanghai"] == ("now", False)
        page = browser.get(reverse("desk:statutory_rules")).content.decode()
        assert "加急件另计" in page
        assert "对我们不适用" in page

    def test_a_remark_is_no_part_of_what_a_rule_rests_on_and_is_read_in_ones_own_language(
        self, client_of, administrator
    ):
        assert not StatutoryRule.objects.filter(basis__contains="核对").exists()
        browser = client_of(administrator)
        page = browser.get(reverse("desk:statutory_rules")).content.decode()
        assert "各地不同，请添加本市的规定" in page
        assert "条文未核对，待法务确认" in page
        administrator.language = "en"
        administrator.save(update_fields=["language"])
        page = browser.get(
            reverse("desk:statutory_rules"), headers={"accept-language": "en"}
        ).content.decode()
        assert "Differs from place to place" in page

    def test_dates_that_cross_and_missing_words_come_back(self, client_of, administrator):
        browser = client_of(administrator)
        crossed = RULE | {"effective_to": "2026-01-01"}
        assert "早" in browser.post(reverse("desk:statutory_rules"), crossed).content.decode()
        assert browser.post(reverse("desk:statutory_rules"), {}).status_code == 422

    def test_a_rule_kept_ready_is_put_into_use_and_ended(self, client_of, administrator):
        rule = StatutoryRule.objects.get(code="market-mediate-shanghai")
        browser = client_of(administrator)
        for active in ("0", "1"):
            browser.post(reverse("desk:statutory_use", args=[rule.pk]), {"active": active})
            rule.refresh_from_db()
            assert rule.active is (active == "1")
        browser.post(reverse("desk:statutory_end", args=[rule.pk]))
        rule.refresh_from_db()
        assert rule.effective_to == timezone.localdate() - timedelta(days=1)

    def test_the_letterhead_is_kept_and_an_unknown_place_is_named(self, client_of, administrator):
        browser = client_of(administrator)
        where = reverse("desk:letterhead")
        answer = browser.post(where, {"series_word": "禾安函", "opening": "贵单位{来建}转来"})
        assert answer.status_code == 422
        assert "来建" in answer.content.decode()
        assert 'name="version" value="0"' in browser.get(where).content.decode()
        words = {"series_word": "禾安函", "name": "禾安物业有限公司"}
        assert browser.post(where, words).status_code == 422, (
            "who does not say what she has seen overwrites nothing"
        )
        assert browser.post(where, words | {"version": 0}).status_code == 302
        assert Profile.objects.get().series_word == "禾安函"
        overtaken = browser.post(where, words | {"name": "禾安物业", "version": 0}).content.decode()
        assert 'name="version" value="1"' in overtaken
        assert 'value="禾安物业"' in overtaken


class TestExpectation:
    def test_written_shown_on_the_case_and_gathered_where_rules_stand_in_the_way(self, walk, client_of):
        agent = client_of(walk.agent)
        case = walk.to(Stage.JUDGED)
        where = reverse("desk:expectation", args=[case.number])
        page = agent.get(reverse("desk:case", args=[case.number])).content.decode()
        assert 'data-prompt="heard"' in page
        assert agent.post(where, SHEET).status_code == 302
        page = agent.get(reverse("desk:case", args=[case.number])).content.decode()
        assert 'data-prompt="heard"' not in page
        assert "整夜开机" in page
        assert case.events.filter(kind=EventKind.EXPECTED).exists()
        sheet = agent.get(where).content.decode()
        assert "<circle" in sheet
        assert "¥1,260" in sheet
        assert "停机逐户告知" in agent.get(reverse("desk:rule_changes")).content.decode()

    def test_a_prompt_stands_in_nobodys_way(self, walk, client_of):
        case = walk.to(Stage.APPROVED)
        page = client_of(walk.agent).get(reverse("desk:case", args=[case.number]))
        assert 'data-prompt="uncertainty"' in page.content.decode()
        walk.choose(case)
        case.refresh_from_db()
        assert case.stage == Stage.CHOSEN

    def test_what_somebody_else_wrote_meanwhile_is_said_and_nothing_is_lost(self, walk, client_of):
        case = walk.open()
        where = reverse("desk:expectation", args=[case.number])
        client_of(walk.agent).post(where, SHEET)
        second = client_of(walk.colleague).post(where, SHEET | {"stated": "乙听到的"})
        assert second.status_code == 409
        assert "乙听到的" in second.content.decode()
        again = second.context["form"].data
        assert client_of(walk.colleague).post(where, again).status_code == 302

    def test_unsure_without_a_reason_and_an_amount_that_is_none_come_back(self, walk, client_of):
        where = reverse("desk:expectation", args=[walk.open().number])
        agent = client_of(walk.agent)
        unsure = agent.post(where, SHEET | {"genuine": "unsure"})
        assert "genuine_reason" in unsure.context["form"].errors
        words = agent.post(where, SHEET | {"us_cost": "很多"})
        assert "us_cost" in words.context["form"].errors
        assert words.status_code == 422

    def test_customers_never_see_it(self, walk, client):
        from zhiyin.cases import actions, links
        from zhiyin.cases.rules.expectations import Genuine
        from zhiyin.cases.rules.words import LinkPurpose

        case = walk.to(Stage.APPROVED)
        actions.expect(
            case_id=case.pk, stated="只有我们看的话", genuine=Genuine.YES, by=walk.agent, now=walk.tick()
        )
        key = links.issue(case=case, purpose=LinkPurpose.CHOOSE, now=timezone.now())
        client.post("/portal/k/", {"key": key})
        assert "只有我们看的话" not in client.get(f"/portal/{case.number}/").content.decode()
