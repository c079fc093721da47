"""Makes the practice folder: district, accounts, a year of records, and three conflicts."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.actions import accounts, setup
from desktop.actions.desk import open_desk
from desktop.actions.practice.clock import TODAY, at
from desktop.actions.practice.disagreement import disagree
from desktop.actions.practice.entries import BEGINNING, table
from desktop.actions.practice.filling import fill
from desktop.actions.seat import SEEN, has_data

ADMIN = "孙示例"  # first account: all roles
ACCOUNT = "李示例"  # who sits at the practice desk
REVIEWER = "赵示例"
LAST_SEEN = "2026-11-20T17:26:00+08:00"
PASSWORD = "lianxi2026"  # of every practice account; the sign-in page of practice shows it


def make_practice(folder: Path, *, office: str = "", conflicts: bool = True, filled: bool = True) -> None:
    """Make the practice district in `folder`, unless one is there.

    `office` is another office of the district than the first; `filled = False` leaves it with the plan alone.
    """
    if has_data(folder):
        return
    file = table("district")
    first, *others = file["account"]
    with at(BEGINNING):
        desk, _ = setup.init(
            folder, district=file["district"], office=office or file["office"], account=first["name"],
            password=PASSWORD, practice=True,
        )  # fmt: skip
        for each in others:
            accounts.add_account(desk, each["name"], tuple(each["roles"]), PASSWORD)
        desk.close()
    if not filled:
        return
    try:
        _fill(folder, first["name"], conflicts)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # half a district would pass for a whole one at the next visit
        raise


def _fill(folder: Path, account: str, conflicts: bool) -> None:
    with at(TODAY):
        desk = open_desk(folder, account, PASSWORD)
        try:
            fill(desk)
            with desk.store.writing("登记登录"):  # so that the first visit shows what was changed since
                desk.store.local.set_setting(ACCOUNT, SEEN, LAST_SEEN)
            if conflicts:
                disagree(desk)
        finally:
            desk.close()
