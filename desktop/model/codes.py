"""统一社会信用代码 (GB 32100-2015, GB 11714-1997) and 投资项目统一代码 (GB/T 40058-2021), a sentence for each fault."""

from __future__ import annotations

import re

from desktop.model.errors import Refused
from desktop.model.findings import Finding
from desktop.model.grammar.characters import all_digits, narrow, quoted, trim

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AUTHORITIES = "123456789ANY"  # first character: the registering authority
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_MISTAKEN = {"I": "数字 1", "O": "数字 0", "S": "数字 5", "V": "字母 U 或 Y", "Z": "数字 2"}

_PROJECT_CODE = re.compile(r"[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}")
_PROJECT_EXAMPLE = "2405-370112-04-01-123456"
# Districts that had another code before: it stays valid inside project codes given then.
_OLD_CODES = {
    "370113": ("370123",),
    "370114": ("370181",),
    "370115": ("370125",),
    "370116": ("371202",),
    "370117": ("371203",),
}


def uscc_check_character(first17: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015: weights 3^(i-1) mod 31).

    `Refused` unless they are 17 characters of the alphabet.
    """
    if len(first17) != 17 or any(character not in USCC_ALPHABET for character in first17):
        raise Refused(f"{quoted(first17)}不是统一社会信用代码的前 17 位，应为数字和大写字母（不用 I、O、S、V、Z）")
    total = sum(USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first17))
    return USCC_ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """The check character of an organisation code (GB 11714-1997) for its first eight characters: 0–9 or X."""
    total = sum(int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def check_uscc(text: str) -> list[Finding]:
    """Findings on a 统一社会信用代码; none when all is right or the text is empty."""
    code = trim(text)
    if code == "":
        return []
    if not re.fullmatch(r"[0-9A-HJ-NP-RTUWXY]{18}", code):
        return [Finding("block", message) for message in _uscc_faults(code)]
    findings = []
    right = uscc_check_character(code[:17])
    if code[17] != right:
        message = f"统一社会信用代码第 18 位“{code[17]}”不对，按前 17 位应为“{right}”，请对照证照逐位核对"
        findings.append(Finding("block", message))
    inner = organisation_check_character(code[8:16])
    if code[16] != inner:
        message = f"统一社会信用代码第 17 位“{code[16]}”与第 9 至 16 位的组织机构代码对不上（应为“{inner}”），请核对"
        findings.append(Finding("warn", message))
    if code[0] not in _AUTHORITIES:
        findings.append(Finding("warn", f"统一社会信用代码第 1 位“{code[0]}”不是已知的登记管理部门，请核对"))
    if not all_digits(code[2:8]):
        findings.append(Finding("warn", f"统一社会信用代码第 3 至 8 位“{code[2:8]}”应为 6 位数字的行政区划码，请核对"))
    return findings


def _uscc_faults(code: str) -> list[str]:
    name = "统一社会信用代码"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", code):
        return [f"{quoted(code)}：数字被表格软件改成了科学计数，请按文本重填{name}"]
    if re.fullmatch(r"[0-9]{15}", code):
        return [f"{quoted(code)}像 15 位的旧注册号或税号，应填 18 位{name}"]
    if re.fullmatch(r"[0-9A-Z]{8}-?[0-9X]", code):
        return [f"{quoted(code)}像 9 位的组织机构代码，应填 18 位{name}"]
    if re.search(r"[\s\u3000-]", code):
        return [f"{name}{quoted(code)}中间有空格或短横，应连写 18 位"]
    faults = [fault for place, character in enumerate(code, 1) if (fault := _character_fault(place, character))][:3]
    if len(code) != 18:
        faults.insert(0, f"{name}应为 18 位，现在是 {len(code)} 位")
    return faults


def _character_fault(place: int, character: str) -> str:
    if character in USCC_ALPHABET:
        return ""
    here = f"统一社会信用代码第 {place} 位“{character if character.isprintable() else ' '}”"
    upper = _plain_letter(character).upper()
    if upper != character and upper in USCC_ALPHABET:
        return f"{here}应写成半角大写“{upper}”" if not character.isascii() else f"{here}应为大写“{upper}”"
    if upper in _MISTAKEN:
        return f"{here}不会出现在代码里，可能是{_MISTAKEN[upper]}"
    return f"{here}不是代码用的字符，应为数字或大写字母"


def _plain_letter(character: str) -> str:
    point = ord(character)
    full_width_letter = 0xFF21 <= point <= 0xFF3A or 0xFF41 <= point <= 0xFF5A
    return chr(point - 0xFEE0) if full_width_letter else narrow(character) or character


def codes_of_district(code: str) -> frozenset[str]:
    """The district's code of GB/T 2260 with those it had before (章丘 370181, 济阳 370125, 莱芜's districts 3712xx)."""
    return frozenset({code, *_OLD_CODES.get(code, ())})


def check_project_code(text: str, district_codes: set[str] | frozenset[str]) -> list[Finding]:
    """Findings on a 投资项目统一代码; none when all is right or the text is empty.

    `district_codes` are the district's own, current and old; without any the region is not checked.
    """
    code = trim(text)
    if code == "":
        return []
    if not _PROJECT_CODE.fullmatch(code):
        return [Finding("block", _project_fault(code))]
    findings = []
    if not "01" <= code[2:4] <= "12":
        findings.append(Finding("block", f"投资项目统一代码第 3 至 4 位“{code[2:4]}”不是月份，应为 01—12"))
    region = code[5:11]
    if district_codes and region not in district_codes:
        own = "、".join(sorted(district_codes))
        findings.append(Finding("warn", f"投资项目统一代码第二段“{region}”不是本区的行政区划码（{own}），请核对"))
    return findings


def _project_fault(code: str) -> str:
    name = "投资项目统一代码"
    plain = narrow(code)
    if plain != code and _PROJECT_CODE.fullmatch(plain):
        return f"{name}里有全角字符，应写成半角 {plain}"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", code):
        return f"{quoted(code)}：数字被表格软件改成了科学计数，请按文本重填{name}"
    if re.fullmatch(r"[0-9]{20}", code):
        parts = "-".join((code[:4], code[4:10], code[10:12], code[12:14], code[14:]))
        return f"{name}少了短横，应写成 {parts}"
    dashed = re.sub(r"[—–‐‑−－_]", "-", plain)
    if _PROJECT_CODE.fullmatch(dashed):
        return f"{name}的短横应为“-”，应写成 {dashed}"
    strange = next((c for c in code if c not in "0123456789-"), "")
    if strange:
        shown = strange if strange.isprintable() else " "
        return f"{name}第 {code.index(strange) + 1} 个字符“{shown}”不对，应如 {_PROJECT_EXAMPLE}"
    lengths = [len(part) for part in code.split("-")]
    if len(lengths) != 5:
        return f"{name}应为五段，现在是 {len(lengths)} 段，应如 {_PROJECT_EXAMPLE}"
    which = next(n for n, (have, want) in enumerate(zip(lengths, (4, 6, 2, 2, 6), strict=True)) if have != want)
    want = (4, 6, 2, 2, 6)[which]
    return f"{name}第 {which + 1} 段应为 {want} 位数字，现在是 {lengths[which]} 位，应如 {_PROJECT_EXAMPLE}"
