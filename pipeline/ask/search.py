"""A query → paragraphs, best first, with exact highlights and counts by facet."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from pipeline.ask.query import Condition, Cut, parse
from pipeline.model import Span

FACETS = {"town": "r.town", "year": "r.period_year", "topic": "p.topic", "role": "p.role", "kind": "r.kind"}
_FROM = (
    "FROM paragraph p LEFT JOIN report r ON r.id = p.report JOIN source s ON s.path = p.source"
    " WHERE (r.state IS NULL OR r.state = 'current') AND s.state != 'gone'"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that answers: where it stands, its text, and the spans that match."""

    paragraph: str
    source: str
    town: str | None
    period: str | None
    title: str | None
    role: str
    topic: str
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits asked for, how many there are in all, and facet → value → count over all of them."""

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, dict[str, int]]


def search(base: sqlite3.Connection, query: str, cut: Cut, most: int = 20, skip: int = 0) -> Found:
    """Paragraphs that satisfy the query; with words the best match first, else the newest. Raises ``QueryError``."""
    condition = parse(query, cut)
    where = f"{_FROM} AND {condition.sql}"
    rows = base.execute(
        "SELECT p.id, s.path, r.town, r.period_label, r.title, p.role, p.topic, p.text"
        f" {where} ORDER BY {_order(condition)} LIMIT ? OFFSET ?",
        (*condition.values, *_rank_values(condition, cut), most, skip),
    ).fetchall()
    total = base.execute(f"SELECT count(*) {where}", condition.values).fetchone()[0]
    facets = {
        name: {
            str(value): count
            for value, count in base.execute(
                f"SELECT {column}, count(*) {where} AND {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
                condition.values,
            )
        }
        for name, column in FACETS.items()
    }
    hits = tuple(Hit(*row, marks=marks(row[-1], condition.words)) for row in map(tuple, rows))
    return Found(hits, total, facets)


def _order(condition: Condition) -> str:
    newest = "r.period_start DESC, p.source, p.line"
    if not condition.words:
        return newest
    rank = "(SELECT rank FROM paragraph_index WHERE paragraph_index MATCH ? AND rowid = p.n)"
    return f"{rank}, {newest}"


def _rank_values(condition: Condition, cut: Cut) -> tuple[str, ...]:
    """Any of the words: what the ranking weighs."""
    if not condition.words:
        return ()
    phrases = [" ".join(word.replace('"', '""') for word in cut(text) if re.search(r"\w", word)) for text in condition.words]
    return (" OR ".join(f'"{phrase}"' for phrase in phrases),)


def marks(text: str, words: tuple[str, ...]) -> tuple[Span, ...]:
    """Where the words stand in the text, merged where they touch.

    >>> marks("开展志愿服务活动，志愿服务时长", ("志愿服务",))
    (Span(start=2, end=6), Span(start=9, end=13))
    """
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern:
        return ()
    return tuple(Span(*found.span()) for found in re.finditer(pattern, text, re.IGNORECASE))
