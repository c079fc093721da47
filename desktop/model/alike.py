"""What two records of one form have in common that makes them look like one entered twice.

Findings are reasons in words; none is proof, so nothing here refuses or merges: a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.model.fields.base import Value
from desktop.model.near_names import near, same_place, signatures, worn

Values = Mapping[str, Value]
CLOSE = 10  # total investments within this many percent of the larger are alike


@dataclass(frozen=True)
class Alike:
    """`reasons` in the order of their weight; `strong` when a code or number says so, not only words."""

    reasons: tuple[str, ...]
    strong: bool = False

    def __bool__(self) -> bool:
        return bool(self.reasons)


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "").strip()


def _equal(left: Values, right: Values, name: str) -> bool:
    return bool(_text(left, name)) and _text(left, name) == _text(right, name)


def _named(left: Values, right: Values, district: str) -> str:
    why = near(_text(left, "name"), _text(right, "name"), district)
    return why if why in ("", "名称相同") else f"名称相近（{why}）"


def enterprises(left: Values, right: Values, district: str = "") -> Alike:
    """Same code, or near names: two different codes say that near names are two enterprises."""
    if _equal(left, right, "uscc"):
        return Alike(("统一社会信用代码相同",), True)
    named = _named(left, right, district)
    if not named or (_text(left, "uscc") and _text(right, "uscc")):
        return Alike(())
    more = [
        words
        for name, words in (("legal_person", "法定代表人相同"), ("phone", "电话相同"))
        if _equal(left, right, name)
    ]
    return Alike((named, *more))


def projects(left: Values, right: Values, district: str = "") -> Alike:
    """Same project code; same enterprise and name; same enterprise, near name and like investment."""
    reasons: list[str] = []
    strong = _equal(left, right, "project_code")
    if strong:
        reasons.append("投资项目统一代码相同")
    if _equal(left, right, "enterprise"):
        named, close = _named(left, right, district), _close(left, right)
        if named == "名称相同" or (named and close):
            reasons += ["项目单位相同", named, *(["总投资相近"] if close else [])]
    return Alike(tuple(reasons), strong)


def _close(left: Values, right: Values) -> bool:
    one, other = left.get("total_investment"), right.get("total_investment")
    if not isinstance(one, int) or not isinstance(other, int) or max(one, other) <= 0:
        return False
    return abs(one - other) * 100 <= max(one, other) * CLOSE


def sites(left: Values, right: Values, district: str = "") -> Alike:
    """Same filing number; same operator and near name; same address and kind."""
    reasons: list[str] = []
    strong = _equal(left, right, "filing_no")
    if strong:
        reasons.append("备案号相同")
    named = _named(left, right, district)
    owner = _equal(left, right, "operator")
    place = same_place(_text(left, "address"), _text(right, "address"), district)
    if named and owner:
        reasons += ["经营主体相同", named]
    if place and (_equal(left, right, "kind") or named):
        reasons += ["地址相同", *([named] if named and not owner else [])]
    return Alike(tuple(reasons), strong)


RULES = {"enterprise": enterprises, "project": projects, "site": sites}
CODES = {"enterprise": "uscc", "project": "project_code", "site": "filing_no"}


def handles(form: str, values: Values, district: str = "") -> set[str]:
    """Texts of which two alike records share at least one, so that thousands are compared in one pass."""
    found = {f"name:{each}" for each in signatures(_text(values, "name"), district)}
    if code := _text(values, CODES[form]):
        found.add(f"code:{code}")
    if form == "site" and (address := _text(values, "address")):
        found.add(f"place:{worn(address, district)[5]}")
    return found


def alike(form: str, left: Values, right: Values, district: str = "") -> Alike:
    """Why two records of a form look like one. Empty for a form that has no rule."""
    rule = RULES.get(form)
    return rule(left, right, district) if rule else Alike(())
