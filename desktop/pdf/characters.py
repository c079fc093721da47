"""Which characters may stand on paper: invisible ones are dropped or refused, unknown ones are refused by name.

Dropped, because they change no reading: zero-width blanks, soft hyphens, variation selectors. Refused, because they
hide or reorder what is read: control characters, bidirectional overrides, lone surrogates.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from desktop.model import page
from desktop.model.errors import Refused
from desktop.pdf.ink import SANS, advances

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85]")
_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_ODD = re.compile("|".join(pattern.pattern for pattern in (_BREAKS, _BLANKS, _DROPPED)))


def clean(text: str) -> str:
    """The text as it is printed: one kind of line end and of blank, nothing of no width."""
    if not _ODD.search(text):
        return text
    return _DROPPED.sub("", _BLANKS.sub(" ", _BREAKS.sub("\n", text)))


def cleaned(document: page.Document) -> page.Document:
    """The document with every printed text cleaned. Raises Refused for a character that cannot be printed."""
    known = advances(SANS)
    done: dict[str, str] = {}

    def one(text: str, where: str) -> str:
        found = done.get(text)
        if found is None:
            found = clean(text)
            for character in set(found) - known.keys():
                _check(character, where, found)
            done[text] = found
        return found

    return _Walk(one).document(document)


def _check(character: str, where: str, text: str) -> None:
    if character == "\n":
        return
    code = f"U+{ord(character):04X}"
    try:
        known = advances(SANS)[character]
    except KeyError:
        known = -1
    if (known >= 0 and character.isprintable()) or character == "\u3000":
        return
    if not character.isprintable() and ord(character) < 0xE000:
        raise Refused(f"{where}里有看不见的控制字符（{code}），不能印出，请删去后重试。")
    around = text if len(text) <= 20 else text[max(0, text.index(character) - 8) :][:20] + "…"
    raise Refused(f"{where}“{around}”里的字“{character}”（{code}）在字库中没有，不能印出，请换用其他写法。")


class _Walk:
    """Goes through all texts of a document and remembers where each stands."""

    def __init__(self, one: object) -> None:
        assert callable(one)
        self._one = one

    def document(self, document: page.Document) -> page.Document:
        one = self._one
        foot = document.foot
        lines = tuple(one(line, "页脚") for line in foot.lines)
        return dataclasses.replace(
            document,
            title=one(document.title, "标题"),
            left=one(document.left, "标题下左侧"),
            right=one(document.right, "标题下右侧"),
            continued=one(document.continued, "续页标题"),
            foot=dataclasses.replace(foot, digest=one(foot.digest, "数据校验码"), lines=lines),
            blocks=tuple(self._blocks(document.blocks)),
        )

    def _blocks(self, blocks: tuple[page.Block, ...]) -> Iterator[page.Block]:
        one = self._one
        for block in blocks:
            match block:
                case page.Table():
                    yield self._table(block)
                case page.Grid():
                    yield page.Grid(tuple(self._grid_row(row) for row in block.rows))
                case page.Seals():
                    yield page.Seals(
                        tuple(page.Seal(one(b.title, "盖章栏"), one(b.text, f"盖章栏“{b.title}”")) for b in block.boxes)
                    )
                case page.Signers():
                    yield page.Signers(tuple((one(a, "落款"), one(b, f"“{a}”")) for a, b in block.pairs))
                case page.Heading() | page.Paragraph() | page.Note():
                    yield dataclasses.replace(block, text=one(block.text, "正文"))
                case page.Plot():
                    yield self._plot(block)
                case page.PlotRow():
                    first, second = block.plots
                    yield page.PlotRow((self._plot(first), self._plot(second)))
                case page.PageBreak():
                    yield block

    def _plot(self, plot: page.Plot) -> page.Plot:
        one, name = self._one, f"图“{plot.title}”"
        return dataclasses.replace(
            plot,
            title=one(plot.title, "图名"),
            unit=one(plot.unit, name),
            labels=tuple(one(label, name) for label in plot.labels),
            series=tuple(dataclasses.replace(series, label=one(series.label, name)) for series in plot.series),
            target=plot.target and dataclasses.replace(plot.target, label=one(plot.target.label, name)),
            words=one(plot.words, name),
        )

    def _grid_row(self, row: tuple[page.Cell, ...]) -> tuple[page.Cell, ...]:
        label = "表格"
        cells = []
        for cell in row:
            cells.append(dataclasses.replace(cell, text=self._one(cell.text, label)))
            label = f"“{cell.text}”一栏" if cell.label else label
        return tuple(cells)

    def _table(self, table: page.Table) -> page.Table:
        one = self._one
        name = f"表“{table.caption}”" if table.caption else "表格"
        columns = tuple(
            dataclasses.replace(c, label=one(c.label, f"{name}表头"), unit=one(c.unit, f"{name}表头"))
            for c in table.columns
        )
        rows = []
        for number, row in enumerate(table.rows, 1):
            cells = []
            for place, text in enumerate(row.cells):
                label = f"“{columns[place].label}”" if len(row.cells) == len(columns) else ""
                cells.append(one(text, f"{name}第 {number} 行{label}"))
            rows.append(page.Row(tuple(cells), row.kind))
        return dataclasses.replace(
            table,
            columns=columns,
            rows=tuple(rows),
            caption=one(table.caption, "表名"),
            unit=one(table.unit, name),
            empty=one(table.empty, name),
        )
