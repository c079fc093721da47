"""Reporting on a task: last period's report taken on, and the lead office's summary put together from the units'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.actions.desk import Desk, needs
from desktop.actions.entry import text_of
from desktop.actions.ledger import overall
from desktop.actions.many_rows import TypedRow, save_rows
from desktop.actions.records import Saved, Values
from desktop.actions.rounds_asked import Ground, units_of
from desktop.model.errors import Refused
from desktop.model.periods import Period
from desktop.model.registers import record_id

TAKEN_ON = ("state", "done", "problem", "next", "reporter", "phone")
NOTHING = ("", "无", "暂无", "没有")
_SENTENCE = re.compile(r"[^。！？；;]*[。！？；;]?")


@dataclass(frozen=True)
class ProgressDraft:
    """A report proposed, to be edited and saved by a person. `record` "" when it would be a new one.

    `typed` are texts by field, as a form takes them; `said` (unit, period as printed) what it was put together from;
    `missing` the units that were asked and have not reported; `notes` sentences about what to look at.
    """

    record: str
    typed: dict[str, str]
    said: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def carry_forward(desk: Desk, item: str, unit: str, period: str) -> ProgressDraft:
    """The unit's last report on an item, worded for this period. Reads only.

    Raises Refused when the unit reported on this very period already, or never before.
    """
    entry, span = desk.plan.item(item), Period.parse(period)
    if _there(desk, record_id(desk.district, "progress", [item, unit, span.key])):
        raise Refused(f"{unit}已填过“{entry.title}”{span.label}的进展，请打开它更改")
    held = Ground(desk, span.key).before.get((unit, item))
    if held is None:
        raise Refused(f"{unit}在{span.label}之前没有填过“{entry.title}”，没有可沿用的进展")
    earlier, values = held
    form = desk.forms["progress"]
    typed = {name: text_of(desk, form.field(name), values.get(name)) for name in TAKEN_ON}
    typed |= {"item": item, "unit": unit, "kind": "own", "period": span.key}
    note = f"沿用{earlier.label}的填报，请改成{span.label}的情况"
    return ProgressDraft("", typed, ((unit, earlier.label),), notes=(note,))


def assemble_summary(desk: Desk, item: str, period: str) -> ProgressDraft:
    """The lead office's summary as it follows from the units' reports of the period. Reads only.

    Of a unit that reported several times in the period the latest counts. Its state is the worst of theirs, and never
    done while a unit that was asked has not reported. Raises Refused when nobody reported.
    """
    entry, span, ground = desk.plan.item(item), Period.parse(period), Ground(desk, period)
    duty = ground.duties.get(item, {})
    lead, others = units_of(duty, "lead"), units_of(duty, "responsible")
    own = _latest(ground, item, span)
    if not own:
        raise Refused(f"“{entry.title}”{span.label}还没有单位填报，没有可汇总的。请先收齐各单位进展")
    order = [unit for unit in dict.fromkeys([*lead, *others, *sorted(own)]) if unit in own]
    missing = tuple(unit for unit in dict.fromkeys([*lead, *others]) if unit not in own and ground.district.asked(unit))
    state = overall((False, str(own[unit][1].get("state"))) for unit in order)
    form, notes = desk.forms["progress"], []
    typed = {"item": item, "kind": "summary", "period": span.key, "unit": _who(desk, ground, lead, order)}
    typed["state"] = "going" if state == "done" and missing else state
    for name in ("done", "problem", "next"):
        texts = [(unit, str(own[unit][1].get(name) or "").strip()) for unit in order]
        most = int(getattr(form.field(name).type, "max", 0) or 500)
        typed[name], cut = _joined([(ground.district.short(unit), text) for unit, text in texts], most)
        if cut:
            notes.append(f"{form.field(name).label}合在一起超过 {most} 字，已各取前几句，请改写")
    if missing:
        notes.append(f"还没有填报：{'、'.join(ground.district.short(unit) for unit in missing)}")
    known = record_id(desk.district, "progress", [item, "summary", span.key])
    if _there(desk, known):
        notes.append("本期汇总已有一份，保存后以新的为准，原文在更改记录里")
    said = tuple((unit, own[unit][0].label) for unit in order)
    return ProgressDraft(known if _there(desk, known) else "", typed, said, missing, tuple(notes))


@needs("enter")
def save_draft(desk: Desk, draft: ProgressDraft, why: str = "") -> Saved:
    """Save a draft as it stands (the command line; in the window a person edits it first)."""
    fixed = ("item", "period", "kind", "unit") if draft.record else ()
    typed = {name: text for name, text in draft.typed.items() if name not in fixed}
    return save_rows(desk, "progress", [TypedRow(draft.record, typed)], why)


def _there(desk: Desk, record: str) -> bool:
    head = desk.store.records.head(record)
    return head is not None and head["life"] != "deleted"


def _latest(ground: Ground, item: str, span: Period) -> dict[str, tuple[Period, Values]]:
    found: dict[str, tuple[Period, Values]] = {}
    for period, _, values in ground.own_reports:
        unit = str(values["unit"])
        inside = period.covers(span) or span.covers(period)
        if values["item"] == item and inside and (unit not in found or found[unit][0].last <= period.last):
            found[unit] = (period, values)
    return found


def _who(desk: Desk, ground: Ground, lead: list[str], order: list[str]) -> str:
    """Whose summary it is: this office where it leads, else the first lead unit of the district."""
    asked = [unit for unit in lead if ground.district.asked(unit)]
    return desk.office if desk.office in lead else (asked or order)[0]


def _joined(said: Iterable[tuple[str, str]], most: int) -> tuple[str, bool]:
    """One line per unit, the name before it where there are several; whether sentences were left out to fit."""
    filled = [(unit, text) for unit, text in said if text.rstrip("。") not in NOTHING]
    if len(filled) == 1:
        return filled[0][1], False
    whole = "\n".join(f"{unit}：{text}" for unit, text in filled)
    if len(whole) <= most:
        return whole, False
    room = (most - len(filled)) // max(len(filled), 1)
    return "\n".join(f"{unit}：{_first(text, room - len(unit) - 1)}" for unit, text in filled)[:most], True


def _first(text: str, room: int) -> str:
    """The first whole sentences that fit; of one that does not, its beginning."""
    kept = ""
    for sentence in _SENTENCE.findall(text):
        if len(kept) + len(sentence) > room:
            break
        kept += sentence
    return kept or text[: max(room - 1, 0)] + "…"
