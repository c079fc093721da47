"""The same data give the same file wherever the program is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from desktop.actions.desk import Desk
from desktop.model.canonical import canonical, digest
from desktop.pdf import fonts
from tests.pdf.checking.our_forms import ISSUANCE, frozen

MAKER = """
import json, sys
from pathlib import Path
from desktop.actions import submissions
from desktop.excel.submission import submission_workbook
from desktop.model.forms import load_forms
from desktop.model.canonical import canonical, read_canonical
data = read_canonical(Path(sys.argv[1]).read_bytes())
issuance = json.loads(Path(sys.argv[2]).read_text("utf-8"))
pdf, box = submissions.unsigned_pdf(data, issuance, submission_workbook(data, load_forms()))
Path(sys.argv[3]).write_bytes(pdf)
print(box)
"""


@pytest.mark.slow
def test_two_fresh_installs_render_the_same_objects(district: Desk, tmp_path: Path) -> None:
    """Other homes, languages, time zones, hash seeds, and fonts of their own: equal object by object.

    That fonts built anywhere are the same bytes is held by the tests of the fonts: here they are copied.
    """
    data = frozen(district, "monthly-report")
    (tmp_path / "data.json").write_bytes(canonical(data))
    issuance = {**ISSUANCE, "data_digest": digest(canonical(data))}
    (tmp_path / "issuance.json").write_text(json.dumps(issuance), "utf-8")
    root = Path(__file__).resolve().parents[3]
    boxes = []
    for number, (locale, zone) in enumerate((("C", "UTC"), ("zh_CN.UTF-8", "Asia/Shanghai"))):
        home = tmp_path / f"home{number}"
        home.mkdir()
        environment = {
            **os.environ, "HOME": str(home), "DESK_PROFILE": str(home / "profile"), "LANG": locale, "LC_ALL": locale,
            "TZ": zone, "PYTHONHASHSEED": str(number + 1), "PYTHONPATH": str(root),
        }  # fmt: skip
        if number:
            environment["DESK_FONT_CACHE"] = str(shutil.copytree(fonts.cache_folder(), home / "fonts"))
        files = [tmp_path / "data.json", tmp_path / "issuance.json", tmp_path / f"{number}.pdf"]
        done = subprocess.run(
            [sys.executable, "-c", MAKER, *map(str, files)], env=environment, cwd=home, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        boxes.append(done.stdout)
    assert boxes[0] == boxes[1]
    objects = [_objects(tmp_path / f"{number}.pdf") for number in (0, 1)]
    assert objects[0] == objects[1]
    assert (tmp_path / "0.pdf").read_bytes() == (tmp_path / "1.pdf").read_bytes()


def _objects(path: Path) -> list[tuple[str, bytes]]:
    found = []
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            stream = thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b""
            found.append((repr(thing), stream))
    return found
