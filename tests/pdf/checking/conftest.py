"""The practice district, and its printed forms as signed files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop.actions import practice
from desktop.actions.desk import Desk, open_desk
from desktop.store import keys
from tests.pdf.checking.our_forms import frozen, signed_form


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESK_PROFILE", str(tmp_path_factory.mktemp("profile")))
        patch.setattr(keys, "KDF", {"time_cost": 1, "memory_cost": 8192, "parallelism": 1})
        practice.make_practice(folder)
        with practice.at(practice.TODAY):
            desk = open_desk(folder, practice.ACCOUNT, practice.PASSWORD)
            yield desk
            desk.close()


@pytest.fixture(scope="session")
def made(district: Desk, city: Any) -> Callable[[str], tuple[dict[str, Any], bytes]]:
    key, kept = city.issue(district=district.district), {}

    def make(name: str) -> tuple[dict[str, Any], bytes]:
        if name not in kept:
            data = frozen(district, name)
            kept[name] = (data, signed_form(data, key))
        return kept[name]

    return make
