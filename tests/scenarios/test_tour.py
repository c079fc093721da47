"""The tour does the whole main job by itself, and what it leaves behind is what it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import checking, conflicts, exchange, practice, records, submissions
from desktop.actions.desk import Desk, open_desk
from desktop.actions.tour import Toured, tour
from desktop.actions.tour.folders import Folders
from desktop.actions.tour.hand import retype
from desktop.actions.tour.offices import FIRST, SECOND
from desktop.excel.read import read_workbook
from desktop.model.errors import Refused
from desktop.store import keys
from tests.conftest import enterprise, project

pytestmark = pytest.mark.xdist_group("tour")


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Toured, list[str]]]:
    """One tour without screens for all tests of this file: where, what it answered, what it told."""
    out, told = tmp_path_factory.mktemp("tour") / "演示", list[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESK_PROFILE", str(tmp_path_factory.mktemp("profile")))
        patch.setenv("DESK_NOW", "2026-11-24T09:30:00+08:00")
        patch.setattr(keys, "KDF", {"time_cost": 1, "memory_cost": 8192, "parallelism": 1})
        done = tour(out, told.append, screens=False)
        yield out, done, told


def at_office(out: Path, name: str) -> Desk:
    return open_desk(out / "data" / name, practice.ACCOUNT, practice.PASSWORD)


class TestTheTour:
    def test_every_path_it_names_is_there(self, gone: tuple[Path, Toured, list[str]]) -> None:
        out, done, told = gone
        assert all(Path(path).is_file() for path in done.paths)
        listed = json.loads((out / "tour.json").read_text(encoding="utf-8"))
        assert listed["finished"] and set(listed["paths"]) | set(done.files["list"]) == set(done.paths)
        assert {name: len(paths) for name, paths in done.files.items()} == {
            "workbooks": 6, "pdf": 9, "certificates": 4, "verdicts": 2, "list": 1,
        }  # fmt: skip
        assert told and all(any("一" <= sign <= "鿿" for sign in sentence) for sentence in told)

    def test_one_conflict_was_opened_decided_and_known_to_both(self, gone: tuple[Path, Toured, list[str]]) -> None:
        out, done, _ = gone
        (conflict,) = done.conflicts
        assert (conflict["field"], conflict["mine"], conflict["theirs"]) == ("finish", "2027-02", ["2027-03"])
        assert conflict["who"] == ["李示例", "王示例"]
        for office in (FIRST, SECOND):
            desk = at_office(out, office)
            assert conflicts.conflicts_of(desk) == []
            assert records.get(desk, "project", conflict["record"])["finish"] == "2027-03"
            desk.close()

    def test_the_second_office_holds_all_the_first_sent(self, gone: tuple[Path, Toured, list[str]]) -> None:
        out, _, _ = gone
        desk = at_office(out, SECOND)
        assert desk.office == f"示例{SECOND}" and desk.district_name == "示例区"
        assert len(records.find(desk, "project")[0]) == 30 and len(records.find(desk, "site")[0]) >= 12
        desk.close()

    def test_the_hand_outside_changed_one_cell_and_was_refused_one(self, gone: tuple[Path, Toured, list[str]]) -> None:
        out, done, _ = gone
        edited = done.imports["5-长风镇填写后交回.xlsx"]
        assert edited["changed"] == 1 and [error["value"] for error in edited["errors"]] == ["约八百七"]
        desk = at_office(out, FIRST)
        saved = {values["name"]: values["energy_saved"] for _, values in records.find(desk, "project")[0]}
        desk.close()
        assert (saved["铸造车间中频电炉更新"], saved["窑炉富氧燃烧与脱硝更新"]) == ("620", "864")

    def test_the_report_went_through_three_hands(self, gone: tuple[Path, Toured, list[str]]) -> None:
        out, done, _ = gone
        desk = at_office(out, FIRST)
        (line,) = submissions.submissions(desk)
        report = submissions.find(desk, line.id)
        desk.close()
        assert (report.prepared_by, report.reviewed_by, report.signed_by) == ("李示例", "赵示例", "孙示例")
        assert report.state == "delivered" and not submissions.blocking(report)
        stick = next(Path(path) for path in done.files["pdf"] if "/stick/" in path)
        assert stick.read_bytes() == report.pdf

    def test_the_verdicts_hold_when_checked_again(self, gone: tuple[Path, Toured, list[str]]) -> None:
        out, done, _ = gone
        trust = out / "certificates"

        def again(name: str) -> dict[str, Any]:
            found = checking.verify(
                out / "pdf" / name,
                roots=[trust / "root.pem"],
                register=trust / "register.json",
                crls=[trust / "crl.pem"],
            )
            return checking.verdict_json(found)

        good = json.loads((out / "verdict.json").read_text(encoding="utf-8"))
        assert again("月度报送（已签名）.pdf") == good
        assert (good["verdict"], good["pages"], good["practice"]) == ("valid", "equal", True)
        assert again("月度报送（改过一个字节）.pdf")["verdict"] == done.changed == "invalid"

    def test_a_second_tour_takes_the_place_of_the_first(self, tmp_path: Path) -> None:
        out = tmp_path / "again"
        Folders(out).begin()
        (out / "workbooks" / "旧.xlsx").write_text("旧")
        Folders(out).begin()
        assert list((out / "workbooks").iterdir()) == []


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "要紧.txt").write_text("不要动")
    with pytest.raises(Refused, match="有别的文件"):
        tour(tmp_path, print, screens=False)
    assert [path.name for path in tmp_path.iterdir()] == ["要紧.txt"]


def test_a_hand_outside_changes_its_cell_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    enterprise(desk)
    record = project(desk)
    exchange.export(desk, tmp_path / "out.xlsx", forms=["project"])
    read = exchange.read(desk, tmp_path / "out.xlsx")
    layout = next(each for each in read.reading.layouts if each.form.name == "project")
    cell = layout.address(layout.head + 1, "note")
    retype(tmp_path / "out.xlsx", tmp_path / "edited.xlsx", layout.sheet.name, {cell: "<写在外面> & 交回"})
    before, after = (read_workbook(tmp_path / name).sheets for name in ("out.xlsx", "edited.xlsx"))
    differing = [
        (old.name, row, column)
        for old, new in zip(before, after, strict=True)
        for row, cells in enumerate(old.rows)
        for column, value in enumerate(cells)
        if new.cell(row, column) != value
    ]
    assert len(differing) == 1 and differing[0][0] == layout.sheet.name
    exchange.apply(desk, exchange.read(desk, tmp_path / "edited.xlsx"))
    assert records.get(desk, "project", record)["note"] == "<写在外面> & 交回"
    with pytest.raises(Refused, match="ZZ999"):
        retype(tmp_path / "out.xlsx", tmp_path / "x.xlsx", layout.sheet.name, {"ZZ999": "没有"})


@pytest.mark.slow
def test_the_command_answers_with_one_document(tmp_path: Path) -> None:
    environment = {**os.environ, "DESK_NOW": "2026-11-24T09:30:00+08:00", "DESK_PROFILE": str(tmp_path / "profile")}
    command = [sys.executable, "-m", "desktop", "tour", "--out", str(tmp_path / "t"), "--no-screens", "--json"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200, check=False)
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    assert answer["verdict"] == "valid" and answer["changed"] == "invalid" and len(answer["conflicts"]) == 1
    assert "赵示例审核" in ended.stderr
    shutil.rmtree(tmp_path / "t")
