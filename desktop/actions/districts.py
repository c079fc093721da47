"""In the city: where every district stands with a form and period, and their figures side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.actions import rollup, trust
from desktop.actions.city import MONTHLY, need_city
from desktop.actions.desk import Desk, now
from desktop.model.canonical import read_canonical
from desktop.model.errors import Refused
from desktop.model.frozen import parts
from desktop.model.lists import load_list
from desktop.model.periods import Period
from desktop.model.printed import load_printed
from desktop.store.collected import CheckedFile, Collected

STATES = {
    "accepted": "已接收", "paper": "收到盖章件", "waiting": "待答复", "returned": "已退回，等待更正",
    "undecided": "不能判定", "invalid": "只收到无效文件", "missing": "没有收到",
}  # fmt: skip


@dataclass(frozen=True)
class DistrictState:
    """Where a district stands with one form and period: `state` is a key of STATES, `late` past the day asked for."""

    district: str
    name: str
    state: str
    late: bool
    sequence: int = 0
    data_digest: str = ""
    collected: str = ""
    reasons: tuple[str, ...] = ()


def editions(desk: Desk, period: str = "") -> list[Collected]:
    """What was collected, of one period or all."""
    need_city(desk)
    return desk.store.collected.all(str(Period.parse(period)) if period else "")


def districts(desk: Desk) -> dict[str, str]:
    """Code and name of the districts that report here: the list's, the register's, and those that ever did."""
    need_city(desk)
    known = {
        each.code: each.name
        for each in load_list("districts").values
        if each.code[:4] == desk.district[:4] and (desk.practice or not each.practice)
    }
    register = trust.register(desk)
    for entry in register.entries if register else ():
        known.setdefault(entry.district, entry.office)
    for district, named in desk.store.collected.names():
        known[district] = named
    return dict(sorted(known.items()))


def standing(desk: Desk, period: str, form: str = MONTHLY, due: date | None = None) -> list[DistrictState]:
    """Every district with one form and period: what came, what is missing, what is late (collected after `due`)."""
    chosen = str(Period.parse(period))
    if form not in load_printed():
        raise Refused(f"没有“{form}”这种打印表。可用的有 {'、'.join(load_printed())}")
    current: dict[str, Collected] = {}
    first: dict[str, str] = {}
    for each in desk.store.collected.all(chosen):
        if each.form == form and not each.unit and not each.about:
            first.setdefault(each.district, each.collected)
            if each.state == "current":
                current[each.district] = each
    refused: dict[str, CheckedFile] = {}
    papers: dict[str, CheckedFile] = {}
    answered = {each.district: each for each in desk.store.papers.of(form, chosen)}  # the newest edition of each
    for file in desk.store.collected.files(chosen):
        if file.outcome == "paper" and file.form == form:
            papers.setdefault(file.district, file)
        if file.outcome in ("invalid", "undecided", "unusable") and file.form == form:
            refused[file.district] = file
    found = []
    for code, name in districts(desk).items():
        edition, paper, coded = current.get(code), papers.get(code), answered.get(code)
        came = min(first.get(code, now()), paper.at if paper else now())[:10]
        late = due is not None and date.fromisoformat(came) > due
        if edition is None and coded is not None:
            why = coded.reasons if coded.verdict else (coded.file,)
            found.append(
                DistrictState(
                    code, name, coded.verdict or "paper", late, coded.sequence, coded.data_digest, coded.at, why
                )
            )
            continue
        if edition is None and paper is not None:
            found.append(DistrictState(code, name, "paper", late, collected=paper.at, reasons=(paper.file,)))
            continue
        if edition is None:
            bad = refused.get(code)
            state = ("undecided" if bad.outcome == "undecided" else "invalid") if bad else "missing"
            found.append(DistrictState(code, name, state, late, reasons=bad.reasons if bad else ()))
            continue
        found.append(
            DistrictState(
                code, name, edition.verdict or "waiting", late, edition.sequence, edition.data_digest,
                edition.collected, edition.reasons,
            )
        )  # fmt: skip
    return found


def missing(desk: Desk, period: str, form: str = MONTHLY, due: date | None = None) -> list[DistrictState]:
    """The districts of `standing` from which nothing usable has come, or whose report was returned."""
    return [each for each in standing(desk, period, form, due) if each.state not in ("accepted", "waiting", "paper")]


def roll_up(desk: Desk, period: str) -> dict[str, Any]:
    """The districts' figures of a period side by side, with totals: what was collected and not returned or replaced.

    `{period, label, districts[]{district, name, state, …figures}, total, indicators[], goals[], missing[]}`; money is
    decimal text in 元.
    """
    need_city(desk)
    chosen = Period.parse(period)
    data: dict[str, list[dict[str, Any]]] = {}
    for each in desk.store.collected.all(chosen.key):
        if each.state == "current" and each.verdict != "returned":
            data.setdefault(each.district, []).append(parts(read_canonical(each.carried))[0])
    found = {district: rollup.figures(*sent) for district, sent in data.items()}
    states = {each.district: each for each in standing(desk, chosen.key)}
    whole = rollup.total(list(found.values()))
    return {
        "period": chosen.key,
        "label": chosen.label,
        "districts": [
            {"district": code, "name": each.name, "state": each.state, **rollup.figures_json(found[code])}
            for code, each in states.items()
            if code in found
        ],
        "total": rollup.figures_json(whole),
        "indicators": rollup.indicators_json(found),
        "goals": rollup.goals_json(whole),
        "missing": [{"district": code, "name": each.name, "state": each.state} for code, each in states.items()
                    if code not in found],
    }  # fmt: skip
