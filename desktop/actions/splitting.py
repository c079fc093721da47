"""One list as many files: one per 行业主管部门, unit or 街镇, with an index of what was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.desk import Desk
from desktop.actions.paper_source import DeskSource
from desktop.actions.printing import as_closed, draft, file_of, kind_of_file, note_print, printed_form, this_period
from desktop.excel.printed import printed_workbook
from desktop.excel.stick import deliver
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.page import Align, Column, Document, Row, RowKind, Table
from desktop.model.periods import Period
from desktop.model.printed import PrintedForm, split_values
from desktop.model.printed.definition import SPLITS
from desktop.model.printed.reading import NOT_FILLED

INDEX = "目录.xlsx"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60  # characters of a file's name


@dataclass(frozen=True)
class SplitFile:
    """One file: the value it is for (未填 for rows without one), its rows over all tables, pages (0: no pages)."""

    value: str
    path: Path
    rows: int
    pages: int
    sha256: str


@dataclass(frozen=True)
class Split:
    """What was written, and where the index lies; `then` as in `Printed`."""

    files: list[SplitFile]
    index: Path
    then: str = ""


def print_split(
    desk: Desk, name: str, by: str, folder: Path, *, period: str = "", kind: str = "pdf",
    progress: Callable[[int, int], None] | None = None,
) -> Split:  # fmt: skip
    """Write one file per value of `by` (authority, unit, township) into `folder`, and 目录.xlsx.

    Raises Refused when the form cannot be split so, or when there is nothing to split.
    """
    form = printed_form(name)
    check_split(form, by)
    kind_of_file(form, Path(f"{form.title}.{kind}"))
    chosen = str(Period.parse(period)) if period else this_period(desk)
    source = DeskSource(desk, Period.parse(chosen))
    values = split_values(form, source, period=chosen, by=by)
    if not values:
        raise Refused(f"{form.title}在{Period.parse(chosen).label}没有内容，没有可拆分的文件")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineFault(f"文件夹“{folder.name}”建不成（{os_words(error)}），请换一个位置再试") from error
    names = file_names(values)
    files = []
    for place, value in enumerate(values):
        unit = value or "" if by == "unit" else ""
        made = draft(desk, name, period=chosen, unit=unit, part=(by, value), source=source)
        data, pages = file_of(made, kind)
        path = folder / f"{form.title}_{names[place]}.{kind}"
        files.append(SplitFile(value or NOT_FILLED, path, _rows(made), pages, deliver(path, data)))
        if progress is not None:
            progress(place + 1, len(values))
    index = folder / INDEX
    deliver(index, printed_workbook(_index(form, by, chosen, files)))
    note_print(desk, name, f"{name} {chosen} 按{SPLITS[by]}拆分，共 {len(files)} 份")
    return Split(files, index, as_closed(desk, chosen))


def check_split(form: PrintedForm, by: str) -> None:
    """Raises Refused, naming what there is, when the form is not split that way."""
    if by not in SPLITS or by not in form.splits:
        known = "、".join(f"{SPLITS[each]}（{each}）" for each in form.splits)
        said = f"可以按{known}拆分" if known else "是一份一份印的，不能拆分"
        raise Refused(f"{form.title}不能按“{SPLITS.get(by, by)}”拆分；{said}")


def file_names(values: list[str | None]) -> list[str]:
    """A name for the file of each value: without signs that a disk refuses, none twice (case counts for nothing)."""
    taken: set[str] = set()
    found = []
    for value in values:
        base = _FORBIDDEN.sub("_", value or NOT_FILLED).strip(" .")[:_LONGEST] or NOT_FILLED
        name, number = base, 1
        while name.lower() in taken:
            number += 1
            name = f"{base}{number}"
        taken.add(name.lower())
        found.append(name)
    return found


def _rows(made: Document) -> int:
    tables = [block for block in made.blocks if isinstance(block, Table)]
    return sum(row.kind is RowKind.DATA for table in tables for row in table.rows)


def _index(form: PrintedForm, by: str, period: str, files: list[SplitFile]) -> Document:
    columns = (
        Column("序号", 6, align=Align.CENTRE), Column(SPLITS[by], 24), Column("文件", 40),
        Column("行数", 8, align=Align.RIGHT, number=True),
    )  # fmt: skip
    rows = tuple(
        Row((str(place), each.value, each.path.name, f"{each.rows:,}")) for place, each in enumerate(files, start=1)
    )
    label = Period.parse(period).label
    return Document(
        f"{form.title}　按{SPLITS[by]}拆分目录", (Table(columns, rows),), left=label, right=f"共 {len(files)} 份",
        draft=True, subject="目录",
    )  # fmt: skip
