"""Signed files as other programs see them, and every sentence of a key that cannot sign."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.model.errors import Refused
from desktop.pdf.authority.usages import Use
from desktop.pdf.signing.keys import SigningKey, key_of_p12, open_file
from desktop.pdf.signing.stamp import Box, Stamp


def test_pdfsig_and_qpdf_agree(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    seen = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True).stdout
    assert "Signature is Valid" in seen
    assert "ETSI.CAdES.detached" in seen
    assert "Total document signed" in seen
    assert "SHA-256" in seen
    assert seen.count("Signature #") == 1
    assert subprocess.run(["qpdf", "--check", file], capture_output=True).returncode == 0
    assert "data.json" in subprocess.run(["pdfdetach", "-list", file], capture_output=True, text=True).stdout


def test_the_stamp_says_who_when_and_practice(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    text = subprocess.run(["pdftotext", "-f", "2", file, "-"], capture_output=True, text=True, check=True).stdout
    for words in ("示例区发展和改革局", "示例区“两新”工作专班", "2026-11-24 09:30:00 +08:00", "试用证书"):
        assert words in text


def test_a_real_certificate_is_not_called_practice(make_city: Callable[..., Any], make: Any) -> None:
    real = make_city(practice=False).issue()
    assert not real.practice
    assert not any("试用" in line for line in Stamp.of(real.certificate, make.now).lines)


def test_signing_twice_gives_the_same_bytes_with_rsa(sign_it: Callable[..., bytes], signed: bytes) -> None:
    assert sign_it() == signed  # RSA PKCS#1 v1.5 has no randomness in it


def test_a_box_too_small_is_refused(sign_it: Callable[..., bytes]) -> None:
    with pytest.raises(Refused, match="签名框太小"):
        sign_it(box=Box.of_points(1, 10, 10, 60, 20))


def test_files_that_cannot_sign(city: Any, tmp_path: Path) -> None:
    city.issue()
    good = city.file("issued.p12")
    with pytest.raises(Refused, match="口令不对"):
        key_of_p12(good, "wrong")
    with pytest.raises(Refused, match="口令不对"):
        key_of_p12(good, "")
    with pytest.raises(Refused, match="损坏"):
        key_of_p12(b"junk", "000")
    with pytest.raises(Refused, match="损坏"):
        key_of_p12(good[: len(good) // 2], "000")
    with pytest.raises(Refused, match="找不到"), open_file(tmp_path / "none.p12", "000"):
        pass


def test_moments_at_which_nobody_signs(sign_it: Callable[..., bytes], city: Any, make: Any) -> None:
    with pytest.raises(Refused, match="到期"):
        sign_it(now=make.now + timedelta(days=4000))
    with pytest.raises(Refused, match="才有效"):
        sign_it(now=make.now - timedelta(days=1))


def test_a_clock_set_back_is_noticed(key: SigningKey, make: Any) -> None:
    from desktop.pdf.signing.sign import sign

    with pytest.raises(Refused, match="时钟可能被拨慢"):
        sign(make.pages(), key, make.box, now=make.now, not_before=make.now + timedelta(minutes=1))


def test_a_receipt_certificate_does_not_sign_submissions(city: Any, sign_it: Callable[..., bytes]) -> None:
    with pytest.raises(Refused, match="报送签名"):
        sign_it(signer=city.issue(use=Use.RECEIPT))
