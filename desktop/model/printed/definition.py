"""What a printed form is made of, as read from `forms/printed/*.toml`.

What varies from form to form is data; the kinds of blocks are code. A path names a value: `name` (a field of the
table's own records), `month.ytd` (a joined record) or `enterprise.uscc` (the record a reference points to).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop.model.page import Align

PLAN = "plan"  # the base of tables with one row per goal and task of the city's plan
PLAN_FIELDS = ("number", "title", "text", "lead", "responsible", "part", "area")
PERIOD = "period"
SPLITS = {"authority": "行业主管部门", "unit": "单位", "township": "街镇"}
FORMATS = {"pdf": "PDF", "docx": "Word 文档", "xlsx": "Excel 表格"}  # suffix of the file, its name for a clerk

Where = tuple[tuple[str, tuple[str, ...]], ...]  # field, allowed stored values


@dataclass(frozen=True)
class Join:
    """Records of `form` that belong to a row: their field `on` holds the row's id (or key of the plan).

    `period` is their field that must hold the form's period; with `pick = "latest"` the last one of the year up to it,
    with `pick = "next"` the nearest year from it on. `prefer` keeps only such records where there are any; `place` is
    a field that holds the district, or, when there is none, the city; `asked` is narrowed by the unit asked for.
    """

    alias: str
    form: str
    on: str
    period: str = ""
    pick: str = "all"
    prefer: Where = ()
    place: str = ""
    asked: str = ""


@dataclass(frozen=True)
class PrintedColumn:
    """One column: a path, or a `derived` value computed from the paths in `of`.

    `each` prefixes the values of several records with this one of theirs; `none` is said where a record leaves it
    empty; `short` prints units by their short names.
    """

    path: str = ""
    derived: str = ""
    of: tuple[str, ...] = ()
    label: str = ""
    unit: str = ""
    width: float = 10
    align: Align = Align.LEFT
    number: bool = False
    sum: bool = False
    short: bool = False
    each: str = ""
    none: str = ""

    @property
    def key(self) -> str:
        return self.path or self.derived

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.path, *self.of, self.each)))


@dataclass(frozen=True)
class TableBlock:
    """A table of the records of `form` (or of the plan's items).

    Which: `where`; `within` names dates of which one lies in the period; `left` a date of leaving; `asked` the paths
    that may hold the unit asked for; `parent` the reference to the form's record; `picked` a field of the form's
    record that lists them. Order: `order`, else as made; `group` heads each group, `subtotal` closes it, `parts` puts
    the plan's parts and areas between the rows, `merge` joins equal cells of the first column. A `hidden` table is not
    printed: texts quote its figures. `changed` makes one row of each of these fields that became another within the
    period. `late` takes in what a list of the period before could not have: `dated` whose date was filled in after
    that one was closed, `made` also records without a date that were made in this one.
    `split` names the paths by whose values a list is split into files (SPLITS), beside the units `asked`.
    """

    name: str
    form: str
    columns: tuple[PrintedColumn, ...]
    caption: str = ""
    unit: str = ""
    joins: tuple[Join, ...] = ()
    where: Where = ()
    within: tuple[str, ...] = ()
    left: str = ""
    asked: tuple[str, ...] = ()
    parent: str = ""
    picked: str = ""
    order: tuple[str, ...] = ()
    group: str = ""
    parts: bool = False
    subtotal: bool = False
    total: bool = False
    total_where: Where = ()
    total_label: str = "合计"
    measure: str = ""
    marks: tuple[str, ...] = ()
    merge: bool = False
    hidden: bool = False
    standing: bool = False
    changed: tuple[str, ...] = ()
    dense: bool = True
    carried: bool = False
    empty: str = "无"
    late: str = ""
    split: tuple[tuple[str, str], ...] = ()

    def split_paths(self, by: str) -> tuple[str, ...]:
        """The paths that may hold the value a row is sorted by."""
        return self.asked if by == "unit" else tuple(path for name, path in self.split if name == by)

    @property
    def split_names(self) -> tuple[str, ...]:
        return tuple(by for by in SPLITS if self.split_paths(by))

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that is printed or decides what is printed on the page."""
        named = [*self.order, *(name for name, _ in self.total_where), *filter(None, [self.group])]
        return tuple(dict.fromkeys([path for column in self.columns for path in column.paths] + named))

    def join(self, alias: str) -> Join | None:
        return next((join for join in self.joins if join.alias == alias), None)


@dataclass(frozen=True)
class Together:
    """Money fields whose names start with `prefix`, in one band with their sum."""

    label: str
    prefix: str
    total: str = "合计"


@dataclass(frozen=True)
class FaceBlock:
    """The form's own record as a form table: every field with a place on paper, section by section.

    `capital` are money fields also said in 大写; `after` puts fields of a referenced record behind the reference;
    `without` leaves fields off this paper.
    """

    form: str
    together: tuple[Together, ...] = ()
    capital: tuple[str, ...] = ()
    after: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class SealsBlock:
    boxes: tuple[tuple[str, str], ...]  # title and sentence


@dataclass(frozen=True)
class TextBlock:
    """A paragraph, a head or a note. `when` is a figure; the block is left out while it is 0."""

    kind: str
    text: str
    level: int = 1
    indent: bool = True
    align: Align = Align.LEFT
    inset: int = 0
    when: str = ""


@dataclass(frozen=True)
class ProseBlock:
    """The rows of a table said in running text: one head and one paragraph each."""

    table: TableBlock
    heading: str
    text: str


@dataclass(frozen=True)
class SignersBlock:
    pairs: tuple[tuple[str, str], ...]  # label and text with placeholders


@dataclass(frozen=True)
class BreakBlock:
    landscape: bool = False


@dataclass(frozen=True)
class NoticeBlock:
    """What each policy says of the enterprise that the form is about (惠企政策明白纸)."""


@dataclass(frozen=True)
class PlotsBlock:
    """Plots of indicators, two abreast: `most` of them (0: all, in the plan's order), those that lag first; of those
    with at least `least` figures in the year. `height` in millimetres; `heading` stands above when there are any."""

    name: str
    most: int = 0
    least: int = 2
    height: int = 52
    heading: str = ""


@dataclass(frozen=True)
class NumbersBlock:
    """The month's numbers against the period before and the year before; with `said` the sentences about them."""

    said: bool = False


Block = (
    TableBlock
    | FaceBlock
    | SealsBlock
    | TextBlock
    | ProseBlock
    | SignersBlock
    | BreakBlock
    | NoticeBlock
    | PlotsBlock
    | NumbersBlock
)


@dataclass(frozen=True)
class PrintedForm:
    """`about` is the record form whose single record it prints, or `period`. `heading` is the printed title.

    `for_unit`: it is printed for one unit and needs its name. `formats` are the kinds of file it is made as (FORMATS).
    A form about a record that has `general` blocks may be printed without a record: these are printed then.
    """

    name: str
    title: str
    heading: str
    about: str = PERIOD
    left: str = ""
    right: str = ""
    landscape: bool = False
    letter: bool = False
    order: int = 100
    for_unit: bool = False
    formats: tuple[str, ...] = ("pdf",)
    blocks: tuple[Block, ...] = field(default=())
    general: tuple[Block, ...] = ()

    def of(self, record: object) -> PrintedForm:
        """The form as it is printed of this record, or of none."""
        if record or not self.general:
            return self
        return replace(self, about=PERIOD, blocks=self.general, general=())

    @property
    def splits(self) -> tuple[str, ...]:
        """By what its lists may be split into files of their own (SPLITS)."""
        return tuple(by for by in SPLITS if any(by in table.split_names for table in self.tables if not table.hidden))

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        found = [block.table if isinstance(block, ProseBlock) else block for block in self.blocks]
        return tuple(block for block in found if isinstance(block, TableBlock))

    @property
    def faces(self) -> tuple[FaceBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, FaceBlock))
