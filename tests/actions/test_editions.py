"""Two editions of the plan: what changed is shown, records stay attached by key, removed tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from desktop.actions import editions, entry, exchange, exchange_in, home, ledger, records
from desktop.actions.desk import Desk
from desktop.actions.editions_read import Named
from desktop.model import places
from desktop.model.errors import Refused
from desktop.model.plan import load_plan
from desktop.model.registers import record_id

PUBLISHED = (places.resources() / "plan" / "jinan-2024-9.txt").read_text(encoding="utf-8")
NEW = "43\t推广示例回收柜\t到 2027 年，布设示例回收柜 90 组。\t市商务局\t市供销社"


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_NOW", "2026-11-24T08:40:00+08:00")


def later() -> str:
    """Task 9 gone, one new after 42, three edited (1, 15, 30; of 15 and 30 also the lead), all numbered anew."""
    rows: list[str] = []
    for line in PUBLISHED.split("\n"):
        if not line.startswith("9\t加快淘汰"):
            rows.append(line)
        if line.startswith("42\t"):
            rows.append(NEW)
    number = 0
    for at, line in enumerate(rows):
        if line.count("\t") == 4 and line.split("\t")[0].isdigit():
            number += 1
            cells = line.split("\t")
            if "供水管网漏损率" in line or "下乡展销" in line:
                cells[3] = "市财政局"
            rows[at] = "\t".join([str(number), *cells[1:]])
    text = "\n".join(rows).replace("2024〕9号", "2026〕3号").replace("\n2024年5月21日", "\n2026年3月2日")
    text = text.replace("重点技术改造项目 300 个以上", "重点技术改造项目 320 个以上")
    text = text.replace("供水管网漏损率降至 7.8% 以内", "供水管网漏损率降至 7.5% 以内")
    return text.replace("下乡展销不少于 5 场", "多办下乡展销")


def as_text(folder: Path) -> list[Path]:
    path = folder / "新版方案.txt"
    path.write_text(later(), encoding="gb18030", errors="ignore")
    return [path]


def as_workbook(folder: Path) -> list[Path]:
    """The same edition as the city's table: title, head, parts as merged rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "工作台账"
    sheet.append(["济南市推动大规模设备更新和消费品以旧换新工作台账（2026年修订）"])
    ledger_on = False
    for line in later().split("\n"):
        cells = line.split("\t")
        if cells[0].strip() == "序号" and len(cells) == 5:
            ledger_on = True
        elif cells[0].strip() == "序号":
            break
        if ledger_on and line.strip() and not line.startswith("附件"):
            sheet.append([cell.strip() or None for cell in cells])
    sheet.append(["填表人：李示例"])
    path = folder / "附件1-工作台账.xlsx"
    book.save(path)
    return [path]


NAMED = Named("济政发〔2026〕3号", "", "2026-03-02")


def carry(desk: Desk, path: Path) -> exchange_in.Applied:
    return exchange_in.apply(desk, exchange_in.read(desk, path), accept_peer=True)


def fill(desk: Desk) -> dict[str, str]:
    held = {str(values["item"]): record for record, values in records.find(desk, "assignment")[0]}
    own = [{"id": held[key], "lead": ["示例办公室"]} for key in ("task-42", "task-15")]
    records.put(desk, "assignment", own)
    rows = [{"item": key, "unit": "区商务局", "period": "2026-10", "state": "going", "done": "完成示例工作。"}
            for key in ("task-9", "task-42", "task-15")]  # fmt: skip
    records.put(desk, "progress", rows)
    return held


@pytest.mark.parametrize(("make", "named"), [(as_text, None), (as_workbook, NAMED)])
def test_a_new_edition_migrates_the_ledger(
    desk: Desk, tmp_path: Path, make: Callable[[Path], list[Path]], named: Named | None
) -> None:
    held = fill(desk)
    paths = make(tmp_path)
    told = editions.preview(desk, paths, named)
    tasks = [each for each in told.entries if each.what == "task"]
    assert {each.key: each.kind for each in tasks if each.kind != "renumbered"} == {
        "task-1": "changed", "task-15": "changed", "task-30": "changed", "task-2026-42": "added", "task-9": "removed",
    }  # fmt: skip
    first = next(each for each in tasks if each.key == "task-1")
    assert [(each.kind, each.text) for each in first.words if each.kind != "same"] == [("gone", "0"), ("new", "2")]
    shifted = {each.key: (each.old_number, each.new_number) for each in tasks if each.kind == "renumbered"}
    assert shifted["task-10"] == (10, 9) and "task-43" not in shifted
    assert told.attached == 1 and ("推广示例回收柜", "90组。") in told.figures
    assert len(told.lost) == 1 and "下乡" in told.lost[0]
    assert desk.plan == load_plan(), "a preview writes nothing"

    editions.apply(desk, paths, named, digest=told.digest)
    assert (desk.plan.document.number, desk.plan.document.date) == ("济政发〔2026〕3号", "2026-03-02")
    items = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    assert (items["task-42"].number, items["task-42"].record, items["task-42"].lead) == (
        "41", held["task-42"], ("示例办公室",),
    )  # fmt: skip
    assert items["task-42"].states == {"2026-10": "going"}
    added = items["task-2026-42"]
    assert added.record and added.lead == ("区商务局",) and added.asked and added.title == "推广示例回收柜"
    gone = items["task-9"]
    assert gone.retired and not gone.asked and gone.group == "已取消" and gone.states == {"2026-10": "going"}
    assert "task-9" not in {task.key for _, part in home.task_states(desk, "2026-11") for task in part}
    label = (desk.store.records.head(held["task-42"]) or {})["label"]
    assert str(label).startswith("41 ")
    report = next(r for r, v in records.find(desk, "progress")[0] if v["item"] == "task-9")
    assert "（已取消）" in str((desk.store.records.head(report) or {})["label"])
    assert dict(entry.begin(desk, "progress", report).choices["item"])["task-9"].endswith("（已取消）")
    assert desk.forms["progress"].field("item").type.read("41", desk.names) == "task-42"
    assert items["task-30"].values["lead"] == "区财政局", "a set-up value that nobody changed follows the plan"
    assert items["task-15"].lead == ("示例办公室",), "what the district changed stays"
    assert [each.label for each in told.fields if each.kept] == ["推进公共供水设施设备升级改造"]
    city = {str(v["value"]) for _, v in records.find(desk, "target", where={"unit": "济南市"})[0]}
    assert "320" in city and "300" not in city

    document, kept = editions.take_back(desk)
    assert document.number == "济政发〔2024〕9号" and kept == []
    assert desk.plan == load_plan()
    items = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    assert len(items) == 68 and items["task-9"].states == {"2026-10": "going"}
    assert items["task-30"].values["lead"] != "区财政局"


def test_offices_at_different_editions_merge(office: Callable[..., Desk], tmp_path: Path) -> None:
    one, two = office("one"), office("two")
    editions.apply(one, as_text(tmp_path))
    fresh = record_id(one.district, "assignment", ["task-2026-42"])
    records.put(one, "progress", [
        {"item": "task-2026-42", "unit": "区商务局", "period": "2026-10", "state": "going", "done": "已布设 5 组。"}
    ])  # fmt: skip
    path = tmp_path / "一.xlsx"
    exchange.export(one, path)
    carry(two, path)
    assert records.get(two, "assignment", fresh)["item"] == "task-2026-42"
    assert [v["done"] for _, v in records.find(two, "progress")[0]] == ["已布设 5 组。"]
    with pytest.raises(Refused, match="方案里没有"):
        records.put(two, "progress", [
            {"item": "task-2026-42", "unit": "区财政局", "period": "2026-10", "state": "going", "done": "示例。"}
        ])  # fmt: skip
    back = tmp_path / "二.xlsx"
    exchange.export(two, back)
    assert carry(one, back).conflicts == []
    editions.apply(two, as_text(tmp_path))
    assert two.plan.digest == one.plan.digest
    assert not two.store.records.with_conflicts()
    exchange.export(one, tmp_path / "三.xlsx")
    again = carry(two, tmp_path / "三.xlsx")
    assert (again.added, again.changed, again.conflicts) == (0, 0, [])


def test_taken_back_after_it_left_the_office(desk: Desk, tmp_path: Path) -> None:
    held = fill(desk)
    editions.apply(desk, as_text(tmp_path))
    records.put(desk, "assignment", [{"id": held["task-30"], "lead": ["示例办公室"]}])
    exchange.export(desk, tmp_path / "交出.xlsx")
    document, kept = editions.take_back(desk)
    assert document.number == "济政发〔2024〕9号"
    assert (held["task-30"], "lead") in kept, "what was changed since stays"
    fresh = record_id(desk.district, "assignment", ["task-2026-42"])
    assert (desk.store.records.head(fresh) or {})["life"] == "deleted"
    items = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    assert items["task-30"].lead == ("示例办公室",) and items["task-42"].lead == ("示例办公室",)
    assert len(items) == 68
    city = {str(v["value"]) for _, v in records.find(desk, "target", where={"unit": "济南市"})[0]}
    assert "300" in city and "320" not in city


def test_what_cannot_be_a_plan_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="一字不差"):
        path = tmp_path / "同一版.txt"
        path.write_text(PUBLISHED, encoding="utf-8")
        editions.apply(desk, [path])
    with pytest.raises(Refused, match="发文字号和成文日期"):
        editions.preview(desk, as_workbook(tmp_path))
    with pytest.raises(Refused, match="不能当方案读"):
        editions.preview(desk, [tmp_path / "方案.pdf"])
    told = editions.preview(desk, as_text(tmp_path))
    (tmp_path / "新版方案.txt").write_text(later().replace("90 组", "95 组"), encoding="utf-8")
    with pytest.raises(Refused, match="预览之后变了"):
        editions.apply(desk, [tmp_path / "新版方案.txt"], digest=told.digest)
    with pytest.raises(Refused, match="没有更早的可退"):
        editions.take_back(desk)


def test_a_person_says_which_task_is_which(desk: Desk, tmp_path: Path) -> None:
    held, paths = fill(desk), as_text(tmp_path)
    told = editions.preview(desk, paths)
    (new,) = (each for each in told.entries if each.kind == "added")
    one = next(each for each in told.entries if each.key == "task-1")
    assert (new.read, one.read) == ("task-42", "task-1")

    judged = {new.read: "task-9", one.read: ""}
    told = editions.preview(desk, paths, judged=judged)
    kinds = {each.key: each.kind for each in told.entries if each.what == "task" and each.kind != "renumbered"}
    assert kinds == {"task-9": "changed", "task-2026-1": "added", "task-1": "removed", "task-15": "changed",
                     "task-30": "changed"}  # fmt: skip
    with pytest.raises(Refused, match="文件在预览之后变了"):
        editions.apply(desk, paths, digest=told.digest)
    editions.apply(desk, paths, digest=told.digest, judged=judged)
    items = {item.key: item for item in ledger.ledger(desk, "2026-11").items}
    nine = items["task-9"]
    assert (nine.number, nine.title, nine.record) == ("42", "推广示例回收柜", held["task-9"])
    assert nine.states == {"2026-10": "going"} and not nine.retired and items["task-1"].retired

    for wrong, words in (
        ({"task-99": ""}, "没有序号 99"), ({"task-42": "task-99"}, "没有“task-99”"),
        ({"task-42": "goal-2027-1"}, "不能和新版序号 42"), ({"task-42": "task-9", "task-1": "task-9"}, "只能对应"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            editions.preview(desk, paths, judged=wrong)
