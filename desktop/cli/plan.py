"""plan: the plan as loaded; plan read, editions, back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from desktop.actions import editions as actions
from desktop.actions.desk import Desk
from desktop.actions.editions_read import Named
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused
from desktop.model.plan import load_plan, plan_json
from desktop.model.plan.changes import KINDS

WHAT = {"goal": "目标", "task": "任务", "policy": "政策"}


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="结果写成一个 JSON 文档")
@click.pass_context
def plan(context: click.Context, as_json: bool) -> None:
    """程序自带的方案；不需要数据文件夹"""
    if context.invoked_subcommand is None:
        _show(as_json=as_json)


def _show(as_json: bool) -> None:
    loaded = load_plan()
    tasks = "\n".join(f"{task.number}　{task.title}" for task in loaded.tasks)
    answer(plan_json(loaded), f"{loaded.document.number}　{loaded.document.title}\n{tasks}", as_json)


@plan.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="只看变化，不换用")
@click.option("--layout", default="", help="工作台账的版式名，如 ledger")
@click.option("--number", default="", help="发文字号；表上没有时必写")
@click.option("--date", default="", help="成文日期，如 2026-03-02；表上没有时必写")
@click.option("--title", default="", help="方案标题；不写为现行标题")
@click.option("--same", multiple=True, help="新版任务序号=现行任务序号，如 43=17：视为同一条任务，可多次")
@click.option("--apart", multiple=True, help="新版任务序号：不是现行的任何一条，是新增，可多次")
@pass_session
@command
def read(
    session: Session, files: tuple[Path, ...], preview: bool, layout: str, number: str, date: str, title: str,
    same: tuple[str, ...], apart: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """读入新版方案（文本，或工作台账和政策清单的工作簿），换用前自动备份"""
    named = Named(number, title, date)
    with session.desk() as desk:
        act = actions.preview if preview else actions.apply
        told = act(desk, list(files), named, layout, judged=_judged(desk, same, apart))
    done = "预览" if preview else "已换用"
    counts = "，".join(f"{words} {told.count(kind)} 项" for kind, words in KINDS.items())
    lines = [f"{done} {told.document.number}：{counts}"]
    for each in told.entries:
        numbers = "→".join(str(number) for number in (each.old_number, each.new_number) if number is not None)
        lines.append(f"{KINDS[each.kind]}　{WHAT[each.what]} {numbers}　{each.title}")
    lines += [f"指标“{name}”的原话没有了，请核对" for name in told.lost]
    lines += [f"{title}：“{words}”还没有对应的指标" for title, words in told.figures]
    answer({**told.as_json(), "applied": not preview}, "\n".join(lines), as_json)


def _judged(desk: Desk, same: tuple[str, ...], apart: tuple[str, ...]) -> dict[str, str]:
    """What --same and --apart say, by the keys that numbers stand for."""
    keys = {str(task.number): task.key for task in desk.plan.tasks}
    found = {}
    for each in same:
        new, _, old = (part.strip() for part in each.partition("="))
        if not new or old not in keys:
            raise Refused(f"“{each}”应写成 新版序号=现行序号，如 43=17，现行序号是 1 至 {len(keys)}")
        found[f"task-{new}"] = keys[old]
    return found | {f"task-{new.strip()}": "" for new in apart}


@plan.command("editions")
@pass_session
@command
def editions_(session: Session, as_json: bool) -> None:
    """本单位读过的各版方案"""
    with session.desk() as desk:
        found = actions.editions(desk)
    lines = [f"{'现行' if each.in_force else '　　'}　{each.document.number}　{each.tasks} 项任务" for each in found]
    answer({"editions": [asdict(each) for each in found]}, "\n".join(lines), as_json)


@plan.command()
@pass_session
@command
def back(session: Session, as_json: bool) -> None:
    """退回上一版方案"""
    with session.desk() as desk:
        document, kept = actions.take_back(desk)
    data = {"document": asdict(document), "kept": [{"record": record, "field": field} for record, field in kept]}
    answer(data, f"已退回 {document.number}，{len(kept)} 处此后改过，保持不变", as_json)


COMMANDS = (plan,)
