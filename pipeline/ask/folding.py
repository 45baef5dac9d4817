"""One page of hits: what is a copy of a hit that was shown stands under it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from pipeline.ask.answering import Row
from pipeline.ask.found import Hit

_CHUNK = 60


def page(
    base: sqlite3.Connection, rows: Iterable[tuple[Row, int]], most: int, skip: int, fold: bool
) -> Iterator[tuple[Row, int]]:
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


def _chunks(rows: Iterable[tuple[Row, int]]) -> Iterator[list[tuple[Row, int]]]:
    chunk: list[tuple[Row, int]] = []
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


def folded(
    base: sqlite3.Connection, hits: tuple[Hit, ...], rows: Sequence[Row], shown: Sequence[tuple[Row, int]]
) -> Iterator[Hit]:
    """With how many other hits are copies of each."""
    answering = set(map(itemgetter(0), rows))
    ns = [row[0] for row, _ in shown]
    forms, pairs = _copies(base, ns)
    same: dict[str, set[int]] = {}
    sql = "SELECT form, n FROM paragraph_copy WHERE form IN (SELECT value FROM json_each(?))"
    for form, n in base.execute(sql, (json.dumps(list(forms.values())),)):
        same.setdefault(form, set()).add(n)
    for hit, n in zip(hits, ns, strict=True):
        copies = same.get(forms.get(n, ""), set()) | pairs.get(n, set())
        yield replace(hit, copies=len((copies - {n}) & answering)) if copies else hit
