"""Where clauses, items and sentences begin and end around a number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_CUT = re.compile(
    r"(?P<inner>（[^（）0-9，。；：]{1,8}）|[（(\[［][0-9]{1,2}[）)\]］])|[，。；：！？（）;!?\t\n]|,(?![0-9]{3})|"
    r"(?<![0-9]):(?![0-9])|——"
)
_STOP = re.compile(r"[。！？!?\n]+[”’）]*")


@dataclass(frozen=True, slots=True)
class Cuts:
    """Positions that part clauses (``ends`` = first, ``starts`` = behind the sign) and sentences of one text."""

    ends: list[int]
    starts: list[int]
    sentence_starts: list[int]
    size: int


def cuts(text: str) -> Cuts:
    """All clause and sentence boundaries of a text, in one pass each.

    >>> clause(cuts("一是学习。开展培训3期，参加120人。"), 9, 11)
    (5, 11)
    """
    ends, starts = [], [0]
    for match in _CUT.finditer(text):
        if match.lastgroup:  # （市）, （二期） and note numbers stand inside a name
            continue
        ends.append(match.start())
        starts.append(match.end())
    ends.append(len(text))
    sentence_starts = [0]
    sentence_starts += [match.end() for match in _STOP.finditer(text)]
    return Cuts(ends, starts, sentence_starts, len(text))


def clause(where: Cuts, start: int, end: int) -> tuple[int, int]:
    """The clause around ``[start, end)``."""
    first = where.starts[bisect_right(where.starts, start) - 1]
    return first, where.ends[min(bisect_left(where.ends, end), len(where.ends) - 1)]


def sentence(where: Cuts, start: int) -> tuple[int, int]:
    """The sentence that holds position ``start``."""
    at = bisect_right(where.sentence_starts, start)
    end = where.sentence_starts[at] if at < len(where.sentence_starts) else where.size
    return where.sentence_starts[at - 1], end
