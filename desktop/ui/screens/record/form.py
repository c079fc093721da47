"""The inputs of one form in sections, and what is wrong with them. It knows no record and no saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.entry import Entry
from desktop.model.findings import Finding
from desktop.model.forms import Form

from ...kit.faults import Fault
from ...kit.field import Field as Input
from ...kit.form import FormBody, FormSection
from .inputs import make_input, put_text, spans, text_in


class FormFields(QWidget):
    """`body` is the scrolling body; `inputs` by field name. `typed` fires while typing, `left` when an input is left.

    `fixed` fields are shown read-only, `hidden` ones not at all.
    """

    typed = Signal(str)
    left = Signal(str)

    def __init__(
        self, form: Form, entry: Entry, *, fixed: Sequence[str] = (), hidden: Sequence[str] = (), may: bool = True,
        margin: int = 16, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.form, self.entry = form, entry
        self.inputs: dict[str, Input] = {}
        self.visited: set[str] = set()
        self.body = FormBody(margin=margin)
        self.sections: list[str] = []
        for section in form.sections:
            fields = [each for each in form.in_section(section.name) if each.name not in hidden]
            if not fields:
                continue
            money = sum(each.unit == "万元" for each in fields)
            made = FormSection(section.label, "单位：万元" if money > 3 else "")
            for each in fields:
                readonly = not may or each.name in fixed
                field = make_input(each, entry.choices.get(each.name, []), readonly=readonly)
                self.inputs[each.name] = made.add(field, span=spans(each))
                field.changed.connect(lambda _, name=each.name: self.typed.emit(name))
                field.left.connect(lambda name=each.name: self._leave(name))
            self.body.add(made)
            self.sections.append(section.name)
        self.show_texts(entry.texts)
        for name in entry.open:
            if name in self.inputs:
                self.inputs[name].set_warning("有冲突，待定")

    def _leave(self, name: str) -> None:
        self.visited.add(name)
        self.left.emit(name)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Put texts into the inputs named."""
        for name, text in texts.items():
            if name in self.inputs:
                put_text(self.inputs[name], text)
        self.begun = {name: text_in(field) for name, field in self.inputs.items()}

    def texts(self) -> dict[str, str]:
        return {
            name: text_in(field) for name, field in self.inputs.items() if self.form.field(name).type.name != "file"
        }

    def changed(self) -> dict[str, str]:
        """The texts that differ from what the record began with."""
        return {name: text for name, text in self.texts().items() if text != self.begun.get(name, "")}

    def to_save(self) -> dict[str, str]:
        """What to hand to saving: of a new record all that is filled in, else only what was changed."""
        if self.entry.record:
            return self.changed()
        return {name: text for name, text in self.texts().items() if text or self.begun.get(name)}

    def show_findings(self, findings: Sequence[Finding], *, all_required: bool) -> list[Fault]:
        """Put findings beside their fields; returns the list of them. Empty required fields wait until visited."""
        beside: dict[str, Finding] = {}
        faults = []
        for finding in findings:
            name = finding.field
            if name not in self.inputs:
                continue
            empty = finding.blocks and not text_in(self.inputs[name]) and self.form.field(name).required
            if empty and not all_required and name not in self.visited:
                continue
            held = beside.get(name)
            if held is None or (finding.blocks and not held.blocks):
                beside[name] = finding
            each = self.form.field(name)
            label = next((s.label for s in self.form.sections if s.name == each.section), "")
            faults.append(Fault(name, each.label, finding.message, label, warning=not finding.blocks))
        for name, field in self.inputs.items():
            said = beside.get(name)
            field.set_error(said.message if said and said.blocks else "")
            waiting = "有冲突，待定" if name in self.entry.open else ""
            field.set_warning(said.message if said and not said.blocks else waiting)
        return faults
