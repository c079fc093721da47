"""Whose workbooks are taken: the replicas that someone here accepted, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.actions.desk import Desk, needs
from desktop.model import seal
from desktop.model.errors import Refused


@dataclass(frozen=True)
class PeerLine:
    """An accepted replica; `last` is when a workbook of it was read last, "" if never since, `files` how many."""

    replica: str
    name: str
    fingerprint: str
    accepted: str
    accepted_by: str
    last: str
    files: int

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


def own_fingerprint(desk: Desk) -> str:
    """What to read out to another office that asks whether a workbook is ours."""
    return seal.fingerprint(seal.public_hex(desk.store.exchange_key))


def peers(desk: Desk) -> list[PeerLine]:
    """The accepted replicas, in the order in which they were accepted."""
    read = [row for row in desk.store.local.packages(limit=100_000) if row["direction"] == "in"]
    found = []
    for peer in desk.store.local.peers():
        theirs = [str(row["at"]) for row in read if row["replica"] == peer.replica]
        found.append(
            PeerLine(peer.replica, peer.name, seal.fingerprint(peer.public_key), peer.accepted, peer.accepted_by,
                     max(theirs, default=""), len(theirs))
        )  # fmt: skip
    return found


@needs("enter")
def revoke(desk: Desk, peer: str, why: str) -> PeerLine:
    """Trust a replica no longer: its next workbook is asked about anew; what was merged stays.

    `peer` is the replica, its name or its fingerprint. Raises Refused without a reason, or when none or several fit.
    """
    wanted = peer.strip()
    found = [each for each in peers(desk) if wanted in (each.replica, each.name, each.fingerprint)]
    if len(found) != 1:
        told = f"有 {len(found)} 个来源叫“{peer}”，请写指纹" if found else f"没有认可过来源“{peer}”，请看来源列表"
        raise Refused(told)
    if not why.strip():
        raise Refused("撤销认可要写明原因，请填写")
    with desk.store.writing("撤销认可"):
        desk.store.local.revoke_peer(found[0].replica)
        told = f"撤销认可 {found[0].name}，指纹 {found[0].fingerprint}：{why.strip()}"
        desk.store.note("peer", who=desk.who, why=told)
    return found[0]
