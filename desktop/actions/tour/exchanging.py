"""The tour's exchange: out and in, one field changed on both sides, the decision, and a workbook edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions import conflicts, exchange, records
from desktop.actions.desk import Desk
from desktop.actions.exchange import Applied, Read
from desktop.actions.practice.entries import table
from desktop.actions.tour.hand import retype
from desktop.actions.tour.offices import FIRST, SECOND, SECOND_CLERK, record_named, sitting

DISPUTED = "造纸烘缸与真空系统更新"
SHORT = "乳品灌装整生产线换新"
TOWNSHIP = "长风镇"
TYPED = {"铸造车间中频电炉更新": "620", "窑炉富氧燃烧与脱硝更新": "约八百七"}  # what a hand types as 节能量


@dataclass
class Exchanged:
    """Workbooks written, in order, and what each import did."""

    paths: list[Path] = field(default_factory=list)
    imports: dict[str, dict[str, Any]] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)

    def note(self, path: Path, applied: Applied) -> None:
        self.imports[path.name] = {
            "added": applied.added, "changed": applied.changed, "unchanged": applied.unchanged,
            "conflicts": len(applied.conflicts), "errors": [each.as_json() for each in applied.errors],
        }  # fmt: skip


def report_november(desk: Desk) -> int:
    """What the units still owed for the month. Returns how many reports were entered."""
    rows: list[Mapping[str, Any]] = []
    form = desk.form("progress")
    for row in table("tour")["progress"]:
        kinds = {name: form.field(name).type for name in row}
        rows.append({name: kind.to_json(kind.read(row[name], desk.names)) for name, kind in kinds.items()})
    return len(records.put(desk, "progress", rows, why="补齐11月进展").ids)


def mend_funds(desk: Desk) -> None:
    """The one project whose funds do not make up its total: 80 万元 of its own were forgotten."""
    record = record_named(desk, "project", SHORT)
    held = records.get(desk, "project", record)
    own = int(held["fund_own"].split(".")[0]) + 800_000
    records.put(desk, "project", [{"id": record, "fund_own": str(own)}], why="资金合计不符，补足自筹")


def over_and_back(first: Path, second: Path, workbooks: Path) -> Exchanged:
    """Office A sends its records, B takes them; both change one field unseen; B sends its share back, A decides.

    The decision goes to B with the third workbook and covers both values there.
    """
    done = Exchanged()
    names = (f"1-{FIRST}发出.xlsx", f"2-{SECOND}交回.xlsx", f"3-{FIRST}再发（冲突已定）.xlsx")
    out, back, again = (workbooks / name for name in names)
    with sitting(first) as desk:
        exchange.export(desk, out)
    with sitting(second, SECOND_CLERK) as desk:
        done.note(out, exchange.apply(desk, exchange.read(desk, out), accept_peer=True))
        edit = {"id": record_named(desk, "project", DISPUTED), "finish": "2027-03", "note": "真空泵到货推迟"}
        records.put(desk, "project", [edit], why="11月现场核实")
        exchange.export(desk, back, unit=SECOND, forms=["project"])
    with sitting(first) as desk:
        edit = {"id": record_named(desk, "project", DISPUTED), "finish": "2027-02"}
        records.put(desk, "project", [edit], why="企业11月报表")
        applied = exchange.apply(desk, exchange.read(desk, back), accept_peer=True)
        done.note(back, applied)
        for each in applied.conflicts:
            done.conflicts.append(conflicts.conflict_json(desk, each))
            conflicts.decide(desk, each.id, "theirs", why="以主管部门现场核实为准")
        exchange.export(desk, again, forms=["project"])
    with sitting(second, SECOND_CLERK) as desk:
        done.note(again, exchange.apply(desk, exchange.read(desk, again)))
    done.paths += [out, back, again]
    return done


def by_hand(first: Path, workbooks: Path, done: Exchanged) -> None:
    """Projects go to a township that has no program; one cell comes back right, one cannot be read."""
    out, edited = workbooks / f"4-发{TOWNSHIP}填写.xlsx", workbooks / f"5-{TOWNSHIP}填写后交回.xlsx"
    with sitting(first) as desk:
        exchange.export(desk, out, forms=["project"], where={"township": TOWNSHIP})
        sheet, cells = _cells(exchange.read(desk, out))
        retype(out, edited, sheet, cells)
        applied = exchange.apply(desk, exchange.read(desk, edited), only_good=True, why=f"{TOWNSHIP}填写后交回")
    done.note(edited, applied)
    done.paths += [out, edited, *([applied.annotated] if applied.annotated else [])]


def _cells(read: Read) -> tuple[str, dict[str, str]]:
    """The sheet of projects, and the cells of 节能量 that the hand types over."""
    layout = next(each for each in read.reading.layouts if each.form.name == "project")
    name = layout.columns["name"]
    rows = {str(row[name]): place for place, row in enumerate(layout.sheet.rows) if len(row) > name}
    return layout.sheet.name, {layout.address(rows[each], "energy_saved"): text for each, text in TYPED.items()}
