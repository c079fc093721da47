"""From the fields of a form to the columns of a sheet, and what is typed there to how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop.model.errors import DeskError
from desktop.model.fields.base import NoNames
from desktop.model.forms import Field, Form

from ..kit.rows import Column

CHARACTER = 7  # px of half a Chinese character at 标准, the unit of a field's `width`
TIDIED = ("money", "quantity", "whole", "date", "month", "period")
Choices = Sequence[tuple[str, str]]


def choices_for(each: Field, choices: Mapping[str, Choices]) -> tuple[tuple[str, str], ...]:
    """What drops down in a cell of a field; of several values none: they are typed with 、 between."""
    if each.type.name == "yes_no":
        return (("1", "是"), ("0", "否"))
    if each.type.name == "choices" or getattr(each.type, "several", False):
        return ()
    return tuple(choices.get(each.name, ()))


def is_free(each: Field) -> bool:
    return each.type.name == "unit" or bool(getattr(each.type, "open", False))


def sheet_column(each: Field, choices: Mapping[str, Choices], *, editable: bool = True, extra: int = 0) -> Column:
    """A column of a sheet; `extra` px more room, such as for what stands beside a number."""
    number = each.type.number
    width = max(each.width * CHARACTER + 16, 64) + extra
    return Column(
        each.name, each.short + ("*" if each.required else ""), each.unit, width=min(width, 260),
        kind="number" if number else "text", ink="ink", editable=editable, choices=choices_for(each, choices),
        free=is_free(each), sums=number,
    )  # fmt: skip


def tidier(form: Form) -> Callable[[str, str], str]:
    """Numbers and dates as they are shown once they can be read; all else as typed."""

    def tidy(name: str, text: str) -> str:
        if name not in form or form.field(name).type.name not in TIDIED:
            return text
        kind = form.field(name).type
        try:
            return kind.show(kind.read(text, NoNames()), NoNames())
        except DeskError:
            return text

    return tidy
