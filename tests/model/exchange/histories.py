"""Random histories of 2 to 4 sites and the laws they obey (design §3).

Packages are partial, lost and repeated, imports are taken back, backups restored.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from desktop.model.merge import keep_mine, merge, outside_edit
from desktop.model.registers import (
    DELETED,
    Life,
    Record,
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

    @precondition(lambda self: self.packages)
    @rule(pick=PICK, to=PICK, record=st.sampled_from(IDS), value=VALUES)
    def two_people_fill_in_copies(self, pick: int, to: int, record: str, value: object) -> None:
        """Each fills in another column of a copy of one workbook, and one site reads both."""
        package, records = self.packages[pick % len(self.packages)]
        site = self.site(to)
        if record not in records or life(records[record]) == Life.DELETED:
            return
        for name in FIELDS:
            if shown(records[record].fields.get(name, frozenset())) != value:
                edited = outside_edit(package, records[record], {name: value})  # type: ignore[dict-item]
                self.note(records[record], edited)
                self.workbooks.append({**records, record: edited})
                self.keep(site, merge(site.get(record), edited))

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

    @precondition(lambda self: self.workbooks)
    @rule(pick=PICK, to=PICK, edits=st.booleans(), value=VALUES)
    def read_and_take_back(self, pick: int, to: int, edits: bool, value: object) -> None:
        """An import that nothing has left since: records unedited since go back whole, edited ones stay (design §3)."""
        site = self.site(to)
        for number, theirs in enumerate(self.workbooks[pick % len(self.workbooks)].values()):
            before = site.records.get(theirs.id)
            after = merge(site.get(theirs.id), theirs)
            if edits and number == 0:
                edited = write(after, {"name": value}, site.stamp(), site.name)  # type: ignore[dict-item]
                self.note(after, edited)
                self.keep(site, edited)
            elif before is None:
                site.records.pop(theirs.id, None)
            else:
                site.records[theirs.id] = before

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
