"""Canonical JSON (design §5): UTF-8, keys by code point, no spaces, strings and integers only, nulls left out.

The same data always gives the same bytes, so its digest names it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from desktop.model.errors import Refused


def canonical(data: object) -> bytes:
    """The one way to write `data`. Raises TypeError for floats and anything else JSON has in two ways."""
    return _text(_pruned(data)).encode()


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _pruned(data: object) -> object:
    if isinstance(data, dict):
        if not all(isinstance(key, str) for key in data):
            raise TypeError("keys of canonical JSON are strings")
        return {key: _pruned(value) for key, value in data.items() if value is not None}
    if isinstance(data, list | tuple):
        return [_pruned(value) for value in data if value is not None]
    if isinstance(data, bool):
        return int(data)
    if isinstance(data, str | int):
        return data
    raise TypeError(f"{type(data).__name__} has no place in canonical JSON")


def digest(data: bytes) -> str:
    """SHA-256 of canonical bytes, as 64 hex digits: the 数据校验码."""
    return hashlib.sha256(data).hexdigest()


def _no_float(text: str) -> Any:
    raise ValueError(f"float {text}")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key stands twice")
    return dict(pairs)


def read_canonical(data: bytes) -> dict[str, Any]:
    """The data of canonical bytes. Refuses anything that is not written in the one way."""
    try:
        content = json.loads(data, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_twice)
        written = canonical(content)
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused("数据文件不是规范写法，可能被改动过，没有采用") from error
    if not isinstance(content, dict) or written != data:
        raise Refused("数据文件不是规范写法，可能被改动过，没有采用")
    return content
