"""Plain text: the encoding found, hard-wrapped lines joined, one paragraph a line."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.model import ReadOptions
from pipeline.read.encoding import decode
from pipeline.read.lines import Extract, Line, check_size

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_END = "[。！？；：:;!?…”」）)]$"
# A line that opens a paragraph by its own look: a label, an indent, a bullet.
_OPENS = (
    r"[ \t\u3000]{2,}|\u3000|[（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）]|"
    r"第[一二三四五六七八九十百\d]+[章节条款篇部]|[一二三四五六七八九十][是要]|[①-⑳●○■◆•·\-—*]"
)
# The title of a part: it ends with its line, however long the others are.
_TITLE = r"[ \t\u3000]*第[一二三四五六七八九十百\d]{1,3}(?:[章节篇]|部分)[\s:：、]"
WRAP_AT_LEAST = 36  # columns (a Han character takes two); narrower than this nothing is a wrapped line
SLACK = 3  # a Han character and a closing mark may not have fitted any more …
HANG = 8  # … and a number or closing marks may stand over the edge
WRAPPED_SHARE = 0.3  # of all lines that end at the edge


def read(data: bytes, name: str, options: ReadOptions) -> Extract:
    """The lines of a text file; ``join_lines`` among the steps when hard wraps were undone.

    >>> [line.text for line in read("一、学习\\r\\n 全年学习".encode("gbk"), "", ReadOptions()).lines]
    ['一、学习', ' 全年学习']
    """
    text, encoding = decode(data)
    check_size(len(text), options.limits)
    steps = () if encoding == "utf-8" else (f"decode {encoding}",)
    rows = LINE_END.split(text)
    joined = unwrapped(rows)
    if len(joined) < len(rows):
        return Extract([Line(row) for row in joined], (*steps, "join_lines"))
    return Extract([Line(row) for row in rows], steps)


def width(text: str) -> int:
    """Columns that a line takes: a Han character or full-width sign two, others one."""
    return len(text.encode("gbk", "replace"))


def unwrapped(rows: list[str]) -> list[str]:
    """Lines that were cut at a fixed width joined again; the same list when nothing says that they were.

    Evidence is needed: there is an edge that no line passes by much, where a third of the lines end, most of them
    without an end of sentence.

    >>> cut = ["上半年我镇扎实开展宣传思想文化工作，取得", "了较好的成效，为全镇经济社会发展营造了良"]
    >>> unwrapped([*cut, "好的氛围。现总结", "如下。", "一、学习"])[-1]
    '一、学习'
    >>> unwrapped(["一、学习情况", "二、宣传情况"])
    ['一、学习情况', '二、宣传情况']
    """
    filled = [row.rstrip() for row in rows if row.strip()]
    widths = [width(row) for row in filled]
    edge = _edge(widths)
    if edge is None:
        return rows
    at_edge = [
        row for row, wide in zip(filled, widths, strict=True) if wide >= edge - SLACK and not re.match(_TITLE, row)
    ]
    wide = sum(1 for row in at_edge for sign in row if sign > "\u2e7f")
    if 2 * wide < sum(map(len, at_edge)):
        return rows  # lines of figures and code stay as they are
    cut = [row for row in at_edge if not re.search(_END, row)]
    if not cut or 2 * len(cut) < len(at_edge):
        return rows
    joined: list[str] = []
    runs_on = False
    for row in rows:
        if runs_on and row.strip() and not re.match(_OPENS, row):
            joined[-1] = _joint(joined[-1].rstrip(), row.strip())
        else:
            joined.append(row)
        runs_on = width(row.rstrip()) >= edge - SLACK and not re.match(_TITLE, row)
    return joined


def _edge(widths: list[int]) -> int | None:
    """The width at which lines were cut, None when they were not: the one where most lines end."""
    if len(widths) < 3 or max(widths) < WRAP_AT_LEAST:
        return None
    counts = Counter(widths)
    edge = max(counts, key=lambda wide: (sum(counts[other] for other in range(wide - SLACK, wide + 1)), wide))
    ends = sum(count for wide, count in counts.items() if wide >= edge - SLACK)
    beyond = sum(count for wide, count in counts.items() if wide > edge + HANG)
    is_cut = edge >= WRAP_AT_LEAST and ends >= max(3, WRAPPED_SHARE * len(widths)) and beyond <= 0.02 * len(widths)
    return edge if is_cut else None


def _joint(left: str, right: str) -> str:
    """Two halves of a line: a space only where two Western words meet."""
    meets = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalnum()
    return f"{left} {right}" if meets else left + right
