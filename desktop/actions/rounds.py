"""Handing out: one workbook for each unit, with what it owes for the period prepared to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.actions.closed import closing_over
from desktop.actions.desk import Desk, needs, now
from desktop.actions.exchange import write_out
from desktop.actions.rounds_asked import Ground, asked, default_due
from desktop.actions.rounds_figures import owners
from desktop.actions.rounds_share import FORMS, share
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.periods import Period
from desktop.model.progress import Report, quiet
from desktop.store.rounds import HandOutRow

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Handed:
    """One workbook handed out: `progress` items and `measures` figures to fill, `filled` of them already there."""

    unit: str
    path: Path
    package: str
    progress: int
    measures: int
    filled: int


@dataclass(frozen=True)
class HandedOutAll:
    """`refused` are units that owe nothing or could not be asked: (unit, sentence); `left` those that a cancelled
    hand-out did not come to."""

    period: str
    due: str
    files: tuple[Handed, ...]
    refused: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipient:
    """A unit as it is offered for handing out; `handed` is when it got its last workbook (ISO), "" never."""

    unit: str
    township: bool
    progress: int
    handed: str
    due: str


def file_name(unit: str, period: Period) -> str:
    """A name by which a clerk knows whose it is: 区商务局_2026年11月填报.xlsx"""
    label = period.label.partition("（")[0]
    return f"{_FORBIDDEN.sub('', unit)}_{label}填报.xlsx"


def recipients(desk: Desk, period: str) -> list[Recipient]:
    """Whom a hand-out for a period goes to: units with items, then those that only have figures split to them."""
    ground = Ground(desk, period)
    sent = {row.unit: row for row in desk.store.rounds.hand_outs(ground.span.key)}
    found = [(each.unit, each.township, len(each.items)) for each in asked(ground)]
    known = {unit for unit, _, _ in found}
    for unit in owners(ground):
        if unit not in known:
            found.append((unit, ground.district.township(unit), 0))
    return [
        Recipient(unit, township, count, sent[unit].at if unit in sent else "", sent[unit].due if unit in sent else "")
        for unit, township, count in found
    ]  # fmt: skip


def read_due(desk: Desk, text: str, period: Period) -> str:
    """A typed due date as ISO text; of an empty one the fifth day after the period. Raises Refused."""
    if not text.strip():
        return default_due(period)
    return str(desk.forms["problem"].field("due").type.read(text, desk.names))


@needs("enter")
def hand_out(
    desk: Desk, folder: Path, period: str, units: Iterable[str] | None = None, due: str = "",
    report: Report = quiet,
) -> HandedOutAll:  # fmt: skip
    """Write one workbook per unit into `folder`; all units that owe something unless `units` are named.

    `due` is a typed date. Cancelled midway (`report` raises) the workbooks written stay, each whole and registered, and
    the units it did not come to are told in `left`. Raises Refused for a unit that owes nothing when it was named
    alone, for a period that is closed, and for a folder that cannot be; MachineFault says what was written before it.
    """
    ground = Ground(desk, period)
    span, last_day = ground.span, read_due(desk, due, ground.span)
    _refuse_closed_round(desk, span)
    wanted = list(dict.fromkeys(units)) if units is not None else [each.unit for each in recipients(desk, span.key)]
    if not wanted:
        raise Refused(f"{span.label}没有要下发的单位。请先在“任务台账”里填写牵头单位和责任单位")
    _make_folder(folder)
    files: list[Handed] = []
    refused: list[tuple[str, str]] = []
    left: list[str] = []
    for place, unit in enumerate(wanted):
        try:
            report(place, len(wanted))
        except Refused:
            if not files:
                raise
            left = wanted[place:]
            break
        try:
            files.append(_hand_one(ground, folder, unit, last_day))
        except _Nothing as nothing:
            refused.append((unit, str(nothing)))
        except MachineFault as fault:
            raise MachineFault(f"{fault}。{_before(files)}，其余 {len(wanted) - place} 份没有写") from fault
    if not files:
        raise Refused(refused[0][1], [{"unit": unit, "message": words} for unit, words in refused])
    return HandedOutAll(span.key, last_day, tuple(files), tuple(refused), tuple(left))


def _before(files: Sequence[Handed]) -> str:
    return f"此前 {len(files)} 份已经写好并登记" if files else "一份也没有写"


class _Nothing(Exception):
    """A unit owes nothing; the text is the sentence."""


def _hand_one(ground: Ground, folder: Path, unit: str, due: str) -> Handed:
    desk, span = ground.desk, ground.span
    if ground.district.city_only(unit):
        raise _Nothing(f"“{unit}”是市级事权单位，不下发，也不催报")
    part = share(ground, unit, due)
    handed = part.handed(unit)
    if handed is None:
        raise _Nothing(f"“{unit}”{span.label}没有要填的任务和指标。请核对单位名称，或先在“任务台账”里分工")
    made = write_out(desk, folder / file_name(unit, span), part.records, FORMS, unit=unit, share=part)
    with desk.store.writing("登记下发"):
        row = HandOutRow(
            made.package, unit, span.key, due, made.path.name, part.progress, part.measures, now(), desk.who
        )  # fmt: skip
        desk.store.rounds.note_hand_out(row)
        desk.store.note("hand_out", who=desk.who, why=f"{unit} {span.key}，{due} 前交回")
    filled = part.progress + part.measures - handed.count
    return Handed(unit, made.path, made.package, part.progress, part.measures, filled)


def _refuse_closed_round(desk: Desk, span: Period) -> None:
    over = closing_over(desk, span)
    if over is not None:
        raise Refused(f"{over.label}已关账，不再下发。确需补报，请由审核人写明原因后开账")


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refused(f"“{folder}”是一个文件，不是文件夹。请另选一个文件夹")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineFault(f"文件夹“{folder.name}”建不成（{os_words(error)}），请换一个位置再试") from error
