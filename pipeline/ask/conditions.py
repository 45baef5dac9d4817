"""A query's tree → SQL over ``paragraph_facet f``. Every value is a parameter; nothing typed becomes SQL.

Words are sought in the index of character pairs, which finds them wherever they stand; what is only words becomes one
expression of the full-text index, the rest conditions beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.ask.query import Both, Either, Field, Node, Not, Number, Prefix, Words, leaves
from pipeline.model import Span
from pipeline.store.characters import folded, phrase

Expand = Callable[[str], tuple[str, ...]]
Values = tuple[str | int | float, ...]

_MATCHES = "f.n IN (SELECT rowid FROM paragraph_characters WHERE paragraph_characters MATCH ?)"
_BEGINS = "f.n IN (SELECT rowid FROM paragraph_index WHERE paragraph_index MATCH ?)"
_REPORT = "f.report IN (SELECT id FROM report WHERE {})"
_FIELDS = {
    "town": _REPORT.format("town = ? OR substr(town, 1, length(?)) = ?"),
    "county": _REPORT.format("county = ? OR substr(county, 1, length(?)) = ?"),
    "year": _REPORT.format("period_year BETWEEN ? AND ?"),
    "period": _REPORT.format("period_start >= ? AND period_end <= ?"),
    "kind": _REPORT.format("kind = ?"),
    "file": "f.n IN (SELECT n FROM paragraph WHERE instr(source, ?) > 0)",
    "topic": "f.topic = ?",
    "role": "f.role = ?",
}
FACTS = (
    "SELECT p.n FROM fact x JOIN paragraph p ON p.id = x.paragraph WHERE"
    " (x.indicator IN (SELECT id FROM indicator WHERE id = ? OR instr(name, ?) > 0) OR instr(x.object, ?) > 0)"
)
# What surely satisfies the condition: 30余 is above 29, 超100 above 100, 近百 below 100.
_SURELY = {
    ">": "(x.low > ? OR x.low = ? AND x.approx = 'over')",
    ">=": "(x.low >= ? AND ? = ?)",
    "<": "(x.high < ? OR x.high = ? AND x.approx IN ('near'))",
    "<=": "(x.high <= ? AND ? = ?)",
    "=": "(x.low <= ? AND x.high >= ?)",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """``match`` is an expression of the character index (empty: none), ``sql`` what must hold beside it."""

    match: str
    sql: str
    values: Values


def condition(node: Node, expand: Expand) -> Condition:
    """The condition of a whole query; ``expand`` gives a word's synonyms, itself first.

    >>> from pipeline.ask.query import parse
    >>> condition(parse("宣讲 NOT 彩礼 role:plan"), lambda word: (word,))
    Condition(match='("宣讲") NOT ("彩礼")', sql='f.role = ?', values=('plan',))
    """
    parts = node.parts if isinstance(node, Both) else (node,)
    match, rest = _driver(parts, expand)
    told = [_sql(part, expand) for part in rest]
    return Condition(match, " AND ".join(sql for sql, _ in told) or "1", tuple(v for _, values in told for v in values))


def _driver(parts: tuple[Node, ...], expand: Expand) -> tuple[str, list[Node]]:
    """What the index can answer of parts that must all hold, as one expression, and the other parts."""
    wanted: list[tuple[str, Node]] = []
    unwanted: list[tuple[str, Node]] = []
    rest: list[Node] = []
    for part in parts:
        inner = part.part if isinstance(part, Not) else part
        match = _match(inner, expand)
        if match is None:
            rest.append(part)
        else:
            (unwanted if isinstance(part, Not) else wanted).append((match, part))
    if not wanted:
        return "", [*rest, *(part for _, part in unwanted)]
    told = " AND ".join(f"({match})" for match, _ in wanted)
    for match, _ in unwanted:
        told = f"{told} NOT ({match})" if told.count(" AND ") == 0 else f"({told}) NOT ({match})"
    return told, rest


def _match(node: Node, expand: Expand) -> str | None:
    """The index's expression of a tree of words, or None when something else is in it."""
    match node:
        case Words(text, exact):
            variants = (text,) if exact else expand(text)
            return " OR ".join(phrase(each) for each in variants)
        case Both(parts):
            told, rest = _driver(parts, expand)
            return told if told and not rest else None
        case Either(parts):
            every = [_match(part, expand) for part in parts]
            return None if None in every else " OR ".join(f"({each})" for each in every)
        case _:
            return None


def _sql(node: Node, expand: Expand) -> tuple[str, Values]:
    match = _match(node, expand)
    if match is not None:
        return _MATCHES, (match,)
    match node:
        case Not(part):
            sql, values = _sql(part, expand)
            return f"NOT ({sql})", values
        case Both(parts) | Either(parts):
            told = [_sql(part, expand) for part in parts]
            sign = " AND " if isinstance(node, Both) else " OR "
            return f"({sign.join(sql for sql, _ in told)})", tuple(v for _, values in told for v in values)
        case Prefix(text):
            return _BEGINS, (_prefix(text),)
        case Number():
            return _number(node)
        case Field("indicator", (name,)):
            return f"f.n IN ({FACTS})", (name, name, name)
        case Field(name, values):
            return _FIELDS[name], values * (_FIELDS[name].count("?") // len(values))
    raise AssertionError(node)


def _prefix(text: str) -> str:
    runs = re.findall(r"[^\W_]+", text)
    return " + ".join(f'"{run}"' for run in runs) + " *" if runs else '""'


def _number(node: Number) -> tuple[str, Values]:
    kinds = "x.kind = 'target'" if node.target else "x.kind = 'achieved'"
    value = float(node.value)
    surely = _SURELY[node.sign]
    values: Values = (node.name, node.name, node.name, *([value] * surely.count("?")))
    return f"f.n IN ({FACTS} AND {kinds} AND {surely})", values


def weighed(node: Node, expand: Expand) -> str:
    """Every wanted word, for ranking where the words alone do not decide."""
    words = [each for each in leaves(node) if isinstance(each, Words)]
    return " OR ".join(filter(None, (_match(each, expand) for each in words)))


def pattern(node: Node, expand: Expand) -> re.Pattern[str] | None:
    """What is highlighted in the folded text: wanted words and their synonyms, the longest first."""
    words = [each for each in leaves(node) if isinstance(each, Words)]
    told = {variant for each in words for variant in ((each.text,) if each.exact else expand(each.text))}
    runs = [re.findall(r"[^\W_]+", folded(variant)) for variant in sorted(told, key=len, reverse=True)]
    either = "|".join(r"[\W_]+".join(map(re.escape, each)) for each in runs if each)
    return re.compile(either) if either else None


def marks(text: str, node: Node, expand: Expand, words: str = "") -> tuple[Span, ...]:
    """Where a query's words stand in a text, in order, none within another; ``words`` is the text as it was cut.

    >>> from pipeline.ask.query import parse
    >>> marks("开展志愿服务活动，ＡＩ服务", parse("志愿服务 ai"), lambda word: (word,))
    (Span(start=2, end=6), Span(start=9, end=11))
    """
    return marker(node, expand)(text, words)


def marker(node: Node, expand: Expand) -> Callable[[str, str], tuple[Span, ...]]:
    """``marks`` for one query and many texts."""
    wanted = pattern(node, expand)
    begins = [each.text for each in leaves(node) if isinstance(each, Prefix)]

    def marks_in(text: str, words: str) -> tuple[Span, ...]:
        found = [Span(*each.span()) for each in wanted.finditer(folded(text))] if wanted is not None else []
        if begins:
            found += _word_spans(text, words, begins)
        return _apart(found)

    return marks_in


def _word_spans(text: str, words: str, begins: list[str]) -> list[Span]:
    found, at = [], 0
    for word in words.split(" "):
        place = text.find(word, at)
        if place < 0 or not word:
            continue
        at = place + len(word)
        if any(folded(word).startswith(folded(each)) for each in begins):
            found.append(Span(place, at))
    return found


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """In order; of two that overlap the earlier and longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
