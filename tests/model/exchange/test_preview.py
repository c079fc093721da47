"""What reading a package would do, and what is left of it after ticking off."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.model.exchange import Edit, Reading, choose, incoming_items, pack, preview
from desktop.model.exchange.preview import Preview
from desktop.model.fields import NoNames
from desktop.model.forms import Forms, read_form
from desktop.model.merge import keep_mine, merge, outside_edit
from desktop.model.package import Package, Peer
from desktop.model.registers import DELETED, Life, Record, Stamp, conflicts, delete, life, shown, write

FORM = """
name = "thing"
title = "示例"
label = ["name"]
fields = [
  {name = "name", label = "名称", type = "text", required = true},
  {name = "count", label = "台套数", type = "whole"},
]
"""
NAMES = NoNames(datetime.date(2026, 11, 24))
BASE = write(Record("x", "thing"), {"name": "甲", "count": 1}, Stamp("a", 1), "张三", "2026-11-24")


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    path: Path = tmp_path_factory.mktemp("forms") / "thing.toml"
    path.write_text(FORM, encoding="utf-8")
    return Forms([read_form(path)])


def packed(forms: Forms, *records: Record) -> Package:
    return pack(
        "p", records, district="370102", office="示例区", sender=Peer("a", "示例", "00" * 32), created="", edition="",
        forms=forms, names=NAMES,
    )  # fmt: skip


def edited(base: Record, changes: dict[str, object], *, new: bool = False) -> Reading:
    return Reading(edits=(Edit("thing", base, changes, new, "示例", 1, dict.fromkeys(changes, "B2")),))  # type: ignore[arg-type]


def seen(forms: Forms, package: Package, reading: Reading | None, mine: Record | None) -> Preview:
    items = incoming_items(package, reading)
    return preview(items, {"x": mine} if mine else {}, forms, package)


def test_a_record_not_here_yet_is_added(forms: Forms) -> None:
    assert [line.kind for line in seen(forms, packed(forms, BASE), None, None).lines] == ["added"]


def test_my_own_package_come_back_changes_nothing(forms: Forms) -> None:
    mine = write(BASE, {"count": 2}, Stamp("b", 1))
    found = seen(forms, packed(forms, BASE), None, mine)
    assert found.counts["unchanged"] == 1 and choose(found) == []


def test_an_edit_of_what_nobody_touched_since_is_a_change(forms: Forms) -> None:
    (line,) = seen(forms, packed(forms, BASE), edited(BASE, {"count": 5}), BASE).lines
    assert line.kind == "changed"
    (row,) = line.fields
    assert (row.field, row.cell, row.base, row.mine, row.theirs[0][0], row.after, row.open) == (
        "count", "B2", 1, 1, 5, 5, False,
    )  # fmt: skip


def test_an_edit_of_what_i_changed_meanwhile_is_a_conflict_and_mine_stays_on_the_screen(forms: Forms) -> None:
    mine = write(BASE, {"count": 7}, Stamp("z", 1))
    found = seen(forms, packed(forms, BASE), edited(BASE, {"count": 5}), mine)
    (line,) = found.lines
    (row,) = line.fields
    assert (line.kind, row.base, row.mine, row.after, row.open) == ("conflict", 1, 7, 7, True)
    (chosen,) = choose(found)
    assert conflicts(chosen.after) == ["count"]
    again = seen(forms, packed(forms, BASE), edited(BASE, {"count": 5}), chosen.after)
    assert again.counts["unchanged"] == 1, "a conflict that is open already is not opened anew"
    other = seen(forms, packed(forms, BASE), edited(BASE, {"count": 6}), chosen.after)
    assert other.counts["conflict"] == 1, "a third value is"


def test_edits_of_different_fields_meet_without_conflict(forms: Forms) -> None:
    mine = write(BASE, {"name": "乙"}, Stamp("b", 1))
    (line,) = seen(forms, packed(forms, BASE), edited(BASE, {"count": 5}), mine).lines
    assert line.kind == "changed" and [row.field for row in line.fields] == ["count"]


def test_a_record_ticked_off_gives_nothing(forms: Forms) -> None:
    found = seen(forms, packed(forms, BASE), edited(BASE, {"count": 5}), BASE)
    assert choose(found, skip_records=["x"]) == []


def test_an_edited_cell_ticked_off_makes_no_stamp(forms: Forms) -> None:
    found = seen(forms, packed(forms, BASE), edited(BASE, {"count": 5, "name": "乙"}), BASE)
    (chosen,) = choose(found, skip_fields=[("x", "count")])
    assert chosen.keep == () and chosen.after == outside_edit("p", BASE, {"name": "乙"})


def test_a_replicated_field_ticked_off_is_taken_and_then_mine_is_written(forms: Forms) -> None:
    theirs = write(BASE, {"count": 5}, Stamp("b", 1))
    found = seen(forms, packed(forms, theirs), None, BASE)
    (chosen,) = choose(found, skip_fields=[("x", "count")])
    assert chosen.keep == ("count",) and chosen.after == merge(BASE, theirs)
    kept = keep_mine(chosen.after, BASE, list(chosen.keep), Stamp("a", 2), "张三", "", "")
    assert shown(kept.fields["count"]) == 1 and merge(kept, theirs) == kept


def test_a_delete_shows_and_against_an_edit_waits(forms: Forms) -> None:
    gone = delete(BASE, Stamp("b", 1))
    (line,) = seen(forms, packed(forms, gone), None, BASE).lines
    assert (line.kind, line.fields[0].field, line.fields[0].after) == ("changed", DELETED, None)
    mine = write(BASE, {"count": 7}, Stamp("a", 2))
    (line,) = seen(forms, packed(forms, gone), None, mine).lines
    assert line.kind == "conflict" and line.fields[0].open and life(line.after) == Life.CONFLICT
    found = seen(forms, packed(forms, gone), None, BASE)
    (chosen,) = choose(found, skip_fields=[("x", DELETED)])
    kept = keep_mine(chosen.after, BASE, list(chosen.keep), Stamp("a", 2), "", "", "")
    assert life(kept) == Life.ALIVE


def test_a_new_row_all_of_whose_cells_are_ticked_off_is_gone(forms: Forms) -> None:
    found = seen(forms, packed(forms), edited(Record("x", "thing"), {"name": "乙"}, new=True), None)
    assert found.counts["added"] == 1
    assert choose(found, skip_fields=[("x", "name")]) == []


def test_packages_are_the_same_bytes_whatever_the_order(forms: Forms) -> None:
    other = write(Record("y", "thing"), {"name": "丙"}, Stamp("b", 1))
    assert packed(forms, BASE, other).to_bytes() == packed(forms, other, BASE).to_bytes()
    assert Package.from_bytes(packed(forms, BASE, other).to_bytes()) == packed(forms, BASE, other)
