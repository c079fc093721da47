"""Forms are data: `forms/*.toml` owns all that a person sees, and this is the only reader of it.

A form that cannot be understood stops the program at start with the file, the field and the key named: unknown keys
are refused, so that a typing error never becomes a silent default.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.model import places
from desktop.model.checks import Check, read_checks
from desktop.model.errors import FormError
from desktop.model.fields import TYPES, FieldType, Value

FORM_KEYS = frozenset(
    {"name", "title", "noun", "measure", "sheet", "label", "key", "parent", "search", "columns", "frozen", "sections",
     "fields", "checks", "order", "alternate"}
)  # fmt: skip
FIELD_KEYS = frozenset(
    {"name", "label", "short", "type", "unit", "required", "help", "section", "more", "width", "paper", "default"}
)


@dataclass(frozen=True)
class Field:
    """One field of a form. `width` is in characters (sheet and list), `paper` in twelfths of the printed form.

    `paper = 0` leaves the field off the printed form. `more` puts it under 更多, where it never blocks.
    """

    name: str
    label: str
    type: FieldType
    required: bool = False
    unit: str = ""
    help: str = ""
    section: str = ""
    short: str = ""
    more: bool = False
    width: int = 12
    paper: int = 6
    default: Value = None

    @property
    def heading(self) -> str:
        """The label with its unit: 总投资（万元）. It names the column in workbooks, unique in its form."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True)
class Section:
    name: str
    label: str


@dataclass(frozen=True)
class Form:
    """One record form. `key` are the fields of its natural key (none: records have random ids).

    `label` are the fields whose values name a record; `parent` is the reference that a child record hangs from;
    `columns` are the fields a list shows, `frozen` how many of them stay; `noun` and `measure` word its counts.
    """

    name: str
    title: str
    noun: str
    measure: str
    sheet: str
    label: tuple[str, ...]
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    key: tuple[str, ...] = ()
    parent: str = ""
    search: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    frozen: int = 1
    checks: tuple[Check, ...] = ()
    order: int = 100
    alternate: tuple[str, str, tuple[str, ...]] | None = None  # (field, value, key fields used then instead)
    _by_name: dict[str, Field] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_name.update({each.name: each for each in self.fields})

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def field(self, name: str) -> Field:
        return self._by_name[name]

    def key_of(self, values: Mapping[str, Value]) -> tuple[Value, ...] | None:
        """The natural key of a record with these values; None when the form has none or a part is missing."""
        names = self.key
        if self.alternate and values.get(self.alternate[0]) == self.alternate[1]:
            names = self.alternate[2]
        key = tuple(values.get(name) for name in names)
        return key if key and None not in key else None

    def in_section(self, section: str) -> list[Field]:
        return [each for each in self.fields if each.section == section]


def _refuse_unknown(where: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise FormError(f"{where}: unknown key {', '.join(unknown)}")


def _read_field(where: str, data: Mapping[str, Any], sections: set[str]) -> Field:
    name = str(data.get("name", ""))
    where = f"{where}: field {name or '?'}"
    if not name.isidentifier() or name.startswith("_"):
        raise FormError(f"{where}: name must be an identifier")
    kind = TYPES.get(str(data.get("type", "")))
    if kind is None:
        raise FormError(f"{where}: unknown type {data.get('type')!r}")
    _refuse_unknown(where, data, FIELD_KEYS | kind.option_names)
    if not data.get("label"):
        raise FormError(f"{where}: label is missing")
    if data.get("section", "") not in sections:
        raise FormError(f"{where}: section {data.get('section', '')!r} is not declared")
    options = {key: value for key, value in data.items() if key in kind.option_names}
    try:
        field_type = kind(options)
    except (ValueError, KeyError) as error:
        raise FormError(f"{where}: {error}") from error
    more = bool(data.get("more", False))
    if more and data.get("required"):
        raise FormError(f"{where}: a field under 更多 never blocks, so it cannot be required")
    return Field(
        name=name, label=data["label"], type=field_type, required=data.get("required", False),
        unit=data.get("unit", field_type.unit), help=data.get("help", ""), section=data.get("section", ""),
        short=data.get("short", data["label"]), more=more, width=data.get("width", 12), paper=data.get("paper", 6),
        default=data.get("default"),
    )  # fmt: skip


def _alternate(data: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]] | None:
    if "alternate" not in data:
        return None
    ((name, value),) = data["alternate"]["when"].items()
    return name, value, tuple(data["alternate"]["key"])


def read_form(path: Path) -> Form:
    """The form defined in one TOML file. Raises FormError naming file, field and key."""
    where = path.name
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _refuse_unknown(where, data, FORM_KEYS)
    sections = tuple(Section(each["name"], each["label"]) for each in data.get("sections", []))
    names = {section.name for section in sections} or {""}
    fields = tuple(_read_field(where, each, names) for each in data["fields"])
    seen: set[str] = set()
    for each in fields:
        if each.name in seen or each.name == "id":
            raise FormError(f"{where}: field {each.name} stands twice or is reserved")
        seen.add(each.name)
    headings = [each.heading for each in fields]
    if len(set(headings)) != len(headings):
        raise FormError(f"{where}: two fields have the same label and unit")
    key = tuple(data.get("key", ()))
    label = tuple(data["label"])
    columns = tuple(data.get("columns", ()))
    checks = read_checks(where, data.get("checks", []), seen)
    named = {*key, *label, *columns, *data.get("search", ()), *filter(None, [data.get("parent", "")])}
    if named - seen:
        raise FormError(f"{where}: no such field: {', '.join(sorted(named - seen))}")
    return Form(
        name=data["name"], title=data["title"], noun=data.get("noun", data["title"]), measure=data.get("measure", "条"),
        sheet=data.get("sheet", data["title"]), label=label, fields=fields,
        sections=sections or (Section("", data["title"]),),
        key=key, parent=data.get("parent", ""), search=tuple(data.get("search", label)), columns=columns or tuple(seen),
        frozen=data.get("frozen", 1), checks=checks, order=data.get("order", 100), alternate=_alternate(data),
    )  # fmt: skip


class Forms(Mapping[str, Form]):
    """All record forms of a folder, by name, in the order of their `order`."""

    def __init__(self, forms: list[Form]) -> None:
        self._forms = {form.name: form for form in sorted(forms, key=lambda form: (form.order, form.name))}
        for form in forms:
            for each in form.fields:
                target = getattr(each.type, "to", None)
                if target is not None and target not in self._forms:
                    raise FormError(f"{form.name}: field {each.name} refers to unknown form {target}")

    def __getitem__(self, name: str) -> Form:
        return self._forms[name]

    def __iter__(self) -> Any:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def children(self, name: str) -> list[Form]:
        """The forms whose records hang from a record of this form."""
        return [
            form for form in self.values() if form.parent and getattr(form.field(form.parent).type, "to", "") == name
        ]


def read_forms(folder: Path) -> Forms:
    return Forms([read_form(path) for path in sorted(folder.glob("*.toml"))])


@functools.cache
def _cached(folder: Path) -> Forms:
    return read_forms(folder)


def load_forms() -> Forms:
    """The forms in force, read once."""
    return _cached(places.forms())


__all__ = ["Field", "Form", "FormError", "Forms", "Section", "load_forms", "read_form", "read_forms"]
