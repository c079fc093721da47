"""tour: the whole main job on the invented district, headless."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.answer import FAULT, Ended, answer, command, tell


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到这个空文件夹（或上一次演示的文件夹）")
@click.option("--no-screens", is_flag=True, help="不截界面图")
@command
def tour(out: Path, no_screens: bool, as_json: bool) -> None:
    """演示全过程：填报、交换、定冲突、打印、审核签发、签名、核对、界面图"""
    from desktop.actions import tour as actions

    done = actions.tour(out, tell, screens=not no_screens)
    answer(done.as_json(), "\n".join(done.paths), as_json)
    if done.missed:
        raise Ended(FAULT)


COMMANDS = (tour,)
