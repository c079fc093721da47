"""The ledger: its reading, and the page driven by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import ledger as reading
from desktop.actions import records
from desktop.actions.desk import Desk
from tests.ui.seated import make_folder, settle, window_over


def _said(item: str, unit: str, period: str, state: str, **more: str) -> dict[str, object]:
    return {"item": item, "unit": unit, "period": period, "state": state, "done": "完成示例工作。", **more}


def _fill(desk: Desk) -> None:
    rows = [
        _said("task-42", "区商务局", "2026-09", "late"),
        _said("task-42", "区商务局", "2026-10", "done"),
        _said("task-42", "区供销社", "2026-10", "going"),
        _said("task-43", "区商务局", "2026-10", "late"),
        _said("task-43", "区发展和改革局", "2026-10", "going", kind="summary"),
    ]
    records.put(desk, "progress", rows)
    held = {item.key: item.record for item in reading.ledger(desk, "2026-10").items}
    records.put(desk, "assignment", [
        {"id": held["task-38"], "applicable": "no", "why_not": "本区没有此类企业"},
        {"id": held["task-42"], "node": "站点验收", "node_due": "2020-01-01"},
    ])  # fmt: skip


def test_states_are_those_of_the_lead_summary_or_the_worst(desk: Desk) -> None:
    assert reading.overall([(False, "late"), (False, "done")]) == "late"
    assert reading.overall([(False, "late"), (True, "going")]) == "going"
    assert reading.overall([(False, "done"), (False, "not_started")]) == "going"
    assert reading.overall([(False, "done"), (False, "done")]) == "done"
    assert reading.overall([]) == ""
    _fill(desk)
    found = {item.key: item for item in reading.ledger(desk, "2026-11").items}
    assert found["task-42"].states == {"2026-09": "late", "2026-10": "going"}
    assert (found["task-42"].state, found["task-42"].filled, found["task-42"].overdue) == ("going", False, True)
    assert found["task-43"].state == "going"
    assert reading.ledger(desk, "2026-08").items[49].state == ""


def test_items_by_part_area_and_unit(desk: Desk) -> None:
    _fill(desk)
    found = reading.ledger(desk, "2026-10")
    assert (len(found.items), found.applicable, found.filled) == (68, 67, 2)
    assert found.months[0] == "2025-11" and found.months[-1] == "2026-10"
    for branch in (*found.parts, *(each for part in found.parts for each in part.children)):
        assert len(found.under(branch.key)) == branch.count, branch.key
    assert sum(part.count for part in found.parts) == 68
    trade = next(branch for branch in found.units if branch.text == "区商务局")
    assert "task-42" in [item.key for item in found.under(trade.key)]
    item = next(item for item in found.items if item.key == "task-42")
    figures = [words for words, figure in item.published if figure]
    assert figures == ["绿色数智化分拣中心 12 个", "现代化回收网点 120 个"]


def test_units_of_the_city_are_never_late(desk: Desk) -> None:
    held = {item.key: item for item in reading.ledger(desk, "2026-11").items}
    assert held["task-55"].city_only and not held["task-42"].city_only
    past = [{"id": held[key].record, "node_due": "2020-01-01"} for key in ("task-55", "task-42")]
    records.put(desk, "assignment", past)
    held = {item.key: item for item in reading.ledger(desk, "2026-11").items}
    assert (held["task-55"].overdue, held["task-42"].overdue) == (False, True)


def test_reports_newest_first_with_the_summary_on_top(desk: Desk) -> None:
    _fill(desk)
    assert [(each.period, each.unit) for each in reading.reports(desk, "task-42")] == [
        ("2026-10", "区供销社"), ("2026-10", "区商务局"), ("2026-09", "区商务局"),
    ]  # fmt: skip
    assert [each.summary for each in reading.reports(desk, "task-43")] == [True, False]
    known = reading.report_of(desk, "task-42", "区商务局", "2026-10")
    assert records.get(desk, "progress", known)["state"] == "done"
    assert reading.report_of(desk, "task-42", "区商务局", "2026-11") == ""


def _page(window: Any, qtbot: Any) -> Any:
    window.go("tasks")
    settle(qtbot, window)
    window.frame.set_period("2026-11")
    settle(qtbot, window)
    return window.shell.page("tasks")


def test_months_by_arrow_and_the_form_of_this_month(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        place = _page(window, qtbot)
        page = place.list
        page.table.select_key("task-42")
        qtbot.wait(80)
        settle(qtbot, window)
        strip = page.detail.strip
        assert strip.here == "2026-10"
        strip.setFocus()
        qtbot.keyClick(strip, Qt.Key.Key_Left)
        assert strip.here == "2026-09"
        assert "滞后" in strip.accessibleName()
        qtbot.keyClick(strip, Qt.Key.Key_End)
        qtbot.keyClick(strip, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
        form = place.currentWidget()
        assert form is not page and form.record == ""
        typed = {name: form.fields.inputs[name].value() for name in ("unit", "period")}
        assert typed == {"unit": "区商务局", "period": "2026-11"}


def test_enter_opens_the_assignment_and_heads_are_skipped(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        place = _page(window, qtbot)
        page = place.list
        page.table.select_key("task-43")
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
        assert page.item == "task-44"
        page.tree.select_key("unit:区商务局")
        shown = [page.table.model().row_at(n) for n in range(page.table.model().rowCount())]
        assert "task-42" in [row.key for row in shown] and "task-36" not in [row.key for row in shown]
        page.table.select_key("task-42")
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert place.currentWidget() is not page
        assert place.currentWidget().form.name == "assignment"


def test_a_longer_item_stands_in_its_place_at_once(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        page = _page(window, qtbot).list
        detail, item = page.detail, page.ledger.items[0]
        longest = max(page.ledger.items, key=lambda each: sum(len(text) for text, _ in each.published))
        detail.show_item(item, page.ledger.months, [])
        detail.show_item(longest, page.ledger.months, [])
        assert detail.official.geometry().bottom() < detail.city.geometry().top()
        inside = detail.area.widget()
        assert inside.height() >= inside.heightForWidth(inside.width())
