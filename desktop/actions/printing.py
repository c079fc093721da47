"""Printed forms: the records they need, frozen, and their files as PDF, .docx and .xlsx."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk
from desktop.actions.paper_source import DeskSource
from desktop.excel.stick import deliver
from desktop.model.canonical import canonical, digest
from desktop.model.errors import Refused
from desktop.model.page import Document
from desktop.model.periods import Period
from desktop.model.printed import PrintedForm, document, gather, load_printed
from desktop.model.printed.definition import FORMATS
from desktop.pdf.render import Rendered, render
from desktop.pdf.version import renderer_version

Part = tuple[str, str | None]  # by what a list is split, and the value of this part


@dataclass(frozen=True)
class Printed:
    """Files written; one per record when several were named. `pages` is 0 for kinds of file without pages of their own;
    `then` says of a closed period that it was printed as it stood when it was closed."""

    paths: list[Path]
    pages: int
    sha256: str
    then: str = ""


def printed_form(name: str) -> PrintedForm:
    known = load_printed()
    if name not in known:
        raise Refused(f"没有“{name}”这种打印表。可用的有 {'、'.join(known)}")
    return known[name]


def this_period(desk: Desk) -> str:
    return str(Period.of(desk.names.today, "month"))


def content(
    desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "", part: Part | None = None,
    source: DeskSource | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What a printed form says: plain canonical values, with the marks of this office around them.

    `source`, of the same period, serves several prints at once.
    """
    form = printed_form(name)
    chosen = Period.parse(period) if period else Period.parse(this_period(desk))
    source = source or DeskSource(desk, chosen)
    found = gather(form, source, period=chosen.key, record=record, unit=unit or None, part=part)
    return {**found, "practice": int(desk.practice), "renderer": renderer_version()}


def pages_of(data: dict[str, Any], *, draft: bool, issuance: dict[str, Any] | None = None) -> Document:
    """The document that frozen data derives: nothing but the data goes in."""
    return document(
        data, draft=draft, issuance=issuance, practice=bool(data.get("practice")), digest=digest(canonical(data))
    )


def draft(
    desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "", part: Part | None = None,
    source: DeskSource | None = None,
) -> Document:  # fmt: skip
    """The document of a printed form as the records stand, marked 草稿."""
    return pages_of(content(desk, name, record=record, period=period, unit=unit, part=part, source=source), draft=True)


def document_pdf(desk: Desk, name: str, *, record: str | None = None, period: str = "", unit: str = "") -> Rendered:
    """An unsigned printed form, marked 草稿."""
    return render(draft(desk, name, record=record, period=period, unit=unit))


def file_of(made: Document, kind: str) -> tuple[bytes, int]:
    """The bytes of a document as `pdf`, `docx` or `xlsx`, and its pages (0 where the reader decides them)."""
    return _MAKERS[kind](made)


def kind_of_file(form: PrintedForm, path: Path) -> str:
    """The kind of file that a name asks for. Raises Refused, with the kinds there are, for another."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in form.formats:
        known = "、".join(f"{FORMATS[each]}（.{each}）" for each in form.formats)
        raise Refused(f"{form.title}可以存为 {known}，不能存为“{path.name}”；请改文件名后再打印")
    return kind


def print_form(desk: Desk, name: str, out: Path, *, records: list[str], period: str = "", unit: str = "") -> Printed:
    """Write a printed form; several records give several files beside each other.

    The kind of file is that of the name: .pdf, and .docx or .xlsx where the form has them.
    """
    kind = kind_of_file(printed_form(name), out)
    # All are made before any is written: what cannot be printed leaves nothing half done.
    named: list[str | None] = [*records] or [None]
    made = [file_of(draft(desk, name, record=record, period=period, unit=unit), kind) for record in named]
    paths = [out if not place else out.with_name(f"{out.stem}-{place + 1}{out.suffix}") for place in range(len(made))]
    sha256 = ""
    for path, (data, _) in zip(paths, made, strict=True):
        sha256 = deliver(path, data)
    note_print(desk, name, f"{name} {period}")
    return Printed(paths, sum(pages for _, pages in made), sha256, as_closed(desk, period))


def note_print(desk: Desk, name: str, why: str) -> None:
    with desk.store.writing("登记打印"):
        desk.store.note("print", who=desk.who, why=why, form=name)


def as_closed(desk: Desk, period: str) -> str:
    """A sentence when the period is closed, so that its paper says what stood there then; else ""."""
    chosen = Period.parse(period or this_period(desk))
    closed = DeskSource(desk, chosen).cut is not None
    return f"{chosen.label}已关账，按关账时的数据印" if closed else ""


def _pdf(made: Document) -> tuple[bytes, int]:
    rendered = render(made)
    return rendered.pdf, rendered.pages


def _docx(made: Document) -> tuple[bytes, int]:
    from desktop.word.write import word_document

    return word_document(made), 0


def _xlsx(made: Document) -> tuple[bytes, int]:
    from desktop.excel.printed import printed_workbook

    return printed_workbook(made), 0


_MAKERS: dict[str, Callable[[Document], tuple[bytes, int]]] = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}
