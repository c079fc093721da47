"""Records entered twice are found, made one by a person, resolve everywhere, and can be set apart again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import conflicts, exchange, merging, periods, records, undo
from desktop.actions.desk import Desk
from desktop.actions.duplicates import duplicates, near, not_duplicates
from desktop.actions.listing import listing
from desktop.actions.shown import conflict_line
from desktop.model.errors import Refused
from desktop.model.registers import MERGED
from tests.conftest import enterprise, project, project_data

WHY = "同一家单位登记了两次"


def two(desk: Desk) -> tuple[str, str]:
    return (
        enterprise(desk, "云帆（示例）重工有限责任公司", phone="000-0001", contact="王示例"),
        enterprise(desk, "云帆(示例)重工有限公司", phone="000-0002"),
    )


def month(desk: Desk, owner: str, period: str, **more: object) -> str:
    return records.put(desk, "project_month", [{"project": owner, "period": period, **more}]).ids[0]


def test_what_referred_to_the_merged_record_means_the_other(desk: Desk) -> None:
    gone, stays = two(desk)
    job = records.put(desk, "project", [project_data(gone)]).ids[0]
    done = merging.merge_records(desk, "enterprise", gone, stays, WHY)
    assert done.taken == ["contact"], "what was empty is filled, the phone stays"
    assert records.get(desk, "project", job)["enterprise"] == stays
    assert records.find(desk, "project", where={"enterprise": stays})[1] == 1
    assert records.find(desk, "project", where={"enterprise": gone})[1] == 1
    assert [record for record, _ in records.find(desk, "enterprise")[0]] == [stays]
    assert listing(desk, "project").lines[0].texts["enterprise"] == "云帆(示例)重工有限公司"
    assert records.find(desk, "project", search="云帆(示例)")[1] == 1, "it is found by the name that stands now"
    read = records.get(desk, "enterprise", gone)
    assert read["name"] == "云帆（示例）重工有限责任公司" and read[MERGED] == stays, "it stays readable"
    assert desk.names.find("enterprise", "云帆（示例）重工有限责任公司") == [stays], "and is found by its old name"
    assert [each.id for each in merging.merged_records(desk, "enterprise")] == [gone]
    history = records.history(desk, "enterprise", gone)
    assert history[-1]["field"] == MERGED and history[-1]["why"] == WHY


def test_a_merge_is_taken_back_and_set_apart(desk: Desk) -> None:
    gone, stays = two(desk)
    job = records.put(desk, "project", [project_data(gone)]).ids[0]
    merging.merge_records(desk, "enterprise", gone, stays, WHY)
    undo.undo(desk)
    assert records.find(desk, "enterprise")[1] == 2 and records.get(desk, "project", job)["enterprise"] == gone
    assert "contact" not in records.get(desk, "enterprise", stays)
    merging.merge_records(desk, "enterprise", gone, stays, WHY)
    merging.separate(desk, "enterprise", gone, "其实是两家")
    assert records.find(desk, "enterprise")[1] == 2 and records.get(desk, "project", job)["enterprise"] == gone


def test_months_of_both_become_one_row_each(desk: Desk) -> None:
    first, second = project(desk), project(desk, name="重卡车架焊接线改造")
    month(desk, first, "2026-05", month="1000000", ytd="5000000")
    month(desk, second, "2026-05", month="2000000")
    only = month(desk, first, "2026-06", month="3000000")
    done = merging.merge_records(desk, "project", first, second, WHY)
    found, total = records.find(desk, "project_month", where={"project": second})
    assert total == 2 and only in [record for record, _ in found]
    may = next(values for _, values in found if values["period"] == "2026-05")
    assert may["month"] == 200000000 and may["ytd"] == 500000000, "its own figure stays, the empty one is filled"
    assert len(done.rows) == 1 and "本月完成" in done.rows[0]
    again = month(desk, second, "2026-06", month="3500000")
    assert again == only, "the month that came along is changed, not entered twice"
    merging.separate(desk, "project", first, "其实是两个项目")
    assert records.find(desk, "project_month", where={"project": first})[1] == 2


def test_what_refuses_a_merge(desk: Desk) -> None:
    gone, stays = two(desk)
    for wrong in [(gone, gone, WHY), (gone, stays, " "), (gone, "0" * 8, WHY)]:
        with pytest.raises(Refused):
            merging.merge_records(desk, "enterprise", *wrong)
    with pytest.raises(Refused, match="不能"):
        merging.merge_records(desk, "policy", gone, stays, WHY)
    with pytest.raises(Refused, match="没有字段"):
        merging.merge_records(desk, "enterprise", gone, stays, WHY, take=["colour"])
    merging.merge_records(desk, "enterprise", gone, stays, WHY)
    with pytest.raises(Refused, match="已并入"):
        merging.merge_records(desk, "enterprise", stays, gone, WHY)
    with pytest.raises(Refused, match="已并入"):
        records.put(desk, "enterprise", [{"id": gone, "phone": "000"}])


def test_a_month_of_a_closed_period_is_not_merged(desk: Desk) -> None:
    first, second = project(desk), project(desk, name="重卡车架焊接线改造")
    for owner in (first, second):
        month(desk, owner, "2026-05", month="1000000")
    periods.close(desk, "2026-05")
    with pytest.raises(Refused, match="关账"):
        merging.merge_records(desk, "project", first, second, WHY)
    assert records.find(desk, "project")[1] == 2


def test_merged_values_pass_the_checks(desk: Desk) -> None:
    first, second = project(desk), project(desk, name="重卡车架焊接线改造", total_investment="10000000",
                                           equipment_investment="9000000", fund_own="10000000")  # fmt: skip
    with pytest.raises(Refused, match="大于总投资"):
        merging.merge_records(desk, "project", first, second, WHY, take=["equipment_investment"])


def test_two_offices_merge_the_opposite_way(office: Callable[..., Desk], tmp_path: Path) -> None:
    here = office("here", office="甲科")
    one, other = two(here)
    carry(here, there := office("there", office="乙科"), tmp_path / "1.xlsx")
    merging.merge_records(here, "enterprise", one, other, WHY)
    merging.merge_records(there, "enterprise", other, one, WHY)
    carry(here, there, tmp_path / "2.xlsx")
    carry(there, here, tmp_path / "3.xlsx")
    small = min(one, other)
    for desk in (here, there):
        assert [record for record, _ in records.find(desk, "enterprise")[0]] == [small]


def test_two_offices_merge_into_different_records(office: Callable[..., Desk], tmp_path: Path) -> None:
    here = office("here", office="甲科")
    gone, one = two(here)
    other = enterprise(here, "云帆重工")
    carry(here, there := office("there", office="乙科"), tmp_path / "1.xlsx")
    merging.merge_records(here, "enterprise", gone, one, WHY)
    merging.merge_records(there, "enterprise", gone, other, WHY)
    carry(there, here, tmp_path / "2.xlsx")
    waiting = conflicts.conflicts_of(here)
    assert [(each.record, each.field) for each in waiting] == [(gone, MERGED)]
    line = conflict_line(here, waiting[0])
    assert "并入：本单位 云帆(示例)重工有限公司，交回 云帆重工" in line
    assert here.store.records.merged.root(gone) == one, "until it is decided each sees its own"
    conflicts.decide(here, waiting[0].id, "theirs")
    carry(here, there, tmp_path / "3.xlsx")
    assert not conflicts.conflicts_of(there)
    assert here.store.records.merged.root(gone) == there.store.records.merged.root(gone) == other


def carry(sender: Desk, receiver: Desk, path: Path) -> None:
    exchange.export(sender, path)
    exchange.apply(receiver, exchange.read(receiver, path), accept_peer=True)


def test_a_package_brings_what_was_merged_and_its_sheet_shows_one(office: Callable[..., Desk], tmp_path: Path) -> None:
    here, there = office("here", office="甲科"), office("there", office="乙科")
    gone, stays = two(here)
    job = records.put(here, "project", [project_data(gone)]).ids[0]
    merging.merge_records(here, "enterprise", gone, stays, WHY)
    path = tmp_path / "p.xlsx"
    exchange.export(here, path, forms=["project"])
    read = exchange.read(there, path)
    assert not read.reading.errors and not read.reading.edits, "nothing looks edited"
    exchange.apply(there, read, accept_peer=True)
    assert records.get(there, "project", job)["enterprise"] == stays
    assert records.find(there, "enterprise")[1] == 1


def test_near_records_are_named_while_one_is_typed(desk: Desk) -> None:
    first, _ = two(desk)
    found = near(desk, "enterprise", {"name": "云帆〔示例〕重工有限公司"})
    assert len(found) == 2 and "有限公司" in found[-1].why + found[0].why
    assert near(desk, "enterprise", {"name": "云帆（示例）重工有限责任公司"}, record=first)[0].id != first
    assert near(desk, "enterprise", {"name": ""}) == []
    owner = enterprise(desk, "星河机械有限公司")
    old = records.put(desk, "project", [project_data(owner, project_code="2603-379901-07-02-000001")]).ids[0]
    typed = {"name": "另一个项目", "project_code": "2603-379901-07-02-000001"}
    assert [(each.id, each.strong) for each in near(desk, "project", typed)] == [(old, True)]
    typed = {"name": "重卡车架智能焊接线改造", "enterprise": owner}
    assert near(desk, "project", typed)[0].why == "项目单位相同，名称相同"
    typed = {"name": "重卡车架智能焊接线改建", "enterprise": owner, "total_investment": "4,700.00"}
    assert "总投资相近" in near(desk, "project", typed)[0].why
    assert near(desk, "project", {**typed, "total_investment": "3,000.00"}) == []
    assert near(desk, "policy", {"name": "x"}) == []


def test_a_near_name_warns_when_an_enterprise_is_saved(desk: Desk) -> None:
    two(desk)
    said = records.put(desk, "enterprise", [{"name": "云帆（示例）重工 有限公司"}, {"name": "星河机械厂"}]).warnings
    assert [each["index"] for each in said] == [0] and "名称相近" in str(said[0]["message"])
    again = records.put(desk, "enterprise", [{"name": "望岳机械有限公司"}, {"name": "望岳机械有限责任公司"}]).warnings
    assert [each["index"] for each in again] == [1], "the second names the first of the same batch"
    first = records.find(desk, "enterprise")[0][0][0]
    assert records.put(desk, "enterprise", [{"id": first, "phone": "000-0009"}]).warnings == []


def test_doubles_of_a_register_and_what_a_person_calls_different(desk: Desk) -> None:
    gone, stays = two(desk)
    pairs = duplicates(desk, "enterprise")
    assert [(pair.left, pair.right) for pair in pairs] == [(gone, stays)]
    data = {"name": "星河站", "kind": "fixed", "operator": gone, "address": "示例区星河街道1号路", "state": "open",
            "opened": "2026-01-01"}  # fmt: skip
    site = records.put(desk, "site", [data]).ids[0]
    records.put(desk, "site", [{**data, "name": "回收点甲", "operator": stays, "address": "星河街道１号路"}])
    assert [pair.why for pair in duplicates(desk, "site") if site in (pair.left, pair.right)] == ["地址相同"]
    not_duplicates(desk, "enterprise", gone, stays, "两家都有执照")
    assert duplicates(desk, "enterprise") == []
    with pytest.raises(Refused):
        duplicates(desk, "policy")
