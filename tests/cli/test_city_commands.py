"""The city's commands and those around delivery, as a script sees them: exit codes and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.actions import authority
from tests.cli.conftest import SECRET


def test_trust_collect_and_roll_up(folders: Any, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    authority.create(papers, name="练习根证书", office="练习用证书机构", password=SECRET)
    assert folders("city", "init", "--district", "379900", "--name", "示例市", "--practice")[0] == 0
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "杂.pdf").write_bytes(b"no pdf")
    code, _, told = folders("city", "collect", stick)
    assert code == 1 and "还没有收下根证书" in told
    code, kept, _ = folders("city", "trust", "add", *(papers / each for each in authority.FILES))
    assert code == 0 and [each["kind"] for each in kept["kept"]] == ["root", "crl", "register"]
    code, found, told = folders("city", "collect", stick)
    assert code == 0 and "1/1 杂.pdf" in told
    assert [(each["outcome"], bool(each["reasons"])) for each in found["files"]] == [("invalid", True)]
    code, standing, _ = folders("city", "collected", "2026-11", "--due", "2000-01-01")
    assert [(each["district"], each["state"], each["late"]) for each in standing["districts"]] == [
        ("379901", "missing", True)
    ]
    code, rolled, _ = folders("city", "rollup", "2026-11")
    assert code == 0 and rolled["districts"] == [] and rolled["total"]["projects"] is None
    code, _, told = folders("city", "receipt", "make", "00000000", "--verdict", "accepted", "--certificate", "x.p12",
                        "--out", tmp_path)  # fmt: skip
    assert code == 1 and "没有数据校验码" in told
    code, verdict, _ = folders("city", "verify", stick / "杂.pdf")
    assert code == 1 and verdict["verdict"] == "invalid"


def test_periods_and_attachments(folders: Any, tmp_path: Path) -> None:
    folders("district", "init", "--district", "379901", "--practice")
    data = tmp_path / "row.json"
    data.write_text(json.dumps({"item": "task-42", "unit": "示例区商务局", "period": "2026-10", "state": "going",
                                "done": "示例"}), encoding="utf-8")  # fmt: skip
    record = folders("district", "put", "progress", data)[1]["ids"][0]
    (tmp_path / "示例.txt").write_text("佐证", encoding="utf-8")
    code, made, _ = folders("district", "attach", "progress", record, tmp_path / "示例.txt")
    assert code == 0 and len(made["digest"]) == 64
    code, back, _ = folders("district", "attachment", made["digest"], "--out", tmp_path / "back.txt")
    assert code == 0 and back["sha256"] == made["digest"]
    code, closed, _ = folders("district", "period", "close", "2026-10")
    assert (code, closed["state"]) == (0, "closed")
    code, bad, told = folders("district", "put", "progress", data)
    assert code == 1 and bad["errors"][0]["field"] == "period" and "已关账" in told
    assert folders("district", "period", "open", "2026-10")[0] == 1
    code, opened, _ = folders("district", "period", "open", "2026-10", "--why", "更正")
    assert (code, opened["state"]) == (0, "open")
    assert folders("district", "period", "list", "2026-10")[1]["changed_after_closing"] == []
    assert folders("district", "deliver", record)[0] == 1
