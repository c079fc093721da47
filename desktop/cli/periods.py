"""period close, open, list; attach, attachment."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import attachments as files
from desktop.actions import periods as actions
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session


@click.group()
def period() -> None:
    """关账和开账"""


def _shown(closing: actions.Closing, as_json: bool) -> None:
    state = "closed" if closing.closed else "open"
    data = {"period": closing.period, "state": state, "why": closing.why, "who": closing.who, "when": closing.when}
    answer(data, f"{closing.label}{'已关账' if closing.closed else '已开账'}", as_json)


@period.command()
@click.argument("period")
@click.option("--why", default="", help="说明")
@pass_session
@command
def close(session: Session, period: str, why: str, as_json: bool) -> None:
    """关账：此期的进展、指标、调度、回收量不再填写"""
    with session.desk() as desk:
        _shown(actions.close(desk, period, why), as_json)


@period.command("open")
@click.argument("period")
@click.option("--why", default="", help="开账原因，必写")
@pass_session
@command
def open_(session: Session, period: str, why: str, as_json: bool) -> None:
    """重新开账，要写明原因"""
    with session.desk() as desk:
        _shown(actions.reopen(desk, period, why), as_json)


@period.command("list")
@click.argument("period", required=False)
@pass_session
@command
def list_(session: Session, period: str | None, as_json: bool) -> None:
    """列出关过账的期；写明一期时列出它的关账后变动"""
    with session.desk() as desk:
        if period is not None:
            changes = actions.changed_after_closing(desk, period)
            lines = [f"{one['label']}　{one['old']} → {one['new']}　{one['who']}　{one['when']}" for one in changes]
            answer({"period": period, "changed_after_closing": changes}, "\n".join(lines) or "没有关账后变动", as_json)
            return
        found = actions.closings(desk)
    data = [{**vars(each), "state": "closed" if each.closed else "open"} for each in found]
    lines = [f"{each.label}　{'已关账' if each.closed else '已开账'}　{each.who}　{each.why}" for each in found]
    answer({"periods": data}, "\n".join(lines) or "没有关过账", as_json)


@click.command()
@click.argument("form")
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--field", default="", help="放在哪个字段（表里有几处可放时）")
@pass_session
@command
def attach(session: Session, form: str, id: str, file: Path, field: str, as_json: bool) -> None:
    """给记录添加附件（最大 20 MB），加密保存在数据文件里"""
    with session.desk() as desk:
        made = files.attach(desk, form, id, file, field)
    data = {"digest": made.digest, "name": made.name, "size": made.size}
    answer(data, f"已添加 {made.name}，{made.size} 字节，校验码 {made.digest}", as_json)


@click.command()
@click.argument("digest")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到哪个文件")
@pass_session
@command
def attachment(session: Session, digest: str, out: Path, as_json: bool) -> None:
    """取出一个附件"""
    with session.desk() as desk:
        sha256 = files.save_attachment(desk, digest, out)
    answer({"file": str(out), "sha256": sha256}, f"已写入 {out}", as_json)


COMMANDS = (period, attach, attachment)
