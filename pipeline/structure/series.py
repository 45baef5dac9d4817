"""Lines that are built alike: 问题1：…, 学习篇：…, ▲ …, 一是…。: what a whole series shows, no line of it shows alone.

A line that is followed at once by the next of its series looks like an item of a list; where most of the series stand
above a text of their own it is a heading with nothing below it yet.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.structure.lines import COUNTED, FULL_STOPS, LONGEST_PLAIN, Line, bullet_of, label_of

PREFIX = 4  # characters that headings which are built alike begin with
SHORTEST_SERIES = 2  # lines of a series that stand above a text of their own
SHORTEST_NUMBERED = 3  # such lines of a numbered series; two sentences are as often a list
SHORTEST_STOPPED = 3  # unnumbered headings with a full stop in one report
BRIEF = 4  # characters of 抗疫情, 差距: the shortest headings
_DIGITS = re.compile("[0-9０-９一二三四五六七八九十]{1,2}")


def beginning(line: Line) -> str:
    """What headings that are built alike share: a label in words, a bullet, or their first characters.

    Where a full stop ends the line its first characters say nothing.
    """
    bullet = bullet_of(line.text)
    if bullet:
        return bullet[0].strip()
    label = label_of(line.text)
    if label:
        return _DIGITS.sub("#", label[0].strip()) if _DIGITS.search(label[0]) else label[0][-2:]
    return line.text[:PREFIX] if len(line.text) > PREFIX and line.text[-1] not in FULL_STOPS else ""


def alike(lines: Sequence[Line]) -> frozenset[str]:
    """How unnumbered lines begin of which several begin so, each above a text: 一年来，我们以…"""
    above = [
        line
        for line, following in itertools.pairwise(lines)
        if line.form == "maybe" and line.number is None and following.form != "maybe" and following.text[-1] in "。！"
    ]
    counts = Counter(beginning(line) for line in above)
    return frozenset(key for key, count in counts.items() if count > 1 and key)


def headings(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines that are headings because the series is one they belong to."""
    return frozenset(place for find in SERIES for place in find(lines))


def _labelled(lines: Sequence[Line]) -> list[int]:
    """问题1：…, 学习篇：…, ▲ …: at least half of them stand above what they head."""
    groups: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.number is None and len(line.text) <= LONGEST_PLAIN and (bullet_of(line.text) or label_of(line.text)):
            groups.setdefault(beginning(line), []).append(place)
    return [
        place
        for key, group in groups.items()
        if all(lines[at].form == "maybe" for at in group)
        and (not bullet_of(key) or not any(lines[at].text[-1] in FULL_STOPS for at in group))
        and _heading_most(lines, group, SHORTEST_SERIES, lambda line, key=key: beginning(line) == key)  # type: ignore[misc]
        for place in group
    ]


def _numbered(lines: Sequence[Line]) -> list[int]:
    """一是摸底到户，情况清。 / 二是…。 above a text each, one of them straight above the next."""
    found: list[int] = []
    open_runs: dict[str, list[int]] = {}
    runs: list[list[int]] = []
    for place, line in enumerate(lines):
        number = line.number
        if number is None:
            continue
        run = open_runs.get(number.style)
        last = lines[run[-1]].number if run else None
        if run and last and last.value + 1 == number.value:
            run.append(place)
        else:
            open_runs[number.style] = [place]
            runs.append(open_runs[number.style])
    for run in runs:
        if all(lines[at].form == "maybe" for at in run) and _heading_most(
            lines, run, SHORTEST_NUMBERED, lambda line: line.number is not None
        ):
            found += run
    return found


def _brief(lines: Sequence[Line]) -> list[int]:
    """抗疫情, 保民生: the only very short lines, each above a longer one, several above what is surely text."""
    group = [place for place, line in enumerate(lines) if place and _is_brief(line)]
    told = [lines[at + 1] for at in group if at + 1 < len(lines) and lines[at + 1].form != "maybe"]
    is_each = all(at + 1 < len(lines) and len(lines[at + 1].text) >= len(lines[at].text) + 2 for at in group)
    is_told = sum(line.text[-1] in "。！；" or bool(COUNTED.search(line.text)) for line in told) >= SHORTEST_SERIES
    return group if is_each and is_told else []


def _is_brief(line: Line) -> bool:
    return line.form == "maybe" and line.number is None and len(line.text) <= BRIEF and _is_han(line.text)


def _is_han(text: str) -> bool:
    return bool(text) and all("\u3400" <= char <= "\u9fff" for char in text)


def _heading_most(lines: Sequence[Line], group: Sequence[int], least: int, is_same: Callable[[Line], bool]) -> bool:
    """Do at least half of a series, and ``least`` of them, stand above another line than one of the series?"""
    heading = 0
    for place in group:
        following = lines[place + 1] if place + 1 < len(lines) else None
        heading += following is not None and not is_same(following) and following.block.kind != "residue"
    return heading >= least and 2 * heading >= len(group)


def stopped(lines: Sequence[Line]) -> frozenset[int]:
    """The places of unnumbered lines with a full stop that may be headings: several, nearly all over a text.

    A short sentence (村里的年轻人不多。) looks like a slogan; a list of them has no texts in between.
    """
    found: list[int] = []
    groups: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if line.form == "maybe" and line.number is None and line.text[-1] in FULL_STOPS:
            groups.setdefault(line.text[-1], []).append(place)
    for mark, group in groups.items():
        told = [place for place in group if place + 1 < len(lines) and _tells(lines[place + 1], lines[place], mark)]
        if len(told) >= SHORTEST_STOPPED and len(told) * 4 >= len(group) * 3:
            found += told
    return frozenset(found)


def _tells(line: Line, heading: Line, mark: str) -> bool:
    """Is a line the text of a heading that ends in ``mark``? Below a question any sentence is."""
    is_plain = line.number is None and line.block.kind == "text"
    is_text = line.form != "maybe" if mark in "。." else line.text[-1] not in "？?"
    return is_plain and is_text and len(line.text) > len(heading.text)


# One line for each sort of series.
SERIES: tuple[Callable[[Sequence[Line]], list[int]], ...] = (_labelled, _numbered, _brief)
