"""A stick between two offices: what is on it, whether it was read, what came back, and whose word is taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from desktop.actions import conflicts, exchange, packages, peers, records, setup, sticks
from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from tests.conftest import PASSWORD, enterprise, project

Office = Callable[..., Desk]


@pytest.fixture
def pair(office: Office) -> tuple[Desk, Desk]:
    return office("a", "示例区发展和改革局"), office("b", "示例区工业和信息化局", account="王示例")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    (made / sticks.INBOX).mkdir(parents=True)
    return made


def states(desk: Desk, stick: Path) -> list[tuple[str, str]]:
    return [(each.path.name, each.state) for each in sticks.look(desk, stick).parcels]


def test_a_stick_says_what_is_new_from_whom_and_what_was_read(pair: tuple[Desk, Desk], stick: Path) -> None:
    a, b = pair
    project(a)
    out = sticks.hand_over(a, stick)
    assert out.path.parent.name == sticks.OUTBOX and [each.name for each in out.path.parent.iterdir()] == [
        out.path.name
    ]
    assert states(a, stick) == [(out.path.name, "own")]
    (parcel,) = sticks.look(b, stick).parcels
    assert (parcel.state, parcel.sender, parcel.known, parcel.news) == ("new", "示例区发展和改革局", "unknown", 2)
    assert parcel.records == out.records
    exchange.apply(b, exchange.read(b, out.path), accept_peer=True)
    (parcel,) = sticks.look(b, stick).parcels
    assert (parcel.state, parcel.known) == ("read", "known") and parcel.read_at
    assert sticks.look(b, stick).news == 0


def test_an_older_workbook_is_told_and_changes_nothing(pair: tuple[Desk, Desk], stick: Path) -> None:
    a, b = pair
    record = project(a)
    exchange.export(a, stick / "先.xlsx")
    records.put(a, "project", [{"id": record, "note": "后来写的"}])
    exchange.export(a, stick / "后.xlsx")
    exchange.apply(b, exchange.read(b, stick / "后.xlsx"), accept_peer=True)
    found = {each.path.name: each for each in sticks.look(b, stick).parcels}
    assert (found["先.xlsx"].state, found["先.xlsx"].out_of_order, found["后.xlsx"].state) == ("older", True, "read")
    done = exchange.apply(b, exchange.read(b, stick / "先.xlsx"))
    assert (done.added, done.changed, records.get(b, "project", record)["note"]) == (0, 0, "后来写的")


def test_a_workbook_filled_in_by_a_unit_comes_back(desk: Desk, stick: Path) -> None:
    record = project(desk, authority="区工业和信息化局")
    out = sticks.hand_over(desk, stick, unit="区工业和信息化局")
    book = openpyxl.load_workbook(out.path)
    sheet = book["项目清单"]
    column = next(cell.column for cell in sheet[1] if cell.value == "备注")
    sheet.cell(2, column).value = "已开工"
    out.path.unlink()
    book.save(stick / sticks.INBOX / "交回.xlsx")
    (parcel,) = sticks.look(desk, stick).parcels
    assert (parcel.state, parcel.edited, parcel.folder, parcel.unit) == ("new", True, "收件", "区工业和信息化局")
    (line,) = packages.packages(desk)
    assert line.back == ""
    exchange.apply(desk, exchange.read(desk, parcel.path))
    assert records.get(desk, "project", record)["note"] == "已开工"
    assert packages.packages(desk, peer="区工业和信息化局")[0].back


def test_who_has_what_was_sent_shows_when_their_own_comes(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    project(a)
    exchange.export(a, tmp_path / "ab.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "ab.xlsx"), accept_peer=True)
    records.put(b, "enterprise", [{"name": "示例乙有限公司"}])
    exchange.export(b, tmp_path / "ba.xlsx")
    assert packages.packages(a)[0].reached == ()
    exchange.apply(a, exchange.read(a, tmp_path / "ba.xlsx"), accept_peer=True)
    sent = next(each for each in packages.packages(a) if each.direction == "out")
    assert sent.reached == ("示例区工业和信息化局",)


def test_faulty_and_foreign_files_on_a_stick_are_one_line_each(
    office: Office, pair: tuple[Desk, Desk], stick: Path
) -> None:
    (stick / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (stick / "表.csv").write_text("单位名称\n示例甲有限公司\n", encoding="utf-8")
    (stick / ".隐藏.xlsx").write_bytes(b"")
    real = office("real", practice=False)
    exchange.export(real, stick / "正式.xlsx")
    found = {each.path.name: each for each in sticks.look(pair[0], stick).parcels}
    assert {name: each.state for name, each in found.items()} == {
        "坏.xlsx": "bad",
        "表.csv": "table",
        "正式.xlsx": "bad",
    }
    assert "损坏" in found["坏.xlsx"].message and "正式数据" in found["正式.xlsx"].message
    with pytest.raises(Refused, match="插好"):
        sticks.look(pair[0], stick / "没有")


def test_an_accepted_source_can_be_revoked_and_is_asked_about_again(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    exchange.export(a, tmp_path / "ab.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "ab.xlsx"), accept_peer=True)
    (line,) = peers.peers(b)
    assert (line.name, line.fingerprint, line.files) == ("示例区发展和改革局", peers.own_fingerprint(a), 1)
    with pytest.raises(Refused, match="原因"):
        peers.revoke(b, line.name, " ")
    peers.revoke(b, line.name, "电脑报废")
    assert peers.peers(b) == [] and exchange.read(b, tmp_path / "ab.xlsx").peer == "unknown"
    with pytest.raises(Refused, match="没有认可过"):
        peers.revoke(b, line.name, "再来")


def test_a_forged_a_replayed_and_a_foreign_district_s_package(
    office: Office, pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    a, b = pair
    enterprise(a)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    replayed = exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"))
    assert (replayed.action, replayed.added, replayed.changed) == (None, 0, 0)
    forger = office("c", "示例区发展和改革局", account="钱示例")
    with forger.store.writing("冒充"):
        forger.store.set_meta("replica", a.store.replica)
    exchange.export(forger, tmp_path / "2.xlsx")
    with pytest.raises(Refused, match="签章却不是它的"):
        exchange.read(b, tmp_path / "2.xlsx")
    (parcel,) = [each for each in sticks.look(b, tmp_path).parcels if each.path.name == "2.xlsx"]
    assert parcel.state == "bad" and "核实" in parcel.message
    other = office("d", account="周示例")
    with other.store.writing("别处"):
        other.store.set_meta("district", "370102")
    exchange.export(other, tmp_path / "3.xlsx")
    with pytest.raises(Refused, match="370102 的数据，本机是 379901"):
        exchange.read(b, tmp_path / "3.xlsx")


def test_the_city_is_sent_to_where_it_collects_and_takes_no_district_s_workbook(
    pair: tuple[Desk, Desk], tmp_path: Path
) -> None:
    city, _ = setup.init(
        tmp_path / "city", district="370100", name="济南市", account="郑示例", password=PASSWORD, practice=True
    )
    enterprise(pair[0])
    exchange.export(pair[0], tmp_path / "1.xlsx")
    held = city.store.records.count()
    with pytest.raises(Refused, match=r"379901.*“区县报送”里收集"):
        exchange.read(city, tmp_path / "1.xlsx")
    (parcel,) = sticks.look(city, tmp_path).parcels
    assert parcel.state == "bad" and "“区县报送”" in parcel.message
    assert city.store.records.count() == held
    city.close()


def test_delete_against_an_edit_names_both_sides_at_both_sites(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    record = project(a)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    records.remove(a, "project", record, "重复")
    records.put(b, "project", [{"id": record, "note": "还要"}])
    exchange.export(a, tmp_path / "a.xlsx")
    exchange.export(b, tmp_path / "b.xlsx")
    read = exchange.read(a, tmp_path / "b.xlsx")
    (shown,) = [each for each in exchange.preview_json(a, read)["conflicts"] if each["field"] == "_deleted"]
    assert (shown["mine"], shown["theirs"], shown["who"]) == ("delete", ["keep"], ["李示例", "王示例"])
    assert shown["label"].startswith("重卡车架智能焊接线改造")
    (here,) = exchange.apply(a, read, accept_peer=True).conflicts
    (there,) = exchange.apply(b, exchange.read(b, tmp_path / "a.xlsx")).conflicts
    said = conflicts.conflict_json(a, here)
    assert (said["mine"], said["theirs"], said["who"]) == ("delete", ["keep"], ["李示例", "王示例"])
    assert all(said["when"])
    said = conflicts.conflict_json(b, there)
    assert (said["mine"], said["theirs"], said["who"]) == ("keep", ["delete"], ["王示例", "李示例"])
    conflicts.decide(a, here.id, "mine", why="确是重复")
    with pytest.raises(Refused, match="没有"):
        conflicts.decide(a, here.id, "keep")
    assert record not in {found for found, _ in records.find(a, "project")[0]}
    conflicts.decide(b, there.id, "mine")
    assert records.get(b, "project", record)["note"] == "还要"


@pytest.mark.parametrize(("value", "there"), [(1, True), (None, False)])
def test_keep_or_delete_is_decided_in_the_preview(
    pair: tuple[Desk, Desk], tmp_path: Path, value: int | None, there: bool
) -> None:
    a, b = pair
    record = project(a)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    records.remove(a, "project", record, "重复")
    records.put(b, "project", [{"id": record, "note": "还要"}])
    exchange.export(b, tmp_path / "b.xlsx")
    read = exchange.read(a, tmp_path / "b.xlsx")
    done = exchange.apply(a, read, accept_peer=True, decisions={(record, "_deleted"): value}, why="核对过")
    assert done.conflicts == [] and conflicts.conflicts_of(a) == []
    assert (record in {found for found, _ in records.find(a, "project")[0]}) is there


def test_a_preview_that_no_longer_holds_is_made_again(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    record = project(a)
    exchange.export(a, tmp_path / "1.xlsx")
    exchange.apply(b, exchange.read(b, tmp_path / "1.xlsx"), accept_peer=True)
    records.put(b, "project", [{"id": record, "note": "乙写的"}])
    exchange.export(b, tmp_path / "2.xlsx")
    read = exchange.read(a, tmp_path / "2.xlsx")
    records.put(a, "project", [{"id": record, "note": "甲后写的"}])
    with pytest.raises(exchange.Stale) as stale:
        exchange.apply(a, read, accept_peer=True, as_seen=True)
    assert records.get(a, "project", record)["note"] == "甲后写的"
    assert stale.value.read.preview.counts["conflict"] == 1
    done = exchange.apply(a, stale.value.read, accept_peer=True, as_seen=True)
    assert [each.field for each in done.conflicts] == ["note"]


def test_a_report_that_stops_leaves_nothing_behind(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    a, b = pair
    project(a)
    told: list[int] = []
    exchange.export(a, tmp_path / "1.xlsx", report=lambda done, total: told.append(done * 1000 // total))
    assert told == sorted(told) and len(told) > 5

    def stop(done: int, total: int) -> None:
        if done > total * 0.4:
            raise Refused("已取消")

    read = exchange.read(b, tmp_path / "1.xlsx")
    with pytest.raises(Refused, match="已取消"):
        exchange.apply(b, read, accept_peer=True, report=stop)
    assert records.find(b, "project")[1] == 0 and peers.peers(b) == [] and packages.packages(b) == []
    with pytest.raises(Refused, match="已取消"):
        exchange.export(a, tmp_path / "2.xlsx", report=stop)
    assert not (tmp_path / "2.xlsx").exists()
