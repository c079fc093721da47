"""Files with records: kept encrypted, named by digest, of limited size."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.actions import attachments, health, records
from desktop.actions.desk import Desk
from desktop.model.errors import Refused
from tests.conftest import project

CONTENT = "现场照片 invented bytes".encode() * 50


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "示例现场.jpg"
    path.write_bytes(CONTENT)
    return path


def test_a_file_goes_in_and_comes_back(desk: Desk, photo: Path, tmp_path: Path) -> None:
    record = project(desk)
    made = attachments.attach(desk, "project", record, photo)
    assert made.digest == hashlib.sha256(CONTENT).hexdigest()
    told = records.get(desk, "project", record)["photos"]
    assert told == [{"digest": made.digest, "name": "示例现场.jpg", "size": len(CONTENT)}]
    assert attachments.attachment_bytes(desk, made.digest) == CONTENT
    attachments.save_attachment(desk, made.digest, tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == CONTENT
    second = tmp_path / "二.jpg"
    second.write_bytes(b"other")
    attachments.attach(desk, "project", record, photo)
    attachments.attach(desk, "project", record, second)
    assert [each.name for each in attachments.attachments(desk, "project", record)] == ["示例现场.jpg", "二.jpg"]
    attachments.detach(desk, "project", record, made.digest)
    assert [each.name for each in attachments.attachments(desk, "project", record)] == ["二.jpg"]
    assert health.check_folder(desk).ok


def test_its_bytes_lie_nowhere_in_clear(desk: Desk, photo: Path) -> None:
    attachments.attach(desk, "project", project(desk), photo)
    for path in desk.store.folder.rglob("*"):
        if path.is_file():
            assert b"invented bytes" not in path.read_bytes(), path


def test_what_is_refused_leaves_nothing(desk: Desk, photo: Path, tmp_path: Path) -> None:
    record = project(desk)
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(attachments.LIMIT + 1)
    empty = tmp_path / "empty.pdf"
    empty.touch()
    cases = [
        ("project", record, large, "最大 20 MB"),
        ("project", record, empty, "空文件"),
        ("project", record, tmp_path / "none.pdf", "找不到文件"),
        ("project", record, tmp_path, "是文件夹"),
        ("enterprise", records.find(desk, "enterprise")[0][0][0], photo, "不能带附件"),
        ("project", "0" * 8, photo, "没有这条项目"),
    ]
    for form, identity, path, words in cases:
        with pytest.raises(Refused, match=words):
            attachments.attach(desk, form, identity, path)
    assert "photos" not in records.get(desk, "project", record)
    with pytest.raises(Refused, match="还没有收到"):
        attachments.attachment_bytes(desk, hashlib.sha256(CONTENT).hexdigest())


def test_refused_by_the_records_own_rules_keeps_no_bytes(desk: Desk, photo: Path) -> None:
    from desktop.actions import periods

    row = {"item": "task-42", "unit": "示例区商务局", "period": "2026-10", "state": "going", "done": "示例"}
    made = records.put(desk, "progress", [row]).ids[0]
    periods.close(desk, "2026-10")
    with pytest.raises(Refused, match="已关账"):
        attachments.attach(desk, "progress", made, photo)
    with pytest.raises(Refused, match="还没有收到"):
        attachments.attachment_bytes(desk, hashlib.sha256(CONTENT).hexdigest())
