"""Two hundred of our own files, of all forms with invented data, are valid."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from desktop.actions.desk import Desk
from desktop.model.canonical import canonical
from desktop.model.fields import Money, Quantity, Text
from desktop.model.forms import load_forms
from tests.pdf.checking.our_forms import FORMS, check_form, frozen, signed_form

COPIES = 14  # of each of the fifteen forms: 210 files
RARE = "㛃䶮𫖯𬭎"


def vary(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """Other texts, amounts and numbers of rows in the same form: long, short, rare, empty."""
    chance = random.Random(seed)
    forms = load_forms()
    changed: dict[str, Any] = json.loads(canonical(data))
    for name, rows in changed.get("records", {}).items():
        for row in rows:
            for field in list(row):
                if field == "id":
                    continue
                kind = forms[name].field(field).type
                if isinstance(kind, Money):
                    row[field] = chance.choice([0, 1, 99, 100, chance.randrange(10**6), chance.randrange(10**11)])
                elif isinstance(kind, Quantity):
                    row[field] = chance.choice(["0", "0.5", str(chance.randrange(10**9)), f"{chance.random():.6f}"])
                elif isinstance(kind, Text) and chance.random() < 0.6:
                    row[field] = text(chance, kind.max or 60)
    return changed


def text(chance: random.Random, longest: int) -> str:
    pool = "示例区重工业改造设备（一）更新《》“”，。；：、 A1b2%-/" + RARE
    length = chance.choice([1, 2, 7, 20, longest])
    return "".join(chance.choice(pool) for _ in range(min(length, longest))).strip() or "示"


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_two_hundred_of_our_own_are_valid(name: str, district: Desk, city: Any) -> None:
    key = city.issue(district=district.district)
    start = frozen(district, name)
    for seed in range(COPIES):
        verdict = check_form(city, signed_form(vary(start, seed), key))
        assert (verdict.verdict, verdict.pages) == ("valid", "equal"), (seed, verdict.reasons)
