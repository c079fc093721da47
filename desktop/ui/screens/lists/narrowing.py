"""What a list shows: its view, its conditions, its order, its columns."""

from __future__ import annotations

from desktop.actions.listing import Condition

from .columns import default_names
from .conditions import ConditionDialog
from .picking import ColumnsDialog
from .saved import PREFIX


class Narrowing:
    """A part of `ListPage`, which it is mixed into."""

    def _viewed(self, name: str) -> None:
        if name.startswith(PREFIX):
            self.show_view(name.removeprefix(PREFIX))
            return
        if self.here:
            self.here, self.names = "", default_names(self.form)
            self.conditions, self.sort = {}, None
            self.find.set_value("")
        self.view = name
        self.reload()

    def _sorted(self, name: str) -> None:
        if name in self.form:
            self.sort = (
                (name, False) if not self.sort or self.sort[0] != name else (name, True) if not self.sort[1] else None
            )
            self.reload()

    def add_condition(self, field: str) -> None:
        field = self.conditions[field].field if field in self.conditions else field
        dialog = ConditionDialog(self.form, self.choices, field if field in self.form else "", self.window())
        if dialog.run() and dialog.condition is not None:
            self.set_condition(dialog.condition)

    def set_condition(self, condition: Condition) -> None:
        """Put a condition on the list; one of the same field and kind is replaced."""
        self.conditions[f"{condition.field}.{condition.op}"] = condition
        self.reload()

    def only(self, where: dict[str, str]) -> None:
        """These stored values as the only conditions."""
        self.here = ""
        self.conditions = {f"{name}.is": Condition(name, "is", (value,)) for name, value in where.items()}
        self.find.set_value("")
        self.view = ""
        self.reload()

    def _removed(self, key: str) -> None:
        self.conditions.pop(key, None)
        self.reload()

    def clear(self) -> None:
        self.here = ""
        self.conditions.clear()
        self.find.set_value("")
        self.view = ""
        self.reload()

    def _pick_columns(self) -> None:
        dialog = ColumnsDialog(self.form, self.names, self.window())
        if dialog.run():
            self.names = dialog.chosen()
            self.reload()

    def _dropped(self, shown: int, every: int) -> None:
        self.columns.set_words("列" if shown == every else f"列 {shown} / {every}")
