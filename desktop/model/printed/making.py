"""From frozen content to the document: the same content gives the same pages, at any office, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.model.errors import Refused
from desktop.model.forms import load_forms
from desktop.model.page import (
    Block,
    Document,
    Foot,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Seal,
    Seals,
    Signers,
)  # fmt: skip
from desktop.model.printed import definition as defined
from desktop.model.printed.correction import correction_blocks
from desktop.model.printed.face import face_grid
from desktop.model.printed.frozen_rows import Content
from desktop.model.printed.gathering import FORMAT
from desktop.model.printed.loading import load_printed
from desktop.model.printed.notice import notice_blocks
from desktop.model.printed.numbers import numbers_blocks, sentences
from desktop.model.printed.standings import plots_from
from desktop.model.printed.words import Words

QR = "LX1"
_FREE = "　　　　"  # room for a name written by hand


def document(
    content: Mapping[str, Any],
    *,
    draft: bool,
    issuance: Mapping[str, Any] | None = None,
    practice: bool = False,
    digest: str = "",
) -> Document:
    """The document of frozen content, its envelope and its issuance: nothing else decides what is on the pages.

    `issuance` {reviewer, issuer, issued, document_number?} gives the names, the 文号 and the date, and the room of the
    signature. `digest` is the 数据校验码, 64 hex digits. Raises Refused for content of another format or form.
    """
    printed = load_printed().get(str(content.get("form")))
    if printed is None or content.get("format") != FORMAT:
        raise Refused("数据的格式这个版本的程序不认识，请用生成它的版本打开，或更新程序")
    printed = printed.of(content.get("about"))
    frozen = Content(content, load_forms())
    words = Words(printed, frozen, issuance)
    sequence = int(content.get("sequence", 0))
    foot = Foot(
        digest=digest,
        qr=":".join((QR, printed.name, str(content["district"]), str(content["period"]), str(sequence), digest))
        if digest
        else "",
        lines=tuple(_foot(content, sequence)),
    )
    title = words.fill(printed.heading)
    return Document(
        title=title,
        blocks=(*_blocks(printed, frozen, words), *correction_blocks(content, landscape=printed.landscape)),
        left=_left(content, words.fill(printed.left)),
        right=words.fill(printed.right), landscape=printed.landscape, letter=printed.letter, draft=draft,
        practice=practice, signature=issuance is not None, foot=foot,
        subject=f"{printed.title}　{content['district_name']}　{content['period_label']}",
    )  # fmt: skip


def _left(content: Mapping[str, Any], left: str) -> str:
    """Below the title at the left: who reports, and of a split list, which part this is."""
    part = content.get("part")
    return "　".join(filter(None, (left, f"{defined.SPLITS[part['by']]}：{part['value']}"))) if part else left


def _foot(content: Mapping[str, Any], sequence: int) -> Iterator[str]:
    version = str(content.get("renderer", ""))[:8]
    marks = [f"版式 {version}" if version else "", f"第 {sequence} 次报送" if sequence else ""]
    if any(marks):
        yield "　".join(filter(None, marks))
    yield "电子签名不代替公章"


def _blocks(printed: defined.PrintedForm, content: Content, words: Words) -> Iterator[Block]:
    for block in printed.blocks:
        yield from _made(block, content, words)


def _made(block: defined.Block, content: Content, words: Words) -> Iterator[Block]:
    if isinstance(block, defined.TableBlock):
        if not block.hidden:
            yield words.views[block.name].table()
    elif isinstance(block, defined.FaceBlock):
        yield face_grid(content, block, str(content.data["about"]))
    elif isinstance(block, defined.SealsBlock):
        yield Seals(tuple(Seal(words.fill(title), words.fill(text)) for title, text in block.boxes))
    elif isinstance(block, defined.SignersBlock):
        yield Signers(tuple((label, words.fill(text) or _FREE) for label, text in block.pairs))
    elif isinstance(block, defined.NoticeBlock):
        yield from notice_blocks(content.data.get("notice", []), str(content.data.get("notice_on", "")))
    elif isinstance(block, defined.PlotsBlock):
        yield from _plots(block, content)
    elif isinstance(block, defined.NumbersBlock):
        held = content.data.get("numbers", {})
        yield from sentences(held) if block.said else numbers_blocks(held)
    elif isinstance(block, defined.BreakBlock):
        yield PageBreak(block.landscape)
    elif isinstance(block, defined.ProseBlock):
        yield from _prose(block, words)
    else:
        yield from _text(block, words)


def _plots(block: defined.PlotsBlock, content: Content) -> Iterator[Block]:
    made = plots_from(content.data.get("plots", {}).get(block.name, []))
    if made and block.heading:
        yield Heading(block.heading)
    yield from made


def _text(block: defined.TextBlock, words: Words) -> Iterator[Block]:
    if block.when and words.value(block.when, {}) == "0":
        return
    text = words.fill(block.text)
    if block.kind == "heading":
        yield Heading(text, block.level)
    elif block.kind == "note":
        yield Note(text)
    else:
        yield Paragraph(text, block.indent, block.align, block.inset)


def _prose(block: defined.ProseBlock, words: Words) -> Iterator[Block]:
    view = words.views[block.table.name]
    if not view.rows:
        yield Paragraph(block.table.empty)
    for number, row in enumerate(view.rows, start=1):
        cells = {column.key: view.cell(row, column) or "—" for column in block.table.columns}
        cells["running"] = str(number)
        if block.heading:
            yield Heading(words.fill(block.heading, cells), 2)
        for part in words.fill(block.text, cells).split("\n"):
            yield Paragraph(part)
