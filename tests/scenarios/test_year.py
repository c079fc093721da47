"""A district's year by the command line: set up, twelve months of progress and figures for all items out of workbooks
filled in a spreadsheet program, and every report of the ledger printed."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.actions import records
from desktop.actions.desk import open_desk
from desktop.cli.main import main
from tests.conftest import CLERK, PASSWORD
from tests.scenarios.filled import column, fill
from tests.tools import pdf_text

YEAR = 2025  # both the goals of 2025 and those of 2027 are open
OFFICE, GOVERNMENT = "区发展和改革局", "区人民政府"
OF_THE_CITY = ("任务56",)  # no unit of the district is asked: the office writes what it knows below the rows
REPORTS = {
    "ledger-report": ".xlsx", "indicator-report": ".xlsx", "problem-list": ".xlsx .docx", "briefing": ".docx",
    "change-list": ".xlsx", "monthly-report": ".xlsx .docx",
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("DESK_NEW_PASSWORD", PASSWORD)

    def call(*words: object) -> Any:
        capsys.readouterr()
        got = main(["--data", str(tmp_path / "data"), "--user", CLERK, *map(str, words), "--json"])
        out = capsys.readouterr()
        assert got == 0, out.err
        return json.loads(out.out)

    return call


def below(path: Path, period: str) -> None:
    """New rows under the prepared ones."""
    book = openpyxl.load_workbook(path)
    sheet = book["进展填报"]
    row = max(each for each in range(1, sheet.max_row + 1) if sheet.cell(each, 1).value)
    for item in OF_THE_CITY:
        row += 1
        given = {"任务": item, "填报单位": OFFICE, "类别": "本单位进展", "填报时间": period}
        given |= {"状态": "推进中", "进展情况": "市级推进中"}
        for heading, value in given.items():
            sheet.cell(row, column(sheet, heading)).value = value
    book.save(path)


@pytest.mark.slow
def test_a_year_for_all_items_and_every_report(run: Any, tmp_path: Path) -> None:
    run("init", "--district", "370102", "--office", "历下区发展和改革局")
    typed: dict[str, str] = {}
    for month in range(1, 13):
        period, folder = f"{YEAR}-{month:02d}", tmp_path / f"{month:02d}"
        made = run("hand-out", "--period", period, "--out", folder)
        own = folder / "区政府.xlsx"
        run("export", own, "--unit", GOVERNMENT, "--period", period)

        def say(number: int, item: str, month: int = month) -> dict[str, Any]:
            return {"状态": "已完成" if month == 12 else "推进中", "进展情况": f"{month}月：{item[:12]}按计划推进"}

        for path in [*(Path(each["file"]) for each in made["files"]), own]:
            fill(path, path, say, lambda number, name, month=month: month * 100 + 37 + number, typed)
        below(next(Path(each["file"]) for each in made["files"] if each["unit"] == OFFICE), period)
        came = f"{YEAR + month // 12}-{month % 12 + 1:02d}-03"
        done = run("collect-returns", folder, "--period", period, "--received", came)
        assert [error for each in done["files"] for error in each["errors"]] == []
        assert len(done["written"]) == len(made["files"]) + 1
        asked = run("unanswered", "--period", period)["units"]
        assert len(asked) == len(made["files"]) and {each["state"] for each in asked} == {"all"}
        assert not any(each["late"] for each in asked)

    check(tmp_path / "data", typed)
    last = f"{YEAR}-12"
    row = {"title": "供地指标不足", "level": "city", "found": f"{YEAR}-11-03", "description": "示例：需市级统筹。"}
    (tmp_path / "problem.json").write_text(json.dumps([row]), encoding="utf-8")
    run("put", "problem", tmp_path / "problem.json")
    for name, kinds in REPORTS.items():
        for suffix in (".pdf", *kinds.split()):
            out = tmp_path / f"{name}{suffix}"
            assert run("print", name, "--period", last, "--out", out)["files"] == [str(out)]
            text = words_in(out)
            assert "历下区" in text, out.name
            if name in ("ledger-report", "monthly-report"):
                assert "12月：" in text and "按计划推进" in text and "6月：" not in text, out.name
            if name in ("problem-list", "monthly-report"):
                assert "供地指标不足" in text, out.name
    duties = tmp_path / "unit.pdf"
    run("print", "unit-duties", "--period", last, "--unit", "区商务局", "--out", duties)
    assert "区商务局" in words_in(duties)
    run("print", "ledger-report", "--period", f"{YEAR}-06", "--out", duties)  # a month gone by, as it was
    assert "6月：" in words_in(duties) and "12月：" not in words_in(duties)
    run("print", "indicator-report", "--period", last, "--out", duties)
    figures = {row["value"] for row in run("list", "measure", "--where", f"period={last}")["records"]}
    printed = words_in(duties).replace(",", "")
    assert len(figures) > 2 and [figure for figure in sorted(figures) if figure not in printed] == []


def words_in(path: Path) -> str:
    """All words of a printed file, as other programs read them, without spaces."""
    if path.suffix == ".pdf":
        return "".join(pdf_text(path.read_bytes()).split())
    inside = {".xlsx": ("xl/sharedStrings.xml", "xl/worksheets/"), ".docx": ("word/",)}[path.suffix]
    with zipfile.ZipFile(path) as held:
        names = [name for name in held.namelist() if name.startswith(inside) and name.endswith(".xml")]
        words = "".join(re.sub(r"<[^>]*>", "", held.read(name).decode("utf-8")) for name in names)
    return "".join(html.unescape(words).split())


def check(folder: Path, typed: dict[str, str]) -> None:
    """Every item has progress in each of the twelve months, every figure at its own frequency, all as typed."""
    desk = open_desk(folder, CLERK, PASSWORD)
    try:
        months: dict[str, set[str]] = {}
        held: dict[str, int] = {}
        kept = {}
        for record, values in records.find(desk, "progress")[0]:
            months.setdefault(str(values["item"]), set()).add(str(values["period"]))
            kept[record] = str(values["done"])
        for record, values in records.find(desk, "measure")[0]:
            held[str(values["indicator"])] = held.get(str(values["indicator"]), 0) + 1
            kept[record] = str(values["value"])
        assert set(months) == {item.key for item in desk.plan.items} and len(months) == 68
        assert all(len(each) == 12 for each in months.values())
        assert {record: kept.pop(record) for record in typed} == typed
        assert list(kept.values()) == ["市级推进中"] * 12 * len(OF_THE_CITY)
        counts = {"month": 12, "quarter": 4, "year": 1}
        for record, values in records.find(desk, "indicator")[0]:
            if values.get("item") and not values.get("derived") and values.get("kind") != "qualitative":
                assert held.get(record) == counts[str(values["frequency"])], values["name"]
    finally:
        desk.close()
