"""init, account, plan, forms, put, get, list, delete, history, undo."""

from __future__ import annotations

from typing import Any

import click

from desktop.actions import accounts as account_actions
from desktop.actions import records, setup
from desktop.actions import undo as undo_actions
from desktop.actions.desk import Desk
from desktop.actions.shown import change_line, record_lines
from desktop.cli.answer import answer, command, read_json
from desktop.cli.session import Session, pass_session, password
from desktop.model.errors import Refused
from desktop.model.forms import Form, load_forms
from desktop.store.accounts import Account


@click.command()
@click.option("--district", required=True, help="区县代码，如 370102")
@click.option("--office", default="", help="本单位名称")
@click.option("--name", default=None, help="区县名称（代码表以外的功能区要给）")
@click.option("--practice", is_flag=True, help="练习数据")
@pass_session
@command
def init(session: Session, district: str, office: str, name: str | None, practice: bool, as_json: bool) -> None:
    """新建区县数据，载入方案，建立第一个账号"""
    if not session.user:
        raise click.UsageError("没有指明第一个账号，请用 --user 姓名")
    secret = password("DESK_PASSWORD", f"为 {session.user} 设定密码")
    desk, recovery = setup.init(
        session.data,
        district=district,
        office=office,
        name=name,
        account=session.user,
        password=secret,
        practice=practice,
    )
    named = desk.district_name
    desk.close()
    text = f"已新建{named}的数据，载入目标和任务 68 项。\n恢复密钥（只显示这一次，请抄录封存）：{recovery}"
    answer({"district": district, "name": named, "recovery_key": recovery, "data": str(session.data)}, text, as_json)


@click.group()
def account() -> None:
    """账号"""


def _accounts(found: list[Account], as_json: bool) -> None:
    data = [{"name": each.name, "roles": list(each.roles), "disabled": each.disabled} for each in found]
    text = "\n".join(f"{each.name}　{each.role_words}{'　已停用' if each.disabled else ''}" for each in found)
    answer({"accounts": data}, text, as_json)


@account.command("add")
@click.argument("name")
@click.option("--roles", required=True, help="enter 经办、review 审核、issue 签发、admin 管理员，用逗号隔开")
@pass_session
@command
def account_add(session: Session, name: str, roles: str, as_json: bool) -> None:
    """新建账号（密码由 DESK_NEW_PASSWORD 给出，或提示输入）"""
    wanted = account_actions.read_roles(roles)
    with session.desk() as desk:
        secret = password("DESK_NEW_PASSWORD", f"为 {name} 设定密码")
        _accounts(account_actions.add_account(desk, name, wanted, secret), as_json)


@account.command("list")
@pass_session
@command
def account_list(session: Session, as_json: bool) -> None:
    """列出账号"""
    with session.desk() as desk:
        _accounts(account_actions.accounts(desk), as_json)


def _form_json(form: Form) -> dict[str, Any]:
    fields = [
        {"name": each.name, "label": each.label, "type": each.type.name, "unit": each.unit, "required": each.required}
        for each in form.fields
    ]
    return {"name": form.name, "title": form.title, "fields": fields}


@click.command()
@click.argument("name", required=False)
@command
def forms(name: str | None, as_json: bool) -> None:
    """各表的字段定义"""
    known = load_forms()
    if name is None:
        data = {"forms": [_form_json(form) for form in known.values()]}
        answer(data, "\n".join(f"{form.name}　{form.title}" for form in known.values()), as_json)
        return
    if name not in known:
        raise Refused(f"没有“{name}”这种表。可用的有 {'、'.join(known)}")
    text = "\n".join(
        f"{each.name}　{each.heading}　{each.type.name}{'　必填' if each.required else ''}"
        for each in known[name].fields
    )
    answer(_form_json(known[name]), text, as_json)


@click.command()
@click.argument("form")
@click.argument("file")
@click.option("--why", default="", help="原因，记入日志")
@pass_session
@command
def put(session: Session, form: str, file: str, why: str, as_json: bool) -> None:
    """新增或更改记录：FILE 是一个 JSON 对象或数组（- 为标准输入）；要么全部写入，要么一条不写"""
    data = read_json(file)
    rows = data if isinstance(data, list) else [data]
    with session.desk() as desk:
        saved = records.put(desk, form, rows, why)
    text = "\n".join([f"已保存 {len(saved.ids)} 条", *saved.ids, *(str(each["message"]) for each in saved.warnings)])
    answer({"ids": saved.ids, "warnings": saved.warnings}, text, as_json)


@click.command()
@click.argument("form")
@click.argument("id")
@pass_session
@command
def get(session: Session, form: str, id: str, as_json: bool) -> None:
    """读一条记录"""
    with session.desk() as desk:
        found = records.get(desk, form, id)
        answer(found, "\n".join(record_lines(desk, desk.form(form), found)), as_json)


@click.command("list")
@click.argument("form")
@click.option("--search", default="", help="文字或拼音首字母")
@click.option("--where", multiple=True, help="字段=值，可多次")
@click.option("--limit", type=click.IntRange(min=0), default=None)
@pass_session
@command
def list_(session: Session, form: str, search: str, where: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """列出记录"""
    wanted = read_where(where)
    with session.desk() as desk:
        found, total = records.find(desk, form, search=search, where=wanted, limit=limit)
        shape = desk.form(form)
        waiting = set(desk.store.records.with_conflicts())
        data = [
            records.get(desk, form, record)
            if (record, form) in waiting
            else records.record_json(desk, shape, record, values)
            for record, values in found
        ]
        lines = [f"{record}　{desk.names.label(form, record) or ''}" for record, _ in found]
    answer({"records": data, "total": total}, "\n".join([*lines, f"共 {total} {shape.measure}"]), as_json)


def read_where(where: tuple[str, ...]) -> dict[str, str]:
    """field=value options as a mapping."""
    wanted = {}
    for condition in where:
        name, sign, value = condition.partition("=")
        if not sign:
            raise click.UsageError(f"--where 应写成 字段=值，如 stage=building，不是“{condition}”")
        wanted[name.strip()] = value.strip()
    return wanted


def _changes(desk: Desk, rows: list[dict[str, Any]], as_json: bool) -> None:
    lines = [change_line(desk, row) for row in rows]
    answer({"changes": rows}, "\n".join(lines) or "没有更改", as_json)


@click.command()
@click.argument("form")
@click.argument("id")
@click.option("--why", required=True, help="删除原因")
@pass_session
@command
def delete(session: Session, form: str, id: str, why: str, as_json: bool) -> None:
    """删除一条记录（进入已删除，可以恢复）"""
    with session.desk() as desk:
        action = records.remove(desk, form, id, why)
        rows = [row for row in records.history(desk, form, id) if row["action"] == action]
        _changes(desk, rows, as_json)


@click.command()
@click.argument("form")
@click.argument("id")
@pass_session
@command
def history(session: Session, form: str, id: str, as_json: bool) -> None:
    """一条记录的全部更改"""
    with session.desk() as desk:
        _changes(desk, records.history(desk, form, id), as_json)


@click.command()
@click.argument("change", type=int, required=False)
@pass_session
@command
def undo(session: Session, change: int | None, as_json: bool) -> None:
    """撤销自己最近一次操作，或指定的一次"""
    with session.desk() as desk:
        undone = undo_actions.undo(desk, change)
        rows = records.changes_of(desk, undone.action) if undone.action is not None else []
        _changes(desk, rows, as_json)


COMMANDS = (init, account, forms, put, get, list_, delete, history, undo)
