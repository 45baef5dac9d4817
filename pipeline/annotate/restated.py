"""A total that a report has stated and speaks of again: 下辖13个行政村 …… 13个村修订村规民约."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.model import Fact, Indicators, Paragraph

SCORE = 0.65
"""No surer than what a number leaves out: the same number may be a chance."""
_REASON = "与本文已说的总数相同"
_LARGE = 5
"""Smaller totals are met by chance: 3个村 are any three."""
Total = tuple[str, Decimal]


def restated(paragraphs: tuple[Paragraph, ...], text: str, book: Indicators) -> tuple[Paragraph, ...]:
    """The paragraphs; unlinked numbers that say a stated total again, before its own noun, have its indicator.

    Only indicators with words in ``again`` (村, 居民, 党员) are told so; the total must be exact and the town's own.
    """
    again = {each.id: tuple(each.again.split()) for each in book.indicators if each.again}
    totals: dict[Total, str] = {}
    for fact in _exact(paragraphs):
        if fact.indicator in again and fact.scope == "town" and not fact.dimensions and fact.low is not None:
            totals.setdefault((_unit(fact), fact.low), fact.indicator)
    if not totals:
        return paragraphs
    return tuple(
        replace(each, facts=tuple(_again(fact, totals, again, text) for fact in each.facts))
        if any(fact.indicator is None and (_unit(fact), fact.low) in totals for fact in each.facts)
        else each
        for each in paragraphs
    )


def _exact(paragraphs: Iterable[Paragraph]) -> Iterator[Fact]:
    for each in paragraphs:
        for fact in each.facts:
            if fact.kind == "achieved" and fact.low is not None and fact.low == fact.high and fact.low > _LARGE:
                yield fact


def _unit(fact: Fact) -> str:
    """The unit; members and people are counted by any of 人, 名, none."""
    return "" if fact.unit in ("人", "名", "口") else fact.unit


def _again(fact: Fact, totals: dict[Total, str], again: dict[str, tuple[str, ...]], text: str) -> Fact:
    if fact.indicator is not None or fact.kind != "achieved" or fact.low is None or fact.low != fact.high:
        return fact
    told = totals.get((_unit(fact), fact.low))
    if told is None or not text.startswith(again[told], fact.span.end):
        return fact
    return replace(fact, indicator=told, indicator_score=SCORE, indicator_reason=_REASON)
