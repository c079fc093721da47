"""Moments as text in the files of the authority: UTC to the second, `2026-11-24T01:30:00Z`."""

from __future__ import annotations

from datetime import UTC, datetime

_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def to_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_FORMAT)


def from_text(text: str) -> datetime:
    """Raises ValueError for anything but the one form written by `to_text`."""
    moment = datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)
    if to_text(moment) != text:
        raise ValueError(text)
    return moment
