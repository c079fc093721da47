"""indicators."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from desktop.actions import indicators as actions
from desktop.actions import indicators_entry, indicators_page
from desktop.actions.printing import this_period
from desktop.cli.answer import answer, command, read_json
from desktop.cli.session import Session, pass_session
from desktop.model.errors import Refused

_PLAIN = ("plot",)


def line_data(line: actions.Line) -> dict[str, Any]:
    """A line as JSON: every text, the state's code, the series of its plot."""
    data = {each.name: getattr(line, each.name) for each in dataclasses.fields(line) if each.name not in _PLAIN}
    data["closed"] = [{"result": result, "words": words} for result, words in line.closed]
    data["state_words"] = line.state_words
    data["series"] = [
        {"label": each.label, "role": each.role.value, "values": list(each.values)} for each in line.plot.series
    ]
    data["labels"] = list(line.plot.labels)
    return data


def _said(line: actions.Line) -> str:
    figure = f"{line.figure} {line.unit}".strip() if line.figure else "—"
    parts = [f"{line.name}　{figure}", line.aim, line.completion, line.state_words, line.behind]
    return "　".join(filter(None, parts))


@click.command()
@click.argument("indicator", required=False)
@click.option("--period", default="", help="哪一期，如 2026-11；不写为本月")
@click.option("--lagging", is_flag=True, help="只列滞后的和未达到的")
@click.option("--sectors", is_flag=True, help="按领域列出投资完成率、资金支付率、开工率")
@click.option("--enter", "rows", default="", help="成批填报：JSON 文件或 -，每行 {indicator, value, …}")
@click.option("--unit", default="", help="成批填报时是哪个单位的数；不写为本区")
@pass_session
@command
def indicators(
    session: Session, indicator: str | None, period: str, lagging: bool, sectors: bool, rows: str, unit: str,
    as_json: bool,
) -> None:  # fmt: skip
    """指标一览；写明一项时列出它的各期、分解和来由"""
    with session.desk() as desk:
        asked = period or this_period(desk)
        if rows:
            given = read_json(rows)
            if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
                raise Refused("成批填报应为 JSON 数组，每行一个对象")
            typed = [{name: "" if value is None else str(value) for name, value in each.items()} for each in given]
            saved = indicators_entry.enter(desk, asked, typed, unit=unit)
            answer({"ids": saved.ids, "warnings": saved.warnings}, f"已保存 {len(saved.ids)} 条指标值", as_json)
        elif sectors:
            _sectors(indicators_entry.sectors(desk, asked), asked, as_json)
        elif indicator:
            _one(indicators_page.indicator_page(desk, indicator, asked), as_json)
        else:
            lines = actions.lagging(desk, asked) if lagging else list(actions.overview(desk, asked).lines)
            counts: dict[str, int] = {}
            for line in lines:
                counts[line.state] = counts.get(line.state, 0) + 1
            data = {"period": asked, "counts": counts, "indicators": [line_data(line) for line in lines]}
            answer(data, "\n".join(_said(line) for line in lines) or "没有滞后的指标", as_json)


def _one(page: indicators_page.IndicatorPage, as_json: bool) -> None:
    data = {
        "indicator": line_data(page.line),
        "entries": [dataclasses.asdict(each) for each in page.entries],
        "splits": [dataclasses.asdict(each) for each in page.splits],
        "derived": dataclasses.asdict(page.behind) if page.behind is not None else None,
    }
    words = [_said(page.line), page.line.words, *(words for _, words in page.line.closed)]
    words += [f"{each.label}　{each.typed or each.judged or each.status}" for each in page.entries]
    words += [f"{each.year}年分解：{each.words}" for each in page.splits]
    if page.behind is not None:
        words += [page.behind.said, *(f"　{label}" for label in page.behind.labels)]
    answer(data, "\n".join(words), as_json)


def _sectors(found: list[indicators_entry.Sector], period: str, as_json: bool) -> None:
    rates = ("investment", "payment", "start")
    data = [
        {
            "sector": each.code, "label": each.label, "projects": each.projects,
            **{name: getattr(each, name) for name in rates},
            "records": {name: list(getattr(each, f"{name}_of").ids) for name in rates},
        }
        for each in found
    ]  # fmt: skip
    lines = [
        f"{each.label}　{each.projects} 个　投资完成率 {each.investment}　"
        f"资金支付率 {each.payment}　开工率 {each.start}"
        for each in found
    ]
    answer({"period": period, "sectors": data}, "\n".join(lines) or "没有项目", as_json)


COMMANDS = (indicators,)
