"""Pipeline, templates, batches and the network's months through the actions and the command line."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from desktop.actions import batches, network_flow, pipeline, records, templates
from desktop.actions.desk import Desk
from desktop.cli.main import main
from desktop.model.errors import Refused
from tests.conftest import CLERK, PASSWORD, enterprise, project, project_data


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-24T09:00:00+08:00")


def month(desk: Desk, owner: str, period: str, **more: object) -> None:
    records.put(desk, "project_month", [{"project": owner, "period": period, **more}])


def test_stages_rates_and_the_newest_dispatch(desk: Desk) -> None:
    one = project(desk)
    project(desk, name="二号", stage="completed", start="2025-01", finish="2026-01")
    project(desk, name="三号", stage="preparing", start="2027-01", finish="2028-01")
    project(desk, name="四号", stage="stopped", exit_why="资金不落实")
    month(
        desk, one, "2026-09", plan_year="20000000", ytd="9000000", total="12000000", arrived="10000000", paid="8000000"
    )
    month(desk, one, "2026-10", plan_year="20000000", ytd="15000000", total="24000000", paid="12000000")
    found = pipeline.pipeline(desk)
    assert {each.code: each.sums.count for each in found.stages if each.sums.count} == {
        "preparing": 1, "building": 1, "completed": 1, "stopped": 1,
    }  # fmt: skip
    assert found.whole.count == 3, "a project given up counts in no rate"
    assert str(found.start_rate) == "66.6" and str(found.completion_rate) == "33.3"
    assert (found.whole.done, found.whole.arrived, found.whole.paid) == (2400000000, 1000000000, 1200000000)
    assert str(found.plan_rate) == "75.0"
    assert pipeline.pipeline(desk, "2026-09").whole.done == 1200000000, "earlier months stay as they were"
    assert pipeline.pipeline(desk, "2027-01").whole.ytd == 0, "last year's figure is not this year's"
    with pytest.raises(Refused, match="月份"):
        pipeline.pipeline(desk, "2026-Q4")


LAGGING = [
    ({"stage": "preparing", "start": "2026-11", "finish": "2027-11"}, {}, set()),
    ({"stage": "preparing", "start": "2026-10", "finish": "2027-11"}, {}, {"late_start"}),
    ({"stage": "building", "start": "2026-10", "finish": "2026-11"}, {}, set()),
    ({"stage": "building", "start": "2026-09", "finish": "2027-11"}, {}, {"no_dispatch"}),
    ({"stage": "building", "start": "2026-03", "finish": "2026-10"}, {"period": "2026-10"}, {"late_finish"}),
    ({"stage": "building", "start": "2026-03"}, {"period": "2026-10"}, set()),
    ({"stage": "building", "start": "2026-03"}, {"period": "2026-09"}, {"no_dispatch"}),
    ({"stage": "building"}, {"period": "2026-10", "total": "1000", "paid": "500"}, set()),
    ({"stage": "building"}, {"period": "2026-10", "total": "1000", "paid": "499.99"}, {"paid_behind"}),
    ({"stage": "building"}, {"period": "2026-10", "total": "1000"}, {"paid_behind"}),
    ({"stage": "building"}, {"period": "2026-10", "plan_year": "1200", "ytd": "761"}, set()),
    ({"stage": "building"}, {"period": "2026-10", "plan_year": "1200", "ytd": "759"}, {"behind_plan"}),
    ({"stage": "building"}, {"period": "2026-10", "arrived": "1000", "paid": "300"}, set()),
    ({"stage": "building"}, {"period": "2026-10", "arrived": "1000", "paid": "299"}, {"idle_funds"}),
    ({"stage": "stopped", "start": "2026-01", "finish": "2026-02"}, {}, set()),
]


@pytest.mark.parametrize(("about", "dispatch", "rules"), LAGGING)
def test_what_lags_is_named_by_rule(
    desk: Desk, about: dict[str, str], dispatch: dict[str, str], rules: set[str]
) -> None:
    one = project(desk, **about)
    if dispatch:
        month(desk, one, **dispatch)
    found = pipeline.pipeline(desk).lagging
    assert {lag.rule for each in found for lag in each.lags} == rules
    for each in found:
        assert all("{" not in lag.words and lag.words for lag in each.lags)


def test_those_that_left_and_those_not_yet_in_are_not_counted(desk: Desk) -> None:
    project(desk, entered_on="2026-02-01", exit_on="2026-10-31", exit_why="并入他项")
    project(desk, name="二号", entered_on="2026-11-02")
    assert (pipeline.pipeline(desk).whole.count, pipeline.pipeline(desk).exited) == (1, 1)
    assert pipeline.pipeline(desk, "2026-10").whole.count == 0
    assert pipeline.pipeline(desk, "2026-09").whole.count == 1


def test_a_project_is_copied_as_a_template(desk: Desk) -> None:
    old = project(
        desk, project_code="2603-379901-07-02-000001", equipment_paid="1000", entered_on="2026-01-02", note="示例"
    )
    month(desk, old, "2026-10", month="10")
    records.put(
        desk, "equipment", [{"project": old, "side": "old", "name": "弧焊机", "quantity": 12, "disposal": "scrap"}]
    )
    made = templates.copy_project(desk, old, equipment=True)
    new = records.get(desk, "project", made.id)
    assert new["name"].endswith("（复制，请改名）") and new["stage"] == "planned" and new["note"] == "示例"
    assert not {"project_code", "equipment_paid", "entered_on"} & set(new)
    assert records.find(desk, "project_month", where={"project": made.id})[1] == 0
    rows, total = records.find(desk, "equipment", where={"project": made.id})
    assert total == 1 and rows[0][1]["disposal"] is None and rows[0][1]["quantity"] == 12
    assert templates.copy_project(desk, old, name="新线").equipment == 0
    with pytest.raises(Refused, match="没有这个项目"):
        templates.copy_project(desk, "0" * 8)


def batch(desk: Desk, *projects: str, **more: object) -> str:
    data = {"name": "2026年第一批", "fund": "bond", "deadline": "2026-11-30", "projects": list(projects), **more}
    return records.put(desk, "batch", [data]).ids[0]


def test_conditions_of_a_batch_warn_and_its_deadline_counts(desk: Desk) -> None:
    one = project(desk, fund_own="28000000", fund_bond="20000000")
    lines = "总投资 不少于 5000 万元\n2. 节能审查 为 已办、不需要\n投资项目统一代码 已填；\n"
    lines += "竣工年月 不晚于 2027-12\n阶段 不为 谋划储备"
    held = batches.batch(desk, batch(desk, one, checks=lines))
    assert (held.days, held.due, str(held.asked)) == (6, "还有 6 天", "2000.000000")
    assert not held.projects[0].faults
    said = held.projects[0].warnings
    assert len(said) == 3 and "总投资现为 4,800.00 万元" in said[0] and "未填" in said[1] and "已填" in said[2]


@pytest.mark.parametrize(
    "line",
    [
        "总投入 不少于 1",
        "总投资 5000",
        "总投资 不少于 许多",
        "总投资 不少于",
        "阶段 为 开工了",
        "阶段 不少于 3",
        "总投资 已填 5",
    ],
)
def test_a_condition_that_cannot_be_read_is_named(desk: Desk, line: str) -> None:
    with pytest.raises(Refused, match="逐项核对第 2 行"):
        batch(desk, checks=f"总投资 已填\n{line}")


def test_funds_that_do_not_add_up_block_at_filing_only(desk: Desk) -> None:
    one = project(desk, fund_own="40000000")
    two = project(desk, name="二号")
    made = batch(desk, two, one)
    with pytest.raises(Refused, match="必须相等"):
        batches.file_batch(desk, made)
    records.put(desk, "project", [{"id": one, "fund_bond": "8000000"}])
    batches.file_batch(desk, made, "2026-11-20")
    assert batches.batch(desk, made).due == "2026-11-20 已申报"
    with pytest.raises(Refused, match="必须相等"):
        records.put(desk, "project", [{"id": one, "fund_bond": "7000000"}])
    records.put(desk, "project", [{"id": one, "note": "别的字段照改"}])
    batches.rank(desk, made, [one, two])
    assert [each.rank for each in batches.batch(desk, made).projects if each.id == one] == [1]
    with pytest.raises(Refused, match="两次"):
        batches.rank(desk, made, [one, one])
    with pytest.raises(Refused, match="还没有项目"):
        batches.file_batch(desk, batch(desk, name="空批次"))


def test_a_batch_with_a_result_is_no_longer_late(desk: Desk) -> None:
    made = batches.batch(desk, batch(desk, deadline="2026-01-31", doc_no="示发改〔2026〕0号"))
    assert (made.days, made.due) == (None, "已有结果")
    assert batches.batch(desk, batch(desk, name="晚了", deadline="2026-11-15")).due == "逾期 9 天"


def test_due_words() -> None:
    day = datetime.date(2026, 11, 24)
    said = [batches.due_words(day + datetime.timedelta(days=each), day) for each in (6, 0, -9)]
    assert said == ["还有 6 天", "今天截止", "逾期 9 天"]


def test_the_network_month_by_month(desk: Desk) -> None:
    data = {"kind": "fixed", "operator": enterprise(desk), "address": "示例路1号", "state": "open", "modern": True}
    one, two, _three, _fourth = records.put(desk, "site", [
        {**data, "name": "甲站", "opened": "2026-01-10", "modern_on": "2026-03-01"},
        {**data, "name": "乙站", "opened": "2026-02-10", "state": "closed", "closed_on": "2026-10-08"},
        {**data, "name": "丙站", "opened": "2025-02-10", "modern": False},
        {**data, "name": "丁站"},
    ]).ids  # fmt: skip
    records.put(desk, "site_month", [
        {"site": one, "period": "2026-02", "goods": "paper", "tons": "12.5"},
        {"site": two, "period": "2026-03", "goods": "paper", "tons": "7.5"},
        {"site": one, "period": "2025-12", "goods": "paper", "tons": "99"},
    ])  # fmt: skip
    found = network_flow.flow(desk)
    assert len(found.months) == 11
    by = {each.period: each for each in found.months}
    assert by["2026-01"].opened == ("甲站",) and by["2026-10"].closed == ("乙站",)
    assert [by[each].open for each in ("2026-01", "2026-02", "2026-10")] == [2, 3, 2]
    assert [by[each].counting for each in ("2026-02", "2026-03", "2026-10")] == [1, 2, 1]
    assert [(each.label, str(each.tons)) for each in found.goods] == [("废纸", "20.0")]
    assert found.undated == ["丁站"] and "丙站" in found.silent
    with pytest.raises(Refused):
        network_flow.flow(desk, "2026-05", "2026-01")


def test_the_command_line_gives_the_same(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                         monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    owner = enterprise(desk)
    first, second = (records.put(desk, "project", [project_data(owner)]).ids[0] for _ in range(2))
    made = batch(desk, first)
    folder = desk.store.folder
    desk.close()
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)

    def run(*words: str) -> tuple[int, dict[str, object]]:
        capsys.readouterr()
        code = main(["--data", str(folder), "--user", CLERK, *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    code, said = run("duplicates", "project")
    assert code == 0 and len(said["duplicates"]) == 1  # type: ignore[arg-type]
    code, said = run("merge-records", "project", second, first, "--why", "重复登记")
    assert code == 0 and said["into"] == first
    assert run("merge-records", "project", second, first, "--why", "再来")[0] == 1
    assert run("separate", "project", second, "--why", "不是一个")[0] == 0
    code, said = run("copy-project", first, "--name", "新线")
    assert code == 0 and said["name"] == "新线"
    code, said = run("pipeline")
    assert code == 0 and said["whole"]["total"] == "144000000.00"  # type: ignore[index]
    code, said = run("batches", made, "--rank", f"{second},{first}", "--file")
    assert code == 0 and [each["id"] for each in said["batches"][0]["projects"]] == [second, first]  # type: ignore[index]
    assert run("network")[0] == 0
