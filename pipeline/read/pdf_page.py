"""One pdf page → visual lines with their places. The only file that knows pdfium's raw interface."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BREAK = re.compile("\r\n|[\r\n]")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
_SPACED = re.compile(f"(?<=[{_WIDE}]) (?=\\S)|(?<=\\S) (?=[{_WIDE}])")
_BETWEEN_WIDE = re.compile(f"(?<=[{_WIDE}\u3000]) (?=[{_WIDE}\u3000])")
_AUTO = re.compile(f"(?<=[{_WIDE}]) (?=[0-9])|(?<=[0-9]) (?=[{_WIDE}])")
_WIDE_SIGN = re.compile(f"[{_WIDE}\u3000]")
# pdfium writes a space wherever it sees a gap. Beside a wide character a smaller gap than this (in ems) is letter
# spacing, or beside a Western one the quarter em that word processors put there, not a space.
SPACE = 0.9
AUTO_SPACE = 0.45
DOUBLED = 0.35  # of a character's width: two that begin nearer than this are one, drawn twice
RULES_ENOUGH = 3  # rulings in each direction that make a table


@dataclass(frozen=True, slots=True)
class Visual:
    """A line as it stands on the page, as it is read: x from left, y from the top, in points; ``size`` of its type."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines in the file's order, its size, and what else is on it."""

    number: int
    width: float
    height: float
    lines: tuple[Visual, ...]
    images: int = 0
    pictured: float = 0.0  # share of the page that its largest picture covers
    is_ruled: bool = False
    lost: int = 0  # characters drawn whose font says no sign


class _Chars:
    """The characters of one text page: boxes turned as the page is shown."""

    def __init__(self, raw: Any, rotation: int, frame: tuple[float, float, float, float]) -> None:
        import pypdfium2.raw as pdfium

        self._api = pdfium
        self._raw = raw
        self._turn = rotation
        self._left, self._bottom, self._right, self._top = frame
        self._rect = pdfium.FS_RECTF()
        self._at = ctypes.byref(self._rect)
        self._shift: int | None = None

    def align(self, first: int, last: int) -> None:
        """Look up where a line's text begins among the characters; within a line most counts run in step."""
        api = self._api
        start = api.FPDFText_GetCharIndexFromTextIndex(self._raw, first)
        end = api.FPDFText_GetCharIndexFromTextIndex(self._raw, last)
        self._shift = start - first if end - start == last - first else None

    def _char(self, index: int) -> int:
        if self._shift is not None:
            return index + self._shift
        return int(self._api.FPDFText_GetCharIndexFromTextIndex(self._raw, index))

    def is_made_up(self, index: int) -> bool:
        """Whether the sign at a text index is not in the file but pdfium's own, for a gap."""
        return bool(self._api.FPDFText_IsGenerated(self._raw, self._char(index)) == 1)

    def box(self, index: int) -> tuple[float, float, float, float]:
        """x0, x1, top, bottom of the character at a text index, as the page is shown."""
        self._api.FPDFText_GetLooseCharBox(self._raw, self._char(index), self._at)
        rect = self._rect
        left, right, top, bottom = rect.left, rect.right, rect.top, rect.bottom
        if self._turn == 90:
            return bottom - self._bottom, top - self._bottom, left - self._left, right - self._left
        if self._turn == 180:
            return self._right - right, self._right - left, bottom - self._bottom, top - self._bottom
        if self._turn == 270:
            return self._top - top, self._top - bottom, self._right - right, self._right - left
        return left - self._left, right - self._left, self._top - top, self._top - bottom


def page(document: Any, index: int) -> Page:
    """Read one page of an opened pdfium document; ``index`` from 0."""
    import pypdfium2.raw as pdfium

    shown = document[index]
    try:
        width, height = shown.get_size()
        text_page = shown.get_textpage()
        try:
            count = text_page.count_chars()
            text = text_page.get_text_range() if count > 0 else ""
            chars = _Chars(text_page.raw, shown.get_rotation(), shown.get_bbox())
            lines = [line for line in _lines(text, chars) if _is_on_page(line, width, height)]
            lost = text.count("\ufffd") + text.count("\x00")
        finally:
            text_page.close()
        images, largest, ruled = _objects(shown, pdfium)
    finally:
        shown.close()
    return Page(index + 1, width, height, tuple(lines), images, largest / max(1.0, width * height), ruled, lost)


def _is_on_page(line: Visual, width: float, height: float) -> bool:
    return line.x1 > 0 and line.x0 < width and line.bottom > 0 and line.top < height


def _lines(text: str, chars: _Chars) -> list[Visual]:
    lines: list[Visual] = []
    start = 0
    for row in _BREAK.split(text):
        stripped = row.strip()
        if stripped:
            first = start + len(row) - len(row.lstrip())
            last = start + len(row.rstrip()) - 1
            chars.align(first, last)
            x0, right, top, bottom = chars.box(first)
            x1 = chars.box(last)[1] if last > first else right
            shown = _without_doubles(stripped, first, chars)
            lines.append(Visual(_closed(shown, stripped, first, chars), x0, x1, top, bottom, bottom - top))
        start += len(row)
        start += 2 if text[start : start + 2] == "\r\n" else 1
    return lines


def _closed(shown: str, row: str, first: int, chars: _Chars) -> str:
    """The row without the spaces that letter spacing made beside wide characters."""
    if shown != row:
        return _SPACED.sub("", shown)
    kept: list[str] = []
    at = 0
    if " " not in row:
        return row
    if is_letter_spaced(row):
        return _BETWEEN_WIDE.sub("", row)
    for gap in _SPACED.finditer(row):
        place = gap.start()
        if not chars.is_made_up(first + place):
            continue
        left, right = chars.box(first + place - 1), chars.box(first + place + 1)
        most = SPACE if row[place - 1] > "\u2e7f" and row[place + 1] > "\u2e7f" else AUTO_SPACE
        if right[0] - left[1] < most * max(left[1] - left[0], right[1] - right[0]):
            kept.append(row[at:place])
            at = place + 1
    return "".join(kept) + row[at:] if kept else row


def closed(text: str) -> str:
    """Text of a cell without the spaces between Han characters and digits, for which pdfium gives no places.

    >>> closed("2021 年 完成"), closed("投稿 30 篇")
    ('2021年 完成', '投稿30篇')
    """
    return _AUTO.sub("", text)


def is_letter_spaced(row: str) -> bool:
    """Whether a space stands between nearly all wide characters of a line.

    >>> is_letter_spaced("关 于 红 旗 渠 的 报 告"), is_letter_spaced("青山镇 红旗村 总结")
    (True, False)
    """
    wide = len(_WIDE_SIGN.findall(row))
    return wide >= 6 and len(_BETWEEN_WIDE.findall(row)) > 0.7 * (wide - 1)


def _without_doubles(row: str, first: int, chars: _Chars) -> str:
    """Fake bold draws a character twice on one place: the second is left out."""
    if not any(_is_on_top(chars, first + one, first + two) for one, two in repeats(row)):
        return row
    seen: dict[str, list[float]] = {}
    kept = []
    for place, sign in enumerate(row):
        x0, x1, _, _ = chars.box(first + place)
        if sign != " ":
            near = DOUBLED * max(x1 - x0, 1.0)
            if any(abs(x0 - other) < near for other in seen.get(sign, ())):
                continue
            seen.setdefault(sign, []).append(x0)
        kept.append(sign)
    return " ".join("".join(kept).split())


def repeats(row: str) -> Iterator[tuple[int, int]]:
    """Where a passage of two signs and more stands twice in a row, with a blank between or none: both places.

    >>> list(repeats("工作总结工作总结")), list(repeats("集中学习6次，学习")), list(repeats("总结 总结"))
    ([(0, 4)], [], [(0, 3)])
    """
    one = 0
    while one < len(row) - 3:
        step = 1
        two = row.find(row[one : one + 2], one + 2)
        while two > 0:
            size = two - one - (row[two - 1] == " ")
            if row.startswith(row[one : one + size], two):
                yield one, two
                step = size
                break
            two = row.find(row[one : one + 2], two + 1)
        one += step


def _is_on_top(chars: _Chars, one: int, two: int) -> bool:
    (left, right, _, _), (other, _, _, _) = chars.box(one), chars.box(two)
    return abs(left - other) < DOUBLED * max(right - left, 1.0)


def _objects(shown: Any, pdfium: Any) -> tuple[int, float, bool]:
    """How many pictures the page holds, the largest one's area, and whether rulings cross it in both directions."""
    images = across = down = 0
    largest = 0.0
    raw = shown.raw
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for place in range(min(pdfium.FPDFPage_CountObjects(raw), 5000)):
        item = pdfium.FPDFPage_GetObject(raw, place)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images += 1
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            images += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            wide, high = right.value - left.value, top.value - bottom.value
            across += wide > 40 and (high < 3 or high > 10)
            down += high > 8 and (wide < 3 or wide > 20)
    return images, largest, across >= RULES_ENOUGH and down >= RULES_ENOUGH
