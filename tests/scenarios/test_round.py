"""A month's round by the command line: handed out to 20 units, filled in a spreadsheet program, collected in one go,
summarised, reviewed, closed, reported; a late return into the closed period is listed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import accounts
from desktop.actions.desk import Desk
from desktop.cli.main import main
from desktop.model.periods import Period
from tests.conftest import CLERK, ISSUER, PASSWORD, REVIEWER
from tests.scenarios.filled import carried, column, fill, prepared
from tests.tools import pdf_text

OTHER = "钱示例"
P = Period.of(datetime.date.today(), "month").previous().previous()
BEFORE = P.previous()
DUE = P.last + datetime.timedelta(days=5)
LATE = DUE + datetime.timedelta(days=3)


@pytest.fixture
def run(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """A command on the desk's folder; its JSON. `code` is the exit code expected."""
    accounts.add_account(desk, REVIEWER, ("review",), PASSWORD)
    accounts.add_account(desk, ISSUER, ("issue",), PASSWORD)
    accounts.add_account(desk, OTHER, ("enter",), PASSWORD)
    folder = desk.store.folder
    desk.close()
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)

    def call(*words: object, user: str = CLERK, code: int = 0) -> Any:
        capsys.readouterr()
        got = main(["--data", str(folder), "--user", user, *map(str, words), "--json"])
        out = capsys.readouterr()
        assert got == code, out.err
        return json.loads(out.out)

    return call


def say(number: int, item: str) -> dict[str, Any]:
    return {"状态": "推进中", "进展情况": f"示例进展：{item[:10]}已开展第 {number + 1} 项工作。", "填报人": "王示例"}


def test_a_month_from_hand_out_to_a_late_return(run: Any, tmp_path: Path) -> None:
    units = [each["unit"] for each in run("unanswered", "--period", P.key)["units"]][:20]
    chosen = [word for unit in units for word in ("--unit", unit)]
    old = run("hand-out", "--period", BEFORE.key, "--out", tmp_path / "上月", *chosen[:6])
    made = run("hand-out", "--period", P.key, "--out", tmp_path / "下发", "--due", DUE, *chosen)
    assert [each["unit"] for each in made["files"]] == units and made["due"] == DUE.isoformat()
    files = {each["unit"]: Path(each["file"]) for each in made["files"]}
    assert files[units[2]].name.startswith(units[2]) and P.label in files[units[2]].name
    share = tmp_path / "单位.xlsx"
    run("export", share, "--unit", units[2], "--period", P.key)

    # 16 answer in time; the third sends last month's workbook, one writes a state that is none, one leaves a row blank.
    desktop, come = tmp_path / "交回", tmp_path / "交回" / "一批"
    come.mkdir(parents=True)
    late, absent, last_month, wrong, partly = units[3:5], units[5], units[2], units[6], units[7]
    for unit in units:
        if unit in (*late, absent, last_month):
            continue

        def words(number: int, item: str, unit: str = unit) -> dict[str, Any]:
            if unit == partly and number == 0:
                return {}
            return say(number, item) | ({"状态": "很好"} if unit == wrong and number == 1 else {})

        fill(files[unit], come / files[unit].name, words, lambda number, _: number + 1)
    sent = next(Path(each["file"]) for each in old["files"] if each["unit"] == last_month)
    fill(sent, come / sent.name, say)
    (come / "合影.xlsx").write_bytes(b"not a workbook")
    (come / f"~${files[wrong].name}").write_bytes(b"lock")

    seen = run("collect-returns", desktop, "--preview")
    assert seen["period"] == P.key and len(seen["files"]) == 18
    kinds = {Path(each["file"]).name: each["kind"] for each in seen["files"]}
    assert kinds["合影.xlsx"] == "unreadable" and kinds[sent.name] == "other_period"
    assert sum(kind == "good" for kind in kinds.values()) == 16
    told = {each["unit"]: each for each in seen["files"]}
    assert told[wrong]["refused"] == 1 and "很好" in told[wrong]["errors"][0]["value"] and told[partly]["waiting"] == 1
    assert "这次收的是" in told[last_month]["message"]
    assert run("list", "progress")["total"] == 0  # a preview writes nothing

    done = run("collect-returns", desktop, "--received", DUE)
    assert len(done["written"]) == 16
    back = next(each for each in done["written"] if each["unit"] == wrong)
    assert Path(back["annotated"]).parent == desktop / "退回"
    again = run("collect-returns", desktop, "--preview")
    assert {each["kind"] for each in again["files"] if each["unit"] in (units[0], units[1])} == {"again"}

    # The refused row comes back mended, the late ones come, and the third sends the right one.
    mended = tmp_path / "补交"
    book = carried(Path(back["annotated"]), mended)
    mend(book)
    for unit in (*late, last_month):
        fill(files[unit], mended / files[unit].name, say, lambda number, _: number + 1)
    done = run("collect-returns", mended, "--received", LATE)
    assert len(done["written"]) == 4 and not any(each["refused"] for each in done["written"])

    state = {each["unit"]: each for each in run("unanswered", "--period", P.key)["units"]}
    assert state[units[0]]["state"] == "all" and not state[units[0]]["late"]
    assert state[late[0]]["late"] == state[late[0]]["asked"] + state[late[0]]["figures_asked"]
    assert state[absent]["state"] == "none" and state[absent]["overdue"]
    assert state[partly]["state"] == "part" and len(state[partly]["missing"]) == 1
    assert state[wrong]["state"] == "all" and state[wrong]["late"] == 1
    assert not any("人民银行" in unit for unit in state)
    remind = run("unanswered", "--period", P.key, "--text", "remind", "--unit", absent)["text"]
    assert remind.startswith(f"{absent}：") and state[absent]["missing"][0] in remind
    report = run("unanswered", "--period", P.key, "--text", "report")["text"]
    assert "逾期交齐" in report and late[0] in report and absent in report

    # The lead office's summary, the report and its review, the closing, the issuing, and what still comes afterwards.
    run("ledger", "summary", "task-42", "--period", P.key, "--save")
    summary = run("list", "progress", "--where", "kind=summary")["records"]
    assert [each["item"] for each in summary] == ["task-42"] and "已开展" in summary[0]["done"]
    sent = run("prepare", "monthly-report", "--period", P.key)
    run("review", sent["submission"], code=1)  # not the one who prepared it, and not without the role
    run("review", sent["submission"], user=OTHER, code=1)
    run("issue", sent["submission"], user=ISSUER, code=1)  # not before the review
    assert run("review", sent["submission"], user=REVIEWER)["data_digest"] == sent["data_digest"]
    run("period", "close", P.key, user=OTHER, code=1)
    run("period", "close", P.key, user=REVIEWER)
    issued = run("issue", sent["submission"], "--number", "示例发改〔2026〕1号", user=ISSUER)
    assert issued["data_digest"] == sent["data_digest"]
    pdf = tmp_path / "台账.pdf"
    assert run("print", "ledger-report", "--period", P.key, "--out", pdf)["pages"] > 5
    assert "已开展第" in "".join(pdf_text(pdf.read_bytes()).split())
    fill(files[absent], tmp_path / "补交" / files[absent].name, say)
    after = run("collect-returns", mended, "--preview")
    assert "已关账" in after["closed"]
    written = run("collect-returns", mended)["written"]
    assert [each["unit"] for each in written] == [absent]
    again = tmp_path / "关账后.pdf"
    run("print", "ledger-report", "--period", P.key, "--out", again)  # a closed month prints as it stood
    assert own_words(again) == own_words(pdf)
    listed = run("period", "list", P.key)["changed_after_closing"]
    assert listed and all(absent in each["label"] for each in listed)
    run("hand-out", "--period", P.key, "--out", tmp_path / "再发", code=1)
    run("period", "open", P.key, user=REVIEWER, code=1)
    assert run("period", "open", P.key, "--why", "补报", user=REVIEWER)["state"] == "open"


def own_words(path: Path) -> str:
    """The words of the table, without the digest at the foot."""
    return "".join(line for line in pdf_text(path.read_bytes()).splitlines() if "校验码" not in line)


def mend(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["进展填报"]
    place = column(sheet, "状态")
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, place).value == "很好":
            sheet.cell(row, place).value = "推进中"
    assert not prepared(sheet, "状态")
    book.save(path)
