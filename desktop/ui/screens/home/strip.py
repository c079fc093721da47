"""The sixty tasks as a strip of marks, part by part. Arrows move, Enter opens; the number and title are said below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.home import TaskState

from ...kit import look, marks, paint

ORDER = ("done", "going", "late", "todo", "na")
PAD, GAP = 16, 12


class TaskStrip(QWidget):
    """`picked(key)` on Enter or a click; `pointed(words)` while moving."""

    picked = Signal(str)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.parts: list[tuple[str, list[TaskState]]] = []
        self.at = -1
        self._short = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_tasks(self, parts: list[tuple[str, list[TaskState]]]) -> None:
        self.parts = parts
        self._say()
        self.update()

    def tasks(self) -> list[TaskState]:
        return [task for _, tasks in self.parts for task in tasks]

    def sizeHint(self) -> QSize:
        return QSize(600, look.theme().control(94))

    def words(self, task: TaskState) -> str:
        return f"任务 {task.number}　{task.title}：{marks.WORDS[task.state]}"

    def _say(self) -> None:
        tasks = self.tasks()
        counts = "，".join(f"{marks.WORDS[s]} {sum(t.state == s for t in tasks)}" for s in ORDER)
        here = f"，{self.words(tasks[self.at])}" if 0 <= self.at < len(tasks) else ""
        self.setAccessibleName(f"{len(tasks)} 项任务：{counts}{here}")

    def _label(self, name: str, part: list[TaskState], short: bool = False) -> str:
        if short:
            return name
        numbers = f"{part[0].number}–{part[-1].number}" if len(part) > 1 else str(part[0].number)
        return f"{name} {numbers}"

    def _wide(self) -> tuple[float, list[float]]:
        """px of one mark, and of each part; labels go without their numbers where marks would touch."""
        made = self._shares(short=False)
        self._short = made[0] < look.theme().px(12) + 2
        return self._shares(short=True) if self._short else made

    def _shares(self, short: bool) -> tuple[float, list[float]]:
        """Each part as wide as its marks, but never less than its label."""
        labels = [look.width(self._label(name, part, short), 12) + 2 for name, part in self.parts]
        counts = [len(part) for _, part in self.parts]
        room = self.width() - 2 * PAD - GAP * (len(self.parts) - 1)
        step = room / (sum(counts) or 1)
        for _ in counts:  # parts held open by their labels leave less for the others
            held = [count * step < label for count, label in zip(counts, labels, strict=True)]
            rest = sum(count for count, is_held in zip(counts, held, strict=True) if not is_held)
            taken = sum(label for label, is_held in zip(labels, held, strict=True) if is_held)
            step = min(step, (room - taken) / rest) if rest else step
        return step, [max(count * step, label) for count, label in zip(counts, labels, strict=True)]

    def _spots(self) -> list[QRectF]:
        """Where each mark stands."""
        side = look.theme().px(12)
        step, wide = self._wide()
        left, made = float(PAD), []
        for (_, tasks), room in zip(self.parts, wide, strict=True):
            x = left
            for _task in tasks:
                made.append(QRectF(int(x + (step - side) / 2), look.theme().control(52) - side / 2, side, side))
                x += step
            left += room + GAP
        return made

    def _go(self, place: int) -> None:
        tasks = self.tasks()
        if tasks:
            self.at = max(0, min(place, len(tasks) - 1))
            self._say()
            self.pointed.emit(self.words(tasks[self.at]))
            self.update()

    def keyPressEvent(self, event: object) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}.get(event.key())
        if step:
            self._go(self.at + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self.at < len(self.tasks()):
            self.picked.emit(self.tasks()[self.at].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self._go(max(self.at, 0))

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def _under(self, x: float, y: float) -> int:
        return next((i for i, spot in enumerate(self._spots()) if spot.adjusted(-3, -10, 3, 10).contains(x, y)), -1)

    def mousePressEvent(self, event: object) -> None:
        place = self._under(event.position().x(), event.position().y())
        if place >= 0:
            self._go(place)
            self.picked.emit(self.tasks()[place].key)

    def mouseMoveEvent(self, event: object) -> None:
        place = self._under(event.position().x(), event.position().y())
        self.setToolTip(self.words(self.tasks()[place]) if place >= 0 else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.fillRect(self.rect(), look.color("panel"))
        theme, tasks = look.theme(), self.tasks()
        top = QRect(PAD, theme.control(8), self.width() - 2 * PAD, theme.control(20))
        paint.text(p, top, f"{len(tasks)} 项任务", "ink", 14)
        self._legend(p, top)
        spots, place = self._spots(), 0
        for (name, part), across in zip(self.parts, self._wide()[1], strict=True):
            left = int(spots[place].x()) - 3
            paint.hline(p, left, theme.control(37), int(across) - 6, "line2")
            low = QRect(left, theme.control(62), int(across) + 1, theme.control(20))
            paint.text(p, low, self._label(name, part, self._short), "ink2", 12)
            for task in part:
                marks.paint(p, task.state, spots[place])
                if self.hasFocus() and place == self.at:
                    paint.frame(p, spots[place].toRect().adjusted(-4, -4, 4, 4))
                place += 1

    def _legend(self, p: QPainter, room: QRect) -> None:
        tasks, side, x = self.tasks(), look.theme().px(12), room.right()
        for state in reversed(ORDER):
            words = f"{marks.WORDS[state]} {sum(task.state == state for task in tasks)}"
            x -= look.width(words, 12)
            token = marks.TOKENS[state] if state == "late" and not words.endswith(" 0") else "ink2"
            paint.text(p, QRect(x, room.y(), room.width(), room.height()), words, token, 12)
            x -= side + 6
            marks.paint(p, state, QRectF(x, room.y() + (room.height() - side) // 2, side, side))
            x -= 18
