"""Colours, sizes and metrics, read from `resources/style/tokens.toml`. No Qt here: tests compute with it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.model import places

TEXT_SIZES = ("标准", "大", "特大")
MODES = ("light", "dark")


@cache
def raw() -> dict[str, Any]:
    return tomllib.loads((places.resources() / "style" / "tokens.toml").read_text(encoding="utf-8"))


@cache
def _scale(text: str) -> float:
    return float(raw()["text"][text])


@cache
def _share(kind: str) -> float:
    return float(raw()["grow"][kind])


@dataclass(frozen=True)
class Theme:
    """One theme at one text size. `mode` is light or dark, `text` one of 标准, 大, 特大. All lengths in px."""

    mode: str = "light"
    text: str = "标准"

    @property
    def scale(self) -> float:
        return _scale(self.text)

    def hex(self, token: str) -> str:
        """The colour of a token, `#RRGGBB`; KeyError for an unknown one."""
        return str(raw()[self.mode][token])

    def grown(self, px: float, kind: str) -> int:
        """`px` grown with the text size; kind is type, control or bar (look.md §1)."""
        return int(px * (1 + _share(kind) * (_scale(self.text) - 1)) + 0.5)

    def type(self, name: str) -> int:
        return self.grown(raw()["type"][name][0], "type")

    def line_height(self, name: str) -> int:
        return self.grown(raw()["type"][name][1], "type")

    def px(self, px: float) -> int:
        """Fonts, marks, icons."""
        return self.grown(px, "type")

    def control(self, px: float) -> int:
        """Rows and controls."""
        return self.grown(px, "control")

    def bar(self, px: float) -> int:
        """Top bar and screen head."""
        return self.grown(px, "bar")

    def metric(self, name: str) -> int:
        """A fixed metric that does not grow."""
        return int(raw()["metrics"][name])

    @property
    def rail_width(self) -> int:
        small, large = self.metric("rail_width"), self.metric("rail_width_largest")
        return round(small + (large - small) * (self.scale - 1) / (float(raw()["text"]["特大"]) - 1))

    def qss_values(self) -> dict[str, str]:
        """What the style sheet template may name: every colour, `f12`…`f28`, `c28`… and `m_<metric>`."""
        values = {name: str(value) for name, value in raw()[self.mode].items()}
        values |= {f"f{size}": f"{self.px(size)}px" for size, _ in raw()["type"].values()}
        values |= {f"c{px}": f"{self.control(px)}px" for px in (6, 8, 14, 16, 20, 24, 26, 28, 34)}
        return values | {f"m_{name}": f"{value}px" for name, value in raw()["metrics"].items()}


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2)."""

    def channel(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two `#RRGGBB` colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
