"""A query → paragraphs or reports, best first, copies folded, with exact highlights and counts by facet."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Literal

from pipeline.ask import answering, labels
from pipeline.ask.answering import Report, Row, answer, answer_by_report, current, reports_of
from pipeline.ask.conditions import Expand
from pipeline.ask.folding import folded, page
from pipeline.ask.found import Found, Hit, counts, hits_of, unknown_values
from pipeline.ask.query import Both, Either, Field, Node, Number, Words, parse
from pipeline.model import Synonyms

Cut = Callable[[str], list[str]]
Sort = Literal["relevance", "newest", "number"]
_IDLE = frozenset(
    [
        "期间",
        "活动",
        "次数",
        "数量",
        "工作",
        "情况",
        "开展",
        "有关",
        "方面",
        "怎么",
        "如何",
        "什么",
        "哪些",
        "写法",
        "段落",
        "内容",
        "做法",
        "相关",
        "关于",
        "我们",
        "进行",
        "进一步",
    ]
)
RELAXED_FROM = 4  # characters of a word that may be taken apart when little holds it whole
DRAFTS = 5  # hits in replaced drafts that are shown beside the others
PAGE = 20  # hits below which paragraphs with some of the words are added


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
    lead = _by_report(ordered) if by_report else ((row, 1) for row in ordered)
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
    """Paragraphs with some of a plain query's words, the best first, without those that satisfy it."""
    looser, said = _looser(node, cut)
    if looser is None:
        return (), ""
    seen = set(map(itemgetter(0), rows))
    found = [row for row in answer(base, looser, expand) if row[0] not in seen]
    reports = reports_of(base, found)
    ordered = _ordered(base, current(base, found, reports), reports, looser, "relevance")
    shown = list(page(base, ((row, 1) for row in ordered), most, 0, fold=True))
    return tuple(hits_of(base, shown, reports, looser, expand)), said


def _looser(node: Node, cut: Cut) -> tuple[Node | None, str]:
    """A plain query (words, perhaps fields) with its words taken apart, any of them; None for every other query."""
    parts = node.parts if isinstance(node, Both) else (node,)
    if not all(isinstance(part, Words | Field | Number) for part in parts):
        return None, ""
    words: list[Node] = []
    for part in parts:
        if isinstance(part, Words):
            words += [Words(piece) for piece in _pieces(part, cut)]
    rest = [part for part in parts if not isinstance(part, Words)]
    words = list(dict.fromkeys(words))
    if len(words) < 2 and (not words or words[0] in parts):
        return None, ""
    said = " 或 ".join(each.text for each in words if isinstance(each, Words))
    either = words[0] if len(words) == 1 else Either(tuple(words))
    return (Both((either, *rest)) if rest else either), said


def _pieces(part: Words, cut: Cut) -> list[str]:
    """The dictionary's words of a long word that say something; a four-sign word it knows whole is halved."""
    if part.exact or len(part.text) < RELAXED_FROM:
        return [part.text]
    pieces = [each for each in cut(part.text) if len(each) > 1 and re.search(r"[^\W_]", each)]
    if len(pieces) == 1 and len(part.text) == RELAXED_FROM and not part.text.isascii():
        pieces = [part.text[:2], part.text[2:]]
    return [each for each in pieces if each not in _IDLE] or pieces or [part.text]


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
