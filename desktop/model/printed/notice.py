"""惠企政策明白纸: what each policy says of one enterprise, frozen as words. Amounts are never added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from desktop.model.page import Align, Block, Column, Note, Row, Table
from desktop.model.policies import Match
from desktop.model.policies.result import NOTE, Result
from desktop.model.policies.rules import Rule

Line = dict[str, str]
FORCE = {"current": "现行有效", "unknown": "在执行期内，文件状态待核", "replaced": "已被替代", "expired": "已到期"}
_PARTS = (
    (("computed",), "一、按现有资料可以测算的"),
    (("missing", "unmet"), "二、条件或资料尚缺的"),
    (("clause",), "三、有条文、没有定标准的"),
    (("out_of_dates",), "四、今日不在有效期，不能据此申报的"),
)
_COLUMNS = (
    Column("政策", 18), Column("对象和理由", 18), Column("今日效力", 10, align=Align.CENTRE),
    Column("各项可得", 13, "元"), Column("尚缺的条件、资料", 20), Column("责任单位", 20),
)  # fmt: skip


def notice_line(match: Match, subject: str, form: str, record: str) -> Line:
    """One policy for one record, as plain words: all that the paper says of it."""
    rule, result = match.rule, match.result
    found = {
        "rule": rule.name, "subject": subject, "form": form, "record": record, "state": match.state,
        "title": rule.title, "document": f"{rule.cites()}（{rule.year} 年）", "force": _force(match),
        "dates": _dates(rule), "why": "；".join(match.why), "pays": _pays(result) if match.state == "computed" else "",
        "missing": _missing(match), "units": "、".join(rule.units), "shared": match.shared, "clause": rule.clause,
        "steps": "\n".join(step.text for step in result.steps) if result and match.state == "computed" else "",
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


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


def _missing(match: Match) -> str:
    said = [missing.text for missing in match.missing]
    said += [match.problem] if match.problem else []
    said += list(match.result.reasons) if match.result and match.state in ("unmet", "computed") else []
    return "；".join(dict.fromkeys(said))


def notice_blocks(lines: Sequence[Mapping[str, Any]], on: str) -> Iterator[Block]:
    """Tables by what the office can say, then the arithmetic and the clauses behind it."""
    if not lines:
        yield Table(_COLUMNS, (), empty="按现有资料没有可能适用的政策")
    for states, title in _PARTS:
        chosen = [line for line in lines if line["state"] in states]
        if chosen:
            yield Table(_COLUMNS, tuple(Row(_cells(line)) for line in chosen), caption=title)
    computed = [line for line in lines if line["state"] == "computed"]
    if computed:
        heads = (Column("政策", 14), Column("算法", 56), Column("条文", 44))
        rows = tuple(Row((_named(line), line.get("steps", ""), line["clause"])) for line in computed)
        yield Table(heads, rows, caption="五、测算依据")
    yield Note(f"{NOTE}：各项分别列出，不相加。金额按政策文件的标准和现有资料测算，以主管部门核定为准。")
    yield Note(f"今日效力按 {on} 查对。标明待核的，须先核对现行政策；不在有效期的，列出只供查对。")


def _named(line: Mapping[str, Any]) -> str:
    return f"{line['title']}\n{line['subject']}" if line.get("subject") else str(line["title"])


def _cells(line: Mapping[str, Any]) -> tuple[str, ...]:
    title = f"{line['title']}\n{line['document']}"
    reason = "\n".join(filter(None, (line.get("subject", ""), line.get("why", ""))))
    force = "\n".join(filter(None, (line["force"], line.get("dates", ""))))
    pays = line.get("pays") or ("无标准" if line["state"] == "clause" else "")
    missing = "；".join(filter(None, (line.get("missing", ""), line.get("shared", ""))))
    return title, reason, force, pays, missing or ("无" if line["state"] == "computed" else ""), line.get("units", "")
