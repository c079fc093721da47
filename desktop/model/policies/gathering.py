"""The facts of a rule, gathered from stored values: money in whole 分, quantities decimal text, yes and no 1 and 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop.model.policies import exact
from desktop.model.policies.facts import Fact
from desktop.model.policies.rules import Condition, Rule
from desktop.model.policies.sources import Source

Record = Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """Who asks: one record of `form` (project, enterprise, site), and what stands around it.

    `enterprise` is the project's unit or the site's operator; for an enterprise record, itself. `projects` and
    `sites`: for an enterprise all of its own, for one project or site just that one. `period` bounds the time applied
    for, both days included; `lpr` the office's latest one-year LPR in percent, as decimal text.
    """

    form: str
    record: Record
    enterprise: Record | None = None
    projects: Sequence[Record] = ()
    sites: Sequence[Record] = ()
    period: tuple[date, date] | None = None
    lpr: str | None = None

    def rows(self, name: str) -> Sequence[Record]:
        own = {"project": "projects", "site": "sites"}.get(self.form)
        rows = self.projects if name == "projects" else self.sites
        return rows or ([self.record] if own == name else [])

    def value(self, path: str, row: Record | None = None) -> object:
        owner, _, name = path.partition(".")
        if owner == "office":
            return self.lpr if name == "lpr" else None
        if owner == "row":
            record: Record | None = row
        elif owner == self.form:
            record = self.record
        elif owner == "enterprise":
            record = self.enterprise
        else:
            record = None
        value = record.get(name) if record is not None else None
        return None if value == "" else value


@dataclass(frozen=True)
class Missing:
    """A fact the records do not hold: `path` is where it would stand (`project.loan_years`), empty if nowhere."""

    fact: str
    label: str
    path: str = ""
    row: str = ""

    @property
    def text(self) -> str:
        return f"“{self.row}”缺少“{self.label}”" if self.row else f"缺少“{self.label}”"


@dataclass
class Gathered:
    facts: dict[str, object] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    planned: bool = False


def gather(rule: Rule, case: Case) -> Gathered:
    """All facts that the records hold, in the shape `subsidy` takes, and what is missing for an answer."""
    out = Gathered()
    for fact in rule.facts:
        source = rule.take.get(fact.name)
        value = _fact(fact, source, case, out) if source else None
        if value is not None and value != []:
            out.facts[fact.name] = value
    for fact in rule.facts:
        wanted = fact.required and fact.default is None
        if fact.name not in out.facts and (wanted or set(fact.wanted_with) & set(out.facts)):
            source = rule.take.get(fact.name)
            if not any(item.fact.split(".")[0] == fact.name for item in out.missing):
                out.missing.append(Missing(fact.name, fact.label, _path(source)))
    if rule.need_any and not set(rule.need_any) & set(out.facts) and not out.missing:
        out.missing += [
            Missing(fact.name, fact.label, _path(rule.take.get(fact.name)))
            for fact in rule.facts
            if fact.name in rule.need_any and _about(rule.take.get(fact.name), case)
        ]
    return out


def counted(rule: Rule, case: Case) -> dict[str, list[Record]]:
    """The rows of the case that the rule's facts are taken from: projects and sites. For a rule that takes no rows,
    the record asked about."""
    found: dict[str, list[Record]] = {"projects": [], "sites": []}
    taken = [source for source in rule.take.values() if source.rows or source.count]
    for source in taken:
        into = found[_list(source)]
        into += [row for row in _chosen(source, case) if row not in into]
    own = {"project": "projects", "site": "sites"}.get(case.form)
    if own and not taken:
        found[own].append(case.record)
    return found


def _about(source: Source | None, case: Case) -> bool:
    """Whether a row of the right kind is there, though something else is not met."""
    if source is None or not source.where:
        return True
    return any(met(source.where[0], case.value(source.where[0].fact, row)) for row in case.rows(_list(source)))


def _list(source: Source) -> str:
    return source.rows or source.count


def _path(source: Source | None) -> str:
    if source is None:
        return ""
    tested = source.test.fact if source.test else ""
    paths = (*source.paths, *source.planned, source.in_period, source.within, tested)
    return next((path for path in paths if path), "")


def _fact(fact: Fact, source: Source, case: Case, out: Gathered, row: Record | None = None) -> object:
    if source.count:
        return len(_chosen(source, case)) or None
    if fact.kind == "list":
        return _rows(fact, source, case, out)
    if fact.kind == "group":
        return _group(fact, source, case, out)
    if source.test is not None:
        value = case.value(source.test.fact, row)
        return None if value is None else met(source.test, value)
    if source.in_period:
        return _in_period(case.value(source.in_period, row), case.period)
    return _field(fact, source, case, out, row)


def _field(fact: Fact, source: Source, case: Case, out: Gathered, row: Record | None) -> object:
    found = _first(source.paths, case, row)
    if found is None:
        found = _first(source.planned, case, row)
        out.planned = out.planned or found is not None
    if found is None:
        return None
    if fact.kind == "flag":
        return found in (1, "1", True)
    if fact.kind != "money":
        return str(found) if fact.kind in ("quantity", "percent") else found
    cents = found if isinstance(found, int) else 0
    less, most = case.value(source.less, row) if source.less else None, _first(source.no_more, case, row)
    cents -= less if isinstance(less, int) else 0
    cents = min(cents, most) if isinstance(most, int) else cents
    return format(Decimal(max(cents, 0)).scaleb(-2), "f")


def _first(paths: Sequence[str], case: Case, row: Record | None) -> object:
    values = (case.value(path, row) for path in paths)
    return next((value for value in values if value is not None), None)


def _in_period(value: object, period: tuple[date, date] | None) -> bool | None:
    if value is None or period is None:
        return None
    return period[0].isoformat() <= str(value) <= period[1].isoformat()


def _chosen(source: Source, case: Case) -> list[Record]:
    return [
        row
        for row in case.rows(_list(source))
        if _all_hold(source.where, case, row)
        and (not source.within or _in_period(case.value(source.within, row), case.period))
    ]


def _rows(fact: Fact, source: Source, case: Case, out: Gathered) -> list[dict[str, object]]:
    return [_one(fact, source, case, out, row) for row in _chosen(source, case)]


def _one(fact: Fact, source: Source, case: Case, out: Gathered, row: Record | None) -> dict[str, object]:
    given: dict[str, object] = {}
    for inner in fact.fields:
        inner_source = source.fields.get(inner.name)
        value = _fact(inner, inner_source, case, out, row) if inner_source else None
        if value is not None:
            given[inner.name] = value
        elif inner.required:
            named = str(row.get("name") or "") if row is not None else ""
            out.missing.append(Missing(f"{fact.name}.{inner.name}", inner.label, _path(inner_source), named))
    return given


def _group(fact: Fact, source: Source, case: Case, out: Gathered) -> dict[str, object] | None:
    """One group from the record itself, or from several rows; a row that lacks a value makes the group lack it."""
    if not source.rows:
        filled = any(case.value(_path(inner)) is not None for inner in source.fields.values())
        return _one(fact, source, case, out, None) if filled else None
    rows = _rows(fact, source, case, out)
    if not rows:
        return None
    given: dict[str, object] = {}
    for name, inner in source.fields.items():
        values = [row[name] for row in rows if name in row]
        if len(values) == len(rows):
            given[name] = values[0] if len(values) == 1 else _together(inner.gather, values)
    return given


def _together(how: str, values: list[object]) -> object:
    if how == "all":
        return all(values)
    numbers = [number for number in (exact.parse(value) for value in values) if number is not None]
    return format(exact.total(numbers) if how == "sum" else min(numbers), "f")


def _all_hold(conditions: Sequence[Condition], case: Case, row: Record | None) -> bool:
    return all(met(condition, case.value(condition.fact, row)) for condition in conditions)


def met(condition: Condition, value: object) -> bool:
    """A condition over a stored value; an empty one meets none."""
    if value is None or value == "":
        return False
    if condition.op in ("is", "one_of"):
        return any(_same(value, wanted) for wanted in condition.values)
    number, bound = exact.parse(value), condition.values[0]
    if number is None or not isinstance(bound, Decimal):
        return False
    return {
        "at_least": number >= bound,
        "at_most": number <= bound,
        "above": number > bound,
        "below": number < bound,
    }[condition.op]


def _same(value: object, wanted: Decimal | bool | str) -> bool:
    if isinstance(wanted, bool):
        return (value in (1, "1", True)) is wanted
    if isinstance(wanted, Decimal):
        return exact.parse(value) == wanted
    return value == wanted
