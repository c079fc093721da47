"""deliver, trust: from the district to the city, and what this folder trusts."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import delivery as actions
from desktop.actions import submissions
from desktop.actions import trust as trust_actions
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused


@click.command()
@click.argument("id")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=None, help="U 盘上的文件夹：写入签名文件")
@click.option("--scan", type=click.Path(path_type=Path), default=None, help="盖章扫描件 PDF（没有证书的区县）")
@click.option("--paper", type=click.Path(path_type=Path), default=None, help="写出打印盖章用的 PDF，不算送达")
@pass_session
@command
def deliver(
    session: Session, id: str, folder: Path | None, scan: Path | None, paper: Path | None, as_json: bool
) -> None:
    """送达：签名文件写入 U 盘，或归档盖章扫描件"""
    if sum(each is not None for each in (folder, scan, paper)) != 1:
        raise Refused("请用 --to 文件夹、--scan 扫描件、--paper 打印盖章用的文件，三者取一")
    with session.desk() as desk:
        if paper is not None:
            pages = actions.paper_copy(desk, id, paper)
            text = f"共 {pages} 页，已写入 {paper}。请打印盖章，再用 --scan 归档扫描件"
            answer({"submission": id, "state": "issued", "file": str(paper), "pages": pages}, text, as_json)
            return
        if folder is not None:
            made, where = actions.deliver(desk, id, folder), str(folder)
        else:
            assert scan is not None
            made, where = actions.file_scan(desk, id, scan), ""
        state = submissions.find(desk, id).state
    path = str(folder / made.file) if folder is not None else made.file
    data = {"submission": id, "state": state, "way": made.way, "file": path, "sha256": made.sha256, "at": made.at}
    words = f"已写入 {where} 并读回核对，可以安全拔出：{made.file}" if folder is not None else "已归档盖章扫描件"
    answer(data, f"{words}\n状态：{submissions.STATES[state]}", as_json)


@click.group()
def trust() -> None:
    """本机认可的根证书、登记表和吊销清单"""


@trust.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@pass_session
@command
def add(session: Session, files: tuple[Path, ...], as_json: bool) -> None:
    """收下根证书、登记表、吊销清单（种类自己认出；根证书要管理员，并请先与市里核对指纹）"""
    with session.desk() as desk:
        kept = trust_actions.add(desk, list(files))
    lines = []
    for each in kept:
        number = f" 第{each.number}号" if each.number else ""
        known = "" if each.new else "（已有）"
        practice = "（练习）" if each.practice else ""
        lines.append(f"{trust_actions.KINDS[each.kind]}{number}{practice}　{each.name}{known}")
        lines += [f"指纹 {each.fingerprint}"] if each.kind == "root" else []
    answer({"kept": [vars(each) for each in kept]}, "\n".join(lines), as_json)


@trust.command("list")
@pass_session
@command
def list_(session: Session, as_json: bool) -> None:
    """列出收下的根证书、登记表和吊销清单"""
    with session.desk() as desk:
        found = trust_actions.listed(desk)
    data = [
        {"kind": each.kind, "practice": each.practice, "number": each.number, "name": each.name, "sha256": each.sha256,
         "root": each.root, "at": each.at, "who": each.who}
        for each in found
    ]  # fmt: skip
    lines = [
        f"{trust_actions.KINDS[each.kind]}{f' 第{each.number}号' if each.number else ''}"
        f"{'（练习）' if each.practice else ''}　{each.name}　{each.at[:10]}　{each.who}"
        for each in found
    ]
    answer({"trust": data}, "\n".join(lines) or "还没有收下任何证书文件", as_json)


COMMANDS = (deliver, trust)
