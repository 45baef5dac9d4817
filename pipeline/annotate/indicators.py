"""What a fact is comparable with: its indicator, how sure, why, and its dimensions.

A fact is linked by its unit, the thing it counts, the words of its clause and the topic. Each evidence has a
weight; below ``THRESHOLD`` the fact stays unlinked, for a wrong link costs more than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.annotate import levels
from pipeline.annotate.clauses import Cuts, clause, cuts, sentence
from pipeline.errors import SettingsError
from pipeline.model import Fact, Indicator, Indicators, Media, Place

THRESHOLD = 0.65
SURE, WEAK = 0.5, 0.3
"""A cue that names the indicator for certain, and one that many things share."""
COUNTED, BESIDE, ELSEWHERE = 0.2, 0.1, -0.25
"""The cue is in the thing counted; beside a thing that says nothing (活动); beside another thing (消防演练)."""
FAR = 0.0
"""The cue stands in an earlier clause without a number, or in the heading."""
OWN_UNIT, OTHER_UNIT = 0.1, 0.05
SAME_TOPIC, IN_CONTEXT = 0.1, 0.2
REMOTE = 0.05
"""The thing counted was named for another number of the sentence."""
SURE_PLACE = COUNTED
INHERITED = 0.65
"""``其中省级5篇``: what is left out was said by the number before."""

_RATIOS = frozenset({"%", "‰", "倍", "百分点", "千分点", "折"})
_GAP = "\n"
_LONGEST = 8
_FOREIGN = 4
"""So many signs make an item of a list a thing of its own (瞪羚企业), where fewer may be a modifier (省考)."""
_TOUCHING = ("", "了", "“", "《")
_EACH = "分别"
_BLANK = " \t\n\u3000"
_LIST = re.compile(r"[、和与及]")
_BEFORE, _BEHIND = 200, 80
"""How far the words of a sentence are looked at, so that a text without full stops costs no more than any other."""
_OWN = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """An indicator made ready; ``order`` is its place in the book."""

    indicator: Indicator
    units: frozenset[str]
    topics: frozenset[str]
    context: tuple[str, ...]
    without: tuple[tuple[str, ...], ...]
    dimensions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word that points at an entry; ``rest`` must stand near it, ``alone``: it is the whole thing counted."""

    anchor: str
    rest: tuple[str, ...]
    sure: bool
    alone: bool
    entry: _Entry


@dataclass(frozen=True, slots=True)
class _Book:
    """A book made ready once: ``cues`` by their first two signs, ``alone`` by the whole word; empty words."""

    cues: Mapping[str, tuple[_Cue, ...]]
    alone: Mapping[str, tuple[_Cue, ...]]
    entries: Mapping[str, _Entry]
    units: frozenset[str]
    plain: frozenset[str]
    modifiers: frozenset[str]
    ellipsis: frozenset[str]
    acts: tuple[tuple[str, tuple[str, ...]], ...]
    media: Media


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact's evidence is sought: ``words`` is its clause between its neighbours, the thing counted in it."""

    words: str
    first: int
    last: int
    before: str
    sentence: str
    heading: str
    topic: str
    is_remote: bool
    is_cell: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """A candidate: which entry, by which cue, where it stands, how sure."""

    entry: _Entry
    cue: str
    at: int
    counted: bool
    score: float


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
    """
    if not facts:
        return facts
    ready = _ready(book, media)
    where = cuts(text)
    linked: list[Fact] = []
    for index, fact in enumerate(facts):
        left = facts[index - 1].span.end if index else 0
        right = facts[index + 1].span.start if index + 1 < len(facts) else len(text)
        linked.append(_linked(fact, _place(fact, text, where, left, right, topic, heading), ready, linked, place))
    return tuple(linked)


def _place(fact: Fact, text: str, where: Cuts, left: int, right: int, topic: str, heading: str) -> _Place:
    """The words around a fact that are its own."""
    start, end = fact.span.start, fact.span.end
    low, high = clause(where, start, end)
    words = text[max(low, left, start - _OWN) : start]
    thing = fact.object
    behind = text.find(thing, end, min(high, right, end + _OWN)) if thing else -1
    if behind >= 0:
        words += _GAP + text[end : behind + len(thing)]
    elif not thing:
        words += _GAP + text[end : min(high, right, end + 8)]
    first = words.rfind(thing)
    is_remote = first < 0 and bool(words.strip(_BLANK)) and _EACH not in text[low:start]
    if first < 0:
        words = words + _GAP + thing
        first = len(words) - len(thing)
    opening, closing = sentence(where, start)
    return _Place(
        words,
        first,
        first + len(thing),
        text[max(opening, left, low - _OWN) : low],
        text[max(opening, start - _BEFORE) : min(closing, end + _BEHIND)],
        heading,
        topic,
        is_remote,
        "\t" in text,
    )


def _linked(fact: Fact, near: _Place, book: _Book, before: list[Fact], place: Place) -> Fact:
    """The fact with the best link, or as it was."""
    best = _best(fact, near, book)
    if best is not None:
        why = f"「{best.cue}」{'是所数之物' if best.counted else '在数旁'}，单位{fact.unit or '未写'}"
        if near.topic in best.entry.topics:
            why += "，主题相合"
        return _filled(fact, best.entry, round(min(best.score, 1.0), 2), why, near, book, place)
    if before and before[-1].indicator is not None and _is_ellipsis(fact, near, before[-1], book):
        entry = book.entries[before[-1].indicator]
        return _filled(fact, entry, min(INHERITED, before[-1].indicator_score), "承前一数省略", near, book, place)
    far = _far(fact, near, book)
    if far is not None:
        return _filled(fact, far.entry, round(far.score, 2), f"「{far.cue}」在前文，单位{fact.unit}", near, book, place)
    return fact


def _best(fact: Fact, near: _Place, book: _Book) -> _Link | None:
    """The one link above the threshold; a list of unlike things (宣讲、演出12场) has none."""
    found = [each for each in _links(fact, near, book) if each.score >= THRESHOLD]
    if not found:
        return None
    found.sort(key=lambda each: (each.score, each.at + len(each.cue), len(each.cue)), reverse=True)
    best = found[0]
    for other in found[1:]:
        if other.entry is best.entry or not (other.counted and best.counted):
            continue
        between = near.words[min(best.at, other.at) : max(best.at, other.at)]
        if _LIST.search(between):
            parent = _common(best.entry, other.entry, book)
            return replace(best, entry=parent) if parent else None
        if other.entry.indicator.part_of == best.entry.indicator.id:
            best = other
    return best


def _far(fact: Fact, near: _Place, book: _Book) -> _Link | None:
    """A link by what was said before, where the number's own words say nothing: 上稿稳步提升，省级5篇."""
    if not fact.unit or fact.unit not in book.units or not _is_silent(fact.object, book):
        return None
    if not _is_silent(_own_words(near), book):
        return None
    for words in (near.before, near.heading):
        best: _Link | None = None
        for at in range(len(words) - 1):
            for cue in book.cues.get(words[at : at + 2], ()):
                if not cue.sure or fact.unit != cue.entry.indicator.unit or not words.startswith(cue.anchor, at):
                    continue
                score = _score(fact, cue, FAR, replace(near, words=words))
                if score >= THRESHOLD and (best is None or at + len(cue.anchor) >= best.at + len(best.cue)):
                    best = _Link(cue.entry, cue.anchor, at, False, score)
        if best is not None:
            return best
    return None


def _own_words(near: _Place) -> str:
    return near.words.partition(_GAP)[0]


def _common(one: _Entry, other: _Entry, book: _Book) -> _Entry | None:
    """The total that both belong to, if one is a part of the other."""
    if one.indicator.part_of == other.indicator.id:
        return other
    return one if other.indicator.part_of == one.indicator.id else None


def _links(fact: Fact, near: _Place, book: _Book) -> Iterator[_Link]:
    """Every cue that holds, with its score."""
    words, thing, unit = near.words, fact.object, fact.unit
    is_open = not unit or (fact.direction is not None and unit in _RATIOS)  # any indicator may change by 12%
    if not is_open and unit not in book.units:
        return
    for cue in book.alone.get(thing, ()):
        if is_open or unit in cue.entry.units:
            score = _score(fact, cue, SURE_PLACE, near)
            if score:
                yield _Link(cue.entry, cue.anchor, near.first, True, score)
    is_plain = not thing or near.is_remote or _is_plain(thing, book)
    for at in range(len(words) - 1):
        for cue in book.cues.get(words[at : at + 2], ()):
            if not (is_open or unit in cue.entry.units) or not words.startswith(cue.anchor, at):
                continue
            is_counted = at < near.last and at + len(cue.anchor) > near.first and near.first < near.last
            is_counted = is_counted or (not near.is_remote and any(word in thing for word in cue.rest))
            if not (_is_whole(thing, cue, is_open, book) if is_counted else is_plain or not cue.entry.indicator.strict):
                continue
            is_beside = is_plain or words[at + len(cue.anchor) : near.first] in _TOUCHING
            place = (REMOTE if near.is_remote else COUNTED) if is_counted else BESIDE if is_beside else ELSEWHERE
            score = _score(fact, cue, place, near)
            if score:
                yield _Link(cue.entry, cue.anchor, at, is_counted, score)


def _score(fact: Fact, cue: _Cue, place: float, near: _Place) -> float:
    """How well the cue's indicator fits, 0 when it cannot; ``place`` is the weight of where the cue stands."""
    entry, words = cue.entry, near.words
    if cue.rest and not all(word in words for word in cue.rest):
        return 0.0
    if any(all(word in words for word in barred) for barred in entry.without):
        return 0.0
    if not fact.unit and "" not in entry.units:
        is_zero = fact.high == 0 and entry.indicator.better == "down"  # 未发生较大事故
        if not (place == COUNTED and cue.sure and (is_zero or near.is_cell)):
            return 0.0
    score = (SURE if cue.sure else WEAK) + place
    score += OWN_UNIT if fact.unit == entry.indicator.unit else OTHER_UNIT
    if near.topic in entry.topics:
        score += SAME_TOPIC
    if not cue.sure and any(word in near.sentence or word in near.heading for word in entry.context):
        score += IN_CONTEXT
    return score


def _is_ellipsis(fact: Fact, near: _Place, before: Fact, book: _Book) -> bool:
    """Whether the words around say no more than level and comparison, in the sentence of the number before."""
    if fact.sentence != before.sentence:
        return False
    if fact.unit != before.unit and not (fact.direction is not None and fact.unit in _RATIOS):
        return False
    if fact.object != before.object and not _is_silent(fact.object, book):
        return False
    return _is_silent(_own_words(near), book)


def _is_silent(words: str, book: _Book) -> bool:
    """Whether words name no more than a level, an outlet, a comparison: 其中省级, 比上半年多."""
    return not words or _is_made_of(levels.without(words, book.media), book.ellipsis)


def _is_whole(thing: str, cue: _Cue, is_open: bool, book: _Book) -> bool:
    """Whether the cue speaks for the whole thing counted: nothing narrower where that matters, no list of more.

    A growth is that of the last noun: 龙头企业销售收入增长8% is none of 龙头企业.
    """
    if is_open and not _is_made_of(thing[max(_end(thing, word) for word in (cue.anchor, *cue.rest)) :], book.modifiers):
        return False
    if cue.entry.indicator.strict:
        return _is_made_of(thing.replace(cue.anchor, "", 1), book.modifiers)
    if "、" not in thing:
        return True
    return all(len(part) < _FOREIGN or _is_said(part, cue.entry, book) for part in thing.split("、"))


def _end(thing: str, word: str) -> int:
    at = thing.rfind(word)
    return 0 if at < 0 else at + len(word)


def _is_said(part: str, entry: _Entry, book: _Book) -> bool:
    """Whether an item of a list holds a cue of the entry, or says nothing of its own."""
    for at in range(len(part) - 1):
        for cue in book.cues.get(part[at : at + 2], ()):
            if cue.entry is entry and part.startswith(cue.anchor, at):
                return True
    return _is_plain(part, book)


def _is_plain(thing: str, book: _Book) -> bool:
    """Whether the thing counted says nothing of its own: 各类稿件, 《湖北日报》."""
    return thing in book.plain or _is_made_of(thing, book.modifiers)


def _is_made_of(text: str, words: frozenset[str]) -> bool:
    """Whether the text is words of the set and nothing else; linear in its length.

    >>> _is_made_of("其中去年同期", frozenset(["其中", "去年", "同期"]))
    True
    """
    size = len(text)
    reached = {0}
    for at in range(size):
        if at in reached:
            reached.update(end for end in range(at + 1, min(at + _LONGEST, size) + 1) if text[at:end] in words)
    return size in reached


def _filled(fact: Fact, entry: _Entry, score: float, why: str, near: _Place, book: _Book, place: Place) -> Fact:
    """The fact with its indicator and the dimensions that the indicator keeps."""
    known: tuple[tuple[str, str], ...] = ()
    if entry.indicator.stage:
        known += (("stage", entry.indicator.stage),)
    if "level" in entry.dimensions:
        known += levels.level(fact.object, book.media, place) or levels.level(near.words, book.media, place)
    if "outlet" in entry.dimensions:
        known += levels.outlet(fact.object, book.media) or levels.outlet(near.words, book.media)
    if "star" in entry.dimensions:
        known += levels.star(near.words)
    if entry.indicator.flow == "stock":
        known += _act(near.words, book)
    return replace(fact, indicator=entry.indicator.id, indicator_score=score, indicator_reason=why, dimensions=known)


def _act(words: str, book: _Book) -> tuple[tuple[str, str], ...]:
    """Whether a stock's number is what was added or renewed, not what there is: 新增书屋3个, 改造书屋5个."""
    for act, told in book.acts:
        if any(word in words for word in told):
            return (("act", act),)
    return ()


# --- making a book ready ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _ready(book: Indicators, media: Media) -> _Book:
    """Compile a book; raises ``SettingsError`` for an id given twice or a part of something unknown."""
    stages = {"@submitted": media.submitted.split(), "@adopted": media.adopted.split()}
    cues: list[_Cue] = []
    entries: dict[str, _Entry] = {}
    for indicator in book.indicators:
        if indicator.id in entries:
            raise SettingsError(f"indicators.yaml: 指标 {indicator.id!r} 写了两次 (given twice)")
        entry = entries[indicator.id] = _entry(indicator, stages)
        cues += _cues(indicator.cues, entry, stages, sure=True)
        cues += _cues(indicator.weak, entry, stages, sure=False)
    for indicator in book.indicators:
        if indicator.part_of is not None and indicator.part_of not in entries:
            raise SettingsError(
                f"indicators.yaml: {indicator.id} 的 part_of {indicator.part_of!r} 不是已有的指标 (unknown)"
            )
    names = " ".join(each.outlets for each in media.levels).split()
    plain, modifiers = book.plain.split(), [*book.modifiers.split(), *names, *"、“”《》"]
    return _Book(
        _by_head([cue for cue in cues if not cue.alone], 2),
        _by_head([cue for cue in cues if cue.alone], None),
        entries,
        frozenset(unit for entry in entries.values() for unit in entry.units),
        frozenset(plain),
        frozenset([*plain, *modifiers]),
        frozenset([*book.ellipsis.split(), *plain, *modifiers]),
        (("新增", tuple(book.added.split())), ("改造", tuple(book.renewed.split()))),
        media,
    )


def _entry(indicator: Indicator, stages: Mapping[str, list[str]]) -> _Entry:
    told = indicator.context.split()
    barred = [word for each in indicator.without.split() for word in stages.get(each, [each])]
    return _Entry(
        indicator,
        frozenset([indicator.unit, *(unit.strip('"') for unit in indicator.also.split())]),
        frozenset([indicator.topic, *(word[1:] for word in told if word.startswith("@"))]),
        tuple(word for word in told if not word.startswith("@")),
        tuple(tuple(word.split("+")) for word in barred),
        frozenset(indicator.dimensions.split()),
    )


def _cues(written: str, entry: _Entry, stages: Mapping[str, list[str]], *, sure: bool) -> Iterator[_Cue]:
    for each in written.split():
        variants = [each]
        for name, words in stages.items():
            variants = [one.replace(name, word) for one in variants for word in (words if name in one else [""])]
        for one in variants:
            anchor, *rest = one.lstrip("=").split("+")
            yield _Cue(anchor, tuple(rest), sure, one.startswith("="), entry)


def _by_head(cues: list[_Cue], size: int | None) -> dict[str, tuple[_Cue, ...]]:
    """The cues under the first ``size`` signs of their anchor."""
    found: dict[str, list[_Cue]] = {}
    for cue in cues:
        found.setdefault(cue.anchor[:size], []).append(cue)
    return {head: tuple(each) for head, each in found.items()}
