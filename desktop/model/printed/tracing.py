"""From a figure on paper back to the records it was made of: read off the same frozen content as the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.model.fields.numbers import Money
from desktop.model.forms import load_forms
from desktop.model.periods import Period
from desktop.model.printed.behind import indicator_sources, number_sources
from desktop.model.printed.definition import (
    PLAN,
    FaceBlock,
    NoticeBlock,
    NumbersBlock,
    PrintedColumn,
    PrintedForm,
    ProseBlock,
    TableBlock,
    TextBlock,
)
from desktop.model.printed.face import face_fields
from desktop.model.printed.frozen_rows import Content, FrozenRow
from desktop.model.printed.loading import load_printed
from desktop.model.printed.numbers import SENTENCES, compared
from desktop.model.printed.reading import NOT_FILLED
from desktop.model.printed.source import Source
from desktop.model.printed.tables import TableView, numeral
from desktop.model.printed.words import Words

Ids = tuple[tuple[str, str], ...]  # (form, id)
_HOLE = re.compile(r"\{([^{}]*)\}")
_NAMES = ("name", "title", "item")  # what a row is called by
_DIGIT = re.compile(r"\d")
_STOPS = "，。；：、（）\n　 "


@dataclass(frozen=True)
class Figure:
    """One figure on paper: where it stands, what it is called, what it says, and the records it comes from."""

    place: str
    label: str
    text: str
    records: Ids


def figures(
    content: Mapping[str, Any], issuance: Mapping[str, Any] | None = None, source: Source | None = None
) -> list[Figure]:
    """Every figure of the printed form in its order on paper. `content` as `gather` gives it, or as it was frozen.

    With the `source` it was gathered from, numbers of a briefing and standings of indicators are traced too.
    """
    printed = load_printed()[str(content["form"])].of(content.get("about"))
    return list(_Tracer(printed, Content(content, load_forms()), issuance, source).all())


class _Tracer:
    def __init__(
        self, printed: PrintedForm, content: Content, issuance: Mapping[str, Any] | None, source: Source | None
    ) -> None:
        self.printed, self.content, self.source = printed, content, source
        period = str(content.data["period"])
        self.indicator = indicator_sources(source, period) if source else None
        self.words = Words(printed, content, issuance)
        self.head = ""

    def all(self) -> Iterator[Figure]:
        for number, block in enumerate(self.printed.blocks, start=1):
            if isinstance(block, TableBlock) and not block.hidden:
                yield from self._table(block)
            elif isinstance(block, ProseBlock):
                yield from self._prose(block)
            elif isinstance(block, FaceBlock):
                yield from self._face(block)
            elif isinstance(block, NoticeBlock):
                yield from self._notice()
            elif isinstance(block, TextBlock):
                yield from self._text(block, number)
            elif isinstance(block, NumbersBlock):
                yield from self._sentences() if block.said else self._numbers()

    def _numbers(self) -> Iterator[Figure]:
        """The month's numbers, and those of the two periods that they are compared with."""
        spans = compared(Period.parse(str(self.content.data["period"])))
        behind = {name: number_sources(self.source, span.key) for name, span in spans.items()} if self.source else {}
        for row in self.content.data.get("numbers", {}).get("rows", []):
            label = str(row["label"])
            for name, span in spans.items():
                if row.get(name) is not None:
                    ids = behind[name](label) if behind else ()
                    text = f"{Decimal(str(row[name])):,} {row['unit']}"
                    place = self.head or self.printed.title
                    yield Figure(place, label if name == "now" else f"{label}（{span.label}）", text, ids)

    def _sentences(self) -> Iterator[Figure]:
        """The late tasks and the problems for the city that are named in words."""
        said = self.content.data.get("numbers", {})
        behind = number_sources(self.source, str(self.content.data["period"])) if self.source else None
        for label, name in zip(SENTENCES, ("late", "wanted"), strict=True):
            if said.get(name):
                ids = behind(label) if behind else ()
                yield Figure(self.head or self.printed.title, label, _short(str(said[name])), ids)

    def _table(self, block: TableBlock) -> Iterator[Figure]:
        view = self.words.views[block.name]
        name = block.caption or self.head
        groups, last = 0, object()
        members: list[FrozenRow] = []
        group = ""
        for number, row in enumerate(view.rows, start=1):
            if block.group and not block.parts and (value := row.value(block.group)) != last:
                yield from self._sums(view, _place("小计", group, name), members, block.subtotal)
                last, members, groups = value, [], groups + 1
                group = f"{numeral(groups)}、{row.text(block.group) or NOT_FILLED}"
            members.append(row)
            yield from self._row(view, row, number, name)
        yield from self._sums(view, _place("小计", group, name), members, block.subtotal)
        yield from self._sums(view, _place(block.total_label, "", name), view.counted(view.rows), block.total)

    def _row(self, view: TableView, row: FrozenRow, number: int, table: str) -> Iterator[Figure]:
        columns = [column for column in view.block.columns if column.key not in ("running", "blank")]
        whole = records_of(row, [path for column in columns for path in column.paths])
        if view.block.standing and self.indicator:
            whole = self.indicator(str(row.data["of"]))
        first = next((column for column in columns if column.path in _NAMES and view.cell(row, column)), None)
        first = first or next((column for column in columns if view.cell(row, column)), None)
        place = _place(f"第{number}行", _short(view.cell(row, first)) if first else "", table)
        if first is not None:
            yield Figure(place, f"整行（{first.label}）", _short(view.cell(row, first)), whole)
        for column in columns:
            text = view.cell(row, column)
            if text and column is not first and _is_figure(column, text):
                yield Figure(place, _label(column), text, records_of(row, column.paths) or whole)

    def _sums(self, view: TableView, place: str, rows: Sequence[FrozenRow], wanted: bool) -> Iterator[Figure]:
        if not rows or not wanted:
            return
        if view.block.measure:
            yield Figure(place, "个数", f"{len(rows)} {view.block.measure}", _bases(rows))
        for column in view.block.columns:
            if column.sum and (text := view.sum(column.key, rows)):
                yield Figure(place, _label(column), text, _holding(rows, column.key))

    def _prose(self, block: ProseBlock) -> Iterator[Figure]:
        view = self.words.views[block.table.name]
        for number, row in enumerate(view.rows, start=1):
            columns = view.block.columns
            text = next((view.cell(row, column) for column in columns if view.cell(row, column)), "")
            ids = records_of(row, [path for column in columns for path in column.paths])
            yield Figure(f"{self.head or self.printed.title}　第{number}条", "整条", _short(text), ids)

    def _face(self, block: FaceBlock) -> Iterator[Figure]:
        about = str(self.content.data["about"])
        record = self.content.record(block.form, about)
        form = self.content.forms[block.form]
        sums: dict[str, list[int]] = {together.label: [] for together in block.together}
        money = ""
        for field in face_fields(form, block):
            value = record.get(field.name)
            if value is None:
                continue
            if field.type.number or _DIGIT.search(text := self.content.text(field, value)):
                text = self.content.text(field, value)
                yield Figure(self.printed.title, field.heading, text, ((block.form, about),))
            for together in block.together:
                if isinstance(field.type, Money) and field.name.startswith(together.prefix):
                    sums[together.label].append(int(value))
                    money = field.name
            for reference, names in block.after:
                if reference == field.name:
                    yield from self._after(str(getattr(field.type, "to", "")), str(value), names)
        for label, values in sums.items():
            if values:
                text = self.content.text(form.field(money), sum(values))
                yield Figure(self.printed.title, f"{label}合计", text, ((block.form, about),))

    def _after(self, form: str, record: str, names: Sequence[str]) -> Iterator[Figure]:
        held = self.content.record(form, record)
        for name in names:
            if held.get(name) is not None:
                field = self.content.forms[form].field(name)
                yield Figure(self.printed.title, field.heading, self.content.text(field, held[name]), ((form, record),))

    def _notice(self) -> Iterator[Figure]:
        for line in self.content.data.get("notice", []):
            text = line.get("pays") or line["force"]
            yield Figure(self.printed.title, str(line["title"]), text, ((str(line["form"]), str(line["record"])),))

    def _text(self, block: TextBlock, number: int) -> Iterator[Figure]:
        if block.kind == "heading":
            self.head = self.words.fill(block.text).strip()
        if block.when and self.words.value(block.when, {}) == "0":
            return
        for hole in _HOLE.finditer(block.text):
            name, _, what = hole[1].partition(".")
            if not what or name not in self.words.views:
                continue
            said = self.words.fill(block.text[: hole.start()])
            label = _after_stop(said) or _until_stop(self.words.fill(block.text[hole.end() :]))
            ids = self._quoted(self.words.views[name], what)
            yield Figure(f"{self.head or '正文'}", label, self.words.value(hole[1], {}), ids)

    def _quoted(self, view: TableView, what: str) -> Ids:
        """The records behind {table.count}, {table.sum.x} and {table.column.code}."""
        if what == "count":
            return _bases(view.rows)
        if what.startswith("sum."):
            return _holding(view.rows, what.removeprefix("sum."))
        key, _, code = what.rpartition(".")
        return _bases([row for row in view.rows if view.code(row, key) == code])


def _place(where: str, what: str, table: str) -> str:
    """Where a figure stands, the nearest first: 第3行　热处理线更新　一、新增项目."""
    return "　".join(filter(None, (where, what, table)))


def records_of(row: FrozenRow, paths: Iterable[str]) -> Ids:
    """The records that hold what these paths name; of the plan's own texts those that are joined to them."""
    found = [pair for path in paths for pair in row.ids(path) if pair[0] != PLAN]
    return tuple(dict.fromkeys(found))


def _bases(rows: Iterable[FrozenRow]) -> Ids:
    """The rows as records; a row of the plan is the records joined to it."""
    found: dict[tuple[str, str], None] = {}
    for row in rows:
        if row.table.form != PLAN:
            found[row.table.form, str(row.data["of"])] = None
        else:
            found |= {(join.form, identity): None for join in row.table.joins for identity in row.joined(join.alias)}
    return tuple(found)


def _holding(rows: Iterable[FrozenRow], path: str) -> Ids:
    """The records that give a sum something."""
    found: dict[tuple[str, str], None] = {}
    for row in rows:
        for pair, value in zip(row.ids(path), row.values(path), strict=True):
            if value is not None:
                found[pair] = None
    return tuple(found)


def _is_figure(column: PrintedColumn, text: str) -> bool:
    return column.number or bool(_DIGIT.search(text)) or bool(column.derived)


def _label(column: PrintedColumn) -> str:
    return f"{column.label}（{column.unit}）" if column.unit else column.label


def _short(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= 30 else f"{line[:29]}…"


def _after_stop(text: str) -> str:
    """The last words before a figure: 其中已完成, 总投资."""
    found = text.rstrip()
    start = max((found.rfind(stop) for stop in _STOPS), default=-1)
    return found[start + 1 :][-16:]


def _until_stop(text: str) -> str:
    ends = [place for stop in _STOPS if (place := text.lstrip().find(stop)) >= 0]
    return text.lstrip()[: min(ends)] if ends else text.strip()[:16]


__all__ = ["Figure", "figures", "records_of"]
