"""Random histories of 2 to 4 sites and the laws they obey (design §3).

Packages are partial, lost and repeated, imports are taken back, backups restored; some sites have an older version
that does not know one field and one form; rows are refused and mended; children come before their parents.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from desktop.model.exchange import Chosen, choose, preview
from desktop.model.fields.base import Value
from desktop.model.forms import Forms
from desktop.model.merge import keep_mine, merge, outside_edit
from desktop.model.registers import (
    DELETED,
    MERGED,
    Life,
    Record,
    Stamp,
    conflicts,
    delete,
    digest_replica,
    life,
    open_values,
    set_up,
    shown,
    write,
)
from tests.model.exchange.laws import Laws, parent
from tests.model.exchange.offices import FIELDS, FORM_OF, IDS, MONTH, NOVEL, PARENT, PROJECTS, Book, Site, sent

VALUES = st.sampled_from([None, "甲", "乙", 1])
PICK = st.integers(0, 10**6)
RECORDS = st.sampled_from([*PROJECTS, *PROJECTS, MONTH, NOVEL])
COLUMNS = st.sampled_from(FIELDS)
NO_FORMS = Forms([])  # a preview asks them for the order of fields alone


class Exchange(Laws, RuleBasedStateMachine):
    """Sites that edit, delete, decide and exchange, while the history notes what every change had seen."""

    @initialize(versions=st.lists(st.booleans(), min_size=2, max_size=4))
    def begin(self, versions: list[bool]) -> None:
        self.sites = [Site(f"r{number}", newer) for number, newer in enumerate(versions)]
        self.books: list[Book] = []
        self.seen_by = {}
        self.made = {}
        self.deleted_by = {}
        self.pool: list[Record] = []
        self.backups: list[tuple[int, dict[str, Record]]] = []

    def site(self, pick: int) -> Site:
        return self.sites[pick % len(self.sites)]

    def book(self, pick: int) -> Book:
        return self.books[pick % len(self.books)]

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

    def change(self, site: Site, before: Record, values: dict[str, Value]) -> Record:
        after = write(before, values, site.stamp(), site.name)
        self.note(before, after)
        self.keep(site, after)
        return after

    def arriving(
        self, site: Site, book: Book, skip: str | None = None, without: str = "", refused: str = ""
    ) -> list[Chosen]:
        items = book.items(site, refused)
        found = preview(items, site.records, NO_FORMS, book.package)
        return choose(found, [skip] if skip else [], [(record, without) for record in IDS] if without else [])

    def take(self, site: Site, book: Book, skip: str | None = None, refused: str = "") -> None:
        for each in self.arriving(site, book, skip, refused=refused):
            self.keep(site, each.after)

    @rule(pick=PICK, record=RECORDS, name=COLUMNS, value=VALUES)
    def edit(self, pick: int, record: str, name: str, value: Value) -> None:
        site = self.site(pick)
        if not site.knows(record, name):
            return
        before = site.get(record)
        after = self.change(site, before, {name: value})
        if life(before) == Life.DELETED:
            assert life(after) == Life.ALIVE, "editing a deleted record restores it"
        assert life(after) != Life.DELETED

    @rule(pick=PICK, named=st.sampled_from([*PROJECTS, None]))
    def name_a_parent(self, pick: int, named: str | None) -> None:
        site = self.site(pick)
        self.change(site, site.get(MONTH), {PARENT: named})

    @rule(pick=PICK, which=st.booleans(), back=st.sampled_from([False, False, True]))
    def make_one_of_two(self, pick: int, which: bool, back: bool) -> None:
        """The other may not have come here, or be made one with this, the opposite way round, elsewhere."""
        site = self.site(pick)
        record, other = PROJECTS[which], PROJECTS[not which]
        self.change(site, site.get(record), {MERGED: None if back else other})

    @rule(pick=PICK, record=RECORDS)
    def remove(self, pick: int, record: str) -> None:
        site = self.site(pick)
        if not site.knows(record):
            return
        before = site.get(record)
        after = delete(before, site.stamp(), site.name)
        self.note(before, after)
        self.keep(site, after)
        self.deleted_by[record, Stamp(site.replica, site.counter)] = before
        assert life(after) == Life.DELETED and conflicts(after) == []

    @rule(pick=PICK, record=RECORDS, choice=PICK)
    def decide(self, pick: int, record: str, choice: int) -> None:
        site = self.site(pick)
        before = site.get(record)
        for name in conflicts(before):
            if not site.knows(record, name):
                continue
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

    @rule(pick=PICK, record=st.sampled_from([*PROJECTS, MONTH]))
    def put_in_by_set_up(self, pick: int, record: str) -> None:
        site = self.site(pick)
        fresh = set_up(record, FORM_OF[record], "edition", {"name": "方案"})
        self.note(Record(record, FORM_OF[record]), fresh)
        self.keep(site, merge(site.get(record), fresh))

    @rule(pick=PICK, part=st.sampled_from([IDS, IDS, PROJECTS, [PROJECTS[1], NOVEL], [MONTH]]))
    def export(self, pick: int, part: list[str]) -> None:
        self.books.append(sent(len(self.books), self.site(pick), part))

    @precondition(lambda self: self.books)
    @rule(pick=PICK, record=RECORDS, name=COLUMNS, value=VALUES)
    def edit_in_a_workbook(self, pick: int, record: str, name: str, value: Value) -> None:
        """Saved once more, after other cells or the same one were edited before; the older save still goes round."""
        book = self.book(pick)
        base = book.records.get(record)
        if base is not None and life(base) != Life.DELETED:
            self.books.append(book.typed(record, name, value))
            self._note_cells(self.books[-1], record)

    @precondition(lambda self: self.books)
    @rule(pick=PICK, to=PICK, record=RECORDS, value=VALUES)
    def two_people_fill_in_copies(self, pick: int, to: int, record: str, value: Value) -> None:
        """Each fills in another column of a copy of one workbook, and one site reads both."""
        book = self.book(pick)
        if record in book.records and life(book.records[record]) != Life.DELETED:
            for name in FIELDS[:2]:
                self.books.append(book.typed(record, name, value))
                self._note_cells(self.books[-1], record)
                self.take(self.site(to), self.books[-1])

    def _note_cells(self, book: Book, record: str) -> None:
        base = book.records[record]
        for name, value in book.cells[record].items():
            self.note(base, outside_edit(book.package.id, base, {name: value}))

    @precondition(lambda self: self.books)
    @rule(pick=PICK, to=PICK, skip=st.sampled_from([None, None, *IDS]))
    def read(self, pick: int, to: int, skip: str | None) -> None:
        site, book = self.site(to), self.book(pick)
        mine = dict(site.records)
        self.take(site, book, skip)
        for item in book.items(site):
            theirs, before, after = item.record, mine.get(item.record.id), site.records.get(item.record.id)
            if theirs.id == skip:
                assert after == before, "ticked off: nothing of it is taken"
                continue
            assert after is not None and merge(after, theirs) == after, "reading again changes nothing"
            if before is None or merge(theirs, before) == theirs:
                assert after == theirs, "who knew nothing more ends with the sender's record: nothing to send back"
        assert not self.arriving(site, book, skip)

    @precondition(lambda self: self.books)
    @rule(pick=PICK, to=PICK, name=COLUMNS)
    def read_without_a_field(self, pick: int, to: int, name: str) -> None:
        site, book = self.site(to), self.book(pick)
        for each in self.arriving(site, book, without=name):
            mine, base = site.get(each.after.id), book.records[each.after.id]
            self._made_no_stamp(book, base.id, [name], (mine, base), each.after)
            after = keep_mine(each.after, mine, list(each.keep), site.stamp(), site.name, "", "")
            self.note(each.after, after)
            if life(after) != Life.DELETED and (each.keep or name in mine.fields):
                assert shown(after.fields[name]) == shown(mine.fields.get(name, frozenset()))
            self.keep(site, after)

    @precondition(lambda self: self.books)
    @rule(pick=PICK, to=PICK, mended=st.booleans())
    def read_with_a_row_refused(self, pick: int, to: int, mended: bool) -> None:
        """One cell of a row is not understood: the row makes no stamp. Mended and read again it does what is left."""
        site, book = self.site(to), self.book(pick)
        for record, cells in book.cells.items():
            before = site.get(record)
            self.take(site, book, refused=record)
            self._made_no_stamp(book, record, list(cells), (before, book.records[record]), site.get(record))
            if mended:
                self.take(site, book)
                for name, value in cells.items():
                    if site.knows(record, name):
                        assert site.get(record).covers(Stamp(digest_replica(book.package.id, record, name, value), 1))
            return

    def _made_no_stamp(
        self, book: Book, record: str, names: list[str], known: tuple[Record, ...], after: Record
    ) -> None:
        for name in set(names) & set(book.cells.get(record, {})):
            stamp = Stamp(digest_replica(book.package.id, record, name, book.cells[record][name]), 1)
            assert any(each.covers(stamp) for each in known) or not after.covers(stamp)

    @precondition(lambda self: self.books)
    @rule(pick=PICK, to=PICK, edits=st.booleans(), value=VALUES)
    def read_and_take_back(self, pick: int, to: int, edits: bool, value: Value) -> None:
        """An import that nothing has left since: records unedited since go back whole, edited ones stay (design §3)."""
        site = self.site(to)
        for number, each in enumerate(self.arriving(site, self.book(pick))):
            record = each.after.id
            before = site.records.get(record)
            if edits and number == 0 and site.knows(record):
                self.change(site, each.after, {"name": value})
            elif before is None:
                site.records.pop(record, None)
            else:
                site.records[record] = before

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
        first = self.pool[left % len(self.pool)]
        second, third = [next((r for r in self.pool[pick % len(self.pool) :] if r.id == first.id), first)
                         for pick in (middle, right)]  # fmt: skip
        assert merge(first, first) == first
        assert merge(first, second) == merge(second, first)
        assert merge(merge(first, second), third) == merge(first, merge(second, third))

    def teardown(self) -> None:
        """Everyone reads everything, each in another order, children before parents or after: all end equal."""
        if not getattr(self, "sites", None):
            return
        newest = Site("reader")
        states = [record for site in self.sites for record in site.records.values()]
        states += [item.record for book in self.books for item in book.items(newest)]
        ends = []
        for number in range(3):
            order = list(states)
            random.Random(number).shuffle(order)
            end: dict[str, Record] = {}
            for state in order:
                end[state.id] = merge(end[state.id], state) if state.id in end else state
            ends.append(end)
        assert ends[0] == ends[1] == ends[2]
        assert parent(ends[0]) == parent(ends[1])
