"""What a value looks like in a cell of an exchange workbook, and whether a cell still looks like that.

Writer and reader both use these functions, so that a cell nobody touched is never taken for an edit.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.model.fields import File
from desktop.model.fields.base import Cell, Names, Value
from desktop.model.forms import Field, Form
from desktop.model.package import Labels, Package
from desktop.model.plan import Plan
from desktop.model.registers import Record, open_values, shown

KEY_HEADING = "记录编号（请勿改动）"
LONGEST = 32_000  # characters a cell holds safely (Excel: 32,767)
DIGITS = 15  # what every spreadsheet program keeps of a number
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[\s\u3000]+")


class PackageNames:
    """Names as the package gives them, then (if asked) as the office knows them.

    Cells were worded with the package's own labels; a name changed since at the reader's office must not look like
    an edit. `extra` are labels of rows new in the same workbook.
    """

    def __init__(self, labels: Labels, office: Names, *, ask_office: bool) -> None:
        self._office = office
        self._ask = ask_office
        self._labels = {form: dict(names) for form, names in labels.items()}
        self._ids: dict[str, dict[str, list[str]]] = {}
        for form, named in self._labels.items():
            for record, label in named.items():
                self._ids.setdefault(form, {}).setdefault(label, []).append(record)

    @property
    def today(self) -> datetime.date:
        return self._office.today

    @property
    def district(self) -> str:
        return self._office.district

    def label(self, form: str, record: str) -> str | None:
        found = self._labels.get(form, {}).get(record)
        return self._office.label(form, record) if found is None and self._ask else found

    def find(self, form: str, text: str) -> list[str]:
        found = self._ids.get(form, {}).get(text, [])
        return self._office.find(form, text) if not found and self._ask else list(found)

    def units(self) -> Sequence[str]:
        return self._office.units()

    @property
    def plan(self) -> Plan:
        return self._office.plan

    def add(self, form: str, record: str, label: str) -> None:
        known = self._ids.setdefault(form, {}).setdefault(label, [])
        if record not in known:
            known.append(record)
        self._labels.setdefault(form, {})[record] = label


def sheet_fields(form: Form) -> list[Field]:
    """The fields that have a column: all but attachments, whose bytes no sheet can hold."""
    return [each for each in form.fields if not isinstance(each.type, File)]


def base_value(package: Package, record: Record, name: str) -> Value:
    """The value a package's sheet shows in a field: of several open ones the one its sender saw."""
    register = record.fields.get(name, frozenset())
    if len(register) < 2:
        return next((said.value for said in register), None)
    return shown(register, package.shown.get(record.id, {}).get(name))


def others(package: Package, record: Record, name: str) -> list[tuple[Value, str, str]]:
    """The open values that a sheet does not show, as (value, who, when)."""
    mine = base_value(package, record, name)
    return [
        (said.value, said.who, said.at)
        for said in open_values(record.fields.get(name, frozenset()))
        if said.value != mine
    ]


def written(field: Field, value: Value, names: Names) -> Cell:
    """The cell for a stored value. Numbers that a spreadsheet would round are written as text.

    A value that is no longer valid here (another version's) is written as it is stored.
    """
    if value is None:
        return None
    try:
        cell = field.type.to_cell(value, names)
    except (ValueError, ArithmeticError, TypeError):
        cell = str(value)
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        digits = Decimal(cell).normalize().as_tuple().digits
        return cell if len(digits) <= DIGITS else format(Decimal(cell), "f")
    if isinstance(cell, str):
        text = _CONTROL.sub("\ufffd", cell)
        return text if len(text) <= LONGEST else text[:LONGEST] + "……"
    return cell


def same_cell(left: Cell, right: Cell) -> bool:
    """Whether two cells show the same: texts but for line ends and outer blanks, numbers in 15 digits, days."""
    if left is None or right is None or left == "" or right == "":
        return (left is None or left == "") and (right is None or right == "")
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return left == right or format(Decimal(left), f".{DIGITS}g") == format(Decimal(right), f".{DIGITS}g")
    if isinstance(left, str) and isinstance(right, str):
        return left == right or _plain(left) == _plain(right)
    if isinstance(left, datetime.date) and isinstance(right, datetime.date):
        return _moment(left) == _moment(right)
    return False


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip().strip("\u3000").strip()


def _moment(day: datetime.date) -> datetime.datetime:
    if isinstance(day, datetime.datetime):
        return day
    return datetime.datetime(day.year, day.month, day.day)


def plain_heading(cell: Cell) -> str:
    """A heading as it is compared: no blanks or line breaks, half-width brackets, no mark of required fields."""
    if not isinstance(cell, str):
        return ""
    return _SPACES.sub("", cell).replace("（", "(").replace("）", ")").strip("*＊")


def record_label(form: Form, values: Mapping[str, Value], names: Names) -> str:
    """The name of a record, from the form's label fields."""
    parts = (form.field(name).type.printed(values.get(name), names) for name in form.label)
    return " ".join(part for part in parts if part)
