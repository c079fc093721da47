"""The least that could be done with the same libraries: plain inserts, plain cells, plain strings on a page."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import python_calamine
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from desktop.pdf import fonts


class Floors:
    def __init__(self, folder: Path, rows: list[dict[str, str]]) -> None:
        self._path = folder / "floor.xlsx"
        self._rows = [tuple(row.values()) for row in rows]
        self._database = sqlite3.connect(folder / "floor.db")
        self._database.execute(f"CREATE TABLE floor ({', '.join(rows[0])})")
        self.write_workbook()

    def insert(self) -> None:
        with self._database:
            self._database.executemany(f"INSERT INTO floor VALUES ({','.join('?' * len(self._rows[0]))})", self._rows)

    def scan(self) -> None:
        self._database.execute("SELECT name FROM floor WHERE address LIKE '%示例路%' LIMIT 50").fetchall()

    def write_workbook(self) -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("floor")
        for row in self._rows:
            sheet.append(row)
        book.save(self._path)

    def read_workbook(self) -> None:
        python_calamine.CalamineWorkbook.from_path(str(self._path)).get_sheet_by_index(0).to_python()

    def draw(self) -> None:
        canvas = Canvas(io.BytesIO())
        names = fonts.register()
        for place, row in enumerate(self._rows):
            if place % 30 == 0:
                canvas.showPage()
                canvas.setFont(names.serif, 9)
            for column, text in enumerate(row):
                canvas.drawString(40 + 45 * column, 800 - 24 * (place % 30), str(text)[:10])
        canvas.save()
