"""`check` names what a damaged or copied data folder holds."""

from __future__ import annotations

from desktop.actions import health, records
from desktop.actions.desk import Desk
from desktop.model.merge import merge
from desktop.model.registers import Record, Said
from tests.conftest import enterprise


def test_a_field_that_two_copies_wrote_under_one_stamp_is_named(desk: Desk) -> None:
    record = enterprise(desk, "云帆重工")
    (mine,) = desk.store.records.states([record]).values()
    (said,) = mine.fields["name"]
    copied = frozenset({Said(said.stamp, "云帆机械", said.who, said.at, said.why)})
    merged = merge(mine, Record(mine.id, mine.form, {**mine.fields, "name": copied}, mine.vector))
    with desk.store.writing("测试"):
        desk.store.save("import", [(mine, merged)], who=desk.who, why="副本")
    (found,) = health.check_folder(desk).findings
    assert (found["kind"], found["record"]) == ("stamp", record) and "“单位名称”" in found["message"]
    assert not health.check_folder(desk).ok
    records.remove(desk, "enterprise", record, "多余")
    assert health.check_folder(desk).ok, "a deleted record no longer asks for a value"
