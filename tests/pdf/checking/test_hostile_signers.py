"""Signatures that are mathematically right and still must not be accepted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from desktop.pdf.authority.usages import Use
from desktop.pdf.signing import sign as signing
from desktop.pdf.signing.attaching import embed
from desktop.pdf.signing.objects import Body, Name, Number, Ref, Stream


def codes(verdict: Any) -> set[str]:
    return {reason.code for reason in verdict.reasons}


def refused(verdict: Any, code: str) -> None:
    assert verdict.verdict == "invalid"
    assert code in codes(verdict)


def test_pages_that_say_less_than_the_data(city: Any, sign_it: Callable[..., bytes], make: Any) -> None:
    verdict = city.check(sign_it(data=make.data("1000"), pages=make.pages("100")))
    refused(verdict, "pages")
    assert verdict.pages == "different"


def test_data_changed_and_signed_by_a_stranger(
    city: Any, sign_it: Callable[..., bytes], make_city: Callable[..., Any], make: Any
) -> None:
    """The stranger's root bears the same names as the city's, letter for letter."""
    stranger = make_city()
    assert stranger.authority.root.subject == city.authority.root.subject
    made = sign_it(data=make.data("9"), pages=make.pages("9"), signer=stranger.issue())
    refused(city.check(made), "untrusted")
    assert stranger.check(made).verdict == "valid"


def test_practice_in_real_work(city: Any, signed: bytes, make_city: Callable[..., Any]) -> None:
    real = make_city(practice=False)
    refused(city.check(signed, roots=[real.file("root.pem")]), "practice_root")
    refused(city.check(signed, roots=[]), "practice_root")
    both = city.check(signed, roots=[real.file("root.pem"), city.file("root.pem")])
    assert (both.verdict, both.practice) == ("valid", True)


def test_practice_marks_must_agree(
    city: Any, sign_it: Callable[..., bytes], make: Any, make_city: Callable[..., Any]
) -> None:
    refused(city.check(sign_it(data=make.data(practice=0))), "practice_mark")
    real = make_city(practice=False)
    refused(real.check(sign_it(signer=real.issue())), "practice_mark")


def test_another_district(city: Any, sign_it: Callable[..., bytes]) -> None:
    refused(city.check(sign_it(signer=city.issue(district="370198"))), "other_district")


def test_a_certificate_that_nobody_registered(city: Any, sign_it: Callable[..., bytes]) -> None:
    register = city.file("register.json")
    refused(city.check(sign_it(signer=city.issue()), register=register), "not_registered")


def test_revoked_once_stays_revoked(make_city: Callable[..., Any], sign_it: Callable[..., bytes], make: Any) -> None:
    city = make_city()
    signer = city.issue()
    made = sign_it(signer=signer)
    before = city.file("crl.pem")
    assert city.check(made).verdict == "valid"
    city.authority.revoke(f"{signer.certificate.serial_number:X}", why="遗失", now=make.now)
    listed = city.file("crl.pem")
    refused(city.check(made), "revoked")
    refused(city.check(made, crls=[before, listed]), "revoked")
    # long after, with the old list only
    refused(city.check(made, crls=[listed], now=make.now + timedelta(days=200)), "revoked")
    city.authority.publish_crl(make.now)
    refused(city.check(made), "revoked")
    other = make_city()
    assert city.check(made, crls=[other.file("crl.pem")]).reasons[0].code == "no_crl"


def test_expired(city: Any, sign_it: Callable[..., bytes], make: Any) -> None:
    short = city.issue(days=10)
    made = sign_it(signer=short)
    later = make.now + timedelta(days=11)
    verdict = city.check(made, now=later)
    refused(verdict, "expired")


def test_the_wrong_usage(city: Any, monkeypatch: pytest.MonkeyPatch, sign_it: Callable[..., bytes]) -> None:
    monkeypatch.setattr(signing, "check_usable", lambda *_, **__: None)
    refused(city.check(sign_it(signer=city.issue(use=Use.RECEIPT))), "usage")


def test_a_signature_from_the_future_is_undecided(city: Any, sign_it: Callable[..., bytes], make: Any) -> None:
    verdict = city.check(sign_it(now=make.now + timedelta(days=2)))
    assert (verdict.verdict, verdict.reasons[0].code) == ("undecided", "clock")


def test_a_register_signed_by_a_stranger(city: Any, signed: bytes, make_city: Callable[..., Any]) -> None:
    stranger = make_city()
    verdict = city.check(signed, register=stranger.file("register.json"))
    assert (verdict.verdict, verdict.reasons[0].code) == ("undecided", "bad_register")


def test_another_kind_of_signature(city: Any, sign_altered: Callable[..., bytes]) -> None:
    def alter(body: Body, number: int) -> None:
        body.dictionary(number)["SubFilter"] = Name("adbe.pkcs7.detached")

    refused(city.check(sign_altered(alter)), "kind")


def test_one_signature_in_two_fields(city: Any, sign_altered: Callable[..., bytes]) -> None:
    def alter(body: Body, number: int) -> None:
        form = body.dictionary(body.root)["AcroForm"]
        assert isinstance(form, Ref)
        fields = body.dictionary(form.number)["Fields"]
        assert isinstance(fields, list)
        second = {"FT": Name("Sig"), "T": b"Second", "V": Ref(number)}
        fields.append(body.add(dict(second)))

    refused(city.check(sign_altered(alter)), "signatures")


@pytest.mark.parametrize("allowed", [2, 3])
def test_changes_allowed(city: Any, sign_altered: Callable[..., bytes], allowed: int) -> None:
    def alter(body: Body, number: int) -> None:
        reference: Any = body.dictionary(number)["Reference"]
        reference[0]["TransformParams"]["P"] = allowed

    refused(city.check(sign_altered(alter)), "not_certified")


def test_not_certified(city: Any, sign_altered: Callable[..., bytes]) -> None:
    def alter(body: Body, number: int) -> None:
        del body.dictionary(body.root)["Perms"]

    refused(city.check(sign_altered(alter)), "not_certified")


def test_a_stamp_that_covers_figures(city: Any, sign_altered: Callable[..., bytes]) -> None:
    def larger(body: Body, number: int) -> None:
        for thing in body.objects.values():
            if isinstance(thing, dict) and thing.get("Subtype") == "Widget":
                thing["Rect"] = [0, 0, Number("595.28"), Number("841.89")]

    def redrawn(body: Body, number: int) -> None:
        for thing in body.objects.values():
            if isinstance(thing, Stream) and thing.entries.get("Subtype") == "Form":
                thing.content += b"\n1 g 0 0 500 500 re f"

    for alter in (larger, redrawn):
        verdict = city.check(sign_altered(alter))
        refused(verdict, "stamp")
        assert verdict.pages == "different"


def test_another_annotation_under_the_signature(city: Any, sign_altered: Callable[..., bytes]) -> None:
    def alter(body: Body, number: int) -> None:
        annotations: Any = body.dictionary(body.pages()[1])["Annots"]
        annotations.append({"Type": Name("Annot"), "Subtype": Name("FreeText"), "Contents": b"100"})

    refused(city.check(sign_altered(alter)), "stamp")


def test_a_font_that_draws_other_digits(city: Any, sign_altered: Callable[..., bytes]) -> None:
    def alter(body: Body, number: int) -> None:
        for thing in body.objects.values():
            if isinstance(thing, Stream) and "Length1" in thing.entries:
                thing.content = thing.content[:-1] + b"\x01"

    refused(city.check(sign_altered(alter)), "stamp")


def test_one_file_more(city: Any, make: Any, key: Any) -> None:
    files = {
        "data.json": (make.data(), "application/json", "报送数据（签名所依据的数据）"),
        "other.json": (b"{}", "application/json", ""),
        "workbook.xlsx": (make.workbook, "application/octet-stream", ""),
    }
    made = signing.sign(embed(make.pages(), files), key, make.box, now=make.now)
    refused(city.check(made), "attachments")


@pytest.mark.parametrize(
    "data",
    [
        b'{"amount":"1000", "district":"370199","period":"2026-11","practice":1}',
        b'{"district":"370199","amount":"1000","period":"2026-11","practice":1}',
        b'{"amount":"1","amount":"1000","district":"370199","period":"2026-11","practice":1}',
        b'{"amount":1.5,"district":"370199","period":"2026-11","practice":1}',
        b'{"amount":NaN,"district":"370199"}', b'{"amount":true,"district":"370199"}', b'{"amount":null}',
        b"[]", b"", b"[" * 100_000, b'{"a":' + b"9" * 10_000 + b"}", b'{"a":"\\ud800","district":"370199"}', b"\xff",
    ],
)  # fmt: skip
def test_data_that_is_not_canonical(city: Any, key: Any, make: Any, data: bytes) -> None:
    made = signing.sign(
        embed(
            make.pages(),
            {"data.json": (data, "application/json", ""), "workbook.xlsx": (make.workbook, "a/b", "")},
        ),
        key, make.box, now=make.now,
    )  # fmt: skip
    refused(city.check(made), "not_canonical")


def test_a_workbook_that_says_something_else(city: Any, signed: bytes) -> None:
    verdict = city.check(signed, compare_workbook=lambda data, workbook: "表格第3行与数据不一致。")
    refused(verdict, "workbook")
    assert "表格第3行与数据不一致。" in [str(reason) for reason in verdict.reasons]


def _with_message(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any, bytes], bytes]) -> None:
    def cms_of(key: Any, digest: bytes, *, dry: bool = False) -> bytes:
        async def work() -> Any:
            return await key.signer.async_sign(digest, "sha256", dry_run=dry, use_pades=True)

        return change(asyncio.run(work()), digest)

    monkeypatch.setattr(signing, "_cms", cms_of)
    monkeypatch.setattr(signing, "_check_own", lambda *_: None)


def test_no_signed_attributes(city: Any, monkeypatch: pytest.MonkeyPatch, sign_it: Callable[..., bytes]) -> None:
    def change(info: Any, digest: bytes) -> bytes:
        from asn1crypto import cms

        signer = info["content"]["signer_infos"][0]
        bare = cms.SignerInfo({name: signer[name] for name in ("version", "sid", "digest_algorithm")} | {
            "signature_algorithm": signer["signature_algorithm"], "signature": signer["signature"],
        })  # fmt: skip
        info["content"]["signer_infos"] = cms.SignerInfos([bare])
        return bytes(info.dump(force=True))

    _with_message(monkeypatch, change)
    refused(city.check(sign_it()), "kind")


def test_something_beside_the_signed_attributes(
    city: Any, monkeypatch: pytest.MonkeyPatch, sign_it: Callable[..., bytes]
) -> None:
    def change(info: Any, digest: bytes) -> bytes:
        from asn1crypto import cms

        extra = cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(b"").digest()]})
        info["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([extra])
        return bytes(info.dump(force=True))

    _with_message(monkeypatch, change)
    refused(city.check(sign_it()), "kind")
