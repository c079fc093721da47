"""Where a tour writes: its own folders below the one it was given, and nothing else there is touched."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop.model.errors import Refused

LIST = "tour.json"


@dataclass(frozen=True)
class Folders:
    """`data` holds the two offices' data folders; the others what a clerk would hand on."""

    out: Path

    @property
    def data(self) -> Path:
        return self.out / "data"

    @property
    def workbooks(self) -> Path:
        return self.out / "workbooks"

    @property
    def pages(self) -> Path:
        return self.out / "pdf"

    @property
    def stick(self) -> Path:
        return self.out / "stick"

    @property
    def certificates(self) -> Path:
        return self.out / "certificates"

    @property
    def screens(self) -> Path:
        return self.out / "screens"

    def begin(self) -> None:
        """Empty folders. Raises Refused when other people's files lie there."""
        if self.out.exists() and not self.out.is_dir():
            raise Refused(f"{self.out} 是一个文件，不能在里面写演示。请另选文件夹")
        mark = self.out / LIST
        if self.out.exists() and any(self.out.iterdir()) and not mark.exists():
            raise Refused(f"文件夹 {self.out} 里有别的文件，没有写演示。请另选一个空文件夹")
        self.out.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps({"finished": False}) + "\n", encoding="utf-8")
        for each in (self.data, self.workbooks, self.pages, self.stick, self.certificates, self.screens):
            shutil.rmtree(each, ignore_errors=True)
            each.mkdir(parents=True)

    def end(self, result: dict[str, object]) -> Path:
        """Write the list of what came out; it stands last, so that a tour broken off has none."""
        path = self.out / LIST
        path.write_text(json.dumps({"finished": True, **result}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return path
