"""A first look at how far a paragraph is about what was asked, beyond having its words: cheap, for hundreds of them.

A reader wants the paragraph whose matter it is, not the list that mentions it: all things asked for, in one sentence
and at the beginning, the kind of passage that the query's words call for; headings, tables, overviews and what runs on
for long come later. Where there are few hits, the order is that of ``ranking``, which looks closer.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.ask.answering import Row
from pipeline.ask.concepts import Concept
from pipeline.store.characters import folded

# Chosen on the odd queries, coarsely: half or twice of any of them changes nDCG by less than a hundredth.
SYNONYM, PART, KIN, ROLE_ALONE = 0.9, 0.8, 0.4, 0.7  # how far such a way of saying it means the thing
WEAKEST, TOGETHER, EARLY, CALLED, COUNTED, TOPIC = 0.5, 0.2, 0.2, 0.4, 0.3, 0.5
LONG, LISTED, TABLE = 0.05, 0.25, 0.4
LESSER = {"heading": 0.6, "other": 0.5, "overview": 0.2, "closing": 0.2}
EARLY_BY, USUAL = 14, 50  # characters
OTHERS = 2  # 、 of a clause that make it a list
LEADERS = 8  # rows that tell the topic
_END = re.compile(r"[。；;！？!?\n]")
_STOP = re.compile(r"[。；;！？!?\n，,：:\t]")
_BESIDE = 14  # characters between a thing and its number
NUMBER = re.compile(
    r"[\d一二三四五六七八九十百千两几]+[余多]?[万千百]?[余多]?(?:场|次|人|名|篇|条|元|万|亿|%|户|个|支|期|部|亩|起|件|份|册|处|家)"
)


class Scored(NamedTuple):
    """A row with how far it is about what was asked; greater is better."""

    row: Row
    score: float


def scored(base: sqlite3.Connection, rows: Sequence[Row], things: Sequence[Concept]) -> list[Scored]:
    """Every row with its score, in the order given: what it is about, and how many of the best have its topic."""
    if not rows or not things:
        return [Scored(row, 0.0) for row in rows]
    sql = "SELECT n, text FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    texts = dict(map(tuple, base.execute(sql, (json.dumps([row.n for row in rows]),))))
    first = [about(texts[row.n], row.role, things) for row in rows]
    best = sorted(range(len(rows)), key=lambda n: -first[n])[:LEADERS]
    topics = Counter(rows[n].topic for n in best)
    share = {topic: TOPIC * times / topics.total() for topic, times in topics.items()}
    return [Scored(row, score + share.get(row.topic, 0.0)) for row, score in zip(rows, first, strict=True)]


def about(text: str, role: str, things: Sequence[Concept]) -> float:
    """How far a paragraph is about these things, by its words, their places and its role.

    >>> from pipeline.ask.concepts import concept
    >>> things = [concept("广场舞", ("广场舞",))]
    >>> about("广场舞赛办了三场。", "achievement", things) > about("太极拳、门球、广场舞都有。", "achievement", things)
    True
    """
    said = folded(text) if any(thing.is_folded for thing in things) else text
    total = worth = 0.0
    weakest = 1.0
    every: list[int] = []
    places = []
    for thing in things:
        strength, own = _seen(thing, said, role)
        total += thing.rarity
        worth += thing.rarity * strength
        weakest = min(weakest, strength)
        every += own
        places.append(own)
    score = worth / total + WEAKEST * weakest - LESSER.get(role, 0.0) - (TABLE if "\t" in said else 0.0)
    if len(said) > USUAL:
        score -= LONG * math.log(len(said) / USUAL)
    if any(thing.role == role for thing in things):
        score += CALLED
    if not every:
        return score
    score += EARLY * (min(every) < EARLY_BY) + TOGETHER * _together(said, things, places) / total
    if said.count("、") >= OTHERS and all(_marks_around(said, place) >= OTHERS for place in every):
        score -= LISTED  # it is named among others only
    if any(thing.is_counted for thing in things):
        numbers = [found.start() for found in NUMBER.finditer(said)]
        score += COUNTED * any(abs(number - place) <= _BESIDE for place in every for number in numbers)
    return score


def _seen(thing: Concept, said: str, role: str) -> tuple[float, list[int]]:
    """How far the text has the thing, 0…1, and where it stands, or else where its parts do."""
    strength, places = 0.0, []
    for n, way in enumerate(thing.ways):
        at = said.find(way)
        if at >= 0:
            strength = max(strength, SYNONYM if n else 1.0)
        while at >= 0:
            places.append(at)
            at = said.find(way, at + 1)
    if places:
        return strength, places
    for part, share in thing.parts:
        at = said.find(part)
        if at >= 0:
            places.append(at)
            strength += PART * share
    for word, likeness in thing.kin:
        if word in said:
            strength = max(strength, KIN * likeness)
    if thing.only_role and thing.role == role:
        strength = max(strength, ROLE_ALONE)
    return strength, places


def _together(said: str, things: Sequence[Concept], places: Sequence[Sequence[int]]) -> float:
    """The greatest weight of things that one sentence has."""
    if len(things) == 1:
        return things[0].rarity
    ends = [found.start() for found in _END.finditer(said)]
    sentences: dict[int, float] = {}
    for thing, own in zip(things, places, strict=True):
        for sentence in {bisect(ends, place) for place in own}:
            sentences[sentence] = sentences.get(sentence, 0.0) + thing.rarity
    return max(sentences.values())


def _marks_around(said: str, place: int) -> int:
    """How many 、 the clause has in which a thing stands."""
    before = _STOP.search(said[place::-1])  # read backwards
    after = _STOP.search(said, place)
    start = place - before.start() if before else 0
    return said.count("、", start, after.start() if after else len(said))
