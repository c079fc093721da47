"""The exchange of workbooks, pure: what is in a package, what was edited in its sheets, what merging it would do."""

from desktop.model.exchange.edits import CellError, Edit, Reading
from desktop.model.exchange.packing import forms_digest, pack
from desktop.model.exchange.preview import (
    ADDED,
    CHANGED,
    CONFLICT,
    UNCHANGED,
    Chosen,
    FieldRow,
    Incoming,
    Line,
    Preview,
    choose,
    incoming,
    incoming_items,
    preview,
)
from desktop.model.exchange.rows import read_rows
from desktop.model.exchange.sheets import Sheet, Workbook

__all__ = [
    "ADDED", "CHANGED", "CONFLICT", "UNCHANGED", "CellError", "Chosen", "Edit", "FieldRow", "Incoming", "Line",
    "Preview", "Reading", "Sheet", "Workbook", "choose", "forms_digest", "incoming", "incoming_items", "pack",
    "preview", "read_rows",
]  # fmt: skip
