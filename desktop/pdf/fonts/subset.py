"""A small font with the characters of one text, for the visible stamp of a signature."""

from __future__ import annotations

import io
from functools import lru_cache

from desktop.model.errors import Refused
from desktop.pdf.fonts.paths import ttf_paths


@lru_cache(maxsize=8)
def subset_for(text: str, face: str = "serif") -> bytes:
    """A TrueType font with the glyphs of `text` (and nothing else), the same bytes for the same set of characters.

    Raises Refused when the face lacks a character.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=[], name_IDs=[1, 2, 3, 4, 6], notdef_outline=True, recalc_timestamp=False, glyph_names=False
    )
    with TTFont(ttf_paths()[face], lazy=True, recalcTimestamp=False) as font:
        wanted = {ord(c) for c in text}
        missing = wanted - set(font.getBestCmap())
        if missing:
            shown = "".join(chr(code) for code in sorted(missing))
            raise Refused(f"字体中没有“{shown}”，无法印出，请换用其他写法。")
        worker = subset.Subsetter(options)
        worker.populate(unicodes=wanted)
        worker.subset(font)
        for entry in font["name"].names:
            if entry.nameID == 6:
                # A page in the same file carries the whole face under its own PostScript name.
                entry.string = str(entry).replace("-TT", "-Stamp")
        out = io.BytesIO()
        font.save(out, reorderTables=True)
    return out.getvalue()
