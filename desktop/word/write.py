"""From a document to the bytes of a .docx: the same blocks as on paper, set by the same proportions."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from desktop.model import page as paper
from desktop.word import styles
from desktop.word.frame import set_frame
from desktop.word.plots import plot_picture
from desktop.word.styles import put, shape
from desktop.word.tables import set_grid, set_seals, set_signers, set_table

PRODUCER = "两新工作台"
_MOMENT = datetime.datetime(2024, 5, 21)  # the same data gives the same bytes


def word_document(document: paper.Document) -> bytes:
    """The document as .docx. Nothing is left out; characters that XML cannot hold are shown as �."""
    file = docx.Document()
    styles.set_font_table(file)
    styles.set_font(file.styles["Normal"], styles.BODY)
    lying = document.landscape
    writer = _Writer(file, document)
    writer.lay(file.sections[0], lying)
    writer.title()
    for block in document.blocks:
        writer.block(block)
    core = file.core_properties
    core.title, core.subject = (styles.safe_text(each.replace("\n", "")) for each in (document.title, document.subject))
    core.author = PRODUCER
    core.comments, core.created, core.modified = "", _MOMENT, _MOMENT
    out = io.BytesIO()
    file.save(out)
    return _dated(out.getvalue())


class _Writer:
    """The document as it grows: where it stands decides widths and paper."""

    def __init__(self, file: Any, document: paper.Document) -> None:
        self.file, self.document = file, document
        self.lying, self.measure = False, 0.0
        self._framed = False  # a table stood last: another one would melt into it

    def lay(self, section: Any, lying: bool) -> None:
        self.lying = lying
        self.measure = styles.set_paper(section, lying)
        set_frame(section, self.document, self.measure)

    def title(self) -> None:
        document = self.document
        ink = styles.TITLE_LYING if self.lying else styles.TITLE
        if document.title:
            self._say(document.title, ink, paper.Align.CENTRE)
        if document.letter and (document.left or document.right):
            self._say(document.right or document.left, styles.BODY, paper.Align.CENTRE, before=8)
        elif document.left or document.right:
            paragraph = self._say(document.left, styles.META, before=8)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.measure), WD_TAB_ALIGNMENT.RIGHT)
            put(paragraph, f"\t{document.right}", styles.META)
        if document.letter:
            self._say("", styles.BODY)

    def _say(self, text: str, ink: styles.Ink, align: paper.Align = paper.Align.LEFT, **how: Any) -> Any:
        paragraph = self.file.add_paragraph()
        shape(paragraph, ink, align, **how)
        put(paragraph, text, ink)
        self._framed = False
        return paragraph

    def block(self, block: paper.Block) -> None:
        match block:
            case paper.Table():
                if self._framed and not (block.caption or block.unit):
                    self._gap()
                set_table(self.file, block, self.measure)
                self._framed = True
            case paper.Grid():
                self._apart()
                set_grid(self.file, block, self.measure)
            case paper.Seals():
                self._apart()
                set_seals(self.file, block, self.measure, self.lying)
            case paper.Heading():
                ink = styles.HEADS[0 if block.level == 1 else 1]
                self._say(block.text, ink, indent=not self.lying).paragraph_format.keep_with_next = True
            case paper.Paragraph():
                made = self._say(block.text, styles.BODY, block.align, indent=block.indent and not block.inset)
                if block.inset:
                    styles.free_right(made, block.inset, styles.BODY)
            case paper.Note():
                self._say(block.text, styles.NOTE, before=3)
            case paper.Signers():
                set_signers(self.file, block, self.measure)
                self._framed = False
            case paper.Plot():
                self._plots((block,))
            case paper.PlotRow():
                self._plots(block.plots)
            case paper.PageBreak():
                self.lay(self.file.add_section(WD_SECTION.NEW_PAGE), block.landscape)
                self._framed = False

    def _apart(self) -> None:
        if self._framed:
            self._gap()
        self._framed = True

    def _gap(self) -> None:
        """A thin line of nothing between two tables."""
        shape(self.file.add_paragraph(), styles.Ink("宋体", 4, 6))

    def _plots(self, plots: tuple[paper.Plot, ...]) -> None:
        """Beside each other in a table without lines: pictures in one paragraph would stand below each other."""
        width = self.measure / len(plots) - 4
        height = max(plot.height for plot in plots)
        self._gap()
        cells = self.file.add_table(1, len(plots)).rows[0].cells
        for cell, plot in zip(cells, plots, strict=True):
            cell.width = Mm(self.measure / len(plots))
            picture = io.BytesIO(plot_picture(plot, width, height))
            paragraph = cell.paragraphs[0]
            shape(paragraph, styles.NOTE, paper.Align.CENTRE)
            shown = put(paragraph, "", styles.NOTE).add_picture(picture, width=Mm(width))
            shown._inline.docPr.set("descr", f"{plot.title}：{plot.words}" if plot.words else plot.title)
            if plot.words:
                below = cell.add_paragraph()
                shape(below, styles.NOTE)
                put(below, plot.words, styles.NOTE)
        self._framed = True


def _dated(data: bytes) -> bytes:
    """The archive with one date in all its entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            made = zipfile.ZipInfo(entry.filename, _MOMENT.timetuple()[:6])
            made.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(made, old.read(entry))
    return out.getvalue()
