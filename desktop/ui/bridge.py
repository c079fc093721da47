"""The way from the window to the data: one worker thread owns the Desk, and answers come back on Qt's thread."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.actions.desk import Desk, open_desk
from desktop.actions.seat import log_head
from desktop.model.errors import DeskError, Refused

T = TypeVar("T")
Report = Callable[[int, int], None]
Failed = Callable[[DeskError], None]


class Cancelled(Refused):
    """The clerk pressed 取消; raised inside the work at its next report."""


@dataclass
class Job:
    """One piece of work on its way. `cancel()` drops it, or stops it at its next report."""

    work: Callable[[Any], Any]
    done: Callable[[Any], None]
    failed: Failed | None
    busy: str
    session: int
    cancelled: bool = field(default=False)

    def cancel(self) -> None:
        self.cancelled = True


class Bridge(QObject):
    """`ask` runs work on the worker thread with the Desk and calls `done` or `failed` on Qt's thread.

    Work reads and writes only through actions and hands back plain values. Work that wrote to the log makes `changed`
    fire, so every screen asks anew. `busy` carries words while work with words runs, "" when it ended; `progress`
    (n, m) comes from `ask_long`. Without `failed` a fault goes to `fault`.
    """

    changed = Signal()
    busy = Signal(str)
    progress = Signal(int, int)
    fault = Signal(str)
    signed_out = Signal()
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._session = 0
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._waiting = 0
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    # Asked on Qt's thread.
    def ask(
        self, work: Callable[[Desk], T], done: Callable[[T], None], failed: Failed | None = None, busy: str = ""
    ) -> Job:
        """Run `work(desk)` on the worker; its answer goes to `done` on Qt's thread."""
        return self._put(Job(lambda _: work(self._open()), done, failed, busy, self._session))

    def ask_long(
        self, work: Callable[[Desk, Report], T], done: Callable[[T], None], failed: Failed | None = None, busy: str = ""
    ) -> Job:
        """As `ask`; `work(desk, report)` calls `report(n, m)` as it goes, which raises Cancelled after `cancel()`."""
        held: list[Job] = []

        def report(n: int, m: int) -> None:
            if held and held[0].cancelled:
                raise Cancelled("已取消，没有写入")
            self.progress.emit(n, m)

        job = Job(lambda _: work(self._open(), report), done, failed, busy, self._session)
        held.append(job)
        return self._put(job)

    def sign_in(
        self, folder: Path, user: str, password: str, done: Callable[[Any], None], failed: Failed | None = None
    ) -> Job:
        """Open a data folder; `done` gets the account. The worker waits where a wrong password costs a wait."""
        return self.open_with(lambda: open_desk(folder, user, password), done, failed)

    def open_with(
        self, make: Callable[[], Desk], done: Callable[[Any], None], failed: Failed | None = None, busy: str = ""
    ) -> Job:
        """Take the Desk that `make()` opens on the worker (a new district, the practice district)."""

        def work(_: Any) -> Any:
            self._close()
            self._desk = make()
            return self._desk.account

        self._session += 1
        return self._put(Job(work, done, failed, busy, self._session))

    def aside(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None) -> Job:
        """Work on the worker thread that needs no Desk (restoring a backup before signing in)."""
        return self._put(Job(lambda _: work(), done, failed, "", self._session))

    def sign_out(self) -> None:
        """Close the file and forget its key; answers still on their way are dropped."""
        self._session += 1
        self._put(Job(lambda _: self._close(), lambda _: self.signed_out.emit(), None, "", self._session))

    def stop(self, seconds: float = 10.0) -> None:
        """Close the file and end the thread; waits for work that is under way."""
        self._session += 1
        self._jobs.put(Job(lambda _: self._close(), lambda _: None, None, "", self._session))
        self._jobs.put(None)
        self._thread.join(seconds)

    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._waiting == 0

    def _put(self, job: Job) -> Job:
        self._waiting += 1
        if job.busy:
            self.busy.emit(job.busy)
        self._jobs.put(job)
        return job

    def _deliver(self, job: Job, answer: Any, error: BaseException | None) -> None:
        self._waiting -= 1
        if job.busy:
            self.busy.emit("")
        wrote = isinstance(answer, tuple) and len(answer) == 2 and answer[0]
        if job.session != self._session or (job.cancelled and error is None and answer is None):
            return
        try:
            if error is None:
                job.done(answer[1])
            elif not isinstance(error, DeskError):
                sys.excepthook(type(error), error, error.__traceback__)
            elif job.failed is not None:
                job.failed(error)
            else:
                self.fault.emit(str(error))
        except RuntimeError as gone:  # the screen that asked was closed meanwhile
            if "already deleted" not in str(gone):
                raise
        if wrote:
            self.changed.emit()

    # On the worker thread.
    def _open(self) -> Desk:
        if self._desk is None:
            raise Refused("还没有登录，请先登录")
        return self._desk

    def _close(self) -> None:
        if self._desk is not None:
            desk, self._desk = self._desk, None
            desk.close()

    def _done(self, job: Job) -> tuple[bool, Any, BaseException | None]:
        """(whether the log moved, result, fault): whatever goes wrong is an answer, or the thread would be lost."""
        held, wrote, result = self._desk, False, None
        try:
            before = log_head(held) if held is not None else ""
            try:
                result = job.work(None)
            finally:
                wrote = self._desk is not None and self._desk is held and log_head(self._desk) != before
        except BaseException as wrong:
            return wrote, None, wrong
        return wrote, result, None

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.cancelled:
                self._answered.emit(job, None, None)
                continue
            wrote, result, error = self._done(job)
            try:
                self._answered.emit(job, (wrote, result), error)
            except RuntimeError:  # the program is ending
                return
