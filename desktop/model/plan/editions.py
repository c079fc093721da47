"""A later edition mapped to the plan in force: items keep their keys, the number is only shown (design §3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TypeVar

from desktop.model.errors import Refused
from desktop.model.plan.figures import NUMBER, year_at
from desktop.model.plan.names import ShortNames
from desktop.model.plan.plan import Entry, Goal, Indicator, Plan, Policy, Task
from desktop.model.plan.reader import read_plan
from desktop.model.plan.text import find_span, squeeze

E = TypeVar("E", Goal, Task, Policy)
Judged = Mapping[str, str]  # a person's word: a row of the new edition by its number's key -> the old key, "" for none
ALIKE = 0.6  # a row with a new title and over 40 % new words is a new row


@dataclass(frozen=True)
class NextEdition:
    """The plan of the later edition under the keys of the earlier one, and what became of it.

    `added` and `removed` are keys; `changed` keys of items whose words or units differ; `renumbered` maps a key to its
    old and new number. `lost` are indicators whose words are no longer there: a person decides about them. `read` maps
    a key to the one that the row's number alone would give it, by which a person names the row (`Judged`).
    """

    plan: Plan
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    renumbered: dict[str, tuple[int, int]]
    lost: tuple[Indicator, ...]
    read: dict[str, str] = field(default_factory=dict)


def next_edition(text: str, previous: Plan, names: ShortNames | None = None) -> NextEdition:
    """Read `text` and map it to `previous`. Refused like `read_plan`."""
    return map_edition(read_plan(text, names), previous)


def map_edition(fresh: Plan, previous: Plan, judged: Judged | None = None) -> NextEdition:
    """The plan that was read, under the keys of `previous`.

    A row is the same row if `judged` says so, else if its title is the same, else if its words are most alike and
    alike enough. New rows get keys that no edition has used (task-2026-43). Figures are carried over with the values
    of the new text. Raises Refused when `judged` names a row that is not there, or one old row twice.
    """
    judged = dict(judged or {})
    _refuse_unknown(judged, fresh, previous)
    year = fresh.document.date[:4]
    before: dict[str, Entry] = {entry.key: entry for entry in previous.entries}
    used = {*(entry.key for entry in previous.retired), *before}
    goals = _rekey(fresh.goals, previous.goals, year, used, judged)
    tasks = _rekey(fresh.tasks, previous.tasks, year, used, judged)
    policies = _rekey(fresh.policies, previous.policies, year, used, judged)
    plan = replace(fresh, goals=goals, tasks=tasks, policies=policies)
    after: dict[str, Entry] = {entry.key: entry for entry in plan.entries}
    removed = tuple(key for key in before if key not in after)
    plan = replace(plan, retired=(*previous.retired, *(before[key] for key in removed)))
    carried = {indicator.key: _carry(plan, indicator) for indicator in previous.indicators}
    kept = [key for key in before if key in after]
    return NextEdition(
        plan=replace(plan, indicators=tuple(found for found in carried.values() if found)),
        added=tuple(key for key in after if key not in before),
        removed=removed,
        changed=tuple(key for key in kept if _words(before[key]) != _words(after[key])),
        renumbered={
            key: (_number(before[key]), _number(after[key]))
            for key in kept
            if _number(before[key]) != _number(after[key])
        },
        lost=tuple(indicator for indicator in previous.indicators if not carried[indicator.key]),
        read={
            entry.key: row.key
            for kind in ("goals", "tasks", "policies")
            for entry, row in zip(getattr(plan, kind), getattr(fresh, kind), strict=True)
        },
    )


def _refuse_unknown(judged: Judged, fresh: Plan, previous: Plan) -> None:
    rows, old = {entry.key: type(entry) for entry in fresh.entries}, {each.key: type(each) for each in previous.entries}
    for row, before in judged.items():
        number = row.rsplit("-", 1)[-1]
        if row not in rows:
            raise Refused(f"新版方案里没有序号 {number}，请看预览里的序号")
        if before and old.get(before) is not rows[row]:
            raise Refused(f"现行方案里没有“{before}”这一项，不能和新版序号 {number} 认作同一条")
    twice = [before for before in judged.values() if before and list(judged.values()).count(before) > 1]
    if twice:
        held = next(_number(entry) for entry in previous.entries if entry.key == twice[0])
        raise Refused(f"现行方案序号 {held} 只能对应新版的一项，请只认定一处")


def _rekey(fresh: Sequence[E], old: Sequence[E], year: str, used: set[str], judged: Judged) -> tuple[E, ...]:
    pairs = _pairs(fresh, old, judged)
    rows: list[E] = []
    for at, row in enumerate(fresh):
        key = old[pairs[at]].key if at in pairs else _new_key(row, year, used)
        used.add(key)
        rows.append(replace(row, key=key))
    return tuple(rows)


def _pairs(fresh: Sequence[E], old: Sequence[E], judged: Judged) -> dict[int, int]:
    """Which old row each fresh row is: as judged, then the most alike pairs first, each row once."""
    places = {before.key: was for was, before in enumerate(old)}
    pairs = {at: places[judged[row.key]] for at, row in enumerate(fresh) if judged.get(row.key)}
    scores = [
        (score, -abs(at - was), at, was)
        for at, row in enumerate(fresh)
        if row.key not in judged
        for was, before in enumerate(old)
        if (score := _alike(row, before)) >= ALIKE
    ]
    for _, _, at, was in sorted(scores, reverse=True):
        if at not in pairs and was not in pairs.values():
            pairs[at] = was
    return pairs


def _alike(row: E, before: E) -> float:
    if isinstance(row, Goal) and isinstance(before, Goal) and row.year != before.year:
        return 0.0
    one, other = squeeze(row.text), squeeze(before.text)
    if one == other:
        return 3.0
    titled = isinstance(row, Task) and isinstance(before, Task) and row.title == before.title
    match = SequenceMatcher(None, one, other, autojunk=False)
    if not titled and match.quick_ratio() < ALIKE:
        return 0.0
    return match.ratio() + (1.0 if titled else 0.0)


def _new_key(row: Entry, year: str, used: set[str]) -> str:
    if isinstance(row, Goal):
        order = row.order
        while f"goal-{row.year}-{order}" in used:
            order += 1
        return f"goal-{row.year}-{order}"
    stem = f"{'task' if isinstance(row, Task) else 'policy'}-{year}-{row.number}"
    key, again = stem, 2
    while key in used:
        key, again = f"{stem}-{again}", again + 1
    return key


def _carry(plan: Plan, indicator: Indicator) -> Indicator | None:
    """The indicator with the number that now stands in its words, None if the words are gone."""
    entry = plan.find(indicator.item)
    if entry is None:
        return None
    old, text = squeeze(indicator.phrase), squeeze(entry.text)
    numbers = list(NUMBER.finditer(old))
    which = max((at for at, number in enumerate(numbers) if number[0] == indicator.value), default=-1)
    holes = [rf"(?<![0-9.])({NUMBER.pattern})" if at == which else _fixed(number) for at, number in enumerate(numbers)]
    literal = [re.escape(piece) for piece in NUMBER.split(old)]
    pattern = literal[0] + "".join(hole + piece for hole, piece in zip(holes, literal[1:], strict=True))
    found = list(re.finditer(pattern, text))
    years = [year_at(entry, match[0], indicator.period) for match in found]
    if indicator.year in years:  # one sentence may set the same figure for two years
        at = years.index(indicator.year)
    elif len(found) == 1 and years[0] is not None and indicator.year is not None:
        at = 0
    else:
        return None
    match, year = found[at], years[at]
    span = find_span(entry.text, match[0])
    if span is None:
        return None
    value = match[1] if which >= 0 else indicator.value
    key = f"{indicator.series}-{year}" if year else indicator.series
    phrase = entry.text[slice(*span)]
    return replace(indicator, key=key, source=entry.source, value=value, year=year, phrase=phrase)


def _fixed(number: re.Match[str]) -> str:
    """A year in the words may change only with the words' meaning; other numbers beside the value may."""
    following = number.string[number.end() : number.end() + 1]
    return re.escape(number[0]) if following in ("年", "G") else NUMBER.pattern


def _words(entry: Entry) -> tuple[object, ...]:
    title = entry.title if isinstance(entry, Task) else ""
    return title, squeeze(entry.text), entry.lead, entry.responsible


def _number(entry: Entry) -> int:
    return entry.order if isinstance(entry, Goal) else entry.number
