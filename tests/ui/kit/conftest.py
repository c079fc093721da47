import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desktop.ui.kit import app, look


@pytest.fixture(scope="session")
def styled(qapp):
    return app.make_app(hook=False)


@pytest.fixture(autouse=True)
def desk(styled):
    """Every test starts with the light theme at the standard text size."""
    yield styled
    if look.theme().text != "标准" or look.theme().mode != "light":
        look.apply(styled)
