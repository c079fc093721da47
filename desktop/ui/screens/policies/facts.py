"""The form of a rule's facts, built from its definition: plain facts in sections, groups, lists like a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal

from desktop.model.errors import Refused
from desktop.model.policies import Result, Rule
from desktop.model.policies.facts import Fact

from ...kit.field import Field as Input
from ...kit.form import FormBody, FormSection
from .rows import FactRows
from .values import make_input, read, show


class FactsForm(FormBody):
    """`facts()` gives what is filled in; `edited` fires after each change. `set_facts` fills it from a record."""

    edited = Signal()

    def __init__(self, rule: Rule) -> None:
        super().__init__(margin=20)
        self.rule = rule
        self.inputs: dict[str, tuple[Fact, Input]] = {}
        self.lists: dict[str, FactRows] = {}
        self.visited: set[str] = set()
        self.unread: dict[str, str] = {}
        plain = [fact for fact in rule.facts if fact.kind not in ("group", "list")]
        needed = [fact for fact in plain if fact.required]
        if plain and needed:
            self._section("测算内容", plain, "", True)
        for fact in rule.facts:
            if fact.kind == "group":
                self._section(fact.label, fact.fields, f"{fact.name}.", fact.required or bool(fact.wanted_with))
            elif fact.kind == "list":
                made = FactRows(fact)
                made.changed.connect(self.edited)
                self.lists[fact.name] = made
                self.add(made)
        if plain and not needed:
            self._section("数量" if all(fact.kind == "count" for fact in plain) else "其他", plain, "", False)

    def _section(self, title: str, facts: Sequence[Fact], path: str, needed: bool) -> None:
        section = FormSection(title, pairs=1)
        for fact in facts:
            name = f"{path}{fact.name}"
            field = make_input(fact, name, required=needed and fact.required and fact.default is None)
            section.add(field)
            self.inputs[name] = (fact, field)
            field.changed.connect(lambda _: self.edited.emit())
            field.left.connect(lambda n=name: self._left(n))
        self.add(section)

    def _left(self, name: str) -> None:
        self.visited.add(name)
        self.edited.emit()

    def first(self) -> Input | FactRows | None:
        """What takes the focus first."""
        rows = next(iter(self.lists.values()), None)
        return next((field for _, field in self.inputs.values()), None) or rows

    def facts(self) -> dict[str, Any]:
        """What is filled in, in the shape `compute` takes; what cannot be read stands in `unread`."""
        found: dict[str, Any] = {}
        self.unread = {}
        for name, (fact, field) in self.inputs.items():
            try:
                value = read(fact, field.value() or field.shown())
            except Refused as refused:
                self.unread[name] = str(refused)
                continue
            if value is not None:
                owner, _, inner = name.partition(".")
                if inner:
                    found.setdefault(owner, {})[inner] = value
                else:
                    found[name] = value
        for name, rows in self.lists.items():
            if rows.rows():
                found[name] = rows.rows()
        return found

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Show these facts; what they do not hold becomes empty."""
        for name, (fact, field) in self.inputs.items():
            owner, _, inner = name.partition(".")
            group = facts.get(owner)
            value = (group or {}).get(inner) if inner else group
            field.set_value(show(fact, value, code=True) or None)
            field.set_error("")
        for name, rows in self.lists.items():
            rows.set_rows(facts.get(name) or [])
        self.visited = set()

    def show_problems(self, details: Sequence[Mapping[str, object]]) -> list[str]:
        """Errors beside the fields that are filled or were left; returns the sentences of what is still missing."""
        said = {str(each["field"]): str(each["message"]) for each in details} | self.unread
        waiting = []
        for name, (_, field) in self.inputs.items():
            words, filled = said.pop(name, ""), bool(field.shown())
            if words and not filled:
                waiting.append(field.label)
            field.set_error(words if filled else "")
        for name, rows in self.lists.items():
            here = {path: words for path, words in said.items() if path.split("[")[0] == name}
            for path in here:
                said.pop(path)
            rows.show_awards({}, [words for path, words in here.items() if "[" in path])
            waiting += [rows.fact.label for path in here if path == name]
        return list(dict.fromkeys(waiting)) + list(said.values())

    def show_result(self, result: Result) -> None:
        """Errors go; each row of a list shows its amount."""
        for _, field in self.inputs.values():
            if field.error_text:
                field.set_error("")
        for name, rows in self.lists.items():
            parts = {part.name for part in self.rule.parts if part.each == name}
            steps = [step for step in result.steps if step.kind == "award" and step.part in parts]
            awards = {step.item: step.amount for step in steps if step.item is not None and step.amount is not None}
            named = [str(row.get("name") or f"{rows.fact.label} {n + 1}") for n, row in enumerate(rows.rows())]
            notes = [words for words in result.reasons if any(words.startswith(f"{each}：") for each in named)]
            rows.show_awards(awards, notes)
