"""Facts that are wrong are refused together, in Chinese, with their place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop.model.errors import Refused
from desktop.model.policies import load_rules, subsidy

ON = date(2024, 8, 1)
PROJECT = {"kind": "ordinary", "equipment": "1000000"}
LOAN = {"principal": "1000000", "lpr": "3.45", "years": 1, "industrial": True, "medium_long": True}
CAR = {"vehicle": "nev", "price": "150000", "passenger": True, "replaced": True, "on": "2024-06-01"}
SITES = {
    "operator": {"outlets": 10, "registered": True},
    "fixed": [{"area": "20", "new": True, "direct": True}],
    "mobile": {"communities": 20, "months": 12, "trucks": 5, "investment": "100000", "compliant": True},
}


def project(**change: object) -> dict[str, object]:
    return {"projects": [PROJECT | change]}


WRONG = [
    (1, {}, "projects", "缺少“项目”"),
    (1, {"projects": []}, "projects", "至少填一行"),
    (1, {"projects": PROJECT}, "projects", "列表"),
    (1, {"projects": ["x"]}, "projects[0]", "一组内容"),
    (1, {"projects": [PROJECT, {"kind": "ordinary"}]}, "projects[1].equipment", "缺少“设备投资”"),
    (1, project(kind="smart"), "projects[0].kind", "只能是"),
    (1, project(kind=None), "projects[0].kind", "缺少“改造类型”"),
    (1, project(equipment="-1"), "projects[0].equipment", "不能是负数"),
    (1, project(equipment="1.001"), "projects[0].equipment", "精确到分"),
    (1, project(equipment=Decimal("0.001")), "projects[0].equipment", "精确到分"),
    (1, project(equipment=1000.5), "projects[0].equipment", "精确数字"),
    (1, project(equipment=True), "projects[0].equipment", "精确数字"),
    (1, project(equipment="1,000"), "projects[0].equipment", "精确数字"),
    (1, project(equipment="1e6"), "projects[0].equipment", "精确数字"),
    (1, project(equipment="١٢"), "projects[0].equipment", "精确数字"),
    (1, project(equipment="1_000"), "projects[0].equipment", "精确数字"),
    (1, project(equipment=Decimal("NaN")), "projects[0].equipment", "精确数字"),
    (1, project(equipment=Decimal("1E+400")), "projects[0].equipment", "精确数字"),
    (1, project(equipment=10**15), "projects[0].equipment", "精确数字"),
    (1, project(equipment=""), "projects[0].equipment", "精确数字"),
    (1, project(software="-0.01"), "projects[0].software", "不能是负数"),
    (1, project(colour="红"), "projects[0].colour", "不认识"),
    (1, {"projects": [PROJECT], "extra": 1}, "extra", "不认识"),
    (1, {"projects": [PROJECT], "already": {"both": "1"}}, "already.both", "没有名为“both”的企业上限"),
    (1, {"projects": [PROJECT], "already": {"ordinary": "-1"}}, "already.ordinary", "不为负"),
    (1, {"projects": [PROJECT], "already": 5}, "already", "已使用额度"),
    (1, {"projects": [PROJECT], "planned": "yes"}, "planned", "true 或 false"),
    (10, {"gain": "x"}, "gain", "精确数字"),
    (14, {}, "townships", "至少填一项"),
    (14, {"townships": 1.5}, "townships", "精确数字"),
    (14, {"townships": "1.5"}, "townships", "整数"),
    (14, {"streets": -1}, "streets", "不能是负数"),
    (20, CAR | {"price": 0}, "price", "大于 0"),
    (20, CAR | {"passenger": 1}, "passenger", "true 或 false"),
    (20, CAR | {"passenger": "true"}, "passenger", "true 或 false"),
    (20, CAR | {"on": "2024-6-1"}, "on", "不是有效日期"),
    (20, CAR | {"on": "2024-02-30"}, "on", "不是有效日期"),
    (20, CAR | {"on": "20240601"}, "on", "不是有效日期"),
    (22, {}, "fixed", "至少填一项"),
    (22, {"fixed": []}, "fixed", "至少填一项"),
    (22, {"fixed": SITES["fixed"]}, "operator", "缺少“申报主体”"),
    (22, {"mobile": SITES["mobile"]}, "operator", "缺少“申报主体”"),
    (22, SITES | {"operator": {"outlets": 10}}, "operator.registered", "缺少"),
    (22, SITES | {"operator": True}, "operator", "一组内容"),
    (22, SITES | {"parks": "1.5"}, "parks", "整数"),
    (24, LOAN | {"lpr": 0}, "lpr", "大于 0"),
    (24, LOAN | {"lpr": "345"}, "lpr", "不能大于 100"),
    (24, LOAN | {"years": -1}, "years", "不能是负数"),
]


@pytest.mark.parametrize(("number", "facts", "field", "words"), WRONG, ids=[f"{w[0]}-{w[2]}-{w[3]}" for w in WRONG])
def test_wrong_facts_are_refused(number: int, facts: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        subsidy(number, facts, on=None if "on" in facts else ON)
    assert [detail["field"] for detail in refused.value.details] == [field]
    assert words in str(refused.value.details[0]["message"])
    assert words in str(refused.value)


@pytest.mark.parametrize("number", [1, 10, 18, 19, 20, 21, 24, 25])
def test_each_missing_fact_is_named(number: int) -> None:
    rule = load_rules().find(number)
    with pytest.raises(Refused) as refused:
        subsidy(number, {}, on=ON)
    assert [detail["field"] for detail in refused.value.details] == [f.name for f in rule.facts if f.required]


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(Refused) as refused:
        subsidy(24, {"principal": "-1", "lpr": "x", "years": 1, "industrial": True, "colour": 1}, on=ON)
    assert {detail["field"] for detail in refused.value.details} == {"colour", "principal", "lpr", "medium_long"}
    assert "（另有 3 处）" in str(refused.value)


@pytest.mark.parametrize("number", [0, 27, -1, "27", "policy-27", "abc", "", "٢", True, "1.0"])
def test_numbers_outside_the_plan_are_refused(number: int | str) -> None:
    with pytest.raises(Refused):
        subsidy(number, {"gain": 1})


@pytest.mark.parametrize("key", [10, "10", " 10 ", "policy-10"])
def test_a_policy_is_found_by_number_and_name(key: int | str) -> None:
    assert subsidy(key, {"gain": 100}).rule.number == 10


@pytest.mark.parametrize("amount", [1000000, "1000000", "1000000.00", "1000000.000", Decimal("1E+6")])
def test_money_in_any_exact_spelling(amount: object) -> None:
    assert subsidy(1, project(equipment=amount)).to_json()["amount"] == "100000.00"


def test_null_is_not_given() -> None:
    assert subsidy(22, {"parks": 1, "fixed": None, "mobile": None}).to_json()["up_to"] == "300000.00"


def test_facts_that_are_no_object_are_refused() -> None:
    with pytest.raises(Refused):
        subsidy(1, [1, 2])  # type: ignore[arg-type]


def test_two_different_dates_are_refused() -> None:
    with pytest.raises(Refused, match="不一致"):
        subsidy(20, CAR, on=ON)


def test_minus_nothing_is_nothing() -> None:
    assert subsidy(1, project(equipment="-0.00")).to_json()["amount"] == "0.00"
