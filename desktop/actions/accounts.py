"""Accounts and roles: the administrator's work."""

from __future__ import annotations

from desktop.actions.desk import Desk, needs
from desktop.model.errors import Refused
from desktop.store.accounts import ROLES, Account


def read_roles(text: str) -> tuple[str, ...]:
    """Roles from enter,review or 经办、审核. Raises Refused naming what is allowed."""
    words = {**{role: role for role in ROLES}, **{word: role for role, word in ROLES.items()}}
    roles = []
    for part in text.replace("、", ",").replace("，", ",").split(","):
        if part.strip() not in words:
            allowed = "、".join(f"{role}（{word}）" for role, word in ROLES.items())
            raise Refused(f"没有“{part.strip()}”这种角色，应为 {allowed}")
        roles.append(words[part.strip()])
    return tuple(dict.fromkeys(roles))


def check_name(name: str) -> None:
    """Raises Refused unless it is one line of 1 to 30 characters that can be seen."""
    if not name or len(name) > 30 or not name.isprintable():
        raise Refused("账号姓名应为 1 至 30 字，只能一行，不带看不见的字符")


@needs("admin")
def add_account(desk: Desk, name: str, roles: tuple[str, ...], password: str) -> list[Account]:
    """A new account. Returns all accounts."""
    name = name.strip()
    check_name(name)
    if desk.store.account(name) is not None or name == "recovery":
        raise Refused(f"已有账号“{name}”，请换一个名字")
    with desk.store.writing("新建账号"):
        desk.store.add_account(name, roles, password)
        desk.store.note("account", who=desk.who, why=f"新建账号 {name}：{'、'.join(ROLES[role] for role in roles)}")
    return accounts(desk)


@needs("admin")
def set_disabled(desk: Desk, name: str, disabled: bool) -> list[Account]:
    """Close an account, or open it again. The last administrator stays."""
    admins = [each.name for each in accounts(desk) if "admin" in each.roles and not each.disabled]
    if disabled and admins == [name]:
        raise Refused(f"“{name}”是唯一的管理员，不能停用。请先给别的账号加上管理员角色")
    with desk.store.writing("停用账号" if disabled else "启用账号"):
        desk.store.disable_account(name, disabled)
        desk.store.note("account", who=desk.who, why=f"{'停用' if disabled else '启用'}账号 {name}")
    return accounts(desk)


def change_own_password(desk: Desk, new: str) -> None:
    desk.store.set_password(desk.who, new)
    with desk.store.writing("改密码"):
        desk.store.note("account", who=desk.who, why="改自己的密码")


@needs("admin")
def reset_password(desk: Desk, name: str, new: str) -> None:
    if desk.store.account(name) is None:
        raise Refused(f"没有账号“{name}”")
    desk.store.set_password(name, new)
    with desk.store.writing("重设密码"):
        desk.store.note("account", who=desk.who, why=f"重设 {name} 的密码")


def accounts(desk: Desk) -> list[Account]:
    return desk.store.accounts()
