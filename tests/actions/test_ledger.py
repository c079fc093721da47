"""The ledger's work: many assignments at once, units and dates, carried and summarised reports, late, time lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import home, home_changes, ledger, problems, progress, progress_late, progress_timeline, records
from desktop.actions import ledger_changes as changes
from desktop.actions.desk import Desk
from desktop.actions.seat import take_seat
from desktop.actions.undo import undo
from desktop.model.errors import Refused


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-24T08:40:00+08:00")


def said(item: str, unit: str, period: str, state: str = "going", **more: object) -> dict[str, object]:
    return {"item": item, "unit": unit, "period": period, "state": state, "done": f"{unit}做了示例工作。", **more}


def assignments(desk: Desk) -> dict[str, str]:
    return {str(values["item"]): record for record, values in records.find(desk, "assignment")[0]}


def test_many_assignments_change_together_or_not_at_all(desk: Desk) -> None:
    items = ["task-1", "task-42"]
    before = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    told = changes.preview_duties(desk, items, {"responsible": "示例街道"}, "add")
    assert [each.new for each in told] == [
        "、".join([*before[key].responsible, "示例街道"]) for key in items
    ] and not any(each.error for each in told)  # fmt: skip
    changes.change_duties(desk, items, {"responsible": "示例街道"}, "add")
    after = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    assert all("示例街道" in after[key].responsible for key in items)
    changes.change_duties(desk, items, {"responsible": "示例街道"}, "drop")
    back = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    assert [back[key].responsible for key in items] == [before[key].responsible for key in items]
    told = changes.preview_duties(desk, items, {"applicable": "不适用"})
    assert all("不适用原因" in each.error for each in told)
    with pytest.raises(Refused):
        changes.change_duties(desk, items, {"applicable": "不适用"})
    saved = changes.change_duties(desk, items, {"applicable": "不适用", "why_not": "本区没有此类企业"})
    assert {item.key for item in ledger.ledger(desk, "2026-11").under("state:no")} == set(items)
    undo(desk, saved.action)
    assert ledger.ledger(desk, "2026-11").under("state:no") == []
    for wrong, words in (({"item": "task-2"}, "不能批量改"), ({"due": "2026-12-31"}, "只能改为")):
        with pytest.raises(Refused, match=words):
            changes.preview_duties(desk, items, wrong, "add")


def test_units_owe_what_they_lead_and_what_they_help_with(desk: Desk) -> None:
    found = ledger.ledger(desk, "2026-11")
    trade = next(branch for branch in found.units if branch.text == "区商务局")
    items = found.under(trade.key)
    roles = [item.role("区商务局") for item in items]
    assert len(items) == trade.count and {"牵头", "责任"} == set(roles)
    assert roles == sorted(roles, key=lambda role: role != "牵头")
    quiet = [branch.text for branch in found.units if branch.quiet]
    assert quiet and "区商务局" not in quiet
    assert [branch.quiet for branch in found.units] == sorted(branch.quiet for branch in found.units)
    held = assignments(desk)
    records.put(desk, "assignment", [
        {"id": held["task-42"], "node_due": "2026-11-20"}, {"id": held["task-43"], "node_due": "2026-11-28"},
    ])  # fmt: skip
    found = ledger.ledger(desk, "2026-11")
    assert "task-42" in {item.key for item in found.under("due:late")}
    assert [item.key for item in found.under("due:week")] == ["task-43"]
    for branch in (*found.dues, *found.stands):
        assert len(found.under(branch.key)) == branch.count, branch.key
    assert sum(branch.count for branch in found.stands) == 68


def test_a_report_is_carried_into_any_kind_of_period(desk: Desk) -> None:
    records.put(desk, "progress", [said("task-42", "区商务局", "2026-10", next="继续。", reporter="王示例")])
    draft = progress.carry_forward(desk, "task-42", "区商务局", "2026-11")
    assert draft.typed["done"] == "区商务局做了示例工作。" and draft.typed["reporter"] == "王示例"
    assert "2026年10月" in draft.notes[0]
    assert len(records.find(desk, "progress")[0]) == 1, "nothing is written by proposing"
    for period in ("2026-11", "2026-12-01", "2026-W50", "2027-Q1", "2027-H2", "2028"):
        progress.save_draft(desk, progress.carry_forward(desk, "task-42", "区商务局", period))
    held = sorted(str(values["period"]) for _, values in records.find(desk, "progress")[0])
    assert held == ["2026-10", "2026-11", "2026-12-01", "2026-W50", "2027-H2", "2027-Q1", "2028"]
    with pytest.raises(Refused, match="已填过"):
        progress.carry_forward(desk, "task-42", "区商务局", "2026-11")
    with pytest.raises(Refused, match="没有可沿用"):
        progress.carry_forward(desk, "task-42", "区供销社", "2026-11")


def test_the_lead_office_s_summary_comes_from_the_units(desk: Desk) -> None:
    duty = {item.key: item for item in ledger.ledger(desk, "2026-11").items}["task-42"]
    units = [*duty.lead, *duty.responsible]
    with pytest.raises(Refused, match="没有可汇总"):
        progress.assemble_summary(desk, "task-42", "2026-11")
    records.put(desk, "progress", [said("task-42", units[0], "2026-11", "done", problem="无")])
    draft = progress.assemble_summary(desk, "task-42", "2026-11")
    assert draft.typed["state"] == "going" and set(draft.missing) == set(units[1:])
    assert draft.typed["problem"] == ""
    records.put(desk, "progress", [
        said("task-42", unit, "2026-11", "late" if place == 0 else "done", problem="用地未落实。")
        for place, unit in enumerate(units[1:])
    ])  # fmt: skip
    draft = progress.assemble_summary(desk, "task-42", "2026-11")
    assert (draft.typed["state"], draft.missing) == ("late", ())
    lines = draft.typed["done"].split("\n")
    assert len(lines) == len(units) and lines[0].endswith("做了示例工作。") and "：" in lines[0]
    saved = progress.save_draft(desk, draft)
    held = records.get(desk, "progress", saved.ids[0])
    assert (held["kind"], held["unit"], held["state"]) == ("summary", units[0], "late")
    records.put(desk, "progress", [{"id": saved.ids[0], "done": "改过的汇总。"}])
    again = progress.assemble_summary(desk, "task-42", "2026-11")
    assert again.record == saved.ids[0]
    progress.save_draft(desk, again)
    assert records.get(desk, "progress", saved.ids[0])["done"] == draft.typed["done"]
    long = [{"id": record, "done": "示例。" * 160} for record, values in records.find(desk, "progress")[0]
            if values["kind"] == "own"]  # fmt: skip
    records.put(desk, "progress", long)
    cut = progress.assemble_summary(desk, "task-42", "2026-11")
    assert len(cut.typed["done"]) <= 500 and any("500 字" in note for note in cut.notes)


def test_late_is_proposed_with_its_reason_and_never_written(desk: Desk) -> None:
    held = assignments(desk)
    records.put(desk, "assignment", [{"id": held["task-42"], "node": "站点验收", "node_due": "2026-11-20"}])
    found = {each.item: each for each in progress_late.late_proposals(desk, "2026-11")}
    assert found["task-42"].reasons == ("节点“站点验收”为 2026年11月20日，已过 4 天",)
    assert "task-43" not in found
    assert "task-42" not in {each.item for each in progress_late.late_proposals(desk, "2026-10")}
    assert records.find(desk, "progress")[0] == []
    records.put(desk, "progress", [said("task-42", "区商务局", "2026-11", "late")])
    assert "task-42" not in {each.item for each in progress_late.late_proposals(desk, "2026-11")}


def test_one_time_line_holds_all_of_a_task(desk: Desk) -> None:
    held = assignments(desk)
    records.put(desk, "progress", [said("task-42", "区商务局", "2026-10"), said("task-42", "区供销社", "2026-Q3")])
    records.put(desk, "assignment", [{"id": held["task-42"], "lead": ["示例办公室"]}], why="机构调整")
    made = records.put(desk, "indicator", [
        {"name": "示例站点数", "item": "task-42", "kind": "cumulative", "frequency": "month", "unit": "个"}
    ])  # fmt: skip
    records.put(desk, "measure", [
        {"indicator": made.ids[0], "period": "2026-09", "unit": "示例区", "value": "7"}
    ])  # fmt: skip
    records.put(desk, "problem", [
        {"title": "用地未落实", "item": "task-42", "found": "2026-10-08", "description": "示例", "level": "city"}
    ])  # fmt: skip
    events = progress_timeline.timeline(desk, "task-42")
    assert [(each.kind, each.day) for each in events] == [
        ("assignment", "2026-11-24"), ("progress", "2026-10-31"), ("problem", "2026-10-08"),
        ("progress", "2026-09-30"), ("measure", "2026-09-30"),
    ]  # fmt: skip
    assert all(words in events[0].text for words in ("牵头单位：区商务局、", "→ 示例办公室", "机构调整"))
    assert events[3].when == "2026年第三季度" and events[4].text == "示例站点数：7 个"


def test_a_problem_is_closed_by_another_with_evidence(desk: Desk) -> None:
    base = {"found": "2026-10-08", "description": "示例", "level": "city", "handler": "区商务局", "due": "2026-11-20"}
    one, two = records.put(desk, "problem", [{**base, "title": "甲"}, {**base, "title": "乙", "level": "district"}]).ids
    assert [(each.title, each.days) for each in problems.problems(desk, overdue=True)] == [("乙", -4), ("甲", -4)]
    assert [each.title for each in problems.problems(desk, to_city=True)] == ["甲"]
    with pytest.raises(Refused, match="还没有办理情况"):
        problems.close_problem(desk, one, "验收单", "赵示例")
    records.put(desk, "problem", [{"id": one, "reply": "已协调。", "state": "going"}])
    wrong = (("", "赵示例", "都填上"), ("验收单", "李示例", "另一人"), ("验收单", "区商务局", "承办单位"))
    for evidence, checker, words in wrong:
        with pytest.raises(Refused, match=words):
            problems.close_problem(desk, one, evidence, checker)
    with pytest.raises(Refused):
        records.put(desk, "problem", [{"id": two, "state": "closed", "closed": "2026-11-24", "evidence": "单"}])
    problems.close_problem(desk, one, "验收单", "赵示例")
    assert [each.title for each in problems.problems(desk, state="unclosed")] == ["乙"]
    assert [(each.title, each.days, each.age) for each in problems.problems(desk, state="closed")] == [("甲", None, 47)]
    problems.reopen_problem(desk, one, "又出现")
    assert {each.state for each in problems.problems(desk)} == {"going", "open"}


def test_home_says_who_has_not_answered(desk: Desk) -> None:
    records.put(desk, "progress", [said("task-42", "区商务局", "2026-10")])
    told = home.todos(desk, "2026-10")
    whole = [each for each in told if each.form == "progress" and not each.unit]
    assert len(whole) == 1 and whole[0].kind == "late" and "个单位还差" in whole[0].title
    units = [each for each in told if each.kind == "waiting"]
    assert 0 < len(units) <= 8 and all(each.unit for each in units)
    assert not [each for each in units if each.unit.startswith("人民银行")]


def test_what_others_changed_since_the_last_sign_in(desk: Desk) -> None:
    take_seat(desk)
    assert home_changes.changed_since(desk) == []
    records.put(desk, "progress", [said("task-42", "区商务局", "2026-10")])
    other, account = "赵示例", desk.account
    desk.account = type(account)(other, account.roles)
    records.put(desk, "progress", [said("task-43", "区商务局", "2026-10")])
    records.put(desk, "problem", [{"title": "甲", "found": "2026-10-08", "description": "示例"}])
    desk.account = account
    here = take_seat(desk)
    found = home_changes.changed_since(desk)
    assert sorted((each.form, each.who, len(each.records)) for each in found) == [
        ("problem", other, 1), ("progress", other, 1),
    ]  # fmt: skip
    assert take_seat(desk, here).last == here.last, "unlocking is not signing in"
    assert home_changes.changed_since(desk) == found
    take_seat(desk, replace(here, today="2026-01-01"))
    assert home_changes.changed_since(desk) == [], "the first unlocking of another day is"
    take_seat(desk)
    assert home_changes.changed_since(desk) == []
