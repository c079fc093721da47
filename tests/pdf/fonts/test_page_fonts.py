"""What the fonts of paper can draw, and that they are the same everywhere."""

from __future__ import annotations

import io
import json
from importlib import metadata
from pathlib import Path

import pytest
from fontTools import subset as subsetter
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from desktop.model import places
from desktop.model.errors import MachineFault, Refused
from desktop.pdf import fonts
from desktop.pdf.fonts import build, record

RARE = "㛃䶮𫖯𬭎"
# Of fontTools 4.68.0 and recipe 1. Offices compare pages to the byte, so another digest is another renderer version.
KNOWN = {
    "sans": "5ed6bb4581fce99c1e3dd3c6e8ecc80a182e88ae7b8d15173c425c7a1bd52343",
    "serif": "a11661431c0af176ded0d4d389b7209b41aa494c6cdae5215e15237452e5bc83",
}


def gbk_characters() -> str:
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F)
    decoded = (pair.decode("gbk", errors="ignore") for pair in pairs)
    return "".join(text for text in decoded if len(text) == 1 and not 0xE000 <= ord(text) <= 0xF8FF)


def small_source(folder: Path, text: str = "示例区" + RARE + " 019") -> Path:
    with TTFont(fonts.otf_paths()["serif"], lazy=True, recalcTimestamp=False) as font:
        worker = subsetter.Subsetter(subsetter.Options(recalc_timestamp=False))
        worker.populate(text=text)
        worker.subset(font)
        target = folder / "small.otf"
        font.save(target)
    return target


def bounds(font: TTFont, character: str) -> tuple[float, ...]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return pen.bounds or ()


def test_gbk_can_be_drawn_but_for_one_mathematical_sign_and_rare_names_too() -> None:
    text = gbk_characters()
    assert len(text) > 21_000
    assert fonts.covers(text + RARE + "①㎡½—…“”·％〔〕") == "≒"


def test_what_no_face_has_is_named_once_and_in_order() -> None:
    assert fonts.covers("示\U0001f600例\U00030000\U0001f600") == "\U0001f600\U00030000"


@pytest.mark.parametrize("face", fonts.FACES)
def test_advances_are_those_of_the_window(face: str) -> None:
    with TTFont(fonts.otf_paths()[face], lazy=True) as window:
        names = window.getBestCmap()
        expected = {code: window["hmtx"][names[code]][0] for code in map(ord, "示例〔—1a%" + RARE)}
    widths = fonts.faces()[face].widths
    assert {code: widths[code] for code in expected} == expected


def test_figures_of_the_sans_face_are_of_equal_width() -> None:
    assert len({fonts.faces()["sans"].widths[ord(figure)] for figure in "0123456789"}) == 1


def test_the_faces_keep_names_apart_from_each_other_and_from_the_window() -> None:
    files = [*fonts.ttf_paths().values(), *fonts.otf_paths().values()]
    assert len({TTFont(path, lazy=True)["name"].getDebugName(6) for path in files}) == 4


def test_the_built_fonts_are_the_same_on_every_machine() -> None:
    if metadata.version("fonttools") != "4.68.0":
        pytest.skip("another fontTools makes other bytes")
    assert record.digests(fonts.cache_folder()) == KNOWN


def test_converting_twice_gives_the_same_bytes_and_the_same_shapes(tmp_path: Path) -> None:
    source = small_source(tmp_path)
    build.convert(source, tmp_path / "one.ttf")
    build.convert(source, tmp_path / "two.ttf")
    assert (tmp_path / "one.ttf").read_bytes() == (tmp_path / "two.ttf").read_bytes()
    with TTFont(source) as cubic, TTFont(tmp_path / "one.ttf") as quadratic:
        for character in "示例区0" + RARE:
            pairs = zip(bounds(cubic, character), bounds(quadratic, character), strict=True)
            assert all(abs(a - b) <= 2 for a, b in pairs), character


def test_a_damaged_or_foreign_font_is_built_again(tmp_path: Path) -> None:
    for face in fonts.FACES:
        (tmp_path / f"{face}.ttf").write_bytes(b"whole")
    note = tmp_path / "built.json"
    note.write_text(record.text(tmp_path), "utf-8")
    assert record.is_current(tmp_path)
    (tmp_path / "serif.ttf").write_bytes(b"who")
    assert not record.is_current(tmp_path)
    (tmp_path / "serif.ttf").write_bytes(b"whole")
    changed = json.loads(note.read_text("utf-8"))
    changed["recipe"]["fonttools"] = "0.0"
    note.write_text(json.dumps(changed), "utf-8")
    assert not record.is_current(tmp_path)
    note.write_text("{", "utf-8")
    assert not record.is_current(tmp_path)


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MachineFault, match="字体无法写入文件夹") as fault:
        build.build(tmp_path / "file" / "fonts")
    assert "\n" not in str(fault.value)


def test_a_program_installed_read_only_keeps_its_fonts_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESK_FONT_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    (tmp_path / "program").write_bytes(b"")
    monkeypatch.setattr(places, "cache", lambda: tmp_path / "program")
    assert fonts.cache_folder() == tmp_path / "user" / "renewal-desk" / "fonts"
    monkeypatch.setenv("DESK_FONT_CACHE", str(tmp_path / "named"))
    assert fonts.cache_folder() == tmp_path / "named"


def test_the_font_of_a_stamp_depends_on_its_characters_only() -> None:
    one = fonts.subset_for("示例区" + RARE)
    fonts.subset_for.cache_clear()
    assert fonts.subset_for(RARE + "区示例示") == one
    with TTFont(io.BytesIO(one)) as font:
        assert set(font.getBestCmap()) == set(map(ord, "示例区" + RARE))
        assert all(bounds(font, character) for character in "示例区" + RARE)
    assert len(one) < 20_000


def test_a_stamp_with_a_character_no_font_has_is_refused() -> None:
    with pytest.raises(Refused, match="\U0001f600"):
        fonts.subset_for("示例\U0001f600")
