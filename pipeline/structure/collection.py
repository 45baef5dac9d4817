"""One file, many reports: where each begins, and what lies between them.

Two signs: numbered openers (``openers``: 篇一, 范文二, 【第三篇】, …总结1:), and full titles of their own (``titled``).
A single report with parts is not split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure import openers, titled
from pipeline.structure import title as titles
from pipeline.structure.lines import Line
from pipeline.structure.openers import LONGEST as LONGEST_OPENER
from pipeline.structure.residue import introduces, is_foot, is_path, is_residue

LONGEST_LINK = 40  # characters of a line in a list of related pages
FRONT_LINES = 16  # lines in which a page's own front stands


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines ``first`` … ``last`` (inclusive) of one report; ``is_opener``: line ``first`` is 篇一 or its like."""

    first: int
    last: int
    is_opener: bool = False
    title: str = ""


def split(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The reports among the lines of a file; lines outside every piece are loose.

    A file without any sign is one piece, its web residue at both ends left out.
    """
    short = [index for index, line in enumerate(lines) if len(line.text) <= LONGEST_OPENER]
    starts = openers.numbered(lines, short)
    if len(starts) < 2:
        starts = titled.starts(lines, short)
        if len(starts) < 2:
            return _trimmed(lines)
    pieces = []
    for place, (first, opener, title) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(lines)
        last = _last(lines, first, end - 1)
        pieces.append(Piece(first, last, opener, title))
    return tuple(pieces)


def _last(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line of a report that begins at ``first``: what a page adds at its foot is cut off."""
    foot = last + 1
    for index in range(last, first, -1):
        line = lines[index]
        if is_residue(line):
            foot = index if foot == index + 1 or is_foot(line.text) else foot
        elif len(line.text) > LONGEST_LINK or line.text[-1] in "。！；":
            break
    return foot - 1


def _trimmed(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The whole file as one report without the residue before its title and after its end."""
    if not lines:
        return ()
    first = _front(lines)
    last = _last(lines, first, len(lines) - 1)
    if last == first and is_residue(lines[first]):
        return ()
    return (Piece(first, last),)


def _front(lines: Sequence[Line]) -> int:
    """The first line of the only report: after paths and residue, and after the page's introduction to it."""
    first = 0
    while first < len(lines) - 1 and (is_residue(lines[first]) or introduces(lines[first].text)):
        first += 1
    start = first
    for index in range(first, min(len(lines), first + FRONT_LINES)):
        line = lines[index]
        if is_residue(line) and is_path(line.text):
            start = index + 1
        elif introduces(line.text):
            following = lines[index + 1 : index + 4]
            if any(titles.is_title(other) and not is_residue(other) for other in following):
                start = index + 1  # 小编为大家整理… above the report's own title
        elif is_residue(line):
            start += start == index
        elif line.number is not None or len(line.text) > LONGEST_OPENER:
            break
    return min(start, len(lines) - 1)
