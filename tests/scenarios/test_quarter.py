"""A quarter of an invented district: the office, two clerks' PCs, three townships and one enterprise.

The three PCs of the district run the program. Townships and the enterprise only have a spreadsheet: they fill in what
they were given. Workbooks are lost, late, read twice and in the wrong order. In the end all three PCs say the same, and
every conflict was decided once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.actions import conflicts, exchange, packages, peers, records, undo
from desktop.actions.desk import Desk
from tests.conftest import project_data

Office = Callable[..., Desk]
TOWNSHIPS = ("星河街道", "白鹭镇", "云帆街道")
MONTHS = ("2026-10", "2026-11", "2026-12")


class Quarter:
    """Three PCs and the sticks between them."""

    def __init__(self, office: Office, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.office = office("office", "示例区发展和改革局", account="孙示例")
        self.first = office("first", "示例区发展和改革局甲岗", account="李示例")
        self.second = office("second", "示例区发展和改革局乙岗", account="王示例")
        self.desks = (self.office, self.first, self.second)
        self._names = itertools.count(1)
        self.decided: list[str] = []

    def write(self, desk: Desk, **more: Any) -> Path:
        path = self.folder / f"{next(self._names)}.xlsx"
        exchange.export(desk, path, **more)
        return path

    def read(self, desk: Desk, path: Path) -> exchange.Applied:
        return exchange.apply(desk, exchange.read(desk, path), accept_peer=True, only_good=True)

    def send(self, one: Desk, other: Desk) -> exchange.Applied:
        return self.read(other, self.write(one))

    def meet(self) -> None:
        """Everyone hears everyone, through the office and back."""
        for desk in (self.first, self.second):
            self.send(desk, self.office)
        for desk in (self.first, self.second):
            self.send(self.office, desk)

    def decide(self, desk: Desk, choice: str, why: str) -> None:
        for each in conflicts.conflicts_of(desk):
            self.decided.append(each.id)
            conflicts.decide(desk, each.id, choice, why=why)


@pytest.fixture
def quarter(office: Office, tmp_path: Path) -> Quarter:
    return Quarter(office, tmp_path)


def column(sheet: Any, label: str) -> int:
    return next(cell.column for cell in sheet[1] if str(cell.value or "").startswith(label))


def fill_in(path: Path, sheet_name: str, changes: dict[str, dict[str, object]], *, sort: bool = False) -> Path:
    """Someone with a spreadsheet: by the name of a project, new cells; perhaps the rows the other way round."""
    book = openpyxl.load_workbook(path)
    sheet = book[sheet_name]
    name = column(sheet, "项目名称")
    for row in range(2, sheet.max_row + 1):
        for label, value in changes.get(str(sheet.cell(row, name).value), {}).items():
            sheet.cell(row, column(sheet, label)).value = value
    if sort:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[name - 1].value]
        for place, values in enumerate(reversed(rows), start=2):
            for at, value in enumerate(values, start=1):
                sheet.cell(place, at).value = value
    out = path.with_name(f"{path.stem}_交回.xlsx")
    book.save(out)
    return out


def says(desk: Desk) -> dict[str, Any]:
    """All that a PC holds of its records: values, what is open, who said what under which stamp."""
    ids = {
        record
        for form in desk.forms
        for record in desk.store.records.ids(form, lives=("alive", "deleted", "conflict"))[0]
    }
    states = desk.store.records.states(ids)
    shown = {form: desk.store.records.stored(form, desk.store.records.ids(form)[0]) for form in desk.forms}
    return {"states": states, "shown": shown}


@pytest.mark.slow
def test_a_quarter_ends_equal_and_every_conflict_is_decided_once(quarter: Quarter) -> None:
    office, first, second = quarter.desks
    # October: the office lists the projects, one owner in each township, and one enterprise's own.
    firms = records.put(
        office, "enterprise", [{"name": f"示例{part}有限公司", "township": part} for part in (*TOWNSHIPS, "重工")[:3]]
        + [{"name": "示例重工有限公司"}],
    ).ids  # fmt: skip
    names = [f"{part}{kind}改造" for part in TOWNSHIPS for kind in ("锅炉", "冷库")] + ["重卡焊接线改造"]
    owners = [firms[place // 2] for place in range(6)] + [firms[3]]
    ids = dict(zip(names, records.put(
        office, "project", [project_data(owner, name=name, note="") for name, owner in zip(names, owners, strict=True)]
    ).ids, strict=True))  # fmt: skip
    quarter.meet()
    assert records.find(second, "project")[1] == 7

    # The office hands out a workbook to each township and to the enterprise; two come back sorted, one is read twice.
    out = {part: quarter.write(office, where={"enterprise": firms[at]}, forms=["project"])
           for at, part in enumerate((*TOWNSHIPS, "示例重工有限公司"))}  # fmt: skip
    returned = [
        fill_in(out["星河街道"], "项目清单", {"星河街道锅炉改造": {"备注": "十月开工", "总投资": 4900}}, sort=True),
        fill_in(out["白鹭镇"], "项目清单", {"白鹭镇冷库改造": {"备注": "设备到货"}}),
        fill_in(
            out["云帆街道"],
            "项目清单",
            {"云帆街道锅炉改造": {"总投资": "约五千"}, "云帆街道冷库改造": {"备注": "待批"}},
        ),
        fill_in(out["示例重工有限公司"], "项目清单", {"重卡焊接线改造": {"实际完成设备投资": 1200.5}}, sort=True),
    ]
    done = [quarter.read(office, path) for path in returned]
    assert [len(each.errors) for each in done] == [0, 0, 1, 0]
    assert quarter.read(office, returned[0]).action is None
    assert records.get(office, "project", ids["云帆街道冷库改造"])["note"] == "待批"
    # The refused row comes back mended, and does only what is left.
    mended = done[2].annotated
    assert mended is not None
    fixed = fill_in(mended, "项目清单", {"云帆街道锅炉改造": {"总投资": 5000}})
    assert quarter.read(office, fixed).changed == 1

    # A clerk reads the same returned workbook on another PC: one edit, no conflict when the PCs meet.
    quarter.send(office, second)
    quarter.read(first, returned[3])
    quarter.meet()
    assert all(conflicts.conflicts_of(desk) == [] for desk in quarter.desks)
    assert records.get(second, "project", ids["重卡焊接线改造"])["equipment_paid"] == "12005000.00"

    # November: months are reported on two PCs at once; the same one twice, with different sums.
    for place, name in enumerate(names):
        desk = first if place % 2 else second
        records.put(desk, "project_month", [{"project": ids[name], "period": "2026-11", "month": f"{place + 1}000000"}])
    records.put(first, "project_month", [{"project": ids[names[0]], "period": "2026-11", "month": "9990000"}])
    records.put(second, "project", [{"id": ids[names[1]], "note": "乙岗改的"}])
    records.put(first, "project", [{"id": ids[names[1]], "note": "甲岗改的"}])
    late = quarter.write(first)  # lies in a drawer until December
    quarter.meet()
    quarter.send(office, first)
    open_ones = {each.field for each in conflicts.conflicts_of(office)}
    assert open_ones == {"month", "note"}
    assert {each.id for each in conflicts.conflicts_of(first)} == {each.id for each in conflicts.conflicts_of(second)}
    quarter.decide(office, "theirs", "与企业核对")
    quarter.meet()
    assert all(conflicts.conflicts_of(desk) == [] for desk in quarter.desks)

    # December: one clerk deletes what the other still edits; a wrong import is taken back; the late stick turns up.
    records.remove(first, "project", ids[names[5]], "重复登记")
    records.put(second, "project", [{"id": ids[names[5]], "note": "已竣工"}])
    wrong = fill_in(
        quarter.write(office, forms=["project"]), "项目清单", {name: {"备注": "填错了表"} for name in names[:3]}
    )
    mistake = quarter.read(office, wrong)
    assert mistake.changed == 3 and mistake.action is not None
    assert undo.undo(office, mistake.action).kept == []
    quarter.meet()
    assert quarter.read(office, late).action is None and conflicts.conflicts_of(office) != []
    (life,) = conflicts.conflicts_of(office)
    assert life.field == "_deleted" and {life.mine.who, *(side.who for side in life.theirs)} == {"李示例", "王示例"}
    quarter.decide(office, "keep", "确已竣工")
    quarter.meet()
    quarter.meet()

    # The end: three PCs that say the same, everything decided once, and nobody has anything left to tell.
    assert len(quarter.decided) == len(set(quarter.decided)) == 3
    assert all(conflicts.conflicts_of(desk) == [] for desk in quarter.desks)
    assert says(office) == says(first) == says(second)
    assert records.get(first, "project", ids[names[5]])["note"] == "已竣工"
    assert records.get(second, "project", ids["星河街道锅炉改造"])["note"] == "十月开工"
    for one, other in itertools.permutations(quarter.desks, 2):
        assert quarter.send(one, other).action is None
    assert len(peers.peers(office)) == 2
    sent = [each for each in packages.packages(office, limit=500) if each.direction == "out"]
    assert any(each.back for each in sent) and any(each.reached for each in sent)
    assert all(desk.store.journal.verify() is None for desk in quarter.desks)
