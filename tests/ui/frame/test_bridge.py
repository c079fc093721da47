"""The worker thread: answers, faults, cancelling, the signal after a change."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import drafts, records
from desktop.model.errors import Refused
from desktop.ui.bridge import Bridge
from tests.conftest import CLERK, PASSWORD
from tests.ui.seated import WAIT, make_folder


@pytest.fixture
def bridge(qtbot: Any, tmp_path: Path) -> Any:
    made = Bridge()
    with qtbot.waitSignal(_Signed.of(made), timeout=WAIT):
        made.sign_in(make_folder(tmp_path / "data"), CLERK, PASSWORD, made.signed.emit)
    yield made
    made.stop()


class _Signed:
    """A signal of the test's own for the end of signing in."""

    @staticmethod
    def of(bridge: Bridge) -> Any:
        from PySide6.QtCore import QObject, Signal

        class Holder(QObject):
            signed = Signal(object)

        bridge.holder = Holder()
        bridge.signed = bridge.holder.signed
        return bridge.signed


def test_work_runs_on_the_other_thread_and_answers_on_this_one(qtbot: Any, bridge: Bridge) -> None:
    seen: list[Any] = []
    bridge.ask(
        lambda desk: (threading.current_thread(), desk.who),
        lambda answer: seen.append((answer, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT)
    (worker, who), here = seen[0]
    assert who == CLERK
    assert worker is not here
    assert here is threading.main_thread()


def test_only_work_that_wrote_records_says_changed(qtbot: Any, bridge: Bridge) -> None:
    changes: list[int] = []
    bridge.changed.connect(lambda: changes.append(1))
    bridge.ask(lambda desk: records.find(desk, "site"), lambda _: None)
    bridge.ask(lambda desk: drafts.keep(desk, "problem", "", {"title": "草稿"}), lambda _: None)
    qtbot.waitUntil(bridge.idle, timeout=WAIT)
    assert changes == []
    bridge.ask(lambda desk: records.put(desk, "enterprise", [{"name": "示例有限公司"}]), lambda _: None)
    qtbot.waitUntil(lambda: bool(changes), timeout=WAIT)
    assert changes == [1]


def test_a_refusal_goes_to_failed_or_to_the_window(qtbot: Any, bridge: Bridge) -> None:
    told: list[str] = []
    bridge.fault.connect(told.append)

    def refuse(desk: Any) -> None:
        raise Refused("这一项不对，请改正")

    bridge.ask(refuse, lambda _: None, lambda error: told.append(f"failed {error}"))
    bridge.ask(refuse, lambda _: None)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WAIT)
    assert told == ["failed 这一项不对，请改正", "这一项不对，请改正"]


def test_long_work_stops_at_its_next_report(qtbot: Any, bridge: Bridge) -> None:
    told: list[str] = []
    begun = threading.Event()

    def work(desk: Any, report: Any) -> None:
        for place in range(10_000):
            begun.set()
            threading.Event().wait(0.005)
            report(place, 10_000)

    job = bridge.ask_long(work, lambda _: told.append("done"), lambda error: told.append(str(error)))
    begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == ["已取消，没有写入"]


def test_after_signing_out_nothing_is_read(qtbot: Any, bridge: Bridge) -> None:
    told: list[str] = []
    bridge.sign_out()
    bridge.ask(lambda desk: desk.who, told.append, lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == ["还没有登录，请先登录"]
