"""The chapters of the clerk's manual as files, and one of them as a document in the window's own type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextTable

from desktop.model import places

from ...kit import look

PICTURE = re.compile(r"^!\[.*\]\(.*\)\s*$", re.MULTILINE)
NUMBER = re.compile(r"^(\d+)-")
SIZES = {1: 18, 2: 16, 3: 14}  # px of heads by level
LINE = 150  # % of the type's own height


@dataclass(frozen=True)
class Chapter:
    """`key` is the file's name without .md; `title` its first head."""

    key: str
    title: str
    text: str


def chapters() -> list[Chapter]:
    """The manual in its order, the overview first; empty when it does not lie with the program."""
    found = []
    for path in sorted(places.manual().glob("*.md"), key=lambda each: (each.stem != "README", each.stem)):
        text = path.read_text(encoding="utf-8")
        title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), path.stem)
        found.append(Chapter(path.stem, "总说" if path.stem == "README" else title.replace("　", " "), text))
    return found


def chapter_of(link: str) -> str:
    """The key of the chapter that a link of the manual leads to; "" for anything else."""
    return Path(link).stem if link.split("#")[0].endswith(".md") else ""


def fill(document: QTextDocument, text: str) -> None:
    """Set a chapter: one weight, heads by size, no pictures (the program itself is on screen)."""
    document.setDefaultFont(look.font(14))
    document.setMarkdown(PICTURE.sub("", text))
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor.setPosition(block.position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        plain = QTextCharFormat()
        plain.setFont(look.font(SIZES.get(level, 14)))
        plain.setForeground(look.color("ink"))
        if level:
            cursor.setCharFormat(plain)  # merged, the size of markdown's own heads would stay
        else:
            cursor.mergeCharFormat(plain)
        shape = QTextBlockFormat()
        shape.setLineHeight(
            100 if cursor.currentTable() else LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        if level:
            shape.setTopMargin(look.theme().px(0 if level == 1 else 14))
            shape.setBottomMargin(look.theme().px(6))
        cursor.mergeBlockFormat(shape)
        _links(document, block.position(), block.position() + block.length())
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format()
            shape.setBorder(0)
            shape.setCellPadding(look.theme().px(5))
            shape.setCellSpacing(0)
            frame.setFormat(shape)


def _links(document: QTextDocument, first: int, last: int) -> None:
    cursor = QTextCursor(document)
    for place in range(first, last - 1):
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().isAnchor():
            made = QTextCharFormat()
            made.setForeground(look.color("accent"))
            cursor.mergeCharFormat(made)
