"""Who sits at the desk, and how they like it: a person's own settings, and when they were here before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.actions.desk import Desk, now
from desktop.actions.home_changes import note_position
from desktop.model.errors import Refused
from desktop.model.printed import load_printed
from desktop.store.store import FILE

SEEN = "seen"  # name of the setting that keeps the last sign-in


@dataclass(frozen=True)
class Seat:
    """A signed-in person at their district. `last` is the time of the sign-in before this one (ISO) or "".

    `settings` are the person's own: theme (light, dark), text (标准, 大, 特大), idle (minutes until the lock).
    """

    name: str
    roles: tuple[str, ...]
    role_words: str
    district: str
    office: str
    practice: bool
    today: str
    folder: str
    last: str
    settings: dict[str, str]
    code: str = ""  # of the district; that of a city ends in 00


DEFAULTS = {"theme": "light", "text": "标准", "idle": "10"}


def take_seat(desk: Desk, before: Seat | None = None) -> Seat:
    """Read who sits here, and note that they were seen now.

    `before` is the seat that was locked, if one was: who only unlocks it on the same day does not sign in again, so
    what changed since the sign-in before stays in view.
    """
    local = desk.store.local
    if before is not None and (before.name, before.folder, before.today) == (
        desk.who, str(desk.store.folder), now()[:10],
    ):  # fmt: skip
        last = before.last
    else:
        last = local.setting(desk.who, SEEN)
        with desk.store.writing("登记登录"):
            local.set_setting(desk.who, SEEN, now())
            note_position(desk)
    settings = {name: local.setting(desk.who, name, default) for name, default in DEFAULTS.items()}
    return Seat(
        desk.who, desk.account.roles, desk.account.role_words, desk.district_name, desk.office, desk.practice,
        now()[:10],
        str(desk.store.folder), last, settings, desk.district,
    )  # fmt: skip


def keep_setting(desk: Desk, name: str, value: str) -> None:
    """Keep one of the person's own settings. Raises Refused for a name that is none."""
    if name not in DEFAULTS:
        raise Refused(f"没有“{name}”这项设置")
    with desk.store.writing("保存设置"):
        desk.store.local.set_setting(desk.who, name, value)


def has_data(folder: Path) -> bool:
    """Whether a folder holds a district's data."""
    return (folder / FILE).is_file()


def log_head(desk: Desk) -> str:
    """Digest of the newest entry of the log: it differs after any action that wrote records."""
    return desk.store.journal.head()


def recent(desk: Desk, limit: int = 50, since: str = "") -> list[dict[str, Any]]:
    """The newest actions, newest first: action, kind, form, record, who, at, why, changes, records, label."""
    rows = desk.store.journal.actions(limit, since)
    titles = {form.name: form.title for form in load_printed().values()}
    titles |= {form.name: form.title for form in desk.forms.values()}
    for row in rows:
        head = desk.store.records.head(row["record"]) if row["record"] else None
        row["label"] = head["label"] if head else ""
        row["title"] = titles.get(row["form"], "")
    return rows
