"""Pictures of every place, for the manual and for looking.

`python -m desktop.ui.shots --data DIR --user NAME --out DIR [--only PLACE,…] [--size 1366x768] [--dark] [--text 大]`

DESK_PASSWORD holds the password. Without `--user` the practice district in `--data` is opened.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from .bridge import Bridge
from .kit import look
from .kit.app import make_app
from .window import Window

PATIENCE = 60.0  # seconds until a picture gives up waiting for data
ROUNDS = 8  # of events after the last answer: one round of layout may take longer than the quiet time


def settle(bridge: Bridge, quiet: float = 0.15) -> None:
    """Let the worker answer and the screen lay itself out."""
    app, end, still, rounds = QApplication.instance(), time.monotonic() + PATIENCE, time.monotonic(), 0
    while time.monotonic() < end and (time.monotonic() - still < quiet or rounds < ROUNDS):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        rounds += 1
        if not bridge.idle():
            still, rounds = time.monotonic(), 0
        time.sleep(0.005)


def picture(window: QWidget) -> QPixmap:
    """The window with the dialogs and popups that stand over it."""
    made = window.grab()
    painter = QPainter(made)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and other.width() > 1 and isinstance(other, QDialog | QWidget):
            spot = other.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            if isinstance(other, QDialog):
                spot = QPoint((window.width() - other.width()) // 2, (window.height() - other.height()) // 2)
            other.render(
                painter, spot, QRegion(), QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren
            )
    painter.end()
    return made


def shoot(window: Window, out: Path, only: set[str], tag: str) -> list[Path]:
    """One picture of each place, and of each state that its page offers (`shots()`)."""
    made: list[Path] = []

    def save(name: str) -> None:
        settle(window.bridge)
        path = out / f"{name}-{tag}.png"
        picture(window).save(str(path))
        made.append(path)

    for place in window.places:
        if only and place.key not in only:
            continue
        window.go(place.key)
        save(place.key)
        page = window.shell.page(place.key)
        states: list[tuple[str, Callable[[], object]]] = page.shots() if hasattr(page, "shots") else []
        for name, act in states:
            act()
            save(f"{place.key}-{name}")
            for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]:
                dialog.close()
        settle(window.bridge)
    if not only or "signin" in only:
        window.lock()
        save("signin")
    return made


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="desktop.ui.shots")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--user", default="")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--size", action="append", default=[])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--text", default="标准")
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["DESK_DATA"] = str(given.data)
    app = make_app([], hook=False)  # a dialog that nobody closes would hang a run without a screen
    given.out.mkdir(parents=True, exist_ok=True)
    bridge = Bridge()
    window = Window(bridge, given.data)
    sizes = [tuple(int(part) for part in size.split("x")) for size in given.size or ["1366x768", "1920x1080"]]
    window.resize(*sizes[0])
    window.show()
    window.activateWindow()
    problems: list[str] = []
    bridge.fault.connect(problems.append)
    try:
        return take(window, bridge, app, given, sizes, problems)
    finally:
        bridge.stop()  # its worker would keep the process alive


def take(
    window: Window, bridge: Bridge, app: QApplication, given: argparse.Namespace, sizes: list[tuple[int, ...]],
    problems: list[str],
) -> int:  # fmt: skip
    """Sign in and take every picture asked for. Returns the exit code."""
    if given.user:
        password = os.environ.get("DESK_PASSWORD", "")
        bridge.sign_in(
            given.data, given.user, password, lambda _: window.opened(given.data), lambda e: problems.append(str(e))
        )
    else:
        from .screens.signin.practice import open_practice

        open_practice(window)
    settle(bridge, 0.5)
    if window.shell is None:
        print("；".join(problems) or "没有打开数据", file=sys.stderr)
        return 1
    only = {name for name in given.only.split(",") if name}
    for place, (wide, high) in enumerate(sizes):
        if place and window._door is not None:
            password = os.environ.get("DESK_PASSWORD", "")
            bridge.sign_in(given.data, window.seat.name, password, lambda _: window.opened(given.data))
            settle(bridge, 0.5)
        window.resize(wide, high)
        look.apply(app, "dark" if given.dark else "light", given.text)
        tag = f"{wide}" + ("-dark" if given.dark else "") + ("" if given.text == "标准" else f"-{given.text}")
        for path in shoot(window, given.out, only, tag):
            print(path)
    for words in problems:
        print(words, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
