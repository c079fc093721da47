"""The practice district agrees with itself: every number said twice is the same number."""

from __future__ import annotations

import datetime
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import conflicts, home, judging, network, practice, records, setup
from desktop.actions.desk import Desk, open_desk
from desktop.actions.undo import undo
from desktop.model.codes import check_uscc
from desktop.model.errors import Refused
from desktop.model.plan import Task, load_plan
from desktop.model.policies.subsidy import subsidy
from desktop.store import keys

pytestmark = pytest.mark.xdist_group("practice")

Row = dict[str, Any]
FUNDS = (
    "fund_central", "fund_bond", "fund_special", "fund_province", "fund_city", "fund_district", "fund_own", "fund_loan",
    "fund_other",
)  # fmt: skip


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One practice district for all tests of this file, opened by its clerk; none of them writes."""
    folder = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESK_PROFILE", str(tmp_path_factory.mktemp("profile")))
        patch.setattr(keys, "KDF", {"time_cost": 1, "memory_cost": 8192, "parallelism": 1})
        practice.make_practice(folder)
        with practice.at(practice.TODAY):
            desk = open_desk(folder, practice.ACCOUNT, practice.PASSWORD)
            yield desk
            desk.close()


def rows(desk: Desk, form: str) -> list[Row]:
    return [{"id": record, **values} for record, values in records.find(desk, form)[0]]


def named(desk: Desk, form: str, name: str) -> Row:
    found = [row for row in rows(desk, form) if row["name"] == name]
    assert len(found) == 1, name
    return found[0]


def wan(amount: int) -> str:
    """An amount in 万元 as texts print it."""
    return f"{Decimal(amount) / 1_000_000:,.2f}"


def counting(desk: Desk, month: str) -> int:
    """Sites that count toward the 120 at the end of a month: open, modern, fixed or mobile."""
    return sum(
        site["state"] == "open" and site["modern"] == 1 and site["kind"] in ("fixed", "mobile")
        and site["opened"][:7] <= month and site["modern_on"][:7] <= month
        for site in rows(desk, "site")
    )  # fmt: skip


def test_it_has_what_its_screens_show(district: Desk) -> None:
    assert district.district_name == "示例区" and district.practice
    counts = {form: len(rows(district, form)) for form in ("project", "site", "township", "assignment")}
    assert counts == {"project": 30, "site": 19, "township": 12, "assignment": 68}
    assert len({row["sector"] for row in rows(district, "project")}) >= 9
    assert {row["stage"] for row in rows(district, "project")} >= {"planned", "preparing", "building", "operating"}
    assert len(conflicts.conflicts_of(district)) == 3


def test_the_months_of_a_project_add_up_to_what_was_paid(district: Desk) -> None:
    by_project: dict[str, list[Row]] = defaultdict(list)
    for month in rows(district, "project_month"):
        by_project[month["project"]].append(month)
    begun = [row for row in rows(district, "project") if row["stage"] in ("building", "completed", "operating")]
    assert {row["id"] for row in begun} == set(by_project)
    for project in begun:
        months = sorted(by_project[project["id"]], key=lambda row: row["period"])
        ytd = 0
        for month in months:
            ytd += month["month"]
            assert month["ytd"] == ytd <= month["plan_year"], (project["name"], month["period"])
            assert month["total"] - month["ytd"] == months[0]["total"] - months[0]["ytd"]
            assert month["paid"] <= month["arrived"] <= project["total_investment"]
        assert months[-1]["total"] == project["equipment_paid"] <= project["equipment_investment"], project["name"]
        assert months[0]["period"] == max(project["start"], "2026-01")


def test_funds_make_up_the_total_but_for_the_one_left_to_practise_on(district: Desk) -> None:
    short = {
        project["name"]: project["total_investment"] - sum(project[name] or 0 for name in FUNDS)
        for project in rows(district, "project")
        if sum(project[name] or 0 for name in FUNDS) != project["total_investment"]
    }
    assert short == {"乳品灌装整生产线换新": 80_000_000}


def test_only_the_two_deliberate_findings_stand_in_the_projects(district: Desk) -> None:
    form = district.form("project")
    found = {}
    for record, values in records.find(district, "project")[0]:
        for finding in judging.findings_of(district, form, record, values):
            found[values["name"]] = (finding.level, finding.field)
    assert found == {
        "乳品灌装整生产线换新": ("warn", "fund_central"),
        "报废机动车精细拆解线升级": ("warn", "project_code"),
    }


@pytest.mark.parametrize(
    "form", ["enterprise", "site", "project_month", "site_month", "problem", "assignment", "claim"]
)
def test_nothing_else_has_a_finding(district: Desk, form: str) -> None:
    kind = district.form(form)
    for record, values in records.find(district, form)[0]:
        findings = judging.findings_of(district, kind, record, values)
        expected = {"lead"} if form == "assignment" and values["item"].startswith("goal") else set()
        assert {each.field for each in findings} <= expected, (values, findings)


def test_equipment_is_the_equipment_investment(district: Desk) -> None:
    price: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for row in rows(district, "equipment"):
        if row["side"] == "new":
            price[row["project"]] += row["price"]
            number[row["project"]] += row["quantity"]
    assert len(price) == 4
    for project in rows(district, "project"):
        if project["id"] in price:
            assert price[project["id"]] == project["equipment_investment"], project["name"]
            assert number[project["id"]] == project["equipment_count"], project["name"]


def test_codes_are_right_and_seen_to_be_invented(district: Desk) -> None:
    codes = [row["uscc"] for row in rows(district, "enterprise")]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert check_uscc(code) == [] and code[2:8] == "379901" and code[8:10] == "MA"


def test_sites_township_shares_and_targets_are_one_plan(district: Desk) -> None:
    wanted = {row["name"]: row["target"] for row in rows(district, "township")}
    assert sum(wanted.values()) == 14
    indicator = named(district, "indicator", "现代化回收网点")["id"]
    shares = {row["unit"]: int(row["value"]) for row in rows(district, "target") if row["indicator"] == indicator}
    assert shares.pop("示例区") == 14
    shares.pop("济南市")
    assert shares == wanted
    sites = rows(district, "site")
    assert counting(district, "2026-11") == 9
    assert sum(s["kind"] == "centre" and s["state"] == "open" and s["intelligent"] == 1 for s in sites) == 1
    assert sum(s["state"] == "preparing" and s["kind"] in ("fixed", "mobile") for s in sites) == 3
    by_name = {goal.name: (goal.full, goal.half, goal.missing) for goal in network.goals(district)}
    assert by_name == {"现代化回收网点": (9, 3, 2), "绿色数智化分拣中心": (1, 1, 0)}


def test_the_first_page_has_late_and_near_things_but_not_the_years_gone_by(district: Desk) -> None:
    todos = home.todos(district, "2026-11")
    late = {todo.title.split("：")[0] for todo in todos if todo.kind == "late"}
    assert late == {"任务 9 加快淘汰老旧汽柴油车", "任务 15 推进公共供水设施设备升级改造"}
    assert any("33 个单位还差 92 项" in todo.title for todo in todos)
    assert sum(todo.kind == "conflict" for todo in todos) == 3
    assert len(home.plots(district, 2026)) == 6


def test_site_measures_and_task_42_count_the_same_sites(district: Desk) -> None:
    indicator = named(district, "indicator", "现代化回收网点")["id"]
    measured = {row["period"]: int(row["value"]) for row in rows(district, "measure") if row["indicator"] == indicator}
    for month in (f"2026-{number:02d}" for number in range(1, 12)):
        assert measured[month] == counting(district, month), month
    reports = [row for row in rows(district, "progress") if row["item"] == "task-42" and row["unit"] == "区商务局"]
    assert len(reports) == 10
    for report in reports:
        assert f"累计计入 {counting(district, report['period'])} 个" in report["done"], report["period"]


def test_volumes_indicators_and_reports_name_the_same_amounts(district: Desk) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows(district, "site_month"):
        sums[row["goods"], row["period"]] += row["units"] or 0

    def until(goods: str, month: str) -> int:
        return sum(number for (kind, period), number in sums.items() if kind == goods and period <= month)

    def measured(name: str, period: str) -> Row:
        indicator = named(district, "indicator", name)["id"]
        return next(r for r in rows(district, "measure") if (r["indicator"], r["period"]) == (indicator, period))

    said = {(row["item"], row["period"]): row["done"] for row in rows(district, "progress")}
    for month in ("2026-10", "2026-11"):
        dismantled = until("vehicle", month)
        assert Decimal(measured("报废汽车规范回收拆解量", month)["value"]) * 10_000 == dismantled
        assert f"本年规范拆解 {dismantled} 辆" in said["task-44", month]
        traded = Decimal(measured("二手车交易量", month)["value"]) * 10_000
        assert f"二手车交易 {traded.normalize():,f} 辆" in said["task-45", month]
        assert f"新能源汽车保有量 {measured('新能源汽车保有量', month)['value']} 万辆" in said["goal-2027-2", month]
        assert f"建成公共充电站 {measured('建成充换电站', month)['value']} 座" in said["task-10", month]
    for quarter, month in (("2026-Q1", "2026-03"), ("2026-Q2", "2026-06"), ("2026-Q3", "2026-09")):
        row = measured("废旧家电回收量较2023年增长", quarter)
        now, then = (
            int(part.split(" 台")[0].split(" ")[-1].replace(",", "")) for part in row["note"].split("，2023年")
        )
        assert now == until("electronics", month)
        assert round((Decimal(now) / then - 1) * 100, 1) == Decimal(row["value"])
    loss = measured("城镇公共供水管网漏损率", "2026-10")["value"]
    assert f"漏损率 {loss}%" in said["task-15", "2026-10"]


def test_reports_name_the_amounts_of_the_projects(district: Desk) -> None:
    pairs = {
        "task-4": "热电 2 号机组辅机更新", "task-5": "储能电站电池簇更换", "task-28": "废气 RTO 炉更新",
    }  # fmt: skip
    said = {(row["item"], row["period"]): row["done"] for row in rows(district, "progress")}
    for item, name in pairs.items():
        assert (
            f"累计完成设备投资 {wan(named(district, 'project', name)['equipment_paid'])} 万元" in said[item, "2026-11"]
        )


def test_october_is_whole_and_thirteen_tasks_lack_november(district: Desk) -> None:
    assignments = {row["item"]: row for row in rows(district, "assignment")}
    tasks = [task.key for task in load_plan().items if isinstance(task, Task)]
    applicable = {key for key in tasks if assignments[key]["applicable"] == "yes"}
    assert len(applicable) == 58
    by_month: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(district, "progress"):
        if row["item"] in applicable:
            by_month[row["period"]][row["item"]] = row["state"]
        assert row["unit"] in json.loads(assignments[row["item"]]["lead"]), row["item"]
    assert set(by_month["2026-10"]) == applicable
    goals = {key for key, row in assignments.items() if key.startswith("goal")}
    for month in ("2026-10", "2026-11"):
        assert goals == {row["item"] for row in rows(district, "progress") if row["period"] == month} & goals
    assert len(by_month["2026-11"]) == 45 and set(by_month["2026-11"]) < applicable
    latest = Counter({**by_month["2026-10"], **by_month["2026-11"]}.values())
    assert latest == {"going": 39, "done": 14, "not_started": 3, "late": 2}


def test_claims_are_what_the_policies_compute(district: Desk) -> None:
    on = datetime.date(2026, 11, 24)
    claims = {row["applicant"]: row for row in rows(district, "claim")}
    unit = named(district, "enterprise", "示例再生资源有限公司")
    sites = [s for s in rows(district, "site") if s["id"] in json.loads(claims["示例再生资源有限公司"]["sites"])]
    facts: dict[str, Any] = {
        "operator": {"outlets": unit["direct_outlets"], "registered": bool(unit["platform_registered"])},
        "fixed": [{"area": site["area"], "new": True, "direct": bool(site["direct"])} for site in sites],
    }
    result = subsidy("policy-22", facts, on=on)
    assert result.amount is not None and result.amount * 100 == claims["示例再生资源有限公司"]["computed"]
    line = named(district, "project", "重卡车架智能焊接线改造")
    facts = {"projects": [{"kind": "line", "equipment": Decimal(line["equipment_paid"]) / 100, "software": 0}]}
    result = subsidy("policy-01", facts, on=on)
    assert result.amount is not None and result.amount * 100 == claims["示例重工有限公司"]["computed"]


def test_its_log_runs_forward_in_time_and_has_several_hands(district: Desk) -> None:
    actions = district.store.journal.actions(limit=1000)
    moments = [action["at"] for action in reversed(actions)]
    assert moments == sorted(moments)
    assert {action["who"] for action in actions} >= {"李示例", "钱示例", "王示例", "孙示例"}
    assert district.store.journal.verify() is None


def test_a_clerk_can_go_on_from_there(tmp_path: Path) -> None:
    practice.make_practice(tmp_path / "data", conflicts=False)
    practice.make_practice(tmp_path / "data")  # the second visit leaves it alone
    with practice.at(practice.TODAY):
        desk = open_desk(tmp_path / "data", practice.ACCOUNT, practice.PASSWORD)
        try:
            assert not conflicts.conflicts_of(desk)
            assert not desk.store.new_replica_taken
            line = named(desk, "project", "重卡车架智能焊接线改造")
            records.put(desk, "project", [{"id": line["id"], "equipment_paid": "27000000"}])
            undo(desk)
            assert named(desk, "project", "重卡车架智能焊接线改造")["equipment_paid"] == line["equipment_paid"]
            with pytest.raises(Refused, match="已经有项目"):
                practice.fill(desk)
        finally:
            desk.close()


def test_real_data_takes_none_of_it(tmp_path: Path) -> None:
    desk, _ = setup.init(tmp_path / "real", district="370102", account="李示例", password=practice.PASSWORD)
    try:
        with pytest.raises(Refused, match="只能写入练习区"):
            practice.fill(desk)
    finally:
        desk.close()
