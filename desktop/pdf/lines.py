"""Breaking Chinese text into lines: 行首行尾禁则, numbers with their units, Latin words.

After GB/T 15834-2011 5.1: no closing mark, connector or separator begins a line, no opening mark ends one, —— and ……
are not torn. A piece that is wider than a whole line is broken wherever it must be, at a lawful place if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]

_BLANKS = " \u3000"
NO_START = frozenset("，。、；：？！）》〉」』】〕〗〙〛”’％‰℃°′″·•・～〜…－–／,.;:!?)]}%/゛゜ー々")
NO_END = frozenset("（《〈「『【〔〖〘〚“‘￥¥＄$£€([{／/№")

# Words that stay with the number before them.
_UNITS = """
吨标准煤/年 吨标准煤 万吨标准煤 吨/年 万吨/年 平方公里 平方米 立方米 万平方米 万千瓦时 亿千瓦时 千瓦时
万千瓦 千瓦 兆瓦 公里 千米 千克 公斤 毫米 厘米 个百分点 个工作日 个自然日 个月 年度 年内 年底 年末 年初 月份
月底 月末 季度 小时 分钟 万元 亿元 千元 元 万吨 亿吨 吨 万台 万辆 万件 万个 万户 万人 万套 万次 亿次 万平 万
亿 米 升 度 个 台 套 组 辆 家 处 项 件 户 人 次 条 座 批 名 级 类 种 份 页 期 号 天 周 日 月 年 岁 分 秒 时
亩 公顷 床 所 间 部 艘 架 根 块 万只 只 张 本 篇 章 倍 成 折 ％ ‰ ℃
"""
_UNIT = "|".join(sorted(map(re.escape, _UNITS.split()), key=len, reverse=True))
_OPEN = f"[{re.escape(''.join(sorted(NO_END - {'/', '／'})))}]"
_WIDE_CLOSE = re.escape("".join(sorted(c for c in NO_START if c > "\x7f" and c not in "／…")))
_CLOSE = rf"(?:[{_WIDE_CLOSE}\u0300-\u036f\u20d0-\u20ff]|[,;:!?)\]}}%]|\.(?![0-9])|…+)"
_LATIN = r"[!-.0-~¡-ʯͰ-ԯḀ-ỿ０-９]"  # the solidus is left to the chain below
_GROUP = r"(?<=[0-9])[ ](?=[0-9]{3,4}(?![0-9]))"  # 0531 0000 0101, 48 000
_RUN = rf"(?:{_LATIN}+(?:(?:/+|’|{_GROUP}){_LATIN}+)*)"
_NUMBER_OF = rf"(?:第\s?)?{_RUN}(?:(?<=[0-9０-９%+])[ ]?(?:{_UNIT}))?"
_DOCUMENT = rf"{_OPEN}*〔\d{{4}}〕\s?\d+\s?号"
_BRACKETS = r"（[^（）\n]{1,5}）"  # a unit or a short remark
_CORE = rf"(?:(?:{_DOCUMENT}|{_BRACKETS}|{_OPEN}*(?:{_NUMBER_OF}|[—⸺]+|…+|[^ \u3000\n])){_CLOSE}*)"
_PIECE = re.compile(rf"(?:{_CORE}(?:[/／]{_CORE}?)*|{_OPEN}+|[/／]+)?[ \u3000]*", re.DOTALL)


def pieces(text: str) -> Iterator[str]:
    """The pieces of one paragraph that stay together, each with the blanks behind it; joined they are the text."""
    held = ""
    place = 0
    while place < len(text):
        found = _PIECE.match(text, place)
        end = found.end() if found and found.end() > place else place + 1
        if held and text[place] not in NO_START and held.rstrip(_BLANKS)[-1:] not in NO_END:
            yield held
            held = ""
        held += text[place:end]
        place = end
    if held:
        yield held


def break_lines(text: str, width: float, measure: Measure, first: float = 0.0) -> list[str]:
    """Lines of `text` (at least one) no wider than `width`, blanks at their ends not counted.

    `first` is the indent of the first line of each paragraph; paragraphs end with \\n, which no line holds. Nothing
    else is lost: joined, the lines of a paragraph are the paragraph. A single character wider than the line stands
    alone.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if measure(paragraph) + first <= width:
            lines.append(paragraph)
        else:
            lines.extend(_break(paragraph, width, measure, first))
    return lines


def _break(text: str, width: float, measure: Measure, first: float) -> list[str]:
    lines: list[str] = []
    line, used, room = "", 0.0, width - first
    for piece in pieces(text):
        wide = measure(piece)
        if used + wide <= room or used + measure(piece.rstrip(_BLANKS)) <= room:
            line, used = line + piece, used + wide
            continue
        if line:
            lines.append(line)
            room = width
        while measure(piece.rstrip(_BLANKS)) > room:
            cut = _cut(piece, room, measure)
            lines.append(piece[:cut])
            piece, room = piece[cut:], width
        line, used = piece, measure(piece)
    if line or not lines:
        lines.append(line)
    return lines


def _cut(piece: str, room: float, measure: Measure) -> int:
    """Where to tear a piece no line holds: behind a mark past half the line, else at the last lawful place."""
    body = len(piece.rstrip(_BLANKS))
    most, used = 0, 0.0
    while most < body:
        used += measure(piece[most])
        if used > room and most:
            break
        most += 1
    if most >= body:
        return max(1, body - 1)
    lawful = [n for n in range(1, most + 1) if piece[n] not in NO_START and piece[n - 1] not in NO_END]
    marks = [n for n in lawful if piece[n - 1] in "-_,;&?=/\\." and 2 * n >= most]
    return (marks or lawful or [most])[-1]


def widest_piece(text: str, measure: Measure) -> float:
    """Width of the widest piece that should not be torn."""
    return max((measure(piece.rstrip(_BLANKS)) for part in text.split("\n") for piece in pieces(part)), default=0.0)


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `width` allows, and those as even as they can be (titles, labels, heads)."""
    lines = break_lines(text, width, measure)
    if len(lines) == 1 or "\n" in text:
        return lines
    low, high = max(measure(text) / len(lines) - 1, 0.0), width
    for _ in range(12):
        middle = (low + high) / 2
        tried = break_lines(text, middle, measure)
        if len(tried) == len(lines) and all(measure(line.rstrip(_BLANKS)) <= middle for line in tried):
            high, lines = middle, tried
        else:
            low = middle
    return lines
