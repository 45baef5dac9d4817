"""The order of few hits and of looser matches on one scale: each trait of a paragraph times its weight, summed.

The weights are those of a first look and of nearness in meaning, corrected by a pairwise logistic regression over the
odd queries (``tests/ask/learn_ranking.py``) that was tried on queries it had not learned from.
"""

from __future__ import annotations

import json
import math
import operator
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.ask import neighbours
from pipeline.ask.answering import Row
from pipeline.ask.looser import Looser
from pipeline.ask.relevance import LEADERS, Scored
from pipeline.ask.traits import Traits, traits

WEIGHTS = Traits(
    about=3.23,
    covered=-0.15,
    weakest=-0.14,
    share=0.26,
    mentions=0.09,
    place=-0.08,
    brief=-0.48,
    long=-0.12,
    table=-0.15,
    heading=-0.53,
    closing=-0.49,
    other=-0.28,
    called=0.08,
    likely=0.08,
    counted=-0.04,
    matters=1.68,
    whole=3.51,
    nearest_sentence=0.07,
    nearest_words=0.23,
)


def scored(base: sqlite3.Connection, rows: Sequence[Row], asked: Looser) -> list[Scored]:
    """Every row with its score, in the order given; greater is better."""
    return [Scored(row, _sum(told)) for row, told in zip(rows, measured(base, rows, asked), strict=True)]


def measured(base: sqlite3.Connection, rows: Sequence[Row], asked: Looser) -> list[Traits]:
    """The traits of every row; the topics sought are those of the rows that come first by all other traits."""
    sql = "SELECT n, text, words, role_top, topic_top FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    stored = {each[0]: each[1:] for each in map(tuple, base.execute(sql, (json.dumps([row.n for row in rows]),)))}
    texts, words, roles, topics = zip(*(stored[row.n] for row in rows), strict=True) if rows else ([], [], [], [])
    told = [
        traits(text, row.role, likeliest(tops), asked.things)
        for row, text, tops in zip(rows, texts, roles, strict=True)
    ]  # fmt: skip
    if asked.meaning is not None:
        sentences = [neighbours.sentences(text, each.split(" ")) for text, each in zip(texts, words, strict=True)]
        near = neighbours.nearness_to(asked.meaning, sentences)
        told = [each._replace(whole=its.whole, nearest_sentence=its.sentence, nearest_words=its.words)
                for each, its in zip(told, near, strict=True)]  # fmt: skip
    first = [_sum(each) for each in told]
    tops = [likeliest(top) or {row.topic: 1.0} for row, top in zip(rows, topics, strict=True)]
    sought: Counter[str] = Counter()
    for n in sorted(range(len(rows)), key=lambda n: -first[n])[:LEADERS]:
        sought.update(tops[n])
    return [each._replace(matters=overlap(sought, top)) for each, top in zip(told, tops, strict=True)]


def _sum(told: Traits) -> float:
    return math.fsum(map(operator.mul, WEIGHTS, told))


def likeliest(told: str) -> dict[str, float]:
    """The likeliest labels with their scores.

    >>> likeliest("culture:0.9 team:0.1")
    {'culture': 0.9, 'team': 0.1}
    """
    return {name: float(score) for name, _, score in (each.partition(":") for each in told.split())}


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two tellings of the likeliest labels: what is of two is like either."""
    shared = sum(score * one.get(name, 0.0) for name, score in other.items())
    return shared / (math.hypot(*one.values()) * math.hypot(*other.values())) if shared else 0.0
