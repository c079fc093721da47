"""Starts the window."""

from __future__ import annotations

import argparse

from . import choice
from .bridge import Bridge
from .kit.app import make_app
from .window import Window


def start(arguments: list[str]) -> int:
    """Open the window and run it. `--practice` opens the practice district, making it when there is none yet.

    Without it: sign-in when there is a data folder, else the choice of a first run. Returns the exit code.
    """
    parser = argparse.ArgumentParser(prog="desk", add_help=False)
    parser.add_argument("--practice", action="store_true")
    parser.add_argument("--window", action="store_true")
    given, _ = parser.parse_known_args(arguments)
    app = make_app()
    bridge = Bridge()
    window = Window(bridge, choice.practice_folder() if given.practice else choice.data_folder())
    window.resize(1366, 740)
    begin(window, practice=given.practice)
    window.show()
    return app.exec()


def begin(window: Window, *, practice: bool = False) -> None:
    """Show the first page: the practice district, sign-in, or the choice of a first run."""
    if practice:
        from .screens.signin.practice import open_practice

        window.ask_sign_in(note="正在准备练习区……")
        open_practice(window)
    else:
        window.ask_sign_in()
