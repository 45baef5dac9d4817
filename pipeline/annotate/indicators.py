"""What a fact is comparable with: its indicator, how sure, why, and its dimensions.

A fact is linked by its unit, the thing it counts, the words of its clause and the topic. Each evidence has a
weight; below ``THRESHOLD`` the fact stays unlinked, for a wrong link costs more than a missing one.
"""

from __future__ import annotations

from pipeline.annotate import levels, objects
from pipeline.annotate.book import Book, Entry, ready
from pipeline.annotate.candidates import THRESHOLD, best_of
from pipeline.annotate.carried import antecedent, far_of, is_left_out, is_vague, kind_of
from pipeline.annotate.near import (
    Near,
    Run,
    is_growth,
    is_of_class,
    is_of_other,
    is_open,
    is_promised_rise,
    is_share,
    near_of,
)
from pipeline.annotate.paired import LONGEST_SIGN, Part, runs
from pipeline.annotate.portions import ELSEWHERE, goes_on, is_of_district, is_of_place, is_part, summands
from pipeline.annotate.towns import OF_TOWN
from pipeline.model import Fact, Indicators, Media, Place

__all__ = ["THRESHOLD", "link"]
LEFT_OUT = 0.65
"""``其中省级5篇``: what is left out was said by the number before; never more sure than the threshold."""


def link(
    facts: tuple[Fact, ...],
    text: str,
    topic: str,
    heading: str,
    book: Indicators,
    media: Media,
    place: Place = Place(),  # noqa: B008 - frozen
) -> tuple[Fact, ...]:
    """The facts of a paragraph, each with indicator, score, reason and dimensions where one fits.

    ``text`` is the paragraph (spans are relative to it), ``topic`` and ``heading`` its own, ``place`` the
    reporting unit (市级 of a county-level city is 县). A fact that no indicator fits comes back as it was.

    >>> from decimal import Decimal
    >>> from pipeline.model import Indicator, Span
    >>> talks = Indicator("talks", "宣讲", "theory", "场", "理论宣讲的场次", "", cues="宣讲")
    >>> book = Indicators("1", "活动", "各类", "", "", "新增", "改造", (talks,))
    >>> fact = Fact(Span(6, 9), Decimal(32), Decimal(32), "场", "exact", "achieved", "宣讲")
    >>> [(f.indicator, f.indicator_score, f.indicator_reason)
    ...  for f in link((fact,), "共开展宣讲，32场。", "theory", "", book, Media("1", (), "", "", ""))]
    [('talks', 0.9, '「宣讲」是所数之物，单位场，主题相合')]
    """
    if not facts:
        return facts
    known = ready(book, media)
    linked: list[Fact] = []
    left, size, run, parted, is_placed, is_listed = 0, len(facts), Run(), None, False, False
    for index, fact in enumerate(facts):
        is_listed = is_listed or fact.span.start - left <= LONGEST_SIGN
        if fact.unit in known.units or is_open(fact):
            right = facts[index + 1].span.start if index + 1 < size else len(text)
            before = linked[-1] if linked and linked[-1].sentence == fact.sentence else None
            near = near_of(fact, before, text, left, right, topic, heading, run)
            is_placed = before is not None and is_placed
            if is_placed or fact.scope in ELSEWHERE:
                is_placed = is_of_place(fact, near, is_placed)
            found = _linked(fact, near, known, linked, place) if not is_placed else fact
            is_placed = is_placed and fact.scope != "superior"
            run = Run(near.is_reached, near.is_of_town or found.indicator in OF_TOWN)
            parted = parted if found.indicator == parted and before is not None and goes_on(near) else None
            if found.indicator is not None and is_part(found, near, linked, parted):
                parted = found.indicator
            else:
                fact = found
        linked.append(fact)
        left = fact.span.end
    for parts in runs(facts, text) if is_listed and size > 1 else ():
        _share(linked, parts, text, topic, heading, known, place)
    for at in summands(linked) if size > 2 else ():
        linked[at] = facts[at]
    return tuple(linked)


def _share(
    linked: list[Fact], parts: tuple[Part, ...], text: str, topic: str, heading: str, book: Book, place: Place
) -> None:
    """Link each number of a run to its own thing, where all of them have one and they differ."""
    found: list[Fact] = []
    for part in parts:
        told = _by_itself(linked[part.at], part.things, text, topic, heading, book, place)
        if told is None:
            return
        found.append(told)
    if len({fact.indicator for fact in found}) > 1:
        for part, fact in zip(parts, found, strict=True):
            linked[part.at] = fact


def _by_itself(
    fact: Fact, things: tuple[str, ...], text: str, topic: str, heading: str, book: Book, place: Place
) -> Fact | None:
    """The fact linked by the first of ``things`` that an indicator fits."""
    start = fact.span.start
    for words in things:
        thing = objects.before(words) or words
        at = words.rfind(thing)
        if at < 0:
            at, thing = 0, words
        near = Near(
            text, topic, heading, words, words, at, at + len(thing), start, start, False, "", False, None, False, False
        )
        best = best_of(fact._replace(object=thing), near, book)
        if best is not None:
            why = f"「{best.cue}」是并列所数之一，单位{fact.unit}"
            return _filled(fact, best.entry, best.score, why, near, book, place)
    return None


def _linked(fact: Fact, near: Near, book: Book, told: list[Fact], place: Place) -> Fact:
    """The fact with its link, or as it was where none fits.

    Nor where only a few of many are spoken of (个别支部), one thing or another (文化或者理论类活动), or a promised
    rise (再增100条).
    """
    found = _found(fact, near, book, told, place)
    if found.indicator is None:
        return fact
    cue = found.indicator_reason[1:].partition("」")[0]
    is_named = book.entries[found.indicator].indicator.flow == "stock" and near.own.endswith(f"{cue}的")  # 有服务记录的
    is_some = near.is_of_few or (is_of_class(fact, near) and not is_named) or is_of_district(fact, near)
    is_some = is_some or (found.indicator not in OF_TOWN and is_of_other(fact, near))
    return fact if is_some or "或" in fact.object or is_promised_rise(fact, near) else found


def _found(fact: Fact, near: Near, book: Book, told: list[Fact], place: Place) -> Fact:
    """The fact with the best link, or as it was; ``told`` are the facts before it."""
    best = best_of(fact, near, book)
    if best is not None:
        may_be_kind = best.is_counted and (best.entry.indicator.id in book.totals or is_vague(best, fact))
        kind = kind_of(best, fact, near, told, book) if may_be_kind else None
        if kind is not None:
            why = f"「{kind.cue}」在前文，单位{fact.unit}"
            return _filled(fact, kind.entry, kind.score, why, near, book, place)
        why = f"「{best.cue}」{'是所数之物' if best.is_counted else '在数旁'}，单位{fact.unit or '未写'}"
        why += "，主题相合" if near.topic in best.entry.topics else ""
        return _filled(fact, best.entry, best.score, why, near, book, place)
    far = far_of(fact, near, told, book)
    before = antecedent(fact, told, book) if far is None or not far.is_whole else None
    is_said_again = before is not None and (before.indicator not in OF_TOWN or is_growth(fact))
    if before is not None and before.indicator is not None and is_said_again and not is_share(fact, near):
        entry = book.entries[before.indicator]
        if is_left_out(fact, near, before, book):
            return _filled(fact, entry, LEFT_OUT, "承前一数省略", near, book, place)
    if far is not None:
        return _filled(fact, far.entry, far.score, f"「{far.cue}」在前文，单位{fact.unit}", near, book, place)
    return fact


def _filled(fact: Fact, entry: Entry, score: float, why: str, near: Near, book: Book, place: Place) -> Fact:
    """The fact with its indicator and the dimensions that the indicator keeps."""
    known: tuple[tuple[str, str], ...] = ()
    if entry.indicator.stage:
        known += (("stage", entry.indicator.stage),)
    if "level" in entry.dimensions:
        known += levels.level(fact.object, book.media, place) or levels.level(near.own, book.media, place)
    if "outlet" in entry.dimensions:
        known += levels.outlet(fact.object, book.media) or levels.outlet(near.own, book.media)
    if "star" in entry.dimensions:
        known += levels.star(near.words)
    if entry.indicator.flow == "stock":
        known += _act(near.words, book)
    return fact._replace(indicator=entry.indicator.id, indicator_score=score, indicator_reason=why, dimensions=known)


def _act(words: str, book: Book) -> tuple[tuple[str, str], ...]:
    """Whether a stock's number is what was added or renewed, not what there is: 新增书屋3个, 改造书屋5个."""
    for act, told in book.acts:
        if any(word in words for word in told):
            return (("act", act),)
    return ()
