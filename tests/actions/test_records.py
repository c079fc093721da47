"""Adding, changing, finding, deleting, taking back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.actions import accounts, conflicts, records, undo
from desktop.actions.desk import Desk, open_desk
from desktop.model.errors import NotAllowed, Refused
from tests.conftest import CLERK, PASSWORD, enterprise, project, project_data


def test_set_up_makes_the_districts_own_ledger(desk: Desk) -> None:
    assert records.find(desk, "assignment")[1] == 68
    assert records.find(desk, "policy")[1] == 26
    found, _ = records.find(desk, "assignment", where={"item": "42"})
    shown = records.record_json(desk, desk.form("assignment"), *found[0])
    assert shown["item"] == "task-42"
    assert shown["lead"] == ["区商务局", "区供销社"]


def test_money_keeps_its_fen(desk: Desk) -> None:
    record = project(desk, total_investment="48000000.01", fund_own="48000000.01")
    assert records.get(desk, "project", record)["total_investment"] == "48000000.01"
    record = project(desk, name="另一个", total_investment=Decimal("0.1") + 50000000, fund_own=50000000)
    assert records.get(desk, "project", record)["total_investment"] == "50000000.10"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("equipment_investment", "48000000.01", "大于总投资"),
        ("finish", "2026-02", "早于开工年月"),  # told beside 开工年月, with which it is compared
        ("start", "2099-01", "还没有到"),
        ("project_code", "2613-370100-07-02-100042", "不是月份"),
        ("stage", "飞行中", "不在可选项内"),
        ("total_investment", "约三千四", "不是数"),
        ("total_investment", -1, "是负数"),
        ("content", "字" * 501, "最多 500 字"),
        ("name", "", "没有填"),
    ],
)
def test_wrong_values_block_with_a_sentence(desk: Desk, field: str, value: object, message: str) -> None:
    data = project_data(enterprise(desk), **{field: value})
    if field == "start":
        data["finish"] = "2099-12"
    with pytest.raises(Refused) as refused:
        records.put(desk, "project", [data])
    told = {str(each["field"]): str(each["message"]) for each in refused.value.details}
    assert message in told.get({"finish": "start"}.get(field, field), "")


def test_a_sum_that_does_not_agree_warns(desk: Desk) -> None:
    saved = records.put(desk, "project", [project_data(enterprise(desk), fund_own="45500000")])
    assert any("资金合计不符：比总投资少 250.00 万元" in str(each["message"]) for each in saved.warnings)


def test_same_uscc_blocks(desk: Desk) -> None:
    enterprise(desk, uscc="91350100M000100Y43")
    with pytest.raises(Refused, match="已经登记过"):
        enterprise(desk, "另一家示例公司", uscc="91350100M000100Y43")


def test_a_natural_key_is_one_record_and_never_changes(desk: Desk) -> None:
    row = {"item": "task-42", "unit": "区商务局", "period": "2026-10", "state": "going", "done": "新建成站点2个。"}
    first = records.put(desk, "progress", [row]).ids
    second = records.put(desk, "progress", [{**row, "done": "新建成站点3个。"}]).ids
    assert first == second
    summary = records.put(desk, "progress", [{**row, "kind": "summary"}]).ids
    assert summary != first
    with pytest.raises(Refused, match="不能改"):
        records.put(desk, "progress", [{"id": first[0], "period": "2026-11"}])


def test_found_by_text_initials_and_value(desk: Desk) -> None:
    record = project(desk)
    for search in ("智能焊接", "zkcjznhj", "示例重工", "示例 焊接"):
        assert [each for each, _ in records.find(desk, "project", search=search)[0]] == [record], search
    assert records.find(desk, "project", search="没有这样的")[1] == 0
    assert records.find(desk, "project", where={"stage": "在建"})[1] == 1
    assert records.find(desk, "project", where={"enterprise": "示例重工有限公司"})[1] == 1
    assert records.find(desk, "assignment", where={"lead": "区商务局"})[1] > 3


def test_rare_names_and_signs_stay_as_typed(desk: Desk) -> None:
    name = "示例㛃䶮𫖯𬭎（二）=1+1"
    assert records.get(desk, "enterprise", enterprise(desk, f"  {name}　"))["name"] == name


def test_delete_restore_and_history(desk: Desk) -> None:
    record = project(desk)
    with pytest.raises(Refused, match="原因"):
        records.remove(desk, "project", record, " ")
    records.remove(desk, "project", record, "重复登记")
    assert records.find(desk, "project")[1] == 0
    with pytest.raises(Refused, match="没有这条"):
        records.get(desk, "project", record)
    records.restore_record(desk, "project", record)
    assert records.get(desk, "project", record)["stage"] == "building"
    fields = [row["field"] for row in records.history(desk, "project", record)]
    assert fields[-2:] == ["_deleted", "_deleted"] and "total_investment" in fields


def test_editing_a_deleted_record_restores_it(desk: Desk) -> None:
    record = project(desk)
    records.remove(desk, "project", record, "误删")
    records.put(desk, "project", [{"id": record, "note": "又来了"}])
    assert records.get(desk, "project", record)["note"] == "又来了"


def test_undo_writes_the_old_value_and_survives_a_restart(desk: Desk) -> None:
    record = project(desk)
    records.put(desk, "project", [{"id": record, "stage": "completed", "note": "完工"}])
    folder = desk.store.folder
    desk.close()
    desk = open_desk(folder, CLERK, PASSWORD)
    undo.undo(desk)
    shown = records.get(desk, "project", record)
    assert shown["stage"] == "building" and "note" not in shown
    undo.undo(desk)
    assert records.find(desk, "project")[1] == 0
    desk.close()


def test_undo_leaves_what_was_edited_since(desk: Desk) -> None:
    record = project(desk)
    action = records.put(desk, "project", [{"id": record, "stage": "completed", "note": "完工"}]).action
    records.put(desk, "project", [{"id": record, "note": "后来改的"}])
    undone = undo.undo(desk, action)
    assert undone.kept == [(record, "note")]
    assert records.get(desk, "project", record)["note"] == "后来改的"
    assert records.get(desk, "project", record)["stage"] == "building"


def test_roles_hold_for_every_action(desk: Desk) -> None:
    accounts.add_account(desk, "王示例", ("review",), PASSWORD)
    folder = desk.store.folder
    desk.close()
    other = open_desk(folder, "王示例", PASSWORD)
    with pytest.raises(NotAllowed, match="没有经办角色"):
        enterprise(other)
    with pytest.raises(NotAllowed, match="没有管理员角色"):
        accounts.add_account(other, "周示例", ("enter",), PASSWORD)
    other.close()


def test_the_last_administrator_stays(desk: Desk) -> None:
    with pytest.raises(Refused, match="唯一的管理员"):
        accounts.set_disabled(desk, CLERK, True)


def test_unknown_fields_and_forms_are_named(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有字段 colour"):
        records.put(desk, "project", [{"colour": "红"}])
    with pytest.raises(Refused, match="没有“rocket”这种表"):
        records.put(desk, "rocket", [{}])


def test_no_conflict_without_two_opinions(desk: Desk) -> None:
    record = project(desk)
    records.put(desk, "project", [{"id": record, "stage": "completed"}])
    assert conflicts.conflicts_of(desk) == []


def test_a_reference_names_a_record_that_is_there_and_of_its_form(desk: Desk) -> None:
    nowhere = "00000000-0000-4000-8000-000000000000"
    assignment = records.find(desk, "assignment", limit=1)[0][0][0]
    for wrong in (nowhere, assignment):
        with pytest.raises(Refused) as refused:
            records.put(desk, "project", [project_data(wrong)])
        [told] = [each for each in refused.value.details if each["field"] == "enterprise"]
        assert told["value"] == wrong and "请先登记它" in str(told["message"])
    assert records.find(desk, "project")[1] == 0


def test_a_second_put_of_a_natural_key_says_that_it_changes(desk: Desk) -> None:
    row = {
        "item": "task-42",
        "unit": "示例街道办事处",
        "kind": "own",
        "period": "2026-11",
        "state": "going",
        "done": "示例",
    }
    assert records.put(desk, "progress", [row]).warnings == []
    [again] = records.put(desk, "progress", [{**row, "done": "改过的示例"}]).warnings
    assert "已经有了" in str(again["message"])
    assert records.put(desk, "progress", [{**row, "done": "改过的示例"}]).warnings == []


@pytest.mark.parametrize("text", ["1200万元", "1,200", "1e5", "１２", "十二"])
def test_money_in_json_is_plain_decimal_text(desk: Desk, text: str) -> None:
    with pytest.raises(Refused) as refused:
        records.put(desk, "project", [project_data(enterprise(desk), total_investment=text)])
    assert any(each["field"] == "total_investment" for each in refused.value.details)
