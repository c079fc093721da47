"""What can go wrong, in one sentence a clerk can act on: what, where, what to do."""

from __future__ import annotations


class DeskError(Exception):
    """Base of all errors that are shown as they stand. `str(error)` is the Chinese sentence."""


class Refused(DeskError):
    """The input was refused and nothing was changed (exit code 1).

    `details` is a list of plain dicts for the JSON answer, e.g. `{"index": 0, "field": "name", "message": "…"}`.
    """

    def __init__(self, message: str, details: list[dict[str, object]] | None = None) -> None:
        super().__init__(message)
        self.details = details or []


class NotAllowed(Refused):
    """The account lacks the role for this."""


class MachineFault(DeskError):
    """The machine failed: disk, file, lock (exit code 3)."""


class FormError(Exception):
    """A form's definition is wrong; the text names file, field and key. A fault of the product, not of a clerk."""
