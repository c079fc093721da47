"""大写金额, as receipts write it (人民银行《支付结算办法》附一, 正确填写票据和结算凭证的基本规定)."""

from __future__ import annotations

from desktop.model.errors import Refused

LARGEST_FEN = 99_999_999_999_999  # 9,999 亿 9,999 万 9,999 元 9 角 9 分

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


def capital_money(fen: int) -> str:
    """The amount of `fen` 分 in capital characters: `肆仟捌佰万元整`, `壹元零伍分`, `负壹角`, `零元整`.

    整 follows 元 only (after 角 the rule leaves it out at will). One 零 for zeros between figures, none at the end of a
    group of four. Beyond 9,999 亿: `Refused`.
    """
    if abs(fen) > LARGEST_FEN:
        raise Refused("大写金额最多到 9,999 亿元，请核对单位")
    yuan, rest = divmod(abs(fen), 100)
    tenths, hundredths = divmod(rest, 10)
    if fen == 0:
        return "零元整"
    text = f"{_whole(yuan)}元" if yuan else ""
    if rest == 0:
        text += "整"
    if tenths:
        text += f"{_DIGITS[tenths]}角"
    if hundredths:
        text += f"{'零' if yuan and not tenths else ''}{_DIGITS[hundredths]}分"
    return ("负" if fen < 0 else "") + text


def _whole(yuan: int) -> str:
    text = ""
    for name, size in (("亿", 100_000_000), ("万", 10_000), ("", 1)):
        group = yuan // size % 10_000
        if group == 0:
            continue
        text += ("零" if text and group < 1000 else "") + _group(group) + name
    return text


def _group(number: int) -> str:
    """One to four figures, without 零 in front or behind."""
    text, gap = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        value = ord(digit) - ord("0")
        if value == 0:
            gap = text != ""
            continue
        text += ("零" if gap else "") + _DIGITS[value] + place
        gap = False
    return text
