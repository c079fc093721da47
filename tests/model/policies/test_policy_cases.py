"""The plan's figures, case by case, against amounts worked out by hand."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.model.policies import subsidy

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
COMPUTED = {1, 10, 14, 18, 19, 20, 21, 22, 24, 25}


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-p{case['policy']}-{case['why']}" for i, case in enumerate(CASES)])
def test_hand_worked(case: dict[str, object]) -> None:
    facts = json.loads(str(case["facts"]), parse_float=Decimal)
    given = subsidy(int(str(case["policy"])), facts, on=None if "on" in facts else date(2024, 8, 1)).to_json()

    assert given["amount"] == case.get("amount")
    assert given["up_to"] == case.get("up_to")
    wanted = case.get("reasons", [])
    reasons = given["reasons"]
    assert len(reasons) == len(wanted)
    for part, reason in zip(wanted, reasons, strict=True):
        assert reason == part[1:] if part.startswith("=") else part in reason
    texts = "\n".join(str(step["text"]) for step in given["steps"])
    for part in case.get("says", []):
        assert part in texts


def test_every_computed_policy_has_cases_and_there_are_enough() -> None:
    assert {case["policy"] for case in CASES} == COMPUTED
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", [c for c in CASES if "amount" in c or "up_to" in c], ids=lambda c: str(c["why"]))
def test_the_steps_lead_to_the_amount(case: dict[str, object]) -> None:
    """The last step with an amount of each part, held down by caps, adds up to what is paid."""
    facts = json.loads(str(case["facts"]), parse_float=Decimal)
    given = subsidy(int(str(case["policy"])), facts, on=None if "on" in facts else date(2024, 8, 1)).to_json()
    paid = sum((Decimal(part["amount"]) for part in given["parts"] if "amount" in part), Decimal(0))
    upper = sum((Decimal(part["up_to"]) for part in given["parts"] if "up_to" in part), Decimal(0))
    assert paid == Decimal(given["amount"] or 0)
    assert upper == Decimal(given["up_to"] or 0)
    for step in given["steps"]:
        if "amount" in step and step["kind"] != "note":
            assert f"{Decimal(step['amount']):,.2f}" in step["text"]
