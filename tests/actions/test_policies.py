"""Policies over records: rules in force, the LPR, caps used by claims, which records qualify."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.actions import claims, policies, records
from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from tests.conftest import enterprise, project

ON = date(2026, 11, 24)
LINE = {"upgrade_kind": "line", "equipment_paid": "26500000"}  # 2,650 万元
USCC = "91370000MA0000000P"


def _policy(desk: Desk, number: int) -> str:
    return records.find(desk, "policy", where={"number": str(number)})[0][0][0]


def _matched(desk: Desk, record: str, number: int, form: str = "project", **more: Any) -> Any:
    return next(m for m in policies.match_record(desk, form, record, ON, **more) if m.rule.number == number)


def _amount(match: Any) -> str:
    assert match.result is not None, match.missing
    return f"{match.result.amount:.2f}"


def test_the_office_says_what_is_in_force(desk: Desk) -> None:
    assert policies.rules_in_force(desk, ON).find(1).status == "unknown"
    # 待核 in the record is no word against the rule's own status
    assert policies.rules_in_force(desk, ON).find(18).status == "current"
    records.put(desk, "policy", [{"id": _policy(desk, 1), "status": "expired"}])
    result = policies.compute(desk, 1, {"projects": [{"kind": "line", "equipment": "1000000"}]}, ON)
    assert result.amount is None and result.reasons == ("依据文件不在有效期，须核对现行政策",)


def test_a_later_policy_replaces_the_one_it_names(desk: Desk) -> None:
    later = {"title": "示例技改奖补办法", "doc_no": "示财〔2026〕0号", "text": "示例条文", "from": "2026-06-01"}
    records.put(desk, "policy", [{**later, "replaces": _policy(desk, 1)}])
    facts = {"projects": [{"kind": "line", "equipment": "1000000"}]}
    assert str(policies.compute(desk, 1, facts, date(2026, 5, 31)).amount) == "120000.00"
    after = policies.compute(desk, 1, facts, ON)
    assert after.amount is None
    assert any("示例技改奖补办法”（示财〔2026〕0号）替代" in step.text for step in after.steps)
    listed = {line.title: line for line in policies.policies(desk, ON)}
    assert listed["技术改造投资补贴"].closed and listed["示例技改奖补办法"].kind == "clause"


def test_a_last_day_typed_by_the_office_ends_the_rule(desk: Desk) -> None:
    records.put(desk, "policy", [{"id": _policy(desk, 10), "to": "2026-06-30"}])
    assert policies.compute(desk, 10, {"gain": "100"}, date(2026, 6, 30)).up_to is not None
    assert policies.compute(desk, 10, {"gain": "100"}, date(2026, 7, 1)).up_to is None


def test_a_rule_file_of_the_office_is_used(desk: Desk) -> None:
    folder = desk.store.folder / "policies"
    folder.mkdir()
    (folder / "shili-2026.toml").write_text(
        'rule = "shili-2026"\ntitle = "示例补贴"\nclause = "每个网点 500 元。"\ndocument = "示〔2026〕0号"\n'
        'document_title = "示例办法"\nyear = 2026\nversion = "2026.1"\nstatus = "current"\n'
        '[facts.sites]\nlabel = "网点数"\ntype = "count"\n'
        '[[parts]]\nname = "sites"\ntitle = "网点"\nquote = "每个网点 500 元"\n'
        'factors = [{ fact = "sites" }, { value = 500, unit = "元/个" }]\n',
        encoding="utf-8",
    )
    assert str(policies.compute(desk, "shili-2026", {"sites": "3"}, ON).amount) == "1500.00"
    assert policies.policies(desk, ON)[-1].key == "shili-2026"


def test_the_lpr_is_the_newest_not_later_than_the_day(desk: Desk) -> None:
    assert policies.lpr(desk, ON) is None
    rows = [("2026-09-21", "3.1"), ("2026-11-20", "3"), ("2026-12-21", "2.9")]
    records.put(desk, "lpr", [{"published": day, "one_year": rate} for day, rate in rows])
    assert policies.lpr(desk, ON) == ("3", "2026-11-20")
    assert policies.lpr(desk, date(2026, 10, 1)) == ("3.1", "2026-09-21")
    assert policies.lpr(desk, date(2026, 9, 20)) is None
    loan = project(desk, fund_loan="20000000", fund_own="28000000", loan_years="3")
    assert _amount(_matched(desk, loan, 24)) == "630000.00"  # 2,000 万 × 3% × 35% × 3


def test_values_not_saved_yet_count(desk: Desk) -> None:
    owner = enterprise(desk)
    held = project(desk, **LINE)
    assert _amount(_matched(desk, held, 1)) == "3180000.00"
    assert _amount(_matched(desk, held, 1, changed={"equipment_paid": 100_000_000})) == "120000.00"
    new = {"upgrade_kind": "ordinary", "stage": "building", "equipment_paid": 100_000_000, "enterprise": owner}
    assert _amount(_matched(desk, "", 1, changed=new)) == "100000.00"
    with pytest.raises(Refused, match="不能匹配"):
        policies.match_record(desk, "claim", held, ON)


def test_claims_of_the_period_use_up_the_cap_of_the_enterprise(desk: Desk) -> None:
    owner = enterprise(desk, uscc=USCC)
    first = project(desk, name="示例一", upgrade_kind="factory", equipment_paid="90000000", total_investment="90000000",
                    equipment_investment="90000000", fund_own="90000000")  # 20% = 1,800 万  # fmt: skip
    second = project(desk, name="示例二", **LINE)  # 318 万
    plain = project(desk, name="示例三", upgrade_kind="ordinary", equipment_paid="26500000")
    made = claims.draft_from(desk, 1, first, "2026", on=ON)
    held = _matched(desk, second, 1)
    assert _amount(held) == "2000000.00"
    assert any("已使用 18,000,000.00 元，余额 2,000,000.00 元" in step.text for step in held.result.steps)
    assert _amount(_matched(desk, first, 1)) == "18000000.00"  # its own claim asks for the same money
    assert _amount(_matched(desk, plain, 1)) == "2650000.00"  # the other class has its own cap
    assert _amount(_matched(desk, owner, 1, form="enterprise")) == "22650000.00"
    assert _amount(_matched(desk, second, 1, period="2025")) == "3180000.00"
    records.put(desk, "claim", [{"id": made.claim, "approved_amount": "17000000", "claimed": "18000000"}])
    assert _amount(_matched(desk, second, 1)) == "3000000.00"
    claims.advance(desk, made.claim, "withdrawn", why="材料不全")
    assert _amount(_matched(desk, second, 1)) == "3180000.00"


def test_a_claim_typed_by_hand_is_split_over_the_caps_by_its_records(desk: Desk) -> None:
    owner = enterprise(desk, "示例再生资源有限公司", direct_outlets="12", platform_registered=True)
    site = {"operator": owner, "address": "示例路", "state": "open", "opened": "2026-03-01", "direct": True}
    rows = [{"name": f"示例站{n}", "kind": "fixed", "area": "60", **site} for n in range(15)]
    mobile = {"name": "流动", "kind": "mobile", "communities": "26", "service_months": "14", "trucks": "6",
              "investment": "420000", "compliant": True, **site}  # fmt: skip
    ids = records.put(desk, "site", [*rows, mobile]).ids
    records.put(
        desk, "claim",
        [{"policy": _policy(desk, 22), "applicant_kind": "enterprise", "applicant": "示例", "enterprise": owner,
          "sites": ids[:14], "period": "2026", "claimed": "140000"}],
    )  # fmt: skip
    held = _matched(desk, ids[15], 22, form="site")
    assert _amount(held) == "60000.00"  # 84,000, but only 60,000 of the 200,000 are left
    caps = {cap.name: cap.already for cap in held.result.caps}
    assert caps["sites"] == 140000 and caps["mobile"] == 0


def test_which_records_qualify(desk: Desk) -> None:
    good = project(desk, **LINE)
    lacking = project(desk, name="缺数", upgrade_kind="line", equipment_investment="1", software="0")
    project(desk, name="非技改", upgrade_kind="none")
    found = policies.qualify(desk, 1, ON)
    named = [(each.form, each.record) for each in found]
    assert ("project", good) in named and ("project", lacking) in named and len(named) == 3
    assert found[-1].form == "enterprise" and found[-1].match.result is not None
    assert policies.facts_from(desk, 1, "project", good, on=ON).facts["projects"][0]["kind"] == "line"  # type: ignore[index]
