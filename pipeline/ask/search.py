"""A query → paragraphs or reports, best first, copies folded, with exact highlights and counts by facet."""

from __future__ import annotations

import functools
import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Literal

from pipeline.ask import answering, labels, looser, nearby, ranking, relevance
from pipeline.ask.answering import Report, Row, answer, answer_by_report, current, reports_of
from pipeline.ask.concepts import asked
from pipeline.ask.conditions import Expand
from pipeline.ask.folding import folded, page
from pipeline.ask.found import Found, Hit, by_score, counts, hits_of, unknown_values
from pipeline.ask.looser import Cut, Looser
from pipeline.ask.query import Node, parse
from pipeline.model import Synonyms

Sort = Literal["relevance", "newest", "number"]
DRAFTS = 5  # hits in replaced drafts that are shown beside the others
FEW, FEWEST = 60, 20  # hits below which paragraphs with some of the words or words of like meaning are sought too;
LARGE = 50_000  # the latter in datasets of so many paragraphs, where a page of hits is likelier to have what is sought
DEPTH = 40  # hits by BM25 that are looked at closely
NEAR, NEAREST = 200, 40  # looser matches by BM25 that have a first look, and of them a close one
PAGE = 20  # at most so many of them are shown


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
    in_order = ordered(base, rows, reports, node, sort)
    few = FEW if nearby.size(base) < LARGE else FEWEST
    loosened = looser.looser(base, node, cut, expand) if len(rows) < few and not by_report else None
    ranked, nearly = _ranked(base, in_order, node, expand, loosened, sort)
    lead = _by_report(ranked) if by_report else ((row, 1) for row in ranked)
    shown = list(page(base, lead, most, skip, fold and not by_report))
    hits = tuple(hits_of(base, shown, node, expand))
    if fold and not by_report:
        hits = tuple(folded(base, hits, rows, shown))
    near = () if skip or loosened is None else _near(base, nearly, shown, loosened, expand, min(most, PAGE))
    both = by_score(hits, near) if sort == "relevance" else (*hits, *near)
    near = tuple(hit for hit in both[: max(most, 1)] if hit.is_near)
    both = tuple(hit for n, hit in enumerate(both) if n < most or not hit.is_near)
    relaxed = looser.told(loosened, [hit.text for hit in near]) if near and loosened else ""
    told = Found(hits, len(rows), counts(rows, reports), both, near, relaxed, unknown_values(base, node))
    if skip or not old:
        return told
    drafts = [(row, 1) for row in ordered(base, old, reports, node, sort)[: min(most, DRAFTS)]]
    return replace(told, superseded=tuple(hits_of(base, drafts, node, expand)))


def _ranked(
    base: sqlite3.Connection, in_order: list[Row], node: Node, expand: Expand, loosened: Looser | None, sort: Sort
) -> tuple[list[Row], list[Row]]:
    """Hits and looser matches, each in their order, with scores on one scale; hits beyond the first keep theirs."""
    nearly = loose(base, loosened, in_order, expand) if loosened else []
    first = in_order[:DEPTH] if sort == "relevance" else []
    things = asked(node, expand)
    if not things:
        return in_order, []
    told = ranking.scored(base, [*first, *nearly], loosened) if loosened else relevance.scored(base, first, things)
    scored = [row._replace(score=-score) for row, score in told]
    hits, near = (
        sorted(each, key=lambda row: round(row.score, 2)) for each in (scored[: len(first)], scored[len(first) :])
    )
    least = hits[-1].score if hits else 0.0
    return [*hits, *(row._replace(score=max(least, 0.0)) for row in in_order[len(first) :])], near


def loose(base: sqlite3.Connection, loosened: Looser, hits: Sequence[Row], expand: Expand) -> list[Row]:
    """Paragraphs with some of a plain query's words or words of like meaning, the best at a first look, no hits."""
    seen = set(map(itemgetter(0), hits))
    # some may be of replaced drafts
    best = answer(base, loosened.node, expand, 3 * NEAR + len(seen))
    found = heapq.nsmallest(2 * NEAR, (row for row in best if row[0] not in seen), key=lambda row: (row.score, row.n))
    reports = reports_of(base, found)
    told = ordered(base, current(base, found, reports), reports, loosened.node, "relevance")[:NEAR]
    sql = "SELECT n, text FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    texts = dict(map(tuple, base.execute(sql, (json.dumps([row.n for row in told]),))))
    about = {row.n: relevance.about(texts[row.n], row.role, loosened.things) for row in told}
    return heapq.nsmallest(NEAREST, told, key=lambda row: -about[row.n])


def _near(
    base: sqlite3.Connection, rows: Iterable[Row], shown: Sequence[tuple[Row, int]], loosened: Looser, expand: Expand,
    most: int,
) -> tuple[Hit, ...]:  # fmt: skip
    """Looser matches as hits, those left out that are copies of a hit shown or of one another."""
    kept = list(page(base, chain(shown, ((row, 1) for row in rows)), len(shown) + most, 0, fold=True))
    seen = {row.n for row, _ in shown}
    fresh = [(row, count) for row, count in kept if row.n not in seen]
    return tuple(replace(hit, is_near=True) for hit in hits_of(base, fresh, loosened.node, expand))


def ordered(base: sqlite3.Connection, rows: list[Row], reports: dict[str, Report], node: Node, sort: Sort) -> list[Row]:
    """By BM25 or by the greatest number as asked; equals, and all when neither is, newest first."""
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
