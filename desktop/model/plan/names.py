"""Short names of parts and areas, for trees, strips and narrow columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.model.errors import Refused

_WRAP = re.compile(r"实施(.+)行动")


@dataclass(frozen=True)
class ShortNames:
    """Both maps go from the title without its numeral to the short name; a title not listed stands for itself."""

    parts: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def from_table(table: dict[str, object]) -> ShortNames:
        """From the content of `resources/plan/names.toml`: tables `parts` and `areas`. Refused on anything else."""
        maps: dict[str, dict[str, str]] = {"parts": {}, "areas": {}}
        for key, value in table.items():
            if key not in maps or not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
                raise Refused(f"短名表 names.toml 里的“{key}”不认识，只能有 parts 和 areas 两张表。")
            maps[key] = {str(title): str(short) for title, short in value.items()}
        return ShortNames(**maps)

    def name(self, title: str) -> str:
        """实施多领域设备更新行动 -> 多领域设备更新."""
        wrapped = _WRAP.fullmatch(title)
        return wrapped[1] if wrapped else title

    def part(self, title: str) -> str:
        return self.parts.get(title, self.name(title))

    def area(self, title: str) -> str:
        return self.areas.get(title, title)
