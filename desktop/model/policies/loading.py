"""Reads rule files. A rule of a known shape is one more file; a file with an unknown key is refused, with its place."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from desktop.model import places
from desktop.model.errors import MachineFault, Refused, os_words
from desktop.model.policies.rules import Rule, Rules
from desktop.model.policies.shape import BadRuleError, read_rule


def load_rule(path: Path) -> Rule:
    """One rule file. Refused with file and place when it is not a rule; MachineFault when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        message = f"政策规则文件 {path.name} 读不出来（{os_words(fault)}），请检查磁盘或重新安装程序。"
        raise MachineFault(message) from fault
    try:
        raw = tomllib.loads(data.decode("utf-8"))
        return read_rule(path.stem, raw, hashlib.sha256(data).hexdigest())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refused(f"政策规则文件 {path.name} 不是有效的 TOML（{fault}），请改正后再用。") from fault
    except BadRuleError as fault:
        raise Refused(f"政策规则文件 {path.name} 的 {fault}，请改正后再用。") from fault


def load_rules(*folders: Path) -> Rules:
    """All rules of the folders, later folders adding to earlier ones; a name or a plan number may stand only once.

    Without a folder: the rules that come with the program.
    """
    if not folders:
        return _built_in()
    by_name: dict[str, Rule] = {}
    numbers: dict[int, str] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            rule = load_rule(path)
            if rule.name in by_name:
                raise Refused(f"政策规则 {rule.name} 重复出现（{path.name}），请删去一个或改名。")
            if rule.number is not None and rule.number in numbers:
                other = numbers[rule.number]
                raise Refused(f"政策规则 {rule.name} 与 {other} 的编号同为 {rule.number}，请改正 {path.name}。")
            by_name[rule.name] = rule
            if rule.number is not None:
                numbers[rule.number] = rule.name
    return Rules(by_name)


def built_in_folder() -> Path:
    return places.resources() / "policies"


@lru_cache(maxsize=1)
def _built_in() -> Rules:
    return load_rules(built_in_folder())
