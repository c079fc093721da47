"""Pictures of the screens, taken by the window itself in a process of its own: nothing here imports it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop.actions import practice
from desktop.model.errors import MachineFault

SIZES = ("1366x768", "1920x1080")
PATIENCE = 240  # seconds
SHOTS = "--shots"  # what the program calls itself with, as a bundle has no other entry


def take_screens(data: Path, out: Path, account: str, sizes: tuple[str, ...] = SIZES) -> None:
    """One picture of each place in each size. Raises MachineFault with the window's own words when it cannot."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    command = [*program, SHOTS, "--data", str(data), "--user", account, "--out", str(out)]
    for size in sizes:
        command += ["--size", size]
    environment = {**os.environ, "DESK_PASSWORD": practice.PASSWORD}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        ended = subprocess.run(
            command, env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFault(f"界面图没有截成（{error}）。其余部分已写好，可用 --no-screens 略过这一步") from error
    if ended.returncode != 0:
        last = (ended.stderr.strip().splitlines() or ["没有说明"])[-1]
        raise MachineFault(f"界面图没有截成（{last}）。其余部分已写好，可用 --no-screens 略过这一步")
