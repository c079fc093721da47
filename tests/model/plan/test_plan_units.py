"""City units and the offices of a district that they mean."""

from __future__ import annotations

import pytest

from desktop.model.errors import Refused
from desktop.model.plan import Offices, UnitTable, load_plan, load_units

DISTRICTS = ("示例区", "平阴县", "高新区")


def test_every_unit_of_the_plan_is_in_the_table() -> None:
    units = load_units()
    for entry in load_plan().entries:
        for unit in (*entry.lead, *entry.responsible):
            assert units.row(unit), unit
    assert len(units.rows) == 34


@pytest.mark.parametrize(
    ("unit", "district", "county"),
    [
        ("市发展改革委", "区发展和改革局", "县发展和改革局"),
        ("市生态环境局", "市生态环境局示例分局", "市生态环境局平阴分局"),
        ("市公安局", "市公安局示例分局", "县公安局"),
        ("市税务局", "市税务局示例分局", "县税务局"),
        ("市自然资源和规划局", "市自然资源和规划局示例分局", "县自然资源和规划局"),
        ("市应急局", "区应急管理局", "县应急管理局"),
        ("市文化旅游局", "区文化和旅游局", "县文化和旅游局"),
        ("市卫生健康委等有关部门（单位）", "区卫生健康局", "县卫生健康局"),
        ("各区县人民政府（功能区管委会），市政府有关部门（单位）", "区人民政府", "县人民政府"),
        ("人民银行山东省分行 营业管理部", None, None),
        ("国家金融监督管理总局莱芜监管分局", None, None),
        ("国网济南供电公司", None, None),
        ("示例局", None, None),
    ],
)
def test_district_offices(unit: str, district: str | None, county: str | None) -> None:
    assert load_units().district_unit(unit, "示例区") == district
    assert load_units().district_unit(unit, "平阴县") == county


def test_zones_keep_their_name() -> None:
    assert load_units().district_unit("市公安局", "高新区") == "市公安局高新区分局"
    assert load_units().district_unit("各区县人民政府", "高新区") == "高新区管委会"


def test_one_canonical_name_each() -> None:
    units = load_units()
    assert units.canonical("市应急局") == "市应急管理局"
    assert units.canonical("市文化旅游局") == "市文化和旅游局"
    assert units.canonical("市卫生健康委等有关部门（单位）") == "市卫生健康委"
    assert units.canonical(" 示例 局") == "示例局"


def test_short_names() -> None:
    units = load_units()
    assert units.short("区发展和改革局") == "区发改局"
    assert units.short("县市场监督管理局") == "县市场监管局"
    assert units.short("市生态环境局示例分局") == "生态环境示例分局"
    assert units.short("市工业和信息化局") == "市工信局"
    assert units.short("示例重工有限公司") == "示例重工有限公司"
    for district in DISTRICTS:
        assert all(len(units.short(office, district)) <= 10 for office in units.offices(district))


def test_proposals_keep_city_units_unasked() -> None:
    plan, units = load_plan(), load_units()
    lead = units.propose(plan.item("task-55"), "示例区")
    assert lead.lead == ("人民银行山东省分行营业管理部", "国家金融监督管理总局莱芜监管分局")
    assert lead.responsible == ("市委金融办", "区发展和改革局")
    assert lead.asked == ("区发展和改革局",)
    assert units.propose(plan.item("task-59"), "示例区").asked == ("区人民政府",)
    assert units.propose(plan.policy("policy-7"), "示例区").responsible == ("区卫生健康局",)


def test_an_office_is_named_once_even_where_two_city_units_mean_it() -> None:
    item = load_plan().item("task-22")
    assert load_units().propose(item, "示例区").responsible == ("区教育和体育局", "区交通运输局")
    asked = {key: load_units().propose(load_plan().item(key), "示例区").asked for key in ("task-56", "task-38")}
    assert asked["task-56"] == ()
    assert asked["task-38"] == ("区工业和信息化局", "区发展和改革局")


def test_a_districts_own_records_lie_over_the_table() -> None:
    records: list[dict[str, object]] = [
        {"published": "市体育局", "name": "区体育中心", "short": "", "city_only": None},
        {"published": "市口岸物流办", "name": "区物流办", "short": "物流办", "city_only": 0},
        {"published": "市消防救援支队", "city_only": 1},
    ]
    offices = Offices(load_units(), "示例区", records)
    assert offices.office("市体育局") == "区体育中心"
    assert offices.office("市教育局") == "区教育和体育局"
    assert offices.short("区物流办") == "物流办"
    assert offices.short("区发展和改革局") == "区发改局"
    assert (offices.office("市消防救援支队"), offices.is_city_only("市消防救援支队")) == (None, True)
    assert offices.propose(load_plan().item("task-27")).city_only == {"市消防救援支队"}
    assert offices.propose(load_plan().item("task-8")).asked[-1] == "区物流办"
    assert len(offices.rows) == 34


def test_the_table_refuses_mistakes() -> None:
    good = {"name": "市示例局", "short": "示例", "kind": "own", "district": "{level}示例局", "district_short": "示例"}
    for wrong, words in (
        ({**good, "colour": "red"}, "colour"),
        ({**good, "kind": "other"}, "other"),
        ({**good, "district": ""}, "没有区县单位"),
        ({"name": "市示例局", "kind": "own"}, "缺少 short"),
        ({**good, "also": "市样例局"}, "引号"),
    ):
        with pytest.raises(Refused, match=words):
            UnitTable.from_table({"unit": [wrong]})
    with pytest.raises(Refused, match="两行"):
        UnitTable.from_table({"unit": [good, {**good, "short": "样例"}]})
