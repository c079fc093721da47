"""Other programs' eyes: what poppler reads in a PDF, what a spreadsheet library reads in a workbook."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl


def pdf_text(pdf: bytes) -> str:
    """Text of all pages, by pdftotext."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def sheet_rows(path: Path, name: str) -> list[list[Any]]:
    """Values of one sheet, row by row."""
    sheet = openpyxl.load_workbook(path, data_only=True)[name]
    return [list(row) for row in sheet.iter_rows(values_only=True)]
