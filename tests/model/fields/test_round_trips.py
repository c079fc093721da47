"""Every field type, for every value it can hold: what is shown, written or sent is read back as it was."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.codes import organisation_check_character, uscc_check_character
from desktop.model.fields import NoNames
from desktop.model.fields.base import FieldType, Value
from desktop.model.forms import Field, load_forms
from desktop.model.plan import load_plan

TODAY = datetime.date(2026, 11, 24)
SEEN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co", "Cf"])
TEXT = st.text(SEEN, min_size=1, max_size=30)
DAYS = st.dates(datetime.date(1901, 1, 1), datetime.date(2100, 12, 31))


class Known(NoNames):
    """Names of two records with different names."""

    ids: ClassVar[dict[str, str]] = {
        "示例重工有限公司": "11111111-1111-4111-8111-111111111111",
        "样例热力有限公司": "22222222-2222-4222-8222-222222222222",
    }

    def label(self, form: str, record: str) -> str | None:
        return next((name for name, known in self.ids.items() if known == record), None)

    def find(self, form: str, text: str) -> list[str]:
        return [self.ids[text]] if text in self.ids else []


NAMES = Known(TODAY)


@st.composite
def uscc(draw: st.DrawFn) -> str:
    body = draw(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
    head = "91379901" + body + organisation_check_character(body)
    return head + uscc_check_character(head)


def array(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(parts, min_size=1, max_size=4, unique=True)
    return lists.map(lambda found: json.dumps(found, ensure_ascii=False, separators=(",", ":")))


def values(kind: FieldType) -> st.SearchStrategy[Value]:
    """Stored values a field of this kind can hold."""
    several = getattr(kind, "several", False)
    match kind.name:
        case "text" | "long_text":
            return TEXT.map(lambda text: text[: kind.max].strip()).filter(bool)  # type: ignore[attr-defined]
        case "whole":
            top = int(kind.max) if kind.max is not None else 10**12  # type: ignore[attr-defined]
            return st.integers(max(0, int(kind.min)), top)  # type: ignore[attr-defined]
        case "quantity":
            top = int(kind.max) if kind.max is not None else 10**9  # type: ignore[attr-defined]
            places = kind.places  # type: ignore[attr-defined]
            numbers = st.decimals(max(0, int(kind.min)), top, places=places)  # type: ignore[attr-defined]
            return numbers.map(lambda number: kind.read(format(number, "f"), NAMES))
        case "money":
            return st.integers(0, 10**13)
        case "date":
            return DAYS.map(datetime.date.isoformat)
        case "month":
            return DAYS.map(lambda day: day.isoformat()[:7])
        case "period":
            kinds = kind.kinds or ("month", "year")  # type: ignore[attr-defined]
            return DAYS.map(lambda day: day.isoformat()[: 4 if kinds == ("year",) else 7])
        case "choice":
            return st.sampled_from([code for code, _ in kind.choices(NAMES)])
        case "choices":
            codes = [code for code, _ in kind.choices(NAMES)]
            return st.lists(st.sampled_from(codes), min_size=1).map(lambda found: kind.from_json(found))
        case "yes_no":
            return st.sampled_from([0, 1])
        case "reference":
            ids = st.sampled_from(sorted(Known.ids.values()))
            return array(ids) if several else ids
        case "plan_item":
            return st.sampled_from([item.key for item in load_plan().items])
        case "unit":
            names = TEXT.filter(lambda text: not set(text) & set("、，,；;")).map(str.strip).filter(bool)
            return array(names) if several else names
        case "uscc":
            return uscc()
        case "project_code":
            return st.integers(0, 999999).map(lambda number: f"2603-370102-07-02-{number:06d}")
        case _:
            files = st.lists(st.tuples(st.just("a" * 64), TEXT, st.integers(0, 10**6)), min_size=1, max_size=2)
            return files.map(lambda found: json.dumps(found, ensure_ascii=False, separators=(",", ":")))


FIELDS: list[Field] = [each for form in load_forms().values() for each in form.fields]
BY_KIND = {each.type.name: each for each in FIELDS}


@given(st.data())
def test_what_is_shown_is_read_back(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(FIELDS), label="field")
    if each.type.name == "file":
        return  # files are added, never typed
    value = data.draw(values(each.type), label="value")
    assert each.type.read(each.type.show(value, NAMES), NAMES) == value


@given(st.data())
def test_what_is_sent_as_json_is_read_back(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(FIELDS), label="field")
    value = data.draw(values(each.type), label="value")
    sent = json.loads(json.dumps(each.type.to_json(value)), parse_float=Decimal)
    assert each.type.from_json(sent) == value


@given(st.data())
def test_what_is_written_to_a_cell_is_read_back(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(FIELDS), label="field")
    if each.type.name == "file":
        return
    value = data.draw(values(each.type), label="value")
    assert each.type.from_cell(each.type.to_cell(value, NAMES), NAMES) == value


def test_all_seventeen_kinds_are_in_use() -> None:
    from desktop.model.fields import TYPES

    assert set(BY_KIND) == set(TYPES) and len(TYPES) == 17


def test_empty_is_empty_in_every_way() -> None:
    for each in FIELDS:
        assert each.type.read("　 ", NAMES) is None
        assert each.type.show(None, NAMES) == "" == each.type.printed(None, NAMES)
        assert each.type.to_json(None) is None and each.type.from_json(None) is None
        assert each.type.to_cell(None, NAMES) is None and each.type.from_cell(None, NAMES) is None
