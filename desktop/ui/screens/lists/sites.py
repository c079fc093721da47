"""回收网点: the list, with the plan's two goals above it and the townships as tiles beside it."""

from __future__ import annotations

from ...frame import Frame
from .page import ListPage


class SiteList(ListPage):
    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "site")
