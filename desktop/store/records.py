"""Records in the database: their state (registers and vector), and the typed row that is shown of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from desktop.model.fields.base import Names, Value
from desktop.model.forms import Field, Form, Forms
from desktop.model.merged import link_of
from desktop.model.pinyin import initials
from desktop.model.registers import DELETED, MERGED, Record, Register, Said, Stamp, conflicts, life, shown
from desktop.store.merged import Merged

CHUNK = 500
_LISTED = ("alive", "conflict")


def _chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    listed = list(ids)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def _marks(values: list[str]) -> str:
    return ",".join("?" * len(values))


class Records:
    """All records of one file. Writing happens inside the caller's transaction."""

    def __init__(self, database: Database, forms: Forms) -> None:
        self._database = database
        self._forms = forms
        self.merged = Merged(database)

    def states(self, ids: Iterable[str]) -> dict[str, Record]:
        """The states of those records that are here, deleted ones too."""
        found: dict[str, Record] = {}
        for chunk in _chunks(ids):
            marks = _marks(chunk)
            heads = self._database.conn.execute(f"SELECT id, form FROM record WHERE id IN ({marks})", chunk).fetchall()
            fields: dict[str, dict[str, set[Said]]] = defaultdict(lambda: defaultdict(set))
            query = (
                f"SELECT record, field, replica, counter, value, who, at, why FROM register WHERE record IN ({marks})"
            )
            for record, field, replica, counter, value, who, at, why in self._database.conn.execute(query, chunk):
                fields[record][field].add(Said(Stamp(replica, counter), value, who, at, why))
            vectors: dict[str, dict[str, int]] = defaultdict(dict)
            query = f"SELECT record, replica, counter FROM vector WHERE record IN ({marks})"
            for record, replica, counter in self._database.conn.execute(query, chunk):
                vectors[record][replica] = counter
            for record, form in heads:
                registers: dict[str, Register] = {name: frozenset(said) for name, said in fields[record].items()}
                found[record] = Record(record, form, registers, vectors[record])
        return found

    def doubled(self, form: str) -> list[tuple[str, str]]:
        """(record, field) where one stamp stands for two values: a copied file was written to twice."""
        query = f"""
            SELECT DISTINCT register.record, register.field FROM register JOIN record ON record.id = register.record
            WHERE record.form = ? AND record.life IN ({_marks([*_LISTED])}) AND register.field <> ?
            GROUP BY register.record, register.field, register.replica, register.counter HAVING count(*) > 1"""
        return [(row[0], row[1]) for row in self._database.conn.execute(query, (form, *_LISTED, DELETED))]

    def form_of(self, record: str) -> str | None:
        row = self._database.conn.execute("SELECT form FROM record WHERE id = ?", (record,)).fetchone()
        return row[0] if row else None

    def values(self, form: str, ids: Iterable[str]) -> dict[str, dict[str, Value]]:
        """Shown values of records by id, deleted ones too; ids that are not here are left out.

        References name the records that stand now: one that was merged into another gives that other's id.
        """
        return {each: self.merged.resolved(self._forms[form], row) for each, row in self.stored(form, ids).items()}

    def stored(self, form: str, ids: Iterable[str]) -> dict[str, dict[str, Value]]:
        """The typed columns as they are: what tells which of several open values is mine."""
        names = [each.name for each in self._forms[form].fields]
        columns = ", ".join(f'"{name}"' for name in names)
        found = {}
        for chunk in _chunks(ids):
            query = f'SELECT id, {columns} FROM "{form}" WHERE id IN ({_marks(chunk)})'
            for row in self._database.conn.execute(query, chunk):
                found[row[0]] = dict(zip(names, tuple(row)[1:], strict=True))
        return found

    def head(self, record: str) -> dict[str, Any] | None:
        """life, conflicts, label, made, made_by, changed, changed_by of a record."""
        row = self._database.conn.execute("SELECT * FROM record WHERE id = ?", (record,)).fetchone()
        return dict(row) if row else None

    def labels(self, records: Iterable[str]) -> dict[str, str]:
        """What names these records, deleted ones too."""
        found: dict[str, str] = {}
        for chunk in _chunks(records):
            query = f"SELECT id, label FROM record WHERE id IN ({_marks(chunk)})"
            found.update({row[0]: row[1] for row in self._database.conn.execute(query, chunk)})
        return found

    def made(self, form: str) -> dict[str, str]:
        """When each record of a form came into this file (ISO)."""
        return dict(self._database.conn.execute("SELECT id, made FROM record WHERE form = ?", (form,)).fetchall())

    def ids(
        self,
        form: str,
        *,
        search: str = "",
        where: Mapping[str, Value] | None = None,
        lives: tuple[str, ...] = _LISTED,
        order: tuple[str, bool] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[list[str], int]:
        """Ids of the records of a form and their whole number, without those merged into another. `where` compares
        stored values; for fields that hold several values it asks whether one of them is it. `order` is (field,
        descending)."""
        clauses, values = ["record.form = ?", f"record.life IN ({_marks(list(lives))})"], [form, *lives]
        clauses.append("record.root IS NULL")
        for word in search.split():
            clauses.append("record.words LIKE ? ESCAPE '!'")
            values.append(f"%{word.lower().replace('!', '!!').replace('%', '!%').replace('_', '!_')}%")
        for name, value in (where or {}).items():
            kind = self._forms[form].field(name).type
            column = f'row."{name}"'
            if value is None:
                clauses.append(f"{column} IS NULL")
                continue
            meant = self.merged.spread(self._forms[form], name, value)
            marks = ",".join("?" * len(meant))
            if getattr(kind, "several", False) or kind.name == "choices":
                clauses.append(f"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_each.value IN ({marks}))")
                values += [str(each) for each in meant]
            else:
                clauses.append(f"{column} IN ({marks})")
                values += meant  # type: ignore[arg-type]
        joined = f'FROM record JOIN "{form}" AS row ON row.id = record.id WHERE {" AND ".join(clauses)}'
        total = int(self._database.conn.execute(f"SELECT count(*) {joined}", values).fetchone()[0])
        by = "record.made, record.rowid"
        if order is not None:
            kind = self._forms[form].field(order[0]).type
            column = f'row."{order[0]}"'
            column = f"CAST({column} AS REAL)" if kind.number and kind.sql == "TEXT" else column
            by = f"{column} {'DESC' if order[1] else 'ASC'} NULLS LAST, {by}"
        page = f" LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
        rows = self._database.conn.execute(f"SELECT record.id {joined} ORDER BY {by}{page}", values)
        return [row[0] for row in rows], total

    def with_conflicts(self) -> list[tuple[str, str]]:
        """(id, form) of the records that wait for a decision; those of forms unknown here wait elsewhere."""
        rows = self._database.conn.execute("SELECT id, form FROM record WHERE conflicts > 0 ORDER BY form, label")
        return [(row[0], row[1]) for row in rows if row[1] in self._forms]

    def of_unknown_forms(self) -> list[str]:
        """Ids of records whose form this version does not know."""
        rows = self._database.conn.execute("SELECT id, form FROM record ORDER BY rowid")
        return [row[0] for row in rows if row[1] not in self._forms]

    def same(self, form: str, values: Mapping[str, Value], but: str) -> list[str]:
        """Ids of other records of the form that hold these values (none of them empty), merged ones left out."""
        clauses, wanted = [], []
        for name, value in values.items():
            meant = self.merged.spread(self._forms[form], name, value)
            clauses.append(f'row."{self._forms[form].field(name).name}" IN ({",".join("?" * len(meant))})')
            wanted += meant
        query = (
            f'SELECT row.id FROM "{form}" AS row JOIN record ON record.id = row.id'
            f" WHERE {' AND '.join(clauses)} AND record.life <> 'deleted' AND record.root IS NULL AND row.id <> ?"
        )
        return [row[0] for row in self._database.conn.execute(query, [*wanted, but])]

    def count(self) -> int:
        return int(self._database.conn.execute("SELECT count(*) FROM record").fetchone()[0])

    def save(self, states: list[Record], names: Names, who: str, at: str) -> None:
        """Write these states: registers, vectors, typed rows. What was shown before stays shown while it is open."""
        by_form: dict[str, list[Record]] = defaultdict(list)
        for state in states:
            if state.form in self._forms:
                by_form[state.form].append(state)
        for form_name, members in by_form.items():
            self._save_form(self._forms[form_name], members, names, who, at)
        self._save_heads([_unknown_head(state, who, at) for state in states if state.form not in self._forms])
        ids = [state.id for state in states]
        for chunk in _chunks(ids):
            self._database.conn.execute(f"DELETE FROM register WHERE record IN ({_marks(chunk)})", chunk)
            self._database.conn.execute(f"DELETE FROM vector WHERE record IN ({_marks(chunk)})", chunk)
        self._database.conn.executemany(
            "INSERT INTO register (record, field, replica, counter, value, who, at, why) VALUES (?,?,?,?,?,?,?,?)",
            [
                (state.id, field, said.stamp.replica, said.stamp.counter, said.value, said.who, said.at, said.why)
                for state in states
                for field, register in state.fields.items()
                for said in register
            ],
        )
        self._database.conn.executemany(
            "INSERT INTO vector (record, replica, counter) VALUES (?,?,?)",
            [(state.id, replica, counter) for state in states for replica, counter in state.vector.items()],
        )
        self.merged.resolve()

    def _save_form(self, form: Form, states: list[Record], names: Names, who: str, at: str) -> None:
        before = self.stored(form.name, [state.id for state in states])
        went = self.merged.links([state.id for state in states])
        nothing: Register = frozenset()
        rows, heads = [], []
        for state in states:
            old = before.get(state.id, {})
            values = {
                each.name: shown(state.fields.get(each.name, nothing), old.get(each.name)) for each in form.fields
            }
            values = {each.name: fitting(each, values[each.name], names) for each in form.fields}
            rows.append([state.id, *values.values()])
            label = label_of(form, values, names)
            words = words_of(form, values, names)
            into = shown(state.fields.get(MERGED, nothing), went.get(state.id))
            head = (state.id, form.name, life(state), len(conflicts(state)), label, words, at, who, at, who, into)
            heads.append(head)
        columns = ", ".join(f'"{each.name}"' for each in form.fields)
        marks = ",".join("?" * (len(form.fields) + 1))
        updates = ", ".join(f'"{each.name}" = excluded."{each.name}"' for each in form.fields)
        self._database.conn.executemany(
            f'INSERT INTO "{form.name}" (id, {columns}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}', rows
        )
        self._save_heads(heads)

    def _save_heads(self, heads: list[tuple[Any, ...]]) -> None:
        self._database.conn.executemany(
            "INSERT INTO record"
            " (id, form, life, conflicts, label, words, made, made_by, changed, changed_by, merged_into)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET life = excluded.life,"
            " conflicts = excluded.conflicts, label = excluded.label, words = excluded.words,"
            " changed = excluded.changed, changed_by = excluded.changed_by, merged_into = excluded.merged_into",
            heads,
        )

    def relabel(self, names: Names) -> None:
        """Word anew what names and finds the records that speak of items of the plan: numbers may be others now."""
        for form in self._forms.values():
            named = {*form.label, *form.search}
            if not any(each.type.name == "plan_item" and each.name in named for each in form.fields):
                continue
            ids, _ = self.ids(form.name, lives=("alive", "conflict", "deleted"))
            self._reword(form, ids, names)

    def _reword(self, form: Form, ids: Iterable[str], names: Names) -> None:
        self._database.conn.executemany(
            "UPDATE record SET label = ?, words = ? WHERE id = ?",
            [
                (label_of(form, values, names), words_of(form, values, names), record)
                for record, values in self.values(form.name, ids).items()
            ],
        )

    def reword_what_names(self, targets: Mapping[str, Iterable[str]], names: Names) -> None:
        """Word anew what speaks of these records ({form: ids}), whose own names are others now."""
        for form in self._forms.values():
            ids: set[str] = set()
            for each in form.fields:
                to = getattr(each.type, "to", "")
                if to not in targets or each.name not in {*form.label, *form.search}:
                    continue
                for chunk in _chunks({member for record in targets[to] for member in self.merged.members(record)}):
                    several = getattr(each.type, "several", False)
                    clause = f"IN ({_marks(chunk)})"
                    wanted = (
                        f'EXISTS (SELECT 1 FROM json_each("{each.name}") WHERE json_each.value {clause})'
                        if several
                        else f'"{each.name}" {clause}'
                    )
                    rows = self._database.conn.execute(f'SELECT id FROM "{form.name}" WHERE {wanted}', chunk)
                    ids.update(row[0] for row in rows)
            if ids:
                self._reword(form, sorted(ids), names)

    def remove(self, ids: list[str]) -> None:
        """Take records out of the file altogether: only for taking back an import that brought them."""
        for record in ids:
            form = self.form_of(record)
            if form in self._forms:
                self._database.conn.execute(f'DELETE FROM "{form}" WHERE id = ?', (record,))
            for table, column in (("record", "id"), ("register", "record"), ("vector", "record")):
                self._database.conn.execute(f"DELETE FROM {table} WHERE {column} = ?", (record,))
        self.merged.resolve()


def fitting(each: Field, value: Value, names: Names) -> Value:
    """The value for a typed column. What this version's type cannot hold stays in the register and is not shown:
    a merge is never refused for a value."""
    if value is None or isinstance(value, int) != (each.type.sql == "INTEGER"):
        return None
    try:
        each.type.printed(value, names)
    except (ValueError, ArithmeticError, TypeError, KeyError, AttributeError):
        return None
    return value


def _unknown_head(state: Record, who: str, at: str) -> tuple[Any, ...]:
    """The head of a record whose form a newer version brings: kept and sent on."""
    return (state.id, state.form, life(state), len(conflicts(state)), state.form, "", at, who, at, who, link_of(state))


def label_of(form: Form, values: Mapping[str, Value], names: Names) -> str:
    """What names a record: the printed values of its label fields."""
    parts = [form.field(name).type.printed(values.get(name), names) for name in form.label]
    return " · ".join(part for part in parts if part) or "（无名称）"


def words_of(form: Form, values: Mapping[str, Value], names: Names) -> str:
    """What a record is found by: its search fields as printed, and the 拼音首字母 of its label, in small letters."""
    parts = [form.field(name).type.printed(values.get(name), names) for name in form.search]
    text = " ".join(part for part in parts if part)
    return f"{text} {initials(label_of(form, values, names))}".lower()
