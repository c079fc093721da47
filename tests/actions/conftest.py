"""The city: its authority and its desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions import authority, setup
from desktop.actions.desk import Desk
from tests.actions.handing import SECRET, Papers
from tests.conftest import PASSWORD


@pytest.fixture(scope="session")
def first_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    authority.create(folder, name="练习根证书", office="练习用证书机构", password=SECRET)
    for use, district, name in (("submit", "379901", "孙示例"), ("receipt", "", "示例市回执")):
        authority.issue(
            folder, folder / f"{use}.p12", district=district, name=name, office="示例区发展和改革局", password=SECRET,
            use=use,
        )  # fmt: skip
    return folder


@pytest.fixture
def papers(first_papers: Path, tmp_path: Path) -> Papers:
    """Its own copy for each test: numbers go up when something is published."""
    folder = tmp_path / "authority"
    folder.mkdir()
    for path in first_papers.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return Papers(folder)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Desk]:
    made, _ = setup.init(
        tmp_path / "city", district="379900", name="示例市", account="周示例", password=PASSWORD, practice=True
    )
    yield made
    made.close()
