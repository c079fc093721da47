"""设置 → 证书: files of the city taken, a request made, the certificate read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.actions import authority
from tests.ui.seated import dialog, make_folder, settle, window_over

SECRET = "示例证书口令一二三四"


def test_trust_request_and_certificate_in_settings(qtbot: Any, tmp_path: Path) -> None:
    root = tmp_path / "root"
    authority.create(root, name="练习根证书", office="示例市", password=SECRET)
    with window_over(qtbot, make_folder(tmp_path / "data")) as window:
        window.go("settings")
        settle(qtbot, window)
        page = window.shell.page("settings")
        page.tree.select_key("certificates")
        part = page.parts["certificates"]
        part.take_files([root / each for each in authority.FILES])
        settle(qtbot, window)
        settle(qtbot, window)
        dialog().accept()
        model = part.table.model()
        kinds = [model.row_at(place).cell(0).text for place in range(model.rowCount())]
        assert kinds == ["根证书（练习）", "吊销清单（练习）", "证书登记表（练习）"]

        part.request()
        asked = dialog()
        files = {name: tmp_path / name for name in ("key.pem", "a.csr", "back.pem", "own.p12")}
        asked.accept()
        assert asked.password.error_text
        for field, value in (
            (asked.key, files["key.pem"]), (asked.out, files["a.csr"]), (asked.password, "区里的口令一二三"),
            (asked.name, "示例区报送"), (asked.office, "示例区发展和改革局"),
        ):  # fmt: skip
            field.set_value(str(value))
        asked.accept()
        settle(qtbot, window)
        assert files["a.csr"].is_file() and not asked.isVisible()
        names = {"district": "379901", "name": "示例区报送", "office": "示例区发展和改革局"}
        authority.issue_for_request(root, files["a.csr"], files["back.pem"], password=SECRET, **names)
        part.bring_back()
        back = dialog()
        for field, value in (
            (back.key, files["key.pem"]), (back.certificate, files["back.pem"]), (back.password, "错的口令一二三四"),
            (back.out, files["own.p12"]),
        ):  # fmt: skip
            field.set_value(str(value))
        back.accept()
        settle(qtbot, window)
        assert "口令不对" in back.fault.whole() and not files["own.p12"].exists()
        back.password.set_value("区里的口令一二三")
        back.accept()
        settle(qtbot, window)
        assert files["own.p12"].is_file(), back.fault.whole()
