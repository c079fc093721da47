"""Files that are as they should be, and what the verdict says about them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from desktop.pdf.checking.check import TITLES
from desktop.pdf.signing import objects


def test_a_practice_submission_is_valid_and_practice(city: Any, signed: bytes, make: Any) -> None:
    verdict = city.check(signed)
    assert (verdict.verdict, verdict.pages, verdict.reasons) == ("valid", "equal", ())
    assert verdict.practice
    assert (verdict.signer, verdict.district, verdict.period) == ("示例区发展和改革局", make.district, "2026-11")
    assert verdict.canonical == make.data()
    assert verdict.data_digest == hashlib.sha256(make.data()).hexdigest()
    assert verdict.attachments["workbook.xlsx"] == make.workbook
    assert [condition.code for condition in verdict.conditions] == list(TITLES)
    assert all(condition.holds is True for condition in verdict.conditions)
    assert verdict.signed_at == "2026-11-24T09:30:00+08:00"


def test_the_digest_is_that_of_the_frozen_data(city: Any, sign_it: Callable[..., bytes], make: Any) -> None:
    import json

    from desktop.model.canonical import canonical, digest

    frozen = make.data()
    whole = json.loads(frozen) | {"issuance": {"data_digest": digest(frozen), "issuer": "示例"}}
    verdict = city.check(sign_it(data=canonical(whole)))
    assert (verdict.verdict, verdict.data_digest) == ("valid", digest(frozen))
    whole["issuance"]["data_digest"] = digest(b"other")
    verdict = city.check(sign_it(data=canonical(whole)))
    assert (verdict.verdict, verdict.reasons[0].code) == ("invalid", "issuance")


def test_a_real_submission_is_valid(make_city: Callable[..., Any], sign_it: Callable[..., bytes], make: Any) -> None:
    real = make_city(practice=False)
    verdict = real.check(sign_it(data=make.data(practice=0), signer=real.issue()))
    assert (verdict.verdict, verdict.practice) == ("valid", False), verdict.reasons


def test_another_deflate_gives_equal_pages(city: Any, make: Any, key: Any, monkeypatch: Any) -> None:
    """Another build of zlib writes other bytes for the same content."""
    from desktop.pdf.signing import attaching, revision, sign

    def fast(content: bytes) -> bytes:
        return zlib.compress(content, 1)

    base = attaching.embed_submission(make.pages(), make.data(), make.workbook, deflate=fast)
    assert base != attaching.embed_submission(make.pages(), make.data(), make.workbook)
    prepare = revision.prepare

    def prepare_fast(*arguments: Any, **more: Any) -> Any:
        return prepare(*arguments, **(more | {"deflate": fast}))

    monkeypatch.setattr(sign, "prepare", prepare_fast)
    made = sign.sign(base, key, make.box, now=make.now)
    monkeypatch.undo()
    assert objects.default_deflate(b"a" * 99) != fast(b"a" * 99)
    verdict = city.check(made)
    assert (verdict.verdict, verdict.pages) == ("valid", "equal"), verdict.reasons


def test_another_renderer_leaves_the_pages_uncompared(city: Any, signed: bytes) -> None:
    verdict = city.check(signed, derive=lambda data: None)
    assert (verdict.verdict, verdict.pages) == ("valid", "not_compared")
    assert [reason.code for reason in verdict.not_checked] == ["pages_not_compared"]


def test_what_is_missing_leaves_it_undecided(city: Any, signed: bytes, make: Any) -> None:
    register = city.file("register.json")
    city.authority.publish_register(make.now, city.password)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"crls": []}, "no_crl"),
        ({"register": None}, "no_register"),
        ({"register": b"junk"}, "bad_register"),
        ({"now": make.now + timedelta(days=60)}, "old_crl"),
        ({"now": make.now - timedelta(hours=1)}, "not_yet_valid"),
        ({"known_crl": 1000}, "lower_crl"),
        ({"register": register, "known_register": 1000}, "bad_register"),
        ({"compare_workbook": None}, "workbook_not_compared"),
        ({"crls": [b"junk"]}, "no_crl"),
    ]
    for changed, code in cases:
        verdict = city.check(signed, **changed)
        expected = "invalid" if code == "not_yet_valid" else "undecided"
        assert (verdict.verdict, code) == (expected, verdict.reasons[0].code), changed


def test_without_any_root_a_real_file_is_undecided(
    make_city: Callable[..., Any], sign_it: Callable[..., bytes], make: Any
) -> None:
    real = make_city(practice=False)
    verdict = real.check(sign_it(data=make.data(practice=0), signer=real.issue()), roots=[])
    assert (verdict.verdict, verdict.reasons[0].code) == ("undecided", "no_root")


def test_a_receipt_is_read_back(city: Any, make: Any) -> None:
    import pytest

    from desktop.model.errors import Refused
    from desktop.pdf.authority.usages import Use
    from desktop.pdf.checking.receipt import read_signed_message
    from desktop.pdf.signing.sign import sign_message

    means = {"roots": [city.file("root.pem")], "crls": [city.file("crl.pem")], "now": make.now}
    message = sign_message(b'{"verdict":"accepted"}', city.issue(use=Use.RECEIPT), now=make.now, use=Use.RECEIPT)
    read = read_signed_message(message, **means)
    assert (read.content, read.practice) == (b'{"verdict":"accepted"}', True)
    for position in range(0, len(message), 97):
        broken = message[:position] + bytes([message[position] ^ 1]) + message[position + 1 :]
        with pytest.raises(Refused):
            read_signed_message(broken, **means)
    district = city.issue()
    with pytest.raises(Refused):
        sign_message(b"{}", district, now=make.now, use=Use.RECEIPT)
    with pytest.raises(Refused, match="吊销清单"):
        read_signed_message(message, **(means | {"crls": []}))
