"""All parts on one page, for looking: `python -m desktop.ui.kit.gallery [--shot DIR]`. Everything in it is invented."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from . import app, keys, look, paint
from .buttons import KeyButton, Tick
from .chips import Chip
from .empty import Empty
from .finder import Hit, HitList
from .flow import FlowLayout
from .gallery_figures import FiguresPage
from .gallery_list import ListPage
from .head import ScreenHead
from .lines import DateField, LineField, MoneyField
from .progress import ProgressPanel
from .rail import Place
from .shell import Shell
from .text import MarkedText, Rule, Text, row
from .toast import Toast

PLACES = (
    Place("home", "首页", "house", 0),
    Place("ledger", "任务台账", "list-checks", 1),
    Place("progress", "进展填报", "clipboard-list", 1),
    Place("indicators", "指标", "chart-line", 1),
    Place("problems", "难点问题", "circle-alert", 1),
    Place("projects", "项目清单", "layout-list", 2),
    Place("enterprises", "项目单位", "building-2", 2),
    Place("sites", "回收网点", "recycle", 2),
    Place("policy", "政策测算", "calculator", 3),
    Place("claims", "补贴申报", "hand-coins", 3),
    Place("exchange", "导入导出", "arrow-left-right", 3),
    Place("conflicts", "冲突", "git-compare", 3),
    Place("submissions", "报送", "send", 3),
    Place("bin", "已删除", "trash-2", -1),
    Place("settings", "设置", "settings", -1),
    Place("help", "帮助", "circle-question-mark", -1, "help"),
)
MARKS = (
    ("done", "已完成、已核对"), ("going", "推进中"), ("todo", "未启动"), ("late", "滞后、逾期"), ("na", "不适用"),
    ("soon", "将到期、提醒"), ("new", "新增"), ("changed", "更改"), ("conflict", "冲突"), ("error", "错误、退回行"),
    ("same", "相同"), ("returned", "市级退回"), ("waiting", "待答复"), ("capped", "封顶"),
)  # fmt: skip


LOOKS = (
    ("light", "标准", 1366, 768), ("dark", "标准", 1366, 768), ("light", "标准", 1920, 1080),
    ("dark", "标准", 1920, 1080), ("light", "特大", 1366, 768),
)  # fmt: skip


class Framed(QWidget):
    """A framed block, as dialogs and empty screens are shown on the page."""

    def __init__(self, inner: QWidget, margins: tuple[int, int, int, int] = (21, 16, 21, 13)) -> None:
        super().__init__()
        down = QVBoxLayout(self)
        down.setContentsMargins(*margins)
        down.addWidget(inner)

    def paintEvent(self, event: object) -> None:
        paint.box(QPainter(self), self.rect(), "panel", "edge", 1, 6)


def _pair(label: str, field: QWidget) -> QWidget:
    host = QWidget()
    across = row(host, [Text(label, ink="ink2"), field], gap=12)
    across.itemAt(0).widget().setFixedWidth(40)
    across.itemAt(0).widget().setFixedHeight(look.theme().control(28))
    across.setAlignment(across.itemAt(0).widget(), across.alignment().AlignTop)
    return host


def _inputs(down: QVBoxLayout) -> None:
    down.addWidget(Text("按钮", size=14))
    off = KeyButton("下一步")
    off.setEnabled(False)
    buttons = [KeyButton("保存", key="save", kind="main"), KeyButton("打印", icon="printer")]
    down.addLayout(row(None, [*buttons, KeyButton("添加条件", icon="plus", kind="text"), off, None], gap=10))
    down.addSpacing(6)
    down.addWidget(Text("输入", size=14))
    plain = LineField("plain", "平常")
    plain.set_value("示例重工有限公司")
    wrong = LineField("wrong", "有错")
    wrong.set_value("2613-370100-07-02-100042")
    wrong.set_error("第 3 至 4 位“13”不是月份，应为 01—12")
    fixed = LineField("fixed", "只读", readonly=True)
    fixed.set_value("4,550.00")
    money = MoneyField("money", "金额", words=lambda text: "肆仟捌佰万元整")
    money.set_value("4,800.00")
    day = DateField("day", "日期")
    day.set_value("5.21")
    day.set_echo("按 2026年5月21日 保存")
    for field in (plain, wrong, fixed, money, day):
        down.addWidget(_pair(field.label, field))
    down.addSpacing(6)
    down.addWidget(Text("选择", size=14))
    on, none, dead = Tick("勾选"), Tick("未选"), Tick("不可选")
    on.setChecked(True)
    dead.setEnabled(False)
    down.addLayout(row(None, [on, none, dead, Chip("阶段：在建"), None], gap=10))
    down.addStretch()


def _marks(down: QVBoxLayout) -> None:
    down.addWidget(Text("标记", size=14))
    host = QWidget()
    flow = FlowLayout(host, gap=6)
    for name, words in MARKS:
        one = MarkedText(name, words, ink="ink")
        one.setFixedWidth(116 if look.theme().scale == 1 else 150)
        flow.addWidget(one)
    down.addWidget(host)
    down.addWidget(Text(f"{keys.hint('find')} 查找", size=14))
    hits = HitList()
    hits.set_hits([
        Hit("1", "layout-list", "回收站智能分拣线改造", "示例再生资源有限公司", "项目", spans=((0, 2),)),
        Hit("2", "list-checks", "健全再生资源回收网络", "区商务局", "任务", "42", ((6, 2),)),
        Hit("3", "recycle", "听松镇示范回收站", "固定型站点", "网点", spans=((5, 2),)),
        Hit("4", "printer", "导出回收网点", keys.hint("export"), "命令", spans=((2, 2),)),
    ])  # fmt: skip
    hits.step(1)
    down.addWidget(hits)
    down.addWidget(Text("提示", size=14))
    down.addWidget(Toast("done", "已写入 39 行，新增 6，更改 30，冲突 3", ("撤销", "undo", lambda: None)))
    down.addWidget(Toast("error", "E: 盘已拔出，文件没有写完。请重新插入后再导出。", ("再试", "", lambda: None)))
    down.addStretch()


def _dialogs(down: QVBoxLayout) -> None:
    down.addWidget(Text("进度", size=14))
    panel = ProgressPanel("正在导入 3 张工作表", cancel="取消导入")
    panel.set_progress(148, 214, "回收网点")
    down.addWidget(Framed(panel))
    down.addWidget(Text("空屏", size=14))
    actions = [KeyButton("登记网点", key="new", kind="main"), KeyButton("导入工作簿", key="import")]
    hint = "登记一个网点，或导入街道、镇交回的工作簿。"
    down.addWidget(Framed(Empty("recycle", "还没有回收网点", hint, actions), (8, 4, 8, 4)))
    down.addStretch()


class PartsPage(QWidget):
    def __init__(self) -> None:
        super().__init__()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(ScreenHead("部件", "每样只有一种画法，各屏共用"))
        across = QHBoxLayout()
        across.setSpacing(0)
        down.addLayout(across, 1)
        for place, fill in enumerate((_inputs, _marks, _dialogs)):
            if place:
                across.addWidget(Rule("line2", upright=True))
            column = QWidget()
            box = QVBoxLayout(column)
            box.setContentsMargins(20, 12, 20, 12)
            box.setSpacing(8)
            fill(box)
            across.addWidget(column, 1)


def window() -> Shell:
    """The gallery in its shell: 首页 shows the figures, 项目清单 the list, 设置 the parts."""
    shell = Shell(PLACES)
    shell.setWindowTitle("部件")
    shell.topbar.set_texts(district="示例区", office="发展和改革局", period="2026年11月", person="李示例", role="经办")
    for name, count in (("progress", 4), ("problems", 2), ("conflicts", 3), ("submissions", 1)):
        shell.rail.set_count(name, count)
    shell.add_page("settings", make=PartsPage)
    shell.add_page("projects", make=lambda: ListPage(shell.status))
    shell.add_page("home", make=FiguresPage)
    shell.status.show_keys([keys.phrase("next_pane"), keys.phrase("back", "关闭"), keys.phrase("help_item")])
    return shell


def shots(folder: Path, looks: Sequence[tuple[str, str, int, int]] = LOOKS) -> list[Path]:
    """Render every page in each look (mode, text size, width, height); the paths written."""
    qt = app.make_app([], hook=False)
    made = []
    for mode, text, wide, high in looks:
        look.apply(qt, mode, text)
        shell = window()
        shell.resize(wide, high)
        shell.show()
        for place in ("settings", "projects", "home"):
            shell.go(place)
            shell.pane(0)
            qt.processEvents()
            path = folder / f"{place}-{mode}-{text}-{wide}.png"
            shell.grab().save(str(path))
            made.append(path)
        shell.close()
        shell.deleteLater()
    return made


def main() -> int:
    words = argparse.ArgumentParser(description="部件一览")
    words.add_argument("--shot", metavar="DIR", help="把各页存为图片后退出")
    words.add_argument("--dark", action="store_true")
    words.add_argument("--text", default="标准")
    given = words.parse_args()
    if given.shot:
        folder = Path(given.shot)
        folder.mkdir(parents=True, exist_ok=True)
        for path in shots(folder):
            print(path)
        return 0
    qt = app.make_app([], mode="dark" if given.dark else "light", text=given.text)
    shell = window()
    shell.resize(1366, 768)
    shell.go("settings")
    shell.show()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
