"""F1 opens the chapter about the place on screen, Shift+F1 says what the focused field asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget

from desktop.model import places
from tests.ui.seated import make_folder, settle, window_over


def test_help_opens_the_chapter_of_the_place_and_goes_back(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.go("projects")
        settle(qtbot, window)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        settle(qtbot, window)
        page = window.shell.page("help")
        assert window.shell.here == "help"
        shown = page.text.document()
        assert "登记项目" in shown.begin().text()
        weights = {part.charFormat().fontWeight() for part in _parts(shown)}
        assert weights <= {400}
        page._follow(QUrl(f"{page.chapters[1].key}.md"))
        assert page.tree.key() == page.chapters[1].key
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert window.shell.here == "projects"


def test_without_the_manual_help_shows_the_keys(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(places, "manual", lambda: tmp_path / "none")
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.go("help")
        settle(qtbot, window)
        page = window.shell.page("help")
        assert page.chapters == []
        assert page.findChildren(QWidget, "shortcuts")
        assert not page.tree.isVisible()


def test_shift_f1_tells_about_the_field(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.open_record("project", "", {})
        settle(qtbot, window)
        form = window.shell.page("projects").form
        form.fields.inputs["project_code"].setFocus()
        said: list[str] = []
        window.shell.toasts.say = lambda words, **_: said.append(words)
        qtbot.keyClick(form.fields.inputs["project_code"].edit, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
        assert said == ["投资项目统一代码：如 2603-370102-07-02-100042；可以不填。"]


def _parts(document: Any) -> list[Any]:
    found, block = [], document.begin()
    while block.isValid():
        step = block.begin()
        while not step.atEnd():
            found.append(step.fragment())
            step += 1
        block = block.next()
    return found
