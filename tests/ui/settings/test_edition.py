"""新版方案 in the window: preview, the words that changed, in force, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer

from desktop.ui.screens.settings import edition
from tests.actions.test_editions import as_text
from tests.ui.seated import dialog, make_folder, settle, window_over


def test_a_new_edition_is_looked_at_and_put_in_force(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "ask", lambda *_, **__: True)
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.go("settings")
        settle(qtbot, window)
        page = window.shell.page("settings")
        page.tree.select_key("edition")
        settle(qtbot, window)
        part = page.parts["edition"]
        assert not part.use.isEnabled() and not part.back.isEnabled()
        part.see.click()
        assert "没有选文件" in part.file.box.accessibleName() + part.file.edit.accessibleName()
        part.file.set_value(str(as_text(tmp_path)[0]))
        part.see.click()
        settle(qtbot, window)
        assert "新增 1 项，取消 1 项，修改 3 项" in part.told.text()
        part.changes.select_key("task-1")
        assert "删去：0" in part.words.accessibleName() and "新增：2" in part.words.accessibleName()
        part.use.click()
        settle(qtbot, window)
        assert "已换用 济政发〔2026〕3号" in part.told.text() and part.back.isEnabled()
        window.go("tasks")
        settle(qtbot, window)
        items = {item.key: item for item in window.shell.page("tasks").list.ledger.items}
        assert items["task-2026-42"].number == "42" and items["task-9"].retired
        window.go("settings")
        part.back.click()
        settle(qtbot, window)
        assert "已退回 济政发〔2024〕9号" in part.told.text()


@pytest.mark.slow
def test_a_person_says_which_task_is_which(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.go("settings")
        settle(qtbot, window)
        page = window.shell.page("settings")
        page.tree.select_key("edition")
        settle(qtbot, window)
        part = page.parts["edition"]
        part.file.set_value(str(as_text(tmp_path)[0]))
        part.see.click()
        settle(qtbot, window)
        part.changes.select_key("task-1")
        assert part.judging.apart.isEnabled() and not part.judging.same.isEnabled()
        part.changes.select_key("task-2026-42")
        assert part.judging.same.isEnabled() and not part.judging.apart.isEnabled()
        QTimer.singleShot(200, lambda: qtbot.keyClick(dialog(), Qt.Key.Key_Return))
        part.judging.same.setFocus()
        qtbot.keyClick(part.judging.same, Qt.Key.Key_Space)
        settle(qtbot, window)
        assert "新增 0 项，取消 0 项，修改 4 项" in part.told.text()
        assert part.judging.told.text() == "人工认定 1 条" and part.judging.apart.isEnabled() and part.use.isEnabled()
        part.judging.apart.click()
        settle(qtbot, window)
        assert "新增 1 项，取消 1 项，修改 3 项" in part.told.text()
        part.judging.reset.click()
        settle(qtbot, window)
        assert part.judging.judged == {} and part.judging.reset.isHidden()
