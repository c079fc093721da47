"""Who runs the command, on which folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import platformdirs

from desktop.actions.desk import Desk, open_desk
from desktop.model.errors import Refused


@dataclass
class Session:
    """The options before the command."""

    data: Path
    user: str

    @contextlib.contextmanager
    def desk(self) -> Iterator[Desk]:
        """The open desk; closed when the command ends."""
        if not self.user:
            raise click.UsageError("没有指明账号，请用 --user 姓名")
        desk = open_desk(self.data, self.user, password("DESK_PASSWORD", f"{self.user} 的密码"))
        try:
            yield desk
        finally:
            desk.close()


def default_data() -> Path:
    return Path(os.environ.get("DESK_DATA") or platformdirs.user_data_dir("renewal-desk", appauthor=False)) / "data"


def password(variable: str, what: str) -> str:
    """From the environment, or asked for without echo."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refused(f"没有输入{what}。可用环境变量 {variable} 给出")
    try:
        return str(click.prompt(what, hide_input=True, err=True))
    except click.Abort:
        raise Refused(f"没有输入{what}。可用环境变量 {variable} 给出") from None


pass_session = click.make_pass_decorator(Session)
