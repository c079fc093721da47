"""The two shipped fonts. Each has one weight: nothing on screen is ever bold or italic."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PySide6.QtGui import QFont, QFontDatabase

from desktop.model.errors import MachineFault

SANS_FILE = "NotoSansSC-Regular.otf"
SERIF_FILE = "NotoSerifSC-Regular.otf"


@cache
def _family(file: str) -> str:
    path = Path(pylopdf_fonts_zh_cn.__file__).with_name(file)
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise MachineFault(f"程序自带的字体 {file} 打不开。请重新安装本程序。")
    return families[0]


def sans() -> str:
    """Family name of the screen font, loaded on first use (a QGuiApplication must exist)."""
    return _family(SANS_FILE)


def serif() -> str:
    """Family name of the font for official text."""
    return _family(SERIF_FILE)


def font(px: int, *, official: bool = False) -> QFont:
    """Sans at `px` pixels; `official` gives the serif of official text."""
    made = QFont(serif() if official else sans())
    made.setPixelSize(px)
    made.setWeight(QFont.Weight.Normal)
    made.setItalic(False)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
