"""The 说明 sheet: what this workbook is, from whom, how to fill it, and what needs no worry."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.model import seal
from desktop.model.handed import HandedOut
from desktop.model.package import Package
from desktop.model.periods import Period

TITLE = "两新工作台 · 交换工作簿"


def _handed(handed: HandedOut) -> Iterator[tuple[str, str]]:
    """Who fills this workbook, for which period, until when, and what is asked."""
    period = Period.parse(handed.period).label
    yield "请谁填写", f"{handed.unit}，{period}" + (f"，请于 {day_words(handed.due)}前交回" if handed.due else "")
    progress, measure = len(handed.rows.get("progress", {})), len(handed.rows.get("measure", {}))
    asked = [
        f"“进展填报”{progress} 项任务的状态和进展情况" if progress else "",
        f"“指标完成”{measure} 个指标的完成值" if measure else "",
    ]
    yield "要填什么", "；".join(filter(None, asked)) or "已有的内容请核对，有变化的请改"
    if handed.count:
        yield "", "任务、填报单位、填报时间已经排好，请不要改，只填后面浅色的格子；没有内容的行空着即可，不算错。"
        yield "", "把鼠标停在格子上，可以看到上期填的内容、计量单位和目标。"


def day_words(day: str) -> str:
    """2026-12-05 → 2026年12月5日"""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def lines(package: Package, counts: list[tuple[str, int, str]]) -> Iterator[tuple[str, str]]:
    """(heading, text) pairs of the sheet; `counts` are (sheet, number of records, measure word)."""
    yield TITLE, ""
    if package.practice:
        yield "练习", "这是练习数据，不是正式数据"
    yield "从哪里来", f"{package.office}（{package.sender.name}），{package.created[:16].replace('T', ' ')} 导出"
    if package.handed is not None:
        yield from _handed(package.handed)
    yield "工作簿编号", package.id
    yield "校验指纹", seal.fingerprint(package.sender.public_key)
    yield "里面有什么", "；".join(f"{sheet} {count} {measure}" for sheet, count, measure in counts) or "空白表"
    yield "怎样填写", "用 WPS 表格或 Excel 打开，直接在各表里改、补、填，照常保存，再把文件交回。不需要安装本程序。"
    yield "", "新增的内容写在表格下面的空行里，一行一条。红色表头是必填项。带下拉箭头的格子请从列表里选。"
    yield "", "日期写 2024-05-21 或 2024年5月21日，年月写 2024-05。金额按表头里的单位填，只填数。"
    yield "", "18 位的代码请先把单元格设为“文本”再填，否则表格软件会把后几位改成 0。"
    yield "", "把格子清空，表示这一项改为空。整行删掉不等于删除记录，要删除请在程序里操作。"
    yield "橙色格子", "两边填得不一样、还没有定下来的内容。批注里写着另一方填了什么。改成应有的内容，就算作一种意见。"
    yield "不必担心", "可以排序、筛选、移动列、隐藏列、加列、加工作表、改工作表名，都不影响交回。排序时请选中整张表。"
    yield "", "请不要改表头的文字和单位，不要删隐藏的列和隐藏的工作表：程序靠它们认出每一行是哪条记录。"
    yield "", "交回后程序先给出对照，逐条确认才写入；看不懂的格子会退回并写明原因，不会悄悄覆盖别人的填写。"
    yield "提醒", "严禁填写涉密信息。"
