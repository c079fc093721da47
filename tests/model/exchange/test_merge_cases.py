"""Single cases of the merge, each a sentence of design §3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.merge import emptied, merge, outside_edit
from desktop.model.registers import DELETED, Life, Record, Said, Stamp, conflicts, delete, life, shown, write

FORM = "project"


def entered(value: object, replica: str = "a", counter: int = 1, name: str = "name") -> Record:
    return write(Record("x", FORM), {name: value}, Stamp(replica, counter))  # type: ignore[dict-item]


def test_two_edits_that_had_not_seen_each_other_stay_open_until_someone_decides() -> None:
    merged = merge(entered("甲", "a"), entered("乙", "b"))
    assert conflicts(merged) == ["name"]
    decided = write(merged, {"name": "乙"}, Stamp("c", 1))
    assert conflicts(merge(decided, entered("甲", "a"))) == []
    assert shown(merge(decided, entered("甲", "a")).fields["name"]) == "乙"


def test_two_edits_with_one_value_are_no_conflict() -> None:
    assert conflicts(merge(entered("甲", "a"), entered("甲", "b"))) == []


def test_an_outside_edit_read_twice_or_at_two_sites_is_one_edit() -> None:
    base = entered("甲")
    here = merge(base, outside_edit("p", base, {"name": "乙"}))
    there = merge(base, outside_edit("p", base, {"name": "乙"}))
    assert merge(here, there) == here and conflicts(here) == []


def test_a_delete_that_had_not_seen_an_edit_waits_for_a_decision() -> None:
    base = entered("甲")
    gone = delete(base, Stamp("b", 1))
    edited = write(base, {"name": "乙"}, Stamp("a", 2))
    merged = merge(gone, edited)
    assert life(merged) == Life.CONFLICT and conflicts(merged) == [DELETED]
    assert life(merge(gone, delete(base, Stamp("c", 1)))) == Life.DELETED


def test_a_stamp_with_two_values_keeps_both() -> None:
    merged = merge(entered("甲"), entered("乙"))
    assert conflicts(merged) == ["name"]


def test_a_merge_that_would_empty_a_field_keeps_both_sides_and_names_it() -> None:
    base = entered("甲", "copied")
    here = write(base, {"name": "乙"}, Stamp("copied", 2))
    there = write(base, {"stage": "丙"}, Stamp("copied", 2))
    there = write(there, {"name": "丁", "stage": "丙"}, Stamp("other", 1))
    here = write(here, {"stage": "戊"}, Stamp("copied", 3))
    here = Record(here.id, FORM, here.fields, {**here.vector, "other": 1})
    there = Record(there.id, FORM, there.fields, {**there.vector, "copied": 3})
    merged = merge(here, there)
    assert emptied(here, there) == emptied(there, here) == ["name", "stage"]
    assert conflicts(merged) == ["name", "stage"] and merged == merge(there, here)
    assert emptied(base, here) == emptied(here, here) == []


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from("甲乙丙")), min_size=2, max_size=8))
def test_copied_files_that_wrote_one_field_under_the_same_stamps_obey_the_laws(
    steps: list[tuple[int, int, str]],
) -> None:
    sites = [Record("x", FORM) for _ in range(3)]
    for place, other, value in steps:
        if place == other:
            replica = "copied" if place < 2 else "third"
            stamp = Stamp(replica, sites[place].vector.get(replica, 0) + 1)
            sites[place] = write(sites[place], {"name": value}, stamp)
        else:
            sites[place] = merge(sites[place], sites[other])
    first, second, third = sites
    assert merge(first, second) == merge(second, first)
    assert merge(merge(first, second), third) == merge(first, merge(second, third))
    assert merge(merge(first, second), second) == merge(first, second)


def test_a_stamp_cannot_be_used_twice() -> None:
    with pytest.raises(ValueError):
        write(entered("甲"), {"name": "乙"}, Stamp("a", 1))


def test_the_value_on_the_screen_stays_while_it_is_among_the_open_ones() -> None:
    merged = merge(entered("甲", "a"), entered("乙", "b"))
    assert shown(merged.fields["name"], "乙") == "乙"
    assert shown(merged.fields["name"], "丙") == "甲"
    assert Said(Stamp("a", 1), 1).key != Said(Stamp("a", 1), "1").key
