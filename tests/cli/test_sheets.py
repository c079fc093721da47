"""Many records at once from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from desktop.actions import records
from desktop.actions.desk import Desk
from desktop.cli.answer import Ended
from desktop.cli.main import desk as group
from desktop.cli.session import Session
from tests.conftest import project


@pytest.fixture
def call(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, Any, str]]:
    """Run a command on the open desk; (exit code, JSON, text)."""
    import contextlib
    import json

    monkeypatch.setattr(Session, "desk", lambda _: contextlib.nullcontext(desk))

    def run(*words: str, stdin: str | None = None) -> tuple[int, Any, str]:
        done = CliRunner().invoke(group, [*words, "--json"], input=stdin)
        code = done.exception.code if isinstance(done.exception, Ended) else done.exit_code
        return code, json.loads(done.stdout) if done.stdout else None, done.output

    return run


def test_change_previews_then_writes_one_field_of_many(desk: Desk, call: Callable[..., Any]) -> None:
    code, seen, _ = call("change", "assignment", "contact", "钱示例", "--where", "lead=区商务局", "--preview")
    assert code == 0 and seen["ids"] == [] and len(seen["rows"]) > 1
    assert {row["after"] for row in seen["rows"]} == {"钱示例"}
    code, done, _ = call("change", "assignment", "contact", "钱示例", "--where", "lead=区商务局")
    assert code == 0 and len(done["ids"]) == len(seen["rows"]) and done["errors"] == []
    assert records.get(desk, "assignment", done["ids"][0])["contact"] == "钱示例"
    code, _, _ = call("undo")
    assert code == 0 and "contact" not in records.get(desk, "assignment", done["ids"][0])


def test_one_refused_row_writes_nothing_unless_told(desk: Desk, call: Callable[..., Any]) -> None:
    good = project(desk)
    bad = project(desk, name="小项目", total_investment="100000", equipment_investment="100000", fund_own="100000")
    code, told, _ = call("change", "project", "equipment_investment", "3000", good, bad)
    assert code == 1 and told["ids"] == [] and told["errors"][0]["id"] == bad
    assert records.get(desk, "project", good)["equipment_investment"] == "36800000.00"
    code, told, _ = call("change", "project", "equipment_investment", "3000", good, bad, "--only-good")
    assert code == 0 and told["ids"] == [good]
    assert call("change", "project", "note", "x")[0] == 2


def test_dispatch_reads_and_writes_a_month_in_yuan(desk: Desk, call: Callable[..., Any]) -> None:
    import json

    owner = project(desk)
    records.put(desk, "project_month", [{"project": owner, "period": "2026-09", "ytd": "5000000", "total": "7000000"}])
    code, seen, _ = call("dispatch", "--period", "2026-10")
    assert code == 0 and seen["missing"] == 1 and seen["rows"][0]["last"]["ytd"] == "5000000.00"
    code, done, _ = call(
        "dispatch", "--period", "2026-10", "-", "--fill", stdin=json.dumps([{"project": owner, "month": "120000"}])
    )
    assert code == 0 and done["missing"] == 0 and len(done["ids"]) == 1
    code, seen, _ = call("dispatch", "--period", "2026-10")
    assert seen["rows"][0]["ytd"] == "5120000.00" and seen["rows"][0]["total"] == "7120000.00"
    code, bad, _ = call("dispatch", "--period", "2026-10", "-", stdin=json.dumps([{"project": owner, "month": "12万"}]))
    assert code == 1 and bad["errors"][0]["field"] == "month"
    code, _, _ = call("volumes", "--period", "2026-10")
    assert code == 0


def test_paste_reads_a_block_of_tab_separated_text(desk: Desk, call: Callable[..., Any]) -> None:
    text = "企业名称\t联系人\n示例重工有限公司\t王示例\n样例热力有限公司\t钱示例\n"
    code, seen, _ = call("paste", "enterprise", "-", "--preview", stdin=text)
    assert code == 0 and seen["added"] == 2 and seen["ids"] == []
    code, done, _ = call("paste", "enterprise", "-", stdin=text)
    assert code == 0 and len(done["ids"]) == 2
    code, again, _ = call("paste", "enterprise", "-", stdin=text.replace("王示例", "周示例"))
    assert code == 0 and (again["changed"], again["unchanged"]) == (1, 1)
    code, bad, _ = call("paste", "project", "-", stdin="项目名称\t阶段\n甲\t飞行中")
    assert code == 1 and {each["field"] for each in bad["errors"]} >= {"stage"}
