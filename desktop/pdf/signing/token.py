"""A key on a token, through its maker's PKCS#11 module. The key never leaves the token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509

from desktop.model.errors import MachineFault, Refused
from desktop.pdf.authority.usages import Use, usage_fault
from desktop.pdf.signing.keys import SigningKey


@contextmanager
def open_token(module: Path, label: str, pin: str, *, use: Use = Use.SUBMIT) -> Iterator[SigningKey]:
    """The one key on token `label` whose certificate is for `use`.

    Raises Refused: no such module or token, wrong or locked PIN, no fitting certificate, several of them;
    MachineFault: the token was pulled out or failed.
    """
    import pkcs11

    session = _open_session(module, label, pin)
    try:
        with session:
            yield _key_of(session, label, use)
    except pkcs11.PKCS11Error as error:
        raise _in_words(error, label) from error


def _open_session(module: Path, label: str, pin: str) -> Any:
    import pkcs11
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import open_pkcs11_session

    if not module.is_file():
        raise Refused(f"找不到证书介质的驱动文件“{module}”，请先安装驱动，或检查路径。")
    try:
        pkcs11.lib(str(module))
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        raise Refused(f"驱动文件“{module.name}”不能用，请重新安装证书介质的驱动。") from error
    try:
        return open_pkcs11_session(str(module), token_criteria=TokenCriteria(label=label), user_pin=pin)
    except pkcs11.PKCS11Error as error:
        raise _in_words(error, label) from error


def _in_words(error: Exception, label: str) -> Refused | MachineFault:
    import pkcs11

    if isinstance(error, pkcs11.PinLocked):
        return Refused(f"证书介质“{label}”的PIN码已锁定，请到发证单位解锁。")
    if isinstance(error, pkcs11.PinIncorrect | pkcs11.PinInvalid | pkcs11.PinLenRange | pkcs11.ArgumentsBad):
        return Refused(f"证书介质“{label}”的PIN码不对，请重新输入；输错多次会被锁定。")
    if isinstance(error, pkcs11.PinExpired | pkcs11.UserPinNotInitialized):
        return Refused(f"证书介质“{label}”的PIN码还没有设置或已过期，请先用它自带的工具设置。")
    if isinstance(error, pkcs11.NoSuchToken | pkcs11.TokenNotPresent) or _not_found(error):
        return Refused(f"找不到证书介质“{label}”，请插好后重试，或核对它的名称。")
    if isinstance(error, pkcs11.MechanismInvalid | pkcs11.FunctionNotSupported):
        return Refused(f"证书介质“{label}”不支持SHA-256签名，请换用其他介质。")
    return MachineFault(f"证书介质“{label}”没有回应，请拔下重插后再试。")


def _not_found(error: Exception) -> bool:
    return re.search(r"No token|matching criteria", str(error)) is not None


def _key_of(session: Any, label: str, use: Use) -> SigningKey:
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    keys = {bytes(key[Attribute.ID]) for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    found: list[tuple[bytes, x509.Certificate]] = []
    reasons: list[str] = []
    for item in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
        identifier = bytes(item[Attribute.ID])
        try:
            certificate = x509.load_der_x509_certificate(bytes(item[Attribute.VALUE]))
        except ValueError:
            continue
        if identifier not in keys:
            continue
        fault = usage_fault(certificate, use)
        if fault:
            reasons.append(fault)
        else:
            found.append((identifier, certificate))
    if not found and reasons:
        raise Refused(f"证书介质“{label}”里的证书不能用：{reasons[0]}")
    if not found:
        raise Refused(f"证书介质“{label}”里没有带密钥的证书，请先写入证书。")
    if len(found) > 1:
        raise Refused(f"证书介质“{label}”里有{len(found)}张{use.label}的证书，请只留一张。")
    identifier, certificate = found[0]
    # Told its certificate, pyHanko would put it in the signature twice; it fetches it by its id.
    signer = PKCS11Signer(session, key_id=identifier, cert_id=identifier, embed_roots=False)
    return SigningKey(certificate, signer)
