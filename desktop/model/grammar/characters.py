"""The only characters that the grammar takes for one another: full-width digits and signs for ASCII ones."""

from __future__ import annotations

DIGITS = "0123456789"
BLANKS = " \t\r\n\u00a0\u3000"

# Never NFKC: it turns ① into 1 and some ideographs into others.
_FULL_WIDTH = {0xFF10 + value: digit for value, digit in enumerate(DIGITS)} | {
    ord("．"): ".",
    ord("，"): ",",
    ord("－"): "-",
    ord("＋"): "+",
    ord("／"): "/",
    ord("％"): "%",
}


def trim(text: str) -> str:
    """The text without the blanks around it, full-width ones too."""
    return text.strip(BLANKS)


def narrow(text: str) -> str:
    """The trimmed text with full-width digits and the signs ．，－＋／％ written in ASCII; all else is kept."""
    return trim(text).translate(_FULL_WIDTH)


def all_digits(text: str) -> bool:
    """Whether the text is one or more of 0–9 and nothing else."""
    return text != "" and all(character in DIGITS for character in text)


def quoted(text: str) -> str:
    """The text as a sentence shows it: in Chinese quotation marks, on one line, at most 24 characters."""
    shown = "".join(character if character.isprintable() else " " for character in trim(text))
    return f"“{shown if len(shown) <= 24 else shown[:23] + '…'}”"
