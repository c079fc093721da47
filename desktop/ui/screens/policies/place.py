"""The place 政策测算: the calculator, and behind it the registers it rests on (policies, LPR)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from ...frame import Frame
from ...kit import keys
from ..lists.place import ListPlace
from .page import PolicyPage


class PolicyPlace(QStackedWidget):
    """`show_policy(key, form, record)` computes; `open_record("policy" or "lpr", id)` shows a record of a register."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.page = PolicyPage(frame)
        self.addWidget(self.page)
        self.registers: dict[str, ListPlace] = {}
        self.page.listed.connect(self.show_list)
        self.page.edited.connect(lambda record: self.open_record("policy", record))

    def _register(self, form: str) -> ListPlace:
        if form not in self.registers:
            made = ListPlace(self.frame, form)
            made.list.head.back.show()
            made.list.head.went_back.connect(self.back)
            keys.bind(made.list, "back", self.back, pane=True)
            self.registers[form] = made
            self.addWidget(made)
        return self.registers[form]

    def show_list(self, form: str) -> None:
        """The register of policies or of LPR; Esc comes back."""
        made = self._register(form)
        self.setCurrentWidget(made)
        made.entered()
        made.list.table.setFocus()

    def open_record(self, form: str, record: str = "", start: dict[str, str] | None = None) -> None:
        self.show_list(form)
        self.registers[form].open_record(form, record, start)

    def show_policy(self, key: str, form: str = "", record: str = "") -> None:
        self.setCurrentWidget(self.page)
        self.page.show_policy(key, form, record)

    def back(self) -> None:
        self.setCurrentWidget(self.page)
        self.page.load()
        self.page.list.setFocus()

    def panes(self) -> list[QWidget]:
        return list(self.currentWidget().panes())

    def entered(self) -> None:
        self.currentWidget().entered()

    def may_leave(self) -> bool:
        held = self.currentWidget()
        return held is self.page or held.may_leave()

    def keep_now(self) -> None:
        held = self.currentWidget()
        if held is not self.page:
            held.keep_now()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        page = self.page
        states: list[tuple[str, Callable[[], object]]] = [
            ("list", lambda: self.show_list("policy")), ("lpr", lambda: self.show_list("lpr")), ("back", self.back),
        ]  # fmt: skip
        facts = {
            "policy-22": {
                "operator": {"outlets": 12, "registered": True}, "centres": 1,
                "fixed": [
                    {"name": "星河街道第一回收站", "area": "12", "new": True, "direct": True},
                    {"name": "拾光街道便民回收站", "area": "68", "new": True, "direct": True},
                    {"name": "听松镇示范回收站", "area": "45", "new": True, "direct": True},
                    {"name": "青禾镇老供销站", "area": "9", "new": True, "direct": True},
                ],
                "mobile": {"communities": 26, "months": "14", "trucks": 6, "investment": "420000", "compliant": True},
            },
            "policy-10": {"gain": "1000000"},
            "policy-20": {"vehicle": "nev", "price": "150000", "passenger": True, "replaced": True},
        }  # fmt: skip

        def filled(key: str) -> None:
            page.form().set_facts(facts[key])
            page.compute()

        for key in facts:
            states.append((key, lambda key=key: self.show_policy(key)))
            states.append((f"{key}-filled", lambda key=key: filled(key)))
        return [*states, ("policy-03", lambda: self.show_policy("policy-03"))]
