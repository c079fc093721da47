"""The command line as a script sees it: processes, exit codes, JSON on stdout, sentences on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLERK = "李示例"


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Run a command on the folder `tmp_path/data`; returns (exit code, JSON of stdout or None, stderr)."""
    env = {
        **os.environ,
        "DESK_PASSWORD": "示例密码一二三四",
        "DESK_PROFILE": str(tmp_path / "profile"),
        "DESK_NEW_PASSWORD": "示例密码五六七八",
    }

    def call(*words: str, stdin: object = None, user: str = CLERK, **more: str) -> tuple[int, Any, str]:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--data", str(tmp_path / "data"), "--user", user, *words, "--json"],
            input=json.dumps(stdin) if stdin is not None else None, env={**env, **more}, cwd=ROOT,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    return call


def test_plan_and_forms_need_no_data(run: Any) -> None:
    code, plan, _ = run("plan")
    assert code == 0
    assert (len(plan["goals"]), len(plan["tasks"]), len(plan["policies"])) == (8, 60, 26)
    assert plan["document"]["number"] == "济政发〔2024〕9号"
    code, form, _ = run("forms", "project")
    assert code == 0 and form["name"] == "project"
    money = next(each for each in form["fields"] if each["name"] == "total_investment")
    assert money == {"name": "total_investment", "label": "总投资", "type": "money", "unit": "万元", "required": True}


def test_a_districts_first_records(run: Any) -> None:
    code, made, _ = run("init", "--district", "370102")
    assert code == 0 and made["district"] == "370102" and len(made["recovery_key"].split("-")) == 8
    code, _, err = run("init", "--district", "370102")
    assert code == 1 and "没有覆盖" in err
    code, accounts, _ = run("account", "add", "赵示例", "--roles", "review")
    assert code == 0 and [each["name"] for each in accounts["accounts"]] == [CLERK, "赵示例"]
    code, saved, _ = run("put", "enterprise", "-", stdin=[{"name": "示例重工有限公司"}, {"name": "样例热力有限公司"}])
    assert code == 0 and len(saved["ids"]) == 2 and saved["warnings"] == []
    code, found, _ = run("list", "enterprise", "--search", "slzg")
    assert code == 0 and found["total"] == 1 and found["records"][0]["id"] == saved["ids"][0]
    code, bad, err = run("put", "project", "-", stdin={"name": "缺项目单位"})
    assert code == 1
    assert {"index", "field", "value", "message"} <= set(bad["errors"][0])
    assert any(each["field"] == "enterprise" for each in bad["errors"]) and "没有保存" in err
    code, changes, _ = run("delete", "enterprise", saved["ids"][1], "--why", "重复登记")
    assert code == 0 and changes["changes"][-1]["why"] == "重复登记"
    code, kept, _ = run("history", "enterprise", saved["ids"][1])
    assert code == 0 and {"field", "old", "new", "who", "when", "stamp"} <= set(kept["changes"][0])
    code, health, _ = run("check")
    assert code == 0 and health == {"ok": True, "findings": []}
    code, _, err = run("list", "enterprise", DESK_PASSWORD="错的密码一二三四")
    assert code == 1 and "账号或密码不对" in err


def test_wrong_usage_is_two_and_a_lost_folder_is_one_sentence(run: Any) -> None:
    code, told, err = run("fly")
    assert code == 2 and "没有这个命令 fly" in err and "没有这个命令 fly" in told["errors"][0]["message"]
    assert run("put", "project")[0] == 2
    code, answer, err = run("list", "project")
    assert code == 1 and "没有两新工作台的数据" in err and answer["errors"]


def test_bad_json_is_refused_in_chinese(run: Any, tmp_path: Path) -> None:
    run("init", "--district", "370102")
    (tmp_path / "bad.json").write_text('{"name": }', encoding="utf-8")
    code, _, err = run("put", "enterprise", str(tmp_path / "bad.json"))
    assert code == 1 and "不是可读的 JSON（第 1 行第 10 个字附近）" in err
    code, _, err = run("put", "enterprise", str(tmp_path / "none.json"))
    assert code == 1 and "找不到文件" in err


def test_subsidy_computes_without_data(run: Any) -> None:
    facts = {"projects": [{"kind": "line", "equipment": "36800000", "software": "0"}]}
    code, result, _ = run("subsidy", "1", "-", stdin=facts)
    assert code == 0 and result["amount"] == "4416000.00" and result["clause"] and result["document"]


def test_backup_and_restore(run: Any, tmp_path: Path) -> None:
    run("init", "--district", "370102")
    saved = run("put", "enterprise", "-", stdin={"name": "示例重工有限公司"})[1]["ids"][0]
    code, made, _ = run("backup", str(tmp_path / "stick.deskbackup"))
    assert code == 0 and made["records"] > 100
    run("delete", "enterprise", saved, "--why", "误删")
    assert run("list", "enterprise")[1]["total"] == 0
    code, back, _ = run("restore", str(tmp_path / "stick.deskbackup"))
    assert code == 0 and back["records"] == made["records"]
    assert run("list", "enterprise")[1]["total"] == 1
