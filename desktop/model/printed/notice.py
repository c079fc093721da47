"""惠企政策明白纸: what each policy says of one enterprise, frozen as words. Amounts are never added up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from desktop.model.page import Block, Column, Note, Row, RowKind, Table
from desktop.model.policies import Match
from desktop.model.policies.result import NOTE, Result
from desktop.model.policies.rules import Rule

_BLANKS = re.compile(r"\s+")
_MOST_UNITS = 3
Line = dict[str, str]
FORCE = {"current": "现行有效", "unknown": "在执行期内，待核", "replaced": "已被替代", "expired": "已到期"}
_PARTS = (
    (("computed",), "一、按现有资料可以测算的"),
    (("missing", "unmet"), "二、条件或资料尚缺的"),
    (("clause",), "三、有条文、没有定标准的"),
    (("out_of_dates",), "四、今日不在有效期，不能据此申报的"),
)
_COLUMNS = (
    Column("政策、依据和今日效力", 54), Column("对象和各项可得", 28, "元"), Column("尚缺的条件、资料", 22),
    Column("责任单位", 34),
)  # fmt: skip


def notice_line(match: Match, subject: str, form: str, record: str) -> Line:
    """One policy for one record, as plain words: all that the paper says of it."""
    rule, result = match.rule, match.result
    computed = match.state == "computed"
    found = {
        "rule": rule.name, "subject": subject, "form": form, "record": record, "state": match.state,
        "title": rule.title, "document": _document(rule), "force": _force(match),
        "dates": _dates(rule), "why": "；".join(match.why), "pays": _pays(result) if computed else "",
        "missing": _missing(match), "units": "、".join(rule.units), "shared": match.shared, "clause": rule.clause,
        "items": _items(result) if computed else "", "version": rule.version,
        "steps": _steps(result) if computed else "",
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _document(rule: Rule) -> str:
    """Number and place of the document, with its year where the number does not hold it."""
    return rule.cites() if f"〔{rule.year}〕" in rule.document else f"{rule.cites()}（{rule.year}年）"


def _lacking(line: Mapping[str, Any]) -> str:
    return "；".join(filter(None, (line.get("missing", ""), line.get("shared", ""))))


def _force(match: Match) -> str:
    if match.state == "out_of_dates" and match.rule.status in ("current", "unknown"):
        return "不在有效期"
    status = FORCE[match.rule.status]
    return f"{status}：{match.rule.replaced_by}" if match.rule.replaced_by else status


def _dates(rule: Rule) -> str:
    first = f"{rule.valid_from.isoformat()} 起" if rule.valid_from else ""
    return f"{first}{'至' if first else '截至 '}{rule.valid_to.isoformat()}" if rule.valid_to else first


def _pays(result: Result | None) -> str:
    if result is None:
        return ""
    said = []
    if result.amount is not None:
        said.append(f"{result.amount:,.2f}")
    if result.up_to is not None:
        low = sum((part.low or part.counted for part in result.parts if part.result == "up_to"), Decimal(0))
        said.append(f"最高 {result.up_to:,.2f}" if low == result.up_to else f"{low:,.2f}—{result.up_to:,.2f}")
    return "；".join(said) + ("（预估）" if result.estimate else "")


def _items(result: Result | None) -> str:
    """What the enterprise's several records give under one policy, one by one, before the caps they share."""
    awards = [step for step in result.steps if step.kind == "award" and step.item is not None] if result else []
    lines = [f"{step.title}：{step.amount:,.2f}" for step in awards if step.amount is not None]
    return "\n".join(lines) if len(lines) > 1 else ""


def _steps(result: Result | None) -> str:
    """The arithmetic without its basis, which the paper names once for all policies."""
    return "\n".join(step.text for step in result.steps if step.kind != "basis") if result else ""


def _missing(match: Match) -> str:
    said = [missing.text for missing in match.missing]
    said += [match.problem] if match.problem else []
    said += list(match.result.reasons) if match.result and match.state in ("unmet", "computed") else []
    return "；".join(dict.fromkeys(said))


def notice_blocks(lines: Sequence[Mapping[str, Any]], on: str) -> Iterator[Block]:
    """One row per policy under what the office can say of it, then the arithmetic behind the amounts."""
    rows: list[Row] = []
    for states, title in _PARTS:
        chosen = [line for line in lines if line["state"] in states]
        if chosen:
            rows.append(Row((title,), RowKind.AREA))
            rows += [Row(_cells(group)) for group in _by_policy(chosen)]
    yield Table(_COLUMNS, tuple(rows), empty="按现有资料没有可能适用的政策")
    yield Note(
        f"{NOTE}：各项分别列出，不相加。金额按政策文件标准和现有资料测算，以主管部门核定为准。"
        f"今日效力按 {on} 查对：待核的须先核对现行政策；不在有效期的只供查对。"
    )
    computed = [line for line in lines if line["state"] == "computed"]
    if computed:
        heads = (Column("政策", 16), Column("算法", 84))
        sums = tuple(Row((str(group[0]["title"]), _sums(group))) for group in _by_policy(computed))
        yield Table(heads, sums, caption="附：测算过程", unit="")


def _by_policy(lines: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        groups.setdefault(str(line["rule"]), []).append(line)
    return list(groups.values())


def _cells(group: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    first = group[0]
    force = "，".join(filter(None, (first["force"], first.get("dates", ""))))
    computed = first["state"] == "computed"
    gains = [_gain(line) for line in group] if computed else []
    gains += [] if computed else _told(group, lambda line: str(line.get("why", "")), always=True)
    missing = _told(group, _lacking, always=False)
    return (
        f"{first['title']}\n{_BLANKS.sub('', str(first['document']))}\n{force}", "\n".join(gains),
        "\n".join(missing) or ("无" if computed else ""), _units(str(first.get("units", ""))),
    )  # fmt: skip


def _units(units: str) -> str:
    """The first of many: an enterprise asks the leading one, and the sheet of all policies names each."""
    each = units.split("、")
    return units if len(each) <= _MOST_UNITS else f"{'、'.join(each[:_MOST_UNITS])}等{len(each)}家"


def _gain(line: Mapping[str, Any]) -> str:
    """What one record gets, by its name; an enterprise's own policy says why it applies."""
    if line.get("items"):
        return f"{line['items']}\n本项按上限共：{line.get('pays', '')}"
    named = line.get("subject") or line.get("why", "")
    return f"{named}：{line.get('pays', '')}" if named else str(line.get("pays", ""))


def _told(group: Sequence[Mapping[str, Any]], say: Callable[[Mapping[str, Any]], str], always: bool) -> list[str]:
    """What is said of the records of one policy: each saying once, with the records it is said of; without them when
    it is said of all, unless `always`."""
    said: dict[str, list[str]] = {}
    for line in group:
        if words := say(line):
            said.setdefault(words, []).append(str(line.get("subject", "")))
    of_all = len(said) == 1 and sum(map(len, said.values())) == len(group) and not always
    told = []
    for words, records in said.items():
        names = "" if of_all else "、".join(filter(None, records))
        told.append(f"{names}：{words}" if names else words)
    return told


def _sums(group: Sequence[Mapping[str, Any]]) -> str:
    """The arithmetic of one policy, record by record; what is the same for all of them stands once, at the end."""
    steps = [(str(line.get("subject", "")), str(line.get("steps", "")).split("\n")) for line in group]
    common = [each for each in steps[0][1] if len(steps) > 1 and all(each in others for _, others in steps)]
    told = []
    for subject, own in steps:
        rest = [each for each in own if each not in common]
        told += [f"{subject}：{rest[0]}" if subject else rest[0], *rest[1:]] if rest else []
    version = f"规则版本 {group[0]['version']}" if group[0].get("version") else ""
    return "\n".join(filter(None, (*told, *common, version)))
