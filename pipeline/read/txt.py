"""Plain text: the encoding found, hard-wrapped lines joined, one paragraph a line."""

from __future__ import annotations

import re

from pipeline.model import ReadOptions
from pipeline.read.encoding import decode
from pipeline.read.lines import Extract, Line

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_END = re.compile("[。！？；：:;!?…”」）)]$")
# A line that opens a paragraph by its own look: a label, an indent, a bullet.
_OPENS = re.compile(
    r"[ \t\u3000]{2,}|\u3000|[（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）]|"
    r"第[一二三四五六七八九十百\d]+[章节条款篇部]|[一二三四五六七八九十][是要]|[①-⑳●○■◆•·\-—*]"
)
WRAP_AT_LEAST = 16  # columns (a Han character takes two); narrower than this nothing is a wrapped line
WRAPPED_SHARE = 0.5


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The lines of a text file; ``join_lines`` among the steps when hard wraps were undone.

    >>> [line.text for line in read("一、学习\\r\\n 全年学习".encode("gbk"), "", ReadOptions()).lines]
    ['一、学习', ' 全年学习']
    """
    text, encoding = decode(data)
    steps = () if encoding == "utf-8" else (f"decode {encoding}",)
    rows = LINE_END.split(text)
    joined = unwrapped(rows)
    if len(joined) < len(rows):
        return Extract([Line(row) for row in joined], (*steps, "join_lines"))
    return Extract([Line(row) for row in rows], steps)


def width(text: str) -> int:
    """Columns that a line takes: a Han character or full-width sign two, others one."""
    return len(text) + sum(1 for sign in text if sign > "\u2e7f")


def unwrapped(rows: list[str]) -> list[str]:
    """Lines that were cut at a fixed width joined again; the same list when nothing says that they were.

    Evidence is needed: most non-final lines end within one character of the same width, without an end of sentence.

    >>> unwrapped(["上半年我镇扎实开展宣传思", "想文化工作，取得了较好的", "成效，营造了良好的氛围。", "一、学习"])
    ['上半年我镇扎实开展宣传思想文化工作，取得了较好的成效，营造了良好的氛围。', '一、学习']
    >>> unwrapped(["一、学习情况", "二、宣传情况"])
    ['一、学习情况', '二、宣传情况']
    """
    filled = [row for row in rows if row.strip()]
    widths = [width(row.rstrip()) for row in filled]
    if len(filled) < 3 or max(widths) < WRAP_AT_LEAST or max(widths) > 160:
        return rows
    full = max(widths) - 3  # one Han character and a closing mark may not fit
    at_edge = [row for row, wide in zip(filled, widths, strict=True) if wide >= full]
    wide = sum(1 for row in at_edge for sign in row if sign > "\u2e7f")
    if 2 * wide < sum(map(len, at_edge)):
        return rows  # lines of figures and code stay as they are
    cut = [row for row in at_edge if not _END.search(row.rstrip())]
    if len(at_edge) < WRAPPED_SHARE * len(filled) or 2 * len(cut) < len(at_edge):
        return rows
    joined: list[str] = []
    runs_on = False
    for row in rows:
        if runs_on and row.strip() and not _OPENS.match(row):
            joined[-1] = _joint(joined[-1].rstrip(), row.strip())
        else:
            joined.append(row)
        runs_on = width(row.rstrip()) >= full
    return joined


def _joint(left: str, right: str) -> str:
    """Two halves of a line: a space only where two Western words meet."""
    meets = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalnum()
    return f"{left} {right}" if meets else left + right
