"""What a search gives: hits with exact highlights, and counts by facet."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from pipeline.ask import answering
from pipeline.ask.answering import Report, Row
from pipeline.ask.conditions import Expand, marker
from pipeline.ask.query import Field, Node, leaves
from pipeline.model import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that answers: where it stands, its text, the spans that match, and the paragraphs folded under it."""

    paragraph: str
    source: str
    town: str | None
    period: str | None
    title: str | None
    role: str
    topic: str
    text: str
    marks: tuple[Span, ...]
    score: float = 0.0
    copies: int = 0  # further hits that are copies of this one
    hits: int = 1  # by report: how many paragraphs of the report answer
    number: float | None = None
    is_near: bool = False  # a looser match: it satisfies no condition


@dataclass(frozen=True, slots=True)
class Found:
    """The hits asked for, how many paragraphs answer in all, facet → value → count over all of them.

    ``near`` are paragraphs that hold only some of the words or words of like meaning; they are given when a plain
    query has few hits, and satisfy no condition. ``relaxed`` says by which words they were sought. ``shown`` are hits
    and near ones in the order a reader wants: what is about the matter before a hit that only mentions it.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, dict[str, int]]
    shown: tuple[Hit, ...]
    near: tuple[Hit, ...] = ()
    relaxed: str = ""
    notes: tuple[str, ...] = ()
    superseded: tuple[Hit, ...] = ()  # hits in drafts that a newer one has replaced; they are in no count


def hits_of(base: sqlite3.Connection, shown: Sequence[tuple[Row, int]], node: Node, expand: Expand) -> Iterator[Hit]:
    """The rows as hits, each with its text, where it stands and the spans that match."""
    ns = json.dumps([row[0] for row, _ in shown])
    sql = "SELECT n, id, source, text, words FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    texts = {row[0]: row[1:] for row in map(tuple, base.execute(sql, (ns,)))}
    ids = json.dumps(list({row[1] for row, _ in shown}))
    sql = "SELECT id, town, period_label, title FROM report WHERE id IN (SELECT value FROM json_each(?))"
    reports = {row[0]: row[1:] for row in map(tuple, base.execute(sql, (ids,)))}
    values = answering.numbers(base, node)
    mark = marker(node, expand)
    for row, count in shown:
        key, source, text, words = texts[row[0]]
        town, period, title = reports.get(row[1], (None, None, None))
        yield Hit(key, source, town, period, title, row.role, row.topic, text, mark(text, words), round(-row.score, 3),
                  0, count, values.get(row.n))  # fmt: skip


def by_score(hits: Sequence[Hit], near: Sequence[Hit]) -> tuple[Hit, ...]:
    """Both in one order, each in its own; of equals the hit comes first."""
    return tuple(heapq.merge(hits, near, key=lambda hit: -hit.score))


def counts(rows: Sequence[Row], reports: dict[str, Report]) -> dict[str, dict[str, int]]:
    """Facet → value → in how many of the rows, the commonest first."""
    by_report = Counter(map(itemgetter(1), rows))
    facets: dict[str, Counter[str]] = {
        "town": Counter(),
        "year": Counter(),
        "topic": Counter(),
        "role": Counter(),
        "kind": Counter(),
    }
    for key, count in by_report.items():
        report = reports.get(key)
        if report:
            for name, value in (("town", report.town), ("year", report.year), ("kind", report.kind)):
                if value is not None:
                    facets[name][str(value)] += count
    facets["topic"].update(map(itemgetter(2), rows))
    facets["role"].update(map(itemgetter(3), rows))
    return {name: dict(sorted(counts.items(), key=lambda each: (-each[1], each[0]))) for name, counts in facets.items()}


def unknown_values(base: sqlite3.Connection, node: Node) -> tuple[str, ...]:
    """Values that the dataset does not know, each with the nearest it does."""
    import difflib

    told = []
    for each in leaves(node):
        if isinstance(each, Field) and each.name in ("town", "county"):
            known = [
                name for (name,) in base.execute(f"SELECT DISTINCT {each.name} FROM report WHERE {each.name} != ''")
            ]
            value = str(each.values[0])
            if not any(name.startswith(value) for name in known):
                near = difflib.get_close_matches(value, known, n=1, cutoff=0.4)
                told.append(f"数据集里没有 {value}" + (f"; 是不是 {near[0]}?" if near else ""))
    return tuple(told)
