"""Ways in which people edit a workbook, each with what it must come to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest

from desktop.model.registers import Life, delete

SHEET = "项目清单"


def place(sheet: Any, heading: str, row: int) -> Any:
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    return sheet.cell(row, column)


def put(heading: str, value: object, row: int = 3) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        place(book[SHEET], heading, row).value = value

    return change


def changes(office: Any, change: Callable[[Any], object]) -> list[dict[str, Any]]:
    reading = office.read(office.edit(change))
    assert [error.message for error in reading.errors] == []
    return [dict(edit.changes) for edit in reading.edits]


def refusals(office: Any, change: Callable[[Any], object]) -> list[tuple[str, str]]:
    reading = office.read(office.edit(change))
    return [(error.cell, error.message) for error in reading.errors]


def test_nothing_touched_is_nothing_to_do(office: Any) -> None:
    reading = office.read(office.path)
    assert (reading.edits, reading.errors, reading.unchanged, reading.notes) == ((), (), 8, ())
    assert office.preview(reading).counts == {"added": 0, "changed": 0, "unchanged": 8, "conflict": 0, "refused": 0}


EDITS: list[tuple[str, Any, Any]] = [
    ("阶段", "谋划储备", {"stage": "planned"}),
    ("阶段", "在建", {}),
    ("阶段", None, {"stage": None}),
    ("总投资（万元）", 123456.789013, {"total": 123_456_789_013}),
    ("总投资（万元）", "123456.789012", {}),
    ("总投资（万元）", "２亿元", {"total": 20_000_000_000}),
    ("台套数", "３０", {}),
    ("台套数", 31.0, {"count": 31}),
    ("面积（平方米）", 12.50, {}),
    ("面积（平方米）", 0.1 + 0.2, {"area": "0.3"}),
    ("开工年月", "2025年5月", {}),
    ("开工年月", datetime.date(2025, 6, 1), {"start": "2025-06"}),
    ("开工年月", "2025.7", {"start": "2025-07"}),
    ("入库日期", datetime.datetime(2026, 1, 2), {}),
    ("入库日期", "2026年1月3日", {"entered": "2026-01-03"}),
    ("入库日期", 46025, {"entered": "2026-01-03"}),
    ("入库", "否", {"listed": 0}),
    ("入库", True, {}),
    ("品类", "家电，汽车", {}),
    ("品类", "家电", {"goods": '["tv"]'}),
    ("建设内容", "新的内容\n两行", {"content": "新的内容\n两行"}),
    ("项目单位", "示例重工1有限公司", "示例重工1有限公司"),
    ("项目名称", "  示例项目2  ", {}),
]


@pytest.mark.parametrize(("heading", "cell", "changed"), EDITS)
def test_one_cell(office: Any, heading: str, cell: object, changed: Any) -> None:
    if isinstance(changed, str):
        changed = {"enterprise": office.ids[changed]}
    assert changes(office, put(heading, cell)) == ([changed] if changed else [])


REFUSED: list[tuple[str, Any, str]] = [
    ("阶段", "快完工了", "不在可选项内"),
    ("总投资（万元）", "很多", ""),
    ("总投资（万元）", "1e5", ""),
    ("设备投资（万元）", 200_000, "设备投资不能大于总投资"),
    ("台套数", 3.5, ""),
    ("台套数", "٣", ""),
    ("入库日期", "24.5.21", ""),
    ("入库日期", "5.21", ""),
    ("入库日期", datetime.datetime(2026, 1, 2, 8, 30), "钟点"),
    ("项目单位", "没有登记的公司", "找不到"),
    ("项目名称", None, "没有填"),
    ("建设内容", "长" * 3000, "最多 2000 字"),
    ("台套数", "=1/0", "公式"),
]


@pytest.mark.parametrize(("heading", "cell", "words"), REFUSED)
def test_a_cell_that_cannot_be_understood_names_itself(office: Any, heading: str, cell: object, words: str) -> None:
    reading = office.read(office.edit(put(heading, cell)))
    assert not reading.edits
    (error,) = reading.errors
    assert words in error.message and error.sheet == SHEET and error.cell.endswith("3")
    assert error.where == f"{SHEET}!{error.cell} {heading.partition('（')[0]}"


def test_a_code_stored_as_a_number_is_refused(office: Any) -> None:
    def change(book: Any) -> None:
        place(book["单位"], "统一社会信用代码", 2).value = 913701000000000000

    ((_, message),) = refusals(office, change)
    assert "15 位" in message or "数字" in message


def text(cell: Any, value: object) -> None:
    """Puts a value that stood in another cell; text stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def sort_rows(book: Any) -> None:
    sheet = book[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=5)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            text(sheet.cell(number, column), value)


def move_columns(book: Any) -> None:
    sheet = book[SHEET]
    width = sheet.max_column
    for row in sheet.iter_rows(min_row=1, max_row=5):
        values = [(cell.value, copy(cell._style)) for cell in row]
        for cell, (value, style) in zip(row, reversed(values), strict=True):
            text(cell, value)
            cell._style = style
    assert sheet.max_column == width


def add_title_rows(book: Any) -> None:
    book[SHEET].insert_rows(1, 2)
    book[SHEET]["B1"] = "示例区设备更新项目"


def delete_column(book: Any) -> None:
    sheet = book[SHEET]
    sheet.delete_cols(place(sheet, "建设内容", 1).column)


def add_column(book: Any) -> None:
    book[SHEET].insert_cols(3)
    book[SHEET]["C1"] = "我的备注"
    book[SHEET]["C2"] = "问过了"


def copy_sheet(book: Any) -> None:
    place(book[SHEET], "台套数", 2).value = 77
    book.copy_worksheet(book[SHEET]).title = "备份"


LAYOUTS: list[Callable[[Any], Any]] = [
        sort_rows,
        move_columns,
        add_title_rows,
        delete_column,
        add_column,
        lambda book: setattr(book[SHEET], "title", "改名了"),
        lambda book: book[SHEET].delete_rows(3),
        lambda book: book[SHEET].delete_rows(2, 40),
        lambda book: book.create_sheet("草稿").append(["随便写", 1]),
        lambda book: book.remove(book["说明"]),
        lambda book: book.remove(book["选项"]),
        lambda book: book.move_sheet(SHEET, 3),
        lambda book: setattr(book[SHEET].column_dimensions["F"], "hidden", True),
        lambda book: setattr(book[SHEET].row_dimensions[3], "hidden", True),
        lambda book: setattr(book[SHEET].cell(900, 4), "number_format", "0.00"),
        lambda book: setattr(place(book[SHEET], "总投资（万元）", 1), "value", "总投资\n(万元)"),
        lambda book: setattr(book[SHEET].auto_filter, "ref", None),
        lambda book: book[SHEET].insert_rows(4),
]  # fmt: skip


@pytest.mark.parametrize("change", LAYOUTS)
def test_edits_of_the_layout_are_no_edits_of_the_data(office: Any, change: Callable[[Any], None]) -> None:
    assert changes(office, change) == []


def test_a_copied_sheet_is_ignored_and_said(office: Any) -> None:
    reading = office.read(office.edit(copy_sheet))
    assert [dict(edit.changes) for edit in reading.edits] == [{"count": 77}]
    assert any("备份" in note for note in reading.notes)


def test_unknown_columns_are_listed(office: Any) -> None:
    assert office.read(office.edit(add_column)).unknown_columns == {SHEET: ("我的备注",)}


def new_row(book: Any, row: int = 6, **values: object) -> None:
    sheet = book[SHEET]
    for heading, value in {"项目名称": "示例新项目", **values}.items():
        place(sheet, heading, row).value = value


def test_a_new_row_is_one_record_however_often_it_is_read(office: Any) -> None:
    first = office.read(office.edit(new_row))
    again = office.read(office.edit(lambda book: new_row(book, row=9)))
    (edit,), (other,) = first.edits, again.edits
    assert edit.new and edit.base.id == other.base.id and dict(edit.changes) == {"name": "示例新项目"}
    assert office.preview(first).counts["added"] == 1


def test_two_equal_new_rows_are_two_records(office: Any) -> None:
    reading = office.read(office.edit(lambda book: (new_row(book, 6), new_row(book, 7))))
    assert len({edit.base.id for edit in reading.edits}) == 2


def test_a_new_row_may_name_an_enterprise_that_is_new_in_the_same_workbook(office: Any) -> None:
    def change(book: Any) -> None:
        place(book["单位"], "单位名称", 5).value = "示例新公司"
        new_row(book, 6, 项目单位="示例新公司")

    enterprise, project = office.read(office.edit(change)).edits
    assert project.changes["enterprise"] == enterprise.base.id


def test_a_new_row_with_a_natural_key_is_the_record_that_every_office_would_make(office: Any) -> None:
    def change(book: Any) -> None:
        sheet = book["月调度"]
        for heading, value in (("项目", "示例项目2"), ("月份", "2026-11"), ("本月完成（万元）", 5)):
            place(sheet, heading, 3).value = value

    from desktop.model.registers import record_id

    (edit,) = office.read(office.edit(change)).edits
    assert edit.base.id == record_id("370102", "month", [office.ids["示例项目2"], "2026-11"])


def test_the_fields_of_a_natural_key_cannot_be_edited(office: Any) -> None:
    def change(book: Any) -> None:
        place(book["月调度"], "月份", 2).value = "2026-09"

    ((_, message),) = refusals(office, change)
    assert "不能改" in message


def copy_row(book: Any, source: int, target: int, **edits: object) -> None:
    sheet = book[SHEET]
    for cell in sheet[source]:
        text(sheet.cell(target, cell.column), cell.value)
    for heading, value in edits.items():
        place(sheet, heading, target).value = value


def test_of_two_rows_with_one_key_the_untouched_one_keeps_it(office: Any) -> None:
    reading = office.read(office.edit(lambda book: copy_row(book, 2, 6, 项目名称="示例项目1二期")))
    (edit,) = reading.edits
    assert edit.new and edit.changes["name"] == "示例项目1二期" and edit.changes["stage"] == "building"


def test_two_touched_rows_with_one_key_are_both_refused(office: Any) -> None:
    def change(book: Any) -> None:
        copy_row(book, 2, 6, 台套数=1)
        place(book[SHEET], "台套数", 2).value = 2

    assert [cell for cell, _ in refusals(office, change)] == ["B2", "B6"]


def test_sorting_only_the_visible_columns_is_noticed(office: Any) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        for column in range(2, sheet.max_column + 1):
            upper, lower = sheet.cell(2, column), sheet.cell(3, column)
            first, second = upper.value, lower.value
            text(upper, second)
            text(lower, first)

    messages = refusals(office, change)
    assert len(messages) == 2 and all("排序" in message for _, message in messages)


GUESSES: list[tuple[Callable[[Any], Any], str]] = [
        (lambda book: setattr(place(book[SHEET], "总投资（万元）", 1), "value", "总投资（元）"), "单位"),
        (lambda book: setattr(place(book[SHEET], "台套数", 1), "value", "项目名称"), "出现两次"),
        (lambda book: book[SHEET].merge_cells("D2:D3"), "合并"),
        (lambda book: setattr(book[SHEET].cell(3, 1), "value", "11111111-1111-4111-8111-111111111111"), "别的工作簿"),
        (lambda book: [setattr(cell, "value", None) for cell in book[SHEET][3][1:]], "清空"),
        (lambda book: setattr(place(book[SHEET], "台套数", 3), "value", "=A1"), "没有算出结果"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), GUESSES)
def test_what_would_be_a_guess_is_refused(office: Any, change: Callable[[Any], None], words: str) -> None:
    reading = office.read(office.edit(change))
    assert not reading.edits and len(reading.errors) == 1
    assert words in reading.errors[0].message


def test_a_new_row_that_lacks_what_is_required_is_refused(office: Any) -> None:
    ((cell, message),) = refusals(office, lambda book: new_row(book, 6, 项目名称=None, 台套数=3))
    assert cell == "B6" and "项目名称没有填" in message


def test_a_record_deleted_before_the_export_stays_out_of_the_sheet(office: Any) -> None:
    gone = office.ids["示例项目1"]
    from desktop.model.registers import Stamp, life

    office.records[gone] = delete(office.records[gone], Stamp("r-1", 10_000))
    office.package = office.pack(list(office.records.values()))
    office.write()
    reading = office.read(office.path)
    assert reading.errors == () and reading.unchanged == 7
    assert life(office.package.record(gone)) == Life.DELETED


def all_ways() -> Iterator[Callable[[Any], Any]]:
    """Every way of editing that stands in this file's tables."""
    for heading, cell, _ in [*EDITS, *REFUSED]:
        yield put(heading, cell)
    yield from LAYOUTS
    yield from (change for change, _ in GUESSES)
    yield copy_sheet
    yield new_row
    yield lambda book: copy_row(book, 2, 6, 项目名称="示例项目1二期")
