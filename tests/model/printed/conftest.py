"""The invented office with its records, and printing the whole way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.model.canonical import canonical, digest, read_canonical
from desktop.model.fields.base import Value
from desktop.model.page import Document
from desktop.model.printed import document, gather, load_printed
from tests.model.printed.office import WAN, Office, Print, project


@pytest.fixture
def office() -> Office:
    """Two works, three projects in two sectors, one task led by 区商务局 and reported by two units."""
    office = Office()
    heavy = office.add("enterprise", name="示例重工有限公司", uscc="91370102MA0000000A")
    rare = office.add("enterprise", name="㛃䶮𫖯示例有限公司")
    first = project(office, "甲项目", "industry", 4800 * WAN, enterprise=heavy, equipment_paid=1200 * WAN,
                    authority="区工业和信息化局", fund_bond=600 * WAN, fund_own=4200 * WAN)  # fmt: skip
    project(office, "乙项目", "health", 1000 * WAN + 1, enterprise=rare, authority="区商务局")
    project(office, "丙项目", "industry", 200 * WAN, enterprise=heavy, authority="区商务局")
    project(office, "已退出项目", "industry", 900 * WAN, enterprise=heavy, exit_on="2026-10-31")
    rows = [("old", "旧机床", 7 * WAN), ("new", "新机床", 300 * WAN), ("new", "机器人", 30 * WAN)]
    for side, name, price in rows:
        held: dict[str, Value] = {"project": first, "side": side, "name": name, "quantity": 1}
        office.add("equipment", **held, **({"price": price} if price else {}))
    units = json.dumps(["区商务局"], ensure_ascii=False)
    office.add("assignment", item="task-42", applicable="yes", lead=units)
    office.add("assignment", item="task-1", applicable="no", why_not="本区没有这类企业")
    for unit, state in [("区商务局", "done"), ("区供销社", "late")]:
        office.add("progress", item="task-42", unit=unit, kind="own", period="2026-11", state=state,
                   done=f"{unit}做了。", problem="缺地" if state == "late" else None)  # fmt: skip
    return office


@pytest.fixture
def pages(office: Office) -> Print:
    """Print a form the whole way: gathered, through canonical bytes, to the document."""

    def made(name: str, issuance: dict[str, Any] | None = None, **asked: Any) -> Document:
        data = {**gather(load_printed()[name], office, period="2026-11", **asked), "practice": 1, "renderer": "ab" * 32}
        frozen = canonical(data)
        return document(
            read_canonical(frozen), draft=issuance is None, issuance=issuance, practice=True, digest=digest(frozen)
        )

    return made
