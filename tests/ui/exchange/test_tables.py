"""Unknown tables, blank tables, sticks, sources and imports taken back, in the window and by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt

from desktop.actions import exchange, packages, peers, records, setup, sticks
from desktop.actions.desk import Desk, open_desk
from tests.conftest import CLERK, PASSWORD, enterprise, project_data
from tests.ui.seated import dialog, make_folder, settle, when_asked, window_over

TABLE = "某某表\n单位全称,信用代码,联系人姓名,备用列\n示例甲有限公司,,张示例,x\n示例乙有限公司,不是代码,李示例,y\n"


def place_of(window: Any, qtbot: Any) -> Any:
    window.go("exchange")
    settle(qtbot, window)
    return window.shell.page("exchange")


def press(qtbot: Any, widget: Any, key: Qt.Key) -> None:
    qtbot.keyClick(widget, key)


def test_an_unknown_table_is_matched_remembered_and_read_without_a_question_the_next_time(
    qtbot: Any, tmp_path: Path
) -> None:
    folder, table = make_folder(tmp_path / "data"), tmp_path / "来表.csv"
    table.write_text(TABLE, encoding="utf-8")
    with window_over(qtbot, folder) as window:
        place = place_of(window, qtbot)
        place.read_file(table)
        settle(qtbot, window)
        asked = dialog()
        settle(qtbot, window)
        assert (asked.form.value(), asked.head.value()) == ("enterprise", "1")
        assert asked.chosen()[0] == "name" and "读不懂“不是代码”" in asked.tells[1].whole()
        asked.head.set_value("0")
        asked.head.picked.emit("0")
        settle(qtbot, window)
        assert len(asked.picks) == 1  # the title alone is no heading
        asked.head.set_value("1")
        asked.head.picked.emit("1")
        settle(qtbot, window)
        asked.picks[3].set_value("note")
        asked.picks[3].picked.emit("note")
        qtbot.wait(150)
        settle(qtbot, window)
        assert asked.tells[3].whole() == "x；y" and asked.yes.isEnabled()
        press(qtbot, asked, Qt.Key.Key_Return)
        settle(qtbot, window)
        settle(qtbot, window)
        assert place.currentWidget() is place.preview
        assert place.preview.choices.shown.counts["added"] == 1 and place.preview.choices.shown.counts["refused"] == 1
        place.preview.drop()
        place.read_file(table)
        settle(qtbot, window)
        assert place.currentWidget() is place.preview


def test_a_blank_table_is_filled_with_the_records_chosen(qtbot: Any, tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        owner = enterprise(desk)
        rows = [project_data(owner, name="锅炉低氮改造"), project_data(owner, name="冷库制冷机组替换", sector="energy")]
        records.put(desk, "project", rows)

    folder, blank, out = make_folder(tmp_path / "data", fill), tmp_path / "空表.xlsx", tmp_path / "填好.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "项目单位", "总投资（万元）", "领导批示"])
    book.save(blank)
    with window_over(qtbot, folder) as window:
        place = place_of(window, qtbot)
        place.fill()
        asked = dialog()
        asked.blank.set_value(str(blank))
        asked.blank.left.emit()
        settle(qtbot, window)
        assert "能填 3 列" in asked.told.words.whole() and "领导批示" in asked.told.words.whole()
        asked.where.set_value("sector")
        asked.where.picked.emit("sector")
        asked.value.set_value("energy")
        asked.out.set_value(str(out))
        press(qtbot, asked, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert "已填 1 条" in asked.told.words.whole() and "领导批示" in asked.result.whole()
        press(qtbot, asked, Qt.Key.Key_Return)
    rows = list(openpyxl.load_workbook(out).active.iter_rows(values_only=True))
    assert rows[1][:3] == ("冷库制冷机组替换", "示例重工有限公司", 4800)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    (made / sticks.INBOX).mkdir(parents=True)
    return made


def test_a_stick_is_seen_looked_at_read_and_written_to(
    qtbot: Any, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = setup.init(
        tmp_path / "other",
        district="379901",
        office="示例区工业和信息化局",
        account="王示例",
        password=PASSWORD,
        practice=True,
    )
    enterprise(other)
    exchange.export(other, stick / sticks.INBOX / "工信局.xlsx")
    other.close()
    monkeypatch.setenv("DESK_STICKS", str(stick))
    folder = make_folder(tmp_path / "data")
    with window_over(qtbot, folder) as window:
        place = place_of(window, qtbot)
        settle(qtbot, window)
        assert place.strip.isVisible() and "1 份有新内容" in place.strip._words[str(stick)][1].whole()
        place.choose_stick()
        settle(qtbot, window)
        page = place.stick
        assert page.table.model().row_at(0).cell(3).text == "示例区工业和信息化局（未认可）"
        press(qtbot, page.table, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert place.currentWidget() is place.preview
        place.preview.drop()
        place.look_at(str(stick))
        settle(qtbot, window)
        qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        asked = dialog()
        press(qtbot, asked, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert "可以安全拔出" in asked.told.words.whole()
        assert len(list((stick / sticks.OUTBOX).iterdir())) == 1
        press(qtbot, asked, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert page.table.model().rowCount() == 2
        press(qtbot, page.table, Qt.Key.Key_Escape)
        assert place.currentWidget() is place.start


def test_a_source_is_revoked_with_a_reason(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_folder(tmp_path / "data", lambda desk: _taken_from_another(desk, tmp_path))
    with window_over(qtbot, folder) as window:
        place = place_of(window, qtbot)
        place.show_peers()
        settle(qtbot, window)
        page = place.peers
        assert page.table.model().row_at(0).cell(0).text == "示例区工业和信息化局"
        monkeypatch.setattr("desktop.ui.screens.exchange.peers.ask_text", lambda *_, **__: "电脑报废")
        press(qtbot, page.table, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert page.lines == [] and page.middle.currentIndex() == 0
    desk = open_desk(folder, CLERK, PASSWORD)
    assert peers.peers(desk) == []
    desk.close()


def _taken_from_another(desk: Desk, tmp_path: Path) -> str:
    other, _ = setup.init(
        tmp_path / "other",
        district="379901",
        office="示例区工业和信息化局",
        account="王示例",
        password=PASSWORD,
        practice=True,
    )
    owner = enterprise(other)
    names = ("锅炉低氮改造", "冷库制冷机组替换")
    ids = records.put(other, "project", [project_data(owner, name=name) for name in names]).ids
    exchange.export(other, tmp_path / "来.xlsx")
    other.close()
    exchange.apply(desk, exchange.read(desk, tmp_path / "来.xlsx"), accept_peer=True)
    return ids[0]


def test_an_import_is_taken_back_and_what_was_edited_since_is_listed(qtbot: Any, tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        record = _taken_from_another(desk, tmp_path)
        records.put(desk, "project", [{"id": record, "note": "导入后改的"}])

    folder = make_folder(tmp_path / "data", fill)
    with window_over(qtbot, folder) as window:
        place = place_of(window, qtbot)
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def answer(asked: Any) -> None:
            model = asked.table.model()
            lines = [(model.row_at(n).cell(0).text, model.row_at(n).cell(2).text) for n in range(model.rowCount())]
            seen.append((asked.accessibleDescription(), lines))
            asked.accept()

        place.table.setCurrentIndex(place.table.model().index(0, 0))
        when_asked(answer)
        press(qtbot, place.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(seen), timeout=8000)
        settle(qtbot, window)
        words, lines = seen[0]
        assert "2 条退回" in words and [who for _, who in lines] == [CLERK] and "锅炉低氮改造" in lines[0][0]
        assert "1 处此后又改过" in window.shell.toasts.history[-1][1]
    desk = open_desk(folder, CLERK, PASSWORD)
    assert [values["name"] for _, values in records.find(desk, "project")[0]] == ["锅炉低氮改造"]
    assert packages.packages(desk)[0].action
    desk.close()


def test_a_preview_that_went_stale_is_shown_anew_with_the_choices_kept(qtbot: Any, tmp_path: Path) -> None:
    book = tmp_path / "交回.xlsx"

    def fill(desk: Desk) -> None:
        owner = enterprise(desk)
        names = ("锅炉低氮改造", "冷库制冷机组替换")
        ids = records.put(desk, "project", [project_data(owner, name=name) for name in names]).ids
        exchange.export(desk, book, forms=["project", "enterprise"])
        records.put(desk, "project", [{"id": record, "note": "本单位写的"} for record in ids])

    folder = make_folder(tmp_path / "data", fill)
    loaded = openpyxl.load_workbook(book)
    sheet = loaded["项目清单"]
    at = next(cell.column for cell in sheet[1] if cell.value == "备注")
    for row in (2, 3):
        sheet.cell(row, at).value = "交回的"
    loaded.save(book)
    with window_over(qtbot, folder) as window:
        place = place_of(window, qtbot)
        place.read_file(book)
        settle(qtbot, window)
        page = place.preview
        qtbot.keyClick(page.table, Qt.Key.Key_At, Qt.KeyboardModifier.ShiftModifier)  # the same field of all from them
        assert len(page.choices.values()) == 2 and page.choices.undecided() == []
        first = page.choices.shown.groups[0].id
        changed = {"id": first, "note": "又改了"}
        window.bridge.ask(lambda desk: records.put(desk, "project", [changed]), lambda _: None)
        settle(qtbot, window)
        page.why.set_value("电话核对")
        page.write_now()
        settle(qtbot, window)
        assert place.currentWidget() is page and "已重新核对" in window.shell.toasts.history[-1][1]
        assert [group.id for group, _ in page.choices.undecided()] == [first]
        page.table.select_key(f"{first}|0")
        press(qtbot, page.table, Qt.Key.Key_1)
        page.write_now()
        settle(qtbot, window)
        assert place.currentWidget() is place.start
    desk = open_desk(folder, CLERK, PASSWORD)
    notes = sorted(str(values["note"]) for _, values in records.find(desk, "project")[0])
    assert notes == ["交回的", "又改了"]
    assert {row["why"] for row in records.history(desk, "project", first) if row["new"] == "又改了"} >= {"电话核对"}
    desk.close()
