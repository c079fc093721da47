"""Claims: drafted with their arithmetic, warned when twice, moved with checks, added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.actions import claims, records
from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from tests.conftest import enterprise, project

ON = date(2026, 11, 24)
LINE = {"upgrade_kind": "line", "equipment_paid": "26500000"}
USCC = "91370000MA0000000P"


def _values(desk: Desk, claim: str) -> dict[str, object]:
    return dict(desk.store.records.values("claim", [claim])[claim])


def test_a_draft_keeps_amount_and_arithmetic(desk: Desk) -> None:
    held = project(desk, **LINE)
    made = claims.draft_from(desk, 1, held, "2026", on=ON)
    values = _values(desk, made.claim)
    assert values["computed"] == 318_000_000 and values["claimed"] is None
    assert values["applicant"] == "示例重工有限公司" and values["applicant_kind"] == "enterprise"
    assert values["projects"] == f'["{held}"]' and values["sites"] is None and values["state"] == "draft"
    text = str(values["explanation"])
    assert "26,500,000.00 元" in text and "12%" in text and "3,180,000.00 元" in text
    assert "济政发〔2024〕9号" in text and "规则版本 2024.1" in text and "各项不代表可叠加享受" in text
    assert "上限使用：智能化改造合计 3,180,000.00 元" in text
    assert not made.warnings


def test_a_draft_of_facts_without_a_record(desk: Desk) -> None:
    made = claims.draft_from(desk, 14, period="2026", facts={"townships": "4", "streets": "8"}, on=ON)
    values = _values(desk, made.claim)
    assert values["computed"] == 64_000_000 and values["applicant_kind"] == "township" and values["applicant"] is None
    cars = claims.draft_from(
        desk, 20, period="2024", on=date(2024, 8, 1),
        facts={"vehicle": "nev", "price": "150000", "passenger": True, "replaced": True},
    )  # fmt: skip
    assert _values(desk, cars.claim)["applicant_kind"] == "persons"


def test_what_gives_nothing_is_refused_with_its_reason(desk: Desk) -> None:
    held = project(desk, upgrade_kind="line", fund_loan="20000000", fund_own="28000000")
    with pytest.raises(Refused, match="缺少“一年期 LPR”"):
        claims.draft_from(desk, 24, held, "2026", on=ON)
    with pytest.raises(Refused, match="不在有效期"):
        claims.draft_from(
            desk, 20, facts={"vehicle": "nev", "price": "1", "passenger": True, "replaced": True}, period="2026", on=ON
        )
    assert records.find(desk, "claim")[1] == 0


def test_an_upper_bound_is_no_amount(desk: Desk) -> None:
    made = claims.draft_from(desk, 10, facts={"gain": "1000000"}, period="2026", on=ON)
    values = _values(desk, made.claim)
    assert values["computed"] is None
    assert "300,000.00 元—500,000.00 元" in str(values["explanation"])


def test_a_record_claimed_twice_is_said(desk: Desk) -> None:
    held = project(desk, **LINE)
    first = claims.draft_from(desk, 1, held, "2026", on=ON)
    second = claims.draft_from(desk, 1, held, "2026", on=ON)
    assert len(second.warnings) == 1 and "已经申报过" in second.warnings[0] and "草稿" in second.warnings[0]
    assert set(claims.doubles(desk)) == {first.claim, second.claim}
    assert claims.claimed_before(desk, first.claim)
    other = claims.draft_from(desk, 10, held, "2026", facts={"gain": "1"}, on=ON)
    assert any("另一条政策" in words and "叠加" in words for words in other.warnings)
    claims.advance(desk, second.claim, "withdrawn", why="重复")
    assert claims.doubles(desk) == {}


def test_a_claim_goes_from_draft_to_paid(desk: Desk) -> None:
    owner = enterprise(desk)
    made = claims.draft_from(desk, 1, project(desk, **LINE), "2026", on=ON).claim
    with pytest.raises(Refused, match="不能改为“已拨付”"):
        claims.advance(desk, made, "paid")
    with pytest.raises(Refused, match="统一社会信用代码"):
        claims.advance(desk, made, "accepted", {"claimed": 318_000_000})
    records.put(desk, "enterprise", [{"id": owner, "uscc": USCC}])
    with pytest.raises(Refused, match="申报金额"):
        claims.advance(desk, made, "accepted")
    claims.advance(desk, made, "accepted", {"claimed": 318_000_000})
    claims.advance(desk, made, "reviewing")
    with pytest.raises(Refused, match="公示开始"):
        claims.advance(desk, made, "public")
    claims.advance(desk, made, "public", {"public_from": "2020-01-02", "public_to": "2020-01-08"})
    with pytest.raises(Refused, match="核定金额"):
        claims.advance(desk, made, "approved")
    claims.advance(desk, made, "approved", {"approved_amount": 300_000_000})
    over = {"paid_amount": 300_000_001, "paid_on": "2020-02-01", "pay_doc": "示财〔2020〕0号"}
    with pytest.raises(Refused, match="大于核定金额"):
        claims.advance(desk, made, "paid", over)
    claims.advance(desk, made, "paid", {**over, "paid_amount": 300_000_000})
    with pytest.raises(Refused, match="没有下一步"):
        claims.advance(desk, made, "withdrawn", why="晚了")


def test_a_notice_that_runs_is_waited_for_and_a_refusal_says_why(desk: Desk) -> None:
    owner = enterprise(desk, uscc=USCC)
    assert owner
    made = claims.draft_from(desk, 1, project(desk, **LINE), "2026", on=ON).claim
    claims.advance(desk, made, "accepted", {"claimed": 1})
    claims.advance(desk, made, "reviewing")
    claims.advance(desk, made, "public", {"public_from": "2020-01-02", "public_to": desk.names.today.isoformat()})
    with pytest.raises(Refused, match="才结束"):
        claims.advance(desk, made, "approved", {"approved_amount": 1})
    with pytest.raises(Refused, match="写明原因"):
        claims.advance(desk, made, "refused")
    claims.advance(desk, made, "refused", why="公示有异议，查实")
    claims.advance(desk, made, "draft")


def test_totals_leave_out_what_was_refused(desk: Desk) -> None:
    one = claims.draft_from(desk, 1, project(desk, **LINE), "2026", on=ON).claim
    two = claims.draft_from(desk, 1, project(desk, name="示例二", **LINE), "2025", on=ON).claim
    claims.draft_from(desk, 14, period="2026", facts={"townships": "1"}, on=ON)
    records.put(desk, "claim", [{"id": one, "claimed": "3000000"}])
    claims.advance(desk, two, "withdrawn", why="改报")
    by_policy = {total.label: total for total in claims.totals(desk, "policy")}
    assert len(by_policy) == 2
    first = next(total for total in by_policy.values() if total.closed)
    assert (first.count, first.closed) == (1, 1)
    assert first.computed == Decimal("3180000.00") and first.claimed == Decimal("3000000.00")
    assert {total.key: total.count for total in claims.totals(desk, "period")} == {"2025": 0, "2026": 2}
    assert {total.label for total in claims.totals(desk, "applicant")} == {"示例重工有限公司", "未填"}
    assert claims.compared(_values(desk, one)) == "比测算少 180,000.00 元"
