"""A field that a merge would have emptied is logged, and `check` names it until someone decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.actions import conflicts, exchange, health, seat
from desktop.actions.desk import Desk
from desktop.model.registers import Record, Said, Stamp
from tests.conftest import project

Office = Callable[..., Desk]


def claimed(desk: Desk, record: str, name: str, value: str, counter: int, seen: int) -> None:
    """Put in what one of two copies of a folder wrote, which had seen what the other wrote under the same stamps."""
    (state,) = desk.store.records.states([record]).values()
    fields = {**state.fields, name: frozenset({Said(Stamp("copied", counter), value, "王示例")})}
    after = Record(state.id, state.form, fields, {**state.vector, "copied": seen})
    with desk.store.writing("测试"):
        desk.store.save("put", [(state, after)], who=desk.who)


def findings(desk: Desk) -> list[tuple[str, str]]:
    return [(each["kind"], each["message"]) for each in health.check_folder(desk).findings]


def test_both_sides_stay_open_and_are_named_until_one_is_decided(office: Office, tmp_path: Path) -> None:
    a, b = office("a", "示例区发展和改革局"), office("b", "示例区工业和信息化局", account="王示例")
    record = project(a)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    claimed(a, record, "note", "甲写的", 1, 2)
    claimed(b, record, "note", "乙写的", 2, 2)
    exchange.export(b, tmp_path / "2.xlsx")
    came = exchange.apply(a, exchange.read(a, tmp_path / "2.xlsx"), accept_peer=True)
    assert [each.field for each in came.conflicts] == ["note"]
    ((kind, message),) = findings(a)
    assert kind == "emptied" and "“备注”" in message and not health.check_folder(a).ok
    assert any(row["kind"] == "emptied" and row["record"] == record for row in a.store.journal.actions())
    assert any("“备注”" in str(row["why"]) for row in seat.recent(a, 5))
    conflicts.decide(a, f"{record}:note", "theirs")
    assert findings(a) == [] and health.check_folder(a).ok


def test_an_ordinary_conflict_is_no_finding(office: Office, tmp_path: Path) -> None:
    a, b = office("a", "示例区发展和改革局"), office("b", "示例区工业和信息化局", account="王示例")
    record = project(a)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    claimed(a, record, "note", "甲写的", 1, 1)
    (state,) = b.store.records.states([record]).values()
    with b.store.writing("测试"):
        theirs = frozenset({Said(Stamp("other", 1), "乙写的", "王示例")})
        after = Record(state.id, state.form, {**state.fields, "note": theirs}, {**state.vector, "other": 1})
        b.store.save("put", [(state, after)], who=b.who)
    exchange.export(b, tmp_path / "2.xlsx")
    came = exchange.apply(a, exchange.read(a, tmp_path / "2.xlsx"), accept_peer=True)
    assert [each.field for each in came.conflicts] == ["note"] and findings(a) == []
