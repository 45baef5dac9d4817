"""The book of indicators made ready: cues by their first two signs, and the words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.annotate.lexicon import SUBJECTS, TIMES
from pipeline.errors import SettingsError
from pipeline.model import Indicator, Indicators, Media

_HEAD = 2
"""A cue is found by so many of its first signs; none is shorter."""
_MEDIUM = re.compile("[媒报网台视刊社]|新闻|中心|在线")


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator made ready: its units, the topics it is at home in, words that help or forbid, cues as written.

    A word of ``context`` may hold in one topic only: 活动@culture.
    """

    indicator: Indicator
    units: frozenset[str]
    topics: frozenset[str]
    context: tuple[tuple[str, str], ...]
    without: tuple[tuple[str, ...], ...]
    dimensions: frozenset[str]
    is_average: bool
    heads: tuple[str, ...]
    follows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that points at an entry; ``rest`` must stand near it, ``alone``: it is the whole thing counted.

    ``first``: it is the first noun behind the number. ``needs_context``: the topic is not enough.
    ``units``: what it may be counted by.
    """

    anchor: str
    rest: tuple[str, ...]
    sure: bool
    alone: bool
    first: bool
    entry: Entry
    needs_context: bool
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that make up a phrase which says nothing; ``longest`` of them."""

    known: frozenset[str]
    longest: int

    def fill(self, text: str) -> bool:
        """Whether the text is words of these and nothing else; linear in its length.

        >>> words_of("其中 去年 同期").fill("其中去年同期")
        True
        >>> words_of("其中 去年 同期").fill("其中宣讲")
        False
        """
        size, farthest, reached = len(text), 0, {0}
        for at in range(size):
            if at > farthest:
                return False
            if at in reached:
                for end in range(at + 1, min(at + self.longest, size) + 1):
                    if text[at:end] in self.known:
                        reached.add(end)
                        farthest = end if end > farthest else farthest
        return size in reached


@dataclass(frozen=True, slots=True)
class Book:
    """A book made ready once. ``cues`` by their first two signs, ``alone`` by the whole word, ``first`` by one sign.

    ``anchors`` are those of all cues. ``of_unit`` holds the cues of each unit's entries by their first two signs.
    ``totals`` are the ids of indicators that others are a part of.
    """

    cues: Mapping[str, tuple[Cue, ...]]
    of_unit: Mapping[str, Mapping[str, tuple[Cue, ...]]]
    anchors: Mapping[str, tuple[str, ...]]
    alone: Mapping[str, tuple[Cue, ...]]
    first: Mapping[str, tuple[Cue, ...]]
    entries: Mapping[str, Entry]
    totals: frozenset[str]
    units: frozenset[str]
    plain: Words
    around: Words
    silent: Words
    acts: tuple[tuple[str, tuple[str, ...]], ...]
    lacking: re.Pattern[str]
    still: tuple[str, ...]
    partial: re.Pattern[str]
    compounds: tuple[str, ...]
    media: Media


def words_of(*written: str) -> Words:
    """The words of blank-separated lists."""
    known = frozenset(word for each in written for word in each.split())
    return Words(known, max(map(len, known), default=0))


def _any(written: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, written.split())) or "(?!)")


@lru_cache(maxsize=4)
def ready(book: Indicators, media: Media) -> Book:
    """Compile a book; raises ``SettingsError`` for an id given twice, an unknown total or a cue of one sign."""
    named = [name for each in media.levels for name in f"{each.outlets} {each.words}".split() if _MEDIUM.search(name)]
    stages = {"@submitted": media.submitted.split(), "@adopted": media.adopted.split(), "@outlets": named}
    cues: list[Cue] = []
    entries: dict[str, Entry] = {}
    for indicator in book.indicators:
        if indicator.id in entries:
            raise SettingsError(f"indicators.yaml: 指标 {indicator.id!r} 写了两次 (given twice)")
        entry = entries[indicator.id] = _entry(indicator, stages)
        cues += _cues(indicator.cues, entry, stages, sure=True)
        cues += _cues(indicator.weak, entry, stages, sure=False)
    _check(entries, cues)
    levels = " ".join(f"{each.outlets} {each.words} {each.signs}" for each in media.levels)
    plain = f"{book.plain} {book.modifiers} {levels} 、 “ ” 《 》"
    units = frozenset(unit for cue in cues for unit in cue.units)
    inside = _by_head((cue for cue in cues if not (cue.alone or cue.first)), _HEAD)
    return Book(
        inside,
        _by_unit(cue for cue in cues if not (cue.alone or cue.first)),
        _anchors(inside),
        _by_head((cue for cue in cues if cue.alone), None),
        _by_head((cue for cue in cues if cue.first), 1),
        entries,
        frozenset(each.part_of for each in book.indicators if each.part_of),
        units,
        words_of(plain),
        words_of(plain, book.around),
        words_of(plain, book.ellipsis, *SUBJECTS, *TIMES),
        (("新增", tuple(book.added.split())), ("改造", tuple(book.renewed.split()))),
        _any(book.lacking),
        tuple(book.still.split()),
        _any(book.partial),
        tuple(book.compounds.split()),
        media,
    )


def _check(entries: Mapping[str, Entry], cues: list[Cue]) -> None:
    for entry in entries.values():
        total = entry.indicator.part_of
        if total is not None and total not in entries:
            raise SettingsError(f"indicators.yaml: {entry.indicator.id} 的 part_of {total!r} 不是已有的指标 (unknown)")
        for other in entry.follows - entries.keys():
            raise SettingsError(f"indicators.yaml: {entry.indicator.id} 的 follows {other!r} 不是已有的指标 (unknown)")
    for cue in cues:
        if len(cue.anchor) < _HEAD and not (cue.alone or cue.first):
            raise SettingsError(
                f"indicators.yaml: {cue.entry.indicator.id} 的词 {cue.anchor!r} 太短, 至少两个字 (too short); "
                f"要它单独成立请写 '={cue.anchor}'"
            )


def _entry(indicator: Indicator, stages: Mapping[str, list[str]]) -> Entry:
    told = indicator.context.split()
    barred = [word for each in indicator.without.split() for word in stages.get(each, [each])]
    return Entry(
        indicator,
        frozenset([indicator.unit, *(unit.strip('"') for unit in indicator.also.split())]),
        frozenset([indicator.topic, *(word[1:] for word in told if word.startswith("@"))]),
        tuple((word.partition("@")[0], word.partition("@")[2]) for word in told if not word.startswith("@")),
        tuple(tuple(word.split("+")) for word in barred),
        frozenset(indicator.dimensions.split()),
        "均" in indicator.name,
        tuple(f"{indicator.cues} {indicator.weak}".split()),
        frozenset(indicator.follows.split()),
    )


def _cues(written: str, entry: Entry, stages: Mapping[str, list[str]], *, sure: bool) -> Iterator[Cue]:
    for each in written.split():
        name = next((name for name in stages if name in each), None)
        for said in [each] if name is None else [each.replace(name, word) for word in stages[name]]:
            anchor, *more = said.lstrip("=^").rstrip("!").split("+")
            rest = tuple(word for word in more if not word.startswith("#"))
            own = [unit for word in more if word.startswith("#") for unit in word[1:].split("/")]
            units = frozenset(own) or entry.units
            kind = said[0] == "=", said[0] == "^"
            yield Cue(anchor, rest, sure, *kind, entry, said.endswith("!"), units)


def _by_head(cues: Iterable[Cue], size: int | None) -> dict[str, tuple[Cue, ...]]:
    """The cues under the first ``size`` signs of their anchor."""
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        found.setdefault(cue.anchor[:size], []).append(cue)
    return {head: tuple(each) for head, each in found.items()}


def _anchors(cues: Mapping[str, tuple[Cue, ...]]) -> dict[str, tuple[str, ...]]:
    """The anchors under each first two signs: one look tells whether any of them stands somewhere."""
    return {head: tuple(dict.fromkeys(cue.anchor for cue in each)) for head, each in cues.items()}


def _by_unit(cues: Iterable[Cue]) -> dict[str, dict[str, tuple[Cue, ...]]]:
    """The cues that each unit may be counted by."""
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        for unit in cue.units:
            found.setdefault(unit, []).append(cue)
    return {unit: _by_head(each, _HEAD) for unit, each in found.items()}
