"""Where records go in a blank table: into its empty rows group by group, and into new rows where those are too few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.model.layouts.bodies import Kind, rows_of
from desktop.model.layouts.recognise import Known
from desktop.model.layouts.showing import Shown


@dataclass(frozen=True)
class Entry:
    """One record to be written: its cells by column, and the group that it belongs under ("" for none)."""

    label: str
    group: str
    cells: Mapping[int, Shown]


@dataclass(frozen=True)
class Insert:
    """`count` new rows below row `after`, looking like row `like` (None: like the last row of the headings)."""

    after: int
    count: int
    like: int | None


@dataclass(frozen=True)
class Sum:
    """A row of sums over the rows from `first` to `last`, all in the table as it will be."""

    row: int
    first: int
    last: int


@dataclass
class Placed:
    """What to do: rows to insert (in the table as it is), then cells to write (in the table as it will be)."""

    inserts: list[Insert] = field(default_factory=list)
    writes: list[tuple[int, int, Shown]] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    filled: int = 0
    left_out: list[Entry] = field(default_factory=list)


@dataclass
class _Segment:
    """The rows between the head of a group and what ends it."""

    group: str
    head: int
    slots: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    sum_row: int | None = None
    subtotal: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        return sorted([*self.slots, *self.taken])


def place(
    known: Known, entries: Sequence[Entry], here: Mapping[int, Entry], group: Callable[[str], str | None]
) -> Placed:
    """Plans the filling. `here` are rows that already are a record (only their empty cells are written).

    `group` gives what a group's head stands for, None when nothing; entries of groups without a head are left out, but
    a table without any groups takes all.
    """
    segments = _segments(known, here)
    placed = Placed()
    heads = {group(segment.group) if segment.group else None for segment in segments} - {None}
    written = {id(entry) for entry in here.values()}
    for entry in entries:
        if id(entry) in written:
            continue
        fit = [s for s in segments if (group(s.group) == entry.group if heads and s.group else not heads)]
        if fit:
            fit[0].entries.append(entry)
        else:
            placed.left_out.append(entry)
    like = next((row for segment in segments for row in segment.rows), None)
    for segment in segments:
        short = len(segment.entries) - len(segment.slots)
        if short > 0:
            after = max(segment.rows, default=segment.head)
            own = segment.slots[0] if segment.slots else (segment.taken[-1] if segment.taken else like)
            placed.inserts.append(Insert(after, short, own))
    for row, entry in here.items():
        _write_here(known, placed, row, entry)
    running = 0
    for segment in segments:
        running = _write(known, placed, segment, running, heads=bool(heads))
    return placed


def _segments(known: Known, here: Mapping[int, Entry]) -> list[_Segment]:
    segments = [_Segment("", known.first - 1)]
    closed = False
    for row in rows_of(known):
        current = segments[-1]
        if row.kind is Kind.SECTION:
            segments.append(_Segment(row.group, row.row))
            closed = False
        elif row.kind in (Kind.SUBTOTAL, Kind.TOTAL):
            if current.rows or current.group:
                if current.sum_row is None and not closed:
                    current.sum_row, current.subtotal = row.row, row.kind is Kind.SUBTOTAL
                closed = True
        elif row.kind is Kind.NOTE:
            closed = True
        elif row.row in here:
            current.taken.append(row.row)
        elif row.kind is Kind.BLANK:
            if not closed and (row.row in known.grid.framed or not known.grid.framed):
                current.slots.append(row.row)
        elif row.kind is Kind.DATA:
            (current.slots if not closed and _is_empty(known, row.row) else current.taken).append(row.row)
    return segments


def _is_empty(known: Known, row: int) -> bool:
    """A row prepared with its number only."""
    return all(known.grid.cell(row, place) is None for place, column in known.columns.items() if not column.role)


def _moved(placed: Placed, row: int) -> int:
    return row + sum(insert.count for insert in placed.inserts if insert.after < row)


def _write_here(known: Known, placed: Placed, row: int, entry: Entry) -> None:
    for column, shown in entry.cells.items():
        if known.grid.seen(row, column) is None and (row, column) not in known.grid.faults:
            placed.writes.append((_moved(placed, row), column, shown))
    placed.filled += 1


def _write(known: Known, placed: Placed, segment: _Segment, running: int, heads: bool) -> int:
    """Writes a group's entries; the running number after them."""
    targets = [_moved(placed, row) for row in segment.slots]
    for insert in placed.inserts:
        if segment.entries and insert.after == max(segment.rows, default=segment.head):
            start = _moved(placed, insert.after) + 1
            targets += range(start, start + insert.count)
    number = next((place for place, column in known.columns.items() if column.role == "number"), None)
    rows = [_moved(placed, row) for row in segment.taken] + targets[: len(segment.entries)]
    places = {row: running + at for at, row in enumerate(sorted(rows), start=1)}
    for row, entry in zip(targets, segment.entries, strict=False):
        for column, shown in entry.cells.items():
            placed.writes.append((row, column, shown))
        if number is not None and number not in entry.cells:
            placed.writes.append((row, number, Shown(places[row])))
        placed.filled += 1
    if segment.sum_row is not None and (segment.subtotal or not heads) and (segment.rows or targets):
        every = [_moved(placed, row) for row in segment.rows] + targets
        placed.sums.append(Sum(_moved(placed, segment.sum_row), min(every), max(every)))
    return running + len(rows)
