"""What a batch's filing asks of its projects: from then on their funds add up to the total, or typing is blocked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from desktop.actions.desk import Desk
from desktop.model.checks import check_values
from desktop.model.conditions import read_conditions
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.findings import Finding

FUNDS = "funds"  # the project form's check that the funds add up


def listed(values: Mapping[str, Value]) -> list[str]:
    """The projects of a batch's stored values, in their rank."""
    return list(json.loads(str(values.get("projects") or "[]")))


def filed_projects(desk: Desk) -> dict[str, str]:
    """{project: name of the batch it was filed in}."""
    ids, _ = desk.store.records.ids("batch")
    found: dict[str, str] = {}
    for values in desk.store.records.values("batch", ids).values():
        if values.get("filed_on"):
            found.update(dict.fromkeys(listed(values), str(values.get("name") or "")))
    return found


def raised(findings: list[Finding], batch: str | None) -> list[Finding]:
    """A filed project's findings: funds that do not add up block now, and the sentence says why."""
    if batch is None:
        return findings
    return [
        replace(each, level="block", message=f"{each.message}（已在“{batch}”申报，必须相等）")
        if each.check == FUNDS
        else each
        for each in findings
    ]


def filing_faults(desk: Desk, values: Mapping[str, Value]) -> list[Finding]:
    """What keeps a batch from being saved as it is: a line of its checks that cannot be read; when it is filed,
    no projects, or projects that a check blocks or whose funds do not add up."""
    form = desk.form("project")
    try:
        read_conditions(str(values["checks"]) if values.get("checks") else "", form, desk.names)
    except Refused as refused:
        return [Finding("block", str(refused), "checks")]
    if not values.get("filed_on"):
        return []
    wanted = listed(values)
    if not wanted:
        return [Finding("block", "批次里还没有项目，不能申报", "projects")]
    held = desk.store.records.values("project", wanted)
    faults = []
    for project in wanted:
        label = desk.names.label("project", project) or f"未收到〔{project[:8]}〕"
        if project not in held:
            faults.append(Finding("block", f"“{label}”还没有收到，不能申报", "projects"))
            continue
        found = raised(check_values(form, held[project], desk.names, lambda _: []), str(values.get("name") or ""))
        faults += [Finding("block", f"“{label}”：{each.message}", "projects") for each in found if each.blocks]
        if not any(held[project].get(name) is not None for name in funds_of(desk)):
            faults.append(Finding("block", f"“{label}”没有填资金来源，不能申报", "projects"))
    return faults


def funds_of(desk: Desk) -> tuple[str, ...]:
    """The fields of a project that name funds by source."""
    return next(check.fields for check in desk.form("project").checks if check.name == FUNDS)
