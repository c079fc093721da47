"""The only reader of `forms/printed/*.toml`. Unknown keys, forms, fields and figures are refused with their place."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.model import places
from desktop.model.forms import FormError, Forms, load_forms
from desktop.model.page import Align
from desktop.model.printed.columns import read_column
from desktop.model.printed.definition import (
    FORMATS,
    PERIOD,
    PLAN,
    SPLITS,
    Block,
    BreakBlock,
    FaceBlock,
    Join,
    NoticeBlock,
    NumbersBlock,
    PlotsBlock,
    PrintedForm,
    ProseBlock,
    SealsBlock,
    SignersBlock,
    TableBlock,
    TextBlock,
    Together,
    Where,
)  # fmt: skip
from desktop.model.printed.marks import MARKS
from desktop.model.printed.reading import check_keys, check_path
from desktop.model.printed.words import check_words

Data = Mapping[str, Any]

_FORM = {"name", "title", "heading", "about", "left", "right", "landscape", "letter", "order", "for_unit",
         "formats", "blocks", "general"}  # fmt: skip
_TABLE = {
    "kind", "name", "form", "columns", "caption", "unit", "joins", "where", "within", "left", "asked", "parent",
    "picked", "order", "group", "parts", "subtotal", "total", "total_where", "total_label", "measure", "marks", "merge",
    "hidden", "changed", "dense", "carried", "empty", "late", "split", "standing",
}  # fmt: skip
_JOIN = {"form", "on", "period", "pick", "prefer", "place", "asked"}
_TEXT = {"kind", "text", "level", "indent", "align", "inset", "when"}
_TOGETHER = {"label", "prefix", "total"}


def _where(data: Data) -> Where:
    return tuple((name, tuple(str(value) for value in values)) for name, values in data.items())


def _join(where: str, alias: str, data: Data, forms: Forms) -> Join:
    check_keys(f"{where}: join {alias}", data, _JOIN)
    join = Join(
        alias, data["form"], data["on"], data.get("period", ""), data.get("pick", "all"),
        _where(data.get("prefer", {})), data.get("place", ""), data.get("asked", ""),
    )  # fmt: skip
    if join.form not in forms:
        raise FormError(f"{where}: join {alias}: unknown form {join.form}")
    if join.pick not in ("all", "latest", "next"):
        raise FormError(f"{where}: join {alias}: unknown pick {join.pick}")
    for name in filter(None, (join.on, join.period, join.place, join.asked, *(name for name, _ in join.prefer))):
        if name not in forms[join.form]:
            raise FormError(f"{where}: join {alias}: no such field {name} in {join.form}")
    return join


def _table(where: str, data: Data, forms: Forms) -> TableBlock:
    check_keys(where, data, _TABLE)
    form = data["form"]
    if form != PLAN and form not in forms:
        raise FormError(f"{where}: unknown form {form}")
    joins = tuple(_join(where, alias, each, forms) for alias, each in data.get("joins", {}).items())
    bare = TableBlock(data["name"], form, (), joins=joins)
    columns = tuple(read_column(where, each, bare, forms) for each in data["columns"])
    table = TableBlock(
        name=data["name"], form=form, columns=columns, caption=data.get("caption", ""), unit=data.get("unit", ""),
        joins=joins, where=_where(data.get("where", {})), within=tuple(data.get("within", ())),
        left=data.get("left", ""), asked=tuple(data.get("asked", ())), parent=data.get("parent", ""),
        picked=data.get("picked", ""), order=tuple(data.get("order", ())), group=data.get("group", ""),
        parts=data.get("parts", False), subtotal=data.get("subtotal", False), total=data.get("total", False),
        total_where=_where(data.get("total_where", {})), total_label=data.get("total_label", "合计"),
        measure=data.get("measure", "" if form == PLAN else forms[form].measure), marks=tuple(data.get("marks", ())),
        merge=data.get("merge", False), dense=data.get("dense", True), carried=data.get("carried", False),
        empty=data.get("empty", "无"), hidden=data.get("hidden", False),
        changed=tuple(data.get("changed", ())), late=data.get("late", ""),
        split=tuple(data.get("split", {}).items()), standing=data.get("standing", False),
    )  # fmt: skip
    named = [*table.paths, *table.within, *table.asked, *table.changed, *filter(None, [table.left, table.parent])]
    named += [path for _, path in table.split]
    for path in [*named, *(name for name, _ in table.where)]:
        check_path(where, path, table, forms)
    if table.standing and form != "indicator":
        raise FormError(f"{where}: only indicators have a standing")
    if not set(dict(table.split)) <= set(SPLITS) - {"unit"}:
        raise FormError(f"{where}: a list is split by {', '.join(SPLITS)}")
    if table.late not in ("", "dated", "made"):
        raise FormError(f"{where}: unknown late {table.late}")
    for mark in table.marks:
        if mark not in MARKS:
            raise FormError(f"{where}: unknown mark {mark}")
    return table


def _face(where: str, data: Data, about: str, forms: Forms) -> FaceBlock:
    check_keys(where, data, {"kind", "together", "capital", "after", "without"})
    if about not in forms:
        raise FormError(f"{where}: a face needs a form about one record")
    for each in data.get("together", ()):
        check_keys(f"{where}: together", each, _TOGETHER)
    after = tuple((name, tuple(fields)) for name, fields in data.get("after", {}).items())
    face = FaceBlock(
        about, tuple(Together(each["label"], each["prefix"], each.get("total", "合计")) for each in
        data.get("together", ())), tuple(data.get("capital", ())), after, tuple(data.get("without", ())),
    )  # fmt: skip
    bare = TableBlock("face", about, ())
    for path in [*face.capital, *face.without, *(f"{name}.{each}" for name, fields in after for each in fields)]:
        check_path(where, path, bare, forms)
    return face


def _text(where: str, data: Data) -> TextBlock:
    check_keys(where, data, _TEXT)
    return TextBlock(
        data["kind"], data["text"], data.get("level", 1), data.get("indent", True),
        Align(data.get("align", "left")), data.get("inset", 0), data.get("when", ""),
    )  # fmt: skip


def _block(where: str, data: Data, about: str, forms: Forms) -> Block:
    kind = data.get("kind", "")
    if kind == "table":
        return _table(where, data, forms)
    if kind == "face":
        return _face(where, data, about, forms)
    if kind in ("paragraph", "heading", "note"):
        return _text(where, data)
    if kind == "prose":
        check_keys(where, data, _TABLE | {"heading", "text"} - {"columns"})
        rest = {key: value for key, value in data.items() if key not in ("heading", "text")}
        return ProseBlock(_table(where, rest, forms), data["heading"], data["text"])
    if kind == "seals":
        check_keys(where, data, {"kind", "boxes"})
        for box in data["boxes"]:
            check_keys(f"{where}: box", box, {"title", "text"})
        return SealsBlock(tuple((box["title"], box.get("text", "")) for box in data["boxes"]))
    if kind == "signers":
        check_keys(where, data, {"kind", "pairs"})
        return SignersBlock(tuple((label, text) for label, text in data["pairs"]))
    if kind == "page_break":
        check_keys(where, data, {"kind", "landscape"})
        return BreakBlock(data.get("landscape", False))
    if kind == "notice":
        check_keys(where, data, {"kind"})
        if about != "enterprise":
            raise FormError(f"{where}: policies are matched for an enterprise")
        return NoticeBlock()
    if kind == "plots":
        check_keys(where, data, {"kind", "name", "most", "least", "height", "heading"})
        return PlotsBlock(
            data["name"], data.get("most", 0), data.get("least", 2), data.get("height", 52), data.get("heading", "")
        )
    if kind == "numbers":
        check_keys(where, data, {"kind", "said"})
        return NumbersBlock(data.get("said", False))
    raise FormError(f"{where}: unknown kind {kind!r}")


def _included(where: str, data: Data, others: Mapping[str, Data]) -> list[dict[str, Any]]:
    """Blocks of another printed form: those with the `tag`, else its tables and notes, or its tables as `hidden`."""
    check_keys(where, data, {"kind", "form", "tag", "hidden"})
    if data["form"] not in others:
        raise FormError(f"{where}: unknown printed form {data['form']}")
    blocks = [dict(block) for block in others[data["form"]]["blocks"]]
    if "tag" in data:
        return [_untagged(block) for block in blocks if block.get("tag") == data["tag"]]
    if data.get("hidden"):
        return [{**_untagged(block), "hidden": True} for block in blocks if block["kind"] == "table"]
    return [_untagged(block) for block in blocks if block["kind"] in ("table", "note")]


def _untagged(block: Data) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != "tag"}


def _blocks(where: str, data: list[Data], about: str, forms: Forms, others: Mapping[str, Data]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, each in enumerate(data, start=1):
        at = f"{where}: block {number}"
        if each.get("kind") != "include":
            blocks.append(_block(at, _untagged(each), about, forms))
            continue
        blocks += [_block(f"{at}: {each['form']}", block, about, forms) for block in _included(at, each, others)]
    return tuple(blocks)


def read_printed(path: Path, forms: Forms, others: Mapping[str, Data]) -> PrintedForm:
    """One printed form. `others` are the raw definitions beside it, for `kind = "include"`. Raises FormError."""
    where, data = path.name, others[path.stem]
    check_keys(where, data, _FORM)
    about = data.get("about", PERIOD)
    if about != PERIOD and about not in forms:
        raise FormError(f"{where}: about unknown form {about}")
    blocks = _blocks(where, data["blocks"], about, forms, others)
    general = _blocks(f"{where}: general", data.get("general", []), PERIOD, forms, others)
    form = PrintedForm(
        name=data["name"], title=data["title"], heading=data.get("heading", "{district_name}" + data["title"]),
        about=about, left=data.get("left", "填报单位：{office}"), right=data.get("right", "填报时间：{period_label}"),
        landscape=data.get("landscape", False), letter=data.get("letter", False), order=data.get("order", 100),
        for_unit=data.get("for_unit", False), formats=tuple(data.get("formats", ["pdf"])), blocks=blocks,
        general=general,
    )  # fmt: skip
    if form.name != path.stem:
        raise FormError(f"{where}: name is {form.name}, not that of its file")
    if "pdf" not in form.formats or not set(form.formats) <= set(FORMATS):
        raise FormError(f"{where}: formats are pdf and any of {', '.join(FORMATS)}")
    for each in {form, form.of(None)}:
        names = [table.name for table in each.tables]
        if len(set(names)) != len(names):
            raise FormError(f"{where}: two tables have the same name")
        check_words(where, each, forms)
    return form


@functools.cache
def _load(folder: Path) -> dict[str, PrintedForm]:
    forms = load_forms()
    paths = sorted((folder / "printed").glob("*.toml"))
    raw = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    found = [read_printed(path, forms, raw) for path in paths]
    return {form.name: form for form in sorted(found, key=lambda form: (form.order, form.name))}


def load_printed() -> Mapping[str, PrintedForm]:
    """The printed forms in force by name, in the order of their `order`. Raises FormError for a wrong definition."""
    return _load(places.forms())
