"""Making a package: what its records refer to is named in it, so that its sheets read the same everywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from desktop.model.exchange.wording import sheet_fields
from desktop.model.fields import Choice, File, PlanItem, Reference
from desktop.model.fields.base import Names, Value
from desktop.model.fields.links import retired_label
from desktop.model.forms import Form, Forms
from desktop.model.handed import HandedOut
from desktop.model.package import VERSION, Package, Peer
from desktop.model.registers import Life, Record, life


def forms_digest(forms: Forms) -> str:
    """Digest of the columns in force: forms, fields, headings and types."""
    data = [[form.name, [[each.name, each.heading, each.type.name] for each in form.fields]] for form in forms.values()]
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()


def pack(
    package_id: str,
    records: Iterable[Record],
    *,
    district: str,
    office: str,
    sender: Peer,
    created: str,
    edition: str,
    forms: Forms,
    names: Names,
    log_head: str = "",
    practice: bool = False,
    shown: Mapping[str, Mapping[str, Value]] | None = None,
    handed: HandedOut | None = None,
) -> Package:
    """A package of whole records. `shown` gives the typed columns' values where a field has several open ones."""
    kept = tuple(sorted(records, key=lambda record: record.id))
    return Package(
        id=package_id, version=VERSION, district=district, office=office, sender=sender, created=created,
        edition=edition, forms_digest=forms_digest(forms), records=kept, labels=_labels(kept, forms, names),
        attachments=_attachments(kept, forms), log_head=log_head, practice=practice,
        words={name: _words(form, names) for name, form in forms.items()},
        shown=dict(shown or {}), handed=handed,
    )  # fmt: skip


def _words(form: Form, names: Names) -> dict[str, dict[str, str]]:
    """Headings and the labels of choices as they stand now: another version may word them differently."""
    words = {}
    for each in sheet_fields(form):
        words[each.name] = {"": each.heading}
        if isinstance(each.type, Choice | PlanItem):
            words[each.name].update(each.type.choices(names))
        if isinstance(each.type, PlanItem):  # the reader may have another edition of the plan
            words[each.name].update((item.key, retired_label(item)) for item in names.plan.retired_items)
    return words


def _labels(records: Iterable[Record], forms: Forms, names: Names) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}

    def name(form: str, record: str) -> None:
        if record not in labels.setdefault(form, {}):
            label = names.label(form, record)
            if label:
                labels[form][record] = label

    targets = {each.type.to for form in forms.values() for each in form.fields if isinstance(each.type, Reference)}
    for record in records:
        if record.form in targets and life(record) != Life.DELETED:
            name(record.form, record.id)
        for each in forms[record.form].fields if record.form in forms else ():
            if isinstance(each.type, Reference):
                for said in record.fields.get(each.name, frozenset()):
                    for part in each.type.parts(said.value):
                        name(each.type.to, part)
    return {form: named for form, named in labels.items() if named}


def _attachments(records: Iterable[Record], forms: Forms) -> tuple[str, ...]:
    digests: set[str] = set()
    for record in records:
        for each in forms[record.form].fields if record.form in forms else ():
            if isinstance(each.type, File):
                for said in record.fields.get(each.name, frozenset()):
                    digests.update(str(file[0]) for file in json.loads(str(said.value or "[]")))
    return tuple(sorted(digests))
