"""print."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import printing
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session


@click.command("print")
@click.argument("form")
@click.argument("ids", nargs=-1)
@click.option("--period", default="", help="期间，如 2026-11；不写为本月")
@click.option("--unit", default="", help="只印这个单位的部分")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="PDF 文件")
@pass_session
@command
def print_(session: Session, form: str, ids: tuple[str, ...], period: str, unit: str, out: Path, as_json: bool) -> None:
    """打印一种表，标明草稿"""
    with session.desk() as desk:
        made = printing.print_form(desk, form, out, records=list(ids), period=period, unit=unit)
    data = {"pages": made.pages, "sha256": made.sha256, "files": [str(path) for path in made.paths]}
    answer(data, f"共 {made.pages} 页，已写入 {'、'.join(str(path) for path in made.paths)}", as_json)


COMMANDS = (print_,)
