"""A token: SoftHSM stands for the district's 证书介质."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.model.errors import Refused
from desktop.pdf.signing.token import open_token

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
pytestmark = pytest.mark.skipif(not MODULE.exists(), reason="SoftHSM is not installed")


@pytest.fixture(scope="module")
def token(city: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    run = ["softhsm2-util", "--init-token", "--free", "--label", "shili", "--so-pin", "00000000", "--pin", "123456"]
    subprocess.run(run, check=True, capture_output=True)
    city.issue()
    loaded = load_pkcs12(city.file("issued.p12"), b"000")
    assert loaded.key is not None and loaded.cert is not None
    key = loaded.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    run = ["softhsm2-util", "--import", str(folder / "key.pem"), "--token", "shili", "--label", "k", "--id", "01"]
    subprocess.run([*run, "--pin", "123456"], check=True, capture_output=True)
    import pkcs11

    with pkcs11.lib(str(MODULE)).get_token(token_label="shili").open(rw=True, user_pin="123456") as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.VALUE: loaded.cert.certificate.public_bytes(Encoding.DER),
                pkcs11.Attribute.SUBJECT: loaded.cert.certificate.subject.public_bytes(),
                pkcs11.Attribute.ID: b"\x01",
                pkcs11.Attribute.LABEL: "k",
                pkcs11.Attribute.TOKEN: True,
            }
        )
    yield "shili"
    os.environ.pop("SOFTHSM2_CONF", None)


def test_a_token_signs(token: str, city: Any, sign_it: Callable[..., bytes]) -> None:
    with open_token(MODULE, token, "123456") as key:
        made = sign_it(signer=key)
    verdict = city.check(made)
    assert verdict.verdict == "valid", verdict.reasons
    assert verdict.signer == "示例区发展和改革局"


def test_what_can_be_wrong_with_a_token(token: str, tmp_path: Path) -> None:
    cases = [
        (MODULE, token, "999999", "PIN码不对"),
        (MODULE, token, "", "PIN码不对"),
        (MODULE, "other", "123456", "找不到证书介质"),
        (tmp_path / "none.so", token, "123456", "找不到证书介质的驱动"),
    ]
    for module, label, pin, words in cases:
        with pytest.raises(Refused, match=words), open_token(module, label, pin):
            pass


def test_a_file_that_is_no_driver(tmp_path: Path) -> None:
    junk = tmp_path / "junk.so"
    junk.write_bytes(b"junk")
    with pytest.raises(Refused, match="不能用"), open_token(junk, "a", "b"):
        pass


def test_a_locked_pin_says_so(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import pkcs11
    import pyhanko.sign.pkcs11

    def locked(*_: Any, **__: Any) -> None:
        raise pkcs11.PinLocked

    monkeypatch.setattr(pyhanko.sign.pkcs11, "open_pkcs11_session", locked)
    with pytest.raises(Refused, match="已锁定"), open_token(MODULE, token, "123456"):
        pass
