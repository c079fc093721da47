"""The contrasts that look.md promises, recomputed from the one token file, and how lengths grow with the text."""

import pytest

from desktop.ui.kit.tokens import MODES, Theme, contrast, raw

# ink, ground, light, dark as the look states them (one decimal)
STATED = [
    ("ink", "panel", 16.1, 13.0), ("ink", "soft", 13.0, 10.1), ("ink2", "panel", 8.3, 8.6), ("ink2", "rail", 7.0, 9.9),
    ("ink2", "soft", 6.7, 6.6), ("ink3", "panel", 5.6, 6.1), ("ink3", "rail", 4.7, 7.1), ("ink3", "sunken", 5.3, 5.6),
    ("ink3", "soft", 4.5, 4.8), ("accent", "panel", 7.1, 7.9), ("accent", "rail", 6.0, 9.1),
    ("accent", "soft", 5.8, 6.1), ("onaccent", "accent", 7.1, 9.0), ("red", "panel", 7.3, 7.7),
    ("red", "redsoft", 6.3, 6.9), ("red", "soft", 5.9, 5.9),
    ("amber", "panel", 7.0, 8.9), ("amber", "ambersoft", 6.1, 7.5), ("amber", "soft", 5.6, 6.8),
    ("green", "panel", 7.2, 8.6), ("green", "greensoft", 6.2, 7.1), ("green", "soft", 5.8, 6.6),
]  # fmt: skip
OUTLINES = [("edge", "panel", 3.5, 4.5), ("edge", "window", 3.2, 4.9), ("bar", "panel", 3.2, 4.4)]


@pytest.mark.parametrize(("ink", "ground", "light", "dark"), STATED + OUTLINES)
def test_contrast_is_as_stated_and_enough(ink, ground, light, dark):
    floor = 3.0 if ink in ("edge", "bar") else 4.5
    for mode, stated in (("light", light), ("dark", dark)):
        theme = Theme(mode)
        got = contrast(theme.hex(ink), theme.hex(ground))
        assert got >= floor
        assert got == pytest.approx(stated, abs=0.06)


def test_both_modes_name_the_same_colours():
    assert set(raw()["light"]) == set(raw()["dark"])
    assert MODES == ("light", "dark")


def test_known_contrasts():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize(
    ("text", "body", "row", "top", "rail"),
    [("标准", 13, 28, 44, 140), ("大", 15, 32, 48, 158), ("特大", 17, 36, 52, 176)],
)
def test_lengths_grow_with_the_text(text, body, row, top, rail):
    theme = Theme("light", text)
    assert (theme.type("body"), theme.control(28), theme.bar(44), theme.rail_width) == (body, row, top, rail)
