"""Lists of several things before as many numbers: 举办培训班和讲座6期、14场 counts the classes, then the talks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.annotate.near import OWN, clause_end
from pipeline.model import Fact

_BETWEEN = frozenset(("、", "和", "及", "与", "以及"))
LONGEST_SIGN = 2
"""Numbers of one list stand no farther apart."""
_LEAD = re.compile(r"(?:分别)?(?:各|为|有|是|达到?|完成|达成|[：:])?$")
_THINGS = re.compile(r"、|和|及|(?<!参)与|以及")
_PEOPLE = frozenset(("人", "人次", "名", "户", "户次", "位", "家"))
"""Units that say how many took part, or belong to one thing: 低保和特困对象312户、486人."""
_WITH_PEOPLE = frozenset(("户", "场", "期", "次"))
_MOST = 6


class Part(NamedTuple):
    """One number of a run, by its place among the facts, and its thing as it may be meant, the likeliest first."""

    at: int
    things: tuple[str, ...]


def runs(facts: tuple[Fact, ...], text: str) -> Iterator[tuple[Part, ...]]:
    """Each run of numbers that lists as many things before it.

    >>> _split("送戏、送电影下乡", 2)
    (('送戏', '送戏影下乡', '送戏下乡'), ('送电影下乡',))
    """
    last: tuple[tuple[str, ...], ...] = ()
    starts = [
        at
        for at, (one, next_) in enumerate(pairwise(facts))
        if next_.span.start - one.span.end <= LONGEST_SIGN and text[one.span.end : next_.span.start] in _BETWEEN
    ]
    while starts:
        at, count = starts.pop(0), 2
        while starts and starts[0] == at + count - 1:
            count += 1
            starts.pop(0)
        first = facts[at]
        group = facts[at : at + count]
        left = max(first.sentence.start, facts[at - 1].span.end if at else 0, first.span.start - OWN)
        own = clause_end(text[left : first.span.start])
        things = _split(_LEAD.sub("", own), count) if count <= _MOST and not _is_one(group) else ()
        if own[:4] == "分别增长" and len(last) == count and facts[at - 1].sentence == first.sentence:
            things = last
        if things:
            yield tuple(Part(at + n, each) for n, each in enumerate(things))
        last = things


def _is_one(group: tuple[Fact, ...]) -> bool:
    """Whether several numbers may count one thing in several units: 312户、486人; 12场、3000人次."""
    units = [fact.unit for fact in group]
    return units[-1] in _PEOPLE and units[-1] not in units[:-1] and not _WITH_PEOPLE.isdisjoint(units)


def _split(own: str, count: int) -> tuple[tuple[str, ...], ...]:
    """The things of a list, each as written and with what they may share at the end; nothing if they are others."""
    parts = [part for part in _THINGS.split(own) if part]
    if len(parts) != count or any(len(part) < 2 for part in parts):
        return ()
    last = parts[-1]
    shared = [(part, part + last[len(part) :], part + last[-2:]) for part in parts[:-1]]
    return (*(tuple(dict.fromkeys(each)) for each in shared), (last,))
