"""From a document to the bytes of a PDF. The same document gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.model import page as paper
from desktop.pdf.boxes import Breaker
from desktop.pdf.characters import cleaned
from desktop.pdf.columns import paper_for
from desktop.pdf.flow import Flow
from desktop.pdf.fonts import register
from desktop.pdf.foot import FootSetter, signature_box
from desktop.pdf.grids import GridSetter
from desktop.pdf.marks import draw_marks
from desktop.pdf.pen import Fonts
from desktop.pdf.plots import set_plot, set_plot_row
from desktop.pdf.prose import set_heading, set_note, set_paragraph, set_title
from desktop.pdf.seals import set_seals, set_signers
from desktop.pdf.sheet import LYING, UPRIGHT, UPRIGHT_FORM, Sheet
from desktop.pdf.tables import TableSetter
from desktop.pdf.together import beginning_height, closing_height, tail_height

PRODUCER = "两新工作台"


@dataclass(frozen=True)
class Rendered:
    """`pages` is their number; `signature_box` (page from 0, x0, y0, x1, y1) in points from the lower left corner."""

    pdf: bytes
    pages: int
    signature_box: tuple[int, float, float, float, float] | None = None


def render(document: paper.Document) -> Rendered:
    """Set the document. Raises Refused for characters that cannot be printed, ValueError for an impossible grid."""
    document = cleaned(document)
    flow = _set(document)
    _finish(flow, document)
    box = None
    if document.signature:
        sheet = flow.sheets[-1]
        left, top, right, bottom = signature_box(document, sheet)
        sides = (left, sheet.height - bottom, right, sheet.height - top)
        x0, y0, x1, y1 = (round(side, 2) for side in sides)
        box = (len(flow.pages) - 1, x0, y0, x1, y1)
    return Rendered(_written(flow, document), len(flow.pages), box)


def _set(document: paper.Document) -> Flow:
    sections = _sections(document)
    continued = "" if document.letter else document.continued or document.title
    flow = Flow(sections[0][0], Fonts(), continued.replace("\n", ""))
    breaker = Breaker()
    for number, (sheet, blocks) in enumerate(sections):
        flow.new_page(sheet)
        if not number:
            set_title(flow, document)
        for place, block in enumerate(blocks):
            _set_block(flow, block, blocks[place + 1 :], breaker)
    return flow


def _sections(document: paper.Document) -> list[tuple[Sheet, list[paper.Block]]]:
    """The blocks between page breaks, each with the paper that its tables need."""
    parts: list[tuple[bool, list[paper.Block]]] = [(document.landscape, [])]
    for block in document.blocks:
        if isinstance(block, paper.PageBreak):
            parts.append((block.landscape, []))
        else:
            parts[-1][1].append(block)
    if len(parts) > 1 and not parts[0][1] and not document.title:
        del parts[0]
    return [(_paper(lying, blocks, document.letter), blocks) for lying, blocks in parts]


def _paper(lying: bool, blocks: list[paper.Block], letter: bool) -> Sheet:
    ruled = any(isinstance(block, paper.Grid | paper.Table) for block in blocks)
    upright = UPRIGHT_FORM if ruled and not letter else UPRIGHT
    tables = [block for block in blocks if isinstance(block, paper.Table)]
    return paper_for(tables, LYING if lying else upright)


def _set_block(flow: Flow, block: paper.Block, rest: Sequence[paper.Block], breaker: Breaker) -> None:
    match block:
        case paper.Table():
            TableSetter(flow, block, breaker, tail_height(flow, rest)).set()
        case paper.Grid():
            GridSetter(flow, block, breaker, tail_height(flow, rest)).set()
        case paper.Seals():
            set_seals(flow, block, tail_height(flow, rest))
        case paper.Heading():
            set_heading(flow, block, beginning_height(flow, rest, breaker))
        case paper.Paragraph():
            set_paragraph(flow, block, closing_height(flow, rest))
        case paper.Note():
            set_note(flow, block)
        case paper.Signers():
            set_signers(flow, block)
        case paper.Plot():
            set_plot(flow, block)
        case paper.PlotRow():
            set_plot_row(flow, block)


def _finish(flow: Flow, document: paper.Document) -> None:
    """Marks below and feet on every page, now that their number is known."""
    foot = FootSetter(document)
    for number, (page, sheet) in enumerate(zip(flow.pages, flow.sheets, strict=True), 1):
        written, page.content = page.content, []
        draw_marks(page, sheet, document)
        page.content += written
        foot.draw(page, sheet, number, len(flow.pages))


def _written(flow: Flow, document: paper.Document) -> bytes:
    # Paper is drawn from our own data only; nothing is ever fetched, and text streams need no ASCII armour.
    rl_config.trustedSchemes, rl_config.trustedHosts, rl_config.useA85 = [], [], 0
    out = BytesIO()
    first = flow.pages[0]
    name: Any = register().serif  # or the first page would ask for Helvetica
    size, version = (first.width, first.height), (1, 7)
    canvas: Any = Canvas(
        out, size, pageCompression=1, invariant=1, pdfVersion=version, initialFontName=name, lang="zh-CN"
    )
    canvas.setTitle(document.title or document.subject)
    canvas.setSubject(document.subject)
    canvas.setAuthor("")
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    for page in flow.pages:
        canvas.setPageSize((page.width, page.height))
        canvas.addLiteral("\n".join(page.content))
        canvas.showPage()
    for font in flow.fonts.faces.values():
        font.addObjects(canvas._doc)
    canvas.save()
    return out.getvalue()
