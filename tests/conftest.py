"""What all tests share: a user's profile and a clock of their own, and offices of an invented district."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import records, setup
from desktop.actions.desk import Desk
from desktop.store import keys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PASSWORD = "示例密码一二三四"
CLERK, REVIEWER, ISSUER = "李示例", "赵示例", "孙示例"


@pytest.fixture(autouse=True)
def own_profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks of replicas go to a folder of the test; passwords are stretched less."""
    monkeypatch.setenv("DESK_PROFILE", str(tmp_path_factory.mktemp("profile")))
    monkeypatch.setattr(keys, "KDF", {"time_cost": 1, "memory_cost": 8192, "parallelism": 1})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Sets up offices of the practice district 示例区; all are closed at the end."""
    opened: list[Desk] = []

    def make(name: str = "office", office: str = "", account: str = CLERK, **more: Any) -> Desk:
        desk, _ = setup.init(
            tmp_path / name, district="379901", office=office, account=account, password=PASSWORD,
            **{"practice": True, **more},
        )  # fmt: skip
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(office: Callable[..., Desk]) -> Desk:
    return office()


def enterprise(desk: Desk, name: str = "示例重工有限公司", **more: object) -> str:
    return records.put(desk, "enterprise", [{"name": name, **more}]).ids[0]


def project_data(enterprise_id: str, **more: object) -> dict[str, object]:
    """An invented project as `put` takes it; money in 元."""
    return {
        "name": "重卡车架智能焊接线改造", "enterprise": enterprise_id, "kind": "upgrade", "sector": "industry",
        "address": "示例区星河街道示例路1号", "content": "拆除弧焊机组12台，新上焊接机器人工作站16套。",
        "total_investment": "48000000", "equipment_investment": "36800000", "fund_own": "48000000",
        "start": "2026-03", "finish": "2027-02", "stage": "building", **more,
    }  # fmt: skip


def project(desk: Desk, **more: object) -> str:
    found, _ = records.find(desk, "enterprise")
    owner = found[0][0] if found else enterprise(desk)
    return records.put(desk, "project", [project_data(owner, **more)]).ids[0]
