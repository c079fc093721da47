"""What a later edition of a submission says differently from the one handed in before, and how that is printed.

The difference is worked out once, when the later edition is prepared, and frozen with its data: the city reads it on
the pages, under the signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.model.fields.base import Value
from desktop.model.forms import Field, Form, Forms
from desktop.model.page import Align, Block, Column, Document, Foot, Heading, PageBreak, Paragraph, Row, Table
from desktop.model.printed.frozen_rows import Content

KEY = "correction"
ADDED, GONE = "新增", "删去"
_COLUMNS = (
    Column("序号", 5, align=Align.CENTRE), Column("表", 10), Column("记录", 24), Column("项", 14), Column("原报", 24),
    Column("现报", 24),
)  # fmt: skip


def correction(former: Mapping[str, Any], later: Mapping[str, Any], digest: str, forms: Forms) -> dict[str, Any]:
    """`{sequence, digest, rows: [{form, record, field, old, new}]}`: texts of every value that is not the same.

    `former` and `later` are frozen contents of one printed form; `digest` is the former's 数据校验码. A record that is
    only in one of them is one row, 新增 or 删去.
    """
    rows = [
        {"form": form, "record": record, "field": field, "old": old, "new": new}
        for form, record, field, old, new in _differences(Content(former, forms), Content(later, forms))
    ]
    return {"sequence": int(former.get("sequence", 1)), "digest": digest, "rows": rows}


def _differences(old: Content, new: Content) -> Iterator[tuple[str, str, str, str, str]]:
    names = [*new.data.get("records", {}), *old.data.get("records", {})]
    for name in dict.fromkeys(names):
        form = new.forms.get(name)
        if form is None:
            continue
        before, after = _records(old, name), _records(new, name)
        for record in dict.fromkeys([*after, *before]):
            a, b = before.get(record), after.get(record)
            label = _label(new if b is not None else old, form, record)
            if a is None or b is None:
                yield form.title, label, "", "" if a is None else GONE, ADDED if a is None else ""
                continue
            for field in form.fields:
                if a.get(field.name) != b.get(field.name):
                    yield form.title, label, field.heading, _text(old, field, a), _text(new, field, b)


def _records(content: Content, form: str) -> dict[str, Mapping[str, Value]]:
    return {str(row["id"]): row for row in content.data.get("records", {}).get(form, [])}


def _text(content: Content, field: Field, row: Mapping[str, Value]) -> str:
    return content.text(field, row.get(field.name))


def _label(content: Content, form: Form, record: str) -> str:
    known = content.names.label(form.name, record)
    if known:
        return known
    row = content.record(form.name, record)
    parts = [_text(content, form.field(name), row) for name in form.label]
    return "　".join(filter(None, parts)) or form.noun


def correction_blocks(content: Mapping[str, Any], *, apart: bool = True, landscape: bool = False) -> tuple[Block, ...]:
    """The page that says what is different; nothing for a first edition. `apart` begins a new page."""
    said = content.get(KEY)
    if not said:
        return ()
    rows = said["rows"]
    former = f"第 {said['sequence']} 次（数据校验码 {said['digest'][:16]}…）"
    words = f"本次是第 {content.get('sequence')} 次报送，更正{former}。"
    words += f"与那一次不同的共 {len(rows)} 处，逐项列在下面。" if rows else "数据与那一次相同。"
    blocks: list[Block] = [PageBreak(landscape), Heading("更正说明", 1)] if apart else []
    blocks.append(Paragraph(words))
    if rows:
        cells = [
            (str(place), *(str(row.get(name, "")) for name in ("form", "record", "field", "old", "new")))
            for place, row in enumerate(rows, 1)
        ]
        blocks.append(Table(_COLUMNS, tuple(Row(each) for each in cells)))
    return tuple(blocks)


def correction_document(content: Mapping[str, Any], digest: str) -> Document:
    """The difference alone, to be looked at or laid beside the paper."""
    return Document(
        title=f"{content['title']}\n更正说明", left=str(content["office"]), right=str(content["period_label"]),
        blocks=correction_blocks(content, apart=False), landscape=True, practice=bool(content.get("practice")),
        subject=f"{content['title']}　更正说明", foot=Foot(digest=digest),
    )  # fmt: skip
