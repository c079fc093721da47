"""A new column is two edits: its TOML and its column in the schema. It then shows everywhere, with no other edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions import entry, exchange, printing, records
from desktop.actions.desk import Desk, open_desk
from desktop.model import places
from desktop.model.errors import Refused
from desktop.model.forms import load_forms
from desktop.ui.kit import app
from desktop.ui.screens.record.form import FormFields
from tests.conftest import CLERK, PASSWORD, project
from tests.tools import pdf_text, sheet_rows

FIELD = (
    '  { name = "roof_area", label = "屋顶可用面积", type = "quantity", unit = "平方米", min = 1,'
    ' required = true, section = "basic" },\n'
)
CHECK = """
[[checks]]
kind = "at_most"
field = "roof_area"
other = "equipment_count"
level = "warn"
message = "屋顶可用面积 {roof_area} 平方米，请核对"
"""


@pytest.fixture
def widened(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, str]:
    """A folder that existed before, opened after the two edits; and a project in it."""
    record = project(desk)
    folder = desk.store.folder
    desk.close()
    shutil.copytree(places.root() / "forms", tmp_path / "forms")
    shutil.copytree(places.root() / "db", tmp_path / "db")
    form = tmp_path / "forms" / "project.toml"
    text = form.read_text(encoding="utf-8")
    at = text.index('  { name = "library_code"')
    form.write_text(text[:at] + FIELD + text[at:] + CHECK, encoding="utf-8")
    step = tmp_path / "db" / "migrations" / "0002-roof-area.sql"
    step.write_text('ALTER TABLE "project" ADD COLUMN "roof_area" TEXT;\n', encoding="utf-8")
    monkeypatch.setenv("DESK_FORMS", str(tmp_path / "forms"))
    monkeypatch.setenv("DESK_DB", str(tmp_path / "db"))
    return open_desk(folder, CLERK, PASSWORD), record


def test_a_new_field_appears_in_all_five(widened: tuple[Desk, str], tmp_path: Path, qtbot: QtBot) -> None:
    desk, record = widened
    app.make_app(hook=False)
    assert "roof_area" in load_forms()["project"]

    with pytest.raises(Refused, match="屋顶可用面积没有填"):  # checks
        records.put(desk, "project", [{"id": record, "note": "x"}])
    saved = records.put(desk, "project", [{"id": record, "roof_area": "123.5", "equipment_count": 16}])
    assert any("屋顶可用面积 123.5 平方米" in str(each["message"]) for each in saved.warnings)

    assert records.get(desk, "project", record)["roof_area"] == "123.5"  # JSON

    exchange.export(desk, tmp_path / "out.xlsx", forms=["project"])  # sheet
    head, row = sheet_rows(tmp_path / "out.xlsx", "项目清单")[:2]
    assert str(row[head.index("屋顶可用面积（平方米）")]) == "123.5"

    text = pdf_text(printing.document_pdf(desk, "project-application", record=record, period="2026-11").pdf)  # print
    assert "屋顶可用面积" in text.replace("\n", "") and "123.5" in text

    fields = FormFields(desk.form("project"), entry.begin(desk, "project", record))  # screen
    qtbot.addWidget(fields)
    assert fields.inputs["roof_area"].label == "屋顶可用面积" and fields.texts()["roof_area"] == "123.5"
    desk.close()
