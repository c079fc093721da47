"""The attached data: canonical JSON, and the facts in it that the check rests on."""

from __future__ import annotations

import hashlib
from typing import Any

from desktop.model import canonical
from desktop.model.errors import Refused
from desktop.model.frozen import ISSUANCE, parts
from desktop.pdf.checking.verdict import Facts, Fails


def read_data(content: bytes) -> dict[str, Any]:
    """The data, which written again must be the same bytes. Raises Fails `not_canonical`."""
    try:
        return canonical.read_canonical(content)
    except Refused as error:
        raise Fails("not_canonical", "所附数据不是规定的写法，不是本程序写的数据。") from error


def top_level_facts(data: dict[str, Any]) -> Facts:
    """District, period and practice mark where they stand at the top of the data, and its 数据校验码.

    Raises Fails `not_canonical`, or `issuance` when the issuing record speaks of other data.
    """
    try:
        frozen, _ = parts(data)
    except Refused as error:
        raise Fails("issuance", f"{error}。".replace("。。", "。")) from error
    district, period = data.get("district"), data.get("period", "")
    if not isinstance(district, str) or not isinstance(period, str) or not district:
        raise Fails("not_canonical", "所附数据没有写明区县或所属期，不能核对。")
    return Facts(district, period, data.get("practice", 0) not in (0, "", "0"), _digest_of(frozen))


def check_seal(data: dict[str, Any], picture: bytes | None) -> None:
    """The seal picture in the file is the one that was issued, or neither has one. Raises Fails `seal`."""
    issuance = data.get(ISSUANCE)
    wanted = issuance.get("seal") if isinstance(issuance, dict) else None
    if wanted is None and picture is not None:
        raise Fails("seal", "文件里附了印章图片，签发记录里却没有，文件无效。")
    if wanted is not None and (picture is None or hashlib.sha256(picture).hexdigest() != wanted):
        raise Fails("seal", "文件里的印章图片与签发记录不一致，文件无效。")


def _digest_of(frozen: dict[str, Any]) -> str:
    return canonical.digest(canonical.canonical(frozen))
