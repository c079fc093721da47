"""Inputs: names for machines and screen readers, errors, echoes, and what value() gives."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.model.errors import Refused
from desktop.ui.kit.buttons import KeyButton
from desktop.ui.kit.chips import SeveralField
from desktop.ui.kit.choices import ChoiceField
from desktop.ui.kit.faults import ErrorList, Fault
from desktop.ui.kit.form import FormBody, FormSection
from desktop.ui.kit.lines import DateField, LineField, MoneyField
from desktop.ui.kit.longtext import LongText
from desktop.ui.kit.yesno import Segments, YesNo

BANKS = [("a", "示例银行"), ("b", "样本银行"), ("c", "例举合作社")]


def words(text: str) -> str:
    if not text.replace(",", "").replace(".", "").isdigit():
        raise Refused("不是数，应如 3400.00")
    return "肆仟捌佰万元整"


def read(text: str) -> tuple[str, str]:
    if text != "5.21":
        raise Refused("读不出日期，应如 2026-05-21")
    return "2026-05-21", "按 2026年5月21日 保存"


def awake(window: QWidget, qtbot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def host(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_name_and_spoken_name_follow_the_rule(host):
    field = MoneyField("total_investment", "总投资", required=True, words=words, parent=host)
    field.set_value("4,800.00")
    found = host.findChild(QLineEdit, "total_investment")
    assert found is field.edit
    assert found.accessibleName() == "总投资，万元，必填，4,800.00，肆仟捌佰万元整"
    field.set_error("合计不符")
    assert found.accessibleName().endswith("，合计不符")
    assert field.note.words.text() == "合计不符"
    field.set_error("")
    assert field.note.words.text() == "肆仟捌佰万元整"


def test_a_secret_is_never_spoken(host):
    field = LineField("password", "密码", secret=True, parent=host)
    field.set_value("三个字")
    assert field.edit.accessibleName() == "密码"
    assert field.value() == "三个字"


def test_money_complains_on_leaving_not_while_typing(host, qtbot):
    field = MoneyField("total", "总投资", words=words, tidy=lambda text: "1.00", parent=host)
    other = LineField("other", "另一项", parent=host)
    other.move(0, 60)
    awake(host, qtbot)
    field.setFocus()
    qtbot.keyClicks(field.edit, "abc")
    assert field.error_text == ""
    with qtbot.waitSignal(field.left):
        other.setFocus()
    assert field.error_text == "不是数，应如 3400.00"
    field.setFocus()
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "1")
    other.setFocus()
    assert field.error_text == "" and field.value() == "1.00"


def test_a_typed_date_says_how_it_was_read(host, qtbot):
    field = DateField("opened", "建成日期", read=read, parent=host)
    host.show()
    qtbot.keyClicks(field.edit, "5.21")
    assert field.value() == "5.21"
    field.leave()
    assert field.value() == "2026-05-21"
    assert field.note.words.text() == "按 2026年5月21日 保存"
    qtbot.keyClicks(field.edit, "x")
    field.leave()
    assert field.error_text == "读不出日期，应如 2026-05-21"
    assert field.value() == "5.21x"


@pytest.mark.parametrize(("typed", "code"), [("示例银行", "a"), ("ybyh", "b"), ("liju", "c"), ("合作", "c")])
def test_a_choice_is_found_by_label_pinyin_and_initials(host, qtbot, typed, code):
    field = ChoiceField("bank", "贷款银行", choices=BANKS, parent=host)
    host.show()
    field.combo.lineEdit().setText(typed)
    field._settle()
    assert field.value() == code and not field.error_text


def test_a_choice_that_is_not_there_is_an_error(host):
    field = ChoiceField("bank", "贷款银行", choices=BANKS, parent=host)
    field.combo.setEditText("银行")
    field._settle()
    assert field.value() is None and "请从列表中选择" in field.error_text
    field.set_value("b")
    assert field.value() == "b" and field.shown() == "样本银行"
    field.set_value(None)
    assert field.value() is None and field.shown() == ""
    free = ChoiceField("unit", "单位", choices=BANKS, free=True, parent=host)
    free.set_value("别的单位")
    assert free.value() == "别的单位"


def test_yes_no_and_segments(host, qtbot):
    field = YesNo("filed", "统一平台备案", words=("有", "无"), parent=host)
    assert field.value() is None
    qtbot.mouseClick(field.yes, Qt.MouseButton.LeftButton)
    assert field.value() == "yes" and field.yes.accessibleName() == "统一平台备案，有"
    strip = Segments("idle", "无操作时锁定", [("5", "5 分钟"), ("10", "10 分钟")], "5", parent=host)
    with qtbot.waitSignal(strip.changed) as got:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert got.args == ["10"] and strip.accessibleName() == "无操作时锁定，10 分钟"


def test_several_values_are_chips_and_backspace_takes_the_last(host, qtbot):
    field = SeveralField("units", "责任单位", choices=BANKS, parent=host)
    host.show()
    field.set_values(["a", "b"])
    assert field.values() == ["a", "b"] and field.shown() == "示例银行、样本银行"
    qtbot.keyClick(field._picker.combo.lineEdit(), Qt.Key.Key_Backspace)
    assert field.values() == ["a"]


def test_long_text_counts(host):
    field = LongText("content", "建设内容", limit=5, parent=host)
    field.set_value("一二三")
    assert host.findChild(QPlainTextEdit, "content") is field.edit
    assert field.echo_text == "3 / 5 字" and not field.error_text
    field.set_value("一二三四五六")
    assert field.error_text == "超出 1 字，最多 5 字"


def test_read_only_cannot_be_typed_into(host, qtbot):
    field = LineField("code", "代码", readonly=True, parent=host)
    field.set_value("4,550.00")
    qtbot.keyClicks(field.edit, "9")
    assert field.value() == "4,550.00" and "只读" in field.edit.accessibleName()


def test_enter_goes_to_the_next_field_and_the_error_list_jumps(qtbot):
    section = FormSection("基本信息")
    first, second = section.add(LineField("a", "甲")), section.add(LineField("b", "乙"))
    body, errors = FormBody(), ErrorList()
    body.add(section)
    errors.jump.connect(body.jump)
    for widget in (body, errors):
        qtbot.addWidget(widget)
    awake(body, qtbot)
    first.edit.setFocus()
    qtbot.keyClick(first.edit, Qt.Key.Key_Return)
    assert second.edit.hasFocus()
    errors.set_faults([Fault("b", "乙", "晚于时限", warning=True), Fault("a", "甲", "不是月份", "基本信息")])
    assert errors.accessibleName() == "1 处错误，1 处提醒"
    qtbot.keyClick(errors, Qt.Key.Key_Return)
    assert first.edit.hasFocus()
    errors.step(1)
    assert second.edit.hasFocus()


def test_narrow_forms_stack_their_pairs(qtbot):
    section = FormSection("基本信息")
    one, two = section.add(LineField("a", "甲")), section.add(LineField("b", "乙"))
    qtbot.addWidget(section)
    section.resize(1000, 200)
    section.show()
    qtbot.waitUntil(lambda: one.y() == two.y())
    section.resize(500, 200)
    qtbot.waitUntil(lambda: two.y() > one.y())


def test_a_button_shows_its_key_and_is_pressed_by_space(qtbot):
    button = KeyButton("保存", key="save", kind="main")
    qtbot.addWidget(button)
    bare = KeyButton("保存", kind="main")
    qtbot.addWidget(bare)
    assert button.sizeHint().width() > bare.sizeHint().width()
    assert button.accessibleDescription() == "Ctrl+S"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
