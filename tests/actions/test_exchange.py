"""Two offices of one district exchange workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import conflicts, exchange, records, undo
from desktop.actions.desk import Desk
from desktop.excel.read import read_workbook
from desktop.model.errors import Refused
from desktop.model.registers import Stamp, set_up, write
from tests.conftest import enterprise, project, project_data

Office = Callable[..., Desk]


@pytest.fixture
def pair(office: Office) -> tuple[Desk, Desk]:
    return office("a", "示例区发展和改革局"), office("b", "示例区工业和信息化局", account="王示例")


def send(one: Desk, other: Desk, path: Path, **more: object) -> exchange.Applied:
    exchange.export(one, path)
    return exchange.apply(other, exchange.read(other, path), accept_peer=True, **more)  # type: ignore[arg-type]


def test_both_ways_and_still_68_assignments(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    project(a)
    first = send(a, b, tmp_path / "ab.xlsx")
    assert (first.added, first.changed, first.conflicts) == (2, 0, [])
    back = send(b, a, tmp_path / "ba.xlsx")
    assert (back.added, back.changed, back.conflicts) == (0, 0, [])
    for desk in pair:
        assert records.find(desk, "assignment")[1] == 68


def test_edits_of_one_field_conflict_once_and_the_decision_travels(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    record = project(a)
    send(a, b, tmp_path / "1.xlsx")
    records.put(a, "project", [{"id": record, "equipment_paid": "11800000", "note": "甲写的"}])
    records.put(b, "project", [{"id": record, "equipment_paid": "12400000", "address": "示例路2号"}])
    came = send(b, a, tmp_path / "2.xlsx")
    assert [(each.field, each.mine.value, each.theirs[0].value) for each in came.conflicts] == [
        ("equipment_paid", 1180000000, 1240000000)
    ]
    shown = records.get(a, "project", record)
    assert sorted(shown["open"]["equipment_paid"]) == ["11800000.00", "12400000.00"]
    assert shown["address"] == "示例路2号" and shown["note"] == "甲写的"
    conflicts.decide(a, f"{record}:equipment_paid", "theirs", why="以调度为准")
    assert conflicts.conflicts_of(a) == []
    again = send(a, b, tmp_path / "3.xlsx")
    assert again.conflicts == [] and conflicts.conflicts_of(b) == []
    assert records.get(b, "project", record)["equipment_paid"] == "12400000.00"


def test_delete_against_an_edit_is_keep_or_delete(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    record = project(a)
    send(a, b, tmp_path / "1.xlsx")
    records.remove(a, "project", record, "重复")
    records.put(b, "project", [{"id": record, "note": "还要"}])
    came = send(b, a, tmp_path / "2.xlsx")
    assert [each.field for each in came.conflicts] == ["_deleted"]
    conflicts.decide(a, f"{record}:_deleted", "keep")
    assert records.get(a, "project", record)["note"] == "还要"


def test_a_stranger_is_not_merged_before_acceptance(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    exchange.export(a, tmp_path / "x.xlsx")
    read = exchange.read(b, tmp_path / "x.xlsx")
    assert read.peer == "unknown"
    with pytest.raises(Refused, match="指纹"):
        exchange.apply(b, read)
    exchange.apply(b, read, accept_peer=True)
    assert exchange.read(b, tmp_path / "x.xlsx").peer == "known"


def test_practice_data_never_enters_real_work(office: Office, pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    exchange.export(pair[0], tmp_path / "x.xlsx")
    real = office("real", practice=False)
    with pytest.raises(Refused, match="练习数据"):
        exchange.read(real, tmp_path / "x.xlsx")


def test_a_ticked_off_record_gives_nothing_and_a_ticked_off_field_keeps_mine(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    a, b = pair
    record = project(a)
    send(a, b, tmp_path / "1.xlsx")
    records.put(b, "project", [{"id": record, "note": "乙写的", "address": "示例路9号"}])
    exchange.export(b, tmp_path / "2.xlsx")
    read = exchange.read(a, tmp_path / "2.xlsx")
    exchange.apply(a, read, accept_peer=True, skip_records=[record])
    assert "note" not in records.get(a, "project", record)
    exchange.apply(a, exchange.read(a, tmp_path / "2.xlsx"), skip_fields=[(record, "address")])
    shown = records.get(a, "project", record)
    assert shown["note"] == "乙写的" and shown["address"] == "示例区星河街道示例路1号"
    assert exchange.read(a, tmp_path / "2.xlsx").preview.counts["changed"] == 0


def test_a_units_share_holds_nobody_elses_data(desk: Desk, tmp_path: Path) -> None:
    enterprise(desk, "另一家示例公司")
    owner = enterprise(desk)
    mine = records.put(desk, "project", [{**project_data(owner), "authority": "区工业和信息化局"}]).ids[0]
    exchange.export(desk, tmp_path / "share.xlsx", unit="区工业和信息化局")
    ids = {state.id for state in exchange.read(desk, tmp_path / "share.xlsx").package.records}
    assert {mine, owner} <= ids
    assert len([state for state in ids if desk.store.records.form_of(state) == "enterprise"]) == 1


def test_an_import_taken_back_before_anything_left_hurts_nobody(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    record = project(b)
    done = send(b, a, tmp_path / "1.xlsx")
    assert done.action is not None and records.find(a, "project")[1] == 1
    undo.undo(a, done.action)
    assert records.find(a, "project")[1] == 0
    send(a, b, tmp_path / "2.xlsx")
    assert records.find(b, "project")[1] == 1  # b's own record was not deleted by a's undo
    again = exchange.apply(a, exchange.read(a, tmp_path / "1.xlsx"))
    assert again.added == 2 and records.get(a, "project", record)["stage"] == "building"


def test_a_record_of_a_form_unknown_here_is_kept_and_sent_on(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, _ = pair
    state = set_up("11111111-2222-4333-8444-555555555555", "rocket", "later", {"name": "新版本才有的表"})
    with a.store.writing("收下"):
        a.store.save("import", [(None, state)], who="示例")
    exchange.export(a, tmp_path / "all.xlsx")
    package = read_workbook(tmp_path / "all.xlsx").package
    assert package is not None and package.record(state.id) == state
    assert a.store.records.states([state.id])[state.id] == state


def test_a_value_that_does_not_fit_never_refuses_a_merge(desk: Desk) -> None:
    record = project(desk)
    state = desk.store.records.states([record])[record]
    odd = write(state, {"total_investment": "约三千四", "photos": "不是数组"}, Stamp("else", 1))
    with desk.store.writing("合并"):
        desk.store.save("import", [(state, odd)], who="示例")
    assert "total_investment" not in records.get(desk, "project", record)
    assert desk.store.records.states([record])[record] == odd
