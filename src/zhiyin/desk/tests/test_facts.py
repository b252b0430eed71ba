"""The facts of a case through its pages: entered, pasted, compared, shared, taken over, archived."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhiyin.cases import actions as cases
from zhiyin.cases import archive
from zhiyin.cases.models import Case, CaseEvent
from zhiyin.cases.rules.words import EventKind, Stage
from zhiyin.cases.tests.road import Road
from zhiyin.customers.rules import Channel
from zhiyin.facts import actions
from zhiyin.facts.models import Column, FactTable, Observation
from zhiyin.facts.rules import words
from zhiyin.facts.rules.starters import BY_KEY
from zhiyin.people.models import Staff

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[2] / "libs/contrast/tests/golden"


@pytest.fixture
def here(road: Road) -> Road:
    road.now = timezone.now() - timedelta(hours=8)
    return road


@pytest.fixture
def case(here: Road) -> Case:
    return here.to(Stage.ASSIGNED)


@pytest.fixture
def lin(here: Road, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(here.agent)


def at(case: Case, name: str = "facts", **places: int) -> str:
    return reverse(f"desk:{name}", kwargs={"number": case.number, **places})


def begun(client: Client, case: Case, starter: str = "own") -> FactTable:
    assert client.post(at(case, "facts_begin"), {"starter": starter}).status_code == 302
    return FactTable.objects.latest("pk")


def named(table: FactTable, name: str) -> str:
    return f"c{Column.objects.get(table=table, name=name).pk}"


def pasted(client: Client, case: Case, text: str, outcome: str, **more: Any) -> Any:
    return client.post(
        at(case, "facts_paste"), {"text": text, "outcome": outcome, "new_columns": "on", **more}
    )


def golden(client: Client, case: Case, name: str, outcome: str) -> str:
    """A table with the rows of a golden case, and its page."""
    begun(client, case)
    answer = pasted(client, case, (GOLDEN / f"{name}.csv").read_text("utf-8-sig"), outcome)
    assert answer.status_code == 302, answer.content.decode()
    return str(client.get(at(case)).content.decode())


class TestWhatTheFactsSay:
    def test_vanilla_and_a_short_stay_are_named_together_with_the_observation_that_separates_them(
        self, lin: Client, case: Case
    ) -> None:
        page = golden(lin, case, "ice_cream", "发动不了")
        assert "8次里7次，其余9次里0次" in page
        assert "分不出是哪一个" in page
        assert "请再观察一次：口味是“香草”，同时停留达到6分钟（如11分钟）" in page
        assert "作为根因" not in page

    def test_five_observations_later_the_stay_is_the_cause_and_fills_the_form_of_the_cause(
        self, here: Road, case: Case, client_of: Callable[[Staff], Client]
    ) -> None:
        handler = client_of(here.handler)
        page = golden(handler, case, "ice_cream_followed_up", "发动不了")
        assert "停留不到6分钟时失败：10次里9次，其余12次里0次" in page
        found = re.search(r'href="([^"]+finding=\d+)#deed"', page)
        assert found is not None
        form = handler.get(found[1].replace("&amp;", "&"))
        assert "停留不到6分钟时失败" in form.content.decode()
        shown = form.context["form"]
        assert "停留不到6分钟" in shown["root_cause"].value()
        assert "22次" in shown["findings"].value()
        case.refresh_from_db()
        assert case.root_cause == ""  # nothing is kept before the person sends the form

    def test_what_was_found_before_stays_when_the_facts_are_taken_over(
        self, here: Road, client_of: Callable[[Staff], Client]
    ) -> None:
        case = here.to(Stage.REMEDIED)
        cases.confirm(
            case_id=case.pk,
            satisfied=False,
            words="又来了",
            channel=Channel.PHONE,
            by=here.colleague,
            now=here.tick(),
        )
        handler = client_of(here.handler)
        golden(handler, case, "ice_cream_followed_up", "发动不了")
        shown = handler.get(f"/cases/{case.number}/?do=investigate&finding=0").context["form"]
        assert shown["findings"].value().startswith("周末夜里排风机都停着\n")
        assert "10次里9次" in shown["findings"].value()

    def test_figures_stand_in_a_table_with_intervals_and_all_three_p_values(
        self, lin: Client, case: Case
    ) -> None:
        page = golden(lin, case, "ice_cream_followed_up", "发动不了")
        table = page[page.index("fact-figures") :]
        for heading in (
            "单看的p值",
            "计入本列搜索的p值",
            "计入看过的全部的p值",
            "差值（95%）",
            "倍数（95%）",
        ):
            assert heading in table
        assert "9/10" in table
        assert "0/12" in table

    def test_where_there_is_no_cause_none_is_named(self, lin: Client, case: Case) -> None:
        page = golden(lin, case, "no_cause", "结果")
        assert "已确立" not in page

    def test_the_lift_stops_on_rainy_evenings(self, lin: Client, case: Case) -> None:
        page = golden(lin, case, "lift", "结果")
        assert "9次里9次，其余39次里0次" in page

    def test_few_rows_say_what_can_be_suspected_and_how_many_it_takes(self, lin: Client, case: Case) -> None:
        begun(lin, case)
        pasted(
            lin,
            case,
            "下雨\t时间\t漏了\n是\t08:00\t是\n是\t09:00\t是\n否\t10:00\t否\n否\t11:00\t否\n",
            "漏了",
        )
        page = lin.get(at(case)).content.decode()
        assert "最可疑" in page
        assert re.search(r"大约要\d+行|约需\d+行|\d+行", page)

    def test_all_failed_says_what_is_missing(self, lin: Client, case: Case) -> None:
        begun(lin, case)
        pasted(lin, case, "下雨\t漏了\n是\t是\n否\t是\n", "漏了")
        assert "没有可以对照的" in lin.get(at(case)).content.decode()

    def test_cells_of_the_leading_condition_are_marked_where_it_holds(self, lin: Client, case: Case) -> None:
        page = golden(lin, case, "ice_cream_followed_up", "发动不了")
        grid = page[page.index("fgrid") : page.index("facts-analysis")]
        assert len(re.findall(r'<td class="hit\b', grid)) == 10

    def test_the_page_of_the_case_shows_newest_rows_comparison_and_verdict(
        self, lin: Client, case: Case
    ) -> None:
        golden(lin, case, "ice_cream_followed_up", "发动不了")
        page = lin.get(f"/cases/{case.number}/").content.decode()
        assert "停留不到6分钟" in page
        assert "ctab" in page

    def test_an_english_reader_reads_english(self, here: Road, lin: Client, case: Case) -> None:
        golden(lin, case, "ice_cream_followed_up", "发动不了")
        Staff.objects.filter(pk=here.agent.pk).update(language="en")
        page = lin.get(at(case)).content.decode()
        assert "9 of 10, against 0 of 12" in page


class TestEnteringRows:
    def test_a_starter_brings_its_columns_in_the_readers_language(self, lin: Client, case: Case) -> None:
        table = begun(lin, case, "network")
        names = list(table.columns.values_list("name", flat=True))
        assert "微波炉在用" in names
        assert names[-1] == "断了"
        assert CaseEvent.objects.filter(case=case, kind=EventKind.FACTS).exists()

    def test_rows_are_noted_down_one_after_the_other_and_stand_in_the_grid(
        self, lin: Client, case: Case
    ) -> None:
        table = begun(lin, case, "network")
        row = {named(table, "房间"): "厨房", named(table, "微波炉在用"): "yes", named(table, "断了"): "yes"}
        partial = lin.post(at(case, "facts_add"), row, headers={"HX-Request": "true"})
        assert partial.status_code == 200
        assert "厨房" in partial.content.decode()
        assert 'id="facts-analysis"' in partial.content.decode()
        assert "<html" not in partial.content.decode()
        assert lin.post(at(case, "facts_add"), row).status_code == 302
        assert Observation.objects.filter(table=table, failed=True).count() == 2

    def test_a_row_sent_twice_is_one_observation(self, lin: Client, case: Case) -> None:
        table = begun(lin, case, "network")
        token = lin.get(at(case)).context["form"]["token"].value()
        for _ in range(2):
            lin.post(at(case, "facts_add"), {named(table, "断了"): "no", "token": str(token)})
        assert Observation.objects.count() == 1

    def test_what_cannot_be_read_is_said_at_its_cell_and_everything_typed_stays(
        self, lin: Client, case: Case
    ) -> None:
        table = begun(lin, case, "network")
        number = named(table, "在线设备")
        answer = lin.post(
            at(case, "facts_add"), {number: "很多", named(table, "房间"): "书房", named(table, "断了"): "yes"}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "“很多”不是数字" in page
        assert 'value="书房"' in page
        assert not Observation.objects.exists()

    def test_whether_it_failed_must_be_said(self, lin: Client, case: Case) -> None:
        table = begun(lin, case, "network")
        answer = lin.post(at(case, "facts_add"), {named(table, "房间"): "书房"})
        assert answer.status_code == 422
        assert "还没说" in answer.content.decode()

    def test_a_row_is_corrected_and_who_was_slower_keeps_what_was_written(
        self, lin: Client, case: Case
    ) -> None:
        table = begun(lin, case, "network")
        room, outcome = named(table, "房间"), named(table, "断了")
        lin.post(at(case, "facts_add"), {room: "厨房", outcome: "yes"})
        row = Observation.objects.get()
        opened = lin.get(at(case), {"row": row.pk}).context["form"]
        data = {room: "客厅", outcome: "no", "version": opened["version"].value()}
        assert lin.post(at(case, "facts_row", row=row.pk), data).status_code == 302
        late = lin.post(at(case, "facts_row", row=row.pk), {**data, room: "阳台"})
        assert late.status_code == 409
        assert 'value="阳台"' in late.content.decode()
        row.refresh_from_db()
        assert (row.failed, row.cells[room[1:]]) == (False, "客厅")

    def test_a_row_taken_out_is_put_back_by_undo(self, lin: Client, case: Case) -> None:
        table = begun(lin, case, "network")
        lin.post(at(case, "facts_add"), {named(table, "断了"): "yes"})
        row = Observation.objects.get()
        page = lin.post(at(case, "facts_row_remove", row=row.pk), follow=True).content.decode()
        assert at(case, "facts_row_restore", row=row.pk) in page
        assert not Observation.objects.filter(removed_at__isnull=True).exists()
        lin.post(at(case, "facts_row_restore", row=row.pk))
        assert Observation.objects.filter(removed_at__isnull=True).exists()

    def test_a_table_that_is_full_says_so(
        self, lin: Client, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        table = begun(lin, case, "network")
        monkeypatch.setattr(words, "ROWS", 1)
        row = {named(table, "断了"): "yes"}
        lin.post(at(case, "facts_add"), row)
        full = lin.post(at(case, "facts_add"), row)
        assert full.status_code == 422
        assert "最多1次观察" in full.content.decode()


class TestFromASpreadsheet:
    def test_nothing_is_taken_while_a_cell_is_wrong_and_the_cells_stay_to_be_mended(
        self, lin: Client, case: Case
    ) -> None:
        table = begun(lin, case, "vehicle")
        answer = pasted(
            lin, case, "停留\t发动不了\n三\t是\n5\t也许\n6\t否\n", table.columns.get(is_outcome=True).name
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "第2行" in page
        assert "第3行" in page
        assert "三\t是" in page
        assert not Observation.objects.exists()

    def test_a_workbook_is_read_as_a_pasted_block_is(self, lin: Client, case: Case) -> None:
        begun(lin, case)
        book = SimpleUploadedFile(
            "facts.xlsx",
            workbook([["口味", "停留（分钟）", "发动不了"], ["香草", 3, "是"], ["芒果", 8.5, "否"]]),
        )
        answer = pasted(lin, case, "", "发动不了", file=book)
        assert answer.status_code == 302, answer.content.decode()
        kept = Observation.objects.latest("pk")
        column = Column.objects.get(name="停留")
        assert (column.unit, kept.cells[str(column.pk)]) == ("分钟", 8.5)

    def test_errors_of_a_file_come_back_with_its_cells_so_that_nothing_is_chosen_again(
        self, lin: Client, case: Case
    ) -> None:
        begun(lin, case)
        file = SimpleUploadedFile("facts.csv", "口味,发动不了\n香草,也许\n芒果,否\n".encode("gb18030"))
        page = pasted(lin, case, "", "发动不了", file=file).content.decode()
        assert "香草,也许" in page

    @pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xff\xfe\x00\x01", b""])
    def test_a_file_that_is_none_is_met_with_a_sentence(
        self, lin: Client, case: Case, content: bytes
    ) -> None:
        begun(lin, case)
        answer = pasted(lin, case, "", "发动不了", file=SimpleUploadedFile("facts.xlsx", content))
        assert answer.status_code == 422

    def test_what_is_exported_can_be_taken_over_again_and_carries_no_formula(
        self, lin: Client, case: Case
    ) -> None:
        golden(lin, case, "ice_cream", "发动不了")
        column = Column.objects.get(name="门店")
        row = Observation.objects.earliest("pk")
        row.cells[str(column.pk)] = "=1+1"
        row.save(update_fields=["cells"])
        answer = lin.get(at(case, "facts_export"))
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(lines) == 18
        assert "停留（分钟）" in lines[0]
        assert "'=1+1" in lines[1]
        assert lines[1][-1] == case.number


class TestColumns:
    def test_a_column_is_added_renamed_moved_taken_out_and_put_back_with_its_values(
        self, lin: Client, case: Case
    ) -> None:
        table = begun(lin, case)
        form = {"name": "下雨", "kind": "yesno", "asked": "on", "wording": "下雨了吗？"}
        assert lin.post(at(case, "facts_columns"), form).status_code == 302
        column = Column.objects.get(name="下雨")
        assert table.columns.order_by("position").last() == table.columns.get(is_outcome=True)
        lin.post(at(case, "facts_add"), {f"c{column.pk}": "yes", named(table, "出了问题"): "yes"})
        changed = lin.post(at(case, "facts_column", column=column.pk), {**form, "name": "雨天"})
        assert changed.status_code == 302
        stays = lin.post(at(case, "facts_column", column=column.pk), {**form, "kind": "number"})
        assert stays.status_code == 422
        lin.post(at(case, "facts_column_move", column=column.pk), {"to": "up"})
        lin.post(at(case, "facts_column_remove", column=column.pk), follow=True)
        assert "雨天" not in lin.get(at(case)).content.decode()
        lin.post(at(case, "facts_column_restore", column=column.pk))
        assert "雨天" in lin.get(at(case)).content.decode()
        assert Observation.objects.get().cells[str(column.pk)] is True

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"name": "出了问题"}, {"name": "长" * 41}, {"kind": "colour"}, {"answers": "长" * 30}],
    )
    def test_a_column_that_does_not_fit_comes_back_with_a_sentence(
        self, lin: Client, case: Case, wrong: dict[str, str]
    ) -> None:
        begun(lin, case)
        before = Column.objects.count()
        form = {"name": "下雨", "kind": "category", "answers": "大\n小"}
        answer = lin.post(at(case, "facts_columns"), form | wrong)
        assert answer.status_code == 422
        assert Column.objects.count() == before

    def test_the_outcome_stays(self, lin: Client, case: Case) -> None:
        table = begun(lin, case)
        outcome = table.columns.get(is_outcome=True)
        lin.post(at(case, "facts_column_remove", column=outcome.pk))
        outcome.refresh_from_db()
        assert outcome.removed_at is None


class TestLikeCases:
    def test_a_like_case_with_a_table_of_its_own_is_gathered_and_each_row_keeps_its_case(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED, subject="车停一会儿就发动不了")
        golden(lin, case, "ice_cream", "发动不了")
        golden(lin, other, "ice_cream_followed_up", "发动不了")
        assert "车停一会儿就发动不了" in lin.get(at(case, "facts_gather")).content.decode()
        answer = lin.post(at(case, "facts_gather"), {"number": other.number})
        assert answer.status_code == 302
        page = lin.get(at(case), {"all": 1})
        sheet = page.context["sheet"]
        assert (len(sheet.rows), {row.case_id for row in sheet.rows}) == (39, {case.pk, other.pk})
        assert len(sheet.conditions) == 6  # 地点 of the starter beside the five of the golden case
        assert "39次里" not in page.content.decode()
        assert lin.post(at(other, "facts_leave")).status_code == 302
        assert len(lin.get(at(case)).context["sheet"].rows) == 17
        apart = lin.get(at(other)).context["sheet"]
        assert len(apart.rows) == 22
        assert "停留不到6分钟时失败：10次里9次" in lin.get(at(other)).content.decode()

    def test_rows_of_another_case_are_changed_at_that_case_only(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED)
        table = begun(lin, case)
        lin.post(at(case, "facts_gather"), {"number": other.number})
        lin.post(at(other, "facts_add"), {named(table, "出了问题"): "yes"})
        row = Observation.objects.get()
        assert row.case_id == other.pk
        assert lin.post(at(case, "facts_row_remove", row=row.pk)).status_code == 404

    def test_rows_of_cases_outside_ones_sight_are_neither_shown_nor_counted(
        self, here: Road, lin: Client, case: Case, client_of: Callable[[Staff], Client]
    ) -> None:
        unseen = here.open(subject="别的部门没问到")
        table = begun(lin, case)
        lin.post(at(case, "facts_gather"), {"number": unseen.number})
        place = named(table, "地点")
        lin.post(at(unseen, "facts_add"), {named(table, "出了问题"): "yes", place: "秘密地点"})
        page = client_of(here.handler).get(at(case))
        assert "秘密地点" not in page.content.decode()
        assert "别的部门没问到" not in page.content.decode()
        assert page.context["sheet"].hidden == 1

    def test_a_case_without_a_table_may_use_the_one_of_a_like_case(
        self, here: Road, lin: Client, case: Case
    ) -> None:
        other = here.to(Stage.ASSIGNED)
        begun(lin, case)
        page = lin.get(at(other)).content.decode()
        assert f'action="{at(case, "facts_gather")}"' in page
        lin.post(at(case, "facts_gather"), {"number": other.number})
        assert lin.get(at(other)).context["sheet"].table == lin.get(at(case)).context["sheet"].table

    def test_the_same_case_twice_is_not_gathered(self, here: Road, lin: Client, case: Case) -> None:
        begun(lin, case)
        assert lin.post(at(case, "facts_gather"), {"number": case.number}).status_code == 422
        assert lin.post(at(case, "facts_gather"), {"number": "2611-9999"}).status_code == 422


class TestWho:
    def test_the_handler_of_the_case_enters_and_strangers_find_nothing(
        self,
        here: Road,
        case: Case,
        lin: Client,
        other_agent: Staff,
        other_handler: Staff,
        quality: Staff,
        client_of: Callable[[Staff], Client],
    ) -> None:
        table = begun(lin, case)
        row = {named(table, "出了问题"): "yes"}
        assert client_of(here.handler).post(at(case, "facts_add"), row).status_code == 302
        for stranger in (other_agent, other_handler):
            assert client_of(stranger).get(at(case)).status_code == 404
            assert client_of(stranger).post(at(case, "facts_add"), row).status_code == 404
        reader = client_of(quality)
        assert reader.get(at(case)).status_code == 200
        assert reader.post(at(case, "facts_add"), row).status_code == 403
        assert Observation.objects.count() == 1

    def test_an_archived_case_keeps_its_facts_as_they_are(self, here: Road, client_of: Any) -> None:
        case, lin = here.to(Stage.CONFIRMED), client_of(here.agent)
        table = begun(lin, case)
        lin.post(at(case, "facts_add"), {named(table, "出了问题"): "yes"})
        here.archive(case)
        answer = lin.post(at(case, "facts_add"), {named(table, "出了问题"): "no"})
        assert answer.status_code == 422
        assert Observation.objects.count() == 1


def test_the_archive_of_a_case_holds_its_facts_as_data_and_as_a_table(
    here: Road, client_of: Any, tmp_path: Path
) -> None:
    case, lin = here.to(Stage.CONFIRMED), client_of(here.agent)
    golden(lin, case, "ice_cream", "发动不了")
    here.archive(case)
    packed = archive.package(number=case.number, to=tmp_path)
    with zipfile.ZipFile(packed) as bundle:
        document = json.loads(bundle.read("case.json"))
        assert bundle.read("case.pdf").startswith(b"%PDF")
    facts = document["enclosed"]["facts"]
    assert len(facts["observations"]) == 17
    assert sum(row["failed"] for row in facts["observations"]) == 7
    assert "停留" in {column["name"] for column in facts["columns"]}


def test_as_many_queries_for_many_rows_as_for_few(lin: Client, case: Case, here: Road) -> None:
    golden(lin, case, "ice_cream", "发动不了")

    def cost(address: str) -> int:
        lin.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert lin.get(address).status_code == 200
        return len(seen)

    places = [at(case), f"{at(case)}?all=1", f"/cases/{case.number}/", at(case, "facts_export")]
    few = [cost(place) for place in places]
    rows = (GOLDEN / "ice_cream_followed_up.csv").read_text("utf-8-sig")
    for _ in range(3):
        pasted(lin, case, rows, "发动不了")
    assert [cost(place) for place in places] == few


def test_actions_lock_out_what_forms_hide(here: Road, case: Case) -> None:
    """A second table for the same case is refused by rule, and by the database should the rule be forgotten."""
    actions.begin(case_id=case.pk, starter=BY_KEY["own"], by=here.agent, now=here.tick())
    with pytest.raises(words.HasTable):
        actions.begin(case_id=case.pk, starter=BY_KEY["own"], by=here.agent, now=here.tick())


def workbook(rows: list[list[object]]) -> bytes:
    """The smallest XLSX with these rows."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    rels = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'{rels}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{rels}worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, text in parts.items():
            bundle.writestr(name, text)
    return out.getvalue()
