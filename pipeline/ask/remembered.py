"""A draft's growth against what was reported then: ``投稿120篇，同比增长20%`` where last year's report says 110."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import pairwise

from pipeline.ask import hindsight, intervals
from pipeline.ask.disagreeing import interval
from pipeline.ask.draft import Draft, Number, Part
from pipeline.ask.finding import Cited, Finding
from pipeline.ask.mismatch import plain
from pipeline.ask.times import Time
from pipeline.model import Span

_STORED = """
SELECT f.low_text || 'E0', f.high_text || 'E0', f.approx, f.text, p.id, p.source, r.period_label, f.sentence
FROM fact f JOIN paragraph p ON p.id = f.paragraph JOIN report r ON r.id = f.report
WHERE r.state = 'current' AND r.town = ? AND f.period_start = ? AND f.period_end = ? AND r.period_end = ?
  AND f.indicator = ? AND f.dimensions = ? AND f.unit = ? AND f.kind = 'achieved' AND f.scope = 'town' AND f.per IS NULL
  AND f.authority = 'self'
"""


def find(base: sqlite3.Connection, draft: Draft) -> Iterator[Finding]:
    """Growth that none of the values reported then allows; each with the place of the first of them."""
    if not (draft.town and draft.start and draft.end):
        return
    time = Time(draft.start, draft.end)
    for n, part in enumerate(draft.parts):
        for own, change in pairwise(part.numbers):
            before = _before(time, part, own, change)
            if before is None:
                continue
            known = base.execute(
                _STORED, (draft.town, before.start, before.end, before.end, own.indicator,
                          ";".join(f"{name}={value}" for name, value in own.dimensions), own.unit)
            ).fetchall()  # fmt: skip
            olds = [intervals.of(row[0], row[1], row[2]) for row in known]
            percent = change.unit == "%" and own.unit != "%"
            told = [
                hindsight.contradicting(interval(own), old, interval(change), change.direction == "down", percent)
                for old in olds
            ]
            if told and told[0] is not None and None not in told:
                text, paragraph, source, label, sentence = known[0][3:]
                end = "%" if change.unit == "%" else own.unit
                span = Span(own.span.start, change.span.end)
                yield Finding(
                    "number", "warning", n, span, span.of(part.text),
                    f"{before.label}报的是 {text}, 算下来是 {plain(told[0])}{end}, 不是 {change.text}",
                    Cited(paragraph, source, draft.town, label, sentence),
                )  # fmt: skip


def _before(time: Time, part: Part, own: Number, change: Number) -> Time | None:
    """The time that the growth of this number is counted from, where it is a growth of it."""
    if own.kind != "achieved" or not own.indicator or own.scope != "town" or own.per or own.own_time:
        return None
    if change.kind != "change" or change.unit not in ("%", own.unit):
        return None
    return hindsight.counted_from(time, part.text[own.span.end : change.span.start])
