"""A query → paragraphs or reports, best first, copies folded, with exact highlights and counts by facet."""

from __future__ import annotations

import functools
import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Literal

from pipeline.ask import answering, labels, looser, neighbours, relevance
from pipeline.ask.answering import Report, Row, answer, answer_by_report, current, reports_of
from pipeline.ask.concepts import Concept, asked
from pipeline.ask.conditions import Expand
from pipeline.ask.folding import folded, page
from pipeline.ask.found import Found, Hit, counts, hits_of, unknown_values
from pipeline.ask.looser import Cut
from pipeline.ask.query import Node, parse
from pipeline.model import Synonyms

Sort = Literal["relevance", "newest", "number"]
DRAFTS = 5  # hits in replaced drafts that are shown beside the others
PAGE = 20  # hits below which paragraphs with some of the words are added
NEAR, NEAREST = 200, 80  # of these, how many by BM25 are looked at closely, and of them whose meaning is weighed


@functools.lru_cache(maxsize=8)
def expander(synonyms: Synonyms) -> Expand:
    """A word's synonyms, itself first: those of the groups that name it, or that name a part of it.

    >>> expander(Synonyms(("中心组学习 理论学习中心组",)))("中心组学习")
    ('中心组学习', '理论学习中心组')
    """
    groups: dict[str, tuple[str, ...]] = {}
    for group in synonyms.groups:
        words = tuple(group.split())
        for word in words:
            groups[word] = tuple(dict.fromkeys((*groups.get(word, (word,)), *words)))
    return lambda word: groups.get(word, (word,))


def search(
    base: sqlite3.Connection,
    query: str,
    cut: Cut,
    most: int = 20,
    skip: int = 0,
    *,
    synonyms: Synonyms = Synonyms(),  # noqa: B008
    sort: Sort = "relevance",
    by_report: bool = False,
    fold: bool = True,
) -> Found:
    """Paragraphs that satisfy the query; with words the best match first, else the newest. Raises ``QueryError``."""
    expand = expander(synonyms)
    node = labels.understood(parse(query), base)
    rows = (answer_by_report if by_report else answer)(base, node, expand)
    reports = reports_of(base, rows)
    old = [row for row in rows if row[1] in reports and reports[row[1]].state == "superseded"]
    rows = current(base, rows, reports)
    ordered = _ordered(base, rows, reports, node, sort)
    best = _closely(base, ordered, asked(node, expand)) if sort == "relevance" else iter(ordered)
    lead = _by_report(list(best)) if by_report else ((row, 1) for row in best)
    shown = list(page(base, lead, most, skip, fold and not by_report))
    hits = tuple(hits_of(base, shown, reports, node, expand))
    if fold and not by_report:
        hits = tuple(folded(base, hits, rows, shown))
    near, relaxed = (
        ((), "")
        if skip or by_report or len(hits) >= min(most, PAGE)
        else _near(base, node, cut, expand, rows, min(most, PAGE) - len(hits))
    )
    told = Found(hits, len(rows), counts(rows, reports), near, relaxed, unknown_values(base, node))
    if skip or not old:
        return told
    drafts = [(row, 1) for row in _ordered(base, old, reports, node, sort)[: min(most, DRAFTS)]]
    return replace(told, superseded=tuple(hits_of(base, drafts, reports, node, expand)))


def _near(
    base: sqlite3.Connection, node: Node, cut: Cut, expand: Expand, rows: Sequence[Row], most: int
) -> tuple[tuple[Hit, ...], str]:
    """Paragraphs with some of a plain query's words or words of like meaning, the best first, without its hits."""
    told = looser.looser(base, node, cut, expand)
    if told is None:
        return (), ""
    seen = set(map(itemgetter(0), rows))
    found = [row for row in answer(base, told.node, expand) if row[0] not in seen]
    found = heapq.nsmallest(2 * NEAR, found, key=lambda row: (row.score, row.n))  # some may be of replaced drafts
    reports = reports_of(base, found)
    ordered = _ordered(base, current(base, found, reports), reports, told.node, "relevance")[:NEAR]
    topics = [row.topic for row in rows[: relevance.LEADERS]]
    first = {each.row.n: each.score for each in relevance.scored(base, ordered, told.things, None, topics)}
    kept = set(heapq.nlargest(NEAREST, first, key=lambda n: (first[n], -n)))
    ordered = [row for row in ordered if row.n in kept]
    best = _closely(base, ordered, told.things, _meant(base, ordered, told.point), topics)
    shown = list(page(base, ((row, 1) for row in best), most, 0, fold=True))
    hits = tuple(hits_of(base, shown, reports, told.node, expand))
    return hits, looser.told(told, [hit.text for hit in hits])


def _meant(base: sqlite3.Connection, rows: Sequence[Row], point: Any | None) -> dict[int, float]:
    """How near each row's words are in meaning to the query's."""
    if point is None or not rows:
        return {}
    sql = "SELECT n, words FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    words = dict(map(tuple, base.execute(sql, (json.dumps([row.n for row in rows]),))))
    return dict(zip(words, neighbours.likeness(point, [each.split(" ") for each in words.values()]), strict=True))


def _closely(
    base: sqlite3.Connection,
    rows: list[Row],
    things: Sequence[Concept],
    meant: Mapping[int, float] | None = None,
    topics: Sequence[str] = (),
) -> Iterator[Row]:
    """The first rows ordered by what they are about, the rest as they were; equals stay in their order."""
    if not things:
        return iter(rows)
    first = relevance.scored(base, rows[: max(relevance.DEPTH, len(meant or ()))], things, meant, topics)
    first.sort(key=lambda each: -round(each.score, 2))
    lead = (row._replace(score=-max(score, 0.0)) for row, score in first)
    return chain(lead, (row._replace(score=0.0) for row in islice(rows, len(first), None)))


def _ordered(
    base: sqlite3.Connection, rows: list[Row], reports: dict[str, Report], node: Node, sort: Sort
) -> list[Row]:
    starts = {key: report.start or "" for key, report in reports.items()}
    if sort == "number":
        values = answering.numbers(base, node)
        return sorted(rows, key=lambda row: (-values.get(row[0], float("-inf")), row[0]))
    newest = sorted(rows, key=itemgetter(0))
    newest.sort(key=lambda row: starts.get(row[1], ""), reverse=True)
    if sort == "relevance":
        newest.sort(key=lambda row: round(row[4], 2))
    return newest


def _by_report(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """The best paragraph of each report, with how many answer."""
    count = Counter(map(itemgetter(1), rows))
    seen: set[str] = set()
    for row in rows:
        if row[1] not in seen:
            seen.add(row[1])
            yield row, count[row[1]]
