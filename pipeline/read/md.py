"""Markdown: its marks taken off, headings and tables kept, numbers of lists as written, bullets left out."""

from __future__ import annotations

import re

from pipeline.model import ReadOptions
from pipeline.read.encoding import decode
from pipeline.read.lines import Extract, Line
from pipeline.read.txt import LINE_END

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
_BULLET = re.compile(r"\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
_NUMBERED = re.compile(r"\s*(\d{1,4}[.)])\s+")
_RULE = re.compile(r" {0,3}([-*_])(\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$")
_FENCE = re.compile(r"\s*(```|~~~)")
_QUOTE = re.compile(r"\s*>\s?")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_STAR = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*]+)\*(?![*\w])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_HARD_BREAK = re.compile(r"( {2,}|\\)$")


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The blocks of a markdown file; the lines of one paragraph are joined, as markdown says.

    >>> text = "# 总结\\n\\n全镇**扎实**开展\\n集中学习28次。\\n\\n- 抓学习\\n1. 抓宣传"
    >>> found = read(text.encode(), "总结.md", ReadOptions())
    >>> [line.text or line.cells for line in found.lines]
    ['总结', '全镇扎实开展集中学习28次。', '抓学习', '1.抓宣传']
    """
    text, encoding = decode(data)
    lines: list[Line] = []
    is_open = in_code = False
    tables = 0
    rows = LINE_END.split(text)
    for place, row in enumerate(rows):
        if _FENCE.match(row):
            in_code, is_open = not in_code, False
        elif in_code:
            lines.append(Line(row))
        elif not row.strip() or (_RULE.match(row) and not (is_open and _UNDERLINE.match(row))):
            is_open = False
        elif "|" in row and (_TABLE_RULE.match(row) or _in_table(rows, place)):
            is_open = False
            if not _TABLE_RULE.match(row):
                is_head = place + 1 < len(rows) and _TABLE_RULE.match(rows[place + 1]) is not None
                tables += is_head
                lines.append(Line("", cells=_cells(row), table=tables, is_head=is_head))
        elif is_open and _UNDERLINE.match(row):
            lines[-1] = lines[-1]._replace(kind="heading", level=1 if "=" in row else 2)
            is_open = False
        else:
            is_open = _block(row, lines, is_open)
    steps = ("take_off_markdown",) if encoding == "utf-8" else (f"decode {encoding}", "take_off_markdown")
    return Extract(lines, steps)


def _in_table(rows: list[str], place: int) -> bool:
    """Whether a rule of a table stands just below, or above with only rows between."""
    if place + 1 < len(rows) and _TABLE_RULE.match(rows[place + 1]) and "-" in rows[place + 1]:
        return True
    while place > 0 and "|" in rows[place - 1]:
        place -= 1
        if _TABLE_RULE.match(rows[place]):
            return True
    return False


def _cells(row: str) -> tuple[str, ...]:
    row = row.strip().removeprefix("|").removesuffix("|")
    return tuple(_plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", row))


def _block(row: str, lines: list[Line], is_open: bool) -> bool:
    """Add one line of text; true while the next line may belong to the same paragraph."""
    heading = _HEADING.match(row)
    if heading:
        lines.append(Line(_plain(heading[2]), "heading", len(heading[1])))
        return False
    row = _QUOTE.sub("", row, count=1) if _QUOTE.match(row) else row
    numbered, bullet = _NUMBERED.match(row), _BULLET.match(row)
    ends = _HARD_BREAK.search(row) is not None
    if numbered:
        lines.append(Line(numbered[1] + _plain(row[numbered.end() :])))
    elif bullet:
        lines.append(Line(_plain(row[bullet.end() :])))
    elif is_open:
        left, right = lines[-1].text, _plain(row.strip())
        space = " " if left[-1:].isascii() and right[:1].isascii() else ""
        lines[-1] = lines[-1]._replace(text=left + space + right)
    else:
        lines.append(Line(_plain(row.strip())))
    return not ends


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", _HARD_BREAK.sub("", text))
    text = _STAR.sub(r"\1", _EMPHASIS.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text)
