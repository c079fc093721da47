"""inbox, packages, peers."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import packages as package_actions
from desktop.actions import peers as peer_actions
from desktop.actions import sticks
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@pass_session
@command
def inbox(session: Session, folder: Path, as_json: bool) -> None:
    """看 U 盘（或文件夹）里有什么：谁发来的、读过没有、有没有新内容；不写入"""
    with session.desk() as desk:
        found = sticks.look(desk, folder)
    data = {"folder": str(folder), "files": [each.as_json() for each in found.parcels], "left_out": found.left_out}
    lines = [
        f"{each.path.name}　{sticks.STATES[each.state]}　{each.sender}　{each.message}".rstrip("　")
        for each in found.parcels
    ]
    answer(data, "\n".join(lines) or "这个文件夹里没有工作簿", as_json)


@click.command()
@click.option("--peer", default="", help="只看给这个单位的，或来自这个来源的")
@click.option("--limit", default=50, type=click.IntRange(1, 10_000), help="最多几条")
@pass_session
@command
def packages(session: Session, peer: str, limit: int, as_json: bool) -> None:
    """往来的工作簿，新的在前；发出的注明是否交回、谁已收到"""
    with session.desk() as desk:
        found = package_actions.packages(desk, limit, peer)
    lines = [
        f"{each.at[:16].replace('T', ' ')}　{'导出' if each.direction == 'out' else '导入'}　{each.file}　"
        f"{each.peer or '全部单位'}　{each.records} 条"
        + (f"　{each.back[:10]} 交回" if each.back else "")
        + (f"　{'、'.join(each.reached)}已收到" if each.reached else "")
        for each in found
    ]
    answer({"packages": [each.as_json() for each in found]}, "\n".join(lines) or "还没有往来的工作簿", as_json)


@click.command()
@click.argument("action", required=False, default="list", type=click.Choice(["list", "revoke"]))
@click.argument("peer", required=False, default="")
@click.option("--why", default="", help="撤销认可的原因，记入日志")
@pass_session
@command
def peers(session: Session, action: str, peer: str, why: str, as_json: bool) -> None:
    """认可过的来源和指纹；revoke 来源 --why 原因：撤销认可"""
    with session.desk() as desk:
        if action == "revoke":
            if not peer:
                raise Refused("没有指明撤销哪个来源，请写名称或指纹")
            peer_actions.revoke(desk, peer, why)
        found = peer_actions.peers(desk)
        own = peer_actions.own_fingerprint(desk)
    lines = [f"本机指纹 {own}", *(f"{each.name}　{each.fingerprint}　{each.accepted[:10]} 认可" for each in found)]
    answer({"fingerprint": own, "peers": [each.as_json() for each in found]}, "\n".join(lines), as_json)


COMMANDS = (inbox, packages, peers)
