"""Whether two names or addresses mean the same, and in what they differ: for finding doubles, never for changing text.

A name is worn down step by step (blanks, full-width signs, brackets, 有限责任公司, the place in front). The step that
makes two names equal is the reason told, and what is left after all steps is the *core*. Stored text never changes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping

from desktop.model.lists import load_list

_BLANK = re.compile(r"\s")
_BRACKETS = re.compile(r"[()（）\[\]【】〔〕<>《》〈〉“”\"'‘’·•.．、，,\-—－_]")
_PLACES = ("中华人民共和国", "中国", "山东省", "山东", "济南市", "济南")
_ENDS = ("有限公司", "公司")  # what an abbreviated name leaves out
_COUNTING = "0123456789一二三四五六七八九十百甲乙丙丁东西南北中上下左右前后新老大小ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHORTEST = 4  # characters of a core below which one wrong character is no likeness


def narrowed(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones, letters as capitals. Chinese characters are kept."""
    return "".join(chr(ord(each) - 0xFEE0) if 0xFF01 <= ord(each) <= 0xFF5E else each for each in text).upper()


def _no_blanks(text: str) -> str:
    return _BLANK.sub("", text)


def _no_brackets(text: str) -> str:
    return _BRACKETS.sub("", text)


def _one_kind(text: str) -> str:
    return text.replace("有限责任公司", "有限公司").replace("股份公司", "股份有限公司")


@functools.cache
def _district_words() -> tuple[str, ...]:
    """Names of the city's districts, longest first, also without 区 and 县."""
    names = [each.name for each in load_list("districts").values]
    return tuple(sorted({*names, *_PLACES}, key=lambda name: (-len(name), name)))


def _no_place(text: str, own: tuple[str, ...] = ()) -> str:
    """Without the names of province, city and districts that stand at its front, one after the other."""
    words = (*own, *_district_words())
    while True:
        found = next((word for word in words if text.startswith(word) and len(text) - len(word) >= 2), None)
        if found is None:
            return text
        text = text[len(found) :]


def _short(text: str) -> str:
    """Without the kind of company at its end: what people call it."""
    for end in _ENDS:
        if text.endswith(end) and len(text) - len(end) >= 2:
            text = text[: -len(end)]
    return text.removesuffix("股份").removesuffix("集团") if len(text) > SHORTEST else text


STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("空格不同", _no_blanks),
    ("全角、半角或大小写不同", narrowed),
    ("括号或标点不同", _no_brackets),
    ("“有限公司”与“有限责任公司”不同", _one_kind),
    ("前面的地名不同", _no_place),
    ("一个是全称，一个是简称", _short),
)


@functools.lru_cache(maxsize=50_000)
def worn(name: str, district: str = "") -> tuple[str, ...]:
    """The name as typed and after each of STEPS. `district` is the office's own place name, taken off the front too."""
    found = [name]
    for _, step in STEPS:
        text = found[-1]
        if step is _no_place and district:
            found.append(_no_place(text, (district, district.removesuffix("区").removesuffix("县"))))
        else:
            found.append(step(text))
    return tuple(found)


def core(name: str, district: str = "") -> str:
    """What a name is reduced to after all steps."""
    return worn(name, district)[-1]


def near(left: str, right: str, district: str = "") -> str:
    """Why two names are alike, "" when they are not. Equal names: 名称相同."""
    if not left or not right:
        return ""
    if left == right:
        return "名称相同"
    for (why, _), one, other in zip(STEPS, worn(left, district)[1:], worn(right, district)[1:], strict=True):
        if one == other:
            return why
    one, other = core(left, district), core(right, district)
    return "差一个字" if _one_apart(one, other) else ""


def _one_apart(left: str, right: str) -> bool:
    """One character more, less or another, but not one that counts or tells sides: 一厂 and 二厂 are two."""
    if min(len(left), len(right)) < SHORTEST or abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    place = next((i for i, each in enumerate(left) if each != right[i]), len(left))
    if len(left) == len(right):
        both_count = left[place] in _COUNTING and right[place] in _COUNTING
        return left[place + 1 :] == right[place + 1 :] and not both_count
    return left[place:] == right[place + 1 :] and right[place] not in _COUNTING


def signatures(name: str, district: str = "") -> set[str]:
    """Texts of which two near names share at least one: for finding candidates among thousands."""
    text = core(name, district)
    if len(text) < SHORTEST:
        return {text} if text else set()
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


class NearIndex:
    """Many names, asked which are near to one: each question looks only at those that share a signature."""

    def __init__(self, names: Mapping[str, str] | Iterable[tuple[str, str]], district: str = "") -> None:
        self._district = district
        self._names = dict(names)
        self._by: dict[str, list[str]] = {}
        for record, name in self._names.items():
            for each in signatures(name, district):
                self._by.setdefault(each, []).append(record)

    def near(self, name: str) -> list[tuple[str, str]]:
        """(record, why alike), the most alike first."""
        asked = {record for each in signatures(name, self._district) for record in self._by.get(each, ())}
        order = ("名称相同", *(why for why, _ in STEPS), "差一个字")
        found = [(record, why) for record in asked if (why := near(self._names[record], name, self._district))]
        return sorted(found, key=lambda pair: (order.index(pair[1]), self._names[pair[0]], pair[0]))


def same_place(left: str, right: str, district: str = "") -> bool:
    """Whether two addresses are the same but for blanks, width, brackets and the places in front."""
    if not left or not right:
        return False
    one, other = worn(left, district)[5], worn(right, district)[5]
    return len(one) >= SHORTEST and one == other
