"""The first run: a new district in five steps. Nothing is written before the account is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.desk import Desk
from desktop.actions.records import put
from desktop.actions.seat import has_data
from desktop.actions.setup import init
from desktop.model.errors import DeskError
from desktop.model.registers import record_id

from ... import choice
from ...kit import keys, look
from ...kit.buttons import KeyButton
from ...kit.text import MarkedText, Rule, Text, column, ground, row
from .steps import AccountStep, DistrictStep, DoneStep, KeyStep, PlanStep, Step

WORDS = ("区县与单位", "方案与目标", "第一个账号", "恢复密钥", "完成")
GOALS = {"sites": "recycling-sites", "centres": "sorting-centres"}
TARGET_YEAR = "2027"


class FirstRunPage(QWidget):
    """`window` is the Window that holds it."""

    def __init__(self, window: Any, folder: Path | None = None) -> None:
        super().__init__()
        self.setObjectName("firstrun")
        self.window_ = window
        ground(self, "panel")
        start = folder or window.folder or choice.data_folder()
        if has_data(start):
            start = start.with_name(f"{start.name}-新")
        self.steps: list[Step] = [DistrictStep(start), PlanStep(), AccountStep(), KeyStep(), DoneStep()]
        self.at = 0
        self.made = False
        left = ground(QWidget(), "rail")
        left.setFixedWidth(look.theme().control(280))
        self.marks = [MarkedText("todo", words) for words in WORDS]
        column(left, [Text("新建区县数据", size=16), 16, *self.marks, None], gap=14, margins=(48, 48, 24, 24))
        self.stack = QStackedWidget()
        for step in self.steps:
            step.setFixedWidth(look.theme().control(600))
            holder = QWidget()
            column(holder, [row(None, [step, None]), None], margins=(96, 64, 24, 24))
            self.stack.addWidget(holder)
            step.ready.connect(self._ready)
        self.foot = Text("", size=12, ink="ink2")
        self.back = KeyButton("上一步", name="back_step")
        self.next = KeyButton("下一步", key="enter", kind="main", name="next_step")
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        foot = QWidget()
        row(foot, [self.foot, None, self.back, self.next], margins=(24, 12, 24, 12))
        body = QWidget()
        row(body, [left, Rule(upright=True), self.stack], gap=0).setStretch(2, 1)
        column(self, [body, Rule(), foot], gap=0).setStretch(0, 1)
        keys.bind(self, "enter", self.go_on)
        keys.bind(self, "back", self.go_back)
        self._show(0)

    def _show(self, place: int) -> None:
        self.at = place
        self.stack.setCurrentIndex(place)
        for number, mark in enumerate(self.marks):
            mark.set_state("done" if number < place else "going" if number == place else "todo", WORDS[number])
            mark.words.set_ink("ink" if number == place else "ink2" if number < place else "ink3")
        said = "数据已建立，请保管好恢复密钥" if self.made else "可以返回修改，建立账号前不写入"
        self.foot.setText(f"第 {place + 1} / {len(WORDS)} 步，{said}")
        self.back.setText("上一步" if place else "返回登录")
        self.back.updateGeometry()
        self.back.setEnabled(not self.made)
        self.next.set_words({2: "建立数据", 4: "开始使用"}.get(place, "下一步"))
        self.steps[place].entered()
        self._ready()

    def begin(self) -> None:
        """Focus on the first field of the step."""
        self.steps[self.at].entered()

    def _ready(self) -> None:
        self.next.setEnabled(self.steps[self.at].complete())

    def go_back(self) -> None:
        if self.made:
            return
        if self.at:
            self._show(self.at - 1)
        else:
            self.window_.ask_sign_in()

    def go_on(self) -> None:
        """To the next step when this one is filled in right."""
        if not self.next.isEnabled() or not self.steps[self.at].check():
            return
        if self.at == 2 and not self.made:
            self._make()
        elif self.at == len(self.steps) - 1:
            self.window_.opened(self.folder)
        else:
            self._show(self.at + 1)

    def _make(self) -> None:
        district, plan, account = (self.steps[i].answers() for i in range(3))
        self.folder = Path(district["folder"])
        held: list[str] = []

        def make() -> Desk:
            desk, recovery = init(
                self.folder, district=district["code"], name=district["name"] or None, office=district["office"],
                account=account["name"], password=account["password"],
            )  # fmt: skip
            held.append(recovery)
            _set_targets(desk, plan)
            return desk

        self._wait(True)
        self.window_.bridge.open_with(make, lambda _: self._made(held[0]), self._failed, busy="建立数据")

    def _wait(self, on: bool) -> None:
        self.next.setEnabled(not on)
        self.next.set_words("正在建立" if on else "建立数据")

    def _made(self, recovery: str) -> None:
        self.made = True
        self.steps[3].show_key(recovery, str(self.folder))  # type: ignore[attr-defined]
        self._show(3)

    def _failed(self, error: DeskError) -> None:
        self._wait(False)
        self.steps[2].fail(str(error))


def _set_targets(desk: Desk, plan: dict[str, str]) -> None:
    """The district's own shares of the two counted goals, as targets that are edited later like any other."""
    rows = [
        {"indicator": record_id(desk.district, "indicator", [series]), "year": TARGET_YEAR, "unit": desk.district_name,
         "value": plan[name], "note": "区级目标"}
        for name, series in GOALS.items() if plan.get(name)
    ]  # fmt: skip
    if rows:
        put(desk, "target", rows)
