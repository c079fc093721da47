"""The page for the sealed envelope holds the key as it is typed."""

from __future__ import annotations

from pathlib import Path

from desktop.actions.recovery_page import save_recovery_page
from desktop.store.keys import new_recovery_key
from tests.tools import pdf_text


def test_every_group_of_the_key_stands_on_the_page(tmp_path: Path) -> None:
    key = new_recovery_key()
    save_recovery_page(tmp_path / "恢复密钥.pdf", key, "D:\\两新\\数据", "示例区发展和改革局")
    text = pdf_text((tmp_path / "恢复密钥.pdf").read_bytes())
    assert all(group in text for group in key.split("-"))
    assert "D:\\两新\\数据" in text and "信封" in text
