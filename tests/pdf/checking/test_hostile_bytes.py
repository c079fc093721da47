"""Files that were changed after they were signed, and files that are no files."""

from __future__ import annotations

import io
import re
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def codes(verdict: Any) -> set[str]:
    return {reason.code for reason in verdict.reasons}


@pytest.mark.parametrize("added", [b"\n", b" ", b"%", b"x" * 1000, b"startxref\n0\n%%EOF\n"])
def test_bytes_after_the_end(city: Any, signed: bytes, added: bytes) -> None:
    verdict = city.check(signed + added)
    assert verdict.verdict == "invalid"
    assert codes(verdict) & {"appended", "container", "byte_range"}


def append(pdf: bytes, objects: dict[int, bytes]) -> bytes:
    """An honest-looking incremental update."""
    previous = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    trailer = pdf[pdf.index(b"trailer\n", previous) + 8 : pdf.index(b"startxref", previous)]
    out, places = bytearray(pdf), {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (n, places[n]) for n in sorted(places))
    trailer = re.sub(rb"/Prev \d+", b"", trailer).strip()[:-2] + b" /Prev %d>>\n" % previous
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % (max(objects) + 100), trailer)
    return bytes(out + b"trailer\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % start)


def test_an_annotation_added_later(city: Any, signed: bytes) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    out = io.BytesIO()
    writer.write(out)
    verdict = city.check(out.getvalue())
    assert verdict.verdict == "invalid"
    assert codes(verdict) & {"later_revision", "byte_range", "container"}


def test_a_page_replaced_by_a_later_revision(city: Any, signed: bytes) -> None:
    verdict = city.check(append(signed, {4: b"<</Length 0>>\nstream\n\nendstream"}))
    assert verdict.verdict == "invalid"
    assert {"later_revision", "byte_range"} <= codes(verdict)


def overlaid(writer: Any, generic: Any) -> None:
    """Other figures drawn over the first page's own."""
    page = writer.root["/Pages"]["/Kids"][0]
    drawn = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 400 400 re f"))
    page[generic.NameObject("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), drawn])
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))


def one_page_more(writer: Any, generic: Any) -> None:
    name = generic.NameObject
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(
        {name("/Type"): name("/Page"), name("/Parent"): writer.root.raw_get("/Pages"),
         name("/MediaBox"): generic.ArrayObject([generic.NumberObject(each) for each in (0, 0, 595, 842)])}
    )  # fmt: skip
    pages["/Kids"].append(writer.add_object(page))
    pages[name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.mark_update(writer.root.raw_get("/Pages"))


@pytest.mark.parametrize("change", [overlaid, one_page_more])
def test_pages_drawn_over_or_added_by_a_later_revision(city: Any, signed: bytes, change: Any) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    change(writer, generic)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(signed) and len(out.getvalue()) > len(signed)
    verdict = city.check(out.getvalue())
    assert verdict.verdict == "invalid"
    (reason,) = [str(each) for each in verdict.reasons if each.code == "byte_range"]
    assert "没有覆盖整个文件" in reason


def test_a_second_signature(city: Any, signed: bytes) -> None:
    second = re.search(rb"<</Type /Sig .+?>>\nendobj", signed, re.DOTALL)
    assert second
    verdict = city.check(append(signed, {200: second[0].removesuffix(b"\nendobj")}))
    assert verdict.verdict == "invalid"
    assert {"signatures", "later_revision"} <= codes(verdict)


def test_no_signature_at_all(city: Any, make: Any) -> None:
    from desktop.pdf.signing.attaching import embed_submission

    verdict = city.check(embed_submission(make.pages(), make.data(), make.workbook))
    assert verdict.verdict == "invalid"
    assert "unsigned" in codes(verdict)


@pytest.mark.parametrize(
    "range_", [b"[]", b"[0 0 0 0]", b"[0 10 20 30]", b"[0 99999999 1 1]", b"[-1 1 1 1]", b"[1 2 3]", b"[0.0 1.5 2 3]"]
)
def test_an_odd_byte_range(city: Any, signed: bytes, range_: bytes) -> None:
    found = re.search(rb"/ByteRange (\[[^/]+)/Contents", signed)
    assert found
    changed = signed[: found.start(1)] + range_.ljust(len(found[1])) + signed[found.end(1) :]
    verdict = city.check(changed)
    assert verdict.verdict == "invalid"
    assert "byte_range" in codes(verdict)


def test_a_byte_range_that_hides_more_than_the_signature(city: Any, signed: bytes) -> None:
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", signed)
    assert found
    first, second, rest = (int(number) for number in found.groups())
    wider = b"/ByteRange [0 %d %d %d]" % (first - 10, second, rest)
    verdict = city.check(signed.replace(found[0], wider.ljust(len(found[0]))))
    assert verdict.verdict == "invalid"
    assert "byte_range" in codes(verdict)


def test_every_part_of_the_hole_counts(city: Any, signed: bytes) -> None:
    """The hole is not covered by the signature, so nothing in it may be free: digits, their case, the padding."""
    found = re.search(rb"/Contents <([0-9a-f]+)>", signed)
    assert found
    letter = next(i for i in range(found.start(1), found.end(1)) if signed[i : i + 1].isalpha())
    for position, new in ((letter, signed[letter : letter + 1].upper()), (found.end(1) - 1, b"1")):
        assert city.check(signed[:position] + new + signed[position + 1 :]).verdict == "invalid"


def test_one_byte_changed_anywhere(city: Any, signed: bytes) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(signed) - 1), st.integers(1, 255))
    def flip(position: int, mask: int) -> None:
        changed = signed[:position] + bytes([signed[position] ^ mask]) + signed[position + 1 :]
        assert city.check(changed).verdict == "invalid"

    flip()


@pytest.mark.slow
def test_bytes_all_over_the_file_count(city: Any, signed: bytes) -> None:
    for position in range(0, len(signed), 13):
        changed = signed[:position] + bytes([signed[position] ^ 0x01]) + signed[position + 1 :]
        assert city.check(changed).verdict == "invalid", position


def test_cut_off_anywhere(city: Any, signed: bytes) -> None:
    for length in range(0, len(signed), len(signed) // 40):
        assert city.check(signed[:length]).verdict == "invalid"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(junk=st.binary(max_size=400), head=st.sampled_from([b"", b"%PDF-1.7\n"]))
def test_junk_is_invalid(city: Any, junk: bytes, head: bytes) -> None:
    verdict = city.check(head + junk)
    assert verdict.verdict == "invalid"
    assert verdict.reasons


def test_large_junk_takes_little_time(city: Any, signed: bytes) -> None:
    start = time.monotonic()
    for junk in (
        b"%PDF-1.7\n" + b"<<" * 2_000_000, b"\0" * (70 << 20),
        signed[:-200] + b"xref\n0 9999999\n" * 100_000,
        b"%PDF-1.7\nxref\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF\n",
        append(signed, {300: b"[" * 100_000}),
    ):  # fmt: skip
        assert city.check(junk).verdict == "invalid"
    assert time.monotonic() - start < 10


@pytest.mark.slow
def test_an_attachment_that_inflates_without_end(city: Any, make: Any, key: Any) -> None:
    from desktop.pdf.signing import attaching, sign

    bomb = attaching.embed_submission(make.pages(), b"0" * (65 << 20), make.workbook)
    verdict = city.check(sign.sign(bomb, key, make.box, now=make.now))
    assert verdict.verdict == "invalid"
    assert "attachments" in codes(verdict)
