"""Texts of printed forms with figures in them: {office}, {ledger.count}, {ledger.item_state.late}, {projects.sum.x}."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.model.forms import FormError, Forms
from desktop.model.printed.definition import (
    FaceBlock,
    PrintedForm,
    ProseBlock,
    SealsBlock,
    SignersBlock,
    TableBlock,
    TextBlock,
)  # fmt: skip
from desktop.model.printed.frozen_rows import Content
from desktop.model.printed.tables import TableView

_HOLE = re.compile(r"\{([^{}]*)\}")
PLAIN = frozenset(
    {"district_name", "office", "title", "period", "period_label", "unit", "about", "prepared_by", "reviewer", "issuer",
     "document_number", "issued_date"}
)  # fmt: skip


def day(moment: str) -> str:
    """2026年11月24日 of an ISO date or moment."""
    date = datetime.date.fromisoformat(moment[:10])
    return f"{date.year}年{date.month}月{date.day}日"


class Words:
    """Fills in texts from frozen content and from the issuance, where there is one."""

    def __init__(self, printed: PrintedForm, content: Content, issuance: Mapping[str, Any] | None) -> None:
        self.views = {table.name: TableView(content, table) for table in printed.tables}
        data, issued = content.data, issuance or {}
        record = content.record(printed.about, str(data.get("about", "")))
        label = content.forms[printed.about].label[0] if printed.about in content.forms else ""
        about = ""
        if label:
            about = content.text(content.forms[printed.about].field(label), record.get(label))
        self._plain = {
            **{name: str(data.get(name, "")) for name in PLAIN},
            "about": about,
            "reviewer": str(issued.get("reviewer", "")),
            "issuer": str(issued.get("issuer", "")),
            "document_number": str(issued.get("document_number", "")),
            "issued_date": day(str(issued["issued"])) if "issued" in issued else "　　年　　月　　日",
        }

    def fill(self, text: str, cells: Mapping[str, str] | None = None) -> str:
        return _HOLE.sub(lambda hole: self.value(hole[1], cells or {}), text)

    def value(self, key: str, cells: Mapping[str, str]) -> str:
        if key in cells:
            return cells[key]
        if key in self._plain:
            return self._plain[key]
        table, _, what = key.partition(".")
        view = self.views[table]
        if what == "count":
            return f"{view.count():,}"
        if what.startswith("sum."):
            return view.sum(what.removeprefix("sum.")) or "0.00"
        column, _, code = what.rpartition(".")
        return f"{view.count(column, code):,}"


def _texts(block: object) -> Iterator[tuple[str, TableBlock | None]]:
    if isinstance(block, TextBlock):
        yield block.text, None
        if block.when:
            yield "{" + block.when + "}", None
    elif isinstance(block, ProseBlock):
        yield block.heading, block.table
        yield block.text, block.table
    elif isinstance(block, SealsBlock):
        yield from ((text, None) for box in block.boxes for text in box)
    elif isinstance(block, SignersBlock):
        yield from ((text, None) for _, text in block.pairs)
    elif isinstance(block, TableBlock):
        yield block.caption, None
    else:
        assert not isinstance(block, FaceBlock) or block.form


def check_words(where: str, printed: PrintedForm, forms: Forms) -> None:
    """Raises FormError when a text quotes a figure that there is not."""
    tables = {table.name: table for table in printed.tables}
    texts = [(printed.heading, None), (printed.left, None), (printed.right, None)]
    for text, table in [*texts, *(each for block in printed.blocks for each in _texts(block))]:
        own = {"running", *(column.key for column in table.columns)} if table else set()
        for key in _HOLE.findall(text):
            if key not in PLAIN and key not in own and not _known(key, tables):
                raise FormError(f"{where}: no such figure {{{key}}}")


def _known(key: str, tables: Mapping[str, TableBlock]) -> bool:
    name, _, what = key.partition(".")
    if name not in tables:
        return False
    columns = {column.key: column for column in tables[name].columns}
    if what == "count":
        return True
    if what.startswith("sum."):
        column = columns.get(what.removeprefix("sum."))
        return column is not None and column.sum
    return what.rpartition(".")[0] in columns
