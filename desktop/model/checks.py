"""Checks that need more than one value, declared in a form's TOML.

| kind | keys | holds when |
|---|---|---|
| at_most | field, other | field ≤ other (numbers, money, days, months of one kind) |
| sum_equals | fields, other | the sum of fields = other; skipped while all fields are empty |
| not_future | field | field is not later than today (months: this month) |
| needed | field | field is filled |
| needed_with | field, other | field is filled when other is |
| differs | field, other | field ≠ other; skipped while one is empty |
| unique | fields | no other record has the same values; skipped while one is empty |

`when = {stage = ["building"]}` limits a check to records with such values. `level` is block (default) or warn.
`name` names a check that an action takes up. `message` may name fields in braces; `{difference}` is what a sum lacks or
has too much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from desktop.model.errors import FormError
from desktop.model.fields.base import Names, Value
from desktop.model.findings import Finding

if TYPE_CHECKING:
    from desktop.model.forms import Form

KINDS: Mapping[str, frozenset[str]] = {
    "at_most": frozenset({"field", "other"}),
    "sum_equals": frozenset({"fields", "other"}),
    "not_future": frozenset({"field"}),
    "needed": frozenset({"field"}),
    "needed_with": frozenset({"field", "other"}),
    "differs": frozenset({"field", "other"}),
    "unique": frozenset({"fields"}),
}
COMMON = frozenset({"kind", "level", "message", "when", "name"})
Values = Mapping[str, Value]
Same = Callable[[Mapping[str, Value]], list[str]]


@dataclass(frozen=True)
class Check:
    kind: str
    level: Literal["block", "warn"]
    message: str
    fields: tuple[str, ...]
    other: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    name: str = ""

    def applies(self, values: Values) -> bool:
        return all(str(values.get(name)) in allowed for name, allowed in self.when)


def read_checks(where: str, data: list[Mapping[str, Any]], fields: set[str]) -> tuple[Check, ...]:
    """The checks of a form. Raises FormError for an unknown kind, key or field."""
    checks = []
    for each in data:
        kind = each.get("kind", "")
        if kind not in KINDS:
            raise FormError(f"{where}: unknown check {kind!r}")
        unknown = set(each) - KINDS[kind] - COMMON
        missing = (KINDS[kind] | {"message"}) - set(each)
        if unknown or missing:
            raise FormError(f"{where}: check {kind}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        names = tuple(each["fields"]) if "fields" in each else (each["field"],)
        when = tuple((name, tuple(str(value) for value in values)) for name, values in each.get("when", {}).items())
        named = {*names, *filter(None, [each.get("other", "")]), *(name for name, _ in when)}
        if named - fields:
            raise FormError(f"{where}: check {kind}: no such field {sorted(named - fields)}")
        level, other = each.get("level", "block"), each.get("other", "")
        checks.append(Check(kind, level, each["message"], names, other, when, each.get("name", "")))
    return tuple(checks)


def _compared(value: Value) -> Decimal | str:
    if isinstance(value, int):
        return Decimal(value)
    text = str(value)
    return Decimal(text) if text.replace(".", "", 1).lstrip("-").isdigit() else text


def _broken(check: Check, values: Values, names: Names, same: Same) -> bool:
    first = values.get(check.fields[0])
    if check.kind == "needed":
        return first is None
    if check.kind == "needed_with":
        return first is None and values.get(check.other) is not None
    if check.kind == "unique":
        wanted = {name: values.get(name) for name in check.fields}
        return all(value is not None for value in wanted.values()) and bool(same(wanted))
    if check.kind == "sum_equals":
        return _difference(check, values) not in (None, 0)
    if first is None:
        return False
    if check.kind == "not_future":
        return str(first) > names.today.isoformat()[: len(str(first))]
    other = values.get(check.other)
    if check.kind == "differs":
        return first == other
    return other is not None and _compared(first) > _compared(other)  # type: ignore[operator]


def _difference(check: Check, values: Values) -> int | Decimal | None:
    """Sum of the fields minus the other; None while nothing can be compared."""
    parts = [value for name in check.fields if (value := values.get(name)) is not None]
    other = values.get(check.other)
    if not parts or other is None:
        return None
    if isinstance(other, int):
        return sum(int(part) for part in parts) - other
    return sum((Decimal(str(part)) for part in parts), Decimal(0)) - Decimal(str(other))


def _worded(check: Check, form: Form, values: Values, names: Names) -> str:
    shown = {each.name: each.type.printed(values.get(each.name), names) or "—" for each in form.fields}
    difference = _difference(check, values) if check.kind == "sum_equals" else None
    if difference is not None:
        number = form.field(check.other).type
        amount = abs(difference)
        shown["difference"] = number.printed(amount if isinstance(amount, int) else str(amount), names)
        shown["direction"] = "多" if difference > 0 else "少"
    return check.message.format(**shown)


def check_values(form: Form, values: Values, names: Names, same: Same) -> list[Finding]:
    """All findings of one record: required fields, each type's own warnings, and the form's checks.

    `same` gives the ids of other records that hold the given values.
    """
    findings = [
        Finding("block", f"{each.label}没有填，请补上", each.name)
        for each in form.fields
        if each.required and values.get(each.name) is None
    ]
    for each in form.fields:
        for finding in each.type.check(values.get(each.name), names):
            findings.append(Finding(finding.level, finding.message, each.name))
    for check in form.checks:
        if check.applies(values) and _broken(check, values, names, same):
            said = _worded(check, form, values, names)
            findings.append(Finding(check.level, said, check.fields[0], check=check.name))
    return findings
