"""A wrong definition is named with its place, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.model import places
from desktop.model.forms import FormError
from desktop.model.printed import load_printed

GOOD = """name = "own"
title = "自己的表"
[[blocks]]
kind = "table"
name = "projects"
form = "project"
columns = ["name", { path = "total_investment", sum = true }]
[[blocks]]
kind = "paragraph"
text = "共 {projects.count} 个，{projects.sum.total_investment} 万元"
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of forms with one printed form, not yet written."""
    for path in places.forms().iterdir():
        if path.name != "printed":
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "printed").mkdir()
    monkeypatch.setenv("DESK_FORMS", str(tmp_path))
    return tmp_path / "printed" / "own.toml"


def test_a_good_one_is_read(written: Path) -> None:
    written.write_text(GOOD, encoding="utf-8")
    form = load_printed()["own"]
    assert form.heading == "{district_name}自己的表"
    assert [(each.label, each.unit, each.number) for each in form.tables[0].columns] == [
        ("项目名称", "", False), ("总投资", "万元", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('title = "自己的表"', 'title = "自己的表"\ncolour = 1', "unknown key colour"),
        ('form = "project"', 'form = "projects"', "unknown form projects"),
        ('form = "project"', 'form = "project"\nsort = "name"', "unknown key sort"),
        ('columns = ["name"', 'columns = ["naem"', "no such field naem"),
        ('columns = ["name"', 'columns = ["name.uscc"', "no such path name.uscc"),
        ('columns = ["name"', 'columns = [{ path = "name", sum = true }', "only figures"),
        ('columns = ["name"', 'columns = [{ derived = "luck", label = "运气" }', "unknown derived"),
        ('form = "project"', 'form = "project"\ngroup = "sectors"', "no such field sectors"),
        ('form = "project"', 'form = "project"\nmarks = ["gone"]', "unknown mark gone"),
        ("{projects.count}", "{project.count}", "no such figure"),
        ("sum.total_investment", "sum.name", "no such figure"),
        ('kind = "paragraph"', 'kind = "picture"', "unknown kind"),
        ('name = "own"', 'name = "other"', "not that of its file"),
        ('title = "自己的表"', 'title = "自己的表"\nabout = "nothing"', "about unknown form"),
    ],
)
def test_a_wrong_one_is_refused_with_its_place(written: Path, old: str, new: str, named: str) -> None:
    assert old in GOOD
    written.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=named) as error:
        load_printed()
    assert "own.toml" in str(error.value)
