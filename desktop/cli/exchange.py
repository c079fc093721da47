"""export, import, conflicts, decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desktop.actions import conflicts as conflict_actions
from desktop.actions import exchange, foreign, signed_data
from desktop.actions.shown import conflict_line
from desktop.cli.answer import answer, command, tell
from desktop.cli.foreign import NOTHING, answer_refused, import_table
from desktop.cli.records import read_where
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--forms", default=None, help="只导出这些表，用逗号隔开")
@click.option("--unit", default="", help="只导出这个单位的部分")
@click.option("--where", multiple=True, help="字段=值，可多次")
@click.option("--period", default="", help="这个单位的哪一期，如 2026-11；只带这一期要填的")
@pass_session
@command
def export(
    session: Session, file: Path, forms: str | None, unit: str, where: tuple[str, ...], period: str, as_json: bool
) -> None:
    """导出交换工作簿"""
    wanted = [name.strip() for name in forms.split(",") if name.strip()] if forms is not None else None
    with session.desk() as desk:
        made = exchange.export(desk, file, forms=wanted, unit=unit, where=read_where(where), period=period)
    data = {"package": made.package, "sha256": made.sha256, "records": made.records, "file": str(made.path)}
    answer(data, f"已导出 {made.records} 条到 {made.path}", as_json)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="只看会怎样，不写入")
@click.option("--only-good", is_flag=True, help="写入看得懂的行，其余另存退回表")
@click.option("--accept-peer", is_flag=True, help="认可这个来源")
@click.option("--layout", default="", help="外来表格的版式名称，或一种表的名称；不写则自动认")
@click.option("--period", default="", help="外来表格的进展属于哪一期，如 2026-11")
@pass_session
@command
def import_(
    session: Session, file: Path, preview: bool, only_good: bool, accept_peer: bool, layout: str, period: str,
    as_json: bool,
) -> None:  # fmt: skip
    """读入交换工作簿，市里、企业的表格（.xlsx、.csv），或签名的 PDF 里的数据（先核对签名）"""
    with session.desk() as desk:
        try:
            if not signed_data.is_signed_file(file) and foreign.is_foreign(file):
                import_table(desk, file, layout, period, preview, only_good, as_json)
                return
            signed = signed_data.is_signed_file(file)
            read = signed_data.read(desk, file, accept=accept_peer) if signed else exchange.read(desk, file)
        except Refused as refused:
            raise answer_refused(refused, NOTHING, as_json) from refused
        for note in read.reading.notes:
            tell(note)
        if preview:
            _previewed(desk, read, as_json)
            return
        try:
            done = exchange.apply(desk, read, accept_peer=accept_peer, only_good=only_good)
        except Refused as refused:
            told = exchange.preview_json(desk, read)
            raise answer_refused(refused, told, as_json) from refused
        data: dict[str, Any] = {
            "added": done.added, "changed": done.changed, "unchanged": done.unchanged,
            "conflicts": [conflict_actions.conflict_json(desk, each) for each in done.conflicts],
            "errors": [each.as_json() for each in done.errors],
            "annotated": str(done.annotated) if done.annotated else None,
            "peer": exchange.peer_json(read), "action": done.action, "new_replica": done.new_replica,
        }  # fmt: skip
    text = f"已写入：新增 {done.added}，更改 {done.changed}，相同 {done.unchanged}，新冲突 {len(done.conflicts)} 处"
    if done.annotated:
        text += f"\n没有看懂的 {len(done.errors)} 处另存在 {done.annotated}"
    answer(data, text, as_json)


def _previewed(desk: Any, read: exchange.Read, as_json: bool) -> None:
    counts, data = read.preview.counts, exchange.preview_json(desk, read)
    lines = [
        f"新增 {counts['added']}，更改 {counts['changed']}，相同 {counts['unchanged']}，冲突 {counts['conflict']}，"
        f"退回 {counts['refused']} 行。此时还没有写入任何内容"
    ]
    lines += [f"{each.where}：{each.message}" for each in read.reading.errors]
    answer(data, "\n".join(lines), as_json)


@click.command()
@pass_session
@command
def conflicts(session: Session, as_json: bool) -> None:
    """列出待定的冲突"""
    with session.desk() as desk:
        found = conflict_actions.conflicts_of(desk)
        data = [conflict_actions.conflict_json(desk, each) for each in found]
        lines = [conflict_line(desk, each) for each in found]
    answer({"conflicts": data}, "\n".join(lines) or "没有待定的冲突", as_json)


@click.command()
@click.argument("id")
@click.argument("choice", required=False, default="", type=click.Choice(["", "mine", "theirs", "keep", "delete"]))
@click.option("--value", default=None, help="另填一个值")
@click.option("--why", default="", help="原因，记入日志")
@pass_session
@command
def decide(session: Session, id: str, choice: str, value: str | None, why: str, as_json: bool) -> None:
    """定一处冲突：mine 取本单位现值，theirs 取交回值，keep 保留，delete 删除，或 --value 另填"""
    if bool(choice) == (value is not None):
        raise click.UsageError("请写 mine、theirs、keep、delete 之一，或用 --value 另填，二者取一")
    with session.desk() as desk:
        action = conflict_actions.decide(desk, id, choice, value, why, in_yuan=True)
        left = len(conflict_actions.conflicts_of(desk))
    answer({"id": id, "action": action, "left": left}, f"已定。还有 {left} 处待定", as_json)


COMMANDS = (export, import_, conflicts, decide)
