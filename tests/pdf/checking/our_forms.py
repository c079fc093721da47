"""What `prepare` would freeze of each printed form, signed and checked as a district and the city do."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from desktop.actions import checking, printing, submissions
from desktop.actions.desk import Desk
from desktop.excel.submission import submission_workbook
from desktop.model.canonical import canonical, digest
from desktop.model.forms import load_forms
from desktop.model.printed import load_printed
from desktop.pdf.signing.sign import sign

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
FORMS = tuple(load_printed())
ISSUANCE = {
    "reviewer": "赵示例", "reviewed": "2026-11-24T09:10:00+08:00", "issuer": "孙示例",
    "document_number": "示例〔2026〕1号", "issued": "2026-11-24T09:20:00+08:00",
}  # fmt: skip


def frozen(desk: Desk, name: str) -> dict[str, Any]:
    """What `prepare` would freeze, for a record or unit where the form is about one."""
    form = load_printed()[name]
    record = None
    if form.about in desk.forms:
        record = desk.store.records.ids(form.about)[0][0]
    unit = next(iter(desk.names.units())) if form.for_unit else ""
    found = printing.content(desk, name, record=record, period="2026-11", unit=unit)
    envelope = {"sequence": 1, "log_head": "00", "prepared_by": "李示例", "prepared": "2026-11-24T09:00:00+08:00"}
    data: dict[str, Any] = json.loads(canonical({**found, **envelope}))
    return data


def signed_form(data: dict[str, Any], key: Any) -> bytes:
    issuance = {**ISSUANCE, "data_digest": digest(canonical(data))}
    pdf, box = submissions.unsigned_pdf(data, issuance, submission_workbook(data, load_forms()))
    return sign(pdf, key, box, now=NOW)


def check_form(city: Any, pdf: bytes, **more: Any) -> Any:
    return city.check(pdf, **{"derive": checking.derive, "compare_workbook": checking.compare, **more})
