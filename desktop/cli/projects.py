"""duplicates, merge-records, separate, copy-project, pipeline, batches, network."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from desktop.actions import batches as batch_actions
from desktop.actions import duplicates as duplicate_actions
from desktop.actions import merging, network, network_flow, templates
from desktop.actions import pipeline as pipeline_actions
from desktop.actions import records as record_actions
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session


def _yuan(wan: Decimal | None) -> str | None:
    """万元 as 元 with two decimals: what the command line writes."""
    return None if wan is None else f"{wan * 10000:.2f}"


@click.command()
@click.argument("form")
@click.option("--not", "apart", nargs=2, default=None, metavar="ID ID", help="登记这两条不是重复")
@click.option("--why", default="", help="不是重复的原因")
@pass_session
@command
def duplicates(session: Session, form: str, apart: tuple[str, str] | None, why: str, as_json: bool) -> None:
    """列出疑似重复的企业、项目或回收网点（FORM 为 enterprise、project 或 site）"""
    with session.desk() as desk:
        if apart:
            duplicate_actions.not_duplicates(desk, form, *apart, why)
        found = duplicate_actions.duplicates(desk, form)
    data = [
        {"left": each.left, "right": each.right, "left_label": each.left_label, "right_label": each.right_label,
         "why": each.why, "strong": each.strong}
        for each in found
    ]  # fmt: skip
    lines = [f"{each.left_label}　{each.right_label}　{each.why}\n  {each.left}　{each.right}" for each in found]
    answer({"duplicates": data}, "\n".join(lines) or "没有疑似重复", as_json)


@click.command("merge-records")
@click.argument("form")
@click.argument("from_id", metavar="FROM")
@click.argument("into_id", metavar="INTO")
@click.option("--why", required=True, help="合并原因")
@click.option("--take", multiple=True, help="取被并入那条的字段，可多次；不写时只补空着的")
@pass_session
@command
def merge_records(
    session: Session, form: str, from_id: str, into_id: str, why: str, take: tuple[str, ...], as_json: bool
) -> None:
    """把一条记录（FROM）并入另一条（INTO）；可用 undo 撤销"""
    with session.desk() as desk:
        done = merging.merge_records(desk, form, from_id, into_id, why, take or None)
        label = desk.names.label(form, into_id)
        rows = record_actions.changes_of(desk, done.action)
    text = "\n".join([f"已并入“{label}”", *done.rows])
    data = {"into": into_id, "taken": done.taken, "kept_rows": done.rows, "changes": rows}
    answer(data, text, as_json)


@click.command()
@click.argument("form")
@click.argument("id")
@click.option("--why", required=True, help="分开的原因")
@pass_session
@command
def separate(session: Session, form: str, id: str, why: str, as_json: bool) -> None:
    """把并入别处的一条记录重新分开"""
    with session.desk() as desk:
        action = merging.separate(desk, form, id, why)
        rows = record_actions.changes_of(desk, action)
    answer({"changes": rows}, "已分开", as_json)


@click.command("copy-project")
@click.argument("id")
@click.option("--equipment", is_flag=True, help="连同设备明细")
@click.option("--name", default="", help="新项目的名称")
@pass_session
@command
def copy_project(session: Session, id: str, equipment: bool, name: str, as_json: bool) -> None:
    """以一个项目为样板新建项目：不带月调度、代码和已支付数"""
    with session.desk() as desk:
        made = templates.copy_project(desk, id, equipment=equipment, name=name)
    data = {"id": made.id, "name": made.name, "equipment": made.equipment}
    answer(data, f"已新建“{made.name}”，设备 {made.equipment} 行\n{made.id}", as_json)


def _percent(rate: Decimal | None) -> str | None:
    return None if rate is None else str(rate)


def _sums(sums: pipeline_actions.Sums) -> dict[str, Any]:
    money = ("total", "equipment", "plan", "ytd", "done", "arrived", "paid")
    return {"count": sums.count, **{name: f"{Decimal(getattr(sums, name)).scaleb(-2):.2f}" for name in money}}


@click.command()
@click.option("--period", default="", help="月份，如 2026-11；不写为本月")
@pass_session
@command
def pipeline(session: Session, period: str, as_json: bool) -> None:
    """项目进度：按阶段的投资，计划与完成，开工、完工、支付率，滞后项目"""
    with session.desk() as desk:
        found = pipeline_actions.pipeline(desk, period)
    rates = {
        "start": found.start_rate, "completion": found.completion_rate, "done": found.done_rate,
        "plan": found.plan_rate, "arrived": found.arrived_rate, "paid": found.paid_rate,
    }  # fmt: skip
    data = {
        "period": found.period,
        "stages": [{"stage": each.code, "label": each.label, **_sums(each.sums)} for each in found.stages],
        "whole": _sums(found.whole),
        "rates": {name: _percent(rate) for name, rate in rates.items()},
        "lagging": [
            {"id": each.id, "name": each.name, "enterprise": each.enterprise, "stage": each.stage,
             "total": _yuan(each.total), "done": _yuan(each.done), "last": each.last or None,
             "lags": [{"rule": lag.rule, "label": lag.label, "words": lag.words} for lag in each.lags]}
            for each in found.lagging
        ],
        "exited": found.exited,
    }  # fmt: skip
    lines = [
        f"{each.label}　{each.sums.count} 个　总投资 {Decimal(each.sums.total).scaleb(-6):,.2f} 万元"
        for each in found.stages
        if each.sums.count
    ]
    lines += [
        f"{each.name}（{each.enterprise}）：{'；'.join(lag.words for lag in each.lags)}" for each in found.lagging
    ]
    answer(data, "\n".join(lines) or "还没有项目", as_json)


def _batch_json(each: batch_actions.Batch) -> dict[str, Any]:
    return {
        "id": each.id, "name": each.name, "fund": each.fund, "deadline": each.deadline or None, "days": each.days,
        "due": each.due, "filed_on": each.filed_on or None, "asked": _yuan(each.asked), "result": each.result or None,
        "doc_no": each.doc_no or None, "amount": _yuan(each.amount),
        "projects": [
            {"id": one.id, "rank": one.rank, "name": one.name, "total": _yuan(one.total), "fund": _yuan(one.fund),
             "faults": list(one.faults), "warnings": list(one.warnings)}
            for one in each.projects
        ],
    }  # fmt: skip


@click.command()
@click.argument("id", required=False)
@click.option("--rank", default=None, help="项目 id，按次序用逗号隔开")
@click.option("--file", "filed", is_flag=True, help="登记为已申报")
@click.option("--on", default="", help="申报日期，如 2026-11-20；不写为今天")
@click.option("--why", default="", help="原因，记入日志")
@pass_session
@command
def batches(session: Session, id: str | None, rank: str | None, filed: bool, on: str, why: str, as_json: bool) -> None:
    """申报批次：截止、项目次序和逐项核对；给出 ID 时可排次序、登记申报"""
    if id is None and (rank is not None or filed):
        raise click.UsageError("排次序、登记申报要写明批次的 ID")
    with session.desk() as desk:
        if id is not None and rank is not None:
            batch_actions.rank(desk, id, [each.strip() for each in rank.split(",") if each.strip()], why)
        if id is not None and filed:
            batch_actions.file_batch(desk, id, on, why)
        found = [batch_actions.batch(desk, id)] if id is not None else batch_actions.batches(desk)
    lines = []
    for each in found:
        lines.append(f"{each.name}　{each.fund}　截止 {each.deadline}　{each.due}　项目 {len(each.projects)} 个")
        for one in each.projects if id is not None else ():
            lines.append(f"  {one.rank}　{one.name}　{'；'.join((*one.faults, *one.warnings)) or '无问题'}")
    answer({"batches": [_batch_json(each) for each in found]}, "\n".join(lines) or "还没有申报批次", as_json)


@click.command("network")
@click.option("--from", "first", default="", help="起始月份，如 2026-01；不写为今年一月")
@click.option("--to", "last", default="", help="结束月份；不写为本月")
@pass_session
@command
def network_command(session: Session, first: str, last: str, as_json: bool) -> None:
    """回收网络：目标完成、各月新开和停用、各品种回收量、街镇覆盖"""
    with session.desk() as desk:
        found = network_flow.flow(desk, first, last)
        goals, towns = network.goals(desk), network.townships(desk)
    data = {
        "goals": [{"name": each.name, "full": each.full, "half": each.half, "target": each.target,
                   "missing": each.missing, "year": each.year} for each in goals],
        "months": [{"period": each.period, "opened": list(each.opened), "closed": list(each.closed),
                    "open": each.open, "counting": each.counting} for each in found.months],
        "goods": [{"goods": each.code, "label": each.label, "tons": str(each.tons), "units": each.units}
                  for each in found.goods],
        "townships": [{"name": each.name, "full": each.full, "half": each.half, "target": each.target,
                       "missing": each.missing} for each in towns],
        "undated": found.undated, "silent": found.silent,
    }  # fmt: skip
    lines = [f"{each.name}　{each.full} 个，另有待投运 {each.half} 个，目标 {each.target or '未定'}" for each in goals]
    lines += [
        f"{each.period}　新开 {len(each.opened)}　停用 {len(each.closed)}　在运营 {each.open}" for each in found.months
    ]
    lines += [f"{each.label}　{each.tons} 吨　{each.units} 台（辆）" for each in found.goods]
    bare = [each.name for each in towns if not each.full and not each.half]
    answer(data, "\n".join([*lines, *([f"还没有网点的街镇：{'、'.join(bare)}"] if bare else [])]), as_json)


COMMANDS = (duplicates, merge_records, separate, copy_project, pipeline, batches, network_command)
