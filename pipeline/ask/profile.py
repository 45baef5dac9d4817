"""One town in a few lists: what it is ahead and behind in, what it alone reports, what it never reports, its own words.

Only outcomes are weighed: how much work was done says nothing of how well. A place is given only where it is sure.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.ask import intervals
from pipeline.ask.cells import Cell
from pipeline.ask.compare import Comparison, Line, compare
from pipeline.ask.reporters import reporters
from pipeline.ask.roster import unknown
from pipeline.ask.times import Time
from pipeline.errors import QueryError
from pipeline.model import Towns
from pipeline.store import fetch

ENOUGH = 4  # towns that state an indicator before one of them is ahead or behind
WORDS = 20  # of its own words that are named
OFTEN = 3  # times a word must stand in the town's reports
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Standing:
    """An outcome of the town: its cell, and how many of the others are surely better or worse."""

    line: Line
    cell: Cell
    better: int
    worse: int
    others: int


@dataclass(frozen=True, slots=True)
class Share:
    """A topic's share of the town's text beside the median share of all towns."""

    topic: str
    own: float
    usual: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about one town, at its latest time where a time matters."""

    town: str
    time: Time | None
    ahead: tuple[Standing, ...]
    behind: tuple[Standing, ...]
    alone: tuple[Line, ...]
    silent: tuple[Line, ...]
    shares: tuple[Share, ...]
    words: tuple[tuple[str, int, float], ...]  # word, times, how much more often than elsewhere


def profile(base: sqlite3.Connection, town: str, owed: Towns | None = None) -> Profile:
    """The profile of one town; raises ``QueryError`` for a town without a report, with the nearest names."""
    rows = fetch.reports(base)
    who = reporters(rows)
    name = next((each.name for each in who.values() if town in (each.name, each.town)), None)
    if name is None:
        raise QueryError(unknown("单位", town, sorted({each.name for each in who.values()})))
    told = compare(base, owed=owed)
    if name not in {each.name for each in told.towns}:
        told = compare(base)
    time = max((time for own, time in told.reported if own == name), default=None)
    reports = {row.id: who[row.id].name for row in rows if row.id in who}
    standings = [each for line in told.lines if line.time == time and (each := _standing(line, name))]
    return Profile(
        name, time,
        tuple(each for each in standings if each.better == 0 and each.worse * 2 >= each.others),
        tuple(each for each in standings if each.worse == 0 and each.better * 2 >= each.others),
        _alone(told, name), _silent(told, name, time), _shares(base, reports, name),
        _own_words(fetch.words(base), reports, name),
    )  # fmt: skip


def _standing(line: Line, town: str) -> Standing | None:
    cell = next((cell for cell in line.cells if cell.town == town), None)
    if cell is None or cell.value is None or line.is_process or line.indicator.better == "neither" or cell.inconsistent:
        return None
    others = [each.value for each in line.cells if each.town != town and each.value is not None]
    if len(others) + 1 < ENOUGH:
        return None
    above = sum(intervals.is_above(other, cell.value) for other in others)
    below = sum(intervals.is_above(cell.value, other) for other in others)
    better, worse = (above, below) if line.indicator.better == "up" else (below, above)
    return Standing(line, cell, better, worse, len(others))


def _alone(told: Comparison, town: str) -> tuple[Line, ...]:
    """What only this town reports, of all its times; each indicator once."""
    said: dict[str, set[str]] = defaultdict(set)
    for line in told.lines:
        said[line.indicator.id] |= {cell.town for cell in line.cells if cell.value is not None}
    found = {
        line.indicator.id: line
        for line in told.lines
        if said[line.indicator.id] == {town}
        and any(cell.town == town and cell.value is not None for cell in line.cells)
    }
    return tuple(found.values()) if len(told.towns) > 1 else ()


def _silent(told: Comparison, town: str, time: Time | None) -> tuple[Line, ...]:
    """What at least half of the towns report for its latest time, and it never reported at all."""
    ever = {
        line.indicator.id for line in told.lines for cell in line.cells if cell.town == town and cell.value is not None
    }
    return tuple(
        line
        for line in told.lines
        if line.time == time and line.indicator.id not in ever and line.stated * 2 >= len(line.cells)
    )


def _shares(base: sqlite3.Connection, reports: Mapping[str, str], town: str) -> tuple[Share, ...]:
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for row in fetch.topics(base):
        if row.report in reports:
            written[reports[row.report]][row.topic] += row.characters
    found = []
    for topic in {topic for counts in written.values() for topic in counts}:
        every = sorted(counts[topic] / counts.total() for counts in written.values() if counts.total())
        own = written[town][topic] / written[town].total() if written[town].total() else 0.0
        found.append(Share(topic, own, every[len(every) // 2]))
    return tuple(sorted(found, key=lambda share: (share.usual - share.own, share.topic)))


def _own_words(
    words: Iterable[tuple[str, str]], reports: Mapping[str, str], town: str
) -> tuple[tuple[str, int, float], ...]:
    """Words that stand much oftener here than in the other towns' reports, by a log-odds ratio with a prior."""
    own: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for report, text in words:
        if report in reports:
            (own if reports[report] == town else rest).update(word for word in text.split() if _HAN.fullmatch(word))
    here, there = own.total() or 1, rest.total() or 1
    scored = []
    for word, count in own.items():
        if count >= OFTEN and word not in town:  # its own name says nothing of it
            other = rest[word]
            odds = math.log((count + 0.5) / (here - count + 0.5)) - math.log((other + 0.5) / (there - other + 0.5))
            scored.append((odds / math.sqrt(1 / (count + 0.5) + 1 / (other + 0.5)), word, count, math.exp(odds)))
    scored.sort(reverse=True)
    return tuple((word, count, round(ratio, 1)) for _, word, count, ratio in scored[:WORDS])
