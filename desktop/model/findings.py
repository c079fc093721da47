"""What a check says about a value: a finding that blocks, or one that only warns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One Chinese sentence. `field` is the name in the form, `where` a place a clerk can look up (sheet and cell).

    `check` is the name of the form's check that found it, "" where it has none.
    """

    level: Literal["block", "warn"]
    message: str
    field: str = ""
    where: str = ""
    check: str = ""

    @property
    def blocks(self) -> bool:
        return self.level == "block"
