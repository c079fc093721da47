"""How far long work has come. Whoever is asked to report may raise, which ends the work with nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
Report = Callable[[int, int], None]  # (done, of how many)
WHOLE = 1000


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


def part(report: Report, start: int, end: int) -> Report:
    """A report of one stage, whose whole is the stretch from `start` to `end` of a thousand."""

    def told(done: int, total: int) -> None:
        report(start + (end - start) * done // max(total, 1), WHOLE)

    return told


def counted(items: Iterable[T], total: int, report: Report, every: int = 200) -> Iterator[T]:
    """The items one by one, with a report before every so many of them."""
    for place, item in enumerate(items):
        if place % every == 0:
            report(place, total)
        yield item
