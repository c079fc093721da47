"""A hand outside the program: changes single cells of a workbook as another program's user would, by their text.

Only the sheet's own XML is rewritten; hidden sheets, formats and the state stay as they were, as after a save in WPS.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from desktop.model.errors import Refused

TYPE = re.compile(r'\st="[^"]*"')


def retype(source: Path, target: Path, sheet: str, cells: Mapping[str, str]) -> None:
    """A copy of `source` in which cells of `sheet` ({"G17": "3400"}) hold these texts.

    Raises Refused for a sheet or cell that is not there: only cells that exist are typed over.
    """
    with zipfile.ZipFile(source) as book:
        parts = {info.filename: book.read(info.filename) for info in book.infolist()}
    name = _part_of(parts, sheet)
    xml = parts[name].decode("utf-8")
    for address, text in cells.items():
        xml, count = re.subn(
            rf'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)',
            lambda found, text=text, address=address: (  # type: ignore[misc]
                f'<c r="{address}"{TYPE.sub("", found[1])} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            ),
            xml,
            flags=re.DOTALL,
        )
        if count != 1:
            raise Refused(f"{sheet}!{address} 不在“{source.name}”里，没有改动")
    parts[name] = xml.encode("utf-8")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for part, data in parts.items():
            book.writestr(zipfile.ZipInfo(part, (2026, 11, 24, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _part_of(parts: Mapping[str, bytes], sheet: str) -> str:
    """The part that holds a sheet, through the workbook's relations."""
    book = parts["xl/workbook.xml"].decode("utf-8")
    tag = next((tag for tag in re.findall(r"<sheet [^>]*>", book) if f"name={quoteattr(sheet)}" in tag), None)
    relation = re.search(r'r:id="([^"]*)"', tag) if tag else None
    if relation is None:
        raise Refused(f"工作簿里没有“{sheet}”这张表，没有改动")
    links = parts["xl/_rels/workbook.xml.rels"].decode("utf-8")
    link = next(each for each in re.findall(r"<Relationship [^>]*>", links) if f'Id="{relation[1]}"' in each)
    target = re.search(r'Target="([^"]*)"', link)
    assert target is not None
    return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
