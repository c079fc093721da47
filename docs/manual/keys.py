"""Writes 13-快捷键.md from the program's own table of keys: `python docs/manual/keys.py`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from desktop.ui.kit.keys import KEYS, PLACES  # noqa: E402

CHAPTER = HERE / "13-快捷键.md"
HEAD = """# 13　快捷键表

按住 Ctrl 再按后面的键。屏幕右下角总写着此处最常用的几个。
带字母、数字的单键只在不能打字的地方有效，不会和输入法相撞。

这一章由 `python docs/manual/keys.py` 从程序的按键表写成，请不要手改。
"""


def chapter() -> str:
    """The chapter as it should read, one table for each part of the window."""
    parts = [HEAD]
    for where, label in PLACES.items():
        rows = [(key.shown or "、".join(key.keys), key.words) for key in KEYS.values() if key.where == where]
        lines = [f"| {keys} | {words} |" for keys, words in rows]
        parts.append("\n".join([f"## {label}\n", "| 键 | 做什么 |", "|---|---|", *lines]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    CHAPTER.write_text(chapter(), encoding="utf-8")
