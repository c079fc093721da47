"""Which words of a text are to be underlined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from desktop.model.plan.plan import Indicator, Plan
from desktop.model.plan.text import find_span


@dataclass(frozen=True)
class Highlight:
    """`text[start:end]` are the words of `indicator`, as published."""

    start: int
    end: int
    indicator: Indicator


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `indicators` are the keys of those whose words it belongs to (none: plain text)."""

    text: str
    indicators: tuple[str, ...] = ()


def highlights(plan: Plan, key: str) -> tuple[Highlight, ...]:
    """The figures of a goal, task or policy with their places in its text, in order. They may overlap."""
    entry = plan.find(key)
    if entry is None:
        return ()
    found = []
    for indicator in plan.indicators_of(key):
        if span := find_span(entry.text, indicator.phrase):
            found.append(Highlight(*span, indicator))
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))


def split_sentence(text: str, marks: tuple[Highlight, ...]) -> tuple[Piece, ...]:
    """`text` cut where underlining begins or ends; the pieces joined are `text` again."""
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    return tuple(
        Piece(text[start:end], tuple(mark.indicator.key for mark in marks if mark.start <= start and end <= mark.end))
        for start, end in pairwise(cuts)
    )
