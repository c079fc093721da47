"""The tour from beginning to end, told step by step."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions import health, practice
from desktop.actions.desk import now
from desktop.actions.tour import exchanging, reporting
from desktop.actions.tour.folders import Folders
from desktop.actions.tour.offices import FIRST, SECOND, set_up, sitting
from desktop.actions.tour.screens import take_screens
from desktop.model.errors import MachineFault

MORNING = "2026-11-24 09:00"  # the earliest moment of a tour: the practice district's year goes on until then


@dataclass
class Toured:
    """What a tour wrote. `files` by kind: workbooks, pdf, certificates, verdicts, screens, list.

    `missed` is the sentence when the pictures of the screens could not all be taken; the rest is whole then.
    """

    files: dict[str, list[str]] = field(default_factory=dict)
    imports: dict[str, Any] = field(default_factory=dict)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    verdict: str = ""
    pages: str = ""
    changed: str = ""
    reported: int = 0
    missed: str = ""
    health: dict[str, bool] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"paths": self.paths, **vars(self)}

    @property
    def paths(self) -> list[str]:
        return [path for paths in self.files.values() for path in paths]


def tour(out: Path, tell: Callable[[str], None], *, screens: bool = True) -> Toured:
    """Do the main job on the invented district and write everything below `out`.

    `tell` hears one sentence per step. Raises Refused for a folder with other files in it, MachineFault when a step
    does not come out as it must.
    """
    folders = Folders(out.resolve())
    folders.begin()
    with practice.at(MORNING) if now()[:16] < MORNING.replace(" ", "T") else contextlib.nullcontext():
        done = _go(folders, tell)
        if screens:
            tell("截界面图（1366×768 和 1920×1080）……")
            try:
                take_screens(folders.data / FIRST, folders.screens, practice.ACCOUNT)
            except MachineFault as fault:  # all else is written and stands
                done.missed = str(fault)
                tell(done.missed)
            done.files["screens"] = [str(each) for each in sorted(folders.screens.glob("*.png"))]
    done.files["list"] = [str(folders.end(done.as_json()))]
    tell(f"演示写完：{len(done.paths)} 个文件，在 {folders.out}")
    return done


def _go(folders: Folders, tell: Callable[[str], None]) -> Toured:
    done = Toured()
    tell(f"建两个单位的练习数据：{FIRST}、{SECOND}……")
    first, second = set_up(folders.data)
    with sitting(first) as desk:
        done.reported = exchanging.report_november(desk)
        exchanging.mend_funds(desk)
    tell(f"补填11月进展 {done.reported} 项，更正资金合计 1 处")

    tell("导出工作簿，对方读入；两边改同一处；交回，定冲突……")
    exchanged = exchanging.over_and_back(first, second, folders.workbooks)
    _must(len(exchanged.conflicts) == 1, f"应有一处冲突，得到 {len(exchanged.conflicts)} 处")
    tell("一份工作簿在程序外改两格再读入：一格写入，一格退回……")
    exchanging.by_hand(first, folders.workbooks, exchanged)
    done.imports, done.conflicts = exchanged.imports, exchanged.conflicts
    done.files["workbooks"] = [str(each) for each in exchanged.paths]

    tell("打印草稿……")
    pages = reporting.print_drafts(first, folders)
    tell("练习证书；生成月报，赵示例审核，孙示例签发并签名……")
    done.files["certificates"] = [str(each) for each in reporting.make_certificates(folders.certificates)]
    signed, delivered = reporting.sign_report(first, folders)
    tell("核对签名文件，再核对改过一个字节的一份……")
    checked = reporting.check_both(folders, signed)
    done.verdict, done.pages = checked.verdict["verdict"], checked.verdict["pages"]
    done.changed = checked.changed["verdict"]
    _must((done.verdict, done.changed) == ("valid", "invalid"), f"核对结果不对：{done.verdict}、{done.changed}")
    done.files["pdf"] = [str(each) for each in (*pages, signed, delivered, *checked.paths) if each.suffix == ".pdf"]
    done.files["verdicts"] = [str(each) for each in checked.paths if each.suffix == ".json"]
    tell(f"签名有效（valid），页面与数据一致（{done.pages}）；改过的一份无效（{done.changed}）")
    for folder in (first, second):
        with sitting(folder) as desk:
            done.health[folder.name] = health.check_folder(desk).ok
    return done


def _must(holds: bool, sentence: str) -> None:
    """A step that did not come out as the tour says is a fault of the program, told as one."""
    if not holds:
        raise MachineFault(f"演示停在这一步：{sentence}。请把这句话告诉技术支持")
