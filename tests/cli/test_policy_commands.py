"""The policies on the command line: the hand-worked amounts, matching, and a claim from draft to paid."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import setup
from desktop.cli.main import main
from tests.conftest import CLERK, PASSWORD, project_data

CASES = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "model" / "policies" / "cases.toml").read_text(encoding="utf-8")
)["case"]
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)

    def call(*words: str, facts: object = None) -> tuple[int, Any]:
        if facts is not None:
            (tmp_path / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
            words = tuple(str(tmp_path / "facts.json") if word == "FILE" else word for word in words)
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "data"), "--user", CLERK, *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_subsidy_gives_the_hand_worked_amounts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for case in CASES:
        facts = {"on": "2024-08-01", **json.loads(case["facts"])}
        code, given = run("subsidy", str(case["policy"]), "FILE", facts=facts)
        assert (code, given["amount"], given["up_to"]) == (0, case.get("amount"), case.get("up_to")), case["why"]
        assert len(given["reasons"]) == len(case.get("reasons", []))


@pytest.fixture
def upgrade(tmp_path: Path, run: Run) -> str:
    """A line upgraded for 3,680 万 of paid equipment, in the folder `run` works on."""
    desk, _ = setup.init(tmp_path / "data", district="379901", account=CLERK, password=PASSWORD, practice=True)
    desk.close()
    owner = run("put", "enterprise", "FILE", facts={"name": "示例重工有限公司", "uscc": "91350100M000100Y43"})[1][
        "ids"
    ][0]
    row = project_data(owner, upgrade_kind="line", equipment_paid="36800000", stage="completed", finish="2026-10")
    return str(run("put", "project", "FILE", facts=row)[1]["ids"][0])


def test_a_project_is_matched_and_each_policy_stands_alone(run: Run, upgrade: str) -> None:
    code, found = run("match", "project", upgrade)
    assert code == 0 and found["note"] == "各项不代表可叠加享受"
    first = next(each for each in found["matches"] if each["number"] == 1)
    assert first["state"] == "computed" and first["result"]["amount"] == "4416000.00"
    code, qualified = run("qualify", "1")
    assert code == 0 and [each["id"] for each in qualified["records"] if each["form"] == "project"] == [upgrade]
    code, told = run("match", "project", "nowhere")
    assert code == 1 and "没有这条项目" in told["message"]
    code, listed = run("policies")
    assert code == 0 and len(listed["policies"]) == 26


def test_a_claim_goes_from_draft_to_paid(run: Run, upgrade: str) -> None:
    code, made = run("claim", "draft", "1", upgrade, "--period", "2026")
    assert code == 0 and made["result"]["amount"] == "4416000.00"
    code, told = run("claim", "advance", made["id"], "paid")
    assert code == 1 and "不能改为" in told["message"]
    steps: list[tuple[str, list[str]]] = [
        ("accepted", ["claimed=4416000.00"]), ("reviewing", []),
        ("public", ["public_from=2026-01-04", "public_to=2026-01-12"]), ("approved", ["approved_amount=4416000.00"]),
        ("paid", ["paid_amount=4416000.00", "paid_on=2026-02-02", "pay_doc=示财字〔2026〕000号"]),
    ]  # fmt: skip
    for state, values in steps:
        code, shown = run("claim", "advance", made["id"], state, *(word for each in values for word in ("--set", each)))
        assert code == 0 and shown["state"] == state, shown
    code, totals = run("claim", "totals", "--by", "policy")
    assert code == 0 and totals["totals"][0]["paid_amount"] == "4416000.00"
    code, again = run("claim", "draft", "1", upgrade, "--period", "2026")
    assert code != 0 or again["warnings"]
