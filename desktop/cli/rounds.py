"""hand-out, collect-returns, unanswered: a month's round with the units."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desktop.actions import rounds, rounds_texts
from desktop.actions.rounds_answered import Answers, UnitAnswer, answered, percent, rates
from desktop.actions.rounds_collect import Collected, collect_returns
from desktop.actions.rounds_returns import KINDS, ReturnFile, Returns, read_returns
from desktop.cli.answer import answer, command
from desktop.cli.session import Session, pass_session


@click.command("hand-out")
@click.option("--period", required=True, help="填报时间，如 2026-11")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="写到哪个文件夹")
@click.option("--unit", "units", multiple=True, help="只给这个单位，可多次；不写则给所有有任务的单位")
@click.option("--due", default="", help="交回日期，不写为期后第 5 日")
@pass_session
@command
def hand_out(session: Session, period: str, out: Path, units: tuple[str, ...], due: str, as_json: bool) -> None:
    """下发：给每个单位一份当期的填报工作簿"""
    with session.desk() as desk:
        made = rounds.hand_out(desk, out, period, list(units) or None, due)
    data = {
        "period": made.period, "due": made.due,
        "files": [
            {"unit": each.unit, "file": str(each.path), "package": each.package, "progress": each.progress,
             "measures": each.measures, "filled": each.filled}
            for each in made.files
        ],
        "refused": [{"unit": unit, "message": words} for unit, words in made.refused],
    }  # fmt: skip
    lines = [f"{each.unit}　进展 {each.progress} 项，指标 {each.measures} 个　{each.path.name}" for each in made.files]
    lines += [words for _, words in made.refused]
    answer(data, "\n".join([*lines, f"共 {len(made.files)} 份，写在 {out}，请于 {made.due} 前交回"]), as_json)


@click.command("collect-returns")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="只看会怎样，不写入")
@click.option("--period", default="", help="收哪一期，不写则取多数文件所属的一期")
@click.option("--received", default="", help="收到日期，不写为今天；按它算是否逾期")
@click.option("--file", "files", multiple=True, help="只写入这个文件（文件名），可多次；上期的表要这样写明才收")
@pass_session
@command
def collect(
    session: Session, folder: Path, preview: bool, period: str, received: str, files: tuple[str, ...], as_json: bool
) -> None:
    """收回：一次读入文件夹里各单位交回的工作簿，逐份写入"""
    with session.desk() as desk:
        found = read_returns(desk, folder, period)
        data: dict[str, Any] = {
            "period": found.period, "closed": found.closed, "files": [_file(each) for each in found.files],
        }  # fmt: skip
        if preview:
            answer(data, "\n".join([*map(_line, found.files), _summary(found)]), as_json)
            return
        named = [each.path for each in found.files if each.path.name in files] if files else None
        done = collect_returns(desk, found, named, received)
    answer({**data, "received": done.received, "written": _written(done)}, _told(found, done), as_json)


def _file(each: ReturnFile) -> dict[str, Any]:
    return {
        "file": str(each.path), "kind": each.kind, "message": each.sentence, "unit": each.unit, "period": each.period,
        "due": each.due, "added": each.added, "changed": each.changed, "unchanged": each.unchanged,
        "filled": each.filled, "waiting": each.waiting, "conflicts": each.conflicts,
        "corrections": len(each.corrections), "refused": each.refused,
        "errors": [error.as_json() for error in each.errors],
    }  # fmt: skip


def _written(done: Collected) -> list[dict[str, Any]]:
    return [
        {"file": str(each.path), "unit": each.unit, "period": each.period, "added": each.added,
         "changed": each.changed, "conflicts": each.conflicts, "refused": each.refused,
         "annotated": str(each.back) if each.back else None, "action": each.action, "message": each.sentence}
        for each in done.files
    ]  # fmt: skip


def _line(each: ReturnFile) -> str:
    head = f"{each.path.name}　{each.unit or '—'}　{KINDS[each.kind]}"
    if each.sentence:
        return f"{head}：{each.sentence}"
    words = f"{head}：新增 {each.added}，更改 {each.changed}，冲突 {each.conflicts} 处，"
    words += f"退回 {each.refused} 行，未填 {each.waiting} 行"
    return "\n".join([words, *(f"　　{error.where}：{error.message}" for error in each.errors)])


def _summary(found: Returns) -> str:
    good = [each for each in found.files if each.good]
    words = f"共 {len(found.files)} 份，可以写入 {len(good)} 份。此时还没有写入任何内容"
    return f"{words}。{found.closed}" if found.closed else words


def _told(found: Returns, done: Collected) -> str:
    lines = [_line(each) for each in found.files if not each.good]
    for each in done.files:
        words = each.sentence or f"新增 {each.added}，更改 {each.changed}，新冲突 {each.conflicts} 处"
        lines.append(f"{each.path.name}　{each.unit}　{words}")
        if each.back:
            lines.append(f"　　没有看懂的 {each.refused} 行另存在 {each.back}")
    return "\n".join([*lines, f"已写入 {sum(not each.sentence for each in done.files)} 份", found.closed])


@click.command()
@click.option("--period", required=True, help="填报时间，如 2026-11")
@click.option("--text", type=click.Choice(["remind", "report"]), default=None, help="remind 催报文字，report 通报文字")
@click.option("--unit", "units", multiple=True, help="只催这个单位，可多次")
@pass_session
@command
def unanswered(session: Session, period: str, text: str | None, units: tuple[str, ...], as_json: bool) -> None:
    """谁没有交、部分交、逾期；可直接粘贴的催报和通报文字"""
    with session.desk() as desk:
        if text == "remind":
            words = rounds_texts.remind(desk, period, list(units) or None)
        elif text == "report":
            words = rounds_texts.report(desk, period)
        else:
            words = ""
        found = answered(desk, period)
        over = rates(desk, period)
    data = {
        "period": found.period, "due": found.due, "text": words,
        "units": [_unit(each) for each in found.units],
        "rates": [
            {"unit": each.unit, "township": each.township, "given": each.given, "owed": each.owed,
             "in_time": each.in_time, "rate": percent(each.given, each.owed),
             "periods": [{"period": p, "given": g, "owed": o, "in_time": t} for p, g, o, t in each.periods]}
            for each in over
        ],
    }  # fmt: skip
    answer(data, words or _list(found), as_json)


def _unit(each: UnitAnswer) -> dict[str, Any]:
    return {
        "unit": each.unit, "township": each.township, "state": each.state, "asked": each.asked, "told": each.told,
        "missing": list(each.missing), "figures_asked": each.figures_asked, "figures_told": each.figures_told,
        "missing_figures": list(each.missing_figures), "due": each.due, "last": each.last, "late": each.late,
        "overdue": each.overdue, "handed_out": each.handed,
    }  # fmt: skip


def _list(found: Answers) -> str:
    lines = [
        f"{each.unit}　{each.words}　进展 {each.told}/{each.asked}，指标 {each.figures_told}/{each.figures_asked}"
        for each in found.units
    ]
    return "\n".join([*lines, f"{found.label}：应报 {len(found.units)} 个单位，未交齐 {len(found.missing)} 个"])


COMMANDS = (hand_out, collect, unanswered)
