"""The city's layouts: known by their headings, wherever those stand; rows told apart; cells read strictly."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from desktop.model.errors import Refused
from desktop.model.fields.base import NoNames
from desktop.model.forms import FormError, load_forms
from desktop.model.layouts.bodies import Kind, group_name, rows_of
from desktop.model.layouts.definition import load_layouts, read_layout
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import money_named, month_named, plain, unit_in
from desktop.model.layouts.placing import Entry, place
from desktop.model.layouts.proposing import propose
from desktop.model.layouts.reading import Reader, parse
from desktop.model.layouts.recognise import Known, recognise
from desktop.model.layouts.showing import Shown

FORMS = load_forms()
NAMES = NoNames(datetime.date(2026, 11, 24))
PROJECTS = [
    ["示例区重点项目汇总表", None, None, None, None],
    ["序号", "项目名称", "项目单位", "总投资（亿元）", "设备投资（万元）"],
    ["一、工业领域", None, None, None, None],
    [1, "甲项目", "示例重工有限公司", Decimal("1.2"), 5000],
    [None, "小计", None, Decimal("1.2"), 5000],
    ["（二）循环利用类", None, None, None, None],
    [2, "乙项目", "示例再生有限公司", "0.5亿元", "3,000"],
    [None, "小  计", None, None, None],
    [None, "合计", None, None, None],
    ["注：以上数据截至10月底。", None, None, None, None],
    ["审核人：　　填报人：　　联系电话：", None, None, None, None],
]


def known(rows: list[list[object]], **more: object) -> Known:
    found = recognise([Grid("表", [list(row) for row in rows], **more)], load_layouts(FORMS), FORMS)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_rows_are_told_apart() -> None:
    kinds = [(row.kind, row.group) for row in rows_of(known(PROJECTS))]
    assert [kind for kind, _ in kinds] == [
        Kind.SECTION, Kind.DATA, Kind.SUBTOTAL, Kind.SECTION, Kind.DATA, Kind.SUBTOTAL, Kind.TOTAL, Kind.NOTE,
        Kind.NOTE,
    ]  # fmt: skip
    assert kinds[1][1] == "一、工业领域" and kinds[4][1] == "（二）循环利用类"


def test_units_of_the_headings_count() -> None:
    first, second = Reader(known(PROJECTS), FORMS, NAMES).rows()
    assert first.values["total_investment"] == 12_000_000_000 and first.values["equipment_investment"] == 5_000_000_000
    assert second.values["total_investment"] == 5_000_000_000 and second.values["equipment_investment"] == 3_000_000_000
    assert first.values["sector"] == "industry" and second.values["sector"] == "recycling"


def test_an_unknown_group_refuses_its_rows() -> None:
    rows = [list(row) for row in PROJECTS]
    rows[2][0] = "一、航天领域"
    first, second = Reader(known(rows), FORMS, NAMES).rows()
    assert "航天" in first.errors[0].message and not second.errors


def test_a_foreign_unit_of_money_is_refused() -> None:
    rows = [list(row) for row in PROJECTS]
    rows[1][3] = "总投资（万美元）"
    with pytest.raises(Refused, match="表!D2 单位“万美元”不认识"):
        known(rows)


def test_a_heading_twice_is_refused() -> None:
    rows = [[*row, None] for row in PROJECTS]
    rows[1][5] = "总投资"
    with pytest.raises(Refused, match="出现两次"):
        known(rows)


@pytest.mark.parametrize("shift", [0, 1, 7])
def test_headings_are_found_wherever_they_stand(shift: int) -> None:
    table = known([[None] * 5] * shift + PROJECTS)
    assert table.first == shift + 2


def test_merged_headings_over_three_rows() -> None:
    rows: list[list[object]] = [
        ["序号", "项目名称", "项目单位", "投资情况（万元）", None, None],
        [None, None, None, "总投资", "资金来源", None],
        [None, None, None, None, "自筹", "银行贷款"],
        [1, "甲项目", "示例重工有限公司", 100, 60, 40],
    ]
    merges = ((0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 2, 2), (0, 3, 0, 5), (1, 3, 2, 3), (1, 4, 1, 5))
    table = known(rows, merges=merges)
    assert (table.start, table.depth) == (0, 3)
    assert Reader(table, FORMS, NAMES).rows()[0].values["fund_loan"] == 40_000_000


def test_bad_cells_are_named() -> None:
    rows = [list(row) for row in PROJECTS]
    rows[3][3], rows[6][4] = "约1.2", 91370100000000000
    first, second = Reader(known(rows), FORMS, NAMES).rows()
    assert first.errors[0].where.startswith("表!D4 总投资") and first.errors[0].as_json()["field"] == "total_investment"
    assert second.errors[0].cell == "E7" and "15 位" in second.errors[0].message


def test_a_formula_without_a_result_matters_only_in_rows_that_are_read() -> None:
    rows = [list(row) for row in PROJECTS]
    rows[3][3], rows[4][3] = None, None
    first, _ = Reader(known(rows, faults={(3, 3): "没有算出", (4, 3): "没有算出"}), FORMS, NAMES).rows()
    assert [error.cell for error in first.errors] == ["D4"]


def test_a_sum_over_merged_rows_is_refused_and_a_name_counts_for_all() -> None:
    rows: list[list[object]] = [
        ["项目名称", "项目单位", "总投资（万元）"], ["甲", "示例重工有限公司", 100], ["乙", None, None],
    ]  # fmt: skip
    first, second = Reader(known(rows, merges=((1, 1, 2, 1), (1, 2, 2, 2))), FORMS, NAMES).rows()
    assert "跨了几行" in first.errors[0].message and second.values["enterprise"] == "示例重工有限公司"


def test_quantities_in_another_multiple() -> None:
    each = FORMS["project"].field("energy_saved")
    assert parse(each, Decimal("1.5"), "万吨标准煤", NAMES) == "15000"
    assert parse(each, "853.1吨标准煤", "吨标准煤", NAMES) == "853.1"


def test_words_of_headings() -> None:
    assert plain("其中：设备投资\n（万元）") == "设备投资" and unit_in("更新设备（台/套）") == "台套"
    assert unit_in("建设内容（500字以内）") == "" and money_named(["填报日期　　单位：万元、台（套）"]) == "万元"
    assert month_named(["填报日期：2026年10月"]) == "2026-10" and month_named(["2026年9月", "2026年10月"]) == ""
    assert group_name("（十二）安防环保领域", ("领域",)) == "安防环保"


def test_unknown_keys_of_a_layout_are_refused() -> None:
    good = {"name": "x", "title": "x", "form": "project", "keys": [["name"]], "columns": []}
    with pytest.raises(FormError, match="unknown key colour"):
        read_layout("x.toml", {**good, "colour": 1}, FORMS)
    with pytest.raises(FormError, match="no such field nothing"):
        read_layout("x.toml", {**good, "columns": [{"heading": "甲", "field": "nothing"}]}, FORMS)


def test_an_unknown_table_is_proposed_with_units() -> None:
    rows: list[list[object]] = [
        ["某街道回收站点摸底", None, None, None],
        ["序号", "网点名称", "详细地址", "占地面积（平方米）"],
        [1, "示例站", "示例路1号", 30],
    ]
    found = propose([Grid("摸底", rows)], FORMS, "site")  # type: ignore[list-item]
    assert found is not None and (found.start, found.depth) == (1, 1)
    chosen = {column.heading: (column.field, column.unit) for column in found.columns}
    assert chosen["网点名称"][0] == "name" and chosen["占地面积（平方米）"] == ("area", "平方米")
    assert found.rows[0][1] == "示例站"


def test_rows_are_placed_group_by_group() -> None:
    rows = [list(row) for row in PROJECTS]
    rows[3] = rows[6] = [None] * 5
    table = known(rows)
    entries = [Entry(f"项目{n}", group, {1: Shown(f"项目{n}")}) for n, group in enumerate("iiirx")]
    heads = {"一、工业领域": "i", "（二）循环利用类": "r"}
    placed = place(table, entries, {}, lambda text: heads.get(text))
    assert [(each.after, each.count, each.like) for each in placed.inserts] == [(3, 2, 3)]
    assert [(row, shown.cell) for row, column, shown in placed.writes if column == 0] == [
        (3, 1),
        (4, 2),
        (5, 3),
        (8, 4),
    ]
    assert [(each.row, each.first, each.last) for each in placed.sums] == [(6, 3, 5), (9, 8, 8)]
    assert [entry.label for entry in placed.left_out] == ["项目4"] and placed.filled == 4
