"""Where clauses, items and sentences begin and end around a number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_SIGN = re.compile("[，。；：！？（）;!?\t\n,:—(\\[［]")  # one class, so that the search skips everything else
_PLAIN = frozenset("，。；：！？）;!?\t\n")
_INNER = re.compile(r"（[^（）0-9，。；：]{1,8}）|[（(\[［][0-9]{1,2}[）)\]］]")
_THOUSANDS = re.compile(",[0-9]{3}")
_STOP = re.compile(r"[。！？!?\n]+[”’）]*(?!其中[：，:,、0-9一-龥])")
END = re.compile(r"\s*(?:[，。；、！？）（)(,;“”]|$)")
"""A number's phrase ends here: punctuation or the end of the text."""


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
    skip = 0
    for match in _SIGN.finditer(text):
        at = match.start()
        if at < skip:
            continue
        is_cut, skip = (True, at + 1) if text[at] in _PLAIN else _special(text, at)
        if not is_cut:
            continue
        ends.append(at)
        starts.append(skip)
    ends.append(len(text))
    sentence_starts = [0]
    sentence_starts += [match.end() for match in _STOP.finditer(text)]
    return Cuts(ends, starts, sentence_starts, len(text))


def _special(text: str, at: int) -> tuple[bool, int]:
    """Whether a sign that parts only sometimes does so here, and where to go on.

    （市）, （二期） and note numbers stand inside a name, 1,200 and 9:30 inside a number; — parts in pairs.
    """
    sign = text[at]
    if sign in "（([［":
        inner = _INNER.match(text, at)
        return (sign == "（", at + 1) if inner is None else (False, inner.end())
    if sign == ",":
        return _THOUSANDS.match(text, at) is None, at + 1
    if sign == ":":
        return not (text[at - 1 : at].isdigit() or text[at + 1 : at + 2].isdigit()), at + 1
    return text.startswith("——", at), at + 2 if text.startswith("——", at) else at + 1


def clause(where: Cuts, start: int, end: int) -> tuple[int, int]:
    """The clause around ``[start, end)``."""
    first = where.starts[bisect_right(where.starts, start) - 1]
    return first, where.ends[min(bisect_left(where.ends, end), len(where.ends) - 1)]


def before_note(text: str, where: Cuts, close: int, done: int) -> tuple[int, int]:
    """What stands before a note in brackets that ends at ``close``, from ``done`` on: ``路灯（含庭院灯）`` → 路灯.

    >>> before_note("安装路灯（含庭院灯）8盏", cuts("安装路灯（含庭院灯）8盏"), 9, 0)
    (0, 4)
    """
    opened = text.rfind("（", max(done, close - 30), close)
    if opened <= done:
        return close, close
    return max(done, clause(where, opened - 1, opened)[0]), opened


def sentence(where: Cuts, start: int) -> tuple[int, int]:
    """The sentence that holds position ``start``."""
    at = bisect_right(where.sentence_starts, start)
    end = where.sentence_starts[at] if at < len(where.sentence_starts) else where.size
    return where.sentence_starts[at - 1], end


def is_end(text: str, at: int) -> bool:
    """Whether a number's phrase ends here: punctuation or the end of the text."""
    return END.match(text, at) is not None
