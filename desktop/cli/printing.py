"""print, trace."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.actions import printing, splitting, tracing
from desktop.cli.answer import answer, command, tell
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused
from desktop.model.printed.definition import FORMATS, SPLITS


@click.command("print")
@click.argument("form")
@click.argument("ids", nargs=-1)
@click.option("--period", default="", help="期间，如 2026-11；不写为本月")
@click.option("--unit", default="", help="只印这个单位的部分")
@click.option("--split", "by", default="", help="拆成多份：authority 行业主管部门，unit 单位，township 街镇")
@click.option("--format", "kind", default="", help="拆分时的文件种类：pdf、docx、xlsx；不写为 pdf")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="文件；拆分时为文件夹")
@pass_session
@command
def print_(
    session: Session, form: str, ids: tuple[str, ...], period: str, unit: str, by: str, kind: str, out: Path,
    as_json: bool,
) -> None:  # fmt: skip
    """打印一种表，标明草稿"""
    if by:
        _split(session, form, ids, period, unit, by, kind or "pdf", out, as_json)
        return
    if kind and out.suffix.lower() != f".{kind}":
        raise Refused(f"文件种类按文件名定，--format {kind} 与“{out.name}”不一致，请只写一种")
    with session.desk() as desk:
        made = printing.print_form(desk, form, out, records=list(ids), period=period, unit=unit)
    data = {
        "pages": made.pages or None, "sha256": made.sha256, "files": [str(path) for path in made.paths],
        "note": made.then,
    }  # fmt: skip
    counted = f"共 {made.pages} 页，" if made.pages else ""
    text = f"{counted}已写入 {'、'.join(str(path) for path in made.paths)}"
    answer(data, f"{text}\n{made.then}", as_json)


def _split(
    session: Session, form: str, ids: tuple[str, ...], period: str, unit: str, by: str, kind: str, out: Path,
    as_json: bool,
) -> None:  # fmt: skip
    if ids or unit:
        raise Refused("拆分时每份各有自己的范围，不能再写编号或 --unit")
    if kind not in FORMATS:
        raise Refused(f"没有“{kind}”这种文件，可用的有 {'、'.join(FORMATS)}")
    with session.desk() as desk:
        made = splitting.print_split(
            desk, form, by, out, period=period, kind=kind, progress=lambda done, of: tell(f"已写 {done} / {of} 份")
        )
    files = [
        {"value": each.value, "file": str(each.path), "rows": each.rows, "pages": each.pages or None,
         "sha256": each.sha256}
        for each in made.files
    ]  # fmt: skip
    lines = [f"{each.value}　{each.rows} 行　{each.path.name}" for each in made.files]
    head = f"按{SPLITS[by]}拆成 {len(files)} 份，目录在 {made.index}"
    data = {"by": by, "files": files, "index": str(made.index), "note": made.then}
    answer(data, "\n".join(filter(None, (head, *lines, made.then))), as_json)


@click.command("trace")
@click.argument("form")
@click.argument("record", default="")
@click.option("--period", default="", help="期间，如 2026-11；不写为本月")
@click.option("--unit", default="", help="只看这个单位的部分")
@click.option("--find", "wanted", default="", help="只列位置、名称或数字里有这些字的")
@pass_session
@command
def trace(session: Session, form: str, record: str, period: str, unit: str, wanted: str, as_json: bool) -> None:
    """纸面上每个数字来自哪些记录"""
    with session.desk() as desk:
        found = tracing.trace(desk, form, record=record or None, period=period, unit=unit)
    chosen = [each for each in found if wanted in f"{each.place} {each.label} {each.text}"]
    data = [
        {"place": each.place, "label": each.label, "text": each.text,
         "records": [{"form": one.form, "id": one.record, "label": one.label} for one in each.sources]}
        for each in chosen
    ]  # fmt: skip
    lines = []
    for each in chosen:
        lines.append(f"{each.place}　{each.label}：{each.text}　（{len(each.sources)} 条记录）")
        lines += [f"    {one.label}　{one.form} {one.record}" for one in each.sources]
    answer({"figures": data}, "\n".join(lines) or "没有这样的数字", as_json)


COMMANDS = (print_, trace)
