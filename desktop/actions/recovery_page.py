"""The recovery key on paper, for the sealed envelope: the program keeps no copy of it."""

from __future__ import annotations

from pathlib import Path

from desktop.actions.desk import now
from desktop.excel.stick import deliver
from desktop.model.page import Align, Cell, Document, Grid, Paragraph, Seal, Seals
from desktop.pdf.render import render

ACROSS = 4


def save_recovery_page(path: Path, key: str, folder: str, office: str = "") -> None:
    """One page with the key in groups, as PDF. Raises MachineFault when it cannot be written."""
    deliver(path, render(recovery_page(key, folder, office)).pdf)


def recovery_page(key: str, folder: str, office: str = "") -> Document:
    """`key` is eight groups of four with dashes between them."""
    groups = key.split("-")
    rows = [groups[start : start + ACROSS] for start in range(0, len(groups), ACROSS)]
    printed = now()[:16].replace("T", " ")
    grid = Grid(
        (
            *(tuple(Cell(group, 12 // ACROSS, align=Align.CENTRE, number=True) for group in row) for row in rows),
            (Cell("数据文件夹", 3, label=True), Cell(folder, 9)),
            (Cell("打印时间", 3, label=True), Cell(printed, 9)),
        )
    )
    told = (
        "忘记密码、管理员离岗，或要打开一份旧备份时，在登录页点“用恢复密钥”，输入上面八组字符，不分大小写。",
        "密钥能打开全部数据。请装入信封密封，由单位指定的人保管；打印后请删除电脑和 U 盘上的这个文件。",
    )
    return Document(
        "两新工作台恢复密钥",
        (grid, *(Paragraph(words) for words in told), Seals((Seal("封存"),))),
        left=f"单位：{office}" if office else "",
    )
