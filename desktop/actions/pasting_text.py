"""The text that WPS and Excel put on the clipboard: its cells, and which column is which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.model.block import as_cells
from desktop.model.fields.numbers import FEN, Money
from desktop.model.forms import Form
from desktop.model.layouts.headings import foreign_money, plain, unit_in


@dataclass(frozen=True)
class Columns:
    """By column: the field ("" when it is none) and the unit of money its heading names, "" for the field's own."""

    fields: list[str]
    units: list[str]
    heads: bool
    unread: list[str]


def split_block(text: str) -> list[list[str]]:
    """Lines of cells. A cell with line breaks or tabs comes in quotes, its own doubled; blank lines fall away."""
    rows = as_cells(text.rstrip("\0"))
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def columns_of(form: Form, lines: Sequence[Sequence[str]], visible: Sequence[str]) -> Columns:
    """Which field each column is: by the headings of the first line, else by the order of the visible columns.

    A heading that names another unit than the field's is not guessed at: its column is not read, save money in 元,
    万元 or 亿元.
    """
    heads = lines[0]
    named = _named(form, heads)
    filled, matched = [cell for cell in heads if cell], len({name for name in named if name})
    if not matched or (matched < 2 and matched < len(filled)) or matched * 2 < len(filled):
        return _by_order(form, lines, visible)
    fields, units, unread = [], [], []
    for name, heading in zip(named, heads, strict=True):
        unit = _unit(form, name, heading) if name else ""
        taken = name if name and name not in fields and unit is not None else ""
        fields.append(taken)
        units.append((unit or "") if taken else "")
        if heading and not taken:
            unread.append(heading)
    return Columns(fields, units, True, unread)


def _named(form: Form, heads: Sequence[str]) -> list[str]:
    """Fields by label, short label, and for the name of a record also 名称 and what it is called: 企业名称."""
    known: dict[str, str] = {}
    for each in form.fields:
        if each.type.name != "file":
            for words in (each.heading, each.label, each.short):
                known.setdefault(plain(words), each.name)
    if len(form.label) == 1:
        for words in ("名称", form.noun, f"{form.noun}名称"):
            known.setdefault(words, form.label[0])
    return [known.get(plain(cell), "") for cell in heads]


def _by_order(form: Form, lines: Sequence[Sequence[str]], visible: Sequence[str]) -> Columns:
    wide = max(len(line) for line in lines)
    fields = [name for name in visible if form.field(name).type.name != "file"][:wide]
    rest = range(len(fields), wide)
    unread = [f"第 {n + 1} 列" for n in rest if any(len(line) > n and line[n] for line in lines)]
    return Columns(fields + [""] * len(rest), [""] * wide, False, unread)


def _unit(form: Form, name: str, heading: str) -> str | None:
    """The unit to write behind each number, "" for the field's own; None when the heading's cannot be read."""
    each, unit = form.field(name), unit_in(heading) or foreign_money(heading)
    if not unit or unit == each.unit or not each.type.number:
        return ""
    return unit if isinstance(each.type, Money) and unit in FEN else None


def typed_text(form: Form, name: str, unit: str, cell: str) -> str:
    """The cell as one would type it into the field; a money unit of the heading is written behind the number."""
    return f"{cell}{unit}" if unit and not cell.endswith("元") else cell
