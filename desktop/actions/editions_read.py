"""A published plan out of files: its text, or workbooks in the city's own table layouts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.actions.desk import Desk
from desktop.excel.foreign.read import is_foreign, read_grids
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.fields.base import Cell, plain_number
from desktop.model.layouts.definition import Layout, load_layouts
from desktop.model.layouts.grid import Grid
from desktop.model.layouts.headings import lines_around
from desktop.model.layouts.recognise import Known, recognise
from desktop.model.plan import Edition, Plan
from desktop.model.plan.build import short_names
from desktop.model.plan.editions import Judged, NextEdition, map_edition
from desktop.model.plan.reader import read_plan, read_tables

LARGEST = 4 * 1024 * 1024  # bytes of a text; the published one has 44,000
TEXTS, TABLES = (".txt", ".md", ".tsv"), (".xlsx", ".xlsm", ".csv")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}〔[0-9]{4}〕[0-9]{1,4}号")
_DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_FOOT = re.compile(r"(填表|审核|制表|联系|注：|注:|备注|说明)")


@dataclass(frozen=True)
class Named:
    """What a person says about the document where the file does not: 发文字号, title, date (ISO)."""

    number: str = ""
    title: str = ""
    date: str = ""


def read_edition(
    desk: Desk, paths: Sequence[Path], named: Named | None = None, layout: str = "", judged: Judged | None = None
) -> NextEdition:
    """The plan in one text or in one or more workbooks (工作台账, and 政策清单 if it was handed out), mapped to the
    edition in force. Without a table of policies those in force go on. `judged` is a person's word on which row is
    which.

    Raises Refused when a file cannot be read as a plan, naming line or sheet and row.
    """
    named = named or Named()
    if not paths:
        raise Refused("没有指明方案文件，请选文本（.txt）或工作簿（.xlsx）")
    kinds = {path.suffix.lower() for path in paths}
    if kinds <= set(TABLES):
        return map_edition(_from_tables(desk, paths, named, layout), desk.plan, judged)
    if len(paths) == 1 and kinds <= set(TEXTS):
        fresh = read_plan(_text(paths[0]), short_names())
        return map_edition(replace(fresh, document=_overridden(fresh.document, named)), desk.plan, judged)
    wrong = next(path for path in paths if path.suffix.lower() not in TABLES)
    raise Refused(f"“{wrong.name}”不能当方案读。请给全文的文本（.txt，各栏用制表符隔开），或工作台账（.xlsx）")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"“{path.name}”超过 4 MB，不像一份方案的文本，没有读入")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"找不到文件“{path.name}”，请看 U 盘是否还插着") from None
    except OSError as error:
        raise MachineFault(f"读不了文件“{path.name}”（{os_words(error)}），请检查磁盘或 U 盘后再试") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"“{path.name}”不是 UTF-8 或 GB18030 编码的文本，没有读入；请另存为 UTF-8 文本")


def _overridden(found: Edition, named: Named) -> Edition:
    return Edition(named.number or found.number, _day(named.date) or found.date, named.title or found.title)


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(f"成文日期“{text}”应写成 2026-03-02 这样的日期") from None


def _from_tables(desk: Desk, paths: Sequence[Path], named: Named, layout: str) -> Plan:
    grids: list[Grid] = []
    for path in paths:
        if not is_foreign(path):
            raise Refused(f"“{path.name}”是本程序导出的工作簿，不是市里印发的方案，没有读入；请用“导入”读它")
        grids += read_grids(path)
    layouts = {each.name: each for each in load_layouts(desk.forms)}
    if layout and (layout not in layouts or layouts[layout].items != "task"):
        raise Refused(f"“{layout}”不是工作台账的版式，读方案请用 ledger，或不指明版式")
    ledger = _table(desk, grids, layouts[layout or "ledger"])
    if ledger is None:
        raise Refused(f"“{paths[0].name}”里找不到工作台账的表头（序号、重点任务……责任单位），没有读入")
    policies = _table(desk, [grid for grid in grids if grid is not ledger.grid], layouts["policies"])
    document = _document(desk, grids, ledger, named)
    try:
        read = read_tables(document, _ledger_rows(ledger), [], short_names())
    except Refused as refused:
        raise Refused(f"工作表“{ledger.grid.name}”{refused}") from None
    if not read.tasks:
        raise Refused(f"工作表“{ledger.grid.name}”的表头下面一项任务也没有，没有读入")
    if policies is None:
        return replace(read, policies=desk.plan.policies)
    try:
        listed = read_tables(document, [], _policy_rows(policies), short_names()).policies
    except Refused as refused:
        raise Refused(f"工作表“{policies.grid.name}”{refused}") from None
    return replace(read, policies=listed)


def _table(desk: Desk, grids: list[Grid], layout: Layout) -> Known | None:
    return recognise(grids, [layout], desk.forms)


def _document(desk: Desk, grids: list[Grid], ledger: Known, named: Named) -> Edition:
    lines = [line for grid in grids for line in lines_around(grid, ledger.start if grid is ledger.grid else 3)]
    packed = ["".join(line.split()) for line in lines]
    number = named.number or next((found[0] for line in packed if (found := _NUMBER.search(line))), "")
    day = _day(named.date)
    for found in (found for line in packed if (found := _DAY.search(line))):
        day = day or _day(f"{int(found[1]):04d}-{int(found[2]):02d}-{int(found[3]):02d}")
    lacking = [what for what, value in (("发文字号", number), ("成文日期", day)) if not value]
    if lacking:
        raise Refused(f"表上没有{'和'.join(lacking)}，请一并填写（如 济政发〔2026〕3号、2026-03-02）后再读")
    return Edition(number, day, named.title or desk.plan.document.title)


def _words(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    text = cell if isinstance(cell, str) else str(cell) if isinstance(cell, date) else plain_number(cell)
    return " ".join(text.split())


def _ledger_rows(known: Known) -> list[tuple[int, str]]:
    """Rows as lines of the published text; heads and remarks stand alone."""
    roles = {column.role: place for place, column in known.columns.items() if column.role}
    places = [roles.get("number"), roles.get("title"), roles.get("text")]
    places += [known.column_of("lead"), known.column_of("responsible")]
    return _lines(known, places)


def _policy_rows(known: Known) -> list[tuple[int, str]]:
    return _lines(known, [known.column_of("number"), known.column_of("text"), known.column_of("units")])


def _lines(known: Known, places: list[int | None]) -> list[tuple[int, str]]:
    found = []
    for row in range(known.first, known.grid.height):
        cells = ["" if place is None else _words(known.grid.cell(row, place)) for place in places]
        if not any(cells) or cells[0] == "序号":  # heads repeat where a table was cut into pages
            continue
        alone = [cell for cell in cells if cell]
        if len(alone) == 1 and _FOOT.match(alone[0]):
            continue
        found.append((row + 1, alone[0] if len(alone) == 1 and cells[0] else "\t".join(cells)))
    return found
