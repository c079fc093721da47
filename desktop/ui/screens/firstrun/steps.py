"""The five steps of the first run, each a page of fields that says when it is complete and what is wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.desk import district_name
from desktop.model.errors import DeskError
from desktop.model.lists import load_list
from desktop.model.plan import load_plan

from ...kit.buttons import KeyButton
from ...kit.choices import ChoiceField
from ...kit.detail import Facts
from ...kit.field import Field
from ...kit.form import FormRow
from ...kit.lines import FilePick, LineField
from ...kit.text import IconView, MarkedText, Text, column, row
from .recovery import KeyGrid, save_key

CONFIRMED = (2, 5)  # the groups that are typed to confirm, counted from 0


class Step(QWidget):
    """`ready` when `complete()` may have changed; `check()` puts errors beside fields; `answers()` what was typed."""

    ready = Signal()

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.fault = MarkedText("error", "")
        self.fault.hide()
        self.down = column(self, [Text(title, size=18), Text(words, size=14, ink="ink2", wrap=True), 10], gap=8)

    def add(self, field: Field) -> Field:
        self.fields[field.name] = field
        self.down.addWidget(FormRow(field, stacked=True))
        field.changed.connect(lambda _: self.ready.emit())
        return field

    def end(self) -> None:
        self.down.addWidget(self.fault)
        self.down.addStretch()

    def entered(self) -> None:
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()

    def complete(self) -> bool:
        return all(field.value() or field.shown() for field in self.fields.values() if field.required)

    def check(self) -> bool:
        for field in self.fields.values():
            field.set_error("" if field.value() or not field.required else f"{field.label}还没有填")
        return not any(field.error_text for field in self.fields.values())

    def answers(self) -> dict[str, str]:
        return {name: field.value() or "" for name, field in self.fields.items()}

    def fail(self, words: str) -> None:
        self.fault.set_state("error", words)
        self.fault.words.setWordWrap(True)
        self.fault.show()


class DistrictStep(Step):
    def __init__(self, folder: Path) -> None:
        super().__init__("区县与单位", "数据属于一个区县。新建后不能改成别的区县。")
        known = [(each.code, f"{each.code} {each.name}") for each in load_list("districts").values]
        self.code = self.add(
            ChoiceField(
                "code", "区县", choices=known, free=True, required=True, placeholder="输入名称、拼音首字母或代码"
            )
        )
        self.name = self.add(
            LineField("name", "区县名称", help="功能区没有国标代码：上面填单位所用的 6 位代码，这里填名称。")
        )
        self.office = self.add(LineField("office", "单位名称", help="印在表上的全称。空着时用 区县名＋发展和改革局。"))
        self.folder = self.add(
            FilePick("folder", "数据文件夹", kind="folder", required=True, help="放在本机硬盘，不要放在 U 盘或共享盘。")
        )
        self.folder.set_value(str(folder))
        self.code.left.connect(self._named)
        self.end()

    def _named(self) -> None:
        name = load_list("districts").name(self.code.value() or "")
        if name:
            self.name.set_value(name)
            if not self.office.value():
                self.office.set_value(f"{name}发展和改革局")
            self.ready.emit()

    def check(self) -> bool:
        good = super().check()
        if good:
            try:
                district_name(self.code.value() or "", self.name.value())
            except DeskError as wrong:
                self.code.set_error(str(wrong).replace("（--name）", ""))
                return False
        return good


class PlanStep(Step):
    def __init__(self) -> None:
        super().__init__(
            "方案与目标", "市方案随程序带来，按单位对照表把市级单位换成本区县的单位，写成任务分工，之后可以逐项改。"
        )
        plan = load_plan()
        counts = f"{len(plan.goals)} 项工作目标、{len(plan.tasks)} 项任务、{len(plan.policies)} 条政策"
        counts += f"、{len({each.series for each in plan.indicators})} 项指标"
        self.down.addWidget(Facts([
            ("方案", f"{plan.document.title}（{plan.document.number}）"),
            ("载入", counts),
        ]))  # fmt: skip
        self.down.addSpacing(12)
        self.add(
            LineField(
                "sites",
                "现代化回收网点，区级目标",
                unit="个",
                number=True,
                width=160,
                help="2027年，全市 120 个。可以以后再填。",
            )
        )
        self.add(
            LineField(
                "centres",
                "绿色数智化分拣中心，区级目标",
                unit="个",
                number=True,
                width=160,
                help="2027年，全市 12 个。可以以后再填。",
            )
        )
        self.end()

    def check(self) -> bool:
        for field in self.fields.values():
            text = field.value() or ""
            wrong = bool(text) and not (text.isascii() and text.isdigit() and len(text) < 5)
            field.set_error(f"“{text}”应为整数，如 14" if wrong else "")
        return not any(field.error_text for field in self.fields.values())


class AccountStep(Step):
    def __init__(self) -> None:
        super().__init__(
            "第一个账号",
            "第一个账号有全部角色：经办、审核、签发、管理员。报送的审核人不能是生成它的人，请随后再建别的账号。",
        )
        self.add(LineField("name", "姓名", required=True, limit=30))
        self.first = self.add(LineField("password", "密码", secret=True, required=True, help="至少 8 位。"))
        self.second = self.add(LineField("again", "再输入一次", secret=True, required=True))
        self.end()

    def check(self) -> bool:
        good = super().check()
        first, second = self.first.value() or "", self.second.value() or ""
        if first and len(first) < 8:
            self.first.set_error(f"密码只有 {len(first)} 位，至少要 8 位")
            return False
        if first != second:
            self.second.set_error("两次输入不一样，请重新输入")
            return False
        return good


class KeyStep(Step):
    def __init__(self) -> None:
        super().__init__(
            "抄录恢复密钥",
            "忘记密码、管理员离岗时，用它打开数据。密钥只显示这一次，程序不保存。请抄录或另存后打印，装入信封密封，交单位保管。",
        )
        self.grid = KeyGrid()
        self.keep = KeyButton("另存到 U 盘", icon="usb", name="save_key")
        self.keep.clicked.connect(lambda: save_key(self, "-".join(self.groups), self.folder))
        self.groups: list[str] = []
        self.folder = ""
        self.down.addWidget(self.grid)
        self.down.addWidget(Text("输入时不分大小写。", size=12, ink="ink3"))
        self.down.addLayout(row(None, [self.keep, None]))
        self.down.addSpacing(12)
        self.down.addWidget(Text(f"请输入第 {CONFIRMED[0] + 1} 组和第 {CONFIRMED[1] + 1} 组，确认已经抄录", ink="ink2"))
        self.typed = [LineField(f"group{n + 1}", f"第 {n + 1} 组", required=True, limit=4) for n in CONFIRMED]
        across = row(None, [*(FormRow(each) for each in self.typed), None], gap=24)
        for each in self.typed:
            self.fields[each.name] = each
            each.setFixedWidth(112)
            each.changed.connect(lambda _: self.ready.emit())
        self.down.addLayout(across)
        self.end()

    def show_key(self, recovery: str, folder: str) -> None:
        self.groups, self.folder = recovery.split("-"), folder
        self.grid.set_groups(self.groups)

    def complete(self) -> bool:
        return bool(self.groups) and all(
            (field.value() or "").upper() == self.groups[n] for field, n in zip(self.typed, CONFIRMED, strict=True)
        )

    def check(self) -> bool:
        return self.complete()


class DoneStep(Step):
    def __init__(self) -> None:
        super().__init__("完成", "任务分工、政策和指标已经载入。接下来可以：")
        for words in (
            "在“任务台账”里核对牵头单位和责任单位，把不涉及本区县的标为不适用",
            "在“设置”里建立其他账号，至少要有一位审核人",
            "导入或新建项目、企业和回收网点",
            "把第一份备份存到 U 盘（Ctrl+B）",
        ):
            self.down.addLayout(row(None, [IconView("chevron-right"), Text(words), None]))
        self.down.addSpacing(8)
        self.down.addWidget(Text("严禁处理涉密信息。", ink="red"))
        self.end()
