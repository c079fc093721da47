"""A record as a form table: generated from its form, so that a new field stands on paper without another edit."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.model.capital import capital_money
from desktop.model.fields import Choice, Date, Month, YesNo
from desktop.model.fields.base import Value
from desktop.model.fields.numbers import Money
from desktop.model.forms import Field, Form
from desktop.model.page import Align, Cell, Grid
from desktop.model.printed.definition import FaceBlock, Together
from desktop.model.printed.frozen_rows import Content

WIDTH = 12
LABEL = 2
FIVE = 5  # figures abreast beside the label of a band, two twelfths each

Row = tuple[Cell, ...]


def face_fields(form: Form, face: FaceBlock) -> list[Field]:
    """The fields with a place on this paper, section by section."""
    fields = [each for section in form.sections for each in form.in_section(section.name)]
    return [each for each in fields if each.paper > 0 and each.name not in face.without]


def _members(together: Together, fields: list[Field]) -> list[Field]:
    return [each for each in fields if isinstance(each.type, Money) and each.name.startswith(together.prefix)]


class _Filler:
    """Puts cells one after the other; what is left of a row when the next cell does not fit widens its last value."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.open: list[Cell] = []

    @property
    def room(self) -> int:
        return WIDTH - sum(cell.span for cell in self.open)

    def put(self, label: str, text: str, span: int, *, number: bool = False, align: Align = Align.LEFT) -> None:
        span = max(span, LABEL + 1)
        if span > self.room:
            self.close()
        self.open += [
            Cell(label, LABEL, label=True),
            Cell(text, min(span, WIDTH) - LABEL, number=number, align=align),
        ]

    def close(self) -> None:
        if not self.open:
            return
        last = self.open[-1]
        span = last.span + self.room
        # A figure alone in a wide box would stand far from its label.
        align = Align.LEFT if last.number and span > 6 else last.align
        self.rows.append((*self.open[:-1], Cell(last.text, span, align=align, number=last.number and span <= 6)))
        self.open = []

    def band(self, label: str, cells: list[tuple[str, str]]) -> None:
        """Figures under their labels, five abreast, beside one label that reaches down."""
        self.close()
        lines = [cells[start : start + FIVE] for start in range(0, len(cells), FIVE)]
        for number, line in enumerate(lines):
            padded = [*line, *[("　", "　")] * (FIVE - len(line))]
            first = (Cell(label, LABEL, label=True, down=2 * len(lines)),) if number == 0 else ()
            self.rows.append((*first, *(Cell(head, 2, label=True) for head, _ in padded)))
            self.rows.append(tuple(Cell(text, 2, number=True) for _, text in padded))


def face_grid(content: Content, face: FaceBlock, identity: str) -> Grid:
    """The form table of one frozen record."""
    form = content.forms[face.form]
    record = content.record(face.form, identity)
    fields = face_fields(form, face)
    banded = {each.name: together for together in face.together for each in _members(together, fields)}
    filler = _Filler()
    done: set[str] = set()
    for section in form.sections:
        alone = [each for each in fields if each.section == section.name and each.name not in banded]
        bands = [banded[each.name] for each in fields if each.section == section.name and each.name in banded]
        for field in alone:
            _put(filler, content, field, record.get(field.name))
            _after(filler, content, face, form, record, field)
        for name in [name for name in face.capital if form.field(name).section == section.name]:
            value = record.get(name)
            text = capital_money(int(value)) if value is not None else ""
            filler.put(f"{form.field(name).label}大写", text, max(filler.room if filler.room >= 6 else WIDTH, 6))
        for together in dict.fromkeys(bands):
            if together.label not in done:
                done.add(together.label)
                _band(filler, content, together, _members(together, fields), record)
        filler.close()
    return Grid(tuple(filler.rows))


def _put(filler: _Filler, content: Content, field: Field, value: Value) -> None:
    number = field.type.number
    short = isinstance(field.type, Choice | YesNo | Date | Month) and field.paper <= 4
    align = Align.RIGHT if number else Align.CENTRE if short else Align.LEFT
    filler.put(field.heading, content.text(field, value), field.paper, number=number, align=align)


def _after(
    filler: _Filler, content: Content, face: FaceBlock, form: Form, record: Mapping[str, Value], field: Field
) -> None:
    """Fields of the record that a reference points to, behind it."""
    for reference, names in face.after:
        if reference != field.name:
            continue
        other = content.forms[str(getattr(field.type, "to", ""))]
        target = content.record(other.name, str(record.get(reference)))
        for name in names:
            _put(filler, content, other.field(name), target.get(name))


def _band(
    filler: _Filler, content: Content, together: Together, members: list[Field], record: Mapping[str, Value]
) -> None:
    values = [record.get(each.name) for each in members]
    cells = [(each.label, content.text(each, value)) for each, value in zip(members, values, strict=True)]
    known = [int(value) for value in values if value is not None]
    total = content.text(members[0], sum(known)) if known else ""
    filler.band(f"{together.label}\n（{members[0].unit}）", [*cells, (together.total, total)])
