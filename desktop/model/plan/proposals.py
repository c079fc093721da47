"""Which offices of a district work on an item, and the district's own table of units (record form `unit`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.model.plan.text import squeeze


class HasUnits(Protocol):
    @property
    def lead(self) -> tuple[str, ...]: ...
    @property
    def responsible(self) -> tuple[str, ...]: ...


class KnowsUnits(Protocol):
    """What `Offices` needs of the table of units."""

    def unit_names(self) -> tuple[str, ...]: ...
    def canonical(self, city_unit: str) -> str: ...
    def is_city_only(self, unit: str) -> bool: ...
    def district_unit(self, city_unit: str, district_name: str) -> str | None: ...
    def short(self, name: str, district_name: str = "") -> str: ...


@dataclass(frozen=True)
class Proposal:
    """Offices proposed for one item, in published order, each once. `city_only` are those of them never asked."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    city_only: frozenset[str]

    @property
    def asked(self) -> tuple[str, ...]:
        """The offices of the district that report on the item."""
        both = dict.fromkeys((*self.lead, *self.responsible))
        return tuple(unit for unit in both if unit not in self.city_only)


@dataclass(frozen=True)
class Office:
    """One row of a district's table: the unit as published, the office that it means here (None: 市级事权)."""

    published: str
    name: str | None
    short: str

    @property
    def city_only(self) -> bool:
        return self.name is None


def propose(item: HasUnits, office: Callable[[str], str | None], canonical: Callable[[str], str]) -> Proposal:
    """Offices for an item. A unit without one stays under the city's name; who leads is not repeated as responsible."""
    kept: set[str] = set()

    def turn(units: tuple[str, ...]) -> tuple[str, ...]:
        named = []
        for unit in units:
            own = office(unit)
            if own is None:
                own = canonical(unit)
                kept.add(own)
            named.append(own)
        return tuple(dict.fromkeys(named))

    lead = turn(item.lead)
    return Proposal(lead, tuple(unit for unit in turn(item.responsible) if unit not in lead), frozenset(kept))


class Offices:
    """The units of one district: the built-in table, and over it what the district's own records say.

    `records` are plain rows of the form `unit`: published, name, short, city_only (true values count as yes).
    """

    def __init__(self, table: KnowsUnits, district_name: str, records: Iterable[Mapping[str, object]] = ()) -> None:
        self.district_name = district_name
        self._table = table
        self._rows = {name: self._default(name) for name in table.unit_names()}
        for record in records:
            published = squeeze(str(record.get("published") or ""))
            if published:
                self._rows[published] = self._from_record(published, record)

    @property
    def rows(self) -> tuple[Office, ...]:
        """The whole table, for setting up the district's records."""
        return tuple(self._rows.values())

    def office(self, city_unit: str) -> str | None:
        """The district's office for a unit as published; None for 市级事权 and unknown units."""
        row = self._rows.get(squeeze(city_unit)) or self._rows.get(self._table.canonical(city_unit))
        return row.name if row else None

    def is_city_only(self, unit: str) -> bool:
        """Whether a unit in the ledger is 市级事权: never asked, never counted as late."""
        row = self._rows.get(self._table.canonical(unit))
        return row is not None and row.city_only

    def short(self, name: str) -> str:
        """The short name of an office or of a city unit, the name itself if there is none."""
        packed = squeeze(name)
        row = next((row for row in self._rows.values() if packed in (row.name, row.published)), None)
        if row is not None and (packed == row.name or row.city_only):
            return row.short
        return self._table.short(name)

    def propose(self, item: HasUnits) -> Proposal:
        return propose(item, self.office, self._table.canonical)

    def _default(self, name: str) -> Office:
        own = self._table.district_unit(name, self.district_name)
        return Office(name, own, self._table.short(own or name, self.district_name if own else ""))

    def _from_record(self, published: str, record: Mapping[str, object]) -> Office:
        default = self._default(published)
        name = None if record.get("city_only") else str(record.get("name") or "") or default.name
        short = str(record.get("short") or "")
        if not short:
            short = default.short if name == default.name else self._table.short(name or published)
        return Office(published, name, short)
