"""Problems that a next report names again, word for word or nearly so."""

from __future__ import annotations

import difflib
import itertools
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.ask.times import Time
from pipeline.store import fetch

LEAST = 10  # characters of a sentence: shorter ones are headings and set phrases
SAME = 0.8  # share of equal text from which on a sentence is the same again
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_LABEL = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）.、．]\s*|[一二三四五六七八九]是|第[一二三四五六]，)")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A problem of one report and its repetition in the town's next one; ``likeness`` is the share of equal text."""

    town: str
    before: Time
    after: Time
    first: str
    again: str
    likeness: float


def repeated(base: sqlite3.Connection, dated: Mapping[str, tuple[str, Time]]) -> tuple[Repeated, ...]:
    """Sentences of problem paragraphs that stand again in the next report; ``dated`` is report → (town, time)."""
    said: dict[str, dict[Time, list[str]]] = defaultdict(lambda: defaultdict(list))
    for report, text in fetch.texts_of_role(base, "problem"):
        if report in dated:
            town, time = dated[report]
            said[town][time] += sentences(text)
    found = []
    for town, by_time in sorted(said.items()):
        times = sorted(by_time)
        for before, after in itertools.pairwise(times):
            for first in by_time[before]:
                again, likeness = _nearest(first, by_time[after])
                if likeness >= SAME:
                    found.append(Repeated(town, before, after, first, again, round(likeness, 3)))
    return tuple(found)


def sentences(text: str) -> list[str]:
    """Sentences of some length, without the label they begin with.

    >>> sentences("一是宣传队伍不稳，通讯员一年换了三个人。二是经费少。")
    ['宣传队伍不稳，通讯员一年换了三个人。']
    """
    every = (_LABEL.sub("", found.group().strip()) for found in _SENTENCE.finditer(text))
    return [each for each in every if len(each) >= LEAST]


def _nearest(sentence: str, others: list[str]) -> tuple[str, float]:
    best, likeness = "", 0.0
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(sentence)
    for other in others:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = other, ratio
    return best, likeness
