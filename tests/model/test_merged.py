"""Where references to merged records lead: the same everywhere, whatever the order in which merges arrive."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.merge import merge
from desktop.model.merged import link_of, merged_away, roots
from desktop.model.registers import MERGED, Record, Stamp, write

IDS = ["a", "b", "c", "d", "e"]
LINKS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS))


def test_a_chain_leads_to_its_end_and_a_circle_to_its_smallest() -> None:
    assert roots({"a": "b", "b": "c"}, IDS) == {"a": "c", "b": "c"}
    assert roots({"c": "b", "b": "c"}, IDS) == {"c": "b"}
    assert roots({"d": "c", "c": "b", "b": "c"}, IDS) == {"d": "b", "c": "b"}
    assert roots({"a": "z"}, IDS) == {}, "what has not arrived stands for nothing"
    assert roots({"a": "a"}, IDS) == {}


@given(LINKS, st.sets(st.sampled_from(IDS), min_size=1))
def test_every_link_ends_at_a_record_that_stands(links: dict[str, str], here: set[str]) -> None:
    found = roots(links, here)
    for record, root in found.items():
        assert root not in found and record in links and root in here
    for record, target in links.items():
        if target in here:
            assert found.get(record, record) == found.get(target, target), "a record and where it went are one"
        else:
            assert record not in found
    assert roots(dict(reversed(list(links.items()))), here) == found, "the order of links does not matter"


EDITS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(IDS), st.one_of(st.none(), st.sampled_from(IDS))), max_size=8
)


@given(EDITS, st.permutations(IDS))
def test_two_sites_that_merge_records_converge(edits: list[tuple[int, str, str | None]], order: list[str]) -> None:
    """Each site merges and sets apart as it likes; after an exchange, in any order, both resolve alike."""
    start = {each: write(Record(each, "enterprise"), {"name": each}, Stamp("set-up", 1)) for each in IDS}
    sites = [dict(start), dict(start)]
    counters = [0, 0]
    for site, record, target in edits:
        counters[site] += 1
        stamp = Stamp(f"site-{site}", counters[site])
        sites[site][record] = write(sites[site][record], {MERGED: target}, stamp)
    left, right = dict(sites[0]), dict(sites[1])
    for each in order:
        left[each] = merge(left[each], sites[1][each])
    for each in reversed(order):
        right[each] = merge(right[each], sites[0][each])
    assert left == right
    links = [{each: link for each, held in side.items() if (link := link_of(held))} for side in (left, right)]
    assert roots(links[0], set(IDS)) == roots(links[1], set(IDS))
    assert merged_away(left.values()) == set(roots(links[0], set(IDS)))
