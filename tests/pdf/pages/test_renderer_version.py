import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.model import places
from desktop.model.errors import MachineFault
from desktop.pdf import version


def test_the_version_is_the_same_in_another_process() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "desktop.pdf.version"], capture_output=True, text=True, check=True, cwd=places.root()
    ).stdout.strip()
    assert re.fullmatch("[0-9a-f]{64}", printed)
    assert printed == version.computed()


def test_a_changed_form_gives_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text('title = "甲"\n', "utf-8")
    monkeypatch.setenv("DESK_FORMS", str(tmp_path))
    before = version.computed()
    (tmp_path / "a.toml").write_bytes('title = "甲"\r\n'.encode())
    assert version.computed() == before
    (tmp_path / "a.toml").write_text('title = "乙"\n', "utf-8")
    assert version.computed() != before


def test_a_bundle_reads_the_version_it_was_built_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(places, "resources", lambda: tmp_path)
    version.renderer_version.cache_clear()
    try:
        with pytest.raises(MachineFault, match=r"renderer-version\.txt"):
            version.renderer_version()
        (tmp_path / "renderer-version.txt").write_text("ab" * 32 + "\n", "ascii")
        assert version.renderer_version() == "ab" * 32
    finally:
        version.renderer_version.cache_clear()
