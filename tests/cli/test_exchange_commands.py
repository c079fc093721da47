"""inbox, packages, peers, and what import answers when it is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.actions import exchange, setup
from desktop.cli.main import main
from tests.conftest import CLERK, PASSWORD, enterprise, project


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)

    def run(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main(["--data", str(tmp_path / "a"), "--user", CLERK, *words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A workbook of another office with one project, in 收件 of a stick; this office is empty."""
    desk, _ = setup.init(tmp_path / "a", district="379901", account=CLERK, password=PASSWORD, practice=True)
    desk.close()
    other, _ = setup.init(
        tmp_path / "b", district="379901", office="示例区工业和信息化局", account="王示例", password=PASSWORD,
        practice=True,
    )  # fmt: skip
    enterprise(other)
    project(other)
    path = tmp_path / "stick" / "收件" / "工信局.xlsx"
    path.parent.mkdir(parents=True)
    exchange.export(other, path, forms=["project", "enterprise"])
    other.close()
    return path


def test_a_stick_its_history_and_its_source(call: Any, sent: Path) -> None:
    (file,) = call("inbox", str(sent.parent.parent))["files"]
    assert (file["state"], file["folder"], file["peer"], file["new_records"]) == ("new", "收件", "unknown", 2)
    refused = call("import", str(sent), code=1)
    assert (refused["added"], refused["changed"], refused["conflicts"]) == (2, 0, [])
    assert refused["peer"]["name"] == "示例区工业和信息化局" and "指纹" in refused["message"]
    assert call("import", str(sent), "--accept-peer")["added"] == 2
    assert call("inbox", str(sent.parent.parent))["files"][0]["state"] == "read"
    (line,) = call("packages", "--peer", "示例区工业和信息化局")["packages"]
    assert (line["direction"], line["records"], line["file"]) == ("in", 2, "工信局.xlsx")
    (peer,) = call("peers")["peers"]
    assert peer["fingerprint"] == file["fingerprint"]
    assert "原因" in call("peers", "revoke", peer["name"], code=1)["message"]
    assert call("peers", "revoke", peer["name"], "--why", "电脑报废")["peers"] == []


def test_a_refused_import_says_what_it_would_have_done(call: Any, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book["项目清单"]
    at = {str(cell.value).partition("（")[0]: cell.column for cell in sheet[1]}
    sheet.cell(2, at["总投资"]).value = "约三千"
    book.save(sent)
    done = call("import", str(sent), "--accept-peer", code=1)
    assert (done["added"], done["unchanged"], done["conflicts"]) == (2, 0, [])
    assert [each["field"] for each in done["errors"]] == ["total_investment"]
    assert Path(done["annotated"]).is_file() and done["peer"]["known"] is False
    sent.write_bytes(b"")
    faulty = call("import", str(sent), code=1)
    assert (faulty["added"], faulty["conflicts"], faulty["peer"], faulty["annotated"]) == (0, [], None, None)
    assert "0 字节" in faulty["errors"][0]["message"]
