"""Words for times and for entries of the log, the same on every screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

KINDS = {
    "setup": "载入方案", "edition": "换用方案",
    "put": "保存", "delete": "删除", "restore": "恢复", "decide": "定冲突", "import": "导入",
    "merge": "合并", "separate": "分开", "apart": "登记不是重复",
    "undo": "撤销", "export": "导出", "fill": "填写下发的表", "peer": "认可来源", "backup": "备份", "account": "账号",
    "hand_out": "下发", "close_period": "关账", "open_period": "开账",
    "prepare": "生成草稿", "reviewed": "审核", "issued": "签发",
    "signed": "签名", "print": "打印", "deliver": "送出", "accepted": "市级接收", "returned": "市级退回",
    "emptied": "两份复制的数据", "collect": "收集报送", "receipt": "出具回执", "trust": "收下证书文件",
    "paper": "收下盖章扫描件",
}  # fmt: skip
DIGEST = re.compile(r"，?[0-9a-f]{64}")  # for the log, not for reading
WHOLE = ("edition", "apart", "account", "backup", "peer", "trust", "emptied")  # their reason says everything
NAMED = ("hand_out", "import", "export", "fill", "collect", "receipt", "deliver", "returned")  # their reason names what


def when_words(at: str, today: str) -> str:
    """08:31 of today, 昨天 17:52, 11月20日 17:26, 2025年3月1日."""
    if len(at) < 10:
        return ""
    day, now = date.fromisoformat(at[:10]), date.fromisoformat(today)
    clock = at[11:16]
    if day == now:
        return clock
    if (now - day).days == 1:
        return f"昨天 {clock}"
    if day.year == now.year:
        return f"{day.month}月{day.day}日 {clock}"
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(day: str, today: str) -> str:
    """11月24日, with the year when it is another one."""
    held = date.fromisoformat(day)
    words = f"{held.month}月{held.day}日"
    return words if day[:4] == today[:4] else f"{held.year}年{words}"


def action_words(row: Mapping[str, Any]) -> str:
    """What one action did: 保存项目　重卡车架智能焊接线改造, 导出　示例区填报.xlsx：20 条."""
    kind, why, count = row["kind"], DIGEST.sub("", str(row["why"] or "")), row.get("records", 0)
    if kind in WHOLE and why:
        return why
    what = row.get("label") or (f"{count} 条" if count > 1 else "")
    if kind in NAMED and why:
        what = f"{why}，{count} 条" if count else why
    title = "" if kind in ("close_period", "open_period") else row.get("title", "")
    words = f"{KINDS.get(kind, '更改')}{title}" + (f"　{what}" if what else "")
    return words + (f"（{why}）" if why and kind == "delete" else "")
