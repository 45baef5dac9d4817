"""A query → paragraphs or reports, best first, copies folded, with exact highlights and counts by facet."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal, NamedTuple

from pipeline.ask import labels
from pipeline.ask.conditions import FACTS, Condition, Expand, Values, condition, marks, weighed
from pipeline.ask.query import Both, Either, Field, Node, Not, Number, Words, leaves, parse
from pipeline.model import Span, Synonyms

Cut = Callable[[str], list[str]]
Sort = Literal["relevance", "newest", "number"]
# A heading names what the paragraphs below it say; residue says nothing. BM25 prefers short texts, we do not.
_WEIGHTS = "CASE f.role WHEN 'heading' THEN 0.35 WHEN 'other' THEN 0.3 WHEN 'closing' THEN 0.6 ELSE 1 END"
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
_CHUNK = 60


class _Row(NamedTuple):
    n: int
    report: str
    topic: str
    role: str
    score: float  # smaller is better


class _Report(NamedTuple):
    id: str
    town: str | None
    year: int | None
    kind: str
    start: str | None
    state: str
    period: str | None
    title: str | None


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


@dataclass(frozen=True, slots=True)
class Found:
    """The hits asked for, how many paragraphs answer in all, facet → value → count over all of them.

    ``near`` are paragraphs that hold only some of the words; they are given when a plain query has less than a page of
    hits, and stand apart: they satisfy no condition. ``relaxed`` says by which words they were sought.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, dict[str, int]]
    near: tuple[Hit, ...] = ()
    relaxed: str = ""
    notes: tuple[str, ...] = ()
    superseded: tuple[Hit, ...] = ()  # hits in drafts that a newer one has replaced; they are in no count


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
    rows = (_in_report if by_report else _rows)(base, node, expand)
    reports = _reports(base, rows)
    old = [row for row in rows if row[1] in reports and reports[row[1]].state == "superseded"]
    rows = _current(base, rows, reports)
    ordered = _ordered(base, rows, reports, node, sort)
    lead = _by_report(ordered) if by_report else ((row, 1) for row in ordered)
    shown = list(_page(base, lead, most, skip, fold and not by_report))
    hits = tuple(_hits(base, shown, reports, node, expand))
    if fold and not by_report:
        hits = tuple(_folded(base, hits, rows, shown))
    near, relaxed = (
        ((), "")
        if skip or by_report or len(hits) >= min(most, PAGE)
        else _near(base, node, cut, expand, rows, min(most, PAGE) - len(hits))
    )
    told = Found(hits, len(rows), _facets(rows, reports), near, relaxed, _notes(base, node))
    if skip or not old:
        return told
    drafts = [(row, 1) for row in _ordered(base, old, reports, node, sort)[: min(most, DRAFTS)]]
    return replace(told, superseded=tuple(_hits(base, drafts, reports, node, expand)))


def _near(
    base: sqlite3.Connection, node: Node, cut: Cut, expand: Expand, rows: Sequence[_Row], most: int
) -> tuple[tuple[Hit, ...], str]:
    """Paragraphs with some of a plain query's words, the best first, without those that satisfy it."""
    looser, said = _looser(node, cut)
    if looser is None:
        return (), ""
    seen = set(map(itemgetter(0), rows))
    found = [row for row in _rows(base, looser, expand) if row[0] not in seen]
    reports = _reports(base, found)
    ordered = _ordered(base, _current(base, found, reports), reports, looser, "relevance")
    shown = list(_page(base, ((row, 1) for row in ordered), most, 0, fold=True))
    return tuple(_hits(base, shown, reports, looser, expand)), said


def _in_report(base: sqlite3.Connection, node: Node, expand: Expand) -> list[_Row]:
    """By report: what stands side by side need not stand in one paragraph; all its paragraphs that have a part."""
    parts = node.parts if isinstance(node, Both) else (node,)
    fields = tuple(part for part in parts if isinstance(part, Field))
    others = tuple(part for part in parts if not isinstance(part, Field))
    if len(others) < 2:
        return _rows(base, node, expand)
    found: dict[int, _Row] = {}
    kept: set[str] | None = None
    for part in others:
        if isinstance(part, Not):
            continue
        rows = _rows(base, Both((part, *fields)), expand)
        for row in rows:
            known = found.get(row[0])
            found[row[0]] = _Row(*row) if known is None else known._replace(score=known.score + row[4])
        kept = {row[1] for row in rows} if kept is None else kept & {row[1] for row in rows}
    if kept is None:
        return _rows(base, node, expand)
    for part in others:
        if isinstance(part, Not):
            kept -= {row[1] for row in _rows(base, Both((part.part, *fields)), expand)}
    return [row for row in found.values() if row.report in kept]


def _rows(base: sqlite3.Connection, node: Node, expand: Expand) -> list[_Row]:
    """Every paragraph that answers, unordered."""
    told: Condition = condition(node, expand)
    values: Values
    if told.match:
        sql = (
            f"SELECT f.n, f.report, f.topic, f.role, rank * {_WEIGHTS} FROM paragraph_characters"
            f" CROSS JOIN paragraph_facet f ON f.n = paragraph_characters.rowid WHERE paragraph_characters MATCH ? AND {told.sql}"  # noqa: E501
        )
        values = (told.match, *told.values)
    elif match := weighed(node, expand):
        sql = (
            f"SELECT f.n, f.report, f.topic, f.role, coalesce(c.score, 0) * {_WEIGHTS} FROM paragraph_facet f LEFT JOIN"
            " (SELECT rowid, rank AS score FROM paragraph_characters WHERE paragraph_characters MATCH ?) c"
            f" ON c.rowid = f.n WHERE {told.sql}"
        )
        values = (match, *told.values)
    else:
        sql = f"SELECT f.n, f.report, f.topic, f.role, 0.0 FROM paragraph_facet f WHERE {told.sql}"
        values = told.values
    return [_Row._make(row) for row in base.execute(sql, values)]


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


def _reports(base: sqlite3.Connection, rows: Sequence[_Row]) -> dict[str, _Report]:
    wanted = set(map(itemgetter(1), rows))
    sql = "SELECT id, town, period_year, kind, period_start, state, period_label, title FROM report"
    if len(wanted) < 1500:
        found: Iterable[tuple] = base.execute(  # type: ignore[type-arg]
            f"{sql} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)
        )
    else:
        found = base.execute(sql)
    return {row[0]: _Report(*row) for row in found}


def _current(base: sqlite3.Connection, rows: list[_Row], reports: dict[str, _Report]) -> list[_Row]:
    """Without reports that are superseded or gone, and without what stood loose in files that are gone."""
    away = {key for key, report in reports.items() if report.state != "current"}
    if any(not row[1] for row in rows):
        loose = base.execute(
            "SELECT n FROM paragraph WHERE report IS NULL AND source IN (SELECT path FROM source WHERE state = 'gone')"
        )
        lost = {n for (n,) in loose}
        rows = [row for row in rows if row[1] or row[0] not in lost]
    return [row for row in rows if row[1] not in away] if away else rows


def _ordered(
    base: sqlite3.Connection, rows: list[_Row], reports: dict[str, _Report], node: Node, sort: Sort
) -> list[_Row]:
    starts = {key: report.start or "" for key, report in reports.items()}
    if sort == "number":
        values = _numbers(base, node)
        return sorted(rows, key=lambda row: (-values.get(row[0], float("-inf")), row[0]))
    newest = sorted(rows, key=itemgetter(0))
    newest.sort(key=lambda row: starts.get(row[1], ""), reverse=True)
    if sort == "relevance":
        newest.sort(key=lambda row: round(row[4], 2))
    return newest


def _numbers(base: sqlite3.Connection, node: Node) -> dict[int, float]:
    """The greatest number of the query's indicators in each paragraph."""
    names = [each.name if isinstance(each, Number) else str(each.values[0])
             for each in leaves(node) if isinstance(each, Number) or (isinstance(each, Field) and each.name == "indicator")]  # fmt: skip  # noqa: E501
    found: dict[int, float] = {}
    for name in names:
        sql = FACTS.replace("SELECT p.n", "SELECT p.n, max(x.low)") + " AND x.low IS NOT NULL GROUP BY p.n"
        for n, value in base.execute(sql, (name, name, name)):
            found[n] = max(value, found.get(n, value))
    return found


def _by_report(rows: Sequence[_Row]) -> Iterator[tuple[_Row, int]]:
    """The best paragraph of each report, with how many answer."""
    count = Counter(map(itemgetter(1), rows))
    seen: set[str] = set()
    for row in rows:
        if row[1] not in seen:
            seen.add(row[1])
            yield row, count[row[1]]


def _page(
    base: sqlite3.Connection, rows: Iterable[tuple[_Row, int]], most: int, skip: int, fold: bool
) -> Iterator[tuple[_Row, int]]:
    """One page: rows that are copies of one already seen are passed over."""
    seen_forms: set[str] = set()
    seen: set[int] = set()
    shown = 0
    for chunk in _chunks(rows):
        forms, pairs = _copies(base, [row[0] for row, _ in chunk]) if fold else ({}, {})
        for row, count in chunk:
            form = forms.get(row[0])
            if form in seen_forms or pairs.get(row[0], frozenset()) & seen:
                continue
            if form:
                seen_forms.add(form)
            seen.add(row[0])
            shown += 1
            if shown > skip + most:
                return
            if shown > skip:
                yield row, count


def _chunks(rows: Iterable[tuple[_Row, int]]) -> Iterator[list[tuple[_Row, int]]]:
    chunk: list[tuple[_Row, int]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _copies(base: sqlite3.Connection, ns: list[int]) -> tuple[dict[int, str], dict[int, set[int]]]:
    """Form of each paragraph, and the paragraphs that are near-copies of it."""
    wanted = json.dumps(ns)
    forms = dict(
        base.execute("SELECT n, form FROM paragraph_copy WHERE n IN (SELECT value FROM json_each(?))", (wanted,))
    )
    pairs: dict[int, set[int]] = {}
    for side, far in (("one", "other"), ("other", "one")):
        sql = f"SELECT {side}, {far} FROM duplicate WHERE {side} IN (SELECT value FROM json_each(?)) AND kind != 'contained'"  # noqa: E501
        for n, twin in base.execute(sql, (wanted,)):
            pairs.setdefault(n, set()).add(twin)
    return forms, pairs


def _folded(
    base: sqlite3.Connection, hits: tuple[Hit, ...], rows: Sequence[_Row], shown: Sequence[tuple[_Row, int]]
) -> Iterator[Hit]:
    """With how many other hits are copies of each."""
    answering = set(map(itemgetter(0), rows))
    ns = [row[0] for row, _ in shown]
    forms, pairs = _copies(base, ns)
    for hit, n in zip(hits, ns, strict=True):
        same = {twin for (twin,) in base.execute("SELECT n FROM paragraph_copy WHERE form = ?", (forms.get(n),))}
        yield replace(hit, copies=len((same | pairs.get(n, set())) & answering - {n}))


def _hits(
    base: sqlite3.Connection, shown: Sequence[tuple[_Row, int]], reports: dict[str, _Report], node: Node, expand: Expand
) -> Iterator[Hit]:
    ns = json.dumps([row[0] for row, _ in shown])
    sql = "SELECT n, id, source, text, words FROM paragraph WHERE n IN (SELECT value FROM json_each(?))"
    texts = {row[0]: row[1:] for row in map(tuple, base.execute(sql, (ns,)))}
    values = _numbers(base, node)
    for row, count in shown:
        key, source, text, words = texts[row[0]]
        report = reports.get(row[1])
        yield Hit(
            key, source, report.town if report else None, report.period if report else None,
            report.title if report else None, row[3], row[2], text, marks(text, node, expand, words), round(-row[4], 3),
            0, count, values.get(row[0]),
        )  # fmt: skip


def _facets(rows: Sequence[_Row], reports: dict[str, _Report]) -> dict[str, dict[str, int]]:
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


def _notes(base: sqlite3.Connection, node: Node) -> tuple[str, ...]:
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
