"""Where the next block goes: pages, the place reached on the page, and what is repeated when a page is full."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from desktop.pdf.pen import Fonts, Page
from desktop.pdf.sheet import Sheet
from desktop.pdf.style import CONTINUED, MM

_SMALLEST_NAME = 9.0  # points
_HAIR = 0.01  # rounding never pushes a block over


@dataclass
class Flow:
    """The pages made so far. `y` is the place reached, in points from the top edge of the current page."""

    sheet: Sheet
    fonts: Fonts
    continued: str = ""
    pages: list[Page] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    y: float = 0.0
    framed: bool = False  # the last block ended with a frame at `y`, which the next frame can share
    fresh: bool = True  # nothing stands on this page yet
    started: bool = False

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def left(self) -> float:
        return self.sheet.left

    @property
    def measure(self) -> float:
        return self.sheet.measure

    @property
    def room(self) -> float:
        """What is left of the page, in points."""
        return self.sheet.bottom - self.y + _HAIR

    @property
    def whole(self) -> float:
        """The room of an empty page."""
        return self.sheet.bottom - self.sheet.top + _HAIR

    def new_page(self, sheet: Sheet | None = None) -> None:
        """Begin a page; every page but the first names the document above its type area."""
        self.sheet = sheet or self.sheet
        page = Page(self.sheet.width, self.sheet.height, self.fonts)
        self.pages.append(page)
        self.sheets.append(self.sheet)
        self.y, self.framed, self.fresh = self.sheet.top, False, True
        if self.started and self.continued:
            self._name(page)
        self.started = True

    def _name(self, page: Page) -> None:
        """The name of the document above the type area, in smaller type or cut when it is too long for one line."""
        text, again, style = self.continued, "（续）", CONTINUED
        while style.width(text + again) > self.measure and style.size > _SMALLEST_NAME:
            style = replace(style, size=style.size - 0.5)
        if style.width(text + again) > self.measure:
            again = "…（续）"
            while style.width(text + again) > self.measure:
                text = text[:-1]
        x = self.left + (self.measure - style.width(text + again)) / 2
        page.line_of(x, self.sheet.top - style.leading - 1.2 * MM, text + again, style)

    def need(self, height: float) -> bool:
        """Make sure of `height` points: on a new page when this one has less. True when a page was begun."""
        if height <= self.room or self.fresh:
            return False
        self.new_page()
        return True

    def gap(self, height: float) -> None:
        """White space before a block, none at the top of a page or when the page ends."""
        if not self.fresh:
            self.y = min(self.y + height, self.sheet.bottom)

    def take(self, height: float) -> float:
        """Use up `height` points; answers where they begin."""
        top = self.y
        self.y += height
        self.fresh = False
        self.framed = False
        return top
