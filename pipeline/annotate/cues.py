"""The hint words of ``configs/categories.yaml``, and how many of each label's a text holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.annotate.categories import top
from pipeline.annotate.memory import WORDS, Column, Numbers, distinct
from pipeline.model import Categories, Category

INSIDE = 8  # cues that one word may hold; the longest words hold three or four
_NONE = (-1,) * (INSIDE - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The cues ready for matching against words that ``cut`` made. Compared by identity."""

    labels: dict[str, tuple[str, ...]]  # cue → labels (``role=plan``, ``topic=news``)
    names: tuple[str, ...]  # all labels in order: those of roles before those of topics
    meant: NDArray[np.bool_]  # cues × names
    pairs: dict[tuple[str, str], tuple[int, ...]]  # two words in a row → the cues they make, by number
    held: Column  # word → the cues that it is or holds, by number, -1 for none
    leads: Column  # word → whether it is the first of a pair
    ends: Column  # word → whether it is the second


def cues_of(categories: Categories, cut: Callable[[str], list[str]]) -> Cues:
    """The cues of roles and topics."""
    labels: dict[str, list[str]] = {}
    axes: tuple[tuple[str, Mapping[str, Category]], ...] = (("role", categories.roles), ("topic", categories.topics))
    for axis, named in axes:
        for name, category in named.items():
            own = f"{axis}={top(name, named)}"
            for cue in category.cues.split():
                if own not in labels.setdefault(cue, []):
                    labels[cue].append(own)
    number = {cue: n for n, cue in enumerate(labels)}
    pairs: dict[tuple[str, str], tuple[int, ...]] = {}
    for cue in labels:
        words = cut(cue)
        if len(words) == 2:
            pairs[words[0], words[1]] = (*pairs.get((words[0], words[1]), ()), number[cue])
    names = tuple(sorted({name for own in labels.values() for name in own}))
    meant = np.array([[name in own for name in names] for own in labels.values()], bool).reshape(len(labels), -1)
    first, second = {one for one, _ in pairs}, {other for _, other in pairs}
    return Cues(
        {cue: tuple(own) for cue, own in labels.items()},
        names,
        meant,
        pairs,
        Column(WORDS, lambda words: [_inside(word, number) for word in words], np.int32, INSIDE),
        Column(WORDS, lambda words: [word in first for word in words], np.bool_),
        Column(WORDS, lambda words: [word in second for word in words], np.bool_),
    )


def _inside(word: str, number: Mapping[str, int]) -> list[int]:
    """The cues that a word is or holds, by number, filled up with -1.

    >>> _inside("理论宣讲", {"宣讲": 7})
    [7, -1, -1, -1, -1, -1, -1, -1]
    """
    if len(word) <= 3:
        return [number.get(word, -1), *_NONE]
    pieces = {word, *(word[i : i + n] for n in (2, 3, 4) for i in range(len(word) - n + 1))}
    found = sorted(number[piece] for piece in pieces & number.keys())[:INSIDE]
    return found + [-1] * (INSIDE - len(found))


def counts(cues: Cues, owner: Numbers, words: Numbers, texts: int) -> NDArray[np.int64]:
    """How many different cues of each label stand in each text: texts × ``cues.names``.

    ``words`` by number, text after text; ``owner`` says whose each is. A cue may be two words in a row, or the inside
    of a longer word.
    """
    held = cues.held.at(words)
    holders = np.flatnonzero(held[:, 0] >= 0)
    found = held[holders]
    is_cue = found >= 0
    may_pair = np.flatnonzero(cues.leads.at(words)[:-1] & cues.ends.at(words)[1:] & (owner[1:] == owner[:-1]))
    text, first, second = owner[may_pair].tolist(), words[may_pair].tolist(), words[may_pair + 1].tolist()
    met = WORDS.words
    paired = [
        whose * len(cues.labels) + cue
        for whose, one, other in zip(text, first, second, strict=True)
        for cue in cues.pairs.get((met[one], met[other]), ())
    ]
    whole = np.repeat(owner[holders] * len(cues.labels), is_cue.sum(axis=1)) + found[is_cue]
    every = distinct(np.concatenate((whole, np.array(paired, np.int64))))
    row, name = np.nonzero(cues.meant[every % max(len(cues.labels), 1)])
    size = len(cues.names)
    told = np.bincount((every // max(len(cues.labels), 1))[row] * size + name, minlength=texts * size)
    return told.reshape(texts, size)


def hints_of(words: Sequence[str], cues: Cues) -> dict[str, int]:
    """How many different cues of each label stand in the words, labels in order."""
    numbers = WORDS.numbers([words])
    found = counts(cues, np.zeros_like(numbers), numbers, 1)[0].tolist()
    return {name: count for name, count in zip(cues.names, found, strict=True) if count}
