"""Ten thousand rows: the window answers while they are read, shown and written, and 取消 leaves nothing behind."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from desktop.actions import records
from desktop.actions.desk import Desk, open_desk
from desktop.excel.write import write_package
from desktop.model import seal
from desktop.model.exchange import pack
from desktop.model.package import Peer
from desktop.model.registers import Record, Said, Stamp
from desktop.ui.screens.exchange import preview
from desktop.ui.screens.exchange.working import Working
from tests.conftest import CLERK, PASSWORD, enterprise
from tests.ui.seated import make_folder, window_over

ROWS = 10_000
LONGEST = 1.5  # seconds that the window may be deaf, on a machine that others use too


class Pulse:
    """How long the window's own thread was away, at worst."""

    def __init__(self) -> None:
        self.last, self.worst = time.monotonic(), 0.0
        self.timer = QTimer(interval=20)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.worst, self.last = max(self.worst, now - self.last), now

    def since(self) -> float:
        worst, self.worst = self.worst, 0.0
        return worst


def ten_thousand(desk: Desk, path: Path) -> None:
    """A workbook of another office with so many projects of 30 fields."""
    owner = enterprise(desk)
    form = desk.forms["project"]
    texts = [each.name for each in form.fields if each.type.name in ("text", "long_text", "phone")][:16]
    money = [each.name for each in form.fields if each.type.name == "money"][:12]
    private, _ = seal.new_key()
    states = []
    for number in range(ROWS):
        stamp = Stamp("another", number + 1)
        values: dict[str, Any] = dict.fromkeys(texts, f"示例内容{number}")
        values |= dict.fromkeys(money, (number + 1) * 1_000_000)
        values |= {"name": f"示例项目{number}", "enterprise": owner, "kind": "renewal", "sector": "industry"}
        fields = {name: frozenset({Said(stamp, value, "王示例", "2026-11-20T09:00:00+08:00")})
                  for name, value in values.items()}  # fmt: skip
        identity = f"{number:08x}-0000-4000-8000-000000000000"
        states.append(Record(identity, "project", fields, {"another": number + 1}))
    package = pack(
        "11111111-2222-4333-8444-555555555555", states, district=desk.district, office="示例区工业和信息化局",
        sender=Peer("another", "示例区工业和信息化局", seal.public_hex(private)), created="2026-11-20T09:00:00+08:00",
        edition=desk.store.meta("edition"), forms=desk.forms, names=desk.names, practice=True,
    )  # fmt: skip
    write_package(path, package, seal.sign(private, package.to_bytes()), desk.forms, desk.names)


def until(qtbot: Any, ready: Any, seconds: int = 240) -> None:
    qtbot.waitUntil(ready, timeout=seconds * 1000)


@pytest.mark.slow
def test_ten_thousand_rows_do_not_freeze_the_window(qtbot: Any, tmp_path: Path, capsys: Any) -> None:
    book = tmp_path / "一万行.xlsx"
    folder = make_folder(tmp_path / "data", lambda desk: ten_thousand(desk, book))
    with window_over(qtbot, folder) as window:
        window.go("exchange")
        until(qtbot, window.bridge.idle)
        place, pulse, told = window.shell.page("exchange"), Pulse(), []
        window.bridge.progress.connect(lambda done, total: told.append(done))
        # Cancelled on the way: nothing is read, nothing is shown.
        place.read_file(book)
        until(qtbot, lambda: len(told) > 3)
        place.findChildren(Working)[-1].job.cancel()
        until(qtbot, window.bridge.idle)
        qtbot.wait(50)
        assert place.currentWidget() is place.start and "取消" in window.shell.toasts.history[-1][1]
        # Read, shown, moved through, written.
        begun = time.monotonic()
        pulse.since()
        place.read_file(book)
        until(qtbot, lambda: place.currentWidget() is place.preview)
        read_in, reading = time.monotonic() - begun, pulse.since()
        table = place.preview.table
        assert table.model().rowCount() > ROWS * 25
        table.setCurrentIndex(table.model().index(table.model().rowCount() - 1, 2))
        place.preview.next_open()
        qtbot.wait(100)
        moving = pulse.since()
        place.preview._busy = False
        begun = time.monotonic()
        held, preview.ask = preview.ask, lambda *_, **__: True
        try:
            place.preview.write_now()
            until(qtbot, lambda: place.currentWidget() is place.start)
        finally:
            preview.ask = held
        wrote_in, writing = time.monotonic() - begun, pulse.since()
        until(qtbot, window.bridge.idle)
    with capsys.disabled():
        print(
            f"\n读入 {read_in:.1f} 秒，最长停顿 {reading:.2f}；翻看 {moving:.2f}；写入 {wrote_in:.1f} 秒，{writing:.2f}"
        )
    assert max(reading, moving, writing) < LONGEST
    desk = open_desk(folder, CLERK, PASSWORD)
    assert records.find(desk, "project", limit=1)[1] == ROWS
    desk.close()
