"""problem list, close, reopen; home: what waits and what changed."""

from __future__ import annotations

from dataclasses import asdict

import click

from desktop.actions import home as first_page
from desktop.actions import problems as actions
from desktop.actions.home_changes import changed_since
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session

KINDS = {
    "late": "已逾期", "soon": "将到期", "waiting": "未填报", "conflict": "冲突", "draft": "没有填完",
    "returned": "市级退回",
}  # fmt: skip


@click.group()
def problem() -> None:
    """难点问题：清单、销号"""


@problem.command("list")
@click.option("--state", default="", type=click.Choice(["", "open", "going", "closed", "unclosed"]), help="状态")
@click.option("--level", default="", type=click.Choice(["", "township", "district", "city", "province"]), help="层级")
@click.option("--unit", default="", help="提出或承办的单位")
@click.option("--overdue", is_flag=True, help="只看逾期")
@click.option("--to-city", is_flag=True, help="只看需市级协调解决的")
@pass_session
@command
def list_(
    session: Session, state: str, level: str, unit: str, overdue: bool, to_city: bool, as_json: bool
) -> None:  # fmt: skip
    """列出问题，最急的在前"""
    with session.desk() as desk:
        found = actions.problems(desk, state=state, level=level, unit=unit, overdue=overdue, to_city=to_city)
    data = [
        {**{name: value for name, value in asdict(each).items() if name != "texts"}, "overdue": each.overdue}
        for each in found
    ]
    parts = [(each.texts["state"], each.texts["level"], each.title, each.handler, each.due) for each in found]
    lines = ["　".join(each) for each in parts]
    answer({"problems": data, "total": len(data)}, "\n".join(lines) or "没有符合条件的问题", as_json)


@problem.command()
@click.argument("id")
@click.option("--evidence", required=True, help="销号依据")
@click.option("--checker", required=True, help="核销人，不能是填办理情况的人")
@click.option("--date", default="", help="销号日期；不写为今天")
@pass_session
@command
def close(session: Session, id: str, evidence: str, checker: str, date: str, as_json: bool) -> None:
    """销号"""
    with session.desk() as desk:
        saved = actions.close_problem(desk, id, evidence, checker, date)
    answer({"ids": saved.ids}, "已销号", as_json)


@problem.command()
@click.argument("id")
@click.option("--why", required=True, help="恢复办理的原因")
@pass_session
@command
def reopen(session: Session, id: str, why: str, as_json: bool) -> None:
    """已销号的问题恢复办理"""
    with session.desk() as desk:
        saved = actions.reopen_problem(desk, id, why)
    answer({"ids": saved.ids}, "已恢复办理", as_json)


@click.command()
@click.option("--period", default="", help="哪一期；不写为本月")
@pass_session
@command
def home(session: Session, period: str, as_json: bool) -> None:
    """要办的事，和别人在上次登录以来改了什么"""
    with session.desk() as desk:
        todos = first_page.todos(desk, period or str(desk.names.today)[:7])
        changed = changed_since(desk)
    lines = [f"{KINDS[each.kind]}　{each.title}　{each.who}　{each.day or each.at}" for each in todos]
    lines += [f"{each.who}改了{each.title} {len(each.records)} 条" for each in changed]
    data = {"todos": [asdict(each) for each in todos], "changed": [asdict(each) for each in changed]}
    answer(data, "\n".join(lines) or "没有待办", as_json)


COMMANDS = (problem, home)
