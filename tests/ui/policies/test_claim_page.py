"""补贴申报: the list with what it adds up to, and a claim moved on by its buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import claims, records
from desktop.actions.desk import Desk
from tests.conftest import enterprise, project
from tests.ui.seated import WAIT, make_folder, settle, when_asked, window_over


def _fill(desk: Desk) -> None:
    enterprise(desk, uscc="91370000MA0000000P")
    held = project(desk, upgrade_kind="line", equipment_paid="26500000")
    made = claims.draft_from(desk, 1, held, "2026")
    records.put(desk, "claim", [{"id": made.claim, "claimed": "3200000"}])
    claims.draft_from(desk, 1, held, "2026")


def _step(qtbot: Any, window: Any, form: Any, state: str, change: Any) -> None:
    """Press a step's button; `change(dialog)` fills the dialog, Enter writes it."""

    def answer(shown: Any) -> None:
        change(shown)
        shown.accept()

    when_asked(answer)
    form.step(state)
    settle(qtbot, window)


def test_the_list_compares_and_adds_up(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill), size=(1920, 1080)) as window:
        window.go("claims")
        settle(qtbot, window)
        page = window.shell.page("claims").list
        model = page.table.model()
        cells = [model.row_at(n).cell(model.column_of("compared")) for n in range(2)]
        assert {cell.text for cell in cells} == {"可能重复申报"} and all("草稿" in cell.tip for cell in cells)
        totals = page.totals.table.model()
        assert totals.row_at(0).cell(0).text == "技术改造投资补贴"
        assert [totals.row_at(0).cell(n).text for n in (1, 2, 3)] == ["2", "6,360,000.00", "3,200,000.00"]
        assert [tab.label for tab in page.tabs._tabs][:2] == ["全部", "草稿"]


def test_a_claim_moves_on_with_what_each_state_needs(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        held: list[Any] = []
        window.bridge.ask(lambda desk: [record for record, _ in records.find(desk, "claim")[0]], held.append)
        settle(qtbot, window)
        window.open_record("claim", held[0][0], {})
        settle(qtbot, window)
        form = window.shell.page("claims").form
        assert "比测算多 20,000.00 元" in form.bar.compared.words.text()
        assert form.bar.twice.isVisible()
        assert [button.text() for button in form.bar.buttons] == ["受理", "撤回"]
        seen: list[str] = []
        _step(qtbot, window, form, "accepted", lambda shown: seen.append(shown.inputs["claimed"].value()))
        assert seen == ["3,200,000.00"] and form.standing.state == "accepted"
        qtbot.mouseClick(form.bar.buttons[0], Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert form.standing.state == "reviewing"

        def notice(shown: Any) -> None:
            shown.inputs["public_from"].set_value("2026-01-04")
            shown.inputs["public_to"].set_value("2026-01-10")

        _step(qtbot, window, form, "public", notice)
        assert form.standing.state == "public"
        qtbot.waitUntil(lambda: form.fields.inputs["state"].value() == "public", timeout=WAIT)
