"""What an import would do, as the command line tells it: also the answer of one that was refused."""

from __future__ import annotations

from typing import Any

from desktop.actions.conflicts import life_word
from desktop.actions.desk import Desk
from desktop.actions.exchange_in import Read
from desktop.model.exchange import ADDED, CHANGED, CONFLICT, UNCHANGED
from desktop.model.exchange.wording import PackageNames, record_label
from desktop.model.registers import DELETED, shown


def peer_json(read: Read) -> dict[str, Any]:
    sender = read.package.sender
    return {
        "name": sender.name,
        "replica": sender.replica,
        "fingerprint": read.fingerprint,
        "known": read.peer != "unknown",
    }


def preview_json(desk: Desk, read: Read) -> dict[str, Any]:
    """What an import would do, as the command line tells it; also the answer of one that was refused."""
    names = PackageNames(read.package.labels, desk.names, ask_office=True)
    opened = []
    for line in read.preview.of(CONFLICT):
        form = desk.forms.get(line.form)
        values = {name: shown(register, None) for name, register in line.after.fields.items()}
        label = record_label(form, values, names) if form else ""
        for row in line.fields:
            if not row.open:
                continue
            kind = form.field(row.field).type if form and row.field in form else None
            told = life_word if row.field == DELETED else kind.to_json if kind else lambda value: value
            opened.append(
                {"id": f"{line.id}:{row.field}", "form": line.form, "record": line.id, "field": row.field,
                 "label": label, "base": told(row.base), "mine": told(row.mine),
                 "theirs": [told(value) for value, _, _ in row.theirs],
                 "who": [row.mine_said[0], *(who for _, who, _ in row.theirs)],
                 "when": [row.mine_said[1], *(when for _, _, when in row.theirs)]}
            )  # fmt: skip
    counts = read.preview.counts
    return {
        "added": counts[ADDED], "changed": counts[CHANGED], "unchanged": counts[UNCHANGED], "conflicts": opened,
        "errors": [each.as_json() for each in read.reading.errors], "annotated": None, "peer": peer_json(read),
        "refused": counts["refused"],
    }  # fmt: skip
