"""What stays together on a page: a table with the notes, boxes and names under it, a head with what it announces."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.model.page import Align, Block, Note, Paragraph, Plot, PlotRow, Seals, Signers, Table
from desktop.pdf.boxes import Breaker
from desktop.pdf.flow import Flow
from desktop.pdf.lines import break_lines
from desktop.pdf.plots import plot_height
from desktop.pdf.prose import note_height
from desktop.pdf.seals import seals_height, signers_height
from desktop.pdf.style import BODY
from desktop.pdf.tables import TableSetter


def tail_height(flow: Flow, rest: Sequence[Block]) -> float:
    """Points that the notes, 盖章 boxes and names right behind a block take; 0 when they fill half a page or more."""
    height = 0.0
    for block in rest:
        match block:
            case Note():
                height += note_height(block, flow.measure)
            case Signers():
                height += signers_height(block, flow.measure)
            case Seals():
                height += seals_height(flow, block)
            case _:
                break
    return height if height <= flow.whole / 2 else 0.0


def closing_height(flow: Flow, rest: Sequence[Block]) -> float:
    """Points that 落款 and date right behind a paragraph take: they never stand on a page without any of the text."""
    lines = 0
    for block in rest:
        if not isinstance(block, Paragraph) or block.align is not Align.RIGHT:
            break
        lines += sum(len(break_lines(part, flow.measure, BODY.width)) for part in block.text.split("\n"))
    return lines * BODY.leading


def beginning_height(flow: Flow, rest: Sequence[Block], breaker: Breaker) -> float:
    """Points that the beginning of the next block takes, which stays with the head above it."""
    match rest[0] if rest else None:
        case Table() as table:
            return TableSetter(flow, table, breaker, tail_height(flow, rest[1:])).beginning()
        case Plot() as plot:
            return plot_height((plot,))
        case PlotRow() as row:
            return plot_height(row.plots)
    return 0.0
