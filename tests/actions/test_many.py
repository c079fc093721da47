"""One field of many records: previewed, refused row by row, written as one, taken back as one."""

from __future__ import annotations

import pytest

from desktop.actions import many, many_rows, periods, records, undo
from desktop.actions.desk import Desk
from desktop.model.errors import NotAllowed, Refused
from desktop.store.accounts import Account
from tests.conftest import REVIEWER, enterprise, project


def assignments(desk: Desk, count: int = 5) -> list[str]:
    return [record for record, _ in records.find(desk, "assignment", limit=count)[0]]


def contacts(desk: Desk, ids: list[str]) -> list[object]:
    return [records.get(desk, "assignment", record).get("contact") for record in ids]


def test_many_assignments_get_a_contact_and_one_undo_takes_it_back(desk: Desk) -> None:
    ids = assignments(desk)
    seen = many.preview_many(desk, "assignment", ids, "contact", "钱示例")
    assert [(before, after, error) for _, _, before, after, error in seen] == [("", "钱示例", "")] * 5
    assert contacts(desk, ids) == [None] * 5
    done = many.change_many(desk, "assignment", [*ids, ids[0]], "contact", " 钱示例 ", "换人")
    assert done.ids == ids and done.refused == [] and contacts(desk, ids) == ["钱示例"] * 5
    again = many.change_many(desk, "assignment", ids, "contact", "钱示例")
    assert again.ids == [] and again.action is None and again.same == ids
    undo.undo(desk)
    assert contacts(desk, ids) == [None] * 5


def test_what_a_check_blocks_stays_and_the_rest_is_changed(desk: Desk) -> None:
    first, second = project(desk), project(desk, name="另一条线", total_investment="20000000", fund_own="20000000",
                                           equipment_investment="10000000")  # fmt: skip
    seen = many.preview_many(desk, "project", [first, second], "equipment_investment", "3000")
    assert [bool(error) for *_, error in seen] == [False, True]
    assert "大于总投资" in seen[1][4] and seen[0][2:4] == ("3,680.00", "3,000.00")
    done = many.change_many(desk, "project", [first, second], "equipment_investment", "3000")
    assert done.ids == [first] and done.refused[0][0] == second
    assert records.get(desk, "project", second)["equipment_investment"] == "10000000.00"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("nothing", "1", "没有字段"),
        ("photos", "x", "附件"),
        ("stage", "飞行中", "不在可选项内"),
        ("name", "", "没有填"),
    ],
)
def test_what_cannot_be_typed_cannot_be_given_to_many(desk: Desk, field: str, typed: str, words: str) -> None:
    record = project(desk)
    try:
        told = many.change_many(desk, "project", [record], field, typed).refused[0][1]
    except Refused as refused:
        told = str(refused)
    assert words in told
    assert records.get(desk, "project", record)["name"] == "重卡车架智能焊接线改造"


def test_a_single_value_is_not_given_to_two(desk: Desk) -> None:
    ids = [enterprise(desk), enterprise(desk, "样例热力有限公司")]
    done = many.change_many(desk, "enterprise", ids, "uscc", "91370000MA0000000P")
    assert done.ids == ids[:1] and done.refused[0][0] == ids[1]
    assert [each.name for each in many.changeable(desk.form("enterprise")) if each.name == "uscc"] == []


def test_closed_periods_and_accounts_without_the_role(desk: Desk) -> None:
    owner = project(desk)
    months = records.put(
        desk, "project_month", [{"project": owner, "period": "2026-09"}, {"project": owner, "period": "2026-10"}]
    ).ids
    reviewer = Desk(desk.store, Account(REVIEWER, ("review",)))
    periods.close(reviewer, "2026-09")
    with pytest.raises(NotAllowed):
        many.change_many(reviewer, "project_month", months, "problem", "无")
    done = many.change_many(desk, "project_month", months, "problem", "无")
    assert done.ids == months[1:] and "已关账" in done.refused[0][1]


def test_typed_rows_are_saved_together_or_not_at_all(desk: Desk) -> None:
    owner = project(desk)
    rows = [
        many_rows.TypedRow("", {"project": owner, "side": "更新前", "name": "弧焊机", "quantity": "12"}),
        many_rows.TypedRow("", {"project": owner, "side": "旁边", "name": "", "quantity": "很多"}),
    ]
    with pytest.raises(Refused) as refused:
        many_rows.save_rows(desk, "equipment", rows)
    assert {(each["index"], each["field"]) for each in refused.value.details} == {
        (1, "side"),
        (1, "name"),
        (1, "quantity"),
    }
    assert records.find(desk, "equipment")[1] == 0
    saved = many_rows.save_rows(desk, "equipment", rows[:1] * 2)
    assert len(set(saved.ids)) == 2 and records.find(desk, "equipment")[1] == 2
    undo.undo(desk)
    assert records.find(desk, "equipment")[1] == 0


def test_a_key_that_stands_twice_is_refused_and_one_that_is_here_is_a_change(desk: Desk) -> None:
    owner = project(desk)
    row = many_rows.TypedRow("", {"project": owner, "period": "2026-10", "month": "100"})
    assert "出现了两次" in many_rows.judge(desk, "project_month", [row, row]).said[0].message
    record = many_rows.save_rows(desk, "project_month", [row]).ids[0]
    judged = many_rows.judge(desk, "project_month", [row])
    assert judged.exists == [record] and judged.said == []
