"""Real forms whose pages, font or workbook say other than their data, under a right signature; mutated files."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from desktop.actions import printing, submissions
from desktop.actions.desk import Desk
from desktop.excel.submission import submission_workbook
from desktop.model.canonical import canonical, digest
from desktop.model.forms import load_forms
from desktop.pdf.signing.sign import sign
from tests.pdf.checking.our_forms import ISSUANCE, NOW, check_form, signed_form


def test_a_page_font_that_draws_other_digits(
    made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any, district: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data say 4,800; the font under the same text draws other digits; all of it is signed rightly."""
    from desktop.pdf.signing import attaching
    from desktop.pdf.signing.objects import Stream

    written = attaching.read_body

    def forged(pdf: bytes) -> Any:
        body = written(pdf)
        for thing in body.objects.values():
            if isinstance(thing, Stream) and "Length1" in thing.entries:
                thing.content = _swapped(thing.content)
        return body

    data, _ = made("project-list")
    key = city.issue(district=district.district)
    with monkeypatch.context() as patch:
        patch.setattr(attaching, "read_body", forged)
        pdf = signed_form(data, key)
    verdict = check_form(city, pdf)
    assert (verdict.verdict, verdict.pages) == ("invalid", "different")
    assert {each.code for each in verdict.reasons} == {"pages"}


def _swapped(font: bytes) -> bytes:
    """The same font with the outlines of its first and last glyphs exchanged."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font)) as read:
        glyphs, names = read["glyf"], read.getGlyphOrder()
        if len(names) > 2:
            glyphs[names[1]], glyphs[names[-1]] = glyphs[names[-1]], glyphs[names[1]]
        out = io.BytesIO()
        read.save(out)
        return out.getvalue()


def test_page_100_and_data_1000_of_a_real_form(
    made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any, district: Desk
) -> None:
    """Pages of other data under a signature that is right, the data beside them."""
    data, _ = made("project-list")
    less = json.loads(canonical(data))
    less["records"]["project"][0]["total_investment"] = 100
    assert less != data
    issuance = {**ISSUANCE, "data_digest": digest(canonical(data))}
    pages, box = submissions.unsigned_pdf(less, {**ISSUANCE, "data_digest": digest(canonical(less))}, None)
    assert pages
    from desktop.model.frozen import sealed
    from desktop.pdf.render import render
    from desktop.pdf.signing.attaching import embed_submission

    drawn = render(printing.pages_of(less, draft=False, issuance=issuance)).pdf
    base = embed_submission(drawn, canonical(sealed(data, issuance)), submission_workbook(data, load_forms()))
    key = city.issue(district=district.district)
    verdict = check_form(city, sign(base, key, box, now=NOW))
    assert verdict.verdict == "invalid" and "pages" in {each.code for each in verdict.reasons}

    base = embed_submission(
        render(printing.pages_of(data, draft=False, issuance=issuance)).pdf, canonical(sealed(data, issuance)),
        submission_workbook(less, load_forms()),
    )  # fmt: skip
    verdict = check_form(city, sign(base, key, box, now=NOW))
    assert verdict.verdict == "invalid" and "workbook" in {each.code for each in verdict.reasons}
    (reason,) = [each for each in verdict.reasons if each.code == "workbook"]
    assert "项目清单!" in str(reason)


def test_mutated_files_never_raise(made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any) -> None:
    _mutations(made("project-list")[1], city, 12)


@pytest.mark.slow
def test_many_mutated_files_never_raise(made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any) -> None:
    for name in ("project-list", "letter"):
        _mutations(made(name)[1], city, 150)


def _mutations(pdf: bytes, city: Any, count: int) -> None:
    """Bits turned, ends cut off, pieces put in, taken out, exchanged: an answer each time, and never valid."""
    chance = random.Random(7)
    for _ in range(count):
        changed = bytearray(pdf)
        at, to = sorted(chance.randrange(len(pdf)) for _ in range(2))
        kind = chance.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at:]
        elif kind == 2:
            changed += chance.randbytes(chance.randrange(1, 200))
        elif kind == 3:
            changed[at:at] = pdf[at : at + chance.randrange(1, 5000)]
        elif kind == 4:
            del changed[at : min(to, at + 3000)]
        else:
            changed[at : at + 40], changed[to : to + 40] = pdf[to : to + 40], pdf[at : at + 40]
        if bytes(changed) == pdf:
            continue
        verdict = check_form(city, bytes(changed))
        assert verdict.verdict == "invalid" and verdict.reasons
