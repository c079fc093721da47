"""A block copied from WPS or Excel into a list: read, matched to the records, previewed, then saved as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.actions.desk import Desk, needs
from desktop.actions.listing import list_text
from desktop.actions.many_rows import Judged, TypedRow, judge, save_rows
from desktop.actions.pasting_match import Matcher
from desktop.actions.pasting_text import columns_of, split_block, typed_text
from desktop.actions.records import Saved
from desktop.model.errors import Refused
from desktop.model.forms import Form

EMPTY = ("", "—", "——", "-")  # how tables write that a cell says nothing
MOST = 5000  # rows of one paste; more belong into a workbook that is read in


@dataclass(frozen=True)
class PastedCell:
    """One cell that says something: its field, the text pasted, what stood there and what would; `error` if refused."""

    field: str
    text: str
    before: str
    after: str
    error: str = ""


@dataclass(frozen=True)
class PastedRow:
    """`line` counts from 1 in the block, its heading line included. `kind`: added, changed, unchanged or refused.

    `cells` are those that change anything or are refused; `errors` and `warnings` are whole sentences about the row.
    """

    line: int
    kind: str
    record: str
    label: str
    cells: list[PastedCell]
    errors: list[str]
    warnings: list[str]
    typed: dict[str, str]


@dataclass(frozen=True)
class Block:
    """`fields` by column ("" where a column is not read), `heads` whether its first line named the columns."""

    form: str
    fields: list[str]
    heads: bool
    unread: list[str]
    rows: list[PastedRow] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(row.kind == kind for row in self.rows)


def read_block(
    desk: Desk, form_name: str, text: str, *, columns: Sequence[str] = (), fixed: Mapping[str, str] | None = None
) -> Block:
    """What a pasted block would do; nothing is written.

    Columns are matched by the headings when the first line has them, else in the order of `columns` (the form's own if
    not given). Rows are matched to records by natural key, by a code that stands once, else by name; others are new.
    An empty cell is no edit. `fixed` are typed values that every row is given. Raises Refused for a block of nothing.
    """
    form = desk.form(form_name)
    lines = split_block(text)
    if not any(cell.strip() for line in lines for cell in line):
        raise Refused("剪贴板里没有表格。请先在 WPS 或 Excel 里选中几格，复制后再粘贴")
    if len(lines) > MOST:
        raise Refused(f"一次最多粘贴 {MOST:,} 行，这里有 {len(lines):,} 行。请存成工作簿，用“导入”读入")
    found = columns_of(form, lines, [name for name in columns or form.columns if name in form])
    if not any(found.fields):
        raise Refused(f"没有认出{form.sheet}的列。请连同表头一起复制，或先把要粘贴的列调到清单里")
    typed = []
    for number, line in enumerate(lines[1:] if found.heads else lines, 2 if found.heads else 1):
        cells = zip(found.fields, found.units, line, strict=False)
        row = {name: typed_text(form, name, unit, cell) for name, unit, cell in cells if name and cell not in EMPTY}
        if row:
            typed.append((number, {**row, **(fixed or {})}))
    return Block(form_name, found.fields, found.heads, found.unread, _rows(desk, form, typed))


def _rows(desk: Desk, form: Form, typed: list[tuple[int, dict[str, str]]]) -> list[PastedRow]:
    matcher = Matcher(desk, form)
    matches = [matcher.match(row) for _, row in typed]
    rows = [TypedRow(match.record, row) for match, (_, row) in zip(matches, typed, strict=True)]
    judged = judge(desk, form.name, rows)
    found = []
    for place, (number, row) in enumerate(typed):
        record = rows[place].record or judged.exists[place]
        cells = _cells(desk, form, judged, place, row)
        missing = [
            f"{form.field(each.field).label}：{each.message}" if each.field in form else each.message
            for each in judged.refused(place)
            if each.field not in row
        ]
        errors = missing + ([matches[place].fault] if matches[place].fault else [])
        warnings = [each.message for each in judged.said if each.row == place and not each.blocks]
        bad = bool(errors) or any(cell.error for cell in cells)
        kind = "refused" if bad else "added" if not record else "changed" if cells else "unchanged"
        label = (desk.names.label(form.name, record) if record else "") or _label(form, row)
        found.append(PastedRow(number, kind, record, label, cells, errors, warnings, row))
    return found


def _cells(desk: Desk, form: Form, judged: Judged, place: int, row: Mapping[str, str]) -> list[PastedCell]:
    wrong = {each.field: each.message for each in judged.refused(place)}
    before, values = judged.before[place], judged.values[place]
    cells = []
    for name, text in row.items():
        each = form.field(name)
        old = list_text(desk, each, before.get(name))
        if name in wrong:
            cells.append(PastedCell(name, text, old, text, wrong[name]))
        elif values.get(name) != before.get(name):
            cells.append(PastedCell(name, text, old, list_text(desk, each, values.get(name))))
    return cells


def _label(form: Form, row: Mapping[str, str]) -> str:
    return " ".join(row[name] for name in form.label if row.get(name)) or next(iter(row.values()), "")


@needs("enter")
def apply_block(desk: Desk, block: Block, *, only_good: bool = False, why: str = "") -> Saved:
    """Save what a block adds and changes, in one transaction; one undo takes it back.

    Raises Refused, naming the rows, when some are refused and `only_good` is not set, and when nothing is left to do.
    """
    refused = [row for row in block.rows if row.kind == "refused"]
    if refused and not only_good:
        details: list[dict[str, object]] = [
            {"line": row.line, "field": cell.field, "value": cell.text, "message": cell.error}
            for row in refused
            for cell in row.cells
            if cell.error
        ]
        details += [
            {"line": row.line, "field": "", "value": None, "message": each} for row in refused for each in row.errors
        ]
        raise Refused(
            f"有 {len(refused)} 行不能写入，没有粘贴。第 {refused[0].line} 行：{details[0]['message']}", details
        )
    good = [row for row in block.rows if row.kind in ("added", "changed")]
    if not good:
        raise Refused("没有可以写入的行：都和现有记录一样，或不能写入")
    return save_rows(desk, block.form, [TypedRow(row.record, row.typed) for row in good], why or "粘贴")
