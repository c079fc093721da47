"""A new edition of the plan: what it changes, put in force with a backup before, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.actions import backup
from desktop.actions.desk import Desk, needs, now
from desktop.actions.editions_read import Named, read_edition
from desktop.actions.editions_records import RecordChange, follow
from desktop.actions.undo import left_since, registers_back, values_back
from desktop.model.errors import Refused
from desktop.model.plan import Edition, dump_plan, load_plan
from desktop.model.plan.changes import EntryChange, changes
from desktop.model.plan.editions import Judged, NextEdition
from desktop.model.plan.figures import uncounted


@dataclass(frozen=True)
class EditionPreview:
    """What a file would change.

    `lost` are names of indicators whose words are gone, `figures` (item title, words) numbers in new or changed items
    that no indicator counts; `made` (form, name) records that come into being; `attached` how many records stay under
    the removed items.
    """

    digest: str
    document: Edition
    now: Edition
    entries: tuple[EntryChange, ...]
    made: tuple[tuple[str, str], ...]
    fields: tuple[RecordChange, ...]
    lost: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    attached: int

    def count(self, kind: str) -> int:
        """How many goals and tasks are added, removed, changed or renumbered."""
        return sum(each.kind == kind and each.what != "policy" for each in self.entries)

    def as_json(self) -> dict[str, Any]:
        counts = {kind: self.count(kind) for kind in ("added", "removed", "changed", "renumbered")}
        return {
            "digest": self.digest, "document": asdict(self.document), "counts": counts,
            "changes": [
                {key: value for key, value in asdict(each).items() if key != "words"} for each in self.entries
            ],
            "records": [{"form": form, "label": label} for form, label in self.made],
            "fields": [asdict(each) for each in self.fields], "lost": list(self.lost),
            "figures": [{"title": title, "words": words} for title, words in self.figures], "attached": self.attached,
        }  # fmt: skip


@dataclass(frozen=True)
class EditionState:
    """One edition known here. `in_force` for exactly one of them; `file`, `at`, `who` empty for the program's own."""

    digest: str
    document: Edition
    in_force: bool
    tasks: int
    file: str = ""
    at: str = ""
    who: str = ""


def preview(
    desk: Desk, paths: Sequence[Path], named: Named | None = None, layout: str = "", judged: Judged | None = None
) -> EditionPreview:
    """What reading these files would change; nothing is written. Raises Refused like `read_edition`.

    `judged` corrects which row of the new edition is which of the one in force (EntryChange.read -> key, "" for none).
    """
    following = read_edition(desk, paths, named, layout, judged)
    followed = follow(desk, following)
    moved = {*following.added, *following.changed}
    plan = following.plan
    figures = tuple(
        (getattr(entry, "title", key), words)
        for key, words in uncounted(plan)
        if key in moved and (entry := plan.find(key)) is not None
    )
    return EditionPreview(
        plan.digest, plan.document, desk.plan.document, changes(desk.plan, following), tuple(followed.made),
        tuple(followed.fields), tuple(dict.fromkeys(each.name for each in following.lost)), figures,
        sum(_attached(desk, key) for key in following.removed),
    )  # fmt: skip


@needs("admin")
def apply(
    desk: Desk, paths: Sequence[Path], named: Named | None = None, layout: str = "", digest: str = "",
    judged: Judged | None = None,
) -> EditionPreview:  # fmt: skip
    """Put the edition in these files in force: a backup first, then records follow it in one transaction.

    `digest` is that of the preview a person looked at. Raises Refused when the file says another thing by now, or
    nothing that is not in force already.
    """
    following = read_edition(desk, paths, named, layout, judged)
    plan = following.plan
    if digest and plan.digest != digest:
        raise Refused("文件在预览之后变了，没有换用新方案。请重新预览")
    if plan.digest == desk.plan.digest:
        raise Refused("这一版和现行方案一字不差，不用换")
    told = preview(desk, paths, named, layout, judged)
    backup.automatic(desk, "换方案前")
    _put_in_force(desk, following, paths[0].name)
    return told


def _put_in_force(desk: Desk, following: NextEdition, file: str) -> None:
    followed, plan, before = follow(desk, following), following.plan, desk.plan.digest
    with desk.store.writing("换用新版方案"):
        why = f"换用新版方案 {plan.document.number}"
        action = desk.store.save("edition", followed.pairs, who=desk.who, why=why)
        desk.store.keep_before_import(action, followed.pairs)
        desk.store.editions.keep(plan.digest, before, dump_plan(plan), file, action, now(), desk.who)
        desk.names.forget()
        desk.store.records.relabel(desk.names)


@needs("admin")
def take_back(desk: Desk) -> tuple[Edition, list[tuple[str, str]]]:
    """The former edition in force again, and what the new one wrote taken back where nobody changed it since.

    Returns the document in force and what was changed since and stays: (record, field).
    """
    held = next((each for each in desk.store.editions.all() if each.digest == desk.store.editions.digest()), None)
    if held is None:
        raise Refused("现行方案就是程序自带的这一版，没有更早的可退")
    backup.automatic(desk, "退回方案前")
    kept: list[tuple[str, str]] = []
    with desk.store.writing("退回上一版方案"):
        before = desk.store.before_import(held.action)
        if before and not left_since(desk, held.action):
            registers_back(desk, held.action, before, kept)
        else:
            rows: dict[str, list[dict[str, Any]]] = {}
            for row in desk.store.journal.of_action(held.action)[1:]:
                rows.setdefault(row["record"], []).append(row)
            values_back(desk, held.action, rows, desk.store.records.states(rows), kept)
        desk.store.editions.put_in_force(held.previous)
        desk.store.editions.drop(held.digest)
        desk.names.forget()
        desk.store.records.relabel(desk.names)
    return desk.plan.document, kept


def editions(desk: Desk) -> list[EditionState]:
    """The program's own edition and every one that was read here, the newest last."""
    here = desk.plan.digest
    own = load_plan()
    found = [EditionState(own.digest, own.document, own.digest == here, len(own.tasks))]
    for each in desk.store.editions.all():
        found.append(
            EditionState(
                each.digest, each.plan.document, each.digest == here, len(each.plan.tasks), each.file, each.at, each.who
            )
        )  # fmt: skip
    return found


def _attached(desk: Desk, item: str) -> int:
    """Progress, problems and other records that speak of an item, without its assignment."""
    total = 0
    for form in desk.forms.values():
        if form.name == "assignment":
            continue
        for each in form.fields:
            if each.type.name == "plan_item":
                total += desk.store.records.ids(form.name, where={each.name: item}, limit=0)[1]
    return total
