"""What a printed form asks of the office's records."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from desktop.model.fields.base import Names, Value
from desktop.model.periods import Period
from desktop.model.plan import Plan


class Source(Protocol):
    """The open district, read only. `records` are those that are not deleted, in the order they were made."""

    @property
    def office(self) -> str: ...

    @property
    def district_name(self) -> str: ...

    @property
    def district_code(self) -> str: ...

    @property
    def names(self) -> Names: ...

    @property
    def plan(self) -> Plan: ...

    def records(self, form: str) -> list[tuple[str, dict[str, Value]]]: ...

    def record(self, form: str, record: str) -> dict[str, Value] | None:
        """None when there is no such record of that form."""
        ...


@runtime_checkable
class Historian(Protocol):
    """A source that also knows what became another: for forms that compare a period with the one before."""

    def changes(self, form: str, period: Period) -> list[tuple[str, str, Value, Value]]:
        """(record, field, old, new) over a period, first old against last new, without records made in it."""
        ...

    def made(self, form: str, period: Period) -> set[str]:
        """Records that came within the period."""
        ...

    def late(self, form: str, field: str, period: Period) -> set[str]:
        """Records whose field was filled in after the period before had been closed; empty while it is open."""
        ...


@runtime_checkable
class Adviser(Protocol):
    """A source that also knows what each policy says of an enterprise and of its projects and sites."""

    def notice(self, enterprise: str) -> list[dict[str, str]]: ...
