"""Finding the forms in a workbook: which sheet holds which, where its headings are, which column is which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.model.exchange.sheets import Sheet, address
from desktop.model.exchange.wording import KEY_HEADING, plain_heading, sheet_fields
from desktop.model.forms import Field, Form, Forms
from desktop.model.package import Package

SEARCHED = 20  # rows at the top in which headings are looked for
GUIDE_SHEET = "说明"
OPTIONS_SHEET = "选项"
STATE_SHEET = "同步数据（勿删）"
ERRORS_SHEET = "错误清单"
REASON_HEADING = "退回原因"
OWN_SHEETS = frozenset({GUIDE_SHEET, OPTIONS_SHEET, STATE_SHEET, ERRORS_SHEET})


@dataclass(frozen=True)
class Layout:
    """One sheet understood. Rows and columns count from 0; `unknown` are headings that are no field of the form."""

    form: Form
    sheet: Sheet
    head: int
    key_column: int | None
    columns: Mapping[str, int]
    unknown: tuple[str, ...] = ()

    def address(self, row: int, field: str) -> str:
        """The cell of a field in a row; of a field without a column, the row's first cell."""
        return address(row, self.columns.get(field, min(self.columns.values(), default=0)))


@dataclass(frozen=True)
class Trouble:
    """A sheet that cannot be read as a whole: the cell to look at and the sentence."""

    sheet: str
    cell: str
    message: str


def _known_headings(form: Form, package: Package) -> dict[str, Field]:
    """Compared headings of a form: today's, and those that the package's own sheets had."""
    known = {}
    for each in sheet_fields(form):
        worded = package.words.get(form.name, {}).get(each.name, {}).get("", each.heading)
        known[plain_heading(worded)] = each
        known.setdefault(plain_heading(each.heading), each)
    return known


def _best_head(sheet: Sheet, known: Mapping[str, Field]) -> tuple[int, int]:
    """(row, number of headings that are known) of the row that looks most like the headings."""
    best = (0, 0)
    for place, row in enumerate(sheet.rows[:SEARCHED]):
        found = len({known[plain] for cell in row if (plain := plain_heading(cell)) in known})
        if found > best[1]:
            best = (place, found)
    return best


def _key_column(sheet: Sheet, head: int) -> int | None:
    wanted = plain_heading(KEY_HEADING)
    return next((column for column, cell in enumerate(sheet.rows[head]) if plain_heading(cell) == wanted), None)


def _read_heads(form: Form, sheet: Sheet, head: int, known: Mapping[str, Field]) -> Layout | Trouble:
    columns: dict[str, int] = {}
    unknown: list[str] = []
    by_label = {plain_heading(each.label): each for each in known.values()}
    for column, cell in enumerate(sheet.rows[head]):
        plain = plain_heading(cell)
        if not plain or plain == plain_heading(KEY_HEADING):
            continue
        each = known.get(plain)
        if each is None:
            same = by_label.get(plain.partition("(")[0])
            if same is not None and same.unit and plain.endswith(")"):
                message = f"表头“{cell}”的单位被改动，应为“{same.heading}”，请改回后再读入"
                return Trouble(sheet.name, address(head, column), message)
            if plain != plain_heading(REASON_HEADING):
                unknown.append(str(cell).strip())
            continue
        if each.name in columns:
            message = f"表头“{each.heading}”出现两次，请删去多余的一列后再读入"
            return Trouble(sheet.name, address(head, column), message)
        columns[each.name] = column
    return Layout(form, sheet, head, _key_column(sheet, head), columns, tuple(unknown))


def _unit_changed(form: Form, package: Package, layout: Layout) -> Trouble | None:
    """A field whose unit this version words otherwise: its numbers would be misread, so the sheet is refused."""
    for name, column in layout.columns.items():
        each = form.field(name)
        worded = package.words.get(form.name, {}).get(name, {}).get("", each.heading)
        if each.unit and worded != each.heading and not worded.endswith(f"（{each.unit}）"):
            message = f"“{worded}”在本机版本里是“{each.heading}”，单位不同，请升级程序后再读入"
            return Trouble(layout.sheet.name, address(layout.head, column), message)
    return None


def find_layouts(sheets: list[Sheet], package: Package, forms: Forms) -> tuple[list[Layout], list[Trouble], list[str]]:
    """The forms' sheets of a workbook from the program, the sheets refused as a whole, and what was ignored.

    A sheet is known by its hidden key column and its headings, whatever its name and place. Of several sheets of one
    form the one with the form's own name counts; if none has it, they are refused: it would be a guess.
    """
    notes: list[str] = []
    found: dict[str, list[tuple[Sheet, int]]] = {}
    headings = {form.name: _known_headings(form, package) for form in forms.values()}
    for sheet in sheets:
        if sheet.name in OWN_SHEETS or not sheet.rows:
            continue
        heads = {name: _best_head(sheet, known) for name, known in headings.items()}
        name = max(heads, key=lambda each: (heads[each][1], forms[each].sheet == sheet.name))
        named = next((form.name for form in forms.values() if form.sheet == sheet.name), None)
        if named is not None and heads[named][1] >= min(2, len(headings[named])):
            name = named
        head, count = heads[name]
        keyed = count > 0 and _key_column(sheet, head) is not None
        if count >= 1 and (keyed or named == name):
            found.setdefault(name, []).append((sheet, head))
        else:
            notes.append(f"工作表“{sheet.name}”不是本程序的表，没有读入")
    layouts: list[Layout] = []
    troubles: list[Trouble] = []
    for name, form in forms.items():
        candidates = found.get(name, [])
        if len(candidates) > 1:
            own = [each for each in candidates if each[0].name == form.sheet]
            if len(own) != 1:
                listed = "、".join(sheet.name for sheet, _ in candidates)
                message = f"“{form.sheet}”有 {len(candidates)} 张（{listed}），请只留一张后再读入"
                troubles.append(Trouble(candidates[0][0].name, "A1", message))
                continue
            copies = [sheet.name for sheet, _ in candidates if sheet.name != form.sheet]
            notes += [f"工作表“{copy}”是“{form.sheet}”的副本，没有读入" for copy in copies]
            candidates = own
        for sheet, head in candidates:
            layout = _read_heads(form, sheet, head, headings[name])
            trouble = layout if isinstance(layout, Trouble) else _unit_changed(form, package, layout)
            if trouble is not None:
                troubles.append(trouble)
            elif isinstance(layout, Layout):
                layouts.append(layout)
    return layouts, troubles, notes
