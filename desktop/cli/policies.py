"""policies, match, qualify, claim: what the policies give the office's own records, and the claims made from it."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

import click

from desktop.actions import claims, policies
from desktop.actions.desk import Desk
from desktop.actions.records import Values, record_json, stored_of
from desktop.cli.answer import answer, command, read_json
from desktop.cli.records import read_where
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused
from desktop.model.policies import Match
from desktop.model.policies.matching import STATES
from desktop.model.policies.result import NOTE
from desktop.model.policies.rules import STATUSES

ON = click.option("--on", "on", default="", help="按哪一天算，如 2026-11-24；不写为今天")
PERIOD = click.option("--period", default="", help="申报期，如 2026；不写为当年")


def day(text: str) -> datetime.date | None:
    """A date of the command line. Raises Refused for what is none."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"“{text}”不是日期，应写成 2026-11-24") from None


def key_of(number: str) -> int | str:
    """A policy's number of the plan, or the name of a rule."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else number


def _line(match: Match) -> str:
    head = f"{match.rule.title}　{STATES[match.state]}"
    result = match.result
    if result is not None and result.amount is not None:
        head += f"　{result.amount:,.2f} 元"
    if result is not None and result.up_to is not None:
        head += f"　最高 {result.up_to:,.2f} 元"
    told = [each.text for each in match.missing] + [match.problem] * bool(match.problem)
    return "\n".join([head, *(f"　　{words}" for words in told)])


@click.command("policies")
@ON
@pass_session
@command
def policies_(session: Session, on: str, as_json: bool) -> None:
    """政策清单：各条能否测算、文件是否有效"""
    with session.desk() as desk:
        lines = policies.policies(desk, day(on))
    words = [f"{line.number or '—'}　{line.title}　{STATUSES[line.status]}　{line.sets}" for line in lines]
    answer({"policies": [asdict(line) for line in lines]}, "\n".join(words), as_json)


@click.command()
@click.argument("form", type=click.Choice(["project", "enterprise", "site"]))
@click.argument("id")
@PERIOD
@ON
@pass_session
@command
def match(session: Session, form: str, id: str, period: str, on: str, as_json: bool) -> None:
    """一个项目、企业或网点可能适用哪些政策、缺什么、各给多少（不相加）"""
    with session.desk() as desk:
        _need(desk, form, id)
        found = policies.match_record(desk, form, id, day(on), period=period)
    data = {"matches": [each.to_json() for each in found], "note": NOTE}
    answer(data, "\n".join([*map(_line, found), NOTE]), as_json)


@click.command()
@click.argument("policy")
@PERIOD
@ON
@pass_session
@command
def qualify(session: Session, policy: str, period: str, on: str, as_json: bool) -> None:
    """一条政策可能惠及哪些项目、企业和网点"""
    with session.desk() as desk:
        found = policies.qualify(desk, key_of(policy), day(on), period=period)
    data = [{"form": q.form, "id": q.record, "label": q.label, **q.match.to_json()} for q in found]
    lines = [f"{q.label}　{_line(q.match).partition('　')[2]}" for q in found]
    answer({"records": data}, "\n".join(lines) or "没有可能适用的记录", as_json)


@click.group()
def claim() -> None:
    """补贴申报"""


@claim.command("draft")
@click.argument("policy")
@click.argument("record", required=False, default="")
@click.option("--facts", default="", help="测算内容的 JSON 文件（- 为标准输入）；不写则取自记录")
@PERIOD
@ON
@click.option("--why", default="")
@pass_session
@command
def claim_draft(
    session: Session, policy: str, record: str, facts: str, period: str, on: str, why: str, as_json: bool
) -> None:  # fmt: skip
    """按政策给一条记录起草申报，金额和算法一起留下"""
    given = read_json(facts) if facts else None
    if given is not None and not isinstance(given, dict):
        raise Refused("测算内容应为一个 JSON 对象")
    with session.desk() as desk:
        made = claims.draft_from(desk, key_of(policy), record, period, facts=given, on=day(on), why=why)
    data = {"id": made.claim, "result": made.result.to_json(), "warnings": list(made.warnings)}
    answer(data, "\n".join([f"已起草申报 {made.claim}", *made.warnings]), as_json)


@claim.command("advance")
@click.argument("id")
@click.argument("state")
@click.option("--set", "values", multiple=True, help="随之填写的字段=值（金额以元计），可多次")
@click.option("--why", default="", help="原因；不予支持和撤回必须写")
@pass_session
@command
def claim_advance(session: Session, id: str, state: str, values: tuple[str, ...], why: str, as_json: bool) -> None:
    """把申报推到下一步：accepted、reviewing、public、approved、paid、refused、withdrawn"""
    with session.desk() as desk:
        form = desk.form("claim")
        stored: Values = {name: stored_of(desk, form, name, text) for name, text in read_where(values).items()}
        claims.advance(desk, id, state, stored, why)
        shown = record_json(desk, form, id, desk.store.records.values("claim", [id])[id])
        label = dict(form.field("state").type.choices(desk.names))[state]
    answer(shown, f"申报已改为“{label}”", as_json)


@claim.command("totals")
@click.option("--by", type=click.Choice(["policy", "period", "applicant"]), default="policy")
@pass_session
@command
def claim_totals(session: Session, by: str, as_json: bool) -> None:
    """按政策、申报期或申报单位汇总"""
    with session.desk() as desk:
        found = claims.totals(desk, by)
    money = ("computed", "claimed", "approved_amount", "paid_amount")
    data: list[dict[str, Any]] = [
        {**asdict(each), **{name: f"{getattr(each, name):.2f}" for name in money}} for each in found
    ]
    lines = [
        f"{each.label}　{each.count} 份　申报 {each.claimed:,.2f} 元　拨付 {each.paid_amount:,.2f} 元" for each in found
    ]
    answer({"totals": data}, "\n".join(lines) or "还没有申报", as_json)


def _need(desk: Desk, form: str, record: str) -> None:
    if desk.names.label(form, record) is None:
        raise Refused(f"没有这条{desk.form(form).noun}：{record}。请用 list 查到它的 id")


COMMANDS = (policies_, match, qualify, claim)
