"""Prepared rows, figures when they are due, a unit's own corrections, who is asked."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.actions import exchange, records, rounds
from desktop.actions.desk import Desk
from desktop.actions.rounds_answered import answered, percent, rates
from desktop.actions.rounds_asked import Ground, asked, items_of
from desktop.actions.rounds_collect import collect_returns
from desktop.actions.rounds_figures import due_periods
from desktop.actions.rounds_returns import AGAIN, BLANK, STRANGE, read_returns
from desktop.model.errors import MachineFault, Refused
from desktop.model.periods import Period
from tests.scenarios.filled import column, fill, prepared

P = "2026-09"
UNIT = "区商务局"


def say(number: int, item: str) -> dict[str, Any]:
    return {"状态": "推进中", "进展情况": f"第一稿 {number}"} if number < 2 else {}


@pytest.fixture
def book(desk: Desk, tmp_path: Path) -> Path:
    return rounds.hand_out(desk, tmp_path / "下发", P, [UNIT]).files[0].path


def cells(path: Path, change: Any) -> None:
    loaded = openpyxl.load_workbook(path)
    change(loaded["进展填报"])
    loaded.save(path)


@pytest.mark.parametrize(
    ("frequency", "day", "period", "due", "expected"),
    [
        ("month", None, "2026-11", "2026-12-05", ["2026-11"]),
        ("month", 20, "2026-11", "2026-12-05", ["2026-10"]),  # November's is out on 20 December
        ("month", 3, "2026-11", "2026-12-05", ["2026-10", "2026-11"]),
        ("month", 3, "2026-11", "2026-11-28", ["2026-10"]),
        ("quarter", None, "2026-11", "2026-12-05", []),
        ("quarter", None, "2026-12", "2027-01-05", ["2026-Q4"]),
        ("quarter", 25, "2026-12", "2027-01-05", []),
        ("quarter", 25, "2027-01", "2027-02-05", ["2026-Q4"]),
        ("year", None, "2026-11", "2026-12-05", []),
        ("year", 31, "2027-01", "2027-02-05", ["2026"]),
        ("week", None, "2026-11", "2026-12-05", ["2026-W44", "2026-W45", "2026-W46", "2026-W47", "2026-W48"]),
    ],
)
def test_a_figure_is_asked_at_its_own_frequency_and_not_before_it_is_out(
    frequency: str, day: int | None, period: str, due: str, expected: list[str]
) -> None:
    found = due_periods(frequency, day, Period.parse(period), datetime.date.fromisoformat(due))
    assert [each.key for each in found] == expected


def test_who_is_asked(desk: Desk) -> None:
    units = {each.unit: each for each in asked(Ground(desk, P))}
    assert UNIT in units and "人民银行山东省分行营业管理部" not in units and "区人民政府" not in units
    assert not any(item.startswith("goal-2025") for each in units.values() for item in each.items)
    assert "task-59" in items_of(Ground(desk, P), "区人民政府")  # the district's own duty: not chased, can be exported
    own = dict(records.find(desk, "assignment", where={"item": "task-42"})[0])
    records.put(desk, "assignment", [{"id": next(iter(own)), "responsible": ["星河街道"], "cadence": "once"}])
    found = asked(Ground(desk, P))
    assert found[-1].unit == "星河街道" and found[-1].township and found[-1].items == ("task-42",)
    row = {"item": "task-42", "unit": "星河街道", "period": "2026-08", "state": "done", "done": "已办结"}
    records.put(desk, "progress", [row])
    assert not any(each.unit == "星河街道" for each in asked(Ground(desk, P)))  # once, and said to be done


def test_blank_rows_are_no_records_and_no_errors(desk: Desk, book: Path) -> None:
    seen = read_returns(desk, book.parent)
    assert [(each.kind, each.added, each.errors) for each in seen.files] == [(BLANK, 0, ())]
    fill(book, book, say)
    seen = read_returns(desk, book.parent)
    assert (seen.files[0].added, seen.files[0].filled) == (2, 2) and not seen.files[0].errors
    collect_returns(desk, seen)
    assert records.find(desk, "progress")[1] == 2
    assert read_returns(desk, book.parent).files[0].kind == AGAIN
    second = rounds.hand_out(desk, book.parent.parent / "再发", P, [UNIT]).files[0]
    assert second.filled == 2  # what is there goes along as it is
    assert len(prepared(openpyxl.load_workbook(second.path)["进展填报"], "状态")) == second.progress - 2


def test_a_prepared_key_cannot_be_changed_and_half_a_row_is_refused(desk: Desk, book: Path) -> None:
    def change(sheet: Any) -> None:
        first, second, third = prepared(sheet, "状态")[:3]
        sheet.cell(first, column(sheet, "状态")).value = "推进中"
        for row, period in ((second, "2026-08"), (third, None)):
            sheet.cell(row, column(sheet, "填报时间")).value = period
            sheet.cell(row, column(sheet, "状态")).value = "推进中"
            sheet.cell(row, column(sheet, "进展情况")).value = "做了"

    cells(book, change)
    only = read_returns(desk, book.parent).files[0]
    assert sorted((each.row, each.label) for each in only.errors) == [(1, "进展情况"), (2, "填报时间")]
    assert only.added == 1  # an emptied key is filled in again


def test_a_unit_corrects_itself_but_never_the_office(desk: Desk, book: Path) -> None:
    fill(book, book, say)
    collect_returns(desk, read_returns(desk, book.parent))
    ids = {str(values["item"]): record for record, values in records.find(desk, "progress")[0]}
    mine = sorted(ids.values())[0]
    records.put(desk, "progress", [{"id": mine, "done": "办公室核过的"}])

    def change(sheet: Any) -> None:
        for row in range(2, 4 + 40):
            if str(sheet.cell(row, column(sheet, "进展情况")).value or "").startswith("第一稿"):
                sheet.cell(row, column(sheet, "进展情况")).value = "第二稿"

    cells(book, change)
    only = read_returns(desk, book.parent).files[0]
    assert (only.changed, only.conflicts, len(only.corrections)) == (1, 1, 1)
    done = collect_returns(desk, read_returns(desk, book.parent)).files[0]
    assert done.conflicts == 1
    said = {record: values["done"] for record, values in records.find(desk, "progress")[0]}
    assert said.pop(mine) == "办公室核过的" and list(said.values()) == ["第二稿"]
    assert "open" in records.get(desk, "progress", mine)


def test_ordinary_workbooks_and_strangers_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    come = tmp_path / "come"
    come.mkdir()
    exchange.export(desk, come / "往来.xlsx", forms=["assignment"])
    (come / "旧.xls").write_bytes(b"x")
    kinds = {each.path.name: (each.kind, each.sentence) for each in read_returns(desk, come).files}
    assert kinds["往来.xlsx"][0] == STRANGE and "另存为 .xlsx" in kinds["旧.xls"][1]
    with pytest.raises(Refused, match="没有可以写入的文件"):
        collect_returns(desk, read_returns(desk, come))


def test_a_figure_split_to_a_unit_travels_with_its_indicator(desk: Desk, tmp_path: Path) -> None:
    name = "建成充换电站"
    indicator = records.find(desk, "indicator", search=name)[0][0][0]
    records.put(desk, "target", [{"indicator": indicator, "year": "2027", "unit": "星河街道", "value": "8"}])
    made = rounds.hand_out(desk, tmp_path / "下发", P, ["星河街道"]).files[0]
    assert (made.progress, made.measures) == (0, 1)
    fill(made.path, made.path, say, lambda number, indicator: 5)
    collect_returns(desk, read_returns(desk, made.path.parent), received="2026-10-03")
    values = records.find(desk, "measure", where={"unit": "星河街道"})[0][0][1]
    assert (values["period"], values["value"]) == (P, "5")
    mine = next(each for each in answered(desk, P).units if each.unit == "星河街道")
    assert (mine.state, mine.late, mine.last) == ("all", 0, "2026-10-03")
    row = next(each for each in rates(desk, P) if each.unit == "星河街道")
    assert (row.given, row.owed, row.in_time, percent(row.given, row.owed)) == (1, 1, 1, "100%")
    assert (percent(1, 3), percent(2, 3), percent(0, 0)) == ("33.3%", "66.7%", "—")


def test_refusals_are_sentences(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="市级事权"):
        rounds.hand_out(desk, tmp_path / "a", P, ["人民银行山东省分行营业管理部"])
    with pytest.raises(Refused, match="没有要填的"):
        rounds.hand_out(desk, tmp_path / "a", P, ["没有的单位"])
    with pytest.raises(Refused, match="没有表格文件"):
        read_returns(desk, tmp_path / "a")
    with pytest.raises(Refused, match="找不到文件夹"):
        read_returns(desk, tmp_path / "没有")


class Stopped(Refused):
    """What a window raises when 取消 was pressed."""


def stop_at(place: int) -> Any:
    def report(done: int, total: int) -> None:
        if done >= place:
            raise Stopped("已取消，没有写入")

    return report


def test_a_round_that_is_cancelled_says_what_was_written(desk: Desk, tmp_path: Path) -> None:
    units = [each.unit for each in rounds.recipients(desk, P)][:3]
    with pytest.raises(Stopped, match="没有写入"):
        rounds.hand_out(desk, tmp_path / "a", P, units, report=stop_at(0))
    assert not list((tmp_path / "a").iterdir()) and not any(each.handed for each in rounds.recipients(desk, P))
    made = rounds.hand_out(desk, tmp_path / "a", P, units, report=stop_at(2))
    assert [each.unit for each in made.files] == units[:2] and made.left == (units[2],)
    assert [each.unit for each in rounds.recipients(desk, P) if each.handed] == units[:2]
    assert sorted((tmp_path / "a").iterdir()) == sorted(each.path for each in made.files)

    for each in made.files:
        fill(each.path, each.path, say)
    seen = read_returns(desk, tmp_path / "a")
    done = collect_returns(desk, seen, report=stop_at(1))
    assert len(done.files) == 1 and len(done.left) == 1
    first = {values["unit"] for _, values in records.find(desk, "progress")[0]}
    assert first == {done.files[0].unit}


def test_a_machine_that_fails_midway_says_what_was_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [each.unit for each in rounds.recipients(desk, P)][:3]
    write, calls = rounds.write_out, []

    def pulled(*given: Any, **named: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise MachineFault("E: 盘已拔出，文件没有写完")
        return write(*given, **named)

    monkeypatch.setattr(rounds, "write_out", pulled)
    with pytest.raises(MachineFault, match="没有写完。此前 1 份已经写好并登记，其余 2 份没有写"):
        rounds.hand_out(desk, tmp_path / "a", P, units)
    assert [each.unit for each in rounds.recipients(desk, P) if each.handed] == units[:1]
    with pytest.raises(MachineFault, match=r"没有这个文件夹.*建不成"):
        rounds.hand_out(desk, Path("/proc/没有这个文件夹"), P, units)
