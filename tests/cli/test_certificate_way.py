"""From the request for a certificate to a checked signature and its answer, and the paper way, by command only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PERIOD, OWN = "2026-11", "区里的口令一二三"


def issued(folders: Any, folder: str, form: str = "problem-list") -> dict[str, Any]:
    made = folders(folder, "prepare", form, "--period", PERIOD)[1]
    assert folders(folder, "review", made["submission"], user="赵示例")[1]["state"] == "reviewed"
    code, done, told = folders(folder, "issue", made["submission"], "--number", "示例〔2026〕1号")
    assert (code, done["state"]) == (0, "issued"), told
    return dict(done)


def test_requested_issued_joined_signed_and_checked(folders: Any, tmp_path: Path) -> None:
    root, key, csr, back, p12, pdf = (
        tmp_path / each for each in ("root", "key.pem", "district.csr", "back.pem", "district.p12", "signed.pdf")
    )
    names = ("--district", "370102", "--name", "周示例", "--office", "历下区发展和改革局")
    district = ("district", "authority")
    assert folders(*district, "init", root, "--name", "示例市根证书", "--office", "示例市", "--real")[0] == 0
    assert folders(*district, "request", key, *names, "--out", csr, secret=OWN)[0] == 0
    assert b"BEGIN CERTIFICATE REQUEST" in csr.read_bytes() and b"PRIVATE" not in csr.read_bytes()
    assert folders(*district, "issue", root, *names, "--request", csr, "--out", back)[0] == 0
    assert folders(*district, "join", key, back, "--out", p12, secret="别的口令一二三四")[0] == 1
    assert not p12.exists()
    assert folders(*district, "join", key, back, "--out", p12, secret=OWN)[0] == 0

    assert folders("district", "init", "--district", "370102")[0] == 0
    assert folders("district", "account", "add", "赵示例", "--roles", "review")[0] == 0
    one = issued(folders, "district")
    code, _, told = folders("district", "submit", one["submission"], "--certificate", p12, "--out", pdf)
    assert code == 1 and "口令" in told and not pdf.exists()
    code, signed, told = folders(
        "district", "submit", one["submission"], "--certificate", p12, "--out", pdf, secret=OWN
    )
    assert code == 0 and signed["data_digest"] == one["data_digest"], told

    means = ("--trust", root / "root.pem", "--register", root / "register.json", "--crl", root / "crl.pem")
    code, verdict, _ = folders("nowhere", "verify", pdf, *means)
    assert (code, verdict["verdict"], verdict["pages"], verdict["practice"]) == (0, "valid", "equal", False)
    assert (verdict["signer"], verdict["district"], verdict["period"]) == ("周示例", "370102", PERIOD)
    (serial,) = [each["serial"] for each in folders(*district, "list", root)[1]["issued"] if each["district"]]
    assert folders(*district, "revoke", root, serial, "--why", "遗失")[0] == 0
    code, verdict, _ = folders("nowhere", "verify", pdf, *means)
    assert (code, verdict["verdict"]) == (1, "invalid") and any("吊销" in each for each in verdict["reasons"])


def test_sealed_paper_is_answered(folders: Any, tmp_path: Path) -> None:
    root, scan, reply = tmp_path / "root", tmp_path / "scan.pdf", tmp_path / "x.receipt"
    scan.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    folders("city", "authority", "init", root)
    folders("city", "authority", "issue", root, "--district", "", "--name", "示例市回执", "--office", "示例市", "--use",
            "receipt", "--out", root / "city.p12")  # fmt: skip
    folders("city", "init", "--district", "379900", "--name", "示例市", "--practice")
    folders("district", "init", "--district", "379901", "--practice")
    folders("district", "account", "add", "赵示例", "--roles", "review")
    published = [root / each for each in ("root.pem", "register.json", "crl.pem")]
    for folder in ("city", "district"):
        assert folders(folder, "trust", "add", *published)[0] == 0
    one = issued(folders, "district")
    assert folders("district", "deliver", one["submission"], "--paper", tmp_path / "paper.pdf")[0] == 0
    assert folders("district", "deliver", one["submission"], "--scan", scan)[0] == 0
    code = f"LX1:problem-list:379901:{PERIOD}:1:{one['data_digest']}"
    form = ("--form", "problem-list")
    assert folders("city", "paper", "379901", PERIOD, scan, *form, "--code", code)[0] == 0
    done = folders("city", "receipt", "make", one["data_digest"][:12], "--verdict", "returned", "--reasons", "缺一项",
                   "--certificate", root / "city.p12", "--out", reply)  # fmt: skip
    assert done[0] == 0, done[2]
    (stands,) = folders("city", "collected", PERIOD, *form)[1]["districts"]
    assert (stands["state"], stands["reasons"]) == ("returned", ["缺一项"])
    assert folders("district", "receipt", "read", reply)[1]["state"] == "returned"
