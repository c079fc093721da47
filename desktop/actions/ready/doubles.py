"""Projects and equipment that stand twice: their money would be counted twice."""

from __future__ import annotations

import json
from collections.abc import Iterator

from desktop.actions.ready.inside import Found, Inside, Level


def of_doubles(inside: Inside) -> Iterator[Found]:
    yield from _codes(inside)
    yield from _within(inside)
    yield from _across(inside)


def _codes(inside: Inside) -> Iterator[Found]:
    """One 投资项目统一代码 is one project (GB/T 40058-2021); one 国家重大建设项目库编码 should be."""
    held = inside.values("project")
    levels: tuple[tuple[str, Level], ...] = (("project_code", "block"), ("library_code", "warn"))
    for name, level in levels:
        first: dict[str, str] = {}
        for record, values in held.items():
            code = values.get(name)
            if code is None:
                continue
            other = first.setdefault(str(code), record)
            if other != record:
                field = inside.desk.forms["project"].field(name)
                message = (
                    f"“{inside.label('project', record)}”与“{inside.label('project', other)}”的{field.label}同为"
                    f" {code}，请删去重复的一条，或更正代码"
                )
                yield Found(level, "double", message, "project", record, name)


def _within(inside: Inside) -> Iterator[Found]:
    """The same equipment twice in one project."""
    for project in inside.ids("project"):
        seen: dict[str, str] = {}
        for record, row in inside.where("equipment", project=project).items():
            key = json.dumps([row.get(name) for name in ("side", "name", "model", "year", "power", "price")])
            if seen.setdefault(key, record) != record:
                side = inside.text("equipment", "side", row.get("side"))
                message = f"{inside.label('project', project)}：{side}的“{row.get('name')}”列了两次，请确认没有重复"
                yield Found("warn", "double", message, "equipment", record, "name")


def _across(inside: Inside) -> Iterator[Found]:
    """The same new equipment of one enterprise in two projects: same name, model, number and price."""
    first: dict[str, tuple[str, str]] = {}
    for project, values in inside.values("project").items():
        for record, row in inside.where("equipment", project=project).items():
            if row.get("side") != "new" or row.get("price") is None:
                continue
            names = ("name", "model", "quantity", "price")
            key = json.dumps([values.get("enterprise"), *(row.get(name) for name in names)])
            known = first.setdefault(key, (project, record))
            if known[0] != project:
                message = (
                    f"“{row.get('name')}”在“{inside.label('project', known[0])}”和“{inside.label('project', project)}”"
                    "里型号、数量、金额都相同，请确认没有重复申报"
                )
                yield Found("warn", "double", message, "equipment", record, "name")
