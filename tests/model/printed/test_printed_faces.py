"""One record as a form table: project, site, claim."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.model import places
from desktop.model.errors import Refused
from desktop.model.page import Grid, RowKind, Seals
from tests.model.printed.office import WAN, Office, Print, column, only_table


def pairs(grid: Grid) -> dict[str, str]:
    """Labels with the value behind them; those of a band stand above their values."""
    found: dict[str, str] = {}
    for number, row in enumerate(grid.rows):
        for place, cell in enumerate(row):
            behind = row[place + 1] if place + 1 < len(row) else None
            if cell.label and behind is not None and not behind.label:
                found[cell.text] = behind.text
        if row and all(cell.label for cell in row):
            below = grid.rows[number + 1]
            found.update(zip([cell.text for cell in row[-5:]], [cell.text for cell in below[-5:]], strict=True))
    return found


def grid_of(pages: Print, office: Office, form: str = "project", name: str = "project-application") -> Grid:
    made = pages(name, record=next(iter(office.data[form])))
    return next(block for block in made.blocks if isinstance(block, Grid))


def test_the_application_says_every_field_of_the_project(office: Office, pages: Print) -> None:
    said = pairs(grid_of(pages, office))
    assert said["项目名称"] == "甲项目" and said["项目单位"] == "示例重工有限公司"
    assert said["统一社会信用代码"] == "91370102MA0000000A"
    assert said["总投资（万元）"] == "4,800.00" and said["总投资大写"] == "肆仟捌佰万元整"
    assert said["超长期特别国债"] == "600.00" and said["中央预算内"] == "" and said["合计"] == "4,800.00"
    assert "国家重大建设项目库编码" not in said  # paper = 0


def test_rows_of_the_application_are_twelve_twelfths(office: Office, pages: Print) -> None:
    reach = [0] * 200
    for number, row in enumerate(grid_of(pages, office).rows):
        for cell in row:
            for line in range(number, number + cell.down):
                reach[line] += cell.span
        assert reach[number] == 12


def test_equipment_before_and_after_and_the_price_of_the_new(office: Office, pages: Print) -> None:
    table = only_table(pages("project-application", record=next(iter(office.data["project"]))))
    assert table.group and column(table, "类别") == ["更新前", "更新后", "更新后"]
    assert column(table, "购置金额", RowKind.TOTAL) == ["330.00"]
    assert column(table, "类别", RowKind.TOTAL) == ["更新后购置金额合计"]


def test_three_boxes_wait_for_seals(office: Office, pages: Print) -> None:
    made = pages("project-application", record=next(iter(office.data["project"])))
    seals = next(block for block in made.blocks if isinstance(block, Seals))
    assert [box.title for box in seals.boxes] == ["申报单位承诺", "行业主管部门意见", "示例区发展和改革局意见"]
    assert "将按规定处置" in seals.boxes[0].text and "未重复申报" in seals.boxes[0].text


def test_a_new_field_of_the_form_stands_on_paper(
    office: Office, pages: Print, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(places.root() / "forms", tmp_path / "forms")
    path = tmp_path / "forms" / "project.toml"
    added = """fields = [
  { name = "roof_area", label = "屋顶面积", type = "quantity", unit = "平方米", section = "content" },
  { name = "fund_village", label = "村级资金", type = "money", section = "money" },
"""
    path.write_text(path.read_text(encoding="utf-8").replace("fields = [\n", added, 1), encoding="utf-8")
    monkeypatch.setenv("DESK_FORMS", str(tmp_path / "forms"))
    office.data["project"][next(iter(office.data["project"]))].update(roof_area="1234.5", fund_village=WAN)
    said = pairs(grid_of(pages, office))
    assert said["屋顶面积（平方米）"] == "1,234.5"
    assert said["村级资金"] == "1.00" and said["合计"] == "4,801.00"


def test_one_record_must_be_named_and_known(office: Office, pages: Print) -> None:
    with pytest.raises(Refused, match="先选定一个项目"):
        pages("project-application")
    with pytest.raises(Refused, match="重新选定"):
        pages("project-application", record="00000000-0000-0000-0000-000000000000")
    with pytest.raises(Refused, match="不针对单条记录"):
        pages("project-list", record="00000000-0000-0000-0000-000000000000")


def test_a_site_and_what_it_took_in(office: Office, pages: Print) -> None:
    works = next(iter(office.data["enterprise"]))
    site = office.add("site", name="示例回收站", kind="fixed", operator=works, address="示例路 2 号", state="open")
    for period, tons in [("2026-11", "2.5"), ("2026-10", "0.75")]:
        office.add("site_month", site=site, period=period, goods="steel", tons=tons)
    made = pages("site-register", record=site)
    assert made.left == "网点名称：示例回收站"
    table = only_table(made)
    assert column(table, "填报时间") == ["2026-10", "2026-11"]
    assert column(table, "重量", RowKind.TOTAL) == ["3.25"]


def test_a_claim_names_policy_document_and_what_it_is_for(office: Office, pages: Print) -> None:
    policy = office.add("policy", number=22, title="政策 22", doc_no="济政发〔2024〕9号", text="奖补", status="unknown")
    chosen = list(office.data["project"])[1]
    claim = office.add("claim", policy=policy, applicant_kind="enterprise", applicant="示例重工有限公司",
                       period="2026-H2", claimed=31_500_000, projects=f'["{chosen}"]', state="draft")  # fmt: skip
    made = pages("claim-form", record=claim)
    said = pairs(next(block for block in made.blocks if isinstance(block, Grid)))
    assert said["文号"] == "济政发〔2024〕9号" and said["申报金额大写"] == "叁拾壹万伍仟元整"
    assert column(only_table(made), "项目名称") == ["乙项目"]
    assert only_table(made, 1).rows == ()
