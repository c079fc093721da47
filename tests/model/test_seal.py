from __future__ import annotations

import pytest

from desktop.model import seal


def test_a_signature_holds_for_its_key_and_bytes_only() -> None:
    key, public = seal.new_key()
    signature = seal.sign(key, b"data")
    assert seal.public_hex(key) == public and seal.verify(public, b"data", signature)
    assert not seal.verify(public, b"Data", signature)
    assert not seal.verify(seal.new_key()[1], b"data", signature)
    assert not seal.verify("not hex", b"data", signature) and not seal.verify(public[:10], b"data", signature)
    with pytest.raises(ValueError):
        seal.sign(b"short", b"data")


def test_a_fingerprint_is_read_aloud_in_groups_of_four() -> None:
    groups = seal.fingerprint("00" * 32).split(" ")
    assert len(groups) == 8 and all(len(group) == 4 for group in groups)
