"""The print preview: kinds of file, figures traced to records, lists split into files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.ui.screens.submissions.preview import PrintPreview
from desktop.ui.screens.submissions.splitting import SplitDialog
from tests.conftest import project
from tests.ui.seated import make_folder, settle, window_over


def test_saved_as_a_workbook_traced_and_split(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", lambda desk: project(desk))) as window:
        preview = PrintPreview(window.frame, "project-list", period="2026-11", parent=window)
        preview.open_and_show()
        settle(qtbot, window)

        preview.activateWindow()
        qtbot.waitUntil(preview.isActiveWindow)
        qtbot.keyClick(preview.paper, Qt.Key.Key_F6)
        settle(qtbot, window)
        pane = preview.sources
        assert pane.isVisible() and pane.list.model().rowCount() > 3
        total = next(n for n, each in enumerate(pane.figures) if "合计" in each.place and each.label == "总投资")
        pane.list.select_key(str(total))
        assert pane.behind.rowCount() == 1

        split = SplitDialog(window.frame, preview.form, "2026-11", "xlsx", preview)
        split.folder.set_value(str(tmp_path / "parts"))
        split.accept()
        settle(qtbot, window)
        assert {path.name for path in (tmp_path / "parts").iterdir()} == {"目录.xlsx", "项目清单汇总表_未填.xlsx"}

        out = tmp_path / "名单.xlsx"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
        preview.kind.set_value("xlsx")
        preview.save_as()
        settle(qtbot, window)
        assert openpyxl.load_workbook(out).sheetnames == ["项目清单汇总表"]
        assert not preview.isVisible()


def test_enter_on_a_record_behind_a_figure_opens_it(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", lambda desk: project(desk))) as window:
        preview = PrintPreview(window.frame, "project-list", period="2026-11", parent=window)
        preview.open_and_show()
        settle(qtbot, window)
        preview.show_sources()
        settle(qtbot, window)
        opened: list[tuple[str, str]] = []
        window.frame.open_record = lambda form, record="", start=None: bool(opened.append((form, record)) or True)
        qtbot.keyClick(preview.sources.list, Qt.Key.Key_Return)
        assert [form for form, _ in opened] == ["project"]
        assert not preview.isVisible()
