"""What each row below the headings is: a record, the head of a group, a sum, a note, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.model.layouts.headings import plain, squeeze
from desktop.model.layouts.recognise import Known

_SUM = re.compile(r"^[（(]?(小计|合计|总计|共计|累计|汇总)[）)]?[:：]?$|^(全[区市县]|本[页区])?(合计|总计)")
_NOTE = re.compile(r"^[（(]?(注|备注|说明|填表说明|填报说明|注意)([:：0-9、）)]|$)")
_SIGNERS = re.compile(
    r"(审核人|填报人|填表人|制表人|制表|审核|复核|签发人|单位负责人|主要负责人|负责人|盖章|填报日期|联系电话)[）)]?[:：]"
)
_NUMBER = re.compile(r"^[（(]?([一二三四五六七八九十]+)[）)]?[、.．\s]*|^第[一二三四五六七八九十]+(部分|类)[、\s]*")


class Kind(StrEnum):
    DATA = "data"
    SECTION = "section"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    HEAD = "head"
    BLANK = "blank"


@dataclass(frozen=True)
class Row:
    """One row of a body. `group` is the text of the nearest head of a group above it, "" when there is none."""

    row: int
    kind: Kind
    group: str = ""


def group_name(text: str, endings: tuple[str, ...] = ()) -> str:
    """一、工业领域 → 工业: without the number in front and one of the endings."""
    name = _NUMBER.sub("", squeeze(text), count=1)
    for ending in endings:
        if name.endswith(ending) and name != ending:
            return name.removesuffix(ending)
    return name


def rows_of(known: Known) -> list[Row]:
    """Every row below the headings, to the end of the sheet."""
    found: list[Row] = []
    group = ""
    for row in range(known.first, known.grid.height):
        kind = kind_of(known, row)
        if kind is Kind.SECTION:
            group = squeeze(known.grid.cell(row, known.grid.filled(row)[0]))
        found.append(Row(row, kind, group))
    return found


def kind_of(known: Known, row: int) -> Kind:
    grid = known.grid
    filled = grid.filled(row)
    texts = [squeeze(grid.cell(row, column)) for column in filled]
    if not texts:
        return Kind.BLANK
    front = [text for column, text in zip(filled, texts, strict=True) if column < max(3, _text_reach(known))]
    for text in front[:2]:
        if _SUM.match(text) and len(text) <= 12:
            return Kind.SUBTOTAL if "小计" in text else Kind.TOTAL
    if _NOTE.match(texts[0]) and len(texts) == 1:
        return Kind.NOTE
    if len(texts) <= 3 and any(_SIGNERS.search(text) for text in texts) and not _holds_record(known, filled):
        return Kind.NOTE
    if _repeats_headings(known, filled, texts):
        return Kind.HEAD
    if len(texts) == 1 and _stands_alone(known, row, filled[0]) and not texts[0].isdigit():
        return Kind.SECTION
    return Kind.DATA


def _text_reach(known: Known) -> int:
    """Sums are named in the first columns: up to the one that names the record."""
    first = next((place for place, column in sorted(known.columns.items()) if column.must), 0)
    return first + 1


def _holds_record(known: Known, filled: list[int]) -> bool:
    musts = [place for place, column in known.columns.items() if column.must]
    return bool(musts) and set(musts) <= set(filled)


def _repeats_headings(known: Known, filled: list[int], texts: list[str]) -> bool:
    """The headings once more, as programs print them on every page."""
    grid = known.grid
    same = sum(
        plain(text) in {plain(grid.seen(row, column)) for row in range(known.start, known.first)}
        for column, text in zip(filled, texts, strict=True)
        if plain(text)
    )
    return len(texts) > 1 and same == len(texts)


def _stands_alone(known: Known, row: int, column: int) -> bool:
    """Over the whole width, or unmerged in the first column; not beside a cell merged downwards: that is a record."""
    grid = known.grid
    top, left, bottom, right = grid.area(row, column)
    if bottom > top or any(
        grid.area(row, other)[0] < row and grid.seen(row, other) is not None for other in known.columns
    ):
        return False
    named = known.columns.get(column)
    is_record = named is not None and named.must and not named.role
    return right > left or (column == 0 and (not is_record or bool(_NUMBER.match(squeeze(grid.cell(row, column))))))
