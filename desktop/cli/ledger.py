"""ledger: the ledger by unit, state and date; many assignments at once; carried reports, summaries, time lines."""

from __future__ import annotations

from dataclasses import asdict

import click

from desktop.actions import ledger as reading
from desktop.actions import ledger_changes, progress, progress_late, progress_timeline
from desktop.actions.desk import Desk
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused


def _key(desk: Desk, item: str) -> str:
    """The key of an item named by it, or of the task with that number in the edition in force."""
    return next((task.key for task in desk.plan.tasks if str(task.number) == item), item)


@click.group()
def ledger() -> None:
    """任务台账：分工、进展、时间线"""


@ledger.command()
@click.option("--period", default="", help="截至哪一期，如 2026-11；不写为本月")
@click.option("--unit", default="", help="只看这个单位牵头或负责的")
@click.option("--state", default="", type=click.Choice(["", *reading.STANDS]), help="只看这种状态")
@click.option("--due", default="", type=click.Choice(["", *reading.DUES]), help="只看这段时限")
@pass_session
@command
def show(session: Session, period: str, unit: str, state: str, due: str, as_json: bool) -> None:
    """列出目标和任务的分工、时限和状态"""
    with session.desk() as desk:
        found = reading.ledger(desk, period or str(desk.names.today)[:7])
    keys = [f"{kind}:{name}" for kind, name in (("unit", unit), ("state", state), ("due", due)) if name]
    kept = [item for item in found.items if all(item in found.under(key) for key in keys)]
    data = [
        {
            "key": item.key, "number": item.number, "title": item.title, "record": item.record,
            "lead": list(item.lead), "responsible": list(item.responsible), "state": item.stand, "due": item.due,
            "days": item.days, "asked": item.asked, "role": item.role(unit) if unit else "",
        }
        for item in kept
    ]  # fmt: skip
    lines = [f"{item.number}　{item.name[:30]}　{reading.STANDS[item.stand]}　{item.due}" for item in kept]
    answer({"items": data, "total": len(data)}, "\n".join(lines) or "没有符合条件的任务", as_json)


@ledger.command()
@click.argument("items", nargs=-1, required=True)
@click.option("--set", "given", multiple=True, metavar="字段=值", help="如 --set due=2026-12-31；可写几个")
@click.option("--how", default="set", type=click.Choice(list(ledger_changes.HOWS)), help="改为、增加或去掉（单位）")
@click.option("--preview", is_flag=True, help="只看变化")
@click.option("--why", default="", help="更改原因")
@pass_session
@command
def change(
    session: Session, items: tuple[str, ...], given: tuple[str, ...], how: str, preview: bool, why: str, as_json: bool
) -> None:
    """批量修改几项任务的分工，全部写入或都不写"""
    typed = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise Refused(f"“{each}”应写成 字段=值，如 due=2026-12-31")
        typed[name.strip()] = value
    with session.desk() as desk:
        items = tuple(_key(desk, each) for each in items)
        told = ledger_changes.preview_duties(desk, items, typed, how)
        saved = None if preview else ledger_changes.change_duties(desk, items, typed, how, why)
    lines = [f"{each.label}　{each.field}：{each.old or '空'} → {each.new or '空'}　{each.error}" for each in told]
    data = {"changes": [asdict(each) for each in told], "applied": saved is not None}
    answer({**data, "action": saved.action if saved else None}, "\n".join(lines), as_json)


def _draft(draft: progress.ProgressDraft, saved: bool, as_json: bool) -> None:
    data = {**asdict(draft), "saved": saved}
    answer(data, "\n".join([draft.typed["done"], *draft.notes, "已保存" if saved else "没有保存"]), as_json)


@ledger.command()
@click.argument("item")
@click.option("--unit", required=True, help="填报单位")
@click.option("--period", required=True, help="填报时间：日、周、月、季度、半年或年")
@click.option("--save", is_flag=True, help="照原文保存；不写只看")
@pass_session
@command
def carry(session: Session, item: str, unit: str, period: str, save: bool, as_json: bool) -> None:
    """沿用这个单位上一次的进展"""
    with session.desk() as desk:
        draft = progress.carry_forward(desk, _key(desk, item), unit, period)
        if save:
            progress.save_draft(desk, draft, "沿用上期")
    _draft(draft, save, as_json)


@ledger.command()
@click.argument("item")
@click.option("--period", required=True, help="填报时间：日、周、月、季度、半年或年")
@click.option("--save", is_flag=True, help="照此保存为牵头汇总；不写只看")
@pass_session
@command
def summary(session: Session, item: str, period: str, save: bool, as_json: bool) -> None:
    """由各单位的进展拟出牵头汇总"""
    with session.desk() as desk:
        draft = progress.assemble_summary(desk, _key(desk, item), period)
        if save:
            progress.save_draft(desk, draft, "牵头汇总")
    _draft(draft, save, as_json)


@ledger.command()
@click.option("--period", default="", help="哪一期；不写为本月")
@pass_session
@command
def late(session: Session, period: str, as_json: bool) -> None:
    """建议填“滞后”的任务和理由；不自动改"""
    with session.desk() as desk:
        found = progress_late.late_proposals(desk, period or str(desk.names.today)[:7])
    lines = [f"{each.number}　{each.title}　{'；'.join(each.reasons)}" for each in found]
    answer({"proposals": [asdict(each) for each in found]}, "\n".join(lines) or "没有建议填滞后的任务", as_json)


@ledger.command()
@click.argument("item")
@pass_session
@command
def timeline(session: Session, item: str, as_json: bool) -> None:
    """一项任务的时间线：进展、指标、分工变化、问题、附件"""
    with session.desk() as desk:
        found = progress_timeline.timeline(desk, _key(desk, item))
    lines = [f"{each.day}　{progress_timeline.KINDS[each.kind]}　{each.who}　{each.text}" for each in found]
    answer({"events": [asdict(each) for each in found]}, "\n".join(lines) or "还没有记录", as_json)


COMMANDS = (ledger,)
