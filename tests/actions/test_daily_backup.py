"""The day's own backup, and which automatic backups stay."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions import backup, records, setup
from desktop.actions.backup_ages import stamp_of, thinned
from desktop.actions.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("DESK_PROFILE", str(tmp_path / "profile"))
    monkeypatch.setenv("DESK_NOW", "2026-11-24T08:30:00+08:00")
    made, _ = setup.init(tmp_path / "data", district="370102", account="李示例", password="示例密码0000")
    yield made
    made.close()


def test_one_backup_a_day_and_it_can_be_restored(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records.put(desk, "enterprise", [{"name": "示例重工有限公司"}])
    first = backup.daily(desk)
    assert first is not None and first.records == desk.store.records.count()
    assert backup.daily(desk) is None
    monkeypatch.setenv("DESK_NOW", "2026-11-25T08:10:00+08:00")
    second = backup.daily(desk)
    assert second is not None and second.path != first.path
    assert backup.backups(desk) == [second.path, first.path]
    restored = backup.restore(first.path, tmp_path / "other", "李示例", "示例密码0000")
    assert restored.records == first.records


def test_a_years_backups_are_thinned_by_age() -> None:
    now = datetime.datetime(2026, 11, 24, 17)
    made = [now - datetime.timedelta(hours=6 * step) for step in range(4 * 400)]
    keep = thinned(made, now)
    ages = sorted((now.date() - each.date()).days for each in keep)
    assert ages.count(0) == 3 and ages.count(1) == 4  # the last two days whole
    assert [age for age in ages if 2 <= age <= 30] == list(range(2, 31))  # then the newest of each day
    weeks = [age for age in ages if 31 <= age <= 84]
    assert 8 <= len(weeks) <= 10
    months = [age for age in ages if age > 84]
    assert 8 <= len(months) <= 10 and max(months) <= 372
    assert thinned(keep, now) == keep


def test_only_names_of_backups_have_a_time() -> None:
    assert stamp_of(Path("20261124-083000-每日.deskbackup")) == datetime.datetime(2026, 11, 24, 8, 30)
    assert stamp_of(Path("我的备份.deskbackup")) is None
