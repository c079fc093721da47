"""Any case of the right shape: exact to the 分, never above a cap, the same as whole-number arithmetic in 分."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.policies import subsidy

ON = date(2024, 8, 1)
CENTS = st.integers(min_value=0, max_value=10**12)
RATES = {"ordinary": 10, "line": 12, "workshop": 15, "factory": 20}


def text(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


@given(st.lists(st.tuples(st.sampled_from(sorted(RATES)), CENTS, CENTS), min_size=1, max_size=6), CENTS, CENTS)
def test_upgrades_agree_with_whole_fen(rows: list[tuple[str, int, int]], used: int, used_too: int) -> None:
    facts = {"projects": [{"kind": k, "equipment": text(e), "software": text(s)} for k, e, s in rows]}
    result = subsidy(1, facts, on=ON, already={"ordinary": text(used), "intelligent": text(used_too)})

    ordinary = [e * 10 // 100 for k, e, _ in rows if k == "ordinary"]
    intelligent = [(e + s) * RATES[k] // 100 for k, e, s in rows if k != "ordinary"]
    expected = min(sum(ordinary), max(10**9 - used, 0)) + min(sum(intelligent), max(2 * 10**9 - used_too, 0))
    assert result.amount is not None
    assert result.to_json()["amount"] == text(expected)
    assert all(cap.used + cap.already <= max(cap.limit, cap.already) for cap in result.caps)


@given(
    st.lists(st.integers(min_value=0, max_value=20000), max_size=30),
    CENTS,
    st.integers(min_value=0, max_value=3 * 10**7),
    st.integers(min_value=0, max_value=3 * 10**7),
)
def test_sites_never_pass_their_caps(areas: list[int], investment: int, mobile: int, sites: int) -> None:
    facts = {
        "operator": {"outlets": 10, "registered": True},
        "fixed": [{"area": text(area), "new": True, "direct": True} for area in areas],
        "mobile": {"communities": 20, "months": 12, "trucks": 5, "investment": text(investment), "compliant": True},
    }
    result = subsidy(22, facts, on=ON, already={"mobile": text(mobile), "sites": text(sites)})
    fixed = sum(min(area * 200, 10**6) for area in areas if area >= 1000)
    moving = min(investment * 20 // 100, max(10**7 - mobile, 0))
    assert result.to_json()["amount"] == text(min(fixed + moving, max(2 * 10**7 - sites, 0)))
    assert sum(1 for area in areas if area < 1000) == sum("不足 10 平方米" in reason for reason in result.reasons)


@given(CENTS, st.integers(min_value=1, max_value=10**6), st.integers(min_value=0, max_value=500))
def test_interest_agrees_with_whole_numbers(principal: int, lpr: int, years: int) -> None:
    """lpr in ten-thousandths of a percent, years in hundredths."""
    facts = {
        "principal": text(principal),
        "lpr": f"{lpr // 10000}.{lpr % 10000:04d}",
        "years": text(years),
        "industrial": True,
        "medium_long": True,
    }
    cents = principal * lpr * 35 * min(years, 300) // (10**6 * 100 * 100)
    assert subsidy(24, facts, on=ON).to_json()["amount"] == text(min(cents, 3 * 10**8))
