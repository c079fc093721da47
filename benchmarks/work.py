"""What the program does, on 500 invented projects."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.actions import exchange, printing, records, setup

COUNT = 500


class Bench:
    def __init__(self, folder: Path) -> None:
        os.environ["DESK_PROFILE"] = str(folder / "profile")
        self.folder = folder
        self.desk, _ = setup.init(
            folder / "desk", district="379901", account="李示例", password="示例密码一二三四", practice=True
        )
        owner = records.put(self.desk, "enterprise", [{"name": "示例重工有限公司"}]).ids[0]
        self.rows = [
            {
                "name": f"示例设备更新项目{number}", "enterprise": owner, "kind": "renewal", "sector": "industry",
                "address": f"示例路{number}号", "content": "更换老旧电机和水泵，提高能效。" * 3,
                "total_investment": f"{number + 1}0000", "equipment_investment": f"{number + 1}0000",
                "fund_own": f"{number + 1}0000", "start": "2026-03", "finish": "2027-02", "stage": "building",
            }
            for number in range(COUNT)
        ]  # fmt: skip
        self._round = 0
        self.save()
        self.export()

    def save(self) -> None:
        self._round += 1
        rows = [{**row, "name": f"{row['name']}第{self._round}轮"} for row in self.rows]
        records.put(self.desk, "project", rows)

    def search(self) -> None:
        records.find(self.desk, "project", search="示例路", limit=50)

    def export(self) -> None:
        exchange.export(self.desk, self.folder / "out.xlsx", forms=["project"])

    def read(self) -> None:
        exchange.read(self.desk, self.folder / "out.xlsx")

    def pages(self) -> None:
        printing.document_pdf(self.desk, "project-list", period="2026-11")

    def close(self) -> None:
        self.desk.close()
