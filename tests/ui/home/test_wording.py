"""Every kind of entry that actions write into the log has Chinese words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop.actions
from desktop.ui.wording import KINDS, action_words

ACTIONS = Path(desktop.actions.__file__).parent
AS_THE_CITY_SAYS = {"receipt.verdict": {"accepted", "returned"}}


def _texts(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _named(tree: ast.AST, function: ast.FunctionDef, name: str) -> set[str]:
    """What a variable may hold: assigned in the function, or handed to it by calls in the same file."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            found |= _texts(node.value.body) | _texts(node.value.orelse) if isinstance(node.value, ast.IfExp) else set()
    names = [each.arg for each in function.args.args]
    if name in names:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function.name:
                found |= _texts(node.args[names.index(name)])
    return found


def _kinds() -> Iterator[tuple[str, set[str]]]:
    """(where, kinds) of each place where an action writes an entry."""
    for path in sorted(ACTIONS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            for node in ast.walk(function):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                    continue
                if ast.unparse(node.func).endswith(("store.note", "store.save")):
                    first = node.args[0]
                    said = ast.unparse(first)
                    kinds = AS_THE_CITY_SAYS.get(said) or (
                        _named(tree, function, first.id) if isinstance(first, ast.Name) else _texts(first)
                    )
                    yield f"{path.name}:{node.lineno} {said}", kinds


def test_every_kind_of_the_log_has_words() -> None:
    written = dict(_kinds())
    assert len(written) > 20
    assert not [where for where, kinds in written.items() if not kinds], "kinds that cannot be read from the code"
    assert set().union(*written.values()) == set(KINDS)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"kind": "put", "why": "", "title": "项目", "label": "轧机改造", "records": 1}, "保存项目　轧机改造"),
        ({"kind": "reviewed", "why": "a1b2", "title": "责任清单", "label": "", "records": 0}, "审核责任清单"),
        ({"kind": "import", "why": "交回.xlsx", "title": "", "label": "", "records": 3}, "导入　交回.xlsx，3 条"),
        ({"kind": "undo", "why": "撤销 41", "title": "", "label": "", "records": 2}, "撤销　2 条"),
        ({"kind": "account", "why": "停用账号 周示例", "title": "", "label": "", "records": 0}, "停用账号 周示例"),
    ],
)
def test_words_of_an_action(row: dict[str, object], words: str) -> None:
    assert action_words(row) == words
