"""Formulas of a sheet into which rows were put: every reference moved, ranges that ended there made longer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

Move = Callable[[int], int]  # a row (from 1) to where it is now
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})")
_ROWS = re.compile(r"(\$?)([0-9]{1,7}):(\$?)([0-9]{1,7})")
SUM = re.compile(r"=\s*SUM\(\s*\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?\s*\)", re.IGNORECASE)


def moved_formula(formula: str, own: bool, sheet: str, move: Move, end: Move) -> str:
    """The formula with its references to `sheet` moved. `own`: it stands on that sheet, so bare references mean it.

    `move` is for a cell or the start of a range, `end` for the last row of a range.
    """
    tokens: Any = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _moved(token.value, own, sheet, move, end)
    return str(tokens.render())


def moved_range(reference: str, move: Move, end: Move) -> str:
    """A7:H9, $A$7, 1:2 or several of them by blanks, moved."""
    return " ".join(_one(part, move, end) for part in reference.split())


def _moved(value: str, own: bool, sheet: str, move: Move, end: Move) -> str:
    named, mark, rest = value.rpartition("!")
    if mark:
        bare = named.strip("'").replace("''", "'")
        return f"{named}!{_one(rest, move, end)}" if bare == sheet else value
    return _one(rest, move, end) if own else value


def _one(reference: str, move: Move, end: Move) -> str:
    whole = _ROWS.fullmatch(reference)
    if whole:
        return f"{whole[1]}{move(int(whole[2]))}:{whole[3]}{end(int(whole[4]))}"
    first, colon, last = reference.partition(":")
    start, stop = _CELL.fullmatch(first), _CELL.fullmatch(last)
    if start is None or (colon and stop is None):
        return reference  # a name, a whole column, something of another program: not a row's business
    moved = f"{start[1]}{start[2]}{start[3]}{move(int(start[4]))}"
    if stop is None:
        return moved
    return f"{moved}:{stop[1]}{stop[2]}{stop[3]}{end(int(stop[4]))}"
