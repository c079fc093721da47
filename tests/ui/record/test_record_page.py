"""Filling in a record: echo, errors, saving, drafts, rows below, deleting; a new field in the TOML appears."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.actions import drafts, records
from desktop.actions.entry import begin
from desktop.model import places
from desktop.model.forms import read_form
from desktop.ui.kit.lines import LineField
from desktop.ui.screens.record.form import FormFields
from tests.conftest import enterprise, project
from tests.ui.seated import WAIT, dialog, make_folder, settle, when_asked, window_over, write

CTRL = Qt.KeyboardModifier.ControlModifier


def _open(qtbot: Any, window: Any, record: str = "") -> Any:
    window.open_record("project", record, {})
    settle(qtbot, window)
    return window.shell.page("projects").form


def _type(qtbot: Any, form: Any, name: str, text: str) -> None:
    field = form.fields.inputs[name]
    target = field.combo.lineEdit() if hasattr(field, "combo") else field.input
    target.setFocus()
    write(target, text)
    field.leave()


def _ask(desk_work: Any, qtbot: Any, window: Any) -> Any:
    held: list[Any] = []
    window.bridge.ask(desk_work, held.append)
    settle(qtbot, window)
    return held[0]


def test_a_new_project_by_keyboard(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", enterprise)) as window:
        form = _open(qtbot, window)
        qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
        settle(qtbot, window)
        assert {fault.field for fault in form.errors.faults()} >= {"name", "enterprise", "start"}
        texts = {
            "name": "重卡车架智能焊接线改造", "enterprise": "示例重工有限公司", "kind": "技术改造", "sector": "工业",
            "address": "示例区", "content": "新上焊接机器人", "total_investment": "4800",
            "equipment_investment": "5000", "start": "2026年3月", "finish": "2027.2", "stage": "在建",
            "fund_own": "1000",
        }  # fmt: skip
        for name, text in texts.items():
            _type(qtbot, form, name, text)
        assert form.fields.inputs["total_investment"].echo_text == "肆仟捌佰万元整"
        assert form.fields.inputs["total_investment"].value() == "4,800.00"
        assert form.fields.inputs["start"].echo_text == "读作 2026-03"
        qtbot.wait(100)
        settle(qtbot, window)
        assert "大于总投资" in form.fields.inputs["equipment_investment"].error_text
        assert [tab.mark for tab in form.tabs._tabs if tab.label == "投资与资金"] == ["error"]
        qtbot.keyClick(window, Qt.Key.Key_F8)
        form.fields.inputs["equipment_investment"].set_value("3680")
        form.save_.click()
        settle(qtbot, window)
        assert [fault for fault in form.errors.faults() if not fault.warning] == []
        found = _ask(lambda desk: records.find(desk, "project"), qtbot, window)[0]
        assert found[0][1]["total_investment"] == 480000000000 // 100
        assert form.record == found[0][0]
        assert form.head.title.text() == "重卡车架智能焊接线改造"
        assert not [fault for fault in form.errors.faults() if not fault.warning]
        assert [fault.warning for fault in form.errors.faults()] == [True]  # 资金合计不符 warns and did not block


def test_a_draft_is_kept_while_typing_and_offered_again(qtbot: Any, tmp_path: Path) -> None:
    held: list[str] = []
    folder = make_folder(tmp_path / "data", lambda desk: held.append(project(desk)))
    with window_over(qtbot, folder) as window:
        form = _open(qtbot, window, held[0])
        _type(qtbot, form, "responsible", "周示例")
        form._draft.setInterval(50)
        form._draft.start()
        qtbot.wait(120)
        settle(qtbot, window)
        kept = _ask(lambda desk: drafts.find(desk, "project", held[0]), qtbot, window)
        assert kept == {"responsible": "周示例"}
    with window_over(qtbot, folder) as window:  # as after a crash
        when_asked(lambda asked: asked.accept())
        form = _open(qtbot, window, held[0])
        qtbot.waitUntil(lambda: form.fields.inputs["responsible"].value() == "周示例", timeout=3000)
        assert form.dirty()
        form.save_.click()
        settle(qtbot, window)
        qtbot.waitUntil(lambda: [each.words for each in window.shell.toasts.shown] == ["已保存项目"], timeout=WAIT)
        assert _ask(lambda desk: drafts.find(desk, "project", held[0]), qtbot, window) is None


def test_leaving_asks_and_only_changed_fields_are_written(qtbot: Any, tmp_path: Path) -> None:
    held: list[str] = []
    with window_over(qtbot, make_folder(tmp_path / "data", lambda desk: held.append(project(desk)))) as window:
        form = _open(qtbot, window, held[0])
        before = len(_ask(lambda desk: records.history(desk, "project", held[0]), qtbot, window))
        _type(qtbot, form, "leader", "吴示例")
        when_asked(lambda asked: asked.reject())
        form.back()
        assert window.shell.page("projects").currentWidget() is form
        settle(qtbot, window)
        qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
        settle(qtbot, window)
        after = _ask(lambda desk: records.history(desk, "project", held[0]), qtbot, window)
        assert [each["field"] for each in after[before:]] == ["leader"]
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        settle(qtbot, window)
        place = window.shell.page("projects")
        assert place.currentWidget() is place.list


def test_equipment_is_added_below_its_project(qtbot: Any, tmp_path: Path) -> None:
    held: list[str] = []
    with window_over(qtbot, make_folder(tmp_path / "data", lambda desk: held.append(project(desk)))) as window:
        form = _open(qtbot, window, held[0])
        section = next(each for each in form.below if each.child.name == "equipment")
        section.edit("")
        settle(qtbot, window)
        row = dialog()
        for name, text in (("side", "old"), ("name", "弧焊机组"), ("quantity", "12")):
            row.form_fields.inputs[name].set_value(text)
        row.accept()
        settle(qtbot, window)
        assert not row.isVisible()
        assert section.count == 1
        found = _ask(lambda desk: records.find(desk, "equipment", where={"project": held[0]}), qtbot, window)[0]
        assert found[0][1]["name"] == "弧焊机组"


def test_deleting_asks_why_and_comes_back_from_the_bin(qtbot: Any, tmp_path: Path) -> None:
    held: list[str] = []
    with window_over(qtbot, make_folder(tmp_path / "data", lambda desk: held.append(project(desk)))) as window:
        form = _open(qtbot, window, held[0])

        def answer(asked: Any) -> None:
            write(asked.fields["answer"].input, "重复登记")
            asked.accept()

        when_asked(answer)
        form.delete()
        settle(qtbot, window)
        assert _ask(lambda desk: records.find(desk, "project"), qtbot, window)[1] == 0
        window.go("deleted")
        settle(qtbot, window)
        page = window.shell.page("deleted")
        row = page.table.model().row_at(0)
        assert [row.cell(i).text for i in (0, 1, 4)] == ["项目", "重卡车架智能焊接线改造", "重复登记"]
        page.bring_back()
        settle(qtbot, window)
        assert _ask(lambda desk: records.find(desk, "project"), qtbot, window)[1] == 1


def test_a_new_field_in_the_definition_appears(qtbot: Any, tmp_path: Path, desk: Any) -> None:
    path = tmp_path / "problem.toml"
    shutil.copy(places.forms() / "problem.toml", path)
    text = path.read_text(encoding="utf-8").replace(
        "fields = [", 'fields = [\n  { name = "cost", label = "所需资金", type = "money", section = "basic" },', 1
    )
    path.write_text(text, encoding="utf-8")
    entry = begin(desk, "problem", "")
    fields = FormFields(read_form(path), entry)
    qtbot.addWidget(fields)
    made = fields.inputs["cost"]
    assert isinstance(made, LineField)
    assert (made.label, made.unit, made.input.objectName()) == ("所需资金", "万元", "cost")


def test_amounts_of_a_sum_stand_together_with_their_total(qtbot: Any, tmp_path: Path) -> None:
    with window_over(qtbot, make_folder(tmp_path / "data", project)) as window:
        form = _open(qtbot, window, _ask(lambda desk: records.find(desk, "project")[0][0][0], qtbot, window))
        group = form.fields.groups[0]
        assert group.check.other == "total_investment"
        assert group.note.words.text() == "合计与总投资一致"
        own = form.fields.inputs["fund_own"]
        assert own is group.inputs["fund_own"]
        own.setFocus()
        own.edit.selectAll()
        write(own.edit, "1")
        own.leave()
        qtbot.wait(100)
        settle(qtbot, window)
        assert group.note.words.text().startswith("合计比总投资少")
        assert [fault.label for fault in form.errors.faults()] == ["合计"]


def test_files_are_added_opened_and_removed(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    from desktop.ui import opening

    note = tmp_path / "验收照片.jpg"
    note.write_bytes(b"example bytes")
    shown: list[Path] = []
    monkeypatch.setattr(opening, "show", lambda path: bool(shown.append(path)) or True)
    with window_over(qtbot, make_folder(tmp_path / "data", project)) as window:
        form = _open(qtbot, window, _ask(lambda desk: records.find(desk, "project")[0][0][0], qtbot, window))
        files = form.fields.inputs["photos"]
        files.keep(note)
        settle(qtbot, window)
        settle(qtbot, window)
        assert [held.name for held in files.files] == ["验收照片.jpg"]
        assert not form.dirty()
        files.open(files.files[0])
        settle(qtbot, window)
        assert shown[0].read_bytes() == b"example bytes"
        when_asked(lambda asked: asked.accept())
        files.remove(files.files[0])
        settle(qtbot, window)
        settle(qtbot, window)
        assert files.files == []
        window.lock()
        assert not shown[0].exists()


def test_a_yes_or_no_can_be_emptied(qtbot: Any, tmp_path: Path) -> None:
    def fill(desk: Any) -> None:
        records.put(desk, "enterprise", [{"id": enterprise(desk), "leading": True}])

    with window_over(qtbot, make_folder(tmp_path / "data", fill)) as window:
        record = _ask(lambda desk: records.find(desk, "enterprise")[0][0][0], qtbot, window)
        window.open_record("enterprise", record, {})
        settle(qtbot, window)
        form = window.shell.page("enterprises").form
        field = form.fields.inputs["leading"]
        assert field.value() == "yes"
        field.yes.setFocus()
        qtbot.keyClick(field.yes, Qt.Key.Key_Delete)
        assert field.value() is None
        form.save()
        settle(qtbot, window)
        assert _ask(lambda desk: records.get(desk, "enterprise", record).get("leading"), qtbot, window) is None
