"""Commands on several data folders, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main as entry

SECRET = "证书口令一二三"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command in this process on a folder below tmp_path; (exit code, JSON, messages)."""
    monkeypatch.setenv("DESK_PASSWORD", "示例密码一二三四")
    monkeypatch.setenv("DESK_NEW_PASSWORD", "示例密码一二三四")

    def call(folder: str, *words: object, user: str = "周示例", secret: str = SECRET) -> tuple[int, Any, str]:
        monkeypatch.setenv("DESK_CERT_PASSWORD", secret)
        before = ["--data", str(tmp_path / folder), "--user", user]
        code = entry.main([*before, *(str(word) for word in words), "--json"])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return call
