"""The page engine's own pages, signed and checked."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from desktop.model.page import Column, Document, Paragraph, Row, Table
from desktop.pdf.checking.verdict import Derived
from desktop.pdf.render import render
from desktop.pdf.signing.attaching import embed_submission
from desktop.pdf.signing.sign import sign
from desktop.pdf.signing.stamp import Box


def document(amount: str) -> Document:
    table = Table((Column("项目", 3), Column("总投资", 1, unit="万元")), (Row(("示例重工有限公司", amount)),) * 40)
    return Document("项目清单汇总表", (Paragraph("测试"), table), practice=True, signature=True)


def test_rendered_pages_are_equal_and_the_stamp_is_in_its_box(city: Any, key: Any, make: Any, tmp_path: Path) -> None:
    rendered = render(document("1000"))
    assert rendered.signature_box is not None
    box = Box.of_points(*rendered.signature_box)
    made = sign(embed_submission(rendered.pdf, make.data(), make.workbook), key, box, now=make.now)
    verdict = city.check(made, derive=lambda data: Derived(rendered.pdf, box))
    assert (verdict.verdict, verdict.pages) == ("valid", "equal"), verdict.reasons
    other = render(document("100"))
    verdict = city.check(made, derive=lambda data: Derived(other.pdf, box))
    assert (verdict.verdict, verdict.pages) == ("invalid", "different")
    file = tmp_path / "signed.pdf"
    file.write_bytes(made)
    seen = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True).stdout
    assert "Signature is Valid" in seen and "Total document signed" in seen
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
