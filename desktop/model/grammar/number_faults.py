"""Why a text is no number: one Chinese sentence for each kind of mistake that people make."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.model.errors import Refused
from desktop.model.grammar.characters import narrow, quoted, trim

_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_RANGE = re.compile(r"[0-9.,]+\s*[-~～—–至到]+\s*[0-9.,]+[^0-9]*")
_ABOUT = re.compile(r"约|近|左右|上下|余|多|来|几|以上|以下|超过|不足|不到|[<>≤≥＜＞]")
_FIGURES = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
_CHINESE = re.compile(rf"[{_FIGURES}][{_FIGURES}万亿点元角分整]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def number_fault(text: str, example: str) -> Refused:
    """The refusal for a text that is no number; `example` shows what would be right."""
    plain = narrow(text)
    if plain == "":
        return Refused(f"这里是空的，应填数，如 {example}")
    shown = quoted(text)
    return Refused(_sentence(plain, trim(text), shown, example))


def _sentence(plain: str, raw: str, shown: str, example: str) -> str:
    if _EXPONENT.fullmatch(plain):
        return f"{shown}：数字被表格软件改成了科学计数，请按文本重填"
    if _ABOUT.search(plain):
        return f"{shown}不是数，应如 {example}"
    if _RANGE.fullmatch(plain):
        return f"{shown}是一个范围，应填一个确切的数，如 {example}"
    if _CHINESE.fullmatch(plain):
        return f"{shown}是中文数字，应写阿拉伯数字，如 {example}"
    if re.match(r"[¥￥$]", plain):
        return f"{shown}带有货币符号，应只写数，如 {example}"
    if re.fullmatch(r"[(（][0-9.,]+[)）]", plain):
        return f"{shown}用了括号，负数应写减号，如 -{example}"
    if "。" in plain:
        return f"{shown}的小数点写成了句号，应如 {example}"
    if any(character.isnumeric() and not character.isascii() and not _HAN.match(character) for character in plain):
        return f"{shown}里有不是 0—9 的数字符号，应如 {example}"
    if re.fullmatch(r"[+-]?[0-9_]+(\.[0-9_]+)?", plain) and "_" in plain:
        return f"{shown}里有下划线，应如 {example}"
    if re.fullmatch(r"[+-]?[0-9,]*\.[0-9,.]*\.[0-9,.]*", plain):
        return f"{shown}有两个小数点，应如 {example}"
    if re.fullmatch(r"[+-]?([0-9]+\.|\.[0-9]+)", plain):
        return f"{shown}的小数点前后都要有数字，应如 {example}"
    if re.fullmatch(r"[+-]?[0-9,]+(\.[0-9,]+)?", plain) and "," in plain:
        return f"{shown}的千分位逗号位置不对，应如 1,234 或 1234"
    if re.fullmatch(r"[−–—][0-9.,]+", plain):
        return f"{shown}的负号不是减号，应如 -{example}"
    if re.search(r"[0-9][ \u00a0\u3000\t]+[0-9]", plain):
        return f"{shown}中间有空格，应如 {example}"
    if raw.startswith("="):
        return f"{shown}是公式，应填算好的数，如 {example}"
    return f"{shown}不是数，应如 {example}"


def negative_fault(text: str) -> Refused:
    return Refused(f"{quoted(text)}是负数，这里应填零或正数")


def unit_fault(text: str, suffix: str, unit: str) -> Refused:
    wanted = f"应按“{unit}”填数" if unit else "应只填数"
    return Refused(f"{quoted(text)}的单位“{suffix}”不能用在这里，{wanted}")


def precision_fault(text: str, value: Decimal) -> Refused:
    return Refused(f"{quoted(text)}比分还小，金额最多到分，应如 {value:f} 元")
