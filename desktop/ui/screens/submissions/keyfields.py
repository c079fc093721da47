"""Which certificate signs: a file with its password, or a token with its driver, label and PIN."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.submissions import KeyOpener, Use, file_key, token_key

from ...kit import look
from ...kit.form import FormRow
from ...kit.lines import FilePick, LineField
from ...kit.text import column, row
from ...kit.yesno import Segments


class KeyFields(QWidget):
    """`opener()` gives what opens the key once everything is filled, else marks the field and gives None."""

    changed = Signal()

    def __init__(self, *, wide: int = 76) -> None:
        super().__init__()
        self.way = Segments("way", "证书", [("file", "证书文件"), ("token", "证书介质")], "file")
        self.certificate = FilePick("certificate", "证书", filter="证书 (*.p12 *.pfx)", required=True)
        self.module = FilePick("module", "驱动", filter="驱动 (*.so *.dll *.dylib);;所有文件 (*)", required=True)
        self.label = LineField("label", "介质名称", required=True)
        self.password = LineField("password", "口令", secret=True, required=True)
        across = look.theme().control(wide)
        ways = QWidget()
        row(ways, [across + look.theme().metric("label_gap"), self.way, None], gap=0)
        fields = (self.certificate, self.module, self.label, self.password)
        self.rows = {field.name: FormRow(field, label_width=across) for field in fields}
        column(self, [ways, *self.rows.values()], gap=8)
        self.way.changed.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        token = self.way.value() == "token"
        for name, held in self.rows.items():
            held.setVisible(name == "password" or (name != "certificate") == token)
        self.changed.emit()

    def clear_errors(self) -> None:
        for field in (self.certificate, self.module, self.label, self.password):
            field.set_error("")

    def opener(self, use: Use = Use.SUBMIT) -> KeyOpener | None:
        """What opens the key for `use`; the password leaves its field."""
        token = self.way.value() == "token"
        needed = [self.module, self.label] if token else [self.certificate]
        for field in (*needed, self.password):
            field.set_error("" if field.value() else f"{field.label}没有填，请补上")
            if field.error_text:
                field.setFocus()
                return None
        password = self.password.value() or ""
        self.password.set_value(None)
        if token:
            return token_key(Path(self.module.value() or ""), self.label.value() or "", password, use)
        return file_key(Path(self.certificate.value() or ""), password)
