"""The encrypted file: what a stolen copy shows, who may open it, what a copy does to counters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.actions import accounts, backup, records, setup
from desktop.actions.desk import Desk, open_desk
from desktop.model.errors import MachineFault, NotAllowed, Refused
from desktop.store.keys import KeyFile
from tests.conftest import CLERK, PASSWORD, enterprise, project


def test_a_stolen_file_shows_no_text(desk: Desk) -> None:
    enterprise(desk, "绝不出现的名字有限公司", phone="0531-0000 0042")
    desk.close()
    for path in desk.store.folder.iterdir():
        data = path.read_bytes()
        for text in ("绝不出现的名字", "0531-0000", "李示例", "健全再生资源", "CREATE TABLE"):
            assert text.encode() not in data, path.name


def test_a_wrong_password_is_one_sentence_and_changes_nothing(desk: Desk) -> None:
    folder = desk.store.folder
    desk.close()
    with pytest.raises(Refused, match="账号或密码不对"):
        open_desk(folder, CLERK, "另一个密码九八七")
    open_desk(folder, CLERK, PASSWORD).close()


def test_waits_grow_and_survive_a_restart(desk: Desk) -> None:
    path = desk.store.folder / "keys.json"
    waited: list[float] = []
    for _ in range(6):
        keys = KeyFile.read(path)
        keys._wait = waited.append
        with pytest.raises(Refused):
            keys.unlock(CLERK, "不对的密码")
    assert waited == [1, 2, 4]


def test_keys_file_holds_no_names(desk: Desk) -> None:
    text = (desk.store.folder / "keys.json").read_text()
    assert CLERK not in text and json.dumps(CLERK)[1:-1] not in text


def test_the_recovery_key_opens(tmp_path: Path) -> None:
    desk, recovery = setup.init(tmp_path / "a", district="370102", account=CLERK, password=PASSWORD)
    desk.close()
    again = open_desk(tmp_path / "a", "recovery", recovery.lower().replace("-", " "))
    assert again.district == "370102"
    again.close()


def test_a_changed_byte_is_noticed(desk: Desk) -> None:
    folder = desk.store.folder
    desk.close()
    data = bytearray((folder / "desk.db").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "desk.db").write_bytes(data)
    try:
        desk = open_desk(folder, CLERK, PASSWORD)
    except MachineFault as fault:
        assert "恢复" in str(fault)
    else:
        assert desk.store.integrity()
        desk.close()


def test_a_second_window_is_told(desk: Desk) -> None:
    with pytest.raises(MachineFault, match="另一个窗口"):
        open_desk(desk.store.folder, CLERK, PASSWORD)


def test_a_copied_folder_is_another_replica(desk: Desk, tmp_path: Path) -> None:
    project(desk)
    replica = desk.store.replica
    folder = desk.store.folder
    desk.close()
    shutil.copytree(folder, tmp_path / "copy")
    copy = open_desk(tmp_path / "copy", CLERK, PASSWORD)
    assert copy.store.replica != replica
    copy.close()
    original = open_desk(folder, CLERK, PASSWORD)
    assert original.store.replica == replica
    original.close()


def test_a_file_put_back_by_hand_never_reuses_a_counter(desk: Desk, tmp_path: Path) -> None:
    folder = desk.store.folder
    project(desk)
    replica = desk.store.replica
    desk.close()
    old = (folder / "desk.db").read_bytes()
    desk = open_desk(folder, CLERK, PASSWORD)
    enterprise(desk, "后来的示例公司")
    desk.close()
    (folder / "desk.db").write_bytes(old)
    again = open_desk(folder, CLERK, PASSWORD)
    assert again.store.replica != replica
    again.close()


def test_the_log_is_chained_and_append_only(desk: Desk) -> None:
    project(desk)
    assert desk.store.journal.verify() is None
    database = desk.store._database.conn
    with pytest.raises(Exception, match="append-only"):
        database.execute("UPDATE log SET new = 'x' WHERE field = 'name'")
    database.execute("DROP TRIGGER log_is_kept_update")
    database.execute("UPDATE log SET new = '改过' WHERE field = 'address'")
    assert desk.store.journal.verify() is not None


def test_nothing_half_done_when_a_row_is_refused(desk: Desk) -> None:
    owner = enterprise(desk)
    before = records.find(desk, "project")[1]
    good = {"name": "甲", "enterprise": owner}
    with pytest.raises(Refused) as refused:
        records.put(desk, "project", [good, {**good, "start": "2026年13月"}])
    assert records.find(desk, "project")[1] == before
    assert any(each["index"] == 1 and each["field"] == "start" for each in refused.value.details)


def test_a_foreign_or_newer_file_is_refused(desk: Desk, office: Callable[..., Desk]) -> None:
    folder = desk.store.folder
    desk.store._database.conn.execute("PRAGMA user_version = 9999")
    desk.close()
    with pytest.raises(MachineFault, match="更新版本"):
        open_desk(folder, CLERK, PASSWORD)


def test_restoring_waits_for_no_open_window_and_keeps_what_was_there(desk: Desk, tmp_path: Path) -> None:
    made = backup.backup(desk, tmp_path / "stick.deskbackup")
    enterprise(desk, "备份之后的示例公司")
    folder = desk.store.folder
    with pytest.raises(MachineFault, match="另一个窗口"):
        backup.restore(made.path, folder, CLERK, PASSWORD)
    desk.close()
    backup.restore(made.path, folder, CLERK, PASSWORD)
    again = open_desk(folder, CLERK, PASSWORD)
    assert records.find(again, "enterprise")[1] == 0
    again.close()
    (aside,) = folder.glob("恢复前-*")
    shutil.copytree(aside, tmp_path / "before")
    before = open_desk(tmp_path / "before", CLERK, PASSWORD)
    assert records.find(before, "enterprise")[1] == 1
    before.close()


def test_only_an_administrator_restores(desk: Desk, tmp_path: Path) -> None:
    accounts.add_account(desk, "王示例", ("enter",), PASSWORD)
    made = backup.backup(desk, tmp_path / "stick.deskbackup")
    folder = desk.store.folder
    desk.close()
    with pytest.raises(NotAllowed, match="管理员"):
        backup.restore(made.path, folder, "王示例", PASSWORD)


def test_the_recovery_key_is_no_password_and_no_second_person(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="恢复密钥用的名字"):
        setup.init(tmp_path / "x", district="370102", account="recovery", password=PASSWORD)
    desk, recovery = setup.init(tmp_path / "a", district="370102", account=CLERK, password=PASSWORD)
    desk.close()
    again = open_desk(tmp_path / "a", "recovery", recovery)
    assert again.account.roles == ("admin",)
    with pytest.raises(Refused, match="恢复密钥不能"):
        accounts.change_own_password(again, PASSWORD)
    again.close()


def test_a_set_up_that_fails_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise MachineFault("磁盘已满")

    with monkeypatch.context() as patch:
        patch.setattr("desktop.store.store.Store.save", full)
        with pytest.raises(MachineFault):
            setup.init(tmp_path / "a", district="370102", account=CLERK, password=PASSWORD)
    desk, _ = setup.init(tmp_path / "a", district="370102", account=CLERK, password=PASSWORD)
    assert records.find(desk, "assignment")[1] == 68
    desk.close()
