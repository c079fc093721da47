"""fill; and import of a table that did not come from the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from desktop.actions import filling, foreign
from desktop.actions.desk import Desk
from desktop.cli.answer import REFUSED, Ended, answer, command, plain, tell
from desktop.cli.records import read_where
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused


@click.command()
@click.argument("blank", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="填好的表写到哪里")
@click.option("--layout", default="", help="版式名称，或一种表的名称；不写则自动认")
@click.option("--period", default="", help="进展取哪一期，如 2026-11；不写取表上写明的或最近一期")
@click.option("--where", multiple=True, help="字段=值，可多次：只填这些记录")
@pass_session
@command
def fill(
    session: Session, blank: Path, out: Path, layout: str, period: str, where: tuple[str, ...], as_json: bool
) -> None:
    """把市里下发的空表填好"""
    with session.desk() as desk:
        done = filling.fill(desk, blank, out, layout=layout, period=period, where=read_where(where))
    lines = [f"已填 {done.filled} 条，写到 {done.path}"]
    if done.unfilled:
        lines.append(f"没有填的列：{'、'.join(done.unfilled)}")
    answer(done.as_json(), "\n".join([*lines, *done.notes]), as_json)


NOTHING: dict[str, Any] = {
    "added": 0, "changed": 0, "unchanged": 0, "conflicts": [], "annotated": None, "peer": None,
}  # fmt: skip


def answer_refused(refused: Refused, previewed: Mapping[str, Any], as_json: bool) -> Ended:
    """Answer with why nothing was written, and what would have been; the exit to raise."""
    errors = [{key: plain(value) for key, value in each.items()} for each in refused.details]
    annotated = next((each["annotated"] for each in errors if each.get("annotated")), None)
    told = {**previewed, "message": str(refused), "errors": errors or [{"message": str(refused)}]}
    if as_json:
        answer({**told, "annotated": annotated}, "", True)
    tell(str(refused))
    return Ended(REFUSED)


def import_table(
    desk: Desk, file: Path, layout: str, period: str, preview: bool, only_good: bool, as_json: bool
) -> None:
    """Read a foreign table and answer like `import` does."""
    read = foreign.read(desk, file, layout=layout, period=period)
    for note in read.notes:
        tell(note)
    for each in read.warnings:
        tell(f"{each.where}：{each.message}")
    if preview:
        data = foreign.preview_json(read)
        text = [
            f"新增 {data['added']}，更改 {data['changed']}，相同 {data['unchanged']}，退回 {data['refused']} 行。"
            "此时还没有写入任何内容",
            *(f"{each.where}：{each.message}" for each in read.errors),
        ]
        answer(data, "\n".join(text), as_json)
        return
    try:
        done = foreign.apply(desk, read, only_good=only_good)
    except Refused as refused:
        raise answer_refused(refused, foreign.preview_json(read), as_json) from refused
    told = f"已写入：新增 {done.added}，更改 {done.changed}，相同 {done.unchanged}"
    if done.annotated:
        told += f"\n没有看懂的 {len(done.errors)} 处另存在 {done.annotated}"
    answer(done.as_json(), told, as_json)


COMMANDS = (fill,)
