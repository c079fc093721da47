"""Which office of a district, county or zone a unit of the city's plan means (fields.md, 任务分工)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache

from desktop.model import places
from desktop.model.errors import Refused
from desktop.model.plan.loading import text_of
from desktop.model.plan.proposals import HasUnits, Proposal, propose
from desktop.model.plan.text import squeeze

KINDS = ("own", "branch", "government", "city_only")
_TAIL = re.compile(r"等?(市政府)?有关部门（单位）$")
_SLOTS = re.compile(r"\{(level|stem|district)\}")


@dataclass(frozen=True)
class UnitRow:
    """One row of the table. Patterns hold {level}, {stem}, {district}; an empty one means that for districts."""

    name: str
    short: str
    kind: str
    full: str = ""
    also: tuple[str, ...] = ()
    district: str = ""
    district_short: str = ""
    county: str = ""
    county_short: str = ""
    zone: str = ""
    zone_short: str = ""


class UnitTable:
    """The table that comes with the program. What a district changed lies over it in `Offices`."""

    def __init__(self, rows: Iterable[UnitRow], zones: Iterable[str] = ()) -> None:
        self.rows = tuple(rows)
        self.zones = tuple(zones)
        self._by_name: dict[str, UnitRow] = {}
        for row in self.rows:
            if row.kind not in KINDS:
                raise Refused(f"单位表里“{row.name}”的类别“{row.kind}”不认识，应为 {'、'.join(KINDS)} 之一。")
            if row.kind != "city_only" and not (row.district and row.district_short):
                raise Refused(f"单位表里“{row.name}”没有区县单位的名称和简称，请补上，或改为 city_only。")
            for name in filter(None, (row.name, row.full, *row.also)):
                if self._by_name.setdefault(name, row) is not row:
                    raise Refused(f"单位表里“{name}”有两行，请删去一行。")

    @staticmethod
    def from_table(table: dict[str, object]) -> UnitTable:
        """From the parsed TOML. Refused on unknown keys and missing ones, naming the unit."""
        if unknown := set(table) - {"unit", "zones"}:
            raise Refused(f"单位表里的“{'、'.join(sorted(unknown))}”不认识，只能有 unit 和 zones。")
        rows, zones = table.get("unit", []), table.get("zones", [])
        if not isinstance(rows, list) or not isinstance(zones, list):
            raise Refused("单位表应由 [[unit]] 各行和 zones 列表组成，请核对。")
        return UnitTable((_row(row) for row in rows), (str(zone) for zone in zones))

    def unit_names(self) -> tuple[str, ...]:
        """The city's units by canonical name, in the table's order."""
        return tuple(row.name for row in self.rows)

    def row(self, city_unit: str) -> UnitRow | None:
        """The row of a unit as published anywhere in the plan, None if the table does not know it."""
        packed = squeeze(city_unit)
        return self._by_name.get(packed) or self._by_name.get(_TAIL.sub("", packed).rstrip("，、"))

    def canonical(self, city_unit: str) -> str:
        """市应急局 -> 市应急管理局; a unit not in the table stays as it is, without white space."""
        row = self.row(city_unit)
        return row.name if row else squeeze(city_unit)

    def is_city_only(self, unit: str) -> bool:
        """Whether a unit is 市级事权: known and without an office in a district. Never asked, never late."""
        row = self.row(unit)
        return row is not None and row.kind == "city_only"

    def district_unit(self, city_unit: str, district_name: str) -> str | None:
        """The office in 示例区 or 示例县 that the unit means; None for 市级事权 and for units not in the table."""
        row = self.row(city_unit)
        return None if row is None or row.kind == "city_only" else self._office(row, district_name, short=False)

    def short(self, name: str, district_name: str = "") -> str:
        """The short name of a city unit or of a district's office (区发展和改革局 -> 区发改局), else the name itself.

        With `district_name` its own offices are known exactly; without, by the patterns of the table.
        """
        row = self.row(name)
        if row:
            return row.short
        packed = squeeze(name)
        for row in self.rows:
            if district_name:
                if self.district_unit(row.name, district_name) == packed:
                    return self._office(row, district_name, short=True)
                continue
            for long, brief in _patterns(row):
                if match := _matcher(long).fullmatch(packed):
                    return brief.format(**{"level": "", "stem": "", "district": "", **match.groupdict()})
        return packed

    def offices(self, district_name: str) -> tuple[str, ...]:
        """All offices of a district that the table knows, each once, in the table's order."""
        units = (self.district_unit(row.name, district_name) for row in self.rows)
        return tuple(dict.fromkeys(unit for unit in units if unit))

    def propose(self, item: HasUnits, district_name: str) -> Proposal:
        """Offices for a goal, task or policy; units of 市级事权 or unknown ones stay under the city's name."""
        return propose(item, lambda unit: self.district_unit(unit, district_name), self.canonical)

    def _office(self, row: UnitRow, district: str, *, short: bool) -> str:
        longs = {"县": row.county, "zone": row.zone}
        shorts = {"县": row.county_short, "zone": row.zone_short}
        place = "zone" if district in self.zones else _level(district)
        default = row.district_short if short else row.district
        return _fill((shorts if short else longs).get(place, "") or default, district, self.zones)


@lru_cache(maxsize=1)
def load_units() -> UnitTable:
    """The table that comes with the program, `resources/units.toml`."""
    return UnitTable.from_table(tomllib.loads(text_of(places.resources() / "units.toml")))


def _level(district: str) -> str:
    return "县" if district.endswith("县") else "区"


def _fill(pattern: str, district: str, zones: tuple[str, ...]) -> str:
    stem = district if district in zones else district.removesuffix(_level(district))
    return pattern.format(level=_level(district), stem=stem, district=district)


@lru_cache(maxsize=256)
def _matcher(pattern: str) -> re.Pattern[str]:
    """A pattern of the table as an expression: 区 or 县 for the level, any name for the stem."""
    holes = {"level": "(?P<level>[区县])", "stem": "(?P<stem>.+?)", "district": "(?P<district>.+?)"}
    pieces = _SLOTS.split(pattern)
    return re.compile("".join(holes[piece] if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)))


def _patterns(row: UnitRow) -> list[tuple[str, str]]:
    pairs = ((row.district, row.district_short), (row.county, row.county_short), (row.zone, row.zone_short))
    return [pair for pair in pairs if pair[0]]


def _row(row: object) -> UnitRow:
    if not isinstance(row, dict):
        raise Refused("单位表的每一行应写成 [[unit]]，请核对。")
    where = f"单位表里“{row.get('name', '?')}”"
    known = {f.name for f in fields(UnitRow)}
    needed = {f.name for f in fields(UnitRow) if f.default is MISSING}
    if unknown := set(row) - known:
        raise Refused(f"{where}的“{'、'.join(sorted(unknown))}”不认识，请去掉或改名。")
    if missing := needed - set(row):
        raise Refused(f"{where}缺少 {'、'.join(sorted(missing))}，请补上。")
    also = row.get("also", [])
    texts = [*also, *(value for key, value in row.items() if key != "also")] if isinstance(also, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise Refused(f"{where}的内容应是文字，also 应是文字的列表，请核对引号。")
    return UnitRow(**{**row, "also": tuple(also)})
