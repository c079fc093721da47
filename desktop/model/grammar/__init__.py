"""One strict grammar for what people type and what sheets hold: numbers, money, dates, months, periods."""

from desktop.model.grammar.cells import cell_date, cell_month, cell_number_text
from desktop.model.grammar.characters import narrow, quoted, trim
from desktop.model.grammar.dates import read_date, read_month, read_period
from desktop.model.grammar.numbers import MONEY_UNITS, read_money, read_number, read_whole
from desktop.model.grammar.serials import from_serial

__all__ = [
    "MONEY_UNITS",
    "cell_date",
    "cell_month",
    "cell_number_text",
    "from_serial",
    "narrow",
    "quoted",
    "read_date",
    "read_money",
    "read_month",
    "read_number",
    "read_period",
    "read_whole",
    "trim",
]
