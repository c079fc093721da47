"""Which records were made one with another: links as the registers show them, and what they resolve to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from desktop.model.fields.base import Value
from desktop.model.fields.links import Reference
from desktop.model.forms import Form
from desktop.model.merged import roots


class Merged:
    """The merged records of one file. Read once and kept until `resolve` or `forget`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._roots: dict[str, str] | None = None
        self._members: dict[str, list[str]] = {}

    def forget(self) -> None:
        self._roots = None

    def roots(self) -> Mapping[str, str]:
        """{merged record: the record that stands for it}."""
        if self._roots is None:
            rows = self._database.conn.execute("SELECT id, root FROM record WHERE root IS NOT NULL").fetchall()
            self._roots = {row[0]: row[1] for row in rows}
            members: defaultdict[str, list[str]] = defaultdict(list)
            for record, root in sorted(self._roots.items()):
                members[root].append(record)
            self._members = dict(members)
        return self._roots

    def root(self, record: str) -> str:
        return self.roots().get(record, record)

    def members(self, record: str) -> list[str]:
        """A record with all that were made one with it."""
        self.roots()
        return [record, *self._members.get(record, [])]

    def resolve(self) -> None:
        """Work out the roots anew after states were written. Inside the caller's transaction."""
        conn = self._database.conn
        links: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for record, form, target in conn.execute(
            "SELECT id, form, merged_into FROM record WHERE merged_into IS NOT NULL"
        ):
            links[form][record] = target
        held = dict(conn.execute("SELECT id, root FROM record WHERE root IS NOT NULL").fetchall())
        if not links and not held:
            return
        found: dict[str, str] = {}
        for form, named in links.items():
            here = {row[0] for row in conn.execute("SELECT id FROM record WHERE form = ?", (form,))}
            found.update(roots(named, here))
        if found != held:
            conn.execute("UPDATE record SET root = NULL WHERE root IS NOT NULL")
            conn.executemany("UPDATE record SET root = ? WHERE id = ?", [(root, each) for each, root in found.items()])
        self.forget()

    def resolved(self, form: Form, values: dict[str, Value]) -> dict[str, Value]:
        """Values whose references name the records that stand now."""
        found = self.roots()
        if not found:
            return values
        for each in form.fields:
            if isinstance(each.type, Reference) and values.get(each.name) is not None:
                values[each.name] = each.type.mapped(values[each.name], found)
        return values

    def spread(self, form: Form, name: str, value: Value) -> list[Value]:
        """What a column may hold when it means this value: a reference to a record or to one merged into it."""
        if isinstance(value, str) and self.roots() and isinstance(form.field(name).type, Reference):
            return list(self.members(self.root(value)))
        return [value]

    def links(self, records: Iterable[str]) -> dict[str, str]:
        """{record: where its register says it went} of these records."""
        wanted = set(records)
        rows = self._database.conn.execute("SELECT id, merged_into FROM record WHERE merged_into IS NOT NULL")
        return {row[0]: row[1] for row in rows if row[0] in wanted}
