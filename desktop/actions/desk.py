"""The open desk: a data folder, and who sits at it. Every action takes it first."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from desktop.model.errors import NotAllowed, Refused
from desktop.model.forms import Form, Forms
from desktop.model.lists import load_list
from desktop.model.plan import Plan
from desktop.store.accounts import ROLES, Account
from desktop.store.names import RecordNames
from desktop.store.store import Store, now, today

P = ParamSpec("P")
R = TypeVar("R")


class Desk:
    """A signed-in person at an open data folder. Used by one thread at a time."""

    def __init__(self, store: Store, account: Account) -> None:
        self.store = store
        self.account = account

    @property
    def forms(self) -> Forms:
        return self.store.forms

    @property
    def names(self) -> RecordNames:
        return self.store.names

    @property
    def plan(self) -> Plan:
        """The edition of the plan that is in force in this folder."""
        return self.store.editions.plan()

    @property
    def district(self) -> str:
        """Code of the district, e.g. 370102."""
        return self.store.meta("district")

    @property
    def district_name(self) -> str:
        return self.store.meta("district_name")

    @property
    def city(self) -> bool:
        """Whether this is the city's folder: its code ends in 00."""
        return self.district.endswith("00")

    @property
    def office(self) -> str:
        return self.store.meta("office")

    @property
    def practice(self) -> bool:
        return self.store.meta("practice") == "1"

    @property
    def who(self) -> str:
        return self.account.name

    def form(self, name: str) -> Form:
        if name not in self.forms:
            raise Refused(f"没有“{name}”这种表。可用的有 {'、'.join(self.forms)}")
        return self.forms[name]

    def may(self, role: str) -> bool:
        return role in self.account.roles

    def close(self) -> None:
        self.store.close()


def needs(role: str) -> Callable[[Callable[Concatenate[Desk, P], R]], Callable[Concatenate[Desk, P], R]]:
    """An action for accounts with this role (enter, review, issue, admin)."""

    def wrap(action: Callable[Concatenate[Desk, P], R]) -> Callable[Concatenate[Desk, P], R]:
        @functools.wraps(action)
        def checked(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not desk.may(role):
                raise NotAllowed(f"“{desk.who}”没有{ROLES[role]}角色，不能做这一步。请换有此角色的账号，或找管理员")
            return action(desk, *args, **kwargs)

        return checked

    return wrap


def open_desk(folder: Path, account: str, password: str) -> Desk:
    """Sign in. Raises Refused for a wrong name or password, MachineFault for a folder that cannot be opened."""
    store = Store.open(folder, account, password)
    found = store.account(account)
    if found is None:  # the recovery key opens the folder for whoever holds it
        found = Account(account, ("admin",))
    return Desk(store, found)


def district_name(code: str, name: str | None = None) -> str:
    """Name of a district code; functional zones have none in the list and must bring their name."""
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise Refused(f"区县代码“{code}”应为 6 位数字，如 370102")
    known = load_list("districts").name(code)
    if known is None and not name:
        raise Refused(f"区县代码“{code}”不在济南市代码表内。功能区请同时给出名称（--name）")
    return name or str(known)


def elsewhere(desk: Desk, district: str) -> str:
    """Why data of another district is not read here, from "是…" on; "" when it is this district's.

    The city takes none of it into its records: it adds up what districts have reviewed, issued and signed (design §5).
    """
    if district == desk.district:
        return ""
    if desk.city:
        return f"是区县 {district} 的数据。市级只收区县审核、签发、签名的 PDF，请在“区县报送”里收集"
    return f"是区县 {district} 的数据，本机是 {desk.district}"


__all__ = ["Desk", "district_name", "elsewhere", "needs", "now", "open_desk", "today"]
