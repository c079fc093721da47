"""The laws of the merge (design §3) on random histories: 2 to 4 sites, partial, lost and repeated packages."""

from __future__ import annotations

import random
import sys
import types
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop.model import merge as merge_module
from desktop.model.merge import double_stamps, keep_mine, merge, outside_edit
from desktop.model.registers import (
    DELETED,
    Life,
    Record,
    Said,
    Stamp,
    conflicts,
    delete,
    life,
    open_values,
    record_id,
    set_up,
    shown,
    write,
)

FORM = "project"
IDS = [record_id("370102", FORM, [number]) for number in (1, 2)]
FIELDS = ("name", "stage")
VALUES = st.sampled_from([None, "甲", "乙", 1])
PICK = st.integers(0, 10**6)


class Site:
    """An office: its records, the replica that writes them, and the highest counter it used."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.replica = name
        self.counter = 0
        self.renewals = 0
        self.records: dict[str, Record] = {}

    def stamp(self) -> Stamp:
        self.counter += 1
        return Stamp(self.replica, self.counter)

    def get(self, record: str) -> Record:
        return self.records.get(record, Record(record, FORM))


class Exchange(RuleBasedStateMachine):
    """Sites that edit, delete, decide and exchange, while the history notes what every change had seen."""

    @initialize(count=st.integers(2, 4))
    def begin(self, count: int) -> None:
        self.sites = [Site(f"r{number}") for number in range(count)]
        self.packages: list[tuple[str, dict[str, Record]]] = []
        self.workbooks: list[dict[str, Record]] = []
        self.seen_by: dict[tuple[str, str, Stamp], set[Stamp]] = {}  # what a change replaced, by (record, field, stamp)
        self.made: dict[tuple[str, str], set[Stamp]] = {}
        self.deleted_by: dict[tuple[str, Stamp], Record] = {}  # what the author of a delete had before the eyes
        self.pool: list[Record] = []
        self.backups: list[tuple[int, dict[str, Record]]] = []

    def site(self, pick: int) -> Site:
        return self.sites[pick % len(self.sites)]

    def note(self, before: Record, after: Record) -> None:
        """Every stamp that stands in `after` and not in `before` was made by someone who had seen `before`."""
        for name, register in after.fields.items():
            old = {said.stamp for said in before.fields.get(name, frozenset())}
            for said in register:
                if said.stamp not in old and not before.covers(said.stamp):
                    self.made.setdefault((before.id, name), set()).add(said.stamp)
                    self.seen_by.setdefault((before.id, name, said.stamp), set()).update(old)

    def keep(self, site: Site, record: Record) -> None:
        site.records[record.id] = record
        self.pool.append(record)

    @rule(pick=PICK, record=st.sampled_from(IDS), name=st.sampled_from(FIELDS), value=VALUES)
    def edit(self, pick: int, record: str, name: str, value: object) -> None:
        site = self.site(pick)
        before = site.get(record)
        after = write(before, {name: value}, site.stamp(), site.name)  # type: ignore[dict-item]
        self.note(before, after)
        self.keep(site, after)
        if life(before) == Life.DELETED:
            assert life(after) == Life.ALIVE, "editing a deleted record restores it"
        assert life(after) != Life.DELETED

    @rule(pick=PICK, record=st.sampled_from(IDS))
    def remove(self, pick: int, record: str) -> None:
        site = self.site(pick)
        before = site.get(record)
        after = delete(before, site.stamp(), site.name)
        self.note(before, after)
        self.keep(site, after)
        self.deleted_by[record, Stamp(site.replica, site.counter)] = before
        assert life(after) == Life.DELETED and conflicts(after) == []

    @rule(pick=PICK, record=st.sampled_from(IDS), choice=PICK)
    def decide(self, pick: int, record: str, choice: int) -> None:
        site = self.site(pick)
        before = site.get(record)
        for name in conflicts(before):
            if name == DELETED:
                stamp = site.stamp()
                after = delete(before, stamp) if choice % 2 else write(before, {DELETED: None}, stamp)
                if choice % 2:
                    self.deleted_by[record, stamp] = before
            else:
                values = open_values(before.fields[name])
                after = write(before, {name: values[choice % len(values)].value}, site.stamp())
            assert name not in conflicts(after)
            self.note(before, after)
            self.keep(site, after)
            return

    @rule(pick=PICK, record=st.sampled_from(IDS))
    def put_in_by_set_up(self, pick: int, record: str) -> None:
        site = self.site(pick)
        fresh = set_up(record, FORM, "edition", {"name": "方案"})
        self.note(Record(record, FORM), fresh)
        self.keep(site, merge(site.get(record), fresh))

    @rule(pick=PICK, part=st.sampled_from([IDS, IDS[:1], IDS[1:]]))
    def export(self, pick: int, part: list[str]) -> None:
        site = self.site(pick)
        package = {record: site.records[record] for record in part if record in site.records}
        self.packages.append((f"p{len(self.packages)}", package))
        self.workbooks.append(package)

    @precondition(lambda self: self.packages)
    @rule(pick=PICK, record=st.sampled_from(IDS), name=st.sampled_from(FIELDS), value=VALUES)
    def edit_in_a_workbook(self, pick: int, record: str, name: str, value: object) -> None:
        package, records = self.packages[pick % len(self.packages)]
        if record in records and life(records[record]) != Life.DELETED:
            if shown(records[record].fields.get(name, frozenset())) == value:
                return
            edited = outside_edit(package, records[record], {name: value})  # type: ignore[dict-item]
            self.note(records[record], edited)
            self.workbooks.append({**records, record: edited})

    @precondition(lambda self: self.workbooks)
    @rule(pick=PICK, to=PICK, skip=st.sampled_from([None, None, *IDS]))
    def read(self, pick: int, to: int, skip: str | None) -> None:
        site = self.site(to)
        for theirs in self.workbooks[pick % len(self.workbooks)].values():
            if theirs.id == skip:
                continue  # ticked off: nothing of it is taken
            mine = site.get(theirs.id)
            after = merge(mine, theirs)
            assert merge(after, theirs) == after, "reading again changes nothing"
            if merge(theirs, mine) == theirs:
                assert after == theirs, "who knew nothing more ends with the sender's record: nothing to send back"
            self.keep(site, after)

    @precondition(lambda self: self.workbooks)
    @rule(pick=PICK, to=PICK, name=st.sampled_from(FIELDS))
    def read_without_a_field(self, pick: int, to: int, name: str) -> None:
        site = self.site(to)
        for theirs in self.workbooks[pick % len(self.workbooks)].values():
            mine = site.get(theirs.id)
            merged = merge(mine, theirs)
            if life(merged) == Life.DELETED or merged.fields.get(name) == mine.fields.get(name):
                continue
            after = keep_mine(merged, mine, [name], site.stamp(), site.name, "", "")
            self.note(merged, after)
            assert shown(after.fields[name]) == shown(mine.fields.get(name, frozenset()))
            self.keep(site, after)

    @rule(pick=PICK)
    def back_up(self, pick: int) -> None:
        self.backups.append((pick % len(self.sites), dict(self.site(pick).records)))

    @precondition(lambda self: self.backups)
    @rule(pick=PICK)
    def restore(self, pick: int) -> None:
        number, records = self.backups[pick % len(self.backups)]
        site = self.sites[number]
        site.records = dict(records)
        site.renewals += 1
        site.replica, site.counter = f"{site.name}.{site.renewals}", 0

    @precondition(lambda self: self.pool)
    @rule(left=PICK, middle=PICK, right=PICK)
    def laws(self, left: int, middle: int, right: int) -> None:
        first, *rest = [self.pool[pick % len(self.pool)] for pick in (left, middle, right)]
        second, third = [next((r for r in self.pool[pick % len(self.pool) :] if r.id == first.id), first)
                         for pick in (middle, right)]  # fmt: skip
        del rest
        assert merge(first, first) == first
        assert merge(first, second) == merge(second, first)
        assert merge(merge(first, second), third) == merge(first, merge(second, third))

    @invariant()
    def nothing_vanishes(self) -> None:
        """A change that a site has seen is current there, or one that had seen it is."""
        for site in getattr(self, "sites", []):
            for record in site.records.values():
                for name in (*FIELDS, DELETED):
                    current = {said.stamp for said in record.fields.get(name, frozenset())}
                    for stamp in self.made.get((record.id, name), set()):
                        if record.covers(stamp):
                            assert stamp in current or self._replaced(record.id, name, stamp, current)

    @invariant()
    def what_was_overwritten_stays_so(self) -> None:
        for site in getattr(self, "sites", []):
            for record in site.records.values():
                for name, register in record.fields.items():
                    current = {said.stamp for said in register}
                    for stamp in self.made.get((record.id, name), set()):
                        if record.covers(stamp):
                            assert not current & self.seen_by[record.id, name, stamp]

    @invariant()
    def a_delete_covers_what_its_author_had_seen(self) -> None:
        for site in getattr(self, "sites", []):
            for record in site.records.values():
                marks = record.fields.get(DELETED, frozenset())
                authors = [self.deleted_by[record.id, said.stamp] for said in marks if said.value is not None]
                if not authors:
                    assert life(record) == Life.ALIVE
                    continue
                living = [said for name, register in record.fields.items() for said in register if name != DELETED]
                living += [said for said in marks if said.value is None]
                unseen = [said for said in living if not any(author.covers(said.stamp) for author in authors)]
                assert life(record) == (Life.CONFLICT if unseen else Life.DELETED)

    def _replaced(self, record: str, name: str, stamp: Stamp, current: set[Stamp]) -> bool:
        waiting, known = list(current), set(current)
        while waiting:
            seen = self.seen_by.get((record, name, waiting.pop()), set())
            if stamp in seen:
                return True
            waiting += seen - known
            known |= seen
        return False

    def teardown(self) -> None:
        """Everyone reads everything, each in another order: all end equal."""
        if not getattr(self, "sites", None):
            return
        for record in IDS:
            states = [site.get(record) for site in self.sites] + [
                book[record] for book in self.workbooks if record in book
            ]
            ends = []
            for number in range(3):
                order = list(states)
                random.Random(number).shuffle(order)
                end = Record(record, FORM)
                for state in order:
                    end = merge(end, state)
                ends.append(end)
            assert ends[0] == ends[1] == ends[2]


def test_laws_hold_in_random_histories() -> None:
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=150, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
def test_laws_hold_in_ten_thousand_histories() -> None:
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=10_000, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


BROKEN = {
    "what the other has overwritten comes back": ("merge", "or not other.covers(said.stamp)", "or True"),
    "what the other has not seen is dropped": ("merge", "or not other.covers(said.stamp)", "or False"),
    "the vector stays mine": ("merge", "join(mine.vector, theirs.vector)", "mine.vector"),
    "an outside edit raises no vector": (
        "merge", "vector[stamp.replica] = 1\n    return Record(base", "return Record(base",
    ),
    "outside edits of one cell share a stamp": ("merge", "digest_replica(package, base.id, name, value)", "package"),
    "a ticked-off field is not written again": ("merge", "if values else merged", "if False else merged"),
    "a merge forgets mine": ("merge", "kept |= {said for said in theirs", "kept = {said for said in theirs"),
    "a local edit raises no vector": (
        "registers", "join(record.vector, {stamp.replica: stamp.counter})", "record.vector",
    ),
    "a delete has seen nothing": ("registers", "{DELETED: vector_text(record.vector)}", '{DELETED: "{}"}'),
    "a delete wins over every edit": ("registers", "Life.CONFLICT if unseen else Life.DELETED", "Life.DELETED"),
    "editing does not restore": ("registers", "if life(record) == Life.DELETED and DELETED not in", "if DELETED in"),
    "an edit leaves the old value": (
        "registers", "fields[name] = frozenset({Said(stamp, value, who, at, why)})\n    return",
        "fields[name] = frozenset({Said(stamp, value, who, at, why)}) | record.fields.get(name, frozenset())\n"
        "    return",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BROKEN))
def test_a_rule_broken_on_purpose_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room, right, wrong = BROKEN[name]
    sources = {}
    for each in ("registers", "merge"):
        path = Path(merge_module.__file__).with_name(f"{each}.py")
        sources[each] = path.read_text(encoding="utf-8").replace(
            "desktop.model.registers import", "broken_registers import"
        )
    assert right in sources[room]
    sources[room] = sources[room].replace(right, wrong)
    for each, source in sources.items():
        module = types.ModuleType(f"broken_{each}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(source, f"broken_{each}", "exec"), module.__dict__)
        for known in list(globals()):
            if known in module.__dict__ and getattr(globals()[known], "__module__", "").startswith("desktop.model."):
                monkeypatch.setitem(globals(), known, module.__dict__[known])
    with pytest.raises((AssertionError, ValueError)):
        run_state_machine_as_test(
            Exchange,
            settings=settings(
                max_examples=1500, stateful_step_count=30, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
            ),
        )  # fmt: skip


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


def test_a_stamp_with_two_values_keeps_both_and_is_reported() -> None:
    merged = merge(entered("甲"), entered("乙"))
    assert conflicts(merged) == ["name"]
    assert double_stamps(merged) == [("name", Stamp("a", 1))]


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
