"""Facts entered: row by row, from a spreadsheet, and the columns they are entered in."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhiyin.cases.models import Case, CaseEvent
from zhiyin.cases.rules.words import EventKind
from zhiyin.desk.tests.facts.steps import at, begun, golden, named, pasted
from zhiyin.facts.models import Column, Observation
from zhiyin.facts.rules import words

pytestmark = pytest.mark.django_db


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
