"""What the clerk ticked and decided in a preview."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.model.fields.base import Value

from .wording import REFUSED, FieldLine, Group, Shown

MINE, THEIRS, OTHER = "mine", "theirs", "other"


@dataclass
class Decision:
    """`place` says which of their values; `value` is stored, `text` as shown."""

    side: str
    value: Value
    text: str
    place: int = 0


@dataclass
class Choices:
    """Records and fields left out, conflicts decided. Everything starts ticked and undecided."""

    shown: Shown
    off: set[str] = field(default_factory=set)
    off_fields: set[tuple[str, str]] = field(default_factory=set)
    decided: dict[tuple[str, str], Decision] = field(default_factory=dict)

    def toggle(self, group: Group) -> None:
        if group.kind != REFUSED:
            self.off ^= {group.id}

    def toggle_field(self, group: Group, line: FieldLine) -> None:
        if group.kind != REFUSED and not line.fixed and not line.open:
            self.off_fields ^= {(group.id, line.field)}

    def take(self, group: Group, line: FieldLine, side: str) -> None:
        """Mine, or theirs; theirs again goes on to the next of several values."""
        if not line.open:
            return
        held = self.decided.get((group.id, line.field))
        if side == MINE:
            self.decided[group.id, line.field] = Decision(MINE, line.values[0], line.mine)
        elif line.theirs:
            place = (held.place + 1) % len(line.theirs) if held and held.side == THEIRS else 0
            self.decided[group.id, line.field] = Decision(THEIRS, line.values[place + 1], line.theirs[place], place)

    def take_record(self, group: Group, side: str) -> None:
        """Every conflict of one record from one side."""
        for line in group.rows:
            self._settle(group, line, side)

    def take_field(self, name: str, side: str) -> int:
        """The same field of every record that is taken, from one side; how many there were."""
        found = [(group, line) for group in self.writing() for line in group.rows if line.open and line.field == name]
        for group, line in found:
            self._settle(group, line, side)
        return len(found)

    def _settle(self, group: Group, line: FieldLine, side: str) -> None:
        held = self.decision(group, line)
        if held is None or held.side != side:
            self.take(group, line, side)

    def carry(self, former: Choices) -> None:
        """What was ticked and decided before, where the same values still stand."""
        self.off = former.off & {group.id for group in self.shown.groups}
        before = {(group.id, line.field): line for group in former.shown.groups for line in group.rows}
        for group in self.shown.groups:
            for line in group.rows:
                key = (group.id, line.field)
                if key in former.off_fields and not line.open:
                    self.off_fields.add(key)
                if key in former.decided and key in before and before[key].values == line.values:
                    self.decided[key] = former.decided[key]

    def write_other(self, group: Group, line: FieldLine, value: Value, text: str) -> None:
        self.decided[group.id, line.field] = Decision(OTHER, value, text)

    def decision(self, group: Group, line: FieldLine) -> Decision | None:
        return self.decided.get((group.id, line.field))

    # What `actions.exchange.apply` takes.
    def values(self) -> dict[tuple[str, str], Value]:
        """Values of decided fields; for the life of a record 1 keeps and None deletes."""
        found = {}
        for (record, name), held in self.decided.items():
            if record not in self.off:
                found[record, name] = held.value
        return found

    def writing(self) -> list[Group]:
        """The groups that would be written."""
        return [
            group for group in self.shown.groups
            if group.kind not in (REFUSED, "unchanged") and group.id not in self.off
        ]  # fmt: skip

    def undecided(self) -> list[tuple[Group, FieldLine]]:
        return [
            (group, line) for group in self.writing() for line in group.rows
            if line.open and (group.id, line.field) not in self.decided
        ]  # fmt: skip
