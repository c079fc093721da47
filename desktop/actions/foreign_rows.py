"""Rows of a table from outside against the records here: what would be added or changed, and what is refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from desktop.actions.desk import Desk
from desktop.actions.foreign_children import Children
from desktop.actions.foreign_drafts import Draft, Gathered, Values, same_text
from desktop.actions.foreign_found import Index
from desktop.model.checks import check_values
from desktop.model.errors import Refused
from desktop.model.exchange import CellError
from desktop.model.fields import Money, Reference, Unit
from desktop.model.fields.base import Value
from desktop.model.layouts.headings import squeeze
from desktop.model.layouts.items import item_in, same_units
from desktop.model.layouts.reading import Reader, RowRead, sum_of
from desktop.model.layouts.recognise import Known
from desktop.model.plan import Item, Offices, load_units
from desktop.model.progress import Report, counted, quiet
from desktop.model.registers import record_id


class Gatherer:
    """Turns the rows of one known table into drafts. A row with a refused cell gives nothing at all."""

    def __init__(self, desk: Desk, known: Known, period: str, found: Gathered, index: Index) -> None:
        self.desk = desk
        self.known = known
        self.layout = known.layout
        self.form = desk.form(known.layout.form)
        self.reader = Reader(known, desk.forms, desk.names)
        self.index = index
        self.found = found
        self._children = Children(self, period)
        self._offices = Offices(load_units(), desk.district_name, self.index.all("unit").values())

    def gather(self, report: Report = quiet) -> Gathered:
        for read in counted(self.reader.rows(), len(self.known.grid.rows), report):
            local: dict[str, Draft] = {}
            warnings: list[CellError] = []
            kind, record = "", ""
            if not read.errors:
                record, kind = self._row(read, local, warnings)
            if read.errors:
                self.found.errors += read.errors
                continue
            self.found.drafts.update({each.id: each for each in local.values() if each.new or each.changes})
            for each in local.values():
                self.index.take(each.form, each.id, each.after)
            self.found.warnings += warnings
            if record:
                self.found.rows.append((read.row, record, kind))
                self.found.at[record] = read.row
        if self.known.unknown:
            told = "、".join(squeeze(heading) for heading in self.known.unknown.values())
            self.found.notes.append(f"这些列程序里没有，没有读入：{told}")
        return self.found

    def _row(self, read: RowRead, local: dict[str, Draft], warnings: list[CellError]) -> tuple[str, str]:
        own: Values = {name: value for name, value in read.values.items() if "." not in name}
        item = self._item(read, own)
        for each in self.form.fields:
            if isinstance(each.type, Reference) and not each.type.several:
                self._refer(each.name, each.type.to, read, own, local)
        self._units(own, item)
        if read.errors:
            return "", ""
        draft = self._main(read, own)
        if draft is None:
            return "", ""
        local[draft.id] = draft
        self._sums(read, draft, warnings)
        self.check(draft, read, local, warnings)
        if not read.errors:
            self._children.gather(read, draft, local, warnings)
        touched = any(each.new or each.changes for each in local.values())
        return draft.id, "added" if draft.new else "changed" if touched else "unchanged"

    def _item(self, read: RowRead, own: Values) -> Item | None:
        if not self.layout.items:
            return None
        try:
            item = item_in(self.known, read.row, self.desk.plan)
        except Refused as refused:
            read.errors.append(self.reader.error(read.row, "", str(refused)))
            return None
        if item is None:
            if own or read.values:
                read.errors.append(self.reader.error(read.row, "", "这一行没有序号和工作内容，不知道是哪一项，请补上"))
            return None
        own["item"] = item.key
        return item

    def _units(self, own: Values, item: Item | None) -> None:
        """Units by the city's names become the district's; a cell that only repeats the plan is no edit."""
        for column in self.known.columns.values():
            if not column.published or column.field not in own:
                continue
            kind = self.form.field(column.field).type
            assert isinstance(kind, Unit)
            parts = kind.parts(own[column.field])
            plan_units = getattr(item, column.field, ()) if item is not None else ()
            if same_units("".join(parts), plan_units):
                del own[column.field]
            else:
                own[column.field] = kind.read("、".join(self._offices.office(u) or u for u in parts), self.desk.names)

    def _refer(self, name: str, to: str, read: RowRead, own: Values, local: dict[str, Draft]) -> None:
        """A record referred to: by its code, else by its name; made when the layout says so."""
        prefix = f"{name}."
        beside = {key.removeprefix(prefix): value for key, value in read.values.items() if key.startswith(prefix)}
        text = own.pop(name, None)
        if text is None and not beside:
            return
        code = beside.get("uscc")
        by_code = self.index.find(to, {"uscc": code}) if code is not None else []
        by_name = self.index.find(to, {"name": text}) if text is not None else []
        if by_code and text is not None and by_code[0] not in by_name:
            named = self.index.values(to, by_code[0]).get("name")
            if not same_text(named, text):
                message = f"代码 {code} 已经登记在“{named}”名下，和“{text}”不是同一家，请核对"
                read.errors.append(self.reader.error(read.row, f"{name}.uscc", message))
                return
        both = [record for record in by_name if record in by_code] or by_code or by_name
        target = name if text is not None else f"{name}.uscc"
        if len(both) > 1:
            message = f"“{text or code}”有 {len(both)} 条同名记录，请写明统一社会信用代码"
            read.errors.append(self.reader.error(read.row, target, message))
        elif both:
            self._complete(name, to, both[0], beside, read, local)
            own[name] = both[0]
        elif name not in self.layout.creates or text is None:
            message = f"找不到“{text or code}”，请先登记它，或核对名称是否一字不差"
            read.errors.append(self.reader.error(read.row, target, message))
        else:
            made = Draft(str(uuid.uuid4()), to, True, self._defaults(to), {"name": text, **beside}, read.row)
            local[made.id] = made
            own[name] = made.id
            for finding in check_values(self.desk.forms[to], made.after, self.desk.names, self._same(to, made.id, {})):
                if finding.blocks:
                    read.errors.append(self.reader.error(read.row, f"{name}.{finding.field}", finding.message))

    def _complete(
        self, name: str, to: str, record: str, beside: Mapping[str, Value], read: RowRead, local: dict[str, Draft]
    ) -> None:
        """What the table says beside a known record fills its empty fields; another value is not ours to overwrite."""
        before = self.index.values(to, record)
        changes: Values = {}
        for key, value in beside.items():
            if before.get(key) is None:
                changes[key] = value
            elif not same_text(before.get(key), value):
                label = self.desk.forms[to].field(key).label
                message = f"“{before.get('name')}”登记的{label}是 {before.get(key)}，表里不同，请核对后改一处"
                read.errors.append(self.reader.error(read.row, f"{name}.{key}", message))
        if changes:
            earlier = self.found.drafts.get(record)
            base = earlier.before if earlier else before
            new = earlier.new if earlier else False
            merged = {**(earlier.changes if earlier else {}), **changes}
            local[record] = Draft(record, to, new, base, merged, read.row)

    def _main(self, read: RowRead, own: Values) -> Draft | None:
        """The row's own record, found by one of the layout's keys."""
        matches: list[str] = []
        for key in self.layout.keys:
            wanted = {name: own.get(name) for name in key}
            if None in wanted.values():
                continue
            found = self.index.find(self.form.name, wanted)
            if len(found) > 1:
                read.errors.append(
                    self.reader.error(
                        read.row,
                        key[0],
                        f"程序里有 {len(found)} 条这样的{self.form.noun}，分不清是哪一条，请在程序中改",
                    )
                )
                return None
            matches += [record for record in found if record not in matches]
        if len(matches) > 1:
            read.errors.append(
                self.reader.error(
                    read.row, self.layout.keys[-1][0], f"这一行对得上两条不同的{self.form.noun}，请核对名称和代码"
                )
            )
            return None
        if not matches and all(own.get(name) is None for key in self.layout.keys for name in key):
            if own or read.values:
                label = self.form.field(self.layout.keys[0][0]).label
                read.errors.append(
                    self.reader.error(read.row, self.layout.keys[0][0], f"没有填{label}，不知道是哪一条，请补上")
                )
            return None
        if matches and matches[0] in self.found.at:
            earlier = self.found.at[matches[0]]
            read.errors.append(
                self.reader.error(
                    read.row, self.layout.keys[0][0], f"和第 {earlier + 1} 行是同一条{self.form.noun}，请只留一行"
                )
            )
            return None
        if matches:
            before = self.index.values(self.form.name, matches[0])
            changes = {name: value for name, value in own.items() if not same_text(before.get(name), value)}
            return self._draft(read, matches[0], False, before, changes)
        start = {**self._defaults(self.form.name), **own}
        start = {**self._assumed(start, read), **start}
        natural = self.form.key_of(start)
        record = record_id(self.desk.district, self.form.name, natural) if natural else str(uuid.uuid4())
        return self._draft(read, record, True, {}, start)

    def _draft(self, read: RowRead, record: str, new: bool, before: Mapping[str, Value], changes: Values) -> Draft:
        cells = {name: self.known.address(read.row, name) for name in changes if self.known.column_of(name) is not None}
        return Draft(record, self.form.name, new, before, changes, read.row, cells)

    def _defaults(self, form: str) -> Values:
        return {each.name: each.default for each in self.desk.forms[form].fields if each.default is not None}

    def _assumed(self, values: Mapping[str, Value], read: RowRead) -> Values:
        """What the table does not say and the layout sets for new records, told to the clerk."""
        found: Values = {}
        for each in self.layout.defaults:
            have = {**values, **found}
            if have.get(each.field) is not None or any(have.get(name) != wanted for name, wanted in each.when.items()):
                continue
            begun = str(have.get(each.begun) or "") if each.begun else ""
            if each.begun and (not begun or begun > self.desk.names.today.isoformat()[: len(begun)]):
                continue
            kind = self.form.field(each.field).type
            found[each.field] = kind.read(each.value.format_map(have), self.desk.names)
            if self.known.column_of(each.field) is None and "{" not in each.value:
                label, shown = self.form.field(each.field).label, kind.show(found[each.field], self.desk.names)
                note = f"表里没有“{label}”一列，新{self.form.noun}先登记为“{shown}”，请在程序中核对"
                if note not in self.found.notes:
                    self.found.notes.append(note)
        return found

    def _sums(self, read: RowRead, draft: Draft, warnings: list[CellError]) -> None:
        """A column that shows a sum cannot be taken apart: nought is nought in each field, another sum is told."""
        for names, told in read.sums.items():
            have = sum_of(draft.after, names)
            if have == told:
                continue
            if told == 0 and have is None:
                draft.changes.update(dict.fromkeys(names, 0))
                continue
            labels = "、".join(self.form.field(name).label for name in names)
            kind = self.form.field(names[0]).type
            assert isinstance(kind, Money)
            message = f"这一列是 {labels} 的合计，拆不开，没有写入；请在程序中分别填写"
            warnings.append(self.reader.error(read.row, names[0], message))

    def check(
        self, draft: Draft, read: RowRead, local: Mapping[str, Draft], warnings: list[CellError], at: str = ""
    ) -> None:
        """The form's own checks on a record that would change; `at` is what to name when a field has no column."""
        if not draft.new and not draft.changes:
            return
        form = self.desk.forms[draft.form]
        same = self._same(draft.form, draft.id, local)
        for finding in check_values(form, draft.after, self.desk.names, same):
            target = f"{at.partition('.')[0]}.{finding.field}" if at else finding.field
            if self.known.column_of(target) is None:
                target = at or (self.layout.keys[0][0] if not self.layout.items else "")
            error = self.reader.error(read.row, target, finding.message)
            (read.errors if finding.blocks else warnings).append(error)

    def _same(self, form: str, record: str, local: Mapping[str, Draft]) -> _Same:
        return _Same(self.index, form, record, local.values())


class _Same:
    """Other records with the same values, those of the table among them."""

    def __init__(self, index: Index, form: str, record: str, local: Iterable[Draft]) -> None:
        self._index, self._form, self._record, self._local = index, form, record, list(local)

    def __call__(self, wanted: Mapping[str, Value]) -> list[str]:
        found = self._index.find(self._form, wanted)
        found += [
            each.id for each in self._local
            if each.form == self._form and all(each.after.get(n) == v for n, v in wanted.items())
        ]  # fmt: skip
        return [record for record in found if record != self._record]
