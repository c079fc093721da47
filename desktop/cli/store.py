"""check, backup, restore, subsidy."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import backup as backup_actions
from desktop.actions import health as health_actions
from desktop.cli.answer import Ended, answer, command, read_json
from desktop.cli.session import Session, pass_session, password
from desktop.model.errors import Refused
from desktop.model.policies import subsidy as compute


@click.command()
@pass_session
@command
def check(session: Session, as_json: bool) -> None:
    """核对数据文件、日志、附件和引用"""
    with session.desk() as desk:
        health = health_actions.check_folder(desk)
    lines = [each["message"] for each in health.findings]
    answer({"ok": health.ok, "findings": health.findings}, "\n".join(lines) or "全部完好", as_json)
    if not health.ok:
        raise Ended(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
@command
def backup(session: Session, file: Path, as_json: bool) -> None:
    """备份到一个文件，并打开核对"""
    with session.desk() as desk:
        made = backup_actions.backup(desk, file)
    data = {"sha256": made.sha256, "records": made.records, "file": str(made.path)}
    answer(data, f"已备份 {made.records} 条到 {made.path}，并已核对", as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
@command
def restore(session: Session, file: Path, as_json: bool) -> None:
    """从备份恢复（现有数据改名留在旁边；--user recovery 用恢复密钥）"""
    if not session.user:
        raise click.UsageError("没有指明账号，请用 --user 姓名")
    secret = password("DESK_PASSWORD", f"{session.user} 的密码")
    made = backup_actions.restore(file, session.data, session.user, secret)
    answer({"sha256": made.sha256, "records": made.records}, f"已恢复 {made.records} 条", as_json)


@click.command()
@click.argument("number")
@click.argument("file")
@command
def subsidy(number: str, file: str, as_json: bool) -> None:
    """按政策测算：FILE 是一个 JSON 对象（- 为标准输入）"""
    facts = read_json(file)
    if not isinstance(facts, dict):
        raise Refused("测算的事实应为一个 JSON 对象")
    result = compute(int(number) if number.isascii() and number.isdigit() and len(number) < 4 else number, facts)
    data = result.to_json()
    lines = [str(step.text) for step in result.steps] + [str(reason) for reason in result.reasons]
    if result.amount is not None:
        lines.append(f"金额　{result.amount:,.2f} 元")
    if result.up_to is not None:
        lines.append(f"最高　{result.up_to:,.2f} 元")
    answer(data, "\n".join([*lines, f"{data['document']}：{data['clause']}"]), as_json)


COMMANDS = (check, backup, restore, subsidy)
