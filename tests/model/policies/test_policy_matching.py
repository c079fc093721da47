"""Which policies a stored record may have, why, what is missing, and what each would pay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.model.policies import load_rules
from desktop.model.policies.gathering import Case
from desktop.model.policies.matching import Match, match, match_all

ON = date(2026, 11, 24)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))

PROJECT: dict[str, object] = {
    "name": "示例重工产线更新",
    "kind": "upgrade",
    "sector": "industry",
    "upgrade_kind": "line",
    "stage": "operating",
    "equipment_investment": 150_000_000,  # 分：150 万元，含软件 50 万元
    "software": 50_000_000,
    "equipment_paid": 120_000_000,
    "fund_loan": 1_000_000_000,  # 1,000 万元
    "loan_years": "3",
}
OPERATOR: dict[str, object] = {
    "name": "示例再生资源有限公司",
    "taxpayer": "small_profit",
    "direct_outlets": 12,
    "platform_registered": 1,
}
FIXED: dict[str, object] = {
    "name": "示例街道第一回收站",
    "kind": "fixed",
    "state": "open",
    "area": "45",
    "direct": 1,
    "opened": "2026-03-01",
}
MOBILE: dict[str, object] = {
    "name": "示例流动站",
    "kind": "mobile",
    "state": "open",
    "communities": 12,
    "service_months": 14,
    "trucks": 3,
    "investment": 10_000_000,
    "compliant": 1,
}


def project(**change: object) -> Case:
    return Case("project", PROJECT | change, period=YEAR, lpr="3.45")


def found(case: Case, number: int, **more: Any) -> Match:
    given = {m.rule.number: m for m in match_all(case, on=ON, **more)}
    return given[number]


def amount(m: Match) -> str | None:
    assert m.result is not None
    value = m.result.to_json()["amount"]
    return value if value is None else str(value)


def test_a_project_is_matched_with_reasons_and_never_summed() -> None:
    matches = match_all(project(), on=ON)
    assert [m.rule.number for m in matches] == [1, 10, 12, 24, 25, 26]
    assert all(m.why for m in matches)
    states = {m.rule.number: m.state for m in matches}
    assert states == {1: "computed", 10: "missing", 12: "clause", 24: "computed", 25: "missing", 26: "clause"}
    assert all(m.to_json()["result"]["note"] == "各项不代表可叠加享受" for m in matches if m.result)


def test_actual_investment_counts_with_its_software_once() -> None:
    m = found(project(), 1)
    assert amount(m) == "144000.00"  # 实际完成 120 万元（含软件 50 万元）× 12%
    assert m.result is not None
    assert not m.result.estimate
    assert m.shared


def test_software_never_counts_beyond_what_was_paid() -> None:
    assert amount(found(project(equipment_paid=30_000_000), 1)) == "36000.00"  # 30 万元 × 12%


def test_a_planned_figure_is_an_estimate() -> None:
    m = found(project(equipment_paid=None), 1)
    assert amount(m) == "180000.00"  # 计划 150 万元 × 12%
    assert m.result is not None
    assert m.result.estimate
    assert "预估" in m.result.estimate_text


def test_an_ordinary_upgrade_counts_no_software() -> None:
    assert amount(found(project(upgrade_kind="ordinary"), 1)) == "70000.00"  # （120 − 50）万元 × 10%


def test_what_is_missing_is_named_with_its_place() -> None:
    m = found(project(loan_years=None), 24)
    assert m.state == "missing"
    assert [(x.fact, x.path) for x in m.missing] == [
        ("years", "project.loan_years"),
        ("medium_long", "project.loan_years"),
    ]
    no_lpr = found(Case("project", PROJECT, period=YEAR), 24)
    assert [x.path for x in no_lpr.missing] == ["office.lpr"]
    assert m.facts["principal"] == "10000000.00"


def test_a_short_loan_is_unmet_by_name() -> None:
    m = found(project(loan_years="1"), 24)
    assert m.state == "unmet"
    assert m.result is not None
    assert m.result.reasons == ("不是中长期贷款",)


def test_an_enterprise_counts_all_its_projects_under_one_cap() -> None:
    rows = [PROJECT | {"equipment_paid": cents, "software": None} for cents in (9_000_000_000, 9_000_000_000)]
    rows.append(PROJECT | {"stage": "stopped"})
    rows.append(PROJECT | {"upgrade_kind": "none"})
    case = Case("enterprise", OPERATOR, OPERATOR, projects=rows, period=YEAR)
    assert amount(found(case, 1)) == "20000000.00"  # 2 × 9,000 万元 × 12% = 2,160 万元
    assert not found(case, 1).shared


def test_what_was_used_before_comes_off() -> None:
    m = found(project(), 1, already={"policy-01": {"intelligent": "19900000"}})
    assert amount(m) == "100000.00"


def test_a_site_takes_its_operators_standing() -> None:
    m = found(Case("site", FIXED, OPERATOR, period=YEAR), 22)
    assert amount(m) == "9000.00"
    unregistered = found(Case("site", FIXED, OPERATOR | {"platform_registered": 0}, period=YEAR), 22)
    assert unregistered.state == "unmet"
    unknown = found(Case("site", FIXED, OPERATOR | {"platform_registered": None}, period=YEAR), 22)
    assert [x.path for x in unknown.missing] == ["enterprise.platform_registered"]
    nobody = found(Case("site", FIXED, None, period=YEAR), 22)
    assert [x.fact for x in nobody.missing] == ["operator"]


@pytest.mark.parametrize(("opened", "state"), [("2025-12-31", "unmet"), ("2026-01-01", "computed"), (None, "missing")])
def test_a_site_is_new_when_it_opened_in_the_period(opened: str | None, state: str) -> None:
    assert found(Case("site", FIXED | {"opened": opened}, OPERATOR, period=YEAR), 22).state == state


def test_mobile_sites_of_one_operator_count_together() -> None:
    case = Case("enterprise", OPERATOR, OPERATOR, sites=[MOBILE, MOBILE | {"service_months": 12}, FIXED], period=YEAR)
    m = found(case, 22)
    # 12 + 12 个小区，3 + 3 辆，（10 万 + 10 万）× 20% = 40,000；固定型站点 9,000
    assert amount(m) == "49000.00"
    alone = found(Case("site", MOBILE, OPERATOR, period=YEAR), 22)
    assert alone.state == "unmet"


def test_a_recognised_park_goes_into_up_to_only_in_its_period() -> None:
    park: dict[str, object] = {"name": "示例产业园", "kind": "park", "state": "open", "provincial": 1}
    m = found(Case("site", park | {"provincial_on": "2026-05-01"}, OPERATOR, period=YEAR), 22)
    assert m.result is not None
    assert m.result.to_json()["up_to"] == "300000.00"
    assert m.result.amount is None
    late = found(Case("site", park | {"provincial_on": "2025-05-01"}, OPERATOR, period=YEAR), 22)
    assert late.state == "missing"
    assert [x.fact for x in late.missing] == ["parks"]


def test_dates_are_kept() -> None:
    rule = load_rules().find(18)
    case = Case("site", FIXED | {"kind": "dismantler"}, OPERATOR, period=YEAR)
    late = match(rule, case, on=date(2028, 1, 1))
    assert late is not None
    assert late.state == "out_of_dates"


def test_records_of_another_kind_are_not_offered() -> None:
    assert found_numbers(project(sector="health", upgrade_kind="none", kind="renewal", fund_loan=None)) == [7, 12]
    assert found_numbers(Case("site", FIXED | {"kind": "secondhand"}, OPERATOR)) == [23]
    assert found_numbers(Case("enterprise", OPERATOR, OPERATOR)) == []


def found_numbers(case: Case) -> list[int | None]:
    return [m.rule.number for m in match_all(case, on=ON)]


def test_a_stopped_project_is_offered_nothing() -> None:
    assert found_numbers(project(stage="stopped")) == []
    assert 1 in found_numbers(project(stage="paused"))


def test_every_path_of_the_rules_is_a_field_of_its_form() -> None:
    """A field renamed in a form would silently make a policy ask for what is already there."""
    import tomllib
    from pathlib import Path

    forms = Path(__file__).parents[3] / "forms"
    fields = {
        name: {row["name"] for row in tomllib.loads((forms / f"{name}.toml").read_text(encoding="utf-8"))["fields"]}
        for name in ("project", "enterprise", "site")
    }
    rows = {"projects": "project", "sites": "site"}

    def check(source: Any, row: str) -> None:
        row = rows.get(source.rows or source.count, row)
        conditions = [*source.where, *([source.test] if source.test else [])]
        paths = [*source.paths, *source.planned, *source.no_more, source.less, source.in_period, source.within]
        for path in filter(None, [*paths, *(c.fact for c in conditions)]):
            owner, _, name = path.partition(".")
            if owner != "office":
                assert name in fields[row if owner == "row" else owner], path
        for inner in source.fields.values():
            check(inner, row)

    for rule in load_rules():
        for source in rule.take.values():
            check(source, "")
        for applies in rule.applies:
            form = rows.get(applies.any, applies.form)
            assert {c.fact for c in applies.when} <= fields[form]
