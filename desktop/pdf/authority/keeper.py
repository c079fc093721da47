"""One authority in one folder: it makes district certificates, takes them back, and publishes lists.

The folder holds `root.pem` and `crl.pem` and `register.json` (to hand out), and `root.key`, `register.key`,
`authority.json` (to keep; the keys are encrypted with the authority's password).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from desktop.model.errors import Refused
from desktop.pdf.authority.certificates import Key, PublicKey, Subject, make_certificate, make_crl, make_root, new_key
from desktop.pdf.authority.files import read_whole, write_whole
from desktop.pdf.authority.register import Entry, digest_of, write_register
from desktop.pdf.authority.requests import public_of_request
from desktop.pdf.authority.times import from_text, to_text
from desktop.pdf.authority.usages import Use, is_practice

CRL_DAYS = 35
CERTIFICATE_DAYS = 3 * 366
ROOT_DAYS = 10 * 366
_INDEX = "authority.json"


@dataclass
class Issued:
    """One certificate as the authority remembers it; `revoked` is the moment it was taken back, or empty."""

    serial: str
    sha256: str
    use: str
    district: str
    name: str
    office: str
    since: str
    until: str
    revoked: str = ""
    why: str = ""


@dataclass
class _Index:
    crl_number: int
    register_number: int
    issued: list[Issued]


class Authority:
    """An opened authority. Every change is on the disk when its function returns."""

    def __init__(self, folder: Path, root_key: Key, root: x509.Certificate, index: _Index) -> None:
        self.folder = folder
        self.root = root
        self._root_key = root_key
        self._index = index

    @classmethod
    def create(
        cls, folder: Path, *, name: str, office: str, password: str, now: datetime, practice: bool = True,
        days: int = ROOT_DAYS,
    ) -> Authority:  # fmt: skip
        """Make the root, the key that signs the register, an empty CRL and an empty register."""
        if (folder / _INDEX).exists() or (folder / "root.key").exists():
            raise Refused(f"“{folder}”里已经有一个证书机构，请换一个空文件夹。")
        _need_password(password)
        root_key = new_key(3072)
        root = make_root(root_key, Subject(name, office), practice=practice, now=now, days=days)
        self = cls(folder, root_key, root, _Index(0, 0, []))
        write_whole(folder / "root.key", _key_bytes(root_key, password), secret=True)
        write_whole(folder / "root.pem", root.public_bytes(Encoding.PEM))
        register_key = new_key()
        subject = Subject(f"{name}登记表", office)
        signer = self._make(register_key.public_key(), subject, Use.REGISTER, now, days)
        write_whole(folder / "register.key", _key_bytes(register_key, password), secret=True)
        write_whole(folder / "register.pem", signer.public_bytes(Encoding.PEM))
        self._save()
        self.publish_crl(now)
        self.publish_register(now, password)
        return self

    @classmethod
    def open(cls, folder: Path, password: str) -> Authority:
        """Raises Refused when there is no authority there, it is damaged, or the password is wrong."""
        key = _load_key(read_whole(folder / "root.key", "根证书密钥"), password)
        try:
            root = x509.load_pem_x509_certificate(read_whole(folder / "root.pem", "根证书"))
            raw = json.loads(read_whole(folder / _INDEX, "证书台账"))
            issued = [Issued(**item) for item in raw["issued"]]
            index = _Index(int(raw["crl_number"]), int(raw["register_number"]), issued)
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(f"“{folder}”里的证书机构文件损坏，请用备份恢复。") from error
        return cls(folder, key, root, index)

    @property
    def practice(self) -> bool:
        return is_practice(self.root)

    @property
    def issued(self) -> tuple[Issued, ...]:
        return tuple(self._index.issued)

    def issue(
        self, out: Path, *, name: str, office: str, password: str, now: datetime, district: str = "",
        use: Use = Use.SUBMIT, days: int = CERTIFICATE_DAYS,
    ) -> x509.Certificate:  # fmt: skip
        """Make a key and a certificate and write both as a PKCS#12 file protected by `password`.

        A district's certificate (`use` SUBMIT) needs `district`; it is signed for once the register is published.
        """
        _need_password(password)
        key = new_key()
        certificate = self._make(key.public_key(), Subject(name, office, district), use, now, days)
        encryption = BestAvailableEncryption(password.encode("utf-8"))
        content = serialize_key_and_certificates(name.encode("utf-8"), key, certificate, [self.root], encryption)
        self._save()  # before the file: a certificate that nobody remembers could not be revoked
        write_whole(out, content, secret=True)
        return certificate

    def issue_for_request(
        self, request: bytes, out: Path, *, name: str, office: str, now: datetime, district: str = "",
        use: Use = Use.SUBMIT, days: int = CERTIFICATE_DAYS,
    ) -> x509.Certificate:  # fmt: skip
        """A certificate for a key that stays with the district. The names are ours; the request gives only the key."""
        public = public_of_request(request)
        certificate = self._make(public, Subject(name, office, district), use, now, days)
        self._save()
        write_whole(out, certificate.public_bytes(Encoding.PEM))
        return certificate

    def revoke(self, certificate: str, *, why: str, now: datetime) -> Path:
        """Take a certificate back (named by serial number in hex or by SHA-256) and publish the list anew."""
        wanted = certificate.lower().replace(":", "").removeprefix("0x")
        found = [item for item in self._index.issued if wanted in (item.serial, item.sha256)]
        if not found:
            raise Refused(f"台账里没有编号为“{certificate}”的证书，请核对序列号或指纹。")
        if not found[0].revoked:
            found[0].revoked, found[0].why = to_text(now), why
            self._save()
        return self.publish_crl(now)

    def publish_crl(self, now: datetime, days: int = CRL_DAYS) -> Path:
        """Write `crl.pem` with the next number. What was revoked once stays on every later list."""
        number = self._index.crl_number + 1
        revoked = [(int(item.serial, 16), from_text(item.revoked)) for item in self._index.issued if item.revoked]
        crl = make_crl(self._root_key, self.root, revoked, number=number, now=now, days=days)
        self._index.crl_number = number
        self._save()
        return write_whole(self.folder / "crl.pem", crl.public_bytes(Encoding.PEM))

    def publish_register(self, now: datetime, password: str) -> Path:
        """Write `register.json` with the next number: every district certificate that was ever made here."""
        key = _load_key(read_whole(self.folder / "register.key", "登记表密钥"), password)
        signer = x509.load_pem_x509_certificate(read_whole(self.folder / "register.pem", "登记表证书"))
        root = digest_of(self.root)
        entries = [
            Entry(i.sha256, root, i.district, i.name, i.office, from_text(i.since), from_text(i.revoked or i.until))
            for i in self._index.issued
            if i.use == Use.SUBMIT.value
        ]
        number = self._index.register_number + 1
        self._index.register_number = number
        self._save()
        return write_whole(self.folder / "register.json", write_register(key, signer, number, now, entries))

    def _make(self, public: PublicKey, subject: Subject, use: Use, now: datetime, days: int) -> x509.Certificate:
        if use is Use.SUBMIT and not subject.district:
            raise Refused("区县证书要写明区县代码，请补上 --district。")
        made = make_certificate(
            self._root_key, self.root, public, subject, use, practice=self.practice, now=now, days=days
        )
        since, until = to_text(made.not_valid_before_utc), to_text(made.not_valid_after_utc)
        self._index.issued.append(
            Issued(
                f"{made.serial_number:x}", digest_of(made), use.value, subject.district, subject.name, subject.office,
                since, until,
            )
        )  # fmt: skip
        return made

    def _save(self) -> None:
        content = json.dumps(asdict(self._index), ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(self.folder / _INDEX, content.encode("utf-8"), secret=True)


def _need_password(password: str) -> None:
    if not password:
        raise Refused("证书要有口令，请设置 DESK_CERT_PASSWORD 或按提示输入。")


def _key_bytes(key: Key, password: str) -> bytes:
    encryption = BestAvailableEncryption(password.encode("utf-8"))
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def _load_key(content: bytes, password: str) -> Key:
    try:
        return cast(Key, load_pem_private_key(content, password.encode("utf-8")))
    except (ValueError, TypeError) as error:
        raise Refused("证书机构的口令不对，或密钥文件损坏，请重新输入。") from error
