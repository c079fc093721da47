"""The place 指标 driven by keys: at a glance, typed into the table and into one indicator, the plot read aloud."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.desk import Desk
from desktop.actions.indicators_entry import enter
from tests.ui.seated import make_folder, settle, window_over, write

STATIONS, CARS = "建成充换电站", "新能源汽车保有量"


def fill(desk: Desk) -> None:
    ids = {str(values["name"]): record for record, values in records.find(desk, "indicator")[0]}
    records.put(desk, "township", [{"code": "379901001", "name": "甲街道"}])
    aims = [(desk.district_name, "14"), ("甲街道", "13")]
    row = {"indicator": ids[STATIONS], "year": "2027"}
    records.put(desk, "target", [{**row, "unit": unit, "value": value} for unit, value in aims])
    for month, value in (("2026-01", "3"), ("2026-02", "4")):
        enter(desk, month, [{"indicator": STATIONS, "value": value}])


def page_of(qtbot: Any, window: Any) -> Any:
    window.frame.set_period("2026-03")
    window.go("indicators")
    settle(qtbot, window)
    return window.shell.page("indicators")


def record_of(place: Any, name: str) -> str:
    return next(line.record for line in place.glance.found.lines if line.name == name)


def test_from_all_at_a_glance_to_one_and_back(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        place = page_of(qtbot, window)
        tiles = place.glance.tiles
        assert tiles.hasFocus()
        names = [line.name for line in tiles.model().lines]
        assert names.index(STATIONS) < names.index("装备制造业营业收入"), "those with a figure come first"
        tiles.setCurrentIndex(tiles.model().index(names.index(STATIONS), 0))
        said = tiles.model().data(tiles.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
        assert said.startswith(f"{STATIONS}，4 座，2027年 14 座，28.5%，未报")
        qtbot.keyClick(tiles, Qt.Key.Key_Return)
        settle(qtbot, window)
        detail = place.detail
        assert place.currentWidget() is detail and detail.plot.hasFocus()
        assert detail.plot.accessibleName() == f"{STATIONS}，2月　本年 4 座，2027年目标 14 座"
        qtbot.keyClick(detail.plot, Qt.Key.Key_Left)
        assert "1月　本年 3 座" in detail.plot.accessibleName()
        assert detail.sides.entries.current_row().key == "2026-01", "the plot points into the table"
        words = [row.cells[0].text for row in map(detail.sides.split.model().row_at, range(3))]
        assert words == ["2027年　区级目标 14", "甲街道", "街镇合计 13 座，比区级目标 14 座 少 1 座"]
        qtbot.keyClick(detail.plot, Qt.Key.Key_Escape)
        settle(qtbot, window)
        assert place.currentWidget() is place.glance and place.glance.tiles.hasFocus()


def test_figures_are_typed_into_the_table_one_below_the_other(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        place = page_of(qtbot, window)
        qtbot.keyClick(place.glance.how, Qt.Key.Key_Right)
        table, record = place.glance.table, record_of(place, CARS)
        column = table.model().column_of("value")
        table.setFocus()
        table.setCurrentIndex(table.model().index(table.model().place_of(record), column))
        qtbot.keyClicks(table, "1")
        write(table.findChild(object, "value") or table, ".52")
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        settle(qtbot, window)
        line = next(each for each in place.glance.found.lines if each.record == record)
        assert (line.typed, line.period) == ("1.52", "2026年3月")
        assert table.currentIndex().row() == table.model().place_of(record) + 1


def test_a_wrong_figure_is_said_and_the_old_one_stays(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        place = page_of(qtbot, window)
        place.show_indicator(record_of(place, STATIONS))
        settle(qtbot, window)
        place.detail.sides.entries.model().edited.emit("2026-03", "value", "五个半")
        settle(qtbot, window)
        assert place.detail.page.line.figure == "4"
        place.detail.sides.entries.model().edited.emit("2026-03", "value", "5")
        settle(qtbot, window)
        assert place.detail.page.line.figure == "5"


def test_the_form_of_an_indicator_comes_back_to_its_page(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        place = page_of(qtbot, window)
        place.show_indicator(record_of(place, STATIONS))
        settle(qtbot, window)
        place.detail.change.click()
        settle(qtbot, window)
        assert place.currentWidget() is place.form
        place.form.closed.emit()
        settle(qtbot, window)
        assert place.currentWidget() is place.detail
        place.detail.closed.emit()
        qtbot.keyClick(place.glance.plain, Qt.Key.Key_Space)
        settle(qtbot, window)
        assert place.currentWidget() is place.list
