"""The signature that a replica puts under what it sends: Ed25519, raw 32-byte keys."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_key() -> tuple[bytes, str]:
    """A new pair: 32 raw private bytes, and the public key as 64 hex digits."""
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    return raw, public_hex(raw)


def public_hex(private_raw: bytes) -> str:
    """The public key (hex) that belongs to 32 raw private bytes."""
    public = Ed25519PrivateKey.from_private_bytes(private_raw).public_key()
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def sign(private_raw: bytes, data: bytes) -> bytes:
    """64 bytes of signature over `data`. Raises ValueError when the key has not 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private_raw).sign(data)


def verify(public_hex: str, data: bytes, signature: bytes) -> bool:
    """Whether `signature` over `data` is that of the key. False for a malformed key or signature too."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_hex: str) -> str:
    """What two people read to each other: 32 hex digits of the key's SHA-256, in groups of four."""
    digest = hashlib.sha256(bytes.fromhex(public_hex)).hexdigest()[:32].upper()
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4))
