"""Rules are data: the plan's 26 with their text, a new one by a new file, and nothing misspelt gets through."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from desktop.model.errors import Refused
from desktop.model.policies import OUT_OF_DATES, built_in_folder, load_rule, load_rules, subsidy

PLAN = Path(__file__).parents[3] / "resources" / "plan" / "jinan-2024-9.txt"
COMPUTED = {1, 10, 14, 18, 19, 20, 21, 22, 24, 25}
ON = date(2024, 8, 1)

NEW = """
rule = "example-2026"
title = "示例区旧机床更新奖励"
document = "示政发〔2026〕0号"
document_title = "示例区设备更新奖励办法"
year = 2026
from = 2026-01-01
to = 2026-12-31
version = "2026.1"
status = "current"
clause = "对更新旧机床的企业，每台按购置价 5%给予奖励，每台最高 2 万元，每家企业最高 5 万元。"

[facts.machines]
label = "机床"
type = "list"
nonempty = true
[facts.machines.fields.price]
label = "购置价"
type = "money"
[facts.machines.fields.scrapped]
label = "旧机床已报废"
type = "flag"

[[parts]]
name = "machines"
title = "机床更新"
each = "machines"
quote = "每台按购置价 5%给予奖励，每台最高 2 万元"
factors = [{ fact = "price" }, { percent = "5" }]
item_conditions = [{ fact = "scrapped", is = true, unmet = "旧机床没有报废" }]
item_cap = { value = "20000", text = "每台最高 2 万元" }

[[caps]]
name = "enterprise"
title = "机床更新合计"
value = "50000"
parts = ["machines"]
text = "每家企业最高 5 万元"
"""


def machine(price: str, scrapped: bool = True) -> dict[str, object]:
    return {"price": price, "scrapped": scrapped}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "example-2026.toml").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_a_new_rule_is_a_new_file(folder: Path) -> None:
    rules = load_rules(built_in_folder(), folder)
    assert len(rules) == 27
    facts = {"machines": [machine("300000"), machine("500000"), machine("100000.10", False), machine("700000")]}
    given = subsidy("example-2026", facts, on=date(2026, 5, 1), rules=rules, already={"enterprise": "3000"}).to_json()
    # 15,000 + 20,000（25,000 封顶）+ 20,000（35,000 封顶）= 55,000；5 万已用 3,000，余 47,000
    assert given["amount"] == "47000.00"
    assert given["reasons"] == ["机床 3：旧机床没有报废"]
    assert given["document"] == "示政发〔2026〕0号"
    assert given["year"] == 2026
    out = subsidy("example-2026", facts, on=date(2027, 1, 1), rules=rules)
    assert out.amount is None
    assert out.reasons == (OUT_OF_DATES,)
    assert out.status == "expired"


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_26_are_the_plans_own_words() -> None:
    plan = squeezed(PLAN.read_text(encoding="utf-8"))
    rules = load_rules()
    assert sorted(rule.number or 0 for rule in rules) == list(range(1, 27))
    for rule in rules:
        assert f"{rule.number}{squeezed(rule.clause)}{'、'.join(rule.units)}" in plan
        assert (rule.document, rule.year) == ("济政发〔2024〕9号", 2024)


def test_policies_without_figures_answer_with_clause_and_units() -> None:
    rules = load_rules()
    for rule in rules:
        assert rule.figures == (rule.number in COMPUTED)
        if rule.figures:
            continue
        given = subsidy(rule.number or 0, {}, on=ON).to_json()
        assert given["amount"] is None
        assert given["up_to"] is None
        assert given["clause"] == rule.clause
        assert given["units"]
        assert "不能测算" in str(given["reasons"])


def test_the_result_says_what_it_rests_on() -> None:
    result = subsidy(14, {"townships": 1}, on=ON)
    given = result.to_json()
    assert json.loads(json.dumps(given, ensure_ascii=False)) == given
    assert given["document"] == "济政发〔2024〕9号"
    assert given["version"] == result.version
    assert given["status"] == "unknown"
    assert given["note"] == "各项不代表可叠加享受"
    assert "状态待核" in result.steps[0].text
    assert "2024 年" in result.steps[0].text
    assert len(str(given["digest"])) == 64


def test_open_ended_rules_ask_for_a_check_before_the_document_was_signed() -> None:
    early = subsidy(14, {"townships": 1}, on=date(2024, 5, 20))
    assert early.to_json()["amount"] == "80000.00"
    assert "早于依据文件成文日期2024年5月21日" in early.cautions[0]
    assert subsidy(14, {"townships": 1}, on=date(2024, 5, 21)).cautions == ()
    assert subsidy(14, {"townships": 1}, on=date(2031, 1, 1)).to_json()["amount"] == "80000.00"


def test_a_replaced_document_gives_no_amount() -> None:
    rules = load_rules().with_status("policy-14", "replaced", "示政发〔2026〕0号")
    result = subsidy(14, {"townships": 1}, on=ON, rules=rules)
    assert result.amount is None
    assert result.reasons == (OUT_OF_DATES,)
    assert "示政发〔2026〕0号" in result.steps[1].text


def test_today_is_the_day_when_none_is_given() -> None:
    assert subsidy(14, {"townships": 1}).on == date.today()


def test_a_cap_taken_back_by_a_later_one_is_not_counted_as_used() -> None:
    facts = {
        "operator": {"outlets": 10, "registered": True},
        "fixed": [{"area": 50, "new": True, "direct": True}] * 15,
        "mobile": {"communities": 20, "months": 12, "trucks": 5, "investment": "500000", "compliant": True},
    }
    caps = {cap.name: cap for cap in subsidy(22, facts, on=ON).caps}
    assert caps["mobile"].used == 50000  # 20 万 − 固定型站点 15 万
    assert caps["sites"].used == 200000
    assert caps["sites"].left == 0


def test_claims_of_one_enterprise_never_pass_its_cap() -> None:
    """Several records, one after the other, each told what the ones before used: together as in one claim."""
    used: dict[str, object] = {}
    paid = []
    for equipment in ("40000000", "45000000", "30000000", "10000000"):
        result = subsidy(1, {"projects": [{"kind": "ordinary", "equipment": equipment}]}, on=ON, already=used)
        paid.append(result.to_json()["amount"])
        for cap in result.caps:
            used[cap.name] = cap.already + cap.used
    assert paid == ["4000000.00", "4500000.00", "1500000.00", "0.00"]


BAD = [
    ("title =", "titel =", "title"),
    ('percent = "5"', "percent = 5.5", "十进制数"),
    ('fact = "price"', 'fact = "prise"', "prise"),
    ('each = "machines"', 'each = "machine"', "machine"),
    ('parts = ["machines"]', 'parts = ["machine"]', "machine"),
    ('type = "money"', 'type = "float"', "type"),
    ("is = true", "equals = true", "比较"),
    ('unmet = "旧机床没有报废"', 'unmeet = "旧机床没有报废"', "unmet"),
    ('每台按购置价 5%给予奖励，每台最高 2 万元"\nfactors', '每台按 6%"\nfactors', "条文原文"),
    ('rule = "example-2026"', 'rule = "example-2027"', "文件名"),
    ("from = 2026-01-01", 'from = "2026-01-01"', "日期"),
    ('status = "current"', 'status = "alive"', "status"),
    ('value = "50000"', "", "value"),
    ("[facts.machines]", '[facts.on]\nlabel = "日期"\ntype = "date"\n[facts.machines]', "保留"),
    ("[[caps]]", "[[limits]]", "limits"),
    ("year = 2026", "year = ", "TOML"),
]


@pytest.mark.parametrize(("old", "new", "words"), BAD, ids=[bad[2] for bad in BAD])
def test_a_rule_file_with_a_mistake_is_refused(folder: Path, old: str, new: str, words: str) -> None:
    path = folder / "example-2026.toml"
    assert old in NEW
    path.write_text(NEW.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused, match=r"example-2026\.toml") as refused:
        load_rules(folder)
    assert words in str(refused.value)


def test_two_rules_with_one_name_or_number_are_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="重复"):
        load_rules(folder, folder)
    (folder / "example-2026.toml").write_text(NEW.replace("year =", "number = 14\nyear =", 1), encoding="utf-8")
    with pytest.raises(Refused, match="14"):
        load_rules(built_in_folder(), folder)
    assert load_rule(folder / "example-2026.toml").number == 14
