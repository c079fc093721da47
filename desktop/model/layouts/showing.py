"""What a record's values look like in a table of the city: in the unit of its heading, in its way of writing months."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.model.fields import Date, LongText, Money, Month, Quantity, Reference, Text, Whole
from desktop.model.fields.base import Cell, Names, Value, plain_number
from desktop.model.forms import Field, Form, Forms
from desktop.model.grammar import MONEY_UNITS
from desktop.model.layouts.definition import Column, Layout
from desktop.model.layouts.reading import sum_of
from desktop.model.layouts.recognise import target_form

Values = Mapping[str, Value]
_MULTIPLES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True)
class Shown:
    """What goes into a cell; `text` instead of it where the cell is not formatted for dates."""

    cell: Cell
    text: str = ""


@dataclass(frozen=True)
class Filled:
    """One record with what belongs to it: `referred` by the field that refers, `children` by the layout's names."""

    values: Values
    referred: Mapping[str, Values]
    children: Mapping[str, Sequence[Values]]


def show(layout: Layout, column: Column, unit: str, record: Filled, forms: Forms, names: Names) -> Shown | None:
    """The cell of a column for one record; None where nothing is known."""
    form = forms[layout.form]
    if column.sum:
        total = sum_of(record.values, column.sum)
        return None if total is None else _shown(form.field(column.sum[0]), total, unit, column, names)
    if column.split:
        parts = [_text(form, name, record.values, names) for name in column.split]
        joined = " ".join(part for part in parts if part)
        return Shown(joined) if joined else None
    if not column.field:
        return None
    owner, _, name = column.field.rpartition(".")
    target, _ = target_form(layout, column.field, forms)
    each = target.field(name)
    if not owner:
        return _shown(each, record.values.get(name), unit, column, names)
    if owner not in layout.children:
        return _shown(each, record.referred.get(owner, {}).get(name), unit, column, names)
    return _several(each, [child.get(name) for child in record.children.get(owner, ())], unit, column, names)


def _several(each: Field, values: list[Value], unit: str, column: Column, names: Names) -> Shown | None:
    there = [value for value in values if value is not None]
    if len(there) < 2:
        return _shown(each, there[0], unit, column, names) if there else None
    together = joined(each, there, names)
    return _shown(each, together, unit, column, names) if each.type.number else Shown(str(together))


def joined(each: Field, values: Sequence[Value], names: Names) -> Value:
    """Values of several child records as one cell shows them: numbers added, texts one after the other."""
    there = [value for value in values if value is not None]
    if isinstance(each.type, Whole | Money):
        return sum(int(value) for value in there) if there else None
    if isinstance(each.type, Quantity):
        total = sum((Decimal(str(value)) for value in there), Decimal(0))
        return plain_number(total) if there else None
    between = "\n" if isinstance(each.type, LongText) else "、"
    return between.join(each.type.printed(value, names) for value in there) or None


def _text(form: Form, name: str, values: Values, names: Names) -> str:
    return form.field(name).type.printed(values.get(name), names)


def _shown(each: Field, value: Value, unit: str, column: Column, names: Names) -> Shown | None:
    kind = each.type
    if value is None:
        return None
    if isinstance(kind, Money):
        return Shown(_plain(Decimal(int(value)) / 100 / MONEY_UNITS.get(unit, MONEY_UNITS[kind.unit])))
    if isinstance(kind, Quantity | Whole):
        number = Decimal(str(value))
        if unit[:1] in _MULTIPLES and each.unit[:1] not in _MULTIPLES:
            number /= _MULTIPLES[unit[0]]
        return Shown(_plain(number))
    if isinstance(kind, Month):
        year, month = (int(part) for part in str(value).split("-"))
        words = f"{year}.{month:02d}" if column.show == "dotted" else f"{year}年{month}月"
        return Shown(datetime.date(year, month, 1), words)
    if isinstance(kind, Date):
        return Shown(datetime.date.fromisoformat(str(value)), kind.printed(value, names))
    if isinstance(kind, Reference) and not names.label(kind.to, str(value)):
        return None
    if isinstance(kind, Text):
        return Shown(str(value))
    text = kind.printed(value, names)
    return Shown(text) if text else None


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number.normalize()
