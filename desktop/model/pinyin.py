"""拼音 of Chinese text, for finding names by their first letters (示例重工 by slzg)."""

from __future__ import annotations

from functools import lru_cache

# Place names of Jinan that the dictionary reads another way.
_LOCAL = {
    "长清": [["cháng"], ["qīng"]],
    "槐荫": [["huái"], ["yìn"]],
    "莱芜": [["lái"], ["wú"]],
    "乐陵": [["lào"], ["líng"]],
}


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[str, ...]:
    """One entry per character or digit: its pinyin without tones, a Latin letter or digit as itself in lower case.

    Punctuation, white space and characters without a reading are left out.
    """
    if text.isascii():
        return tuple(letter.lower() for letter in text if letter.isalnum())
    lazy_pinyin, style = _reader()
    read = lazy_pinyin(text, style=style, errors=lambda run: list(run))
    return tuple(piece.lower() for piece in read if piece.isascii() and piece.isalnum())


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """The first letters, e.g. 废有色金属 -> fysjs, 5G工厂 -> 5ggc."""
    return "".join(syllable[0] for syllable in syllables(text))


def matches(query: str, text: str) -> bool:
    """Whether `query` stands in `text`, in its first letters or at a syllable of its full pinyin. Case is ignored."""
    wanted = "".join(query.split()).lower()
    if not wanted or wanted in "".join(text.split()).lower():
        return True
    if not (wanted.isascii() and wanted.isalnum()):
        return False
    read = syllables(text)
    if wanted in initials(text):
        return True
    return any("".join(read[at:]).startswith(wanted) for at in range(len(read)))


@lru_cache(maxsize=1)
def _reader():  # type: ignore[no-untyped-def]
    from pypinyin import Style, lazy_pinyin, load_phrases_dict  # late: its dictionaries take a third of a second

    load_phrases_dict(_LOCAL)
    return lazy_pinyin, Style.NORMAL
