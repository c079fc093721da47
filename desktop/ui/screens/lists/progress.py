"""进展填报: the reports of the period one works in."""

from __future__ import annotations

from desktop.actions.listing import Condition

from ...frame import Frame
from .page import ListPage

KEY = "period.is"


class ProgressList(ListPage):
    """Shows the period of the top bar; the chip takes the condition away and shows all periods."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "progress")
        self._follow(frame.period)
        frame.period_changed.connect(self._moved)

    def _follow(self, period: str) -> None:
        self.conditions[KEY] = Condition("period", "is", (period,))

    def _moved(self, period: str) -> None:
        self._follow(period)
        if self.isVisible():
            self.reload()

    def starting(self) -> dict[str, str]:
        return {"period": self.frame.period}
