"""Claims (补贴申报): made from records with their arithmetic, moved from draft to paid, compared and added up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.actions.claim_words import explanation, money_words
from desktop.actions.desk import Desk, needs
from desktop.actions.entry import text_of
from desktop.actions.policies import compute, rules_in_force
from desktop.actions.policy_cases import Cases, enterprise_of
from desktop.actions.policy_use import NOT_COUNTED, ids_in
from desktop.actions.records import Saved, Values, save_values
from desktop.model.errors import Refused
from desktop.model.fields.base import Value
from desktop.model.periods import Period
from desktop.model.policies import Result, Rule
from desktop.model.policies.gathering import Case, counted, gather

MONEY = ("computed", "claimed", "approved_amount", "paid_amount")
# From each state where a claim may go; what was refused or withdrawn begins again as a draft.
WAYS = {
    "draft": ("accepted", "withdrawn"),
    "accepted": ("reviewing", "refused", "withdrawn"),
    "reviewing": ("public", "refused", "withdrawn"),
    "public": ("approved", "reviewing", "refused", "withdrawn"),
    "approved": ("paid", "withdrawn"),
    "paid": (),
    "refused": ("draft",),
    "withdrawn": ("draft",),
}
BEGINS = {
    "applicant": "", "claimed": "computed", "public_from": "", "public_to": "", "approved_amount": "claimed",
    "objection": "", "paid_amount": "approved_amount", "paid_on": "", "pay_doc": "",
}  # fmt: skip
PUBLIC_BODIES = ("public", "government")


@dataclass(frozen=True)
class Drafted:
    """A new claim; `warnings` say which record is already claimed, and what the arithmetic left open."""

    claim: str
    result: Result
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """`ways` are the states it may go to; `texts` what their fields begin with: held, else the step before's amount.

    `compared` is the claimed amount against the computed one in words, `twice` the records claimed elsewhere too.
    """

    state: str
    ways: tuple[str, ...]
    texts: dict[str, str]
    compared: str
    twice: tuple[str, ...]


@dataclass(frozen=True)
class Total:
    """One line of the totals, money in 元; refused and withdrawn claims are counted in `closed` only."""

    key: str
    label: str
    count: int
    closed: int
    computed: Decimal
    claimed: Decimal
    approved_amount: Decimal
    paid_amount: Decimal


@needs("enter")
def draft_from(
    desk: Desk, policy: int | str, record: str = "", period: str = "", *, facts: Mapping[str, object] | None = None,
    on: date | None = None, why: str = "",
) -> Drafted:  # fmt: skip
    """A draft claim under a policy for a record and a period (a key such as 2026), with the amount and its arithmetic.

    `facts` are those on screen; without them they are gathered from the record. `record` may be "" for townships and
    batches of persons. Raises Refused when the policy gives nothing, naming what is missing or not met.
    """
    day = on or desk.names.today
    span = Period.parse(period).key if period else Period.of(day, "year").key
    rules = rules_in_force(desk, day)
    rule = rules.find(policy)
    form = str(desk.store.records.form_of(record) or "") if record else ""
    case = Cases(desk, rules, day, span).case(form, record) if record else None
    planned = False
    if facts is None:
        if case is None:
            raise Refused("没有指定记录，也没有填测算内容，请先选一条记录或填写内容")
        found = gather(rule, case)
        if found.missing:
            said = "；".join(each.text for each in found.missing)
            raise Refused(f"政策第 {rule.number} 条还不能测算，{said}。请补上后再申报")
        facts, planned = found.facts, found.planned
    result = compute(desk, rule.name, facts, day, form=form, record=record, period=span, planned=planned)
    if rule.figures and not result.amount and not result.up_to:
        raise Refused(f"{rule.title}没有可申报的金额：{'；'.join(result.reasons)}")
    values = {
        **_whose(desk, rule, case), "policy": policy_record(desk, rule), "period": span, "state": "draft",
        "computed": int(result.amount.scaleb(2)) if result.amount is not None else None,
        "explanation": explanation(result),
    }  # fmt: skip
    warnings = (*_twice(desk, values, ""), *result.cautions)
    saved = save_values(desk, desk.form("claim"), [(None, {k: v for k, v in values.items() if v is not None})], why)
    return Drafted(saved.ids[0], result, warnings)


def policy_record(desk: Desk, rule: Rule) -> str:
    """Id of the office's record of a rule's policy."""
    ids, _ = desk.store.records.ids("policy", where={"rule": rule.name})
    if not ids:
        raise Refused(f"政策清单里没有测算规则为“{rule.name}”的政策，请先在政策清单登记这条政策")
    return ids[0]


def _whose(desk: Desk, rule: Rule, case: Case | None) -> Values:
    if case is None:
        kind = "township" if any(word in rule.payee for word in ("乡镇", "街道")) else "persons"
        return {"applicant_kind": kind}
    owner = enterprise_of(case)
    rows = {name: [str(row["id"]) for row in found] for name, found in counted(rule, case).items()}
    public = (case.enterprise or {}).get("kind") in PUBLIC_BODIES
    return {
        "applicant_kind": "unit" if public else "enterprise",
        "applicant": desk.names.label("enterprise", owner) if owner else None,
        "enterprise": owner or None,
        **{name: json.dumps(ids, separators=(",", ":")) if ids else None for name, ids in rows.items()},
    }


def claimed_before(desk: Desk, claim: str) -> list[str]:
    """Which records of this claim stand in another claim too: one sentence each."""
    held = desk.store.records.values("claim", [claim]).get(claim, {})
    return _twice(desk, held, claim)


def claimed_in(desk: Desk, records: list[str]) -> dict[str, list[str]]:
    """For each record the claims that name it, as words: 第 1 条　2026年　草稿."""
    said: dict[str, list[str]] = {}
    for other, values in _claims(desk).items():
        for record in set(_records(values)) & set(records):
            said.setdefault(record, []).append(_words(desk, other, values))
    return said


def _twice(desk: Desk, values: Mapping[str, Value], own: str) -> list[str]:
    records, said = _records(values), []
    for other, held in _claims(desk).items():
        if other == own or held.get("state") in NOT_COUNTED:
            continue
        for record in records:
            if record not in _records(held):
                continue
            form = str(desk.store.records.form_of(record))
            named = f"“{desk.names.label(form, record) or '未收到'}”"
            if held.get("policy") == values.get("policy"):
                said.append(f"{named}已经申报过：{_words(desk, other, held)}，请核对是否重复")
            else:
                said.append(f"{named}已按另一条政策申报：{_words(desk, other, held)}，各项不代表可叠加享受")
    return said


def doubles(desk: Desk) -> dict[str, list[str]]:
    """All claims under one policy that share a record with another: claim id -> sentences."""
    every = _claims(desk)
    found: dict[str, list[str]] = {}
    seen: dict[tuple[str, str], list[str]] = {}
    for claim, values in every.items():
        if values.get("state") not in NOT_COUNTED:
            for record in _records(values):
                seen.setdefault((str(values.get("policy")), record), []).append(claim)
    for (_, record), claims in seen.items():
        for claim in claims if len(claims) > 1 else ():
            form = str(desk.store.records.form_of(record))
            others = "、".join(_words(desk, each, every[each]) for each in claims if each != claim)
            found.setdefault(claim, []).append(f"“{desk.names.label(form, record) or '未收到'}”另在{others}中申报")
    return found


def _claims(desk: Desk) -> dict[str, Values]:
    ids, _ = desk.store.records.ids("claim")
    return desk.store.records.values("claim", ids)


def _records(values: Mapping[str, Value]) -> tuple[str, ...]:
    return ids_in(values.get("projects")) + ids_in(values.get("sites"))


def _words(desk: Desk, claim: str, values: Mapping[str, Value]) -> str:
    form = desk.form("claim")
    shown = [form.field(name).type.printed(values.get(name), desk.names) for name in ("policy", "period", "state")]
    return "　".join(part for part in shown if part)


@needs("enter")
def advance(desk: Desk, claim: str, state: str, values: Mapping[str, Value] | None = None, why: str = "") -> Saved:
    """Move a claim to another state, with the stored `values` that come with it (approved_amount in 分, public_from…).

    Raises Refused for a way that is not open, for what the new state needs, and for a payment over the approved amount.
    """
    form = desk.form("claim")
    held = desk.store.records.values("claim", [claim]).get(claim)
    if held is None or desk.store.records.form_of(claim) != "claim":
        raise Refused(f"没有这份申报：{claim}。请用 list 查到它的 id")
    labels = dict(form.field("state").type.choices(desk.names))
    now = str(held.get("state") or "draft")
    if state not in WAYS.get(now, ()):
        open_to = "、".join(labels[each] for each in WAYS.get(now, ())) or "没有下一步"
        raise Refused(f"申报现在是“{labels.get(now, now)}”，不能改为“{labels.get(state, state)}”。可以改为：{open_to}")
    after: Values = {**held, **(values or {})}
    if state in ("refused", "withdrawn") and not why.strip():
        raise Refused(f"改为“{labels[state]}”要写明原因，请填写后再改")
    _ready(desk, form.title, state, after)
    return save_values(desk, form, [(claim, {**(values or {}), "state": state})], why)


def _ready(desk: Desk, title: str, state: str, after: Values) -> None:
    """What the form's own checks cannot see: the enterprise's code, and the end of the public notice."""
    problems: list[tuple[str, str]] = []
    if state in ("accepted", "reviewing", "public", "approved", "paid") and after.get("applicant_kind") == "enterprise":
        owner = str(after.get("enterprise") or "")
        if not owner:
            problems.append(("enterprise", "没有选企业，请选登记的企业"))
        elif not desk.store.records.values("enterprise", [owner]).get(owner, {}).get("uscc"):
            label = desk.names.label("enterprise", owner) or "未收到"
            problems.append(("enterprise", f"“{label}”没有统一社会信用代码，申报前请在企业中补上"))
    today = desk.names.today.isoformat()
    if state in ("approved", "paid") and after.get("public_to") and str(after["public_to"]) >= today:
        problems.append(("public_to", f"公示到 {after['public_to']} 才结束，结束后再核定"))
    if problems:
        details: list[dict[str, object]] = [
            {"index": 0, "field": field, "value": after.get(field), "message": words} for field, words in problems
        ]
        raise Refused(f"{title}没有保存：{problems[0][1]}", details)


def stands(desk: Desk, claim: str) -> Standing:
    """Where a claim stands, and what the fields of the next states begin with."""
    form = desk.form("claim")
    held = desk.store.records.values("claim", [claim]).get(claim, {})
    state = str(held.get("state") or "draft")
    texts = {}
    for name, before in BEGINS.items():
        value = held.get(name) if held.get(name) is not None else held.get(before)
        texts[name] = text_of(desk, form.field(name), value)
    return Standing(state, WAYS.get(state, ()), texts, compared(held), tuple(claimed_before(desk, claim)))


def totals(desk: Desk, by: str) -> list[Total]:
    """Claims added up by policy, period or applicant, in the order of their labels."""
    if by not in ("policy", "period", "applicant"):
        raise Refused(f"申报可按政策、申报期、申报单位汇总，不能按“{by}”")
    each = desk.form("claim").field(by)
    groups: dict[str, list[Values]] = {}
    for values in _claims(desk).values():
        groups.setdefault(str(values.get(by) or ""), []).append(values)
    made = []
    for key, rows in groups.items():
        live = [row for row in rows if row.get("state") not in NOT_COUNTED]
        sums = {name: Decimal(sum(int(row[name] or 0) for row in live if row.get(name))).scaleb(-2) for name in MONEY}
        label = each.type.printed(key or None, desk.names) or "未填"
        made.append(Total(key, label, len(live), len(rows) - len(live), **sums))
    return sorted(made, key=lambda total: (total.label, total.key))


def compared(values: Mapping[str, Value]) -> str:
    """The claimed amount against the computed one, in words; "" while one of them is empty."""
    computed, claimed = values.get("computed"), values.get("claimed")
    if computed is None or claimed is None:
        return ""
    apart = int(claimed) - int(computed)
    if not apart:
        return "与测算一致"
    return f"比测算{'多' if apart > 0 else '少'} {money_words(abs(apart))}"
