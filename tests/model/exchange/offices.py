"""What the histories are made of: offices of two versions of the program, their records, and workbooks that travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop.model.exchange import Edit, Reading, incoming_items
from desktop.model.exchange.preview import Incoming
from desktop.model.fields.base import Value
from desktop.model.package import VERSION, Package, Peer
from desktop.model.registers import Record, Stamp, record_id, shown

PROJECTS = [record_id("370102", "project", [number]) for number in (1, 2)]
MONTH = record_id("370102", "project_month", [PROJECTS[0], "2026-05"])  # a child of whichever project it names
NOVEL = record_id("370102", "novel", [1])  # of a form that only the newer version has
FORM_OF = {**dict.fromkeys(PROJECTS, "project"), MONTH: "project_month", NOVEL: "novel"}
IDS = [*FORM_OF]
FIELDS = ("name", "stage", "heat")  # the newer version alone has the last
PARENT = "project"


class Site:
    """An office: its records, the replica that writes them, the highest counter it used, and which version it has."""

    def __init__(self, name: str, newer: bool = True) -> None:
        self.name = name
        self.newer = newer
        self.replica = name
        self.counter = 0
        self.renewals = 0
        self.records: dict[str, Record] = {}

    def stamp(self) -> Stamp:
        self.counter += 1
        return Stamp(self.replica, self.counter)

    def get(self, record: str) -> Record:
        return self.records.get(record, Record(record, FORM_OF[record]))

    def knows(self, record: str, name: str = "") -> bool:
        return self.newer or (FORM_OF[record] != "novel" and name != "heat")


@dataclass(frozen=True)
class Book:
    """A workbook: its package, and what people typed over its cells since, as {record: {field: value}}."""

    package: Package
    cells: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def records(self) -> dict[str, Record]:
        return {record.id: record for record in self.package.records}

    def typed(self, record: str, name: str, value: Value) -> Book:
        """Saved once more with another cell filled in; a cell that again shows what it did is no edit."""
        cells = {**self.cells.get(record, {}), name: value}
        if shown(self.records[record].fields.get(name, frozenset())) == value:
            del cells[name]
        return replace(self, cells={**self.cells, record: cells})

    def items(self, site: Site, refused: str = "") -> list[Incoming]:
        """What a site reads: no column or sheet that its version does not know, no edit of a refused row."""
        edits = []
        for record, cells in self.cells.items():
            known = {name: value for name, value in cells.items() if site.knows(record, name)}
            if known and record != refused:
                edits.append(Edit(FORM_OF[record], self.records[record], known, False, "表", 1, {}))
        return incoming_items(self.package, Reading(edits=tuple(edits)))


def sent(number: int, site: Site, part: list[str]) -> Book:
    """A package of whole records, gone through the bytes that are signed."""
    records = tuple(site.records[record] for record in sorted(part) if record in site.records)
    package = Package(
        f"p{number}", VERSION, "370102", "示例区", Peer(site.replica, site.name, "00" * 32), "", "", "", records
    )  # fmt: skip
    read = Package.from_bytes(package.to_bytes())
    came = {record.id: (record.form, record.fields, record.vector) for record in read.records}
    assert came == {record.id: (record.form, record.fields, record.vector) for record in records}, "unknown ones too"
    return Book(package)
