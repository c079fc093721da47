"""Records that a person made one: `merged_into` says where one went, and references resolve when they are read.

The link is an ordinary replicated register (design §3), so it travels, can be in conflict and is undone like any edit.
Two people may merge the same records the opposite way round: then the links run in a circle, and the smallest id of
the circle stands for all of it, everywhere the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from desktop.model.registers import MERGED, Record, shown


def link_of(record: Record) -> str | None:
    """Where a record went, as its register shows it without a typed column: None when nowhere."""
    value = shown(record.fields.get(MERGED, frozenset()))
    return str(value) if value else None


def merged_away(records: Iterable[Record]) -> set[str]:
    """Those of some records that another of them stands for."""
    forms: dict[str, list[Record]] = {}
    for record in records:
        forms.setdefault(record.form, []).append(record)
    gone: set[str] = set()
    for members in forms.values():
        links = {each.id: link for each in members if (link := link_of(each))}
        if links:
            gone |= set(roots(links, {each.id for each in members}))
    return gone


def roots(links: Mapping[str, str], here: Container[str]) -> dict[str, str]:
    """For each merged record the one that stands for it; a record that stands for itself is left out.

    `links` maps records to where they went, `here` are the records of the form that have been received: a link to one
    that has not arrived yet leads nowhere, so the record still stands for itself.
    """
    live = {record: target for record, target in links.items() if target in here and target != record}
    found: dict[str, str] = {}
    for record in live:
        path: list[str] = []
        place = record
        while place in live and place not in path and place not in found:
            path.append(place)
            place = live[place]
        if place in path:
            circle = path[path.index(place) :]
            end = min(circle)
        else:
            end = found.get(place, place)
        for each in path:
            found[each] = end
    return {record: root for record, root in found.items() if record != root}
