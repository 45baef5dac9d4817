"""The order of what answers: how far a paragraph is about what was asked, beyond having its words.

A reader wants the paragraph whose matter it is, not the list that mentions it: all things asked for, in one sentence
and at the beginning, the kind of passage that the query's words call for, the topic that most of what answers has;
headings, tables, overviews and what runs on for long come later.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.ask.answering import Row
from pipeline.ask.concepts import Concept
from pipeline.store.characters import folded

DEPTH = 60  # rows by BM25 that are looked at closely
# Chosen on the odd queries, coarsely: half or twice of any of them changes nDCG by less than a hundredth.
SYNONYM, PART, KIN, ROLE_ALONE = 0.9, 0.8, 0.4, 0.7  # how far such a way of saying it means the thing
WEAKEST, TOGETHER, EARLY, CALLED, COUNTED, TOPIC, MEANING = 0.5, 0.2, 0.2, 0.4, 0.3, 0.5, 1.0
LONG, LISTED, TABLE = 0.1, 0.25, 0.4
LESSER = {"heading": 0.6, "other": 0.5, "overview": 0.2, "closing": 0.2}
EARLY_BY, USUAL = 14, 50  # characters
OTHERS = 2  # 、 of a clause that make it a list
LEADERS = 8  # rows that tell the topic
_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_STOP = re.compile(r"[。；;！？!?\n，,：:\t]")
_BESIDE = 14  # characters between a thing and its number
_NUMBER = re.compile(
    r"[\d一二三四五六七八九十百千两几]+[余多]?[万千百]?[余多]?(?:场|次|人|名|篇|条|元|万|亿|%|户|个|支|期|部|亩|起|件|份|册|处|家)"
)


class Scored(NamedTuple):
    """A row with how far it is about what was asked; greater is better."""

    row: Row
    score: float


def scored(
    base: sqlite3.Connection,
    rows: Sequence[Row],
    things: Sequence[Concept],
    meant: Mapping[int, float] | None = None,
    leaders: Sequence[str] = (),
) -> list[Scored]:
    """Every row with its score, in the order given; ``meant`` is nearness in meaning, ``leaders`` hits' topics."""
    if not rows or not things:
        return [Scored(row, 0.0) for row in rows]
    sql = "SELECT n, text FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    texts = dict(map(tuple, base.execute(sql, (json.dumps([row.n for row in rows]),))))
    first = [about(texts[row.n], row.role, things) + MEANING * (meant or {}).get(row.n, 0.0) for row in rows]
    best = sorted(range(len(rows)), key=lambda n: -first[n])[: max(0, LEADERS - len(leaders))]
    topics = Counter(leaders) + Counter(rows[n].topic for n in best)
    share = {topic: TOPIC * times / topics.total() for topic, times in topics.items()}
    return [Scored(row, score + share.get(row.topic, 0.0)) for row, score in zip(rows, first, strict=True)]


def about(text: str, role: str, things: Sequence[Concept]) -> float:
    """How far a paragraph is about these things, by its words, their places and its role."""
    said = folded(text)
    total = sum(each.rarity for each in things)
    strengths = [_strength(each, said, role) for each in things]
    score = sum(each.rarity * strength for each, strength in zip(things, strengths, strict=True)) / total
    places = [_places(each, said) for each in things]
    every = [place for each in places for place in each]
    score += WEAKEST * min(strengths) + EARLY * (min(every, default=EARLY_BY) < EARLY_BY)
    score += TOGETHER * _together(said, things, places) / total
    score -= LONG * max(0.0, math.log(max(len(text), 1) / USUAL)) + LESSER.get(role, 0.0)
    score -= TABLE * ("\t" in text) + LISTED * _is_listed(said, every)
    score += CALLED * any(each.role == role for each in things)
    if every and any(each.is_counted for each in things):
        numbers = [found.start() for found in _NUMBER.finditer(said)]
        score += COUNTED * any(abs(number - place) <= _BESIDE for place in every for number in numbers)
    return score


def _strength(thing: Concept, said: str, role: str) -> float:
    """How far the text has the thing, 0…1."""
    for n, way in enumerate(thing.ways):
        if way in said:
            return SYNONYM if n else 1.0
    told = PART * sum(share for part, share in thing.parts if part in said)
    told = max(told, max((KIN * likeness for word, likeness in thing.kin if word in said), default=0.0))
    return max(told, ROLE_ALONE) if thing.only_role and thing.role == role else told


def _places(thing: Concept, said: str) -> list[int]:
    """Where the thing stands, else where its parts do."""
    found = [place for way in thing.ways for place in _all(way, said)]
    return found or [place for part, _ in thing.parts for place in _all(part, said)]


def _all(word: str, said: str) -> list[int]:
    found, at = [], said.find(word)
    while at >= 0:
        found.append(at)
        at = said.find(word, at + 1)
    return found


def _together(said: str, things: Sequence[Concept], places: Sequence[Sequence[int]]) -> float:
    """The greatest weight of things that one sentence has."""
    return max(
        (
            sum(
                thing.rarity
                for thing, own in zip(things, places, strict=True)
                if any(found.start() <= place < found.end() for place in own)
            )
            for found in _SENTENCE.finditer(said)
        ),
        default=0.0,
    )


def _is_listed(said: str, places: Sequence[int]) -> bool:
    """Do the things stand only among the others of a list (太极拳、广场舞、门球)?"""
    return bool(places) and all(_marks_around(said, place) >= OTHERS for place in places)


def _marks_around(said: str, place: int) -> int:
    """How many 、 the clause has in which a thing stands."""
    start = max((found.end() for found in _STOP.finditer(said, 0, place)), default=0)
    stop = _STOP.search(said, place)
    return said.count("、", start, stop.start() if stop else len(said))
