"""A reading as rows of the conventions' form: one a paragraph, offsets inside the stripped paragraph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipeline.model import Fact, Honour, Label, Paragraph, Reading
from pipeline.store.personal import masked

Row = dict[str, Any]


def rows(reading: Reading, name: str, show_personal: bool = False) -> Iterator[Row]:
    """Every paragraph of a file in order; ``report`` is the report's number from 0, or null when it belongs to none.

    Numbers of persons are masked, sign by sign, unless they are to be shown; ``sha1`` is that of the text as it is.
    """
    true = reading.document.text
    text = true if show_personal else masked(true)
    owned: list[tuple[int | None, Paragraph]] = [
        (number, paragraph) for number, report in enumerate(reading.reports) for paragraph in report.paragraphs
    ]
    owned += [(None, paragraph) for paragraph in reading.loose]
    for line, (number, paragraph) in enumerate(sorted(owned, key=lambda pair: pair[1].span)):
        said = paragraph.span.of(true)
        row: Row = {
            "doc": name,
            "report": number,
            "paragraph": line,
            "sha1": hashlib.sha1(said.encode("utf-8"), usedforsecurity=False).hexdigest()[:12],
            "text": paragraph.span.of(text),
        }
        row |= _label("role", paragraph.role) | _label("topic", paragraph.topic)
        row["facts"] = [_fact(fact, paragraph.span.start, text) for fact in paragraph.facts]
        row["honours"] = [_honour(honour, paragraph.span.start, text) for honour in paragraph.honours]
        yield row


def _label(axis: str, label: Label | None) -> Row:
    assert label is not None, "annotated paragraphs have labels"
    return {
        axis: label.name,
        f"{axis}_score": label.score,
        f"{axis}_sure": label.sure,
        f"{axis}_top": [list(pair) for pair in label.top],
        f"{axis}_by": label.decided_by,
        **({f"{axis}_words": list(label.words)} if label.words else {}),
    }


def _fact(fact: Fact, start: int, text: str) -> Row:
    return {
        "start": fact.span.start - start,
        "end": fact.span.end - start,
        "text": fact.span.of(text),
        "low": number(fact.low),
        "high": number(fact.high),
        "unit": fact.unit,
        "approx": fact.approx,
        "kind": fact.kind,
        "object": fact.object,
        "per": fact.per,
        "direction": fact.direction,
        "scope": fact.scope,
        "authority": fact.authority,
        "period": fact.period.label if fact.period else None,
        "sentence": fact.sentence.of(text),
        "indicator": fact.indicator,
        "indicator_score": fact.indicator_score,
        "indicator_reason": fact.indicator_reason,
        "dimensions": dict(fact.dimensions),
        "rule": fact.rule,
        "score": fact.score,
    }


def number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON writes numbers: whole ones without a point.

    >>> number(Decimal("300000")), number(Decimal("12.5")), number(None)
    (300000, 12.5, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _honour(honour: Honour, start: int, text: str) -> Row:
    return {
        "start": honour.span.start - start,
        "end": honour.span.end - start,
        "text": honour.span.of(text),
        "name": honour.name,
        "level": honour.level,
        "rank": honour.rank,
        "scope": honour.scope,
    }
