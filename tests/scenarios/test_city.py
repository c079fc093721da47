"""The city's month: twelve districts report on sticks, one late, one returned, one revoked, one sending twice."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import authority, city, districts, receipts, setup, submissions, trust
from desktop.actions.desk import Desk
from desktop.model.canonical import canonical, digest, read_canonical
from desktop.model.errors import Refused
from tests.scenarios import invented_months as months
from tests.scenarios.invented_months import SECRET, District

pytestmark = pytest.mark.xdist_group("city")

PERIOD = "2026-11"
REVOKED, RETURNED, TWICE, LATE, REPLAYED = 4, 5, 2, 12, 6


@pytest.fixture(scope="module")
def office_of_certificates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[int, Path], Path]]:
    """An authority with twelve districts' certificates, one of them revoked, and the city's own for receipts."""
    folder = tmp_path_factory.mktemp("authority")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESK_NOW", "2026-11-20T09:00:00+08:00")
        authority.create(folder, name="练习根证书", office="练习用证书机构", password=SECRET)
        keys = {number: months.certificate(folder, number) for number in range(1, 13)}
        authority.issue(
            folder, folder / "city.p12", district="", name="示例市回执", office="示例市发展和改革委员会",
            password=SECRET, use="receipt",
        )  # fmt: skip
        bad = next(each for each in authority.issued(folder, password=SECRET) if each.district == "379904")
        authority.revoke(folder, bad.serial, why="密钥遗失", password=SECRET)
    yield folder, keys, folder / "city.p12"


@pytest.fixture
def desk(
    office_of_certificates: tuple[Path, dict[int, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setenv("DESK_NOW", "2026-12-03T09:00:00+08:00")
    made, _ = setup.init(
        tmp_path / "city", district=months.CITY, name="示例市", office="示例市发展和改革委员会", account="周示例",
        password="示例密码一二三四", practice=True,
    )  # fmt: skip
    folder = office_of_certificates[0]
    trust.add(made, [folder / each for each in authority.FILES])
    yield made
    made.close()


@pytest.fixture(scope="module")
def files(office_of_certificates: tuple[Path, dict[int, Path], Path]) -> dict[str, bytes]:
    """Every file that any district ever writes, by a name for it."""
    keys = {number: months.open_key(path) for number, path in office_of_certificates[1].items()}
    made = {}
    for number in range(1, 13):
        frozen = District(number).frozen(sequence=2 if number == REPLAYED else 1)
        made[f"{number}"] = months.signed(frozen, keys[number])
    former = digest(District(RETURNED).frozen())
    made["corrected"] = months.signed(District(RETURNED, extra=100).frozen(sequence=2, previous=former), keys[5])
    made["older"] = months.signed(District(REPLAYED, extra=5).frozen(), keys[REPLAYED])
    made["clash"] = months.signed(District(7, extra=5).frozen(), keys[7])
    return made


def stick(folder: Path, named: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in named.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return folder


def outcomes(answers: list[city.FileAnswer]) -> dict[str, str]:
    return {each.file.removesuffix(".pdf"): each.outcome for each in answers}


def states(desk: Desk, **more: Any) -> dict[int, tuple[str, bool]]:
    return {int(each.district[4:]): (each.state, each.late) for each in districts.standing(desk, PERIOD, **more)}


@pytest.mark.slow
def test_a_month_of_twelve_districts(
    desk: Desk, files: dict[str, bytes], office_of_certificates: tuple[Path, dict[int, Path], Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    due = datetime.date(2026, 12, 5)
    first = {f"{number}": files[f"{number}"] for number in range(1, 12)}
    came = city.collect(desk, stick(tmp_path / "one", {**first, "2-再发": files["2"], "杂": b"no pdf"}))
    assert [each.pages for each in came if each.outcome == "taken"] == ["equal"] * 10
    found = outcomes(came)
    assert sorted([found.pop("2"), found.pop("2-再发")]) == ["same", "taken"]
    expected = dict.fromkeys(first, "taken") | {"4": "invalid", "杂": "invalid"}
    del expected["2"]
    assert found == expected
    revoked = next(each for each in came if each.file == "4.pdf")
    assert revoked.reasons == ["签名人的证书已被吊销。"] and revoked.district == "379904"

    lacking = {each.district: each.state for each in districts.missing(desk, PERIOD, due=due)}
    assert lacking == {"379904": "invalid", "379912": "missing"}

    def answer(number: int, verdict: str, *reasons: str) -> receipts.Made:
        edition = next(
            each for each in city_editions(desk) if each.district == months.code(number) and each.state == "current"
        )
        opener = submissions.file_key(office_of_certificates[2], SECRET)
        return receipts.make(desk, edition.data_digest, verdict, list(reasons), opener, tmp_path)

    with pytest.raises(Refused, match="写明原因"):
        answer(RETURNED, "returned")
    made = answer(RETURNED, "returned", "总投资与上期不符")
    assert made.path.name == "379905_monthly-report_2026-11_1.receipt"
    assert states(desk)[RETURNED] == ("returned", False)
    assert RETURNED not in {int(each["district"][4:]) for each in districts.roll_up(desk, PERIOD)["districts"]}

    monkeypatch.setenv("DESK_NOW", "2026-12-08T09:00:00+08:00")
    names = ("12", "corrected", "5", "older", "clash")
    later = city.collect(desk, stick(tmp_path / "two", {name: files[name] for name in names}))
    assert outcomes(later) == {"12": "taken", "corrected": "taken", "5": "same", "older": "older", "clash": "clash"}
    assert all(each.notes == [] for each in later if each.outcome == "taken")
    for number in set(range(1, 13)) - {REVOKED}:
        answer(number, "accepted")
    now = states(desk, due=due)
    assert now.pop(REVOKED) == ("invalid", True)
    assert now == {number: ("accepted", number == LATE) for number in set(range(1, 13)) - {REVOKED}}

    check_totals(districts.roll_up(desk, PERIOD))


def city_editions(desk: Desk) -> list[Any]:
    return districts.editions(desk, PERIOD)


def check_totals(rolled: dict[str, Any]) -> None:
    """Against sums made by hand over the eleven districts (all but the fourth)."""
    counted = [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]
    assert [each["district"] for each in rolled["districts"]] == [months.code(each) for each in counted]
    assert [(each["district"], each["state"]) for each in rolled["missing"]] == [("379904", "invalid")]
    total = rolled["total"]
    # projects per district 2 3 1 | 3 1 2 3 1 2 3 1; 万 of 元: n each, and 0 + 1 + … per place; one 元 of the correction
    assert total["projects"]["count"] == 22
    assert total["projects"]["stages"] == {"building": 5, "completed": 6, "operating": 6, "planned": 5}
    per = {1: 2, 2: 3, 3: 1, 5: 3, 6: 1, 7: 2, 8: 3, 9: 1, 10: 2, 11: 3, 12: 1}
    whole = sum(Decimal(n * 1_000_000) * count for n, count in per.items())
    whole += sum(sum(range(count)) for count in per.values()) + 1
    assert Decimal(total["projects"]["total_investment"]) == whole == Decimal("144000016")
    assert Decimal(total["projects"]["equipment_investment"]) == whole - 22
    assert total["projects"]["equipment_paid"] == "10.08"  # 7 分 × n for each project: 7 × 144
    # every district: one open modern fixed site; odd ones an open intelligent centre, even ones another modern site
    assert total["sites"]["count"] == 44
    assert (total["sites"]["recycling_sites"], total["sites"]["sorting_centres"]) == (16, 6)
    assert total["sites"]["states"] == {"open": 33, "preparing": 11}
    goals = {each["key"]: (each["target"], each["counted"]) for each in rolled["goals"]}
    assert goals == {"sorting-centres": ("12", 6), "recycling-sites": ("120", 16)}
    ledger = total["ledger"]
    assert (ledger["done"], ledger["going"], ledger["late"], ledger["unreported"]) == (11 + 6, 11, 0, 5 + 11)
    assert total["problems"] == 11
    said = {each["key"]: each for each in rolled["indicators"]}
    assert said["recycling-sites"]["total"] == "79.5"  # Σ (n + 0.5)
    assert said["recycling-sites"]["districts"]["379901"] == {"value": "1.5", "period": PERIOD}
    assert said["used-cars-growth"]["total"] is None
    assert said["used-cars-growth"]["reported"] == 11


def test_the_citys_own_figure_is_no_districts_share(
    desk: Desk, office_of_certificates: tuple[Path, dict[int, Path], Path], tmp_path: Path
) -> None:
    source = District(1)
    source.held["measure"] = []
    source.held["indicator"] = []
    source.city_figure("recycling-sites", "120")
    key = months.open_key(office_of_certificates[1][1])
    file = months.signed(source.frozen("indicator-report"), key)
    assert outcomes(city.collect(desk, stick(tmp_path / "one", {"a": file}))) == {"a": "taken"}
    assert districts.roll_up(desk, PERIOD)["indicators"] == []


def test_what_the_chain_of_digests_shows(
    desk: Desk, office_of_certificates: tuple[Path, dict[int, Path], Path], tmp_path: Path
) -> None:
    key = months.open_key(office_of_certificates[1][1])
    first = District(1).frozen("project-list")
    gap = District(1, extra=1).frozen("project-list", sequence=3, previous="ab" * 32)
    apart = District(1, extra=2).frozen("project-list", sequence=4)
    sent = {name: months.signed(frozen, key) for name, frozen in (("1", first), ("3", gap), ("4", apart))}
    notes: dict[str, str] = {}
    for name, content in sent.items():
        answers = city.collect(desk, stick(tmp_path / name, {name: content}))
        assert outcomes(answers) == {name: "taken"}
        notes[name] = "；".join(answers[0].notes)
    assert notes["1"] == ""
    assert "前一份" in notes["3"] and "没有收到" in notes["3"]
    assert "没有接在" in notes["4"]
    assert [each.state for each in city_editions(desk)] == ["superseded", "superseded", "current"]


def test_only_the_data_is_taken_and_only_of_issued_files(
    desk: Desk, office_of_certificates: tuple[Path, dict[int, Path], Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    key = months.open_key(office_of_certificates[1][1])
    frozen = District(1).frozen("project-list")
    with monkeypatch.context() as patch:
        patch.setattr(submissions, "sealed", lambda data, issuance: data)
        unissued = months.signed(frozen, key)
    good = months.signed(frozen, key)
    answers = city.collect(desk, stick(tmp_path / "one", {"good": good, "unissued": unissued}))
    found = outcomes(answers)
    assert found["good"] == "taken" and found["unissued"] != "taken"
    edition = city_editions(desk)[0]
    carried = read_canonical(edition.carried)
    carried.pop("issuance")
    assert canonical(carried) == frozen and edition.data_digest == hashlib.sha256(frozen).hexdigest()


def test_collecting_is_the_citys(office: Callable[..., Desk], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="由市级办理"):
        city.collect(office(), tmp_path)
