"""What is frozen: all that is printed, nothing else; and the document comes from it alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.model.canonical import canonical, read_canonical
from desktop.model.errors import Refused
from desktop.model.page import PageBreak, Paragraph, Table
from desktop.model.printed import document, gather, load_printed
from tests.model.printed.office import Office, Print

ISSUED: dict[str, Any] = {
    "reviewer": "孙示例", "issuer": "吴示例", "issued": "2026-11-24T10:58:16+08:00",
    "document_number": "示例发改函〔2026〕12号",
}  # fmt: skip


def asked(office: Office, name: str) -> dict[str, Any]:
    """A record or unit for the forms that need one."""
    form = load_printed()[name]
    if form.about != "period":
        office.data.setdefault(form.about, {})
        if not office.data[form.about]:
            office.add(form.about, name="示例", policy=None)
        return {"record": next(iter(office.data[form.about]))}
    return {"unit": "区商务局"} if form.for_unit else {}


def test_all_forms_of_the_list_are_there() -> None:
    assert set(load_printed()) >= {
        "monthly-report", "letter", "ledger-report", "indicator-report", "problem-list", "briefing", "unit-duties",
        "project-list", "project-dispatch", "project-application", "site-list", "site-register", "claim-form",
        "policy-notice", "change-list",
    }  # fmt: skip


@pytest.mark.parametrize("name", list(load_printed()))
def test_the_document_comes_from_canonical_bytes_alone(office: Office, name: str) -> None:
    made = gather(load_printed()[name], office, period="2026-11", **asked(office, name))
    frozen = canonical(made)
    first = document(made, draft=False, issuance=ISSUED, practice=False, digest="0" * 64)
    office.data.clear()  # nothing of the office is asked again
    again = document(read_canonical(frozen), draft=False, issuance=ISSUED, practice=False, digest="0" * 64)
    assert first == again
    assert canonical(read_canonical(frozen)) == frozen


def test_only_what_is_printed_is_frozen(office: Office) -> None:
    office.data["project"][next(iter(office.data["project"]))].update(note="内部备注", phone="000-0000")
    made = gather(load_printed()["project-list"], office, period="2026-11")
    assert "内部备注" not in json.dumps(made, ensure_ascii=False)
    assert [row["name"] for row in made["records"]["project"]] == ["甲项目", "丙项目", "乙项目"]
    assert made["records"]["project"][0]["total_investment"] == 480_000_0000
    assert set(made["labels"]) == {"enterprise"}


def test_later_edits_do_not_reach_what_is_frozen(office: Office) -> None:
    form = load_printed()["project-list"]
    made = gather(form, office, period="2026-11")
    before = document(made, draft=True)
    for values in office.data["enterprise"].values():
        values["name"] = "改了名的公司"
    assert document(made, draft=True) == before


def test_a_reference_not_received_says_so(office: Office, pages: Print) -> None:
    office.data["enterprise"].clear()
    table = next(block for block in pages("project-list").blocks if isinstance(block, Table))
    assert {row.cells[2] for row in table.rows if row.cells[0].isdigit()} == {"未收到"}


def test_draft_and_issued_paper(office: Office, pages: Print) -> None:
    draft, issued = pages("project-list"), pages("project-list", ISSUED)
    made = gather(load_printed()["project-list"], office, period="2026-11")
    preview = document(made, draft=True, issuance=ISSUED)
    assert preview.draft and preview.signature  # an issued one still marked 草稿 keeps the room of the signature
    assert draft.draft and not draft.signature
    assert not issued.draft and issued.signature and issued.practice
    form, district, period, sequence, digest = issued.foot.qr.removeprefix("LX1:").split(":")
    assert (form, district, period, sequence) == ("project-list", "370102", "2026-11", "0")
    assert digest == issued.foot.digest and len(digest) == 64
    assert "电子签名不代替公章" in issued.foot.lines and any("版式 abababab" in line for line in issued.foot.lines)


def test_the_months_report_is_a_letter_with_five_tables(pages: Print) -> None:
    made = pages("monthly-report", ISSUED)
    assert made.letter and made.right == "示例发改函〔2026〕12号"
    text = "".join(block.text for block in made.blocks if isinstance(block, Paragraph))
    assert "任务台账共 68 项，其中已完成 0 项、推进中 0 项、滞后 1 项" in text
    assert "项目共 3 个，总投资 6,000.000001 万元" in text and "在建 3 个" in text
    assert "2026年11月24日" in text and "需市级协调" in text
    assert len([block for block in made.blocks if isinstance(block, Table)]) == 5
    assert sum(isinstance(block, PageBreak) and block.landscape for block in made.blocks) == 5


def test_the_letter_quotes_figures_without_their_tables(pages: Print) -> None:
    made = pages("letter", ISSUED)
    assert not any(isinstance(block, Table) for block in made.blocks)
    text = "".join(block.text for block in made.blocks if isinstance(block, Paragraph))
    assert "项目共 3 个" in text and "需市级协调" not in text  # no problem, no sentence


def test_the_policy_notice_names_document_and_status(office: Office, pages: Print) -> None:
    office.add("policy", number=2, title="政策 2", doc_no="济政发〔2024〕9号", text="贴息。", status="unknown",
               units='["市财政局"]')  # fmt: skip
    office.add("policy", number=3, title="政策 3", text="已废止。", status="replaced")
    table = next(block for block in pages("policy-notice").blocks if isinstance(block, Table))
    assert [row.cells for row in table.rows] == [("1", "政策 2", "贴息。", "济政发〔2024〕9号", "待核", "市财政局")]


def test_content_of_another_version_is_refused() -> None:
    for content in ({"format": 2, "form": "project-list"}, {"format": 1, "form": "unknown"}, {}):
        with pytest.raises(Refused, match="不认识"):
            document(content, draft=True)
