"""How like past paragraphs are to a text: by its characters and their pairs, and by its words; rare ones weigh more."""

from __future__ import annotations

import functools
import json
import math
import operator
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from pipeline.ask import nearby
from pipeline.store.characters import folded

SAMPLE = 400  # paragraphs that tell how common a single character is
ALONE = 0.5  # a character counts as half as common as it is: it is what two ways to say a thing share
_RUN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]{2,}|[A-Za-z]{2,}")
_DAMPED = (0.0, *(1 + math.log(times) for times in range(1, 1000)))  # a gram said twice does not tell twice as much
_SQUARES = tuple(weight * weight for weight in _DAMPED)


def grams(text: str) -> Counter[str]:
    """Characters and pairs of neighbours, runs by runs.

    >>> sorted(grams("宣讲，讲"))
    ['宣', '宣讲', '讲']
    """
    runs = _RUN.findall(folded(text))
    return Counter(chain(chain.from_iterable(runs), *(map(operator.add, run, run[1:]) for run in runs)))


def pair_counts(base: sqlite3.Connection, text: str) -> dict[str, int]:
    """In how many paragraphs each of the text's pairs of neighbouring characters stands."""
    base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.pairs USING fts5vocab(main, paragraph_characters, row)")
    sql = "SELECT term, doc FROM temp.pairs WHERE term = ?"
    rows = (base.execute(sql, (gram,)).fetchone() for gram in grams(text) if len(gram) == 2)
    return {row[0]: row[1] for row in rows if row}


def wordings(base: sqlite3.Connection, text: str, pool: Sequence[str], count: Mapping[str, int]) -> list[float]:
    """Likeness of characters and their pairs to each of ``pool``, 0…1; ``count`` are the text's ``pair_counts``.

    TF-IDF cosine; a candidate's length stands for its own norm, so that only the text's pairs are looked up.
    """
    mine = grams(text)
    theirs = [grams(each) for each in pool]
    total = max(nearby.size(base), 2)
    alone = _shares(base, {gram for gram in mine if len(gram) == 1}, total)
    weight = {}
    for gram in mine:
        times = count.get(gram, 0) if len(gram) == 2 else ALONE * alone.get(gram, 0.0) * total
        weight[gram] = 1 + math.log((1 + total) / (1 + times))
    typical = sum(weight.values()) / max(1, len(weight))
    own = math.sqrt(sum((_damped(times) * weight[gram]) ** 2 for gram, times in mine.items()))
    worth = {gram: _damped(times) * weight[gram] ** 2 for gram, times in mine.items()}
    found = []
    for each in theirs:
        shared = 0.0
        for gram in worth.keys() & each.keys():
            times = each[gram]
            shared += worth[gram] if times == 1 else _damped(times) * worth[gram]
        norm = typical * math.sqrt(sum(many * _square(times) for times, many in Counter(each.values()).items()))
        found.append(min(1.0, shared / (own * norm)) if own and norm else 0.0)
    return found


def _shares(base: sqlite3.Connection, characters: set[str], total: int) -> dict[str, float]:
    """Share of paragraphs that have each character, from SAMPLE of them spread over the dataset; counted once."""
    if not base.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'alone'").fetchone():
        picked = json.dumps(list(range(1, total + 1, max(1, total // SAMPLE))))
        sql = "SELECT text FROM paragraph WHERE n IN (SELECT value FROM json_each(?)) AND length(text) > 12"
        texts = [folded(text) for (text,) in map(tuple, base.execute(sql, (picked,)))]
        several = Counter(chain.from_iterable(map(set, texts)))
        base.execute("CREATE TEMP TABLE alone (sign TEXT PRIMARY KEY, share REAL NOT NULL)")
        base.executemany(
            "INSERT INTO temp.alone VALUES (?, ?)", [(sign, n / len(texts)) for sign, n in several.items()]
        )
    sql = "SELECT sign, share FROM temp.alone WHERE sign IN (SELECT value FROM json_each(?))"
    return dict(map(tuple, base.execute(sql, (json.dumps(list(characters)),))))


def _damped(times: int) -> float:
    return _DAMPED[min(times, len(_DAMPED) - 1)]


def _square(times: int) -> float:
    return _SQUARES[min(times, len(_SQUARES) - 1)]


def meanings(
    base: sqlite3.Connection, words: Sequence[str], pool: Sequence[str], count: Mapping[str, int]
) -> list[float]:
    """Cosine of telling words, each weighed by its rarity; ``pool`` are past paragraphs' words parted by blanks.

    ``count`` says in how many paragraphs each of ``words`` stands.
    """
    mine = Counter(_telling(words))
    theirs = [Counter(_telling(each.split(" "))) for each in pool]
    total = max(nearby.size(base), 2)
    several = Counter(chain.from_iterable(theirs))
    weight = {
        word: math.log(1 + total / (1 + count.get(word, total * several[word] / max(1, len(pool)) / 8)))
        for word in (*mine, *several)
    }
    return [_cosine(mine, each, weight) for each in theirs]


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if _is_telling(word)]


@functools.lru_cache(maxsize=20_000)
def _is_telling(word: str) -> bool:
    return _WORD.fullmatch(word) is not None


def _cosine(one: Counter[str], other: Counter[str], weight: Mapping[str, float]) -> float:
    """Of weighted words, each counted with the root of its times."""
    shared = sum(math.sqrt(one[word] * other[word]) * weight[word] ** 2 for word in one.keys() & other.keys())
    sizes = [math.sqrt(sum(times * weight[word] ** 2 for word, times in words.items())) for words in (one, other)]
    return shared / (sizes[0] * sizes[1]) if all(sizes) else 0.0
