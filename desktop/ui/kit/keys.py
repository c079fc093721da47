"""The one table of keys. Shortcuts are bound from it; every key shown on screen is read from it.

Never bound, because Chinese input methods commonly take them: Ctrl+Space, Shift alone, Ctrl+Shift with B E F K M Z.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

FORBIDDEN = frozenset({"Ctrl+Space", "Shift", *(f"Ctrl+Shift+{letter}" for letter in "BEFKMZ")})


@dataclass(frozen=True)
class Key:
    """`keys` as Qt spells them, `words` what it does, `where` which part, `shown` if it reads otherwise."""

    keys: tuple[str, ...]
    words: str
    where: str = "everywhere"
    shown: str = ""


PLACES = {
    "everywhere": "各处", "home": "首页", "ledger": "任务台账", "list": "清单", "sheet": "成片填写、月调度",
    "form": "表单",
    "rounds": "下发收回", "preview": "导入预览、冲突", "sites": "回收网点", "submission": "报送、政策测算",
    "signin": "登录",
}  # fmt: skip

KEYS: dict[str, Key] = {
    "find": Key(("Ctrl+K",), "查找"),
    "save": Key(("Ctrl+S",), "保存"),
    "undo": Key(("Ctrl+Z",), "撤销"),
    "new": Key(("Ctrl+N",), "新建"),
    "print": Key(("Ctrl+P",), "打印"),
    "export": Key(("Ctrl+E",), "导出"),
    "import": Key(("Ctrl+I",), "导入"),
    "backup": Key(("Ctrl+B",), "备份"),
    "filter": Key(("Ctrl+F",), "筛选这张表"),
    "help": Key(("F1",), "帮助"),
    "help_item": Key(("Shift+F1",), "看此项说明"),
    "check": Key(("F5",), "重新检查"),
    "next_pane": Key(("F6",), "换区"),
    "pane1": Key(("Alt+1",), "第一区"),
    "pane2": Key(("Alt+2",), "第二区"),
    "pane3": Key(("Alt+3",), "第三区"),
    "earlier": Key(("Ctrl+PgUp",), "上一期"),
    "later": Key(("Ctrl+PgDown",), "下一期", shown="Ctrl+PgDn"),
    "larger": Key(("Ctrl++", "Ctrl+="), "放大文字", shown="Ctrl+加号"),
    "smaller": Key(("Ctrl+-",), "缩小文字", shown="Ctrl+减号"),
    "normal": Key(("Ctrl+0",), "标准文字"),
    "lock": Key(("Ctrl+Alt+L",), "锁定"),
    "back": Key(("Esc",), "返回"),
    **{f"place{n}": Key((f"Ctrl+{n}",), f"左栏第 {n} 处") for n in range(1, 10)},
    "home_open": Key(("Return", "Enter"), "打开", "home", "Enter"),
    "home_next": Key(("Tab",), "换区", "home"),
    "ledger_month_left": Key(("Left",), "收起、上一月", "ledger", "←"),
    "ledger_month_right": Key(("Right",), "展开、下一月", "ledger", "→"),
    "ledger_edit": Key(("Return", "Enter"), "编辑分工", "ledger", "Enter"),
    "ledger_report": Key(("Ctrl+N",), "填报本月", "ledger"),
    "ledger_carry": Key(("Ctrl+D",), "沿用上期", "ledger"),
    "ledger_summary": Key(("Ctrl+G",), "汇总各单位", "ledger"),
    "ledger_line": Key(("Ctrl+T",), "看时间线", "ledger"),
    "ledger_many": Key(("Ctrl+M",), "批量修改", "ledger"),
    "edit": Key(("F2",), "编辑单元格", "list"),
    "save_down": Key(("Return", "Enter"), "保存并向下", "list", "Enter"),
    "save_right": Key(("Tab",), "保存并向右", "list"),
    "drop": Key(("Esc",), "放弃", "list"),
    "copy": Key(("Ctrl+C",), "复制为表格", "list"),
    "add_condition": Key(("Ctrl+Shift+L",), "添加条件", "list"),
    "select_row": Key(("Shift+Space",), "选中整行", "list", "Shift+空格"),
    "open": Key(("Ctrl+Return", "Ctrl+Enter"), "打开记录", "list", "Ctrl+Enter"),
    "column_filter": Key(("Alt+Down",), "筛选这一列", "list", "Alt+↓"),
    "delete": Key(("Del",), "移入已删除", "list"),
    "change_many": Key(("Ctrl+G",), "批量修改选中的行", "list"),
    "paste_rows": Key(("Ctrl+V",), "粘贴从 WPS 复制的行", "list"),
    "fill_many": Key(("Ctrl+D",), "首行的值填到选中各行", "list"),
    "select_all": Key(("Ctrl+A",), "全选", "list"),
    "sheet_down": Key(("Return", "Enter"), "下一行", "sheet", "Enter"),
    "sheet_right": Key(("Tab",), "下一格，行末转下一行", "sheet"),
    "fill_down": Key(("Ctrl+D",), "向下填充", "sheet"),
    "paste": Key(("Ctrl+V",), "粘贴一块", "sheet"),
    "cut": Key(("Ctrl+X",), "剪切", "sheet"),
    "clear": Key(("Del",), "清空选中的格", "sheet"),
    "step_back": Key(("Ctrl+Z",), "退一步", "sheet"),
    "step_again": Key(("Ctrl+Y",), "再做一步", "sheet"),
    "drop_down": Key(("F4",), "展开选项", "sheet"),
    "next_field": Key(("Return", "Enter"), "下一项", "form", "Enter"),
    "save_new": Key(("Ctrl+Shift+S",), "保存并新建", "form"),
    "next_error": Key(("F8",), "下一处错误", "form"),
    "previous_error": Key(("Shift+F8",), "上一处错误", "form"),
    "previous_record": Key(("Alt+Up",), "上一个", "form", "Alt+↑"),
    "next_record": Key(("Alt+Down",), "下一个", "form", "Alt+↓"),
    "policies": Key(("Alt+3",), "政策", "form"),
    "arithmetic": Key(("Ctrl+L",), "看算法", "form"),
    "add_row": Key(("Ctrl+Return", "Ctrl+Enter"), "加一行", "form", "Ctrl+Enter"),
    "remove_row": Key(("Ctrl+Del",), "删除行", "form"),
    "sheet_rows": Key(("Ctrl+G",), "成片填写下面的行", "form"),
    "picker": Key(("F4",), "打开选择", "form"),
    "round_remind": Key(("Alt+C",), "复制催报文字", "rounds"),
    "round_report": Key(("Alt+R",), "复制通报文字", "rounds"),
    "round_close": Key(("Ctrl+G",), "关账、开账", "rounds"),
    "tick": Key(("Space",), "勾选或排除", "preview", "空格"),
    "mine": Key(("1",), "取本单位", "preview"),
    "theirs": Key(("2",), "取交回值", "preview"),
    "other": Key(("3",), "另填", "preview"),
    "same_mine": Key(("Shift+1",), "同项全取本单位", "preview"),
    "same_theirs": Key(("Shift+2",), "同项全取交回值", "preview"),
    "next_open": Key(("N",), "下一处未定", "preview"),
    "save_refused": Key(("Ctrl+E",), "另存退回表", "preview"),
    "write": Key(("Ctrl+Return", "Ctrl+Enter"), "写入", "preview", "Ctrl+Enter"),
    "only_here": Key(("Space",), "只看该街道", "sites", "空格"),
    "previous_page": Key(("PgUp",), "上一页", "submission"),
    "next_page": Key(("PgDown",), "下一页", "submission", "PgDn"),
    "sign": Key(("Ctrl+Return", "Ctrl+Enter"), "签名", "submission", "Ctrl+Enter"),
    "make_claim": Key(("Ctrl+Return", "Ctrl+Enter"), "生成补贴申报", "submission", "Ctrl+Enter"),
    "copy_arithmetic": Key(("Ctrl+C",), "复制算式", "submission"),
    "enter": Key(("Return", "Enter"), "登录", "signin", "Enter"),
    "new_district": Key(("Alt+N",), "新建区县数据", "signin"),
    "open_district": Key(("Ctrl+O",), "打开已有数据", "signin"),
    "restore": Key(("Alt+R",), "从备份恢复", "signin"),
    "practice": Key(("Alt+L",), "进入练习区", "signin"),
}


def hint(action: str) -> str:
    """The key as shown beside a verb, e.g. `Ctrl+S`."""
    key = KEYS[action]
    return key.shown or key.keys[0]


def phrase(action: str, words: str = "") -> str:
    """Key and verb for the status line, e.g. `F6 换区`."""
    return f"{hint(action)} {words or KEYS[action].words}"


def bind(host: QWidget, action: str, slot: Callable[[], object], *, pane: bool = False) -> list[QShortcut]:
    """Bind an action's keys on `host`'s window, or only while focus is inside `host` when `pane`."""
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut if pane else Qt.ShortcutContext.WindowShortcut
    made = []
    for text in KEYS[action].keys:
        shortcut = QShortcut(QKeySequence(text), host)
        shortcut.setContext(context)
        shortcut.activated.connect(slot)
        made.append(shortcut)
    return made
