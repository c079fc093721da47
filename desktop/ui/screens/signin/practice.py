"""Into the practice district: made at the first visit, opened at the next ones."""

from __future__ import annotations

from typing import Any

from desktop.actions.desk import Desk, open_desk
from desktop.actions.seat import has_data
from desktop.model.errors import DeskError

from ... import choice


def open_practice(window: Any) -> None:
    """Open the practice district as its first account and show the shell."""
    folder = choice.practice_folder()

    def make() -> Desk:
        from desktop.actions import practice

        if not has_data(folder):
            practice.make_practice(folder)
        return open_desk(folder, practice.ACCOUNT, practice.PASSWORD)

    def failed(error: DeskError) -> None:
        page = window.stack.currentWidget()
        if hasattr(page, "fail"):
            page.fail(str(error))

    window.bridge.open_with(make, lambda _: window.opened(folder), failed, busy="准备练习区")
