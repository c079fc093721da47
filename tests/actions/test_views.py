"""Saved views of a list."""

from __future__ import annotations

import pytest

from desktop.actions import views
from desktop.actions.desk import Desk
from desktop.actions.listing import Condition
from desktop.model.errors import Refused
from desktop.store.accounts import Account
from tests.conftest import REVIEWER


def test_a_view_is_kept_per_account_replaced_and_forgotten(desk: Desk) -> None:
    view = views.View(
        "大项目", [Condition("total_investment", "least", ("1,000.00",))], ["name", "stage"], ("name", True)
    )
    views.keep_view(desk, "project", view)
    assert views.views(desk, "project") == [view]
    assert views.views(Desk(desk.store, Account(REVIEWER, ("review",))), "project") == []
    views.keep_view(desk, "project", views.View("大项目", search="焊接"))
    assert [each.search for each in views.views(desk, "project")] == ["焊接"]
    assert views.drop_view(desk, "project", "大项目") == []
    with pytest.raises(Refused, match="视图名称"):
        views.keep_view(desk, "project", views.View("  "))
