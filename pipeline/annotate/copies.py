"""What a paragraph is once its numbers and names are masked, and fingerprints by which copies are found.

Pure functions of text. ``mask`` keeps for every character of the form its place in the text, so that a passage that
two forms share can be shown in both texts.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.annotate.words import half_width
from pipeline.model import Span

Array = Any  # numpy arrays; the shapes are said in the docstrings
NUMBER, NAME = "0", "〇"
SHINGLE = 4  # characters of a shingle: two words
PERMUTATIONS = 96
BANDS, ROWS = 32, 3  # a pair of Jaccard 0.5 is met with 98.6 %, one of 0.2 with 23 %
WINDOW = 12  # every shared run of WINDOW + SEED - 1 masked characters has a common fingerprint
SEED = 8
_PRIME = np.uint64((1 << 61) - 1)

_DIGITS = r"\d+(?:[.,，]\d+)*"
_CHINESE = r"[一二三四五六七八九十百千万亿两〇零几数]+(?=[余多]?[余多]?(?:个|次|场|篇|条|期|人|名|户|份|本|支|处|家|年|月|日|天|亩|元|万|亿|块|件|幅|届|批|部|套|座|村|社区|所|对|例|起|间|台|米|公里|吨|倍|成))"
_NUMBER = re.compile(f"{_DIGITS}|{_CHINESE}")
_SIGNS = re.compile(r"[^\w%〇]|_")
_LABEL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）]|[、.．](?!\d))+\s*|[①-⑳]|(?:第[一二三四五六七八九十]|[一二三四五六七八九十]是)[，、]?")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Masked:
    """``form`` holds letters and digits only, numbers as 0 and names as 〇; ``places[i]`` is where ``form[i]`` begins."""

    form: str
    places: tuple[int, ...]
    length: int  # of the text

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that ``form[start:end]`` comes from."""
        if start >= end:
            return Span(0, 0)
        return Span(self.places[start], self.places[end] if end < len(self.places) else self.length)


@functools.lru_cache(maxsize=64)
def names_pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    """One pattern for all names of places and units, the longest first, or None."""
    told = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, told))) if told else None


def mask(text: str, names: frozenset[str] = frozenset(), keep_numbers: bool = False) -> Masked:
    """The form of a text.

    >>> mask("上半年，青禾镇投稿１２０余篇。", frozenset({"青禾镇"})).form
    '上半年〇投稿0余篇'
    >>> mask("投稿一百二十篇").form == mask("投稿9篇").form
    True
    """
    half = half_width(text).lower()
    if len(half) != len(text):
        half = half_width(text)
    holes = [] if keep_numbers else [(each.start(), each.end(), NUMBER) for each in _NUMBER.finditer(half)]
    pattern = names_pattern(names)
    if pattern is not None:
        holes += [(each.start(), each.end(), NAME) for each in pattern.finditer(text)]
    form: list[str] = []
    places: list[int] = []
    label = _LABEL.match(half)  # 一、 and 1. are the list's, not the text's
    at = label.end() if label else 0
    for start, end, sign in sorted(holes, key=lambda each: (each[0], -each[1])):
        if start < at:
            continue
        _copy(half, at, start, form, places)
        form.append(sign)
        places.append(start)
        at = end
    _copy(half, at, len(half), form, places)
    return Masked("".join(form), tuple(places), len(text))


def _copy(text: str, start: int, end: int, form: list[str], places: list[int]) -> None:
    for at in range(start, end):
        if not _SIGNS.match(text[at]):
            form.append(text[at])
            places.append(at)


def key(form: str) -> str:
    """A short name of a form: equal forms, equal keys.

    >>> key("投稿0篇") == key("投稿0篇"), len(key(""))
    (True, 16)
    """
    return hashlib.blake2b(form.encode("utf-8"), digest_size=8).hexdigest()


def shingles(form: str, length: int = SHINGLE) -> Array:
    """Hashes of all runs of ``length`` characters, in order: uint64 of shape (max(1, len(form) - length + 1),)."""
    codes = np.frombuffer(form.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - length + 1
    if count < 1:
        codes, count = np.concatenate([codes, np.zeros(length - len(codes), dtype=np.uint64)]), 1
    hashed = np.zeros(count, dtype=np.uint64)
    for n in range(length):
        hashed = hashed * np.uint64(1_099_511_628_211) + codes[n : n + count]
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    return hashed ^ (hashed >> np.uint64(32))


@functools.lru_cache(maxsize=1)
def _permutations() -> tuple[Array, Array]:
    random = np.random.default_rng(20231)
    factors = random.integers(1, 1 << 31, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    return factors[:, None], random.integers(0, 1 << 63, PERMUTATIONS, dtype=np.uint64)[:, None]


def bands(form: str) -> Array:
    """Keys of the form's MinHash bands: uint64 of shape (BANDS,). Near-copies share at least one.

    >>> a = bands("组织开展志愿服务活动0次参与志愿者0余人次受到群众欢迎")
    >>> b = bands("组织开展志愿服务活动0次参与志愿者0多人次深受群众欢迎")
    >>> bool((a == b).any())
    True
    """
    factors, offsets = _permutations()
    signature = (np.unique(shingles(form)) * factors + offsets).min(axis=1)
    rows = signature.reshape(BANDS, ROWS)
    told = np.zeros(BANDS, dtype=np.uint64)
    for n in range(ROWS):
        told = told * np.uint64(0x9E3779B97F4A7C15) + rows[:, n]
    return told ^ np.arange(BANDS, dtype=np.uint64)


def fingerprints(form: str) -> tuple[Array, Array]:
    """Winnowed fingerprints and their places in the form: (uint64, int32), both of one length.

    Every run of ``WINDOW + SEED - 1`` characters that two forms share gives both a common fingerprint.
    """
    hashed = shingles(form, SEED)
    if len(form) < SEED:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)
    width = min(WINDOW, len(hashed))
    views = np.lib.stride_tricks.sliding_window_view(hashed, width)
    chosen = np.unique(views.argmin(axis=1) + np.arange(len(views)))
    return hashed[chosen], chosen.astype(np.int32)


def resemblance(one: str, other: str) -> float:
    """Share of shingles that both forms have, of those that either has: 0…1."""
    first, second = set(_grams(one)), set(_grams(other))
    return len(first & second) / len(first | second) if first or second else 1.0


def _grams(form: str) -> Iterable[str]:
    return (form[at : at + 3] for at in range(max(1, len(form) - 2)))


def covered(part: str, whole: str, shortest: int = 6) -> list[tuple[int, int, int]]:
    """Runs of ``part`` that stand in ``whole``, greedily from the left: (start in part, start in whole, length).

    >>> covered("甲乙丙开展志愿服务活动", "今年开展志愿服务活动很多")
    [(3, 2, 8)]
    """
    places: dict[str, list[int]] = {}
    for at in range(len(whole) - shortest + 1):
        places.setdefault(whole[at : at + shortest], []).append(at)
    runs, at = [], 0
    while at <= len(part) - shortest:
        best = (0, 0)
        for start in places.get(part[at : at + shortest], ()):
            length = shortest
            while at + length < len(part) and start + length < len(whole) and part[at + length] == whole[start + length]:
                length += 1
            best = max(best, (length, start))
        if best[0]:
            runs.append((at, best[1], best[0]))
            at += best[0]
        else:
            at += 1
    return runs
