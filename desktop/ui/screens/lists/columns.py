"""From a form to the columns, cells and rows of its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.actions.listing import Line
from desktop.model.forms import Field, Form

from ...kit.rows import Cell, Column, Row
from ..sheetfields import CHARACTER, choices_for, is_free

Choices = Mapping[str, Sequence[tuple[str, str]]]
VIEW_FIELDS = ("stage", "state", "kind", "level")
RATIOS = {"project": ("ratio", "完成率", "equipment_paid", "equipment_investment")}
STAY = 7  # columns that never fall out when room is short


def view_field(form: Form) -> str:
    """The choice field whose values are the tabs of the list, or ""."""
    named = [name for name in VIEW_FIELDS if name in form and form.field(name).type.name == "choice"]
    return named[0] if named else ""


def default_names(form: Form) -> list[str]:
    return list(form.columns)


def _unit(each: Field) -> str:
    return {"date": "日期", "month": "年月"}.get(each.type.name, each.unit)


def _title(each: Field) -> str:
    words = each.short
    return words.removesuffix("年月").removesuffix("日期") or words if each.type.name in ("month", "date") else words


def _column(
    each: Field, place: int, form: Form, sort: tuple[str, bool] | None, filtered: set[str], may: bool, choices: Choices
) -> Column:
    number = each.type.number
    kind = "number" if number else "text"
    short = each.type.name in ("choice", "yes_no", "date", "month", "period")
    width = 0 if number or short else each.width * CHARACTER + 16
    frozen = place < form.frozen
    fixed = each.name in form.key or each.type.name in ("file", "long_text") or frozen
    return Column(
        each.name, _title(each), _unit(each), width=width, kind=kind, ink="ink" if frozen or number else "",
        frozen=frozen, editable=may and not fixed, sums=number,
        sort=("down" if sort[1] else "up") if sort and sort[0] == each.name else "",
        filtered=each.name in filtered, drop=0 if place < STAY else place,
        choices=choices_for(each, choices) if may and not fixed else (), free=is_free(each),
    )  # fmt: skip


def columns_of(
    form: Form, names: Sequence[str], *, sort: tuple[str, bool] | None = None, filtered: set[str] | None = None,
    may: bool = True, choices: Choices | None = None,
) -> list[Column]:  # fmt: skip
    """The columns for these fields, in this order; a ratio column follows the field that it is a share of."""
    made = []
    for place, name in enumerate(names):
        made.append(_column(form.field(name), place, form, sort, filtered or set(), may, choices or {}))
        if form.name in RATIOS and name == RATIOS[form.name][2]:
            made.append(Column(RATIOS[form.name][0], RATIOS[form.name][1], "%", 101, "ratio", drop=1 + place))
    return made


def row_of(form: Form, columns: Sequence[Column], line: Line) -> Row:
    """One line of the list; a conflict shows in its cell, a finding in place of the row number."""
    mark = "conflict" if line.open else "error" if line.errors else "soon" if line.warnings else ""
    said = "；".join((*line.errors, *line.warnings))
    cells = []
    for place, column in enumerate(columns):
        if column.kind == "ratio":
            cells.append(_ratio(line, *RATIOS[form.name][2:]))
        elif column.name in line.open:
            cells.append(
                Cell(
                    line.texts[column.name],
                    line.numbers.get(column.name),
                    mark="conflict",
                    tone="amber",
                    tip="有冲突，待定",
                )
            )
        else:
            cells.append(Cell(line.texts[column.name], line.numbers.get(column.name), tip=said if not place else ""))
    return Row(line.id, tuple(cells), mark=mark)


def _ratio(line: Line, part: str, whole: str) -> Cell:
    done, all_ = line.numbers.get(part), line.numbers.get(whole)
    if done is None or not all_:
        return Cell()
    share = done / all_
    return Cell(f"{(share * 100).quantize(Decimal(1))}", ratio=min(1.0, float(share)))
