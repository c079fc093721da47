"""A submission on screen: made by one person, reviewed and issued by another, signed, and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions import accounts, authority, submissions
from desktop.actions.desk import Desk, open_desk
from desktop.ui.screens.submissions.preview import PrintPreview
from tests.conftest import CLERK, PASSWORD, REVIEWER, project
from tests.ui.seated import make_folder, settle, window_over

SECRET = "示例证书口令一二三四"


def _fill(desk: Desk) -> None:
    project(desk)
    accounts.add_account(desk, REVIEWER, ("review", "issue"), PASSWORD)


def _sign_in(window: Any, qtbot: Any, folder: Path, name: str) -> None:
    window.lock()
    settle(qtbot, window)
    window.bridge.sign_in(folder, name, PASSWORD, lambda _: window.opened(folder))
    settle(qtbot, window)
    window.go("submissions")
    settle(qtbot, window)


@pytest.mark.slow
def test_made_reviewed_issued_signed_and_checked(qtbot: Any, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data", _fill)
    root = tmp_path / "authority"
    authority.create(root, name="练习机构", office="示例市", password=SECRET)
    certificate = tmp_path / "district.p12"
    authority.issue(
        root, certificate, district="379901", name="示例区报送", office="示例区发展和改革局", password=SECRET
    )  # fmt: skip
    out = tmp_path / "报送.pdf"
    with window_over(qtbot, folder) as window:
        window.go("submissions")
        settle(qtbot, window)
        page = window.shell.page("submissions")
        assert page.right.currentIndex() == 0
        window.bridge.ask(lambda desk: submissions.prepare(desk, "project-list", period="2026-11"), lambda _: None)
        settle(qtbot, window)
        page.load()
        settle(qtbot, window)
        assert page.paper.pages() == 1
        assert CLERK in page.steps.words.whole() and not page.steps.main.isVisible()
        _sign_in(window, qtbot, folder, REVIEWER)
        page = window.shell.page("submissions")
        for state, verb in (("reviewed", "审核通过"), ("issued", "签发")):
            assert page.steps.main.text() == verb
            qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            settle(qtbot, window)
            settle(qtbot, window)
            assert page.one.state == state
        qtbot.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert page.steps.certificate.error_text == "证书没有填，请补上"
        for field, value in (("certificate", certificate), ("password", SECRET), ("out", out)):
            getattr(page.steps, field).set_value(str(value))
        page.steps.go()
        settle(qtbot, window)
        settle(qtbot, window)
        assert page.one.state == "signed", window.shell.toasts.history
        assert page.steps.password.value() is None
        window.go("verify")
        check = window.shell.page("verify")
        for field, file in (("root", "root.pem"), ("register", "register.json"), ("crl", "crl.pem")):
            getattr(check, field).set_value(str(root / file))
        check.open_file(str(out))
        settle(qtbot, window)
        assert check.words.whole() == "有效（练习）", check.why.whole()
        changed = tmp_path / "改过.pdf"
        changed.write_bytes(out.read_bytes() + b"\n% more")
        check.open_file(str(changed))
        settle(qtbot, window)
        assert check.words.whole().startswith("无效")
        assert check.why.whole()


def test_preview_of_a_printed_form(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", _fill)) as window:
        preview = PrintPreview(window.frame, "project-list", period="2026-11", parent=window)
        preview.open_and_show()
        settle(qtbot, window)
        assert preview.paper.pages() == 1
        assert preview.save.isEnabled()
        assert "第 1 / 1 页" in preview.paper.accessibleName()
        preview.paper.enlarge(1)
        assert preview.paper.share.text() == "125%"
        qtbot.keyClick(preview.paper, Qt.Key.Key_Minus)
        assert preview.paper.share.text() == "适合页面"
        preview.close()


def test_ledger_pages_are_turned_by_keys(qtbot: Any, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    desk = open_desk(folder, CLERK, PASSWORD)
    submissions.prepare(desk, "ledger-report", period="2026-11")
    desk.close()
    with window_over(qtbot, folder) as window:
        window.go("submissions")
        settle(qtbot, window)
        settle(qtbot, window)
        page = window.shell.page("submissions")
        assert page.paper.pages() > 2
        qtbot.keyClick(page.list, Qt.Key.Key_PageDown)
        page.paper.setFocus()
        qtbot.keyClick(page.paper, Qt.Key.Key_PageDown)
        assert page.paper.page >= 1
        qtbot.keyClick(page.paper, Qt.Key.Key_End)
        assert page.paper.page == page.paper.pages() - 1


@pytest.mark.slow
def test_sealed_paper_is_filed_and_counts_as_delivered(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    folder = make_folder(tmp_path / "data", _fill)
    desk = open_desk(folder, CLERK, PASSWORD)
    made = submissions.prepare(desk, "project-list", period="2026-11").id
    desk.close()
    desk = open_desk(folder, REVIEWER, PASSWORD)
    submissions.review(desk, made)
    submissions.issue(desk, made)
    desk.close()
    paper = tmp_path / "盖章.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(paper), ""))
    with window_over(qtbot, folder) as window:
        window.go("submissions")
        settle(qtbot, window)
        settle(qtbot, window)
        page = window.shell.page("submissions")
        qtbot.mouseClick(page.handing.second, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        settle(qtbot, window)
        assert paper.read_bytes().startswith(b"%PDF-"), window.shell.toasts.history
        qtbot.mouseClick(page.handing.main, Qt.MouseButton.LeftButton)
        assert page.handing.scan.error_text
        page.handing.scan.set_value(str(paper))
        qtbot.mouseClick(page.handing.main, Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        settle(qtbot, window)
        assert page.one.state == "delivered", window.shell.toasts.history
        assert page.line.stations[3].below == "盖章扫描件" and CLERK in page.line.stations[4].below
        assert page.handing.main.text() == "读入回执" and page.handing.receipt.isVisible()
