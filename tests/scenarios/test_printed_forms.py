"""All printed forms with hard data: many rows, long texts, rare characters, large amounts, and with nothing at all."""

from __future__ import annotations

import re

import pytest

from desktop.actions import claims, printing, records
from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from desktop.model.page import Document, Grid, Heading, Note, Paragraph, Row, Signers, Table
from desktop.model.printed import load_printed
from tests.conftest import project_data
from tests.pdf.pages.pdf_tools import run, solid

MONTH = "2026-11"
RARE = "示例㛃龘䶮𫖯𬭎特种装备智能制造股份有限公司"
LONG = "按计划推进设备更新，完成12,345.67万元（含税），能效由二级提升到一级；" * 12
ROWS = 130
_MARK = re.compile(r"[\s\u200b—]+")


@pytest.fixture
def full(desk: Desk) -> tuple[Desk, dict[str, str]]:
    """An office with long lists; the records that the forms about one record are printed of."""
    owner = records.put(desk, "enterprise", [{"name": RARE, "uscc": "91370000MA0000000P", "address": LONG[:90]}]).ids[0]
    made = records.put(desk, "project", [
        project_data(
            owner, name=f"{RARE}第{n}条生产线更新改造", content=LONG[:480], total_investment="999999990000",
            equipment_investment="999999980000", equipment_paid="265000001", upgrade_kind="line",
            fund_own="999999990000", authority="区工业和信息化局", township="星河街道", entered_on="2026-11-02",
        )
        for n in range(ROWS)
    ]).ids  # fmt: skip
    records.put(desk, "project_month", [
        {"project": each, "period": MONTH, "month": "12345678900", "ytd": "99999999000", "progress": LONG[:190]}
        for each in made
    ])  # fmt: skip
    records.put(desk, "equipment", [
        {"project": made[0], "side": side, "name": f"{RARE[:8]}机床{n}", "quantity": "12", "price": "99999999900"}
        for n in range(60) for side in ("old", "new")
    ])  # fmt: skip
    sites = records.put(desk, "site", [
        {"name": f"龘㛃回收站{n}", "kind": "fixed", "operator": owner, "address": LONG[:70], "state": "open",
         "opened": "2026-10-08", "area": "12345678.5", "township": "星河街道"} for n in range(ROWS)
    ]).ids  # fmt: skip
    records.put(desk, "problem", [
        {"title": f"{RARE}第{n}号问题", "found": "2026-11-03", "description": LONG[:480], "level": "city",
         "unit": "区商务局", "request": LONG[:300]} for n in range(30)
    ])  # fmt: skip
    claim = claims.draft_from(desk, 1, made[0], "2026").claim
    return desk, {"project": made[0], "site": sites[0], "claim": claim, "enterprise": owner}


def said(document: Document) -> set[str]:
    """Every text that the document holds, without blanks."""
    found: set[str] = {document.title, document.left, document.right}
    for block in document.blocks:
        if isinstance(block, Table):
            found |= {block.caption, block.unit, *(column.label for column in block.columns)}
            found |= {text for row in block.rows for text in _cells(row)}
        elif isinstance(block, Grid):
            found |= {cell.text for cells in block.rows for cell in cells}
        elif isinstance(block, Heading | Paragraph | Note):
            found.add(block.text)
        elif isinstance(block, Signers):
            found |= {label for label, _ in block.pairs}
    return {plain for text in found if (plain := _MARK.sub("", text))}


def _cells(row: Row) -> list[str]:
    return [line for cell in row.cells for line in cell.split("\n")]


def missing(document: Document, pdf: bytes) -> list[str]:
    """Texts that do not stand in the file. A text torn by a line, a cell or a page is found piece by piece."""
    there = _MARK.sub("", solid(pdf))
    pieces = [text[start : start + 3] for text in said(document) for start in range(0, max(len(text) - 2, 1), 3)]
    return [piece for piece in dict.fromkeys(pieces) if piece not in there and piece[:2] not in there]


def check(desk: Desk, name: str, record: str | None, unit: str) -> None:
    made = printing.draft(desk, name, record=record, period=MONTH, unit=unit)
    pdf, pages = printing.file_of(made, "pdf")
    assert pages >= 1 and missing(made, pdf) == [], name
    fonts = run(pdf, "pdffonts", "{}").splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts), name
    for kind in printing.printed_form(name).formats[1:]:
        data, _ = printing.file_of(made, kind)
        assert data[:2] == b"PK"


@pytest.mark.slow
def test_nothing_is_lost_on_paper(full: tuple[Desk, dict[str, str]]) -> None:
    desk, held = full
    for name, form in load_printed().items():
        check(desk, name, held.get(form.about), "区商务局" if form.for_unit else "")


@pytest.mark.slow
def test_an_empty_office_prints_every_form(desk: Desk) -> None:
    for name, form in load_printed().items():
        if form.of(None).about == "period":
            check(desk, name, None, "区商务局" if form.for_unit else "")


def test_a_character_that_no_font_has_is_refused_by_name(desk: Desk) -> None:
    owner = records.put(desk, "enterprise", [{"name": "示例𠮷有限公司"}]).ids[0]
    records.put(desk, "project", [project_data(owner)])
    with pytest.raises(Refused, match="“𠮷”（U\\+20BB7）"):
        printing.document_pdf(desk, "project-list", period=MONTH)
