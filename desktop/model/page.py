"""What stands on a printed document, before anyone measures it.

A printed form becomes a `Document`: plain values and nothing else, so that the same data always gives the same
document and the page engine (`desktop/pdf`) never needs to know what a project is. All text is plain text; lengths
are in millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class RowKind(Enum):
    PART = "part"  # 一、 … across the whole width, centred; stays with the row after it
    AREA = "area"  # （一） … across the whole width, left; stays with the row after it
    DATA = "data"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """One column of a table. `unit` stands below the label in the head; `width` is a share, not a length."""

    label: str
    width: float
    unit: str = ""
    align: Align = Align.LEFT
    number: bool = False  # figures are set in Sans, whose digits are of equal width
    sum: bool = False  # added up in 本页小计 and 承前页 of a table that is `carried`
    date: bool = False  # whole days stand in it, as ISO text; a workbook holds them as dates


@dataclass(frozen=True)
class Row:
    """One row: one text per column, or one single text for a PART or AREA row. An empty text prints as —."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.DATA


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every page.

    `group` merges equal neighbouring cells of the first column (更新前, 更新后) within a page. `carried` closes each
    page but the last with 本页小计 and opens the next with 承前页 (all before it), over the columns with `sum`. In a
    SUBTOTAL or TOTAL row a text followed by empty cells takes their room.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""  # 黑体, above the table
    unit: str = ""  # 单位：万元, right, above the table
    dense: bool = True  # 小5号 in lists, 5号 in forms
    group: bool = False
    empty: str = "无"  # one row across when there are no rows
    carried: bool = False


@dataclass(frozen=True)
class Cell:
    """One box of a form table, `span` twelfths wide and `down` rows high."""

    text: str
    span: int
    label: bool = False  # 黑体, centred
    align: Align = Align.LEFT
    number: bool = False
    down: int = 1


@dataclass(frozen=True)
class Grid:
    """A form table: each row's spans, with those of cells reaching down from rows above, add up to 12.

    A text too long for a page goes on in a 续页 row.
    """

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Seal:
    """One 盖章 box: a head, a sentence, （盖章）, 负责人签字 and 年 月 日, left empty by the program."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Seals:
    """Boxes side by side, at least 45 mm high, never split over two pages."""

    boxes: tuple[Seal, ...]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str
    indent: bool = True
    align: Align = Align.LEFT
    inset: int = 0  # characters left free at the right of a RIGHT paragraph (成文日期右空四字)


@dataclass(frozen=True)
class Note:
    """Small print under a table, 8 pt."""

    text: str


@dataclass(frozen=True)
class Signers:
    """The line of names under a table: 填表人, 审核人, 签发人, 联系电话 …"""

    pairs: tuple[tuple[str, str], ...]


class SeriesRole(Enum):
    """What a series is, and so how it is drawn. Each differs by shape, so that a grey copy still tells them apart."""

    VALUE = "value"  # solid line with full dots; filled bars
    OTHER = "other"  # thin line with hollow squares; hatched bars (上年同期, 测算值)
    PROJECTION = "projection"  # short dashes with hollow dots; empty bars with a dashed edge (预计)


class SeriesShape(Enum):
    LINE = "line"
    BARS = "bars"


@dataclass(frozen=True)
class Series:
    """One value per label of the plot, as exact decimal text; None is a gap and is never drawn as 0."""

    label: str
    values: tuple[str | None, ...]
    role: SeriesRole = SeriesRole.VALUE
    shape: SeriesShape = SeriesShape.LINE


@dataclass(frozen=True)
class TargetLine:
    """A level line (long and short dashes) across a plot, its label at the right end above it."""

    value: str  # exact decimal text
    label: str  # 2027年目标 30%


@dataclass(frozen=True)
class Plot:
    """A figure over time. Axis and ticks come from `desktop.model.plots.axis`, the same for every engine.

    `labels` stand below the x axis (01月 …), one per value. `height` is that of the whole block with its title and
    legend, in millimetres. `words` says in one sentence what the plot shows: it is set below it, and is its
    alternative text where a file can carry one. A plot is never split over two pages.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    target: TargetLine | None = None
    height: int = 55
    words: str = ""


@dataclass(frozen=True)
class PlotRow:
    """Two plots side by side, each half as wide as the type area; as high as the higher one."""

    plots: tuple[Plot, Plot]


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page, which may lie the other way."""

    landscape: bool = False


Block = Table | Grid | Seals | Heading | Paragraph | Note | Signers | Plot | PlotRow | PageBreak


@dataclass(frozen=True)
class Foot:
    """The foot of every page: a QR code with the digest of the data, and the lines beside it.

    `digest` is the whole data digest (64 hex digits), or "" for paper without data (then no QR code).
    """

    digest: str = ""
    qr: str = ""  # the payload of the QR code
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One printed document. `draft` puts 草稿 across every page, `practice` puts 练习 on every page.

    `signature` reserves the signature box at the right of the last page's foot.
    """

    title: str
    blocks: tuple[Block, ...]
    left: str = ""  # 填报单位：…, left under the title
    right: str = ""  # 填报时间：…, right under the title
    landscape: bool = False
    letter: bool = False  # formal letter: — 1 — in 4号 instead of 第 x 页　共 y 页
    draft: bool = False
    practice: bool = False
    signature: bool = False
    foot: Foot = field(default_factory=Foot)
    subject: str = ""  # PDF metadata: what the document is about
    continued: str = ""  # text at the head of 续页; the title when empty
