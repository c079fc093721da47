"""Out of the program, through other hands and programs, and back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.excel.annotate import annotate
from desktop.excel.read import read_workbook
from desktop.excel.stick import Disk, deliver, previous_name
from desktop.excel.write import package_bytes, write_package
from desktop.model import seal
from desktop.model.errors import MachineFault
from desktop.model.exchange import choose, read_rows
from desktop.model.forms import load_forms
from desktop.model.registers import Record, Stamp, write
from tests.excel import test_editing
from tests.excel.conftest import KEY, NAMES, Office
from tests.excel.test_editing import SHEET, new_row, place


def converted(path: Path, folder: Path, *more: Path) -> Path:
    """The workbook as LibreOffice saves it (and `more` of them, into the same folder)."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    command = [
        office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
        str(folder / "out"), str(path), *map(str, more),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "out" / path.name


@pytest.mark.xdist_group("libreoffice")
def test_saved_by_libreoffice_one_changed_cell_is_one_change(office: Office, tmp_path: Path) -> None:
    office.edit(lambda book: (setattr(place(book[SHEET], "台套数", 3), "value", 31), new_row(book)))
    reading = office.read(converted(tmp_path / "改过.xlsx", tmp_path))
    assert reading.errors == () and reading.unchanged == 7
    changed, added = reading.edits
    assert dict(changed.changes) == {"count": 31} and dict(added.changes) == {"name": "示例新项目"}
    shown = office.preview(reading)
    assert shown.counts == {"added": 1, "changed": 1, "unchanged": 7, "conflict": 0, "refused": 0}
    (row,) = shown.of("changed")[0].fields
    assert (row.field, row.cell, row.base, row.mine, row.after) == ("count", changed.cells["count"], 30, 30, 31)
    mine = {each.after.id: each.after for each in choose(shown)}
    again = office.preview(reading, {**office.records, **mine})
    assert again.counts["unchanged"] == 9 and choose(again) == []


@pytest.mark.xdist_group("libreoffice")
def test_every_form_in_force_survives_libreoffice_untouched(tmp_path: Path, forms: Any) -> None:
    small = Office(tmp_path, forms)
    in_force = load_forms()
    records = []
    for number, (name, form) in enumerate(in_force.items(), start=1):
        values: dict[str, Any] = {}
        for field in form.fields:
            for text in ("示例", "2026-11-24", "2026-11", "2026", "1", "是", "91370100000000000X"):
                try:
                    values[field.name] = field.type.read(text, NAMES)
                except Exception:
                    options = [code for code, _ in field.type.choices(NAMES)]
                    if not options:
                        continue
                    values[field.name] = field.type.read(options[-1], NAMES)
                break
        records.append(write(Record(f"record-{number}", name), values, Stamp("r-1", number)))
    small.forms, small.package = in_force, small.package
    package = small.pack(records)
    write_package(small.path, package, seal.sign(KEY, package.to_bytes()), in_force, NAMES)
    workbook = read_workbook(converted(small.path, tmp_path))
    assert workbook.package == package
    reading = read_rows(workbook, package, in_force, NAMES)
    assert reading.errors == () and reading.edits == () and reading.unchanged == len(records)


@pytest.mark.slow
@pytest.mark.xdist_group("libreoffice")
def test_every_way_of_editing_means_the_same_when_saved_by_libreoffice(office: Office, tmp_path: Path) -> None:
    ways = list(test_editing.all_ways())
    paths, readings = [], []
    for number, change in enumerate(ways):
        readings.append(office.read(office.edit(change)))
        paths.append((tmp_path / "改过.xlsx").rename(tmp_path / f"way{number}.xlsx"))
    converted(paths[0], tmp_path, *paths[1:])
    assert len(ways) >= 55
    for path, reading in zip(paths, readings, strict=True):
        again = office.read(tmp_path / "out" / path.name)
        assert [dict(e.changes) for e in again.edits] == [dict(e.changes) for e in reading.edits], path.name
        assert [e.base.id for e in again.edits] == [e.base.id for e in reading.edits], path.name
        # A formula without a value gets one from LibreOffice; everything else is refused in the same words.
        if not any("没有算出结果" in error.message for error in reading.errors):
            found, wanted = ([(e.cell, e.field, e.message) for e in each.errors] for each in (again, reading))
            assert found == wanted, path.name


def test_one_package_gives_one_file(office: Office) -> None:
    signature = seal.sign(KEY, office.package.to_bytes())
    first = package_bytes(office.package, signature, office.forms, office.names)
    assert first == package_bytes(office.package, signature, office.forms, office.names)


def test_the_workbook_is_pleasant(office: Office) -> None:
    book = openpyxl.load_workbook(office.path)
    assert book.sheetnames[:2] == ["说明", "单位"]
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == ["说明", "单位", SHEET, "月调度"]
    assert book.custom_doc_props["renewal-desk-package"].value == office.package.id
    sheet = book[SHEET]
    assert sheet.freeze_panes == "C2" and sheet.column_dimensions["A"].hidden
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$1" and sheet.sheet_properties.pageSetUpPr.fitToPage
    total = place(sheet, "总投资（万元）", 2)
    assert (total.value, total.number_format) == (123456.789012, "#,##0.00")
    content = place(sheet, "建设内容", 2)
    assert content.data_type == "s" and content.quotePrefix and str(content.value).startswith("=1+1")
    assert "必填" in place(sheet, "项目名称", 1).comment.text and "按批复" in place(sheet, "项目名称", 1).comment.text
    lists = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    stage = next(each for each in lists.values() if place(sheet, "阶段", 2).coordinate in each.sqref)
    assert stage.showErrorMessage and place(sheet, "阶段", 20).coordinate in stage.sqref
    goods = next(each for each in lists.values() if place(sheet, "品类", 2).coordinate in each.sqref)
    assert not goods.showErrorMessage
    shown = [cell.value for row in book["选项"].iter_rows() for cell in row]
    assert "在建" in shown and "building" not in shown and "示例重工1有限公司" in shown


def test_an_open_conflict_is_amber_and_names_the_others(office: Office) -> None:
    record = office.ids["示例项目1"]
    mine = office.made(office.records[record], {"count": 40})
    theirs = write(office.records[record], {"count": 50}, Stamp("r-2", 1), "李四", "2026-11-23T09:00:00")
    from desktop.model.merge import merge

    records = {**office.records, record: merge(mine, theirs)}
    office.package = office.pack(list(records.values()), shown={record: {"count": 50}})
    office.write()
    cell = place(openpyxl.load_workbook(office.path)[SHEET], "台套数", 2)
    assert cell.value == 50 and cell.fill.fgColor.rgb == "FFFAF0DA"
    assert "40" in cell.comment.text and "张三" in cell.comment.text
    assert office.read(office.path).edits == ()
    decided = office.read(office.edit(lambda book: setattr(place(book[SHEET], "台套数", 2), "value", 45)))
    office.records = records
    line = next(line for line in office.preview(decided).lines if line.id == record)
    assert line.kind == "changed" and [(row.after, row.open) for row in line.fields] == [(45, False)]


def spoil(book: Any) -> None:
    sheet = book[SHEET]
    place(sheet, "台套数", 2).value = 31
    place(sheet, "台套数", 3).value = "许多"
    place(sheet, "入库日期", 3).value = "24.5.21"
    new_row(book, 6, 台套数="几台")
    sheet.insert_cols(2)
    sheet["B1"], sheet["B3"] = "我的备注", "请核"


def test_refused_rows_go_back_and_mended_do_only_what_is_left(office: Office, tmp_path: Path) -> None:
    path = office.edit(spoil)
    workbook = read_workbook(path)
    reading = office.read(path)
    assert [dict(edit.changes) for edit in reading.edits] == [{"count": 31}] and len(reading.errors) == 3
    back = tmp_path / "退回.xlsx"
    annotate(back, workbook, reading, office.forms, office.names)
    unmended = office.read(back)
    assert unmended.edits == () and [e.message for e in unmended.errors] == [e.message for e in reading.errors]
    book = openpyxl.load_workbook(back)
    sheet = book[SHEET]
    assert [sheet["B1"].value, sheet["B2"].value, sheet["C2"].value] == ["我的备注", "请核", "示例项目2"]
    bad = place(sheet, "台套数", 2)
    assert bad.value == "许多" and bad.fill.fgColor.rgb == "FFFBEBE8" and bad.comment is not None
    assert "台套数" in place(sheet, "退回原因", 2).value and sheet.column_dimensions["A"].hidden
    listed = [[cell.value for cell in row] for row in book["错误清单"].iter_rows(min_row=2)]
    assert listed[0][:2] == [SHEET, reading.errors[0].cell] and len(listed) == 3
    bad.value = 32
    place(sheet, "入库日期", 2).value = "2024-05-21"
    place(sheet, "台套数", 3).value = 7
    book.save(back)
    mended = office.read(back)
    assert mended.errors == ()
    assert [dict(edit.changes) for edit in mended.edits] == [
        {"count": 32, "entered": "2024-05-21"},
        {"name": "示例新项目", "count": 7},
    ]


def test_a_sheet_refused_as_a_whole_goes_back_whole(office: Office, tmp_path: Path) -> None:
    path = office.edit(lambda book: setattr(place(book[SHEET], "总投资（万元）", 1), "value", "总投资（元）"))
    reading = office.read(path)
    back = tmp_path / "退回.xlsx"
    annotate(back, read_workbook(path), reading, office.forms, office.names)
    book = openpyxl.load_workbook(back)
    head = place(book[SHEET], "总投资（元）", 1)
    assert head.fill.fgColor.rgb == "FFFBEBE8"
    head.value = "总投资（万元）"
    book.save(back)
    assert office.read(back).errors == () and office.read(back).edits == ()


# -- sticks -------------------------------------------------------------------------------------------------------


class Vanishing(Disk):
    """A stick that is pulled at the n-th touch."""

    def __init__(self, left: int) -> None:
        self.left = left

    def _touch(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(5, "输入输出错误")

    def write(self, path: Path, data: bytes) -> None:
        if self.left == 0:
            path.write_bytes(data[: len(data) // 2])
        self._touch()
        super().write(path, data)

    def read(self, path: Path) -> bytes:
        self._touch()
        return super().read(path)

    def replace(self, source: Path, target: Path) -> None:
        self._touch()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._touch()
        super().remove(path)


def test_a_stick_that_vanishes_leaves_old_or_new(tmp_path: Path) -> None:
    for touches in range(12):
        path = tmp_path / str(touches) / "示例.xlsx"
        path.parent.mkdir()
        deliver(path, b"first")
        deliver(path, b"second")
        try:
            deliver(path, b"third", Vanishing(touches))
        except MachineFault as fault:
            assert "U 盘" in str(fault)
        else:
            assert touches > 6 and path.read_bytes() == b"third"
        assert path.read_bytes() in (b"second", b"third")
        assert previous_name(path).read_bytes() in (b"first", b"second")


def test_the_file_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "示例.xlsx"
    deliver(path, b"first")
    deliver(path, b"second")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["示例.xlsx", "示例.上一份.xlsx"]
    assert previous_name(path).read_bytes() == b"first"


def test_a_medium_that_keeps_other_bytes_is_noticed(tmp_path: Path) -> None:
    class Lying(Disk):
        def write(self, path: Path, data: bytes) -> None:
            super().write(path, data[:-1] + b"?")

    with pytest.raises(MachineFault):
        deliver(tmp_path / "示例.xlsx", b"first", Lying())
    assert list(tmp_path.iterdir()) == []
