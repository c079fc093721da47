"""What screens read: lists with conditions and views, the first page, the network's goals, the entry of one record."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.actions import entry, home, network, records, seat
from desktop.actions.desk import Desk
from desktop.actions.listing import Condition, listing
from desktop.actions.rounds_answered import answered
from desktop.model.errors import Refused
from tests.conftest import enterprise, project, project_data


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-24T08:40:00+08:00")


def test_a_listing_counts_its_views_and_sums_what_it_shows(desk: Desk) -> None:
    owner = enterprise(desk)
    project(desk, name="甲", total_investment="40000000", fund_own="40000000", equipment_investment="1")
    records.put(desk, "project", [project_data(owner, name="乙", stage="completed", total_investment="60000000")])
    found = listing(desk, "project", by="stage", order=("total_investment", True))
    assert [line.texts["name"] for line in found.lines] == ["乙", "甲"]
    assert found.views == [("building", "在建", 1), ("completed", "完工", 1)]
    assert found.sums["total_investment"] == Decimal(10000)
    assert found.faulty == 1
    only = listing(desk, "project", conditions=[Condition("total_investment", "most", ("4,000.00",))])
    assert [line.texts["name"] for line in only.lines] == ["甲"]
    assert only.total == 2
    assert listing(desk, "project", conditions=[Condition("leader", "filled")]).lines == []


def test_what_an_entry_starts_with_is_read_back_unchanged(desk: Desk) -> None:
    record = project(desk, item="task-42", township="星河街道")
    begun = entry.begin(desk, "project", record)
    values, unread = records.read_typed(desk, desk.form("project"), begun.texts)
    assert unread == []
    held = desk.store.records.values("project", [record])[record]
    assert {name: value for name, value in values.items() if value != held[name]} == {}
    assert begun.texts["enterprise"] in dict(begun.choices["enterprise"])
    wrong = entry.checked(desk, "project", record, {"equipment_investment": "99999", "finish": "明年"})
    assert {(finding.field, finding.blocks) for finding in wrong} >= {("equipment_investment", True), ("finish", True)}


def test_tasks_stand_as_their_latest_reports_say(desk: Desk) -> None:
    base = {"item": "task-42", "unit": "区商务局", "done": "按计划推进。"}
    records.put(
        desk,
        "progress",
        [{**base, "period": "2026-10", "state": "late"}, {**base, "period": "2026-12", "state": "done"}],
    )
    states = {task.number: task.state for _, part in home.task_states(desk, "2026-11") for task in part}
    assert len(states) == 60
    assert (states[42], states[1]) == ("late", "todo")
    records.put(desk, "progress", [{**base, "kind": "summary", "period": "2026-10", "state": "going"}])
    states = {task.number: task.state for _, part in home.task_states(desk, "2026-11") for task in part}
    assert states[42] == "going"


def test_todos_tell_late_and_near_things_with_their_days(desk: Desk) -> None:
    problem = {"level": "city", "found": "2026-11-02", "description": "示例", "state": "open"}
    rows = [{**problem, "title": "甲", "due": "2026-11-20"}, {**problem, "title": "乙", "due": "2026-12-20"}]
    records.put(desk, "problem", rows)
    told = [(each.kind, each.title, each.days) for each in home.todos(desk, "2026-11") if each.form == "problem"]
    assert told == [("late", "问题　甲", -4)]


def test_only_open_recognised_sites_count(desk: Desk) -> None:
    owner = enterprise(desk)
    base = {"operator": owner, "address": "示例路", "township": "星河街道", "kind": "fixed", "modern": True}
    rows = [
        {**base, "name": "一", "state": "open"}, {**base, "name": "二", "state": "preparing"},
        {**base, "name": "三", "state": "open", "modern": False}, {**base, "name": "四", "state": "closed"},
        {**base, "name": "五", "state": "open", "kind": "centre", "intelligent": True},
    ]  # fmt: skip
    records.put(desk, "site", rows)
    records.put(desk, "township", [{"code": "379901002", "name": "星河街道", "row": 2, "column": 3, "target": 3}])
    sites, centres = network.goals(desk)
    assert (sites.full, sites.half, sites.target, sites.missing) == (1, 1, 3, 1)
    assert (centres.full, centres.target) == (1, None)
    assert [(town.name, town.missing) for town in network.townships(desk)] == [("星河街道", 1)]


def test_a_seat_remembers_the_sign_in_before(desk: Desk) -> None:
    assert seat.take_seat(desk).last == ""
    assert seat.take_seat(desk).last.startswith("2026-11-24")
    seat.keep_setting(desk, "theme", "dark")
    assert seat.take_seat(desk).settings["theme"] == "dark"
    with pytest.raises(Refused):
        seat.keep_setting(desk, "password", "x")


def test_goals_of_years_gone_by_are_closed(desk: Desk) -> None:
    held = {str(values["item"]): record for record, values in records.find(desk, "assignment")[0]}
    past = next(goal for goal in desk.plan.goals if goal.year == 2025)
    coming = next(goal for goal in desk.plan.goals if goal.year == 2027)
    rows = [
        {"id": held[past.key], "due": "2025-12-31"}, {"id": held[coming.key], "due": "2026-11-20"},
        {"id": held["task-42"], "due": "2025-12-31"},
    ]  # fmt: skip
    records.put(desk, "assignment", rows)
    late = [each.record for each in home.todos(desk, "2026-11") if each.form == "assignment" and each.kind == "late"]
    assert late == [held["task-42"], held[coming.key]]


def test_the_first_page_says_the_same_of_units_as_the_round(desk: Desk) -> None:
    held = {str(values["item"]): record for record, values in records.find(desk, "assignment")[0]}
    before = {each.unit: (each.given, each.owed) for each in home.returns(desk, "2026-11")}
    assert len(before) > 20 and not [unit for unit in before if unit.startswith("人民银行")]
    records.put(desk, "assignment", [{"id": held["task-42"], "lead": ["示例办公室"]}])
    records.put(
        desk, "progress",
        [{"item": "task-42", "unit": "示例办公室", "period": "2026-11", "state": "going", "done": "已部署。"}],
    )  # fmt: skip
    assert home.returns(desk, "2026-11") == answered(desk, "2026-11").units
    now = {each.unit: (each.told, each.asked) for each in home.returns(desk, "2026-11")}
    assert now["示例办公室"] == (1, 1)
    assert {each.told for each in home.returns(desk, "2026-10")} == {0}


def test_what_a_site_lacks_and_who_could_fill_a_township(desk: Desk) -> None:
    owner = enterprise(desk)
    base = {"operator": owner, "address": "示例路", "township": "星河街道", "kind": "fixed", "state": "open"}
    records.put(desk, "township", [{"code": "379901002", "name": "星河街道", "row": 2, "column": 3, "target": 2}])
    records.put(desk, "site", [{**base, "name": "一", "modern": True}, {**base, "name": "二"}])
    needs = {str(values["name"]): network.needs_of(values) for _, values in records.find(desk, "site")[0]}
    assert [need.met for need in needs["一"]] == [True, True]
    assert [(need.label, need.held) for need in needs["二"] if not need.met] == [("认定为现代化网点", "未认定")]
    assert network.candidates(desk) == {"星河街道": [("二", "未认定")]}
    assert [need.met for need in network.needs_of({"kind": "transfer", "state": "open"})] == [False]
