"""An invented office with three small forms, and hands that edit its workbooks the way clerks do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.excel.read import read_workbook
from desktop.excel.write import package_bytes
from desktop.model import seal
from desktop.model.exchange import Preview, Reading, incoming_items, pack, preview, read_rows
from desktop.model.fields import NoNames
from desktop.model.forms import Forms, read_form
from desktop.model.package import Package, Peer
from desktop.model.registers import Record, Stamp, record_id, write

FORMS = {
    "enterprise": """
name = "enterprise"
title = "单位"
label = ["name"]
order = 1
fields = [
  {name = "name", label = "单位名称", type = "text", required = true},
  {name = "uscc", label = "统一社会信用代码", type = "uscc"},
  {name = "phone", label = "电话", type = "text"},
]
""",
    "project": """
name = "project"
title = "项目"
sheet = "项目清单"
label = ["name"]
order = 2
fields = [
  {name = "name", label = "项目名称", type = "text", required = true, width = 30, help = "按批复文件填写"},
  {name = "enterprise", label = "项目单位", type = "reference", to = "enterprise"},
  {name = "stage", label = "阶段", type = "choice", options = [["planned", "谋划储备"], ["building", "在建"]]},
  {name = "goods", label = "品类", type = "choices", options = [["car", "汽车"], ["tv", "家电"]]},
  {name = "total", label = "总投资", type = "money"},
  {name = "equipment", label = "设备投资", type = "money"},
  {name = "area", label = "面积", type = "quantity", unit = "平方米"},
  {name = "count", label = "台套数", type = "whole"},
  {name = "start", label = "开工年月", type = "month"},
  {name = "entered", label = "入库日期", type = "date"},
  {name = "listed", label = "入库", type = "yes_no"},
  {name = "content", label = "建设内容", type = "long_text"},
  {name = "photos", label = "照片", type = "file"},
]
[[checks]]
kind = "at_most"
field = "equipment"
other = "total"
message = "设备投资不能大于总投资"
""",
    "month": """
name = "month"
title = "月调度"
label = ["period"]
key = ["project", "period"]
order = 3
fields = [
  {name = "project", label = "项目", type = "reference", to = "project", required = true},
  {name = "period", label = "月份", type = "period", kinds = ["month"], required = true},
  {name = "done", label = "本月完成", type = "money"},
]
""",
}
KEY, PUBLIC = seal.new_key()
SENDER = Peer("r-1", "示例区办公室", PUBLIC)
WRITTEN: dict[bytes, bytes] = {}  # workbooks of this test run by package: writing one takes a tenth of a second
NAMES = NoNames(datetime.date(2026, 11, 24))
ROW = {
    "stage": "building", "total": 123_456_789_012, "equipment": 5_000_000, "area": "12.5", "count": 30,
    "start": "2025-05", "entered": "2026-01-02",
    "listed": 1, "goods": '["car","tv"]', "content": "=1+1\n第二行 _x0041_",
}  # fmt: skip


class Labels(NoNames):
    """Names of the records that an office holds."""

    def __init__(self, labels: dict[str, dict[str, str]]) -> None:
        super().__init__(datetime.date(2026, 11, 24))
        self._labels = labels

    def label(self, form: str, record: str) -> str | None:
        return self._labels.get(form, {}).get(record)

    def find(self, form: str, text: str) -> list[str]:
        return [record for record, label in self._labels.get(form, {}).items() if label == text]


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    folder = tmp_path_factory.mktemp("forms")
    for name, text in FORMS.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return Forms([read_form(folder / f"{name}.toml") for name in FORMS])


class Office:
    """Three enterprises, four projects and one month, packed and written."""

    def __init__(self, folder: Path, forms: Forms) -> None:
        self.folder, self.forms = folder, forms
        self.path = folder / "示例区.xlsx"
        self.counter = 0
        self.ids: dict[str, str] = {}
        records = []
        for number in (1, 2, 3):
            records.append(self.record("enterprise", f"示例重工{number}有限公司", {"phone": f"0000000{number}"}))
        for number in (1, 2, 3, 4):
            owner = self.ids[f"示例重工{(number - 1) % 3 + 1}有限公司"]
            records.append(self.record("project", f"示例项目{number}", {**ROW, "enterprise": owner}))
        project = self.ids["示例项目1"]
        month = record_id("370102", "month", [project, "2026-10"])
        records.append(self.made(Record(month, "month"), {"project": project, "period": "2026-10", "done": 100}))
        self.labels = {
            form: {record.id: name for name, record in self.by_name(records).items() if record.form == form}
            for form in ("enterprise", "project")
        }
        self.names = Labels(self.labels)
        self.records = {record.id: record for record in records}
        self.package = self.pack(records)
        self.write()

    def made(self, record: Record, values: dict[str, Any], replica: str = "r-1") -> Record:
        self.counter += 1
        stamp = Stamp(replica, max(self.counter, record.vector.get(replica, 0) + 1))
        return write(record, values, stamp, "张三", "2026-11-24T10:00:00")

    def record(self, form: str, name: str, values: dict[str, Any]) -> Record:
        record = Record(record_id("370102", form, [name]), form)
        self.ids[name] = record.id
        return self.made(record, {"name": name, **values})

    def by_name(self, records: list[Record]) -> dict[str, Record]:
        known = {record_id_: name for name, record_id_ in self.ids.items()}
        return {known[record.id]: record for record in records if record.id in known}

    def pack(self, records: list[Record], **more: Any) -> Package:
        return pack(
            "00000000-0000-4000-8000-000000000001", records, district="370102", office="示例区发展和改革局",
            sender=SENDER, created="2026-11-24T10:00:00", edition="0" * 64, forms=self.forms, names=self.names, **more,
        )  # fmt: skip

    def write(self, path: Path | None = None) -> Path:
        path = path or self.path
        data = self.package.to_bytes()
        if data not in WRITTEN:
            WRITTEN[data] = package_bytes(self.package, seal.sign(KEY, data), self.forms, self.names)
        path.write_bytes(WRITTEN[data])
        return path

    def edit(self, change: Callable[[Any], object]) -> Path:
        """The workbook after `change(openpyxl workbook)`, saved under another name."""
        book = openpyxl.load_workbook(self.path)
        change(book)
        path = self.folder / "改过.xlsx"
        book.save(path)
        return path

    def read(self, path: Path) -> Reading:
        workbook = read_workbook(path)
        assert workbook.package == self.package and workbook.signature_ok
        return read_rows(workbook, workbook.package, self.forms, self.names)

    def preview(self, reading: Reading, mine: dict[str, Record] | None = None) -> Preview:
        items = incoming_items(self.package, reading)
        return preview(items, self.records if mine is None else mine, self.forms, self.package, reading.errors)


@pytest.fixture
def office(tmp_path: Path, forms: Forms) -> Office:
    return Office(tmp_path, forms)
