"""Signing in by keyboard, locking, the first run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.desk import open_desk
from tests.conftest import CLERK, PASSWORD
from tests.ui.seated import WAIT, make_folder, settle, window_over, write


def test_sign_in_by_keyboard_and_a_wrong_password_says_so(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data"), sign_in=False) as window:
        page = window._door
        write(page.name.edit, CLERK)
        write(page.password.edit, "不对的密码")
        qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(page.password.error_text), timeout=WAIT)
        assert page.password.error_text.startswith("账号或密码不对") or "密码不对" in page.password.error_text
        assert "再错" in page.password.error_text
        assert page.password.value() is None
        write(page.password.edit, PASSWORD)
        with qtbot.waitSignal(window.seated, timeout=WAIT):
            qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)
        assert window.stack.currentWidget() is window.shell


def test_locking_closes_the_file_and_the_page_is_still_there_afterwards(qtbot: Any, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    with window_over(qtbot, folder) as window:
        window.go("problems")
        settle(qtbot, window)
        window.shell.page("problems").open_record("problem", "")
        settle(qtbot, window)
        form = window.shell.page("problems").form
        write(form.fields.inputs["title"].input, "用地指标")
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        settle(qtbot, window)
        assert window.stack.currentWidget() is window._door
        other = open_desk(folder, CLERK, PASSWORD)  # the file is free: nothing holds it open
        other.close()
        page = window._door
        assert page.name.value() == CLERK
        write(page.password.edit, PASSWORD)
        with qtbot.waitSignal(window.seated, timeout=WAIT):
            qtbot.keyClick(page.password.edit, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert window.shell.here == "problems"
        assert form.fields.inputs["title"].value() == "用地指标"


def test_the_first_run_makes_a_district(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "new"
    monkeypatch.setenv("DESK_DATA", str(folder))
    with window_over(qtbot, folder, sign_in=False) as window:
        assert not window._door.enter.isVisible()
        window.ask_first_run()
        page = window._door
        district = page.steps[0]
        write(district.code.combo.lineEdit(), "370102")
        district.code.leave()
        district._named()
        assert district.office.value() == "历下区发展和改革局"
        page.go_on()
        write(page.steps[1].fields["sites"].input, "14")
        page.go_on()
        assert not page.next.isEnabled()
        for name, text in (("name", CLERK), ("password", PASSWORD), ("again", "两次不同的密码")):
            write(page.steps[2].fields[name].input, text)
        page.go_on()
        assert page.steps[2].second.error_text.startswith("两次输入不一样")
        assert not folder.exists()
        page.steps[2].second.set_value(PASSWORD)
        page.go_on()
        qtbot.waitUntil(lambda: page.at == 3, timeout=WAIT)
        key = page.steps[3]
        assert not page.next.isEnabled()
        for field, group in zip(key.typed, (key.groups[2], key.groups[5]), strict=True):
            write(field.edit, group.lower())
        assert page.next.isEnabled()
        page.go_on()
        with qtbot.waitSignal(window.seated, timeout=WAIT):
            page.go_on()
        held: list[Any] = []
        window.bridge.ask(lambda desk: records.find(desk, "target", where={"unit": "历下区"}), held.append)
        settle(qtbot, window)
        assert [values["value"] for _, values in held[0][0]] == ["14"]
