"""Figures as they are printed: read back exactly, and written with thousands."""

from __future__ import annotations

import re
from decimal import Decimal

_FIGURE = re.compile(r"[-−]?\d{1,3}(?:,\d{3})*(?:\.\d+)?|[-−]?\d+(?:\.\d+)?", re.ASCII)


def decimal_of(text: str) -> Decimal | None:
    """The exact value of a printed figure (1,234.50); None for anything else, also for —."""
    if not _FIGURE.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").replace("−", "-"))


def shown(value: Decimal, places: int) -> str:
    """With thousands and this many decimals."""
    return f"{value:,.{places}f}"
