"""The loader of forms: it fails loudly, naming file, field and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.model.forms import FormError, load_forms, read_form, read_forms

SMALL = """
name = "site"
title = "网点"
label = ["name"]
fields = [{ name = "name", label = "名称", type = "text", required = true }]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("was", "now", "named"),
    [
        ('title = "网点"', 'title = "网点"\ncolour = "红"', "colour"),
        ("required = true", "requird = true", "requird"),
        ('type = "text"', 'type = "txt"', "txt"),
        ('label = "名称"', 'label = ""', "label is missing"),
        ('label = ["name"]', 'label = ["nam"]', "nam"),
        ("required = true", "required = true, more = true", "never blocks"),
        ('name = "name"', 'name = "id"', "reserved"),
    ],
)
def test_a_typing_error_never_becomes_a_silent_default(tmp_path: Path, was: str, now: str, named: str) -> None:
    assert was in SMALL
    with pytest.raises(FormError, match=named):
        read_form(write(tmp_path, SMALL.replace(was, now, 1)))


def test_a_reference_to_nothing_is_refused(tmp_path: Path) -> None:
    field = '{ name = "owner", label = "主体", type = "reference", to = "nobody" }'
    write(tmp_path, SMALL.replace("required = true }]", "required = true }, " + field + "]"))
    with pytest.raises(FormError, match="nobody"):
        read_forms(tmp_path)


def test_all_record_forms_of_the_office_are_there() -> None:
    wanted = {
        "assignment", "progress", "indicator", "target", "measure", "problem", "policy", "enterprise", "project",
        "project_month", "equipment", "batch", "site", "site_month", "claim",
    }  # fmt: skip
    assert wanted <= set(load_forms())


def test_a_summary_has_a_key_of_its_own() -> None:
    form = load_forms()["progress"]
    row = {"item": "task-42", "unit": "区商务局", "period": "2026-10", "kind": "own"}
    assert form.key_of(row) == ("task-42", "区商务局", "2026-10")
    assert form.key_of({**row, "kind": "summary"}) == ("task-42", "summary", "2026-10")
    assert form.key_of({**row, "unit": None}) is None
