"""plan read, ledger, problem and home as a script sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.actions import setup
from desktop.cli.main import main
from tests.actions.test_editions import as_text
from tests.conftest import CLERK, PASSWORD


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command in this process; (exit code, JSON of stdout or None)."""
    monkeypatch.setenv("DESK_NOW", "2026-11-24T08:40:00+08:00")
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    desk, _ = setup.init(tmp_path / "data", district="379901", account=CLERK, password=PASSWORD, practice=True)
    desk.close()

    def call(*words: str) -> tuple[int, object]:
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "data"), "--user", CLERK, *words, "--json"])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return call


def test_a_new_edition_by_command(run, tmp_path: Path) -> None:
    file = str(as_text(tmp_path)[0])
    code, told = run("plan", "read", file, "--preview")
    assert code == 0 and told["applied"] is False
    assert told["counts"] | {"renumbered": 0} == {"added": 1, "removed": 1, "changed": 3, "renumbered": 0}
    assert {"key", "kind", "old_text", "new_text", "old_number", "new_number"} <= set(told["changes"][0])
    code, told = run("plan", "read", file, "--preview", "--same", "42=9", "--apart", "1")
    assert code == 0 and {each["key"]: each["kind"] for each in told["changes"]}["task-9"] == "changed"
    assert {each["key"] for each in told["changes"] if each["kind"] == "added"} == {"task-2026-1"}
    assert run("plan", "read", file, "--preview", "--same", "42")[0] == 1
    assert run("plan", "read", file)[0] == 0
    code, held = run("plan", "editions")
    assert [each["in_force"] for each in held["editions"]] == [False, True]
    code, gone = run("ledger", "show", "--state", "retired")
    assert code == 0 and [each["key"] for each in gone["items"]] == ["task-9"]
    assert len(run("plan")[1]["tasks"]) == 60
    assert run("plan", "back")[1]["document"]["number"] == "济政发〔2024〕9号"
    assert run("plan", "back")[0] == 1


def test_the_ledger_by_command(run) -> None:
    code, told = run("ledger", "change", "task-1", "task-42", "--set", "node_due=2026-11-20", "--preview")
    assert code == 0 and len(told["changes"]) == 2 and told["applied"] is False
    assert run("ledger", "change", "task-1", "task-42", "--set", "node_due=2026-11-20")[1]["applied"]
    assert {each["item"] for each in run("ledger", "late")[1]["proposals"]} >= {"task-1", "task-42"}
    assert run("ledger", "carry", "task-42", "--unit", "区商务局", "--period", "2026-11")[0] == 1
    code, home = run("home")
    assert code == 0 and any(each["kind"] == "late" for each in home["todos"])
    code, line = run("ledger", "timeline", "task-42")
    assert run("ledger", "timeline", "42")[1]["events"] == line["events"] and run("ledger", "timeline", "61")[0] == 1
    assert [each["kind"] for each in line["events"]] == ["assignment"]
    assert run("problem", "list", "--overdue")[1] == {"problems": [], "total": 0}


def test_help_names_the_parts() -> None:
    from desktop.cli.main import desk

    shown = CliRunner().invoke(desk, ["ledger", "--help"]).output
    assert all(word in shown for word in ("show", "change", "carry", "summary", "late", "timeline"))
