"""Every check of projects, sites and enterprises, just right and just wrong: it blocks or warns as said."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions import records, setup
from desktop.actions.desk import Desk
from desktop.model.codes import USCC_ALPHABET, organisation_check_character, uscc_check_character
from desktop.model.errors import Refused
from tests.conftest import CLERK, PASSWORD, enterprise, project_data

TODAY = "2026-11-24T09:00:00+08:00"
PROJECTS = [
    ({"equipment_investment": "48000000"}, ""),
    ({"equipment_investment": "48000000.01"}, "block"),
    ({"software": "36800000"}, ""),
    ({"software": "36800000.01"}, "warn"),
    ({"fund_own": "48000000"}, ""),
    ({"fund_own": "47999999.99"}, "warn"),
    ({"fund_own": "40000000", "fund_bond": "8000000"}, ""),
    ({"fund_own": "40000000", "fund_bond": "8000000.01"}, "warn"),
    ({"fund_own": None}, ""),
    ({"start": "2026-03", "finish": "2026-03"}, ""),
    ({"start": "2026-04", "finish": "2026-03"}, "block"),
    ({"stage": "building", "start": "2026-11"}, ""),
    ({"stage": "building", "start": "2026-12"}, "block"),
    ({"stage": "completed", "start": "2026-12"}, "block"),
    ({"stage": "operating", "start": "2026-12"}, "block"),
    ({"stage": "planned", "start": "2026-12"}, ""),
    ({"stage": "preparing", "start": "2026-12"}, ""),
    ({"equipment_paid": "36800000"}, ""),
    ({"equipment_paid": "36800000.01"}, "warn"),
    ({"entered_on": "2026-11-24"}, ""),
    ({"entered_on": "2026-11-25"}, "block"),
    ({"entered_on": "2026-05-01", "exit_on": "2026-05-01", "exit_why": "并入他项"}, ""),
    ({"entered_on": "2026-05-02", "exit_on": "2026-05-01", "exit_why": "并入他项"}, "block"),
    ({"exit_on": "2026-11-25", "exit_why": "并入他项"}, "block"),
    ({"exit_on": "2026-05-01"}, "block"),
    ({"exit_why": "并入他项"}, "warn"),
    ({"stage": "stopped"}, "warn"),
    ({"stage": "stopped", "exit_on": "2026-05-01", "exit_why": "资金不落实"}, ""),
    ({"project_code": "2603-379901-07-02-000001"}, ""),
    ({"project_code": "2613-379901-07-02-000001"}, "block"),
    ({"project_code": "2600-379901-07-02-000001"}, "block"),
    ({"project_code": "2603-370102-07-02-000001"}, "warn"),
    ({"project_code": "2603-379901-07-02-00001"}, "block"),
    ({"content": "改" * 500}, ""),
    ({"content": "改" * 501}, "block"),
    ({"name": None}, "block"),
    ({"address": None}, "block"),
    ({"total_investment": None}, "block"),
]
SITES = [
    ({}, ""),
    ({"opened": "2026-11-24"}, ""),
    ({"opened": "2026-11-25"}, "block"),
    ({"state": "preparing", "opened": "2026-12-25"}, ""),
    ({"state": "closed", "closed_on": "2026-05-01"}, ""),
    ({"state": "closed"}, "warn"),
    ({"state": "closed", "opened": "2026-05-02", "closed_on": "2026-05-01"}, "block"),
    ({"operator": None}, "block"),
    ({"lat": "90"}, ""),
    ({"lat": "90.1"}, "block"),
]


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", TODAY)


def level(desk: Desk, form: str, data: dict[str, object]) -> str:
    """ "block", "warn" or "" for a record saved with these values."""
    try:
        saved = records.put(desk, form, [data])
    except Refused as refused:
        assert refused.details and all(each["message"] for each in refused.details)
        return "block"
    return "warn" if saved.warnings else ""


def test_checks_of_a_project(desk: Desk) -> None:
    owner = enterprise(desk)
    wrong = [
        (about, wanted, found)
        for number, (about, wanted) in enumerate(PROJECTS)
        if (found := level(desk, "project", project_data(owner, **{"name": f"第{number}号", **about}))) != wanted
    ]
    assert not wrong


def test_checks_of_a_site(desk: Desk) -> None:
    data = {
        "kind": "fixed",
        "operator": enterprise(desk),
        "address": "示例路1号",
        "state": "open",
        "opened": "2026-01-01",
    }
    wrong = [
        (about, wanted, found)
        for number, (about, wanted) in enumerate(SITES)
        if (found := level(desk, "site", {**data, "name": f"第{number}号站", **about})) != wanted
    ]
    assert not wrong


def test_doubles_warn_and_codes_block(desk: Desk) -> None:
    code = right("91379901MA0000019")
    one = enterprise(desk, uscc=code)
    assert level(desk, "enterprise", {"name": "另一家有限公司", "uscc": code}) == "block"
    assert level(desk, "enterprise", {"name": "示例重工有限公司"}) == "warn"
    assert level(desk, "project", project_data(one)) == ""
    assert level(desk, "project", project_data(one)) == "warn"


def right(first: str) -> str:
    first17 = first[:16] + organisation_check_character(first[8:16])
    return first17 + uscc_check_character(first17)


@pytest.mark.parametrize("start", ["91379901MA000001", "N2379901MA000001", "A1379901MA000001", "Y1379901MA000001"])
def test_every_wrong_last_character_blocks(desk: Desk, start: str) -> None:
    """Letter-led codes (N: rural collectives) among them."""
    code = right(start)
    assert level(desk, "enterprise", {"name": f"示例{start[0]}单位", "uscc": code}) == ""
    for last in USCC_ALPHABET:
        if last != code[17]:
            assert level(desk, "enterprise", {"name": "末位不对", "uscc": code[:17] + last}) == "block", last


@pytest.mark.parametrize(
    ("district", "code", "wanted"),
    [
        ("370114", "2405-370181-04-01-000000", ""), ("370115", "2405-370125-04-01-000000", ""),
        ("370114", "2405-370125-04-01-000000", "warn"), ("370113", "2405-370123-04-01-000000", ""),
    ],
)  # fmt: skip
def test_old_region_codes_stay_valid(tmp_path: Path, district: str, code: str, wanted: str) -> None:
    desk, _ = setup.init(tmp_path / "d", district=district, account=CLERK, password=PASSWORD)
    assert level(desk, "project", project_data(enterprise(desk), project_code=code)) == wanted
    desk.close()
