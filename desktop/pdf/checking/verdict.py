"""The answer of a check, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.pdf.signing.stamp import Box


class Outcome(StrEnum):
    VALID = "valid"
    INVALID = "invalid"
    UNDECIDED = "undecided"


class Pages(StrEnum):
    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True)
class Reason:
    """A Chinese sentence with a code that stays the same in every version."""

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Condition:
    """One thing that must hold. `holds` None: it could not be decided, or was not looked at."""

    code: str
    title: str
    holds: bool | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Derived:
    """The pages made again from the data by the same renderer: the PDF before attaching, and the signature box."""

    pdf: bytes
    box: Box


@dataclass(frozen=True)
class Facts:
    """What the check takes from the data; `practice` is its mark, `data_digest` the 数据校验码 on paper."""

    district: str
    period: str
    practice: bool
    data_digest: str = ""


Derive = Callable[[bytes], Derived | None]
CompareWorkbook = Callable[[dict[str, Any], bytes], str | None]
ReadFacts = Callable[[dict[str, Any]], Facts]


@dataclass(frozen=True)
class Verdict:
    """`signer` is the name in the certificate; `data_digest` the 数据校验码: SHA-256 (hex) of the frozen data."""

    verdict: Outcome
    pages: Pages
    reasons: tuple[Reason, ...]
    not_checked: tuple[Reason, ...]
    practice: bool = False
    signer: str = ""
    office: str = ""
    signed_at: str = ""
    certificate: str = ""
    district: str = ""
    period: str = ""
    data: dict[str, Any] | None = None
    canonical: bytes = b""
    data_digest: str = ""
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()


class Fails(Exception):
    """A condition does not hold: the file is invalid."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.reason = Reason(code, text)


class Unknown(Fails):
    """A condition cannot be decided with what is at hand."""


class NotCompared(Fails):
    """Left out knowingly; the verdict rests on the data alone."""
