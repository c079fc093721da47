"""Why a text is no date, month or period: one Chinese sentence for each kind of mistake that people make."""

from __future__ import annotations

import re

from desktop.model.errors import Refused
from desktop.model.grammar.characters import narrow, quoted

DATE, MONTH, PERIOD = "2024-05-21", "2024-05", "2024-05、2024-Q2 或 2024"

_WHAT = {DATE: "日期", MONTH: "年月", PERIOD: "期次"}
_TWO_DIGIT_YEAR = re.compile(r"['’]?[0-9]{2}([-/.年])[0-9]{1,2}(([-/.月])[0-9]{1,2}日?|月)?")


def date_fault(text: str, example: str) -> Refused:
    """The refusal for a text that is no date, month or period; `example` (DATE, MONTH, PERIOD) shows what is right."""
    what, plain, shown = _WHAT[example], narrow(text), quoted(text)
    if plain == "":
        return Refused(f"这里是空的，应填{what}，如 {example}")
    if re.search(r"底|初|中旬|上旬|下旬|前后|左右|约|前$|内$", plain):
        return Refused(f"{shown}不是确切的{what}，应如 {example}")
    if re.search(r"[0-9][:：][0-9]", plain):
        return Refused(f"{shown}带有时刻，应只写{what}，如 {example}")
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", plain):
        return Refused(f"{shown}：数字被表格软件改成了科学计数，请按文本重填")
    if example == DATE and re.fullmatch(r"(0?[1-9]|1[0-2])([-/.][0-9]{1,2}|月[0-9]{1,2}日)", plain):
        return Refused(f"{shown}没有写年份，应如 {example}")
    if re.fullmatch(r"[0-9]{6}", plain) and example == DATE and plain[:2] in ("19", "20"):
        return Refused(f"{shown}没有写到日，应如 {example}")
    if _TWO_DIGIT_YEAR.fullmatch(plain) or (example == DATE and re.fullmatch(r"[0-9]{6}", plain)):
        return Refused(f"{shown}的年份要写四位，应如 {example}")
    if example == DATE and re.fullmatch(r"[0-9]{4}([-/.][0-9]{1,2}|年([0-9]{1,2}月)?)?", plain):
        return Refused(f"{shown}没有写到日，应如 {example}")
    if example == MONTH and re.fullmatch(r"[0-9]{4}年?", plain):
        return Refused(f"{shown}没有写到月，应如 {example}")
    if example == MONTH and re.fullmatch(r"[0-9]{4}([-/.年])[0-9]{1,2}([-/.月])[0-9]{1,2}日?|[0-9]{8}", plain):
        return Refused(f"{shown}写到了日，这里应写到月，如 {example}")
    if re.search(r"[~～—–至到]", plain):
        return Refused(f"{shown}是一段时间，应填一个{what}，如 {example}")
    if re.search(r"[〇零一二三四五六七八九十]+[年月日]", plain):
        return Refused(f"{shown}是中文数字，应写阿拉伯数字，如 {example}")
    return Refused(f"{shown}不是{what}，应如 {example}")
