"""The place 补贴申报."""

from __future__ import annotations

from ...frame import Frame
from ..lists.page import ListPage
from ..lists.place import ListPlace
from ..record.page import RecordPage
from .list import ClaimList
from .record import ClaimPage


class ClaimPlace(ListPlace):
    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, "claim")

    def make_list(self) -> ListPage:
        return ClaimList(self.frame)

    def make_page(self) -> RecordPage:
        return ClaimPage(self.frame)
