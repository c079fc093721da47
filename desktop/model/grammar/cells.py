"""Number cells: what a sheet stored as a number, though a person meant a figure, a day or a month."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.grammar.dates import read_date, read_month
from desktop.model.grammar.numbers import plain
from desktop.model.grammar.serials import from_serial, whole_serial
from desktop.model.periods import FIRST_YEAR, LAST_YEAR


def cell_number_text(value: int | float | Decimal) -> str:
    """A number cell as the text a spreadsheet program shows: plain digits, 15 significant ones, no exponent.

    0.1 + 0.2 in a sheet is 0.3 to its author. An integer or Decimal is written in full. Give the result to `read_…`.
    """
    if isinstance(value, bool) or value != value or value in (float("inf"), float("-inf")):
        raise Refused("单元格里不是数，应填数，如 3400.00")
    if not -(10**30) < value < 10**30:
        raise Refused("单元格里的数太大，请核对单位")
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    return f"{plain(exact):f}"


def cell_date(value: int | float | Decimal, date1904: bool = False) -> str:
    """A number cell in a column of dates as `YYYY-MM-DD`: 20240521, else a serial; a bare year is refused."""
    whole = whole_serial(value)
    if 10_000_000 <= whole <= 99_999_999:
        return read_date(str(whole))
    if FIRST_YEAR <= whole <= LAST_YEAR:
        raise Refused(f"“{whole}”只有年份，应写到日，如 2024-05-21")
    return from_serial(whole, date1904).isoformat()


def cell_month(value: int | float | Decimal, date1904: bool = False) -> str:
    """A number cell in a column of months as `YYYY-MM`: 202405, 2024.5, else a serial.

    2024.1 is refused: as a number October, 2024.10, has lost its zero and looks like January.
    """
    if value == value and FIRST_YEAR <= value < LAST_YEAR + 1:
        shown = cell_number_text(value)
        if shown.endswith(".1"):
            raise Refused(f"“{shown}”存成了数，分不清是 1 月还是 10 月，请按文本填成 {shown[:4]}-01 或 {shown[:4]}-10")
        return read_month(shown)
    whole = whole_serial(value)
    if 100_000 <= whole <= 999_999:
        return read_month(str(whole))
    return from_serial(whole, date1904).isoformat()[:7]
