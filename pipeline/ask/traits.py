"""What is measured of a paragraph that may be about what is asked: how much of it, where, in what kind of passage.

Every trait is a plain number; how much each counts is told in ``ranking``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.ask.concepts import Concept
from pipeline.ask.relevance import KIN, NUMBER, PART, ROLE_ALONE, SYNONYM, USUAL, about
from pipeline.store.characters import folded

BRIEF = 12  # characters below which a paragraph is hardly a sentence
NOWHERE = 5.0  # stands for the place of what has none: e^5 characters away
BESIDE = 14  # characters between a thing and its number
_END = re.compile(r"[。；;！？!?\n]")


class Traits(NamedTuple):
    """Numbers of one paragraph; shares, degrees and cosines are 0…1, flags 0 or 1."""

    about: float  # what a first look holds of it
    covered: float  # of the things by their rarity, how far it has them
    weakest: float  # the thing it has least
    share: float  # of its characters, those in sentences that have any of it
    mentions: float  # log(1 + how often the things or their parts are named)
    place: float  # log(1 + characters before the first of these)
    brief: float
    long: float  # log of how many times the usual length
    table: float
    heading: float
    closing: float
    other: float
    called: float  # it is the kind of passage that the words call for
    likely: float  # how likely the model holds that
    counted: float  # a number was asked for and stands beside
    matters: float = 0.0  # likeness of its likeliest topics to those of the best
    whole: float = 0.0  # nearness in meaning: of all its words,
    nearest_sentence: float = 0.0  # of its nearest sentence,
    nearest_words: float = 0.0  # of the nearest word to each of the query's


def traits(text: str, role: str, roles: Mapping[str, float], things: Sequence[Concept]) -> Traits:
    """All that the words, their places and the role (with the likeliest ones) tell; topics and meaning come later.

    >>> from pipeline.ask.concepts import concept
    >>> told = traits("广场舞赛办了三场；书屋没有动静。", "achievement", {}, [concept("广场舞", ("广场舞",))])
    >>> told.covered, told.share, told.place, told.heading
    (1.0, 0.5625, 0.0, 0.0)
    """
    said = folded(text) if any(thing.is_folded for thing in things) else text
    size = max(1, len(said))
    found = _found(said, things)
    total = sum(thing.rarity for thing in things)
    strengths = [_strength(thing, found, role) for thing in things]
    words = {word for thing in things for word in (*thing.ways, *(part for part, _ in thing.parts))}
    own = [place for word in words for place in found.get(word, ())]
    wanted = {thing.role for thing in things if thing.role}
    return Traits(
        about=about(text, role, things),
        covered=sum(thing.rarity * each for thing, each in zip(things, strengths, strict=True)) / total,
        weakest=min(strengths),
        share=_in_sentences(said, found) / size,
        mentions=math.log1p(len(own)),
        place=math.log1p(min(own)) if own else NOWHERE,
        brief=float(size < BRIEF),
        long=max(0.0, math.log(size / USUAL)),
        table=float("\t" in said),
        heading=float(role == "heading"),
        closing=float(role == "closing"),
        other=float(role == "other"),
        called=float(role in wanted),
        likely=max((roles.get(each, 0.0) for each in wanted), default=0.0),
        counted=float(any(thing.is_counted for thing in things) and _has_number_beside(said, own)),
    )


def _found(said: str, things: Sequence[Concept]) -> dict[str, list[int]]:
    """Where every word stands that means a thing, is part of it or of its kin."""
    words = {word for thing in things for word in thing.ways}
    words.update(word for thing in things for word, _ in (*thing.parts, *thing.kin))
    found: dict[str, list[int]] = {}
    for word in words:
        at = said.find(word)
        while at >= 0:
            found.setdefault(word, []).append(at)
            at = said.find(word, at + 1)
    return found


def _strength(thing: Concept, found: Mapping[str, list[int]], role: str) -> float:
    """How far what was found has the thing, 0…1."""
    for n, way in enumerate(thing.ways):
        if way in found:
            return SYNONYM if n else 1.0
    strength = sum(PART * share for part, share in thing.parts if part in found)
    for word, likeness in thing.kin:
        if word in found:
            strength = max(strength, KIN * likeness)
    return max(strength, ROLE_ALONE) if thing.only_role and thing.role == role else strength


def _in_sentences(said: str, found: Mapping[str, list[int]]) -> int:
    """How many characters the sentences have in which anything was found."""
    if not found:
        return 0
    ends = [0, *(mark.end() for mark in _END.finditer(said)), len(said)]
    return sum(ends[n] - ends[n - 1] for n in {bisect(ends, at) for places in found.values() for at in places})


def _has_number_beside(said: str, own: Sequence[int]) -> bool:
    numbers = [each.start() for each in NUMBER.finditer(said)]
    return any(abs(number - place) <= BESIDE for place in own for number in numbers)
