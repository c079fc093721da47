"""What stands in the way of a submission, and what a reviewer should look at. Nothing is ever left out."""

from __future__ import annotations

from typing import Any

from desktop.actions.desk import Desk
from desktop.actions.ready.doubles import of_doubles
from desktop.actions.ready.due import of_answers, of_due
from desktop.actions.ready.inside import Inside
from desktop.actions.ready.records import of_records
from desktop.actions.ready.rules import of_rules
from desktop.actions.ready.sums import of_sums
from desktop.actions.ready.trend import of_trend

CHECKS = (of_records, of_doubles, of_rules, of_sums, of_trend, of_due, of_answers)


def readiness(desk: Desk, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Findings of frozen data: `{level: block|warn, kind, form, record, field, message}`, blocking ones first.

    `kind`: conflict, record, reference, double, rule, totals, derived, equipment, months, trend, due, unanswered.
    """
    inside = Inside(desk, data)
    found = [each.as_json() for check in CHECKS for each in check(inside)]
    return sorted(found, key=lambda each: each["level"] != "block")
