"""Twelve invented districts: their month's data as their desks would freeze it, signed by practice certificates."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop.actions import authority, submissions
from desktop.excel.submission import submission_workbook
from desktop.model.canonical import canonical, digest, read_canonical
from desktop.model.fields.base import Value
from desktop.model.forms import load_forms
from desktop.model.plan import Plan, load_plan
from desktop.model.printed import gather, load_printed
from desktop.model.registers import record_id
from desktop.pdf.signing.keys import SigningKey, key_of_p12
from desktop.pdf.signing.sign import sign
from desktop.pdf.version import renderer_version

SECRET = "证书口令一二三"
NUMERALS = "一二三四五六七八九十"
CITY = "379900"
TASKS = ("task-1", "task-2", "task-3", "task-42")
STAGES = ("planned", "building", "completed", "operating")


def code(number: int) -> str:
    return f"3799{number:02d}"


def name(number: int) -> str:
    return f"示例{NUMERALS[number - 1] if number <= 10 else '十' + NUMERALS[number - 11]}区"


def small_plan() -> Plan:
    whole = load_plan()
    return dataclasses.replace(whole, goals=(), tasks=tuple(each for each in whole.tasks if each.key in TASKS))


@dataclass
class District:
    """District `number` (1 to 12) as a source of printed forms. `extra` 分 are added to its first project."""

    number: int
    extra: int = 0
    held: dict[str, list[tuple[str, dict[str, Value]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = self.number
        firm = self._put("enterprise", f"firm-{n}", {"name": f"示例重工{n}号有限公司"})
        for place in range(1 + n % 3):
            money = (n * 1_000_000 + place) * 100 + (self.extra if place == 0 else 0)
            self._put("project", f"project-{n}-{place}", {
                "name": f"示例项目{n}-{place}", "enterprise": firm, "kind": "renewal", "sector": "industry",
                "stage": STAGES[(n + place) % 4], "total_investment": money, "equipment_investment": money - 100,
                "equipment_paid": 7 * n, "start": "2026-01", "finish": "2026-12",
            })  # fmt: skip
        kinds = [("fixed", "open", 1, 0), ("mobile", "preparing", 1, 0), ("fixed", "open", 0, 0)]
        kinds += [("centre", "open", 0, 1)] if n % 2 else [("mobile", "open", 1, 0)]
        for place, (kind, state, modern, intelligent) in enumerate(kinds):
            self._put("site", f"site-{n}-{place}", {
                "name": f"示例网点{n}-{place}", "kind": kind, "operator": firm, "address": "示例路1号", "state": state,
                "modern": modern, "intelligent": intelligent,
            })  # fmt: skip
        self._measure("recycling-sites", f"{n}.5", name(n))
        self._measure("used-cars-growth", "9.9", name(n))
        self._progress("task-1", "done")
        self._progress("task-2", "late" if n == 4 else "going")
        if n % 2:
            self._progress("task-3", "done")
        self._put("problem", f"problem-{n}", {
            "title": "示例问题", "level": "city", "state": "open", "found": "2026-11-02", "description": "示例说明",
        })  # fmt: skip

    def _put(self, form: str, word: str, values: dict[str, Value]) -> str:
        identity = record_id(code(self.number), form, [word])
        self.held.setdefault(form, []).append((identity, values))
        return identity

    def _measure(self, series: str, value: str, unit: str) -> None:
        plan = next(each for each in load_plan().indicators if each.series == series)
        own = record_id(code(self.number), "indicator", [series])
        indicator: dict[str, Value] = {
            "name": plan.name, "kind": plan.kind, "unit": plan.unit, "frequency": plan.frequency,
        }  # fmt: skip
        self.held.setdefault("indicator", []).append((own, indicator))
        self._put("measure", f"measure-{series}", {"indicator": own, "period": "2026-11", "unit": unit, "value": value})

    def city_figure(self, series: str, value: str) -> District:
        """A figure of the whole city that the district keeps beside its own."""
        self._measure(series, value, "济南市")
        return self

    def _progress(self, item: str, state: str) -> None:
        self._put("progress", item, {
            "item": item, "unit": f"{name(self.number)}商务局", "kind": "own", "period": "2026-11", "state": state,
            "done": "示例进展",
        })  # fmt: skip

    @property
    def office(self) -> str:
        return f"{name(self.number)}发展和改革局"

    @property
    def district_name(self) -> str:
        return name(self.number)

    @property
    def district_code(self) -> str:
        return code(self.number)

    @property
    def names(self) -> District:
        return self

    @cached_property
    def plan(self) -> Plan:
        return small_plan()

    @property
    def district(self) -> str:
        return code(self.number)

    @property
    def today(self) -> datetime.date:
        return datetime.date(2026, 12, 1)

    def units(self) -> list[str]:
        return []

    def find(self, form: str, text: str) -> list[str]:
        return []

    def label(self, form: str, record: str) -> str | None:
        value = (self.record(form, record) or {}).get("name")
        return str(value) if value else None

    def records(self, form: str) -> list[tuple[str, dict[str, Value]]]:
        return self.held.get(form, [])

    def record(self, form: str, record: str) -> dict[str, Value] | None:
        return dict(self.records(form)).get(record)

    def frozen(self, form: str = "monthly-report", sequence: int = 1, previous: str | None = None) -> bytes:
        data = {
            **gather(load_printed()[form], self, period="2026-11"), "practice": 1, "renderer": renderer_version(),
            "sequence": sequence, "previous": previous, "log_head": "00", "prepared_by": "李示例",
            "prepared": "2026-12-01T09:00:00+08:00",
        }  # fmt: skip
        return canonical(data)


def signed(frozen: bytes, key: SigningKey) -> bytes:
    """The file of issued data, as `submit` makes it."""
    data = read_canonical(frozen)
    issuance: dict[str, Any] = {
        "data_digest": digest(frozen), "reviewer": "赵示例", "reviewed": "2026-12-01T10:00:00+08:00",
        "issuer": "孙示例", "issued": "2026-12-01T11:00:00+08:00",
    }  # fmt: skip
    pdf, box = submissions.unsigned_pdf(data, issuance, submission_workbook(data, load_forms()))
    return sign(pdf, key, box, now=datetime.datetime.fromisoformat("2026-12-01T11:30:00+08:00"))


def certificate(folder: Path, number: int, use: str = "submit") -> Path:
    out = folder / f"{use}-{number}.p12"
    authority.issue(
        folder, out, district=code(number), name=f"示例{number}号", office=f"{name(number)}发展和改革局",
        password=SECRET, use=use, zone=name(number),
    )  # fmt: skip
    return out


def open_key(path: Path) -> SigningKey:
    return key_of_p12(path.read_bytes(), SECRET)
