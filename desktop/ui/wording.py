"""Words for times and for entries of the log, the same on every screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

KINDS = {
    "setup": "载入方案", "put": "保存", "delete": "删除", "restore": "恢复", "decide": "定冲突", "import": "导入",
    "undo": "撤销", "export": "导出", "backup": "备份", "account": "账号", "close": "关账", "open": "开账",
    "prepare": "核对报送", "review": "审核", "issue": "签发", "sign": "签名", "deliver": "送出",
}  # fmt: skip


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
    """What one action did: 保存项目 重卡车架智能焊接线改造."""
    verb = KINDS.get(row["kind"], row["kind"])
    title = row.get("title", "")
    if row["kind"] in ("undo", "account", "backup") and row["why"]:
        return str(row["why"])
    count = row.get("records", 0)
    what = row.get("label") or (f"{count} 条" if count > 1 else "")
    words = f"{verb}{title}" + (f"　{what}" if what else "")
    return words + (f"（{row['why']}）" if row["why"] and row["kind"] == "delete" else "")
