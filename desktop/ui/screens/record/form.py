"""The inputs of one form in sections, and what is wrong with them. It knows no record and no saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.entry import Entry
from desktop.model.findings import Finding
from desktop.model.forms import Form

from ...frame import Frame
from ...kit.faults import Fault
from ...kit.field import Field as Input
from ...kit.form import FormBody, FormSection
from .files import FilesField
from .inputs import make_input, put_text, spans, text_in
from .sums import SumGroup, sum_checks


class FormFields(QWidget):
    """`body` is the scrolling body; `inputs` by field name. `typed` fires while typing, `left` when an input is left.

    `fixed` fields are shown read-only, `hidden` ones not at all. With a `frame` files can be added and opened.
    """

    typed = Signal(str)
    left = Signal(str)

    def __init__(
        self, form: Form, entry: Entry, *, fixed: Sequence[str] = (), hidden: Sequence[str] = (), may: bool = True,
        margin: int = 16, frame: Frame | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.form, self.entry = form, entry
        self.inputs: dict[str, Input] = {}
        self.visited: set[str] = set()
        self.groups: list[SumGroup] = []
        self.body = FormBody(margin=margin)
        self.sections: list[str] = []
        for section in form.sections:
            fields = [each for each in form.in_section(section.name) if each.name not in hidden]
            if not fields:
                continue
            money = sum(each.unit == "万元" for each in fields)
            made = FormSection(section.label, "单位：万元" if money > 3 else "")
            groups = {check.fields[0]: check for check in sum_checks(form, fields)}
            inside = {name for check in groups.values() for name in check.fields}
            for each in fields:
                if each.name in groups:
                    self._add_group(made, SumGroup(form, groups[each.name], may=may, fixed=fixed))
                if each.name not in inside:
                    readonly = not may or each.name in fixed
                    if each.type.name == "file" and frame is not None:
                        given = {"required": each.required, "help": each.help, "readonly": readonly}
                        field: Input = FilesField(frame, form.name, entry.record, each.name, each.label, **given)
                    else:
                        field = make_input(each, entry.choices.get(each.name, []), readonly=readonly)
                    self._take(each.name, made.add(field, span=spans(each)))
            self.body.add(made)
            self.sections.append(section.name)
        self.show_texts(entry.texts)
        for name in entry.open:
            if name in self.inputs:
                self.inputs[name].set_warning("有冲突，待定")

    def _take(self, name: str, field: Input) -> None:
        self.inputs[name] = field
        field.changed.connect(lambda _: self._type(name))
        field.left.connect(lambda: self._leave(name))

    def _add_group(self, section: FormSection, group: SumGroup) -> None:
        section.add_widget(group, "其中")
        section.rows += group.inputs.values()  # so that errors jump to them and Enter goes on
        for name, field in group.inputs.items():
            self._take(name, field)
        self.groups.append(group)

    def _type(self, name: str) -> None:
        self._add_up()
        self.typed.emit(name)

    def _add_up(self) -> None:
        for group in self.groups:
            other = self.inputs.get(group.check.other)
            group.refresh(text_in(other) if other is not None else "")

    def _leave(self, name: str) -> None:
        self.visited.add(name)
        self.left.emit(name)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Put texts into the inputs named."""
        for name, text in texts.items():
            if name in self.inputs:
                put_text(self.inputs[name], text)
        self._add_up()
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
        summed: dict[SumGroup, Finding] = {}
        faults = []
        for finding in findings:
            name = finding.field
            if name not in self.inputs:
                continue
            empty = finding.blocks and not text_in(self.inputs[name]) and self.form.field(name).required
            if empty and not all_required and name not in self.visited:
                continue
            group = next((group for group in self.groups if group.said_by(finding.message)), None)
            if group is not None:
                summed[group] = finding
            held = beside.get(name)
            if group is None and (held is None or (finding.blocks and not held.blocks)):
                beside[name] = finding
            each = self.form.field(name)
            label = next((s.label for s in self.form.sections if s.name == each.section), "")
            faults.append(
                Fault(name, each.label if group is None else "合计", finding.message, label, warning=not finding.blocks)
            )
        for name, field in self.inputs.items():
            said = beside.get(name)
            field.set_error(said.message if said and said.blocks else "")
            waiting = "有冲突，待定" if name in self.entry.open else ""
            field.set_warning(said.message if said and not said.blocks else waiting)
        for group in self.groups:
            said = summed.get(group)
            group.show_finding(said.message if said else "", blocks=bool(said and said.blocks))
        return faults
