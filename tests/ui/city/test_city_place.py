"""The city's folder on screen: files collected, who is missing, figures side by side, receipts written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.actions import authority, setup
from tests.conftest import CLERK, PASSWORD
from tests.scenarios import invented_months as months
from tests.scenarios.invented_months import SECRET, District
from tests.ui.seated import dialog, settle, window_over


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path, Path]]:
    """A city's folder, the published papers with its receipt certificate, and a stick with two districts' files."""
    papers, stick = tmp_path / "papers", tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setenv("DESK_NOW", "2026-11-20T09:00:00+08:00")
    authority.create(papers, name="练习根证书", office="练习用证书机构", password=SECRET)
    authority.issue(
        papers, papers / "city.p12", district="", name="示例市回执", office="示例市发展和改革委员会", password=SECRET,
        use="receipt",
    )  # fmt: skip
    keys = [months.open_key(months.certificate(papers, number)) for number in (1, 2)]
    for number, key in enumerate(keys, 1):
        (stick / f"{number}.pdf").write_bytes(months.signed(District(number).frozen(), key))
    (stick / "杂.pdf").write_bytes(b"no pdf")
    monkeypatch.setenv("DESK_NOW", "2026-12-03T09:00:00+08:00")
    desk, _ = setup.init(
        tmp_path / "city", district=months.CITY, name="示例市", office="示例市发展和改革委员会", account=CLERK,
        password=PASSWORD, practice=True,
    )  # fmt: skip
    desk.close()
    yield tmp_path / "city", papers, stick


def texts(page: Any, column: int) -> dict[str, str]:
    model = page.table.model()
    rows = [model.row_at(place) for place in range(model.rowCount())]
    return {row.cell(0).text: row.cell(column).text for row in rows}


@pytest.mark.slow
def test_a_stick_is_collected_and_answered(qtbot: Any, city: tuple[Path, Path, Path], tmp_path: Path) -> None:
    folder, papers, stick = city
    with window_over(qtbot, folder) as window:
        window.go("city")
        page = window.shell.page("city")
        window.frame.set_period("2026-11")
        settle(qtbot, window)
        assert page.middle.currentIndex() == 0  # nothing is trusted yet
        page.trust_files([papers / each for each in authority.FILES])
        settle(qtbot, window)
        assert "指纹" in dialog().accessibleName()
        dialog().accept()
        settle(qtbot, window)
        assert page.middle.currentIndex() == 1
        page.collect_folder(stick)
        settle(qtbot, window)
        settle(qtbot, window)
        assert "收下 2 份" in dialog().windowTitle()
        dialog().accept()
        settle(qtbot, window)
        assert texts(page, 1)["示例一区"] == "待答复"
        assert "2 / 2 个区县已报" in page.head.facts.whole()
        page.due.set_value("2026-12-01")
        page.load()
        settle(qtbot, window)
        assert texts(page, 4)["示例一区"] == "迟报"
        for name, column, expected in (("projects", 1, "5"), ("sites", 1, "8"), ("ledger", 1, "1")):
            page.tabs.set_here(name)
            page._tab(name)
            found = texts(page, column)
            assert set(found) >= {"示例一区", "示例二区", "合计"}
            if name != "ledger":
                assert found["合计"] == expected
        page.tabs.set_here("indicators")
        page._tab("indicators")
        heads = [column.title for column in page.table.columns() if column.title]
        assert heads[-2:] == ["示例一区", "示例二区"]
        page.tabs.set_here("files")
        page._tab("files")
        assert "无效" in texts(page, 0)

        page.tabs.set_here("standing")
        page._tab("standing")
        page.table.selectAll()
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made = dialog()
        made.verdict.set_value("returned")
        made.verdict.changed.emit("returned")
        made.folder.set_value(str(tmp_path))
        made.key.certificate.set_value(str(papers / "city.p12"))
        made.key.password.set_value(SECRET)
        made.accept()
        assert made.reasons.error_text == "退回要写明原因，请填写"
        made.verdict.set_value("accepted")
        made.accept()
        settle(qtbot, window)
        settle(qtbot, window)
        assert len(list(tmp_path.glob("*.receipt"))) == 2, window.shell.toasts.history
        assert texts(page, 1)["示例二区"] == "已接收"


def test_the_place_is_only_in_the_citys_folder(qtbot: Any, tmp_path: Path) -> None:
    from tests.ui.seated import make_folder

    with window_over(qtbot, make_folder(tmp_path / "district")) as window:
        assert not window.frame.has("city")
