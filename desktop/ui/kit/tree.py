"""A tree list: parts and areas that fold, counts at the right, heads between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QTreeView, QWidget

from . import icons, look, marks, paint

NODE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Node:
    """One line. `count` at the right (None: none); `head` cannot be chosen; `note` instead of a count.

    `mark` stands before `note` (a state), as in the list of submissions; `note_ink` is the ink of a note without one.
    `lead` is a number before the text, in a column of its own.
    """

    key: str
    text: str
    count: int | None = None
    children: tuple[Node, ...] = ()
    head: bool = False
    open: bool = False
    note: str = ""
    mark: str = ""
    note_ink: str = "ink3"
    lead: str = ""


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: TreeList) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(60, look.theme().control(self.view.high + (6 if index.data(NODE).head else 0)))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        node: Node = index.data(NODE)
        view = self.view
        rect = QRect(0, option.rect.y(), view.viewport().width(), option.rect.height())
        p.save()
        p.setClipRect(rect)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = view.currentIndex() == index
        if node.head:
            paint.text(p, rect.adjusted(view.indent - 10, 6, -12, 0), node.text, "ink3", 12)
            p.restore()
            return
        if here:
            p.fillRect(rect, look.color("soft" if view.hasFocus() else "hover"))
            paint.fill(p, 0, rect.y(), 3, rect.height(), "accent")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            p.fillRect(rect, look.color("hover"))
        depth, parent = 0, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        left = view.indent + depth * 9
        if index.model().hasChildren(index):
            small = look.theme().px(14)
            name = "chevron-down" if view.isExpanded(index) else "chevron-right"
            top = rect.y() + (rect.height() - small) // 2
            icons.paint(p, name, QRectF(left - small - 5, top, small, small), "ink2")
        room = rect.adjusted(left, 0, -12, 0)
        end = node.note or (str(node.count) if node.count is not None else "")
        if end:
            token = marks.TOKENS.get(node.mark, "ink3") if node.mark else node.note_ink
            size = 13 if node.note and not node.lead else 12
            ink = token if token in ("red", "amber", "green", "accent") else "ink3"
            paint.text(p, room, end, ink, size, right=True)
            room.setRight(room.right() - look.width(end, size) - 4)
            if node.mark:
                side = look.theme().px(12)
                spot = QRectF(room.right() - side, rect.y() + (rect.height() - side) // 2, side, side)
                marks.paint(p, node.mark, spot)
                room.setRight(int(spot.x()) - 6)
        if node.lead:
            wide = look.width("26") + 8
            paint.text(p, QRect(room.x(), room.y(), wide - 8, room.height()), node.lead, "ink2", right=True)
            room.setLeft(room.x() + wide)
        paint.text(p, room, node.text)
        if here and view.hasFocus():
            paint.frame(p, rect)
        p.restore()

    def helpEvent(self, event: object, view: object, option: QStyleOptionViewItem, index: QModelIndex) -> bool:
        node: Node | None = index.data(NODE)
        room = view.viewport().width() - self.view.indent - 40
        QToolTip.showText(event.globalPos(), node.text if node and look.width(node.text) > room else "", view)
        return True


class TreeList(QTreeView):
    """`picked(key)` when the current line changes, `opened(key)` on Enter or double click. ←→ fold and unfold.

    `ground` sunken or panel; `high` line height at 标准 (26; 30 for lists of documents).
    """

    picked = Signal(str)
    opened = Signal(str)

    def __init__(
        self, nodes: Sequence[Node] = (), *, label: str = "", name: str = "", ground: str = "sunken", high: int = 26,
        indent: int = 26, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._clearing = False
        self.high, self.indent = high, indent
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("ground", ground)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setViewportMargins(0, 6, 0, 0)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_Delegate(self))
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(NODE).key))
        self.clicked.connect(self._fold)
        self.set_nodes(nodes)

    def refit(self) -> None:
        self.doItemsLayout()

    def set_nodes(self, nodes: Sequence[Node]) -> None:
        """Replace all; the current line stays when its key is still there."""
        held = self.key()
        self._clearing = True  # lines that go one by one hand the current one to their neighbours
        self._model.clear()
        self._clearing = False
        for node in nodes:
            self._model.appendRow(self._item(node))
        self._open(self._model.invisibleRootItem())
        if held:
            self.select_key(held)

    def _item(self, node: Node) -> QStandardItem:
        item = QStandardItem(node.text)
        item.setData(node, NODE)
        end = node.note or (f"{node.count} 项" if node.count is not None else "")
        named = f"{node.lead} {node.text}" if node.lead else node.text
        item.setAccessibleText(f"{named}，{end}" if end else named)
        if node.head:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        for child in node.children:
            item.appendRow(self._item(child))
        return item

    def _open(self, item: QStandardItem) -> None:
        for row in range(item.rowCount()):
            child = item.child(row)
            if child.data(NODE).open:
                self.expand(child.index())
            self._open(child)

    def key(self) -> str:
        node = self.currentIndex().data(NODE) if self.currentIndex().isValid() else None
        return node.key if node is not None else ""

    def select_key(self, key: str) -> bool:
        def find(item: QStandardItem) -> QStandardItem | None:
            for row in range(item.rowCount()):
                child = item.child(row)
                got = child if child.data(NODE).key == key else find(child)
                if got is not None:
                    return got
            return None

        found = find(self._model.invisibleRootItem())
        if found is not None:
            self.setCurrentIndex(found.index())
        return found is not None

    def _current(self, now: QModelIndex, before: QModelIndex) -> None:
        self.viewport().update()
        if now.isValid() and not now.data(NODE).head and not self._clearing:
            self.picked.emit(now.data(NODE).key)

    def _fold(self, index: QModelIndex) -> None:
        if self._model.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.key())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def drawBranches(self, p: QPainter, rect: QRect, index: QModelIndex) -> None:
        """None: the delegate draws the chevrons."""
