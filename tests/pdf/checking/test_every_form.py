"""Every printed form with the practice district's data: other programs agree on the signed file."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop.model.printed import load_printed
from tests.pdf.checking.our_forms import FORMS, check_form

QUICK = ("project-list", "letter", "claim-form")


def run(*words: object) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace")


def words_of(data: dict[str, Any]) -> set[str]:
    """The names of the projects and sites that a table of the form prints."""
    tables = [
        table
        for table in load_printed()[data["form"]].tables
        if table.form in ("project", "site") and not table.hidden and any(each.path == "name" for each in table.columns)
    ]
    listed = {(table.form, str(row["of"])) for table in tables for row in data["rows"].get(table.name, [])}
    records = data.get("records", {})
    return {row["name"] for form in ("project", "site") for row in records.get(form, []) if (form, row["id"]) in listed}


@pytest.mark.parametrize(
    "name", [each if each in QUICK else pytest.param(each, marks=pytest.mark.slow) for each in FORMS]
)
def test_other_programs_agree_on_every_form(
    name: str, made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any, tmp_path: Path
) -> None:
    data, pdf = made(name)
    verdict = check_form(city, pdf)
    assert (verdict.verdict, verdict.pages) == ("valid", "equal"), verdict.reasons
    file = tmp_path / "x.pdf"
    file.write_bytes(pdf)
    told = run("pdfsig", "-nocert", file)
    for wanted in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"):
        assert wanted in told
    assert told.count("Signature #") == 1
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", file)
    listed = run("pdfdetach", "-list", file)
    assert "data.json" in listed and "workbook.xlsx" in listed
    fonts = run("pdffonts", file).splitlines()[2:]
    assert fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), fonts
    text = re.sub(r"\s", "", run("pdftotext", "-raw", file, "-"))
    assert data["district_name"] in text
    for words in words_of(data):
        assert re.sub(r"\s", "", words) in text, words
    with pikepdf.open(io.BytesIO(pdf)) as other:
        attached = {each: other.attachments[each].get_file().read_bytes() for each in other.attachments}
    assert attached == dict(verdict.attachments)
    assert attached["data.json"] == verdict.canonical
