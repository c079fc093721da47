"""Codes with their own check: 统一社会信用代码 and 投资项目统一代码."""

from __future__ import annotations

from decimal import Decimal

from desktop.model.codes import check_project_code, check_uscc, codes_of_district
from desktop.model.errors import Refused
from desktop.model.fields.base import Cell, FieldType, Names, Value
from desktop.model.findings import Finding


class _Code(FieldType):
    def findings(self, text: str, names: Names) -> list[Finding]:
        raise NotImplementedError(self.name)

    def parse(self, text: str, names: Names) -> Value:
        for finding in self.findings(text, names):
            if finding.level == "block":
                raise Refused(finding.message)
        return text

    def from_cell(self, cell: Cell, names: Names) -> Value:
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            raise Refused("代码被存成数字，已失真。请把单元格设为文本，按证照重填")
        return super().from_cell(cell, names)

    def check(self, value: Value, names: Names) -> list[Finding]:
        return [] if value is None else self.findings(str(value), names)


class Uscc(_Code):
    """统一社会信用代码, GB 32100-2015: a wrong 18th character blocks, a wrong organisation check character warns."""

    name = "uscc"

    def findings(self, text: str, names: Names) -> list[Finding]:
        return check_uscc(text)


class ProjectCode(_Code):
    """投资项目统一代码, GB/T 40058-2021: the month blocks, a region that is not the district's warns."""

    name = "project_code"

    def findings(self, text: str, names: Names) -> list[Finding]:
        return check_project_code(text, set(codes_of_district(names.district)) if names.district else set())
