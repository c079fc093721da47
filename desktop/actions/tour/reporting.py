"""The tour's report of one month: drafts, another person's review, issue, signature, delivery, and the checks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.actions import authority, checking, delivery, practice, printing, submissions
from desktop.actions.practice.entries import table
from desktop.actions.tour.folders import Folders
from desktop.actions.tour.offices import record_named, sitting

MONTH = "2026-11"
NUMBER = "示例发改〔2026〕11 号"
APPLICATION = "重卡车架智能焊接线改造"
SECRET = "lianxi-zhengshu"  # of the practice certificates, which only sign practice data
DRAFTS = ("project-list", "project-application", "ledger-report", "indicator-report", "site-list", "monthly-report")


@dataclass
class Reported:
    """Files of the report, in order; the verdicts over the signed file and over one with a changed byte."""

    drafts: list[Path] = field(default_factory=list)
    signed: Path | None = None
    verdict: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)


def print_drafts(first: Path, folders: Folders) -> list[Path]:
    """Unsigned forms, marked 草稿."""
    paths = []
    with sitting(first) as desk:
        for name in DRAFTS:
            about = [record_named(desk, "project", APPLICATION)] if name == "project-application" else []
            out = folders.pages / f"{printing.printed_form(name).title}（草稿）.pdf"
            paths += printing.print_form(desk, name, out, records=about, period=MONTH).paths
    return paths


def make_certificates(folder: Path) -> list[Path]:
    """A practice authority of the city, and the district's certificate."""
    made = authority.create(folder, name="练习根证书", office="练习用证书机构", password=SECRET)
    made += authority.issue(
        folder, folder / "示例区报送证书.p12", district=table("district")["district"], name=practice.ADMIN,
        office="示例区发展和改革局", password=SECRET,
    )  # fmt: skip
    return list(dict.fromkeys(made))


def sign_report(first: Path, folders: Folders) -> tuple[Path, Path]:
    """Prepared by one, reviewed by another, issued and signed by a third. Returns the file and the copy delivered."""
    with sitting(first) as desk:
        identity = submissions.prepare(desk, "monthly-report", period=MONTH).id
    with sitting(first, practice.REVIEWER) as desk:
        submissions.review(desk, identity)
    out = folders.pages / "月度报送（已签名）.pdf"
    with sitting(first, practice.ADMIN) as desk:
        submissions.issue(desk, identity, NUMBER)
        opener = submissions.file_key(folders.certificates / "示例区报送证书.p12", SECRET)
        submissions.submit(desk, identity, opener, out)
        delivered = delivery.deliver(desk, identity, folders.stick)
    return out, folders.stick / delivered.file


def check(folders: Folders, path: Path) -> dict[str, Any]:
    """The city's check of a file against the practice root, register and CRL."""
    trust = folders.certificates
    found = checking.verify(
        path, roots=[trust / "root.pem"], register=trust / "register.json", crls=[trust / "crl.pem"]
    )  # fmt: skip
    return checking.verdict_json(found)


def check_both(folders: Folders, signed: Path) -> Reported:
    """Check the signed file, and a copy in which one byte was changed."""
    done = Reported(signed=signed, verdict=check(folders, signed))
    data = bytearray(signed.read_bytes())
    data[len(data) // 3] ^= 1
    changed = folders.pages / "月度报送（改过一个字节）.pdf"
    changed.write_bytes(data)
    done.changed = check(folders, changed)
    for name, verdict in (("verdict", done.verdict), ("verdict-changed", done.changed)):
        path = folders.out / f"{name}.json"
        path.write_text(json.dumps(verdict, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        done.paths.append(path)
    done.paths.append(changed)
    return done
