"""A throwaway city with a practice authority, and an invented district that signs, at a fixed moment."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.model.canonical import canonical
from desktop.pdf.authority.keeper import Authority
from desktop.pdf.checking.check import check
from desktop.pdf.checking.verdict import Derived, Verdict
from desktop.pdf.signing import revision
from desktop.pdf.signing.attaching import embed_submission
from desktop.pdf.signing.keys import SigningKey, key_of_p12
from desktop.pdf.signing.objects import Body
from desktop.pdf.signing.sign import sign
from desktop.pdf.signing.stamp import Box

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
DISTRICT = "370199"
BOX = Box.of_points(1, 330, 20, 560, 70)
WORKBOOK = b"PK\x03\x04 stands for a workbook"


def make_data(amount: str = "1000", practice: int = 1, district: str = DISTRICT) -> bytes:
    return canonical({"amount": amount, "district": district, "period": "2026-11", "practice": practice})


def make_pages(amount: str = "1000") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(50, 700, f"amount {amount}")
    canvas.showPage()
    canvas.drawString(50, 700, "second page")
    canvas.save()
    return out.getvalue()


def derive(data: bytes) -> Derived:
    import json

    return Derived(make_pages(json.loads(data)["amount"]), BOX)


@dataclass
class City:
    """An authority and the folder that it publishes in."""

    authority: Authority
    folder: Path
    password: str = "city-000"

    def issue(self, now: datetime = NOW, district: str = DISTRICT, **more: Any) -> SigningKey:
        out = self.folder / "issued.p12"
        names = {"name": "示例区发展和改革局", "office": "示例区“两新”工作专班"} | more
        self.authority.issue(out, password="000", now=now, district=district, **names)
        self.authority.publish_register(NOW, self.password)
        return key_of_p12(out.read_bytes(), "000")

    def file(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def check(self, pdf: bytes, **changed: Any) -> Verdict:
        means: dict[str, Any] = {
            "roots": [self.file("root.pem")], "register": self.file("register.json"), "crls": [self.file("crl.pem")],
            "now": NOW, "derive": derive, "compare_workbook": lambda data, workbook: None,
        }  # fmt: skip
        return check(pdf, **(means | changed))


@pytest.fixture(scope="session")
def make_city(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., City]:
    def make(practice: bool = True, now: datetime = NOW) -> City:
        folder = tmp_path_factory.mktemp("city")
        authority = Authority.create(
            folder, name="示例市根证书", office="示例市", password="city-000", now=now, practice=practice
        )
        return City(authority, folder)

    return make


@pytest.fixture(scope="session")
def city(make_city: Callable[..., City]) -> City:
    return make_city()


@pytest.fixture(scope="session")
def key(city: City) -> SigningKey:
    return city.issue()


@pytest.fixture(scope="session")
def sign_it(key: SigningKey) -> Callable[..., bytes]:
    def work(
        data: bytes | None = None, pages: bytes | None = None, signer: SigningKey = key, box: Box = BOX,
        now: datetime = NOW,
    ) -> bytes:  # fmt: skip
        base = embed_submission(pages or make_pages(), data or make_data(), WORKBOOK)
        return sign(base, signer, box, now=now)

    return work


@pytest.fixture(scope="session")
def signed(sign_it: Callable[..., bytes]) -> bytes:
    return sign_it()


@pytest.fixture
def sign_altered(monkeypatch: pytest.MonkeyPatch, sign_it: Callable[..., bytes]) -> Callable[..., bytes]:
    """A signer who writes his own PDF: `alter(body, signature number)` changes it before it is signed, rightly."""

    def work(alter: Callable[[Body, int], None], **more: Any) -> bytes:
        written = revision._written

        def altered(base: bytes, body: Body, changed: list[int], signature: int, deflate: Any) -> Any:
            alter(body, signature)
            first = max(changed)
            return written(base, body, [*changed, *range(first + 1, max(body.objects) + 1)], signature, deflate)

        with monkeypatch.context() as patch:
            patch.setattr(revision, "_written", altered)
            return sign_it(**more)

    return work


@pytest.fixture(scope="session")
def make() -> Any:
    """The makers of data and pages, for tests that cannot import this file."""

    class Makers:
        data = staticmethod(make_data)
        pages = staticmethod(make_pages)
        derive = staticmethod(derive)
        now, district, box, workbook = NOW, DISTRICT, BOX, WORKBOOK

    return Makers
