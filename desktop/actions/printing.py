"""Printed forms: the records they need, frozen, and their pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk
from desktop.excel.stick import deliver
from desktop.model.canonical import canonical, digest
from desktop.model.errors import Refused
from desktop.model.fields.base import Names, Value
from desktop.model.page import Document
from desktop.model.periods import Period
from desktop.model.plan import Plan
from desktop.model.printed import PrintedForm, document, gather, load_printed
from desktop.pdf.render import Rendered, render
from desktop.pdf.version import renderer_version


class DeskSource:
    """The records of an open desk, as the printed forms ask for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.office = desk.office
        self.district_name = desk.district_name
        self.district_code = desk.district
        self.names: Names = desk.names
        self.plan: Plan = desk.plan

    def records(self, form: str) -> list[tuple[str, dict[str, Value]]]:
        ids, _ = self._desk.store.records.ids(form)
        values = self._desk.store.records.values(form, ids)
        return [(record, values[record]) for record in ids]

    def record(self, form: str, record: str) -> dict[str, Value] | None:
        known = self._desk.store.records.form_of(record) == form
        return self._desk.store.records.values(form, [record]).get(record) if known else None

    def changes(self, form: str, first: datetime.date, last: datetime.date) -> list[tuple[str, str, Value, Value]]:
        """What the log says became another over these days, without the records made in them."""
        made: dict[str, str] = {}
        net: dict[tuple[str, str], tuple[Value, Value]] = {}
        for row in self._desk.store.journal.since(0, [form]):
            day = str(row["at"])[:10]
            made.setdefault(row["record"], day)
            if first.isoformat() <= day <= last.isoformat():
                key = (row["record"], row["field"])
                net[key] = (net[key][0] if key in net else row["old"], row["new"])
        return [
            (record, field, old, new)
            for (record, field), (old, new) in net.items()
            if old != new and made[record] < first.isoformat()
        ]


@dataclass(frozen=True)
class Printed:
    """Pages written to files; one file per record when several were named."""

    paths: list[Path]
    pages: int
    sha256: str


def printed_form(name: str) -> PrintedForm:
    known = load_printed()
    if name not in known:
        raise Refused(f"没有“{name}”这种打印表。可用的有 {'、'.join(known)}")
    return known[name]


def this_period(desk: Desk) -> str:
    return str(Period.of(desk.names.today, "month"))


def content(desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "") -> dict[str, Any]:
    """What a printed form says: plain canonical values, with the marks of this office around them."""
    form = printed_form(name)
    chosen = str(Period.parse(period)) if period else this_period(desk)
    found = gather(form, DeskSource(desk), period=chosen, record=record, unit=unit or None)
    return {**found, "practice": int(desk.practice), "renderer": renderer_version()}


def pages_of(data: dict[str, Any], *, draft: bool, issuance: dict[str, Any] | None = None) -> Document:
    """The document that frozen data derives: nothing but the data goes in."""
    return document(
        data, draft=draft, issuance=issuance, practice=bool(data.get("practice")), digest=digest(canonical(data))
    )


def document_pdf(desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "") -> Rendered:
    """An unsigned printed form, marked 草稿."""
    return render(pages_of(content(desk, name, record=record, period=period, unit=unit), draft=True))


def print_form(desk: Desk, name: str, out: Path, *, records: list[str], period: str = "", unit: str = "") -> Printed:
    """Write a printed form as PDF; several records give several files beside each other."""
    if out.suffix.lower() != ".pdf":
        raise Refused(f"“{out.name}”应为 .pdf 文件，请改文件名后再打印")
    paths, pages, sha256 = [], 0, ""
    for place, record in enumerate(records or [None]):
        rendered = document_pdf(desk, name, record=record, period=period, unit=unit)
        path = out if place == 0 else out.with_name(f"{out.stem}-{place + 1}{out.suffix}")
        sha256 = deliver(path, rendered.pdf)
        paths.append(path)
        pages += rendered.pages
    with desk.store.writing("登记打印"):
        desk.store.note("print", who=desk.who, why=f"{name} {period}", form=name)
    return Printed(paths, pages, sha256)
