"""Past paragraphs near a text: candidates by its rarest words, from the index of words."""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

RAREST = 9  # words of a text that are sought
FEWEST, WIDEST = 5, 6000  # from so many words on no more are sought than stand in so many paragraphs together,
WIDER = 2  # and never, from the second on, more than in so many times as many
COMMONEST = 0.2  # share of paragraphs above which a word tells nothing
_WORD = re.compile(r"[^\W\d_]{2,}|[A-Za-z]{2,}")


class Past(NamedTuple):
    """A paragraph of the dataset, and who says it when; ``score`` is BM25, greater is nearer."""

    n: int
    id: str
    text: str
    words: str
    role: str
    topic: str
    source: str
    ordinal: int
    report: str | None
    town: str | None
    county: str | None
    period: str | None
    start: str | None
    end: str | None
    kind: str | None
    sha256: str
    city: str | None
    score: float

    @property
    def whose(self) -> str:
        """Who says it: the town with its county, else the county or the city; without any of them the file."""
        return f"{self.county or ''}{self.town}" if self.town else self.county or self.city or self.source


def frequencies(base: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    """In how many paragraphs each word stands."""
    base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, paragraph_index, row)")
    found = {}
    for word in words:
        row = base.execute("SELECT doc FROM temp.vocabulary WHERE term = ?", (word.lower(),)).fetchone()
        if row:
            found[word] = row[0]
    return found


def telling_words(base: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    """In how many paragraphs each word stands that may tell something: of two letters or more, and no number."""
    return frequencies(base, dict.fromkeys(word for word in words if _WORD.fullmatch(word)))


def size(base: sqlite3.Connection) -> int:
    """How many paragraphs there are."""
    return int(base.execute("SELECT coalesce(max(n), 0) FROM paragraph_facet").fetchone()[0])


def rarest(
    base: sqlite3.Connection,
    words: Sequence[str],
    most: int = RAREST,
    reach: int = 0,
    widest: int = WIDEST,
    counted: Mapping[str, int] | None = None,
) -> list[str]:
    """The words that tell most of a text: known to the dataset, in few paragraphs.

    More than ``most`` when those stand in fewer than ``reach`` paragraphs together. ``counted``: their counts.
    """
    count = telling_words(base, words) if counted is None else counted
    total = size(base)
    told: list[str] = []
    reached = 0
    for times, word in sorted((times, word) for word, times in count.items() if times <= max(20, total * COMMONEST)):
        most_paragraphs = widest if len(told) >= FEWEST else widest * WIDER
        if (len(told) >= most and reached >= reach) or (told and reached + times > most_paragraphs):
            break
        told.append(word)
        reached += times
    return told


def near(
    base: sqlite3.Connection,
    words: Sequence[str],
    most: int,
    where: str = "",
    values: Sequence[object] = (),
    telling: int = RAREST,
    widest: int = WIDEST,
    counted: Mapping[str, int] | None = None,
) -> list[Past]:
    """The nearest paragraphs of current reports by the text's ``telling`` rarest words, the nearest first."""
    told = rarest(base, words, telling, most * 2, widest, counted)
    if not told:
        return []
    match = " OR ".join(f'"{word}"' for word in told)
    found = base.execute(
        "SELECT rowid, rank FROM paragraph_index WHERE paragraph_index MATCH ? ORDER BY rank LIMIT ?",
        (match, most * (3 if where else 2)),
    ).fetchall()
    scores = {row[0]: -row[1] for row in found}
    return past(base, scores, where, values, most)


def sharing(base: sqlite3.Connection, words: Sequence[str], most: int, counted: Mapping[str, int]) -> list[Past]:
    """The paragraphs of current reports that share most of the text's rarest words, the rarer the more it counts.

    For passages that were copied: how long the rest of a paragraph is does not matter, and reading which paragraphs
    have a word costs a fifth of weighing each of them. ``counted``: in how many paragraphs each word stands.
    """
    total = size(base)
    told = rarest(base, words, counted={word: counted[word] for word in dict.fromkeys(words) if word in counted})
    if not told:
        return []
    each = "SELECT rowid AS n, ? AS weight FROM paragraph_index WHERE paragraph_index MATCH ?"
    sql = f"SELECT n, sum(weight) FROM ({' UNION ALL '.join([each] * len(told))}) GROUP BY n ORDER BY 2 DESC, n LIMIT ?"
    values = [value for word in told for value in (math.log(1 + total / counted[word]), f'"{word}"')]
    return past(base, dict(map(tuple, base.execute(sql, (*values, most * 2)))), most=most)


def spelt(
    base: sqlite3.Connection, counted: Mapping[str, int], most: int, telling: int, widest: int
) -> dict[int, float]:
    """Paragraphs that have the rarest of these pairs of neighbouring characters, with their scores.

    They find what a dictionary cuts differently, and words that the collection does not have but parts of which it
    has. Pairs with a digit are of their time, and those that stand in one paragraph only may be the text itself.
    """
    usable = sorted((n, pair) for pair, n in counted.items() if n > 1 and not re.search(r"[\d\"]", pair))
    told: list[str] = []
    reached = 0
    for times, pair in usable[:telling]:
        if told and reached + times > (widest if len(told) >= FEWEST else widest * WIDER):
            break
        told.append(f'"{pair}"')
        reached += times
    if not told:
        return {}
    sql = "SELECT rowid, rank FROM paragraph_characters WHERE paragraph_characters MATCH ? ORDER BY rank LIMIT ?"
    return {row[0]: -row[1] for row in base.execute(sql, (" OR ".join(told), most * 2))}


def past(
    base: sqlite3.Connection,
    scores: dict[int, float],
    where: str = "",
    values: Sequence[object] = (),
    most: int | None = None,
) -> list[Past]:
    """These paragraphs, those of current reports, with their scores, the highest first; at most ``most``."""
    if most is not None and len(scores) > most:
        sql = ("SELECT p.n FROM paragraph p JOIN report r ON r.id = p.report WHERE r.state = 'current'"
               f" AND p.n IN (SELECT value FROM json_each(?)) {where}")  # fmt: skip
        kept = [n for (n,) in map(tuple, base.execute(sql, (json.dumps(list(scores)), *values)))]
        scores = {n: scores[n] for n in sorted(kept, key=lambda n: (-scores[n], n))[:most]}
    columns = ("p.n, p.id, p.text, p.words, p.role, p.topic, p.source, p.ordinal, p.report, r.town, r.county, r.period_label,"  # noqa: E501
               " r.period_start, r.period_end, r.kind, s.sha256, r.city")  # fmt: skip
    rows = base.execute(
        f"SELECT {columns} FROM paragraph p JOIN report r ON r.id = p.report JOIN source s ON s.path = p.source"
        f" WHERE r.state = 'current' AND p.n IN (SELECT value FROM json_each(?)) {where}",
        (json.dumps(list(scores)), *values),
    )
    every = [Past._make((*tuple(row), scores[row[0]])) for row in rows]
    return sorted(every, key=lambda each: (-each.score, each.n))
