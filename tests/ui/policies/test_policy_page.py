"""政策测算 by keyboard: choose, fill, see every step, copy, claim; from a record and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop.actions import records
from desktop.actions.desk import Desk
from desktop.ui.screens.policies import wording
from desktop.ui.screens.policies.panel import EntryRow
from tests.conftest import enterprise, project
from tests.ui.seated import make_folder, settle, window_over, write

CTRL = Qt.KeyboardModifier.ControlModifier


def _fill(desk: Desk) -> None:
    enterprise(desk)
    money = {"equipment_paid": "26500000", "fund_own": "28000000", "fund_loan": "20000000", "loan_years": "3"}
    project(desk, upgrade_kind="line", **money)


def _wait(qtbot: Any, window: Any) -> None:
    qtbot.wait(150)
    settle(qtbot, window)


def _page(qtbot: Any, window: Any, key: str) -> Any:
    window.go("policies")
    settle(qtbot, window)
    page = window.shell.page("policies").page
    page.list.select_key(key)
    settle(qtbot, window)
    return page


def _texts(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def _type(qtbot: Any, page: Any, name: str, text: str) -> None:
    field = page.form().inputs[name][1]
    field.input.setFocus()
    write(field.input, text)
    field.leave()


def test_a_loan_is_computed_while_typing_and_claimed(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        page = _page(qtbot, window, "policy-24")
        _type(qtbot, page, "principal", "2000万元")
        _wait(qtbot, window)
        assert "一年期 LPR" in _texts(page.pane.area) and page.pane.figure.value.text() == "—"
        assert not page.form().inputs["lpr"][1].error_text  # not red before it was filled in
        _type(qtbot, page, "lpr", "3")
        _type(qtbot, page, "years", "4")
        page.form().inputs["industrial"][1].yes.click()
        page.form().inputs["medium_long"][1].yes.click()
        _wait(qtbot, window)
        assert page.pane.figure.value.text() == "630,000.00"  # 2,000 万 × 3% × 35% × 3 年
        assert page.pane.words.text() == "陆拾叁万元整" and "预估" in page.pane.label.text()
        said = _texts(page.pane.area)
        assert "贴息期限不超过 3 年，按 3 年计" in said and "规则版本 2024.1" in said and "附件 2 第 24 条" in said
        page.list.setFocus()
        qtbot.keyClick(page.list, Qt.Key.Key_C, CTRL)
        assert "630,000.00 元" in QGuiApplication.clipboard().text()
        page.form().inputs["medium_long"][1].no.click()
        _wait(qtbot, window)
        assert "不是中长期贷款" in _texts(page.pane.area) and page.pane.figure.value.text() == "—"
        assert page.pane.claim.isHidden()
        page.form().inputs["medium_long"][1].yes.click()
        _wait(qtbot, window)
        qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
        settle(qtbot, window)
        assert window.shell.here == "claims"
        claim = window.shell.page("claims").form
        assert claim.fields.inputs["computed"].value() == "630,000.00"
        assert "630,000.00 元" in claim.fields.inputs["explanation"].value()


def test_rows_are_typed_like_a_sheet(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        page = _page(qtbot, window, "policy-22")
        page.form().set_facts({"operator": {"outlets": 12, "registered": True}})
        rows = page.form().lists["fixed"]
        model = rows.table.model()
        rows.table.setFocus()
        rows.table.setCurrentIndex(model.index(0, model.column_of("area")))
        qtbot.keyClicks(rows.table, "6")
        editor = rows.table.findChild(type(page.terms.on.edit), "area") or window.focusWidget()
        qtbot.keyClicks(editor, "8")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        _wait(qtbot, window)
        assert rows.rows() == [{"area": "68", "new": False, "direct": False}]
        assert "不是申报期内新建" in _texts(page.pane.area)
        model.toggled.emit("0", "new")
        model.toggled.emit("0", "direct")
        _wait(qtbot, window)
        assert page.pane.figure.value.text() == "10,000.00"
        assert "超过每个站点最高 1 万元" in _texts(page.pane.area)
        assert model.row_at(0).cell(model.column_of("award")).text == "10,000.00"
        assert model.rowCount() == 2  # the last one is always empty


def test_a_document_out_of_its_dates_and_a_clause_without_figures(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        page = _page(qtbot, window, "policy-20")
        page.form().set_facts({"vehicle": "nev", "price": "150000", "passenger": True, "replaced": True})
        page.terms.on.set_value("2026-11-24")
        page.compute()
        settle(qtbot, window)
        assert "依据文件不在有效期，须核对现行政策" in _texts(page.pane.area)
        page.terms.on.set_value("2024-08-01")
        page.compute()
        settle(qtbot, window)
        assert page.pane.figure.value.text() == "3,000.00"
        page.list.select_key("policy-03")
        settle(qtbot, window)
        assert page.pane.figure.value.text() == "待核" and "没有写明补助标准" in _texts(page.pane.area)


def test_the_panel_beside_a_project_follows_typing_and_leads_to_the_arithmetic(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        held: list[Any] = []
        window.bridge.ask(lambda desk: records.find(desk, "project")[0][0][0], held.append)
        settle(qtbot, window)
        window.open_record("project", held[0], {})
        settle(qtbot, window)
        form = window.shell.page("projects").form
        panel = form.panel
        shown = {entry.number: entry for entry in panel.entries}
        assert (shown["1"].amount, shown["1"].unit, shown["1"].mark) == ("318.00", "万元", "done")
        assert shown["24"].amount == "待核" and "一年期 LPR" in shown["24"].sentence  # no LPR kept yet
        assert "各项不代表可叠加享受" in _texts(panel) and "合计" not in _texts(panel)
        form.fields.inputs["equipment_paid"].set_value("100")
        form.fields.typed.emit("equipment_paid")
        qtbot.wait(300)
        settle(qtbot, window)
        assert {entry.number: entry.amount for entry in panel.entries}["1"] == "12.00"
        panel.make_claim()  # refused while something is not saved
        settle(qtbot, window)
        form.fields.inputs["equipment_paid"].set_value("2,650.00")
        qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        assert isinstance(window.focusWidget(), EntryRow)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        settle(qtbot, window)
        assert window.shell.here == "policies"
        page = window.shell.page("policies").page
        assert page.key == "policy-01" and page.pane.figure.value.text() == "3,180,000.00"
        assert page.terms.from_record.whole() == "取自重卡车架智能焊接线改造"


def test_quotes_are_underlined_where_they_stand() -> None:
    pieces = wording.underlined("甲乙丙丁戊", ["乙丙", "戊"])
    assert pieces == [("甲", False), ("乙丙", True), ("丁", False), ("戊", True)]
    assert wording.underlined("甲乙", ["丙"]) == [("甲乙", False)]
