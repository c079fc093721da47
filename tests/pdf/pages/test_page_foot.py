import pytest
import segno

from desktop.model.page import Document, Paragraph
from desktop.pdf.render import render
from tests.pdf.pages.paper_samples import DIGEST, FOOT, application, ledger, letter, projects
from tests.pdf.pages.pdf_tools import grey, solid, text


def test_the_qr_code_on_paper_is_the_payload_with_a_quiet_zone() -> None:
    dpi = 300
    width, _, pixels = grey(render(projects(1)).pdf, 1, dpi)
    matrix = [list(row) for row in segno.make_qr(FOOT.qr, error="m", boost_error=False).matrix]
    size = len(matrix)
    module = 16 / size
    left, top = 35.0, 210 - 26 + 2.4

    def dark(x: float, y: float) -> int:
        return int(pixels[round(y / 25.4 * dpi) * width + round(x / 25.4 * dpi)] < 128)

    seen = [[dark(left + (c + 0.5) * module, top + (r + 0.5) * module) for c in range(size)] for r in range(size)]
    assert seen == matrix
    for row in range(-4, size + 4):
        for column in range(-4, size + 4):
            if not (0 <= row < size and 0 <= column < size):
                assert not dark(left + (column + 0.5) * module, top + (row + 0.5) * module)


def test_the_digest_stands_in_groups_of_four_on_every_page() -> None:
    pages = text(render(projects(40)).pdf, "-layout").split("\f")[:-1]
    groups = " ".join(DIGEST[start : start + 4] for start in range(0, 64, 4))
    assert len(pages) > 1
    assert all(groups in page and "电子签名不代替公章" in page for page in pages)


@pytest.mark.parametrize(
    "document", [application(signature=True), ledger(signature=True), letter(signature=True, foot=FOOT)]
)
def test_the_room_of_the_signature_is_empty_and_on_the_last_page(document: Document) -> None:
    made = render(document)
    assert made.signature_box is not None
    page, x0, y0, x1, y1 = made.signature_box
    assert page == made.pages - 1
    assert x1 - x0 > 140
    assert y1 - y0 > 40
    assert y0 > 14
    dpi = 72
    width, height, pixels = grey(made.pdf, page + 1, dpi)
    for y in range(round(height - y1), round(height - y0)):
        assert set(pixels[y * width + round(x0) : y * width + round(x1)]) == {255}


def test_without_a_signature_there_is_no_box() -> None:
    assert render(application()).signature_box is None


def test_drafts_and_practice_are_marked_on_every_page() -> None:
    both = render(ledger(20, draft=True, practice=True))
    for page in text(both.pdf, "-layout").split("\f")[:-1]:
        assert "未签名" in page
        assert "练习" in page
        assert page.count("稿") == 2
        assert page.count("习") == 2
    plain = solid(render(ledger(20)).pdf)
    assert "草稿" not in plain
    assert "练习" not in plain


def test_paper_without_data_has_no_code_and_no_digest() -> None:
    made = render(Document("示例", (Paragraph("甲"),)))
    assert "数据校验码" not in solid(made.pdf)
    width, height, pixels = grey(made.pdf, 1, 72)
    assert set(pixels[width * (height - 95) : width * (height - 40)]) == {255}
