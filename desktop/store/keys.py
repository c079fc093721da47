"""keys.json: the random database key, wrapped once for each account and once for the recovery key.

The file holds salts, wrapped keys and counts of wrong passwords, and no names. A wrong password costs a wait that grows
with each try and is served by waiting, not by a clock: neither a restart nor a clock put forward shortens it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.model.errors import MachineFault, Refused
from desktop.store.faults import told, write_atomically

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I and O
RECOVERY = "recovery"
FREE_TRIES = 3
LONGEST_WAIT = 60
KDF = {"time_cost": 3, "memory_cost": 65536, "parallelism": 1}


@dataclass
class Slot:
    """One wrapped copy of the database key. Bytes are hex; `tag` finds the slot without telling the name."""

    slot: str
    tag: str
    salt: str
    nonce: str
    wrapped: str
    time_cost: int
    memory_cost: int
    parallelism: int
    failures: int = 0


def new_recovery_key() -> str:
    """Eight groups of four characters: 160 random bits, to be printed once and sealed."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(32))
    return "-".join(characters[start : start + 4] for start in range(0, 32, 4))


def normal_recovery_key(text: str) -> str:
    """As typed from paper: case, blanks and dashes do not matter."""
    return "".join(character for character in text.upper() if character in ALPHABET)


def check_password(password: str) -> None:
    if len(password) < 8:
        raise Refused(f"密码只有 {len(password)} 位，至少要 8 位，请重新设定")


class KeyFile:
    """keys.json of one data folder. Every change is written at once."""

    def __init__(self, path: Path, salt: str, slots: list[Slot], wait: Callable[[float], None] = time.sleep) -> None:
        self.path = path
        self._salt = salt
        self._slots = slots
        self._wait = wait

    @classmethod
    def new(cls, path: Path) -> KeyFile:
        return cls(path, secrets.token_hex(16), [])

    @classmethod
    def read(cls, path: Path) -> KeyFile:
        """Raises MachineFault when the file is missing or is not a key file."""
        with told("打开钥匙文件 keys.json"):
            data = path.read_bytes()
        try:
            content = json.loads(data)
            return cls(path, content["salt"], [Slot(**slot) for slot in content["slots"]])
        except (ValueError, KeyError, TypeError) as error:
            raise MachineFault("钥匙文件 keys.json 已损坏，打不开数据。请从备份恢复") from error

    def write(self) -> None:
        content = {"version": 1, "salt": self._salt, "slots": [asdict(slot) for slot in self._slots]}
        write_atomically(self.path, json.dumps(content, indent=1).encode())

    def _tag(self, name: str) -> str:
        return hmac.new(bytes.fromhex(self._salt), name.encode(), hashlib.sha256).hexdigest()[:16]

    @staticmethod
    def _stretched(password: str, slot: Slot) -> bytes:
        return hash_secret_raw(
            password.encode(), bytes.fromhex(slot.salt), time_cost=slot.time_cost, memory_cost=slot.memory_cost,
            parallelism=slot.parallelism, hash_len=32, type=Type.ID,
        )  # fmt: skip

    def add(self, name: str, password: str, key: bytes) -> str:
        """Wrap `key` for an account (or for RECOVERY); replaces what the name had. Returns the slot's id."""
        salt, nonce = secrets.token_hex(16), secrets.token_hex(12)
        tag = self._tag(name)
        known = next((each.slot for each in self._slots if each.tag == tag), None)
        slot = Slot(known or secrets.token_hex(8), tag, salt, nonce, "", **KDF)
        sealed = AESGCM(self._stretched(password, slot)).encrypt(bytes.fromhex(nonce), key, slot.tag.encode())
        slot.wrapped = sealed.hex()
        self._slots = [each for each in self._slots if each.tag != slot.tag] + [slot]
        return slot.slot

    def unlock(self, name: str, password: str) -> bytes:
        """The database key. Raises Refused in one sentence that tells the next wait, not which part was wrong."""
        tag = self._tag(name)
        slot = next((each for each in self._slots if each.tag == tag), None)
        if slot is None:
            self._stretched(password, Slot("", "", secrets.token_hex(16), "", "", **KDF))
            raise Refused("账号或密码不对，请重新输入")
        if slot.failures >= FREE_TRIES:
            self._wait(min(2 ** (slot.failures - FREE_TRIES), LONGEST_WAIT))
        try:
            key = AESGCM(self._stretched(password, slot)).decrypt(
                bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), slot.tag.encode()
            )
        except InvalidTag:
            slot.failures += 1
            self.write()
            raise Refused(_wrong(slot.failures, name)) from None
        if slot.failures:
            slot.failures = 0
            self.write()
        return key


def _wrong(failures: int, name: str) -> str:
    what = "恢复密钥不对" if name == RECOVERY else "账号或密码不对"
    left = FREE_TRIES - failures
    if left > 0:
        return f"{what}，请重新输入。再错 {left} 次后每次须等待"
    return f"{what}。下一次须等 {min(2 ** (failures - FREE_TRIES), LONGEST_WAIT)} 秒"
