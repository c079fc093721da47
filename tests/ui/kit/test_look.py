"""Theme, fonts, marks, icons and the key table."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QFontInfo, QImage, QKeySequence, QPainter

from desktop.model import places
from desktop.ui.kit import app, fonts, icons, keys, look, marks
from desktop.ui.kit.text import Text
from desktop.ui.kit.tokens import Theme

KIT = Path(app.__file__).parent


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_style_sheet_is_filled_and_never_bold(mode):
    sheet = look.style_sheet(Theme(mode, "特大"))
    assert "{{" not in sheet
    assert "bold" not in sheet and "italic" not in sheet and "font-weight" not in sheet


def test_fonts_are_the_shipped_ones(qapp):
    assert QFontInfo(qapp.font()).family() == fonts.sans() == "Noto Sans SC"
    assert fonts.serif() == "Noto Serif SC"
    assert not look.font(18).bold() and not look.font(18, official=True).italic()


def test_labels_show_markup_as_it_stands(qtbot):
    label = Text("<b>示例</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>示例</b>"


def test_text_size_reaches_open_windows(qtbot, qapp):
    label = Text("示例", size=18)
    qtbot.addWidget(label)
    label.show()
    small = label.fontMetrics().height()
    look.apply(qapp, "dark", "特大")
    qapp.processEvents()
    assert label.fontMetrics().height() > small
    assert look.color("panel").name().upper() == "#1E2122"


def picture(draw) -> bytes:
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return bytes(image.constBits())


def test_every_mark_has_its_own_shape():
    seen = {}
    for name in marks.WORDS:
        got = picture(lambda p, name=name: marks.paint(p, name, QRectF(0, 0, 24, 24), token="ink"))
        assert any(got), name
        assert got not in seen.values(), name
        seen[name] = got


def test_every_icon_named_in_the_kit_ships_with_its_licence():
    folder = places.resources() / "icons"
    assert "ISC License" in (folder / "LICENSE").read_text(encoding="utf-8")
    named = set()
    for file in KIT.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        named |= set(re.findall(r'icon="([a-z0-9-]+)"|$^', text)) | set(re.findall(r'IconView\("([a-z0-9-]+)"', text))
    named.discard("")
    assert {"printer", "plus"} <= named
    assert [name for name in named if not (folder / f"{name}.svg").exists()] == []


def test_icons_are_tinted_by_theme():
    assert picture(lambda p: icons.paint(p, "house", QRectF(0, 0, 24, 24), "red")) != picture(
        lambda p: icons.paint(p, "house", QRectF(0, 0, 24, 24), "ink")
    )


def test_keys_leave_input_methods_their_own():
    for name, key in keys.KEYS.items():
        for text in key.keys:
            assert text not in keys.FORBIDDEN, name
            assert not QKeySequence(text).isEmpty(), name
            assert QKeySequence(text)[0].key() != Qt.Key.Key_unknown, name


def test_keys_do_not_collide_within_a_place():
    for where in keys.PLACES:
        taken = [QKeySequence(t).toString() for k in keys.KEYS.values() if k.where == where for t in k.keys]
        if where == "everywhere":
            assert len(taken) == len(set(taken))
    assert keys.hint("save") == "Ctrl+S"
    assert keys.phrase("next_pane") == "F6 换区"


def test_void_calls_do_not_wear_out_none():
    """Under Python 3.11 a binding may lose a reference to None at each void call (6.12.0 does), until it aborts."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 1000
