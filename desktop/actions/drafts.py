"""Unfinished entries: kept while typing, found again after a crash."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.desk import Desk, now


@dataclass(frozen=True)
class Unfinished:
    """One unfinished entry; `record` is "" for a new one, `when` is ISO text."""

    form: str
    record: str
    when: str


def keep(desk: Desk, form: str, record: str, typed: dict[str, str]) -> None:
    """Keep what was typed so far: field -> text as typed."""
    with desk.store.writing("留存草稿"):
        desk.store.local.keep_draft(desk.who, desk.form(form).name, record, typed, now())


def find(desk: Desk, form: str, record: str) -> dict[str, str] | None:
    """What was typed before the program ended, or None."""
    return desk.store.local.draft(desk.who, form, record)


def drop(desk: Desk, form: str, record: str) -> None:
    with desk.store.writing("清除草稿"):
        desk.store.local.drop_draft(desk.who, form, record)


def unfinished(desk: Desk) -> list[Unfinished]:
    return [Unfinished(*each) for each in desk.store.local.drafts(desk.who)]
