"""What must hold at every office after every step of a history (design §3)."""

from __future__ import annotations

from hypothesis.stateful import invariant

from desktop.model.merged import link_of, roots
from desktop.model.registers import DELETED, Life, Record, Stamp, life, shown
from tests.model.exchange.offices import MONTH, PARENT, Site


def parent(records: dict[str, Record]) -> str | None:
    """The record that the month's reference leads to."""
    named = shown(records[MONTH].fields.get(PARENT, frozenset())) if MONTH in records else None
    links = {record.id: link for record in records.values() if (link := link_of(record))}
    return roots(links, records).get(str(named), str(named)) if named else None


class Laws:
    sites: list[Site]
    seen_by: dict[tuple[str, str, Stamp], set[Stamp]]  # what a change replaced, by (record, field, stamp)
    made: dict[tuple[str, str], set[Stamp]]
    deleted_by: dict[tuple[str, Stamp], Record]  # what the author of a delete had before the eyes

    @invariant()
    def nothing_vanishes(self) -> None:
        """A change that a site has seen is current there, or one that had seen it is."""
        for site in getattr(self, "sites", []):
            for (record, name), stamps in self.made.items():
                held = site.records.get(record)
                if held is None:
                    continue
                current = {said.stamp for said in held.fields.get(name, frozenset())}
                for stamp in stamps:
                    if held.covers(stamp):
                        assert stamp in current or self._replaced(record, name, stamp, current)

    @invariant()
    def what_was_overwritten_stays_so(self) -> None:
        for site in getattr(self, "sites", []):
            for record in site.records.values():
                for name, register in record.fields.items():
                    current = {said.stamp for said in register}
                    for stamp in self.made.get((record.id, name), set()):
                        if record.covers(stamp):
                            assert not current & self.seen_by[record.id, name, stamp]

    @invariant()
    def a_delete_covers_what_its_author_had_seen(self) -> None:
        for site in getattr(self, "sites", []):
            for record in site.records.values():
                marks = record.fields.get(DELETED, frozenset())
                authors = [self.deleted_by[record.id, said.stamp] for said in marks if said.value is not None]
                if not authors:
                    assert life(record) == Life.ALIVE
                    continue
                living = [said for name, register in record.fields.items() for said in register if name != DELETED]
                living += [said for said in marks if said.value is None]
                unseen = [said for said in living if not any(author.covers(said.stamp) for author in authors)]
                assert life(record) == (Life.CONFLICT if unseen else Life.DELETED)

    @invariant()
    def a_reference_leads_to_a_record_that_is_here_or_waits_for_its_own(self) -> None:
        for site in getattr(self, "sites", []):
            named = shown(site.get(MONTH).fields.get(PARENT, frozenset()))
            found = parent(site.records)
            if named in site.records:
                assert found in site.records, "made one with a record that has not come: it still stands for itself"
            else:
                assert found == named, "not received yet: the reference keeps what it names"

    def _replaced(self, record: str, name: str, stamp: Stamp, current: set[Stamp]) -> bool:
        waiting, known = list(current), set(current)
        while waiting:
            seen = self.seen_by.get((record, name, waiting.pop()), set())
            if stamp in seen:
                return True
            waiting += seen - known
            known |= seen
        return False
