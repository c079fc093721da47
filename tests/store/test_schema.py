"""forms/*.toml and db/schema.sql say the same."""

from __future__ import annotations

from pathlib import Path

from desktop.actions.desk import Desk
from desktop.model.forms import load_forms
from desktop.store import connection


def test_every_field_has_its_column_and_every_column_its_field(desk: Desk) -> None:
    for form in load_forms().values():
        columns = desk.store._database.conn.execute(f'PRAGMA table_xinfo("{form.name}")').fetchall()
        there = {row[1]: row[2] for row in columns}
        assert there.pop("id") == "TEXT"
        assert there == {each.name: each.type.sql for each in form.fields}, form.name


def test_record_tables_have_no_rules_that_a_merge_could_break(desk: Desk) -> None:
    for form in load_forms().values():
        sql = desk.store._database.conn.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (form.name,)
        ).fetchone()[0]
        assert "UNIQUE" not in sql and "CHECK" not in sql and "REFERENCES" not in sql
        assert sql.rstrip().endswith("STRICT")


def test_the_schema_is_what_the_migrations_lead_to() -> None:
    steps = connection.migrations()
    assert connection.schema_version() == max(steps, default=1)


def test_no_table_without_a_comment() -> None:
    lines = Path(connection.places.schema() / "schema.sql").read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        if line.startswith("CREATE TABLE"):
            assert lines[place - 1].startswith("--"), line
