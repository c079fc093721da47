"""Drop-downs: what may be chosen stands in ranges of a hidden sheet, so that lists may be long and hold commas."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.datavalidation import DataValidation

from desktop.model.exchange.layout import OPTIONS_SHEET
from desktop.model.exchange.sheets import column_letters
from desktop.model.fields import Choice, Choices, Reference, YesNo
from desktop.model.fields.base import Names
from desktop.model.forms import Field
from desktop.model.package import Labels

MOST = 5000  # entries of one list; a longer one helps nobody who scrolls


class Options:
    """The lists of a workbook, one column each; the same list is kept once."""

    def __init__(self, names: Names, labels: Labels) -> None:
        self.names = names
        self._labels = labels
        self._columns: dict[tuple[str, ...], int] = {}

    def _entries(self, field: Field) -> tuple[str, ...]:
        if isinstance(field.type, Reference):
            return tuple(sorted(set(self._labels.get(field.type.to, {}).values())))[:MOST]
        return tuple(dict.fromkeys(label for _, label in field.type.choices(self.names)))[:MOST]

    def validation(self, field: Field) -> DataValidation | None:
        """The drop-down of a field. It refuses other input only where the list is closed and holds one value."""
        entries = self._entries(field)
        if not entries:
            return None
        column = self._columns.setdefault(entries, len(self._columns))
        letter = column_letters(column)
        closed = isinstance(field.type, YesNo) or (
            isinstance(field.type, Choice) and not isinstance(field.type, Choices) and not field.type.open
        )
        return DataValidation(
            type="list", formula1=f"'{OPTIONS_SHEET}'!${letter}$1:${letter}${len(entries)}", allow_blank=True,
            showErrorMessage=closed, errorTitle=field.label[:30], error="请从下拉列表中选一项",
        )  # fmt: skip

    def rows(self) -> Iterator[list[str | None]]:
        """The hidden sheet's rows."""
        columns = list(self._columns)
        for row in range(max((len(entries) for entries in columns), default=0)):
            yield [entries[row] if row < len(entries) else None for entries in columns]
