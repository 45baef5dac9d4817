"""What a paragraph is once its numbers, names and creeds are masked, and fingerprints by which copies are found.

Pure functions of text. ``mask`` keeps for every character of the form its place in the text, so that a passage that
two forms share can be shown in both texts.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
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
BLOCK = 4000  # forms hashed at once: some 20 MB

_DIGITS = r"\d+(?:[.,，]\d+)*"
_CHINESE = r"[一二三四五六七八九十百千万亿两〇零几数]+(?=[余多]?[余多]?(?:个|次|场|篇|条|期|人|名|户|份|本|支|处|家|年|月|日|天|亩|元|万|亿|块|件|幅|届|批|部|套|座|村|社区|所|对|例|起|间|台|米|公里|吨|倍|成|张|岁|把|枚|车|袋|斤|站|队|轮|遍|拨|节|课|册|组|字|种|类|位|桌|家))"  # noqa: E501
_NUMBER = f"{_DIGITS}|{_CHINESE}"
_CONGRESS = "(?:十[六七八九]|二十)"
_CREED = (
    "习近平新时代中国特色社会主义思想|邓小平理论|“?三个代表”?重要思想|科学发展观|"
    f"党的{_CONGRESS}(?:大|届[一二三四五六七]中全会)(?:[和及、]{_CONGRESS}?届?(?:历次|[一二三四五六七])中全会)?(?:精神)?"
)
"""What all reports of a time say in the same words, and nobody copies from another: as long as a passage."""
_SIGN = r"[^\w%]|_"
_LABEL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）]|[、.．](?!\d))+\s*|[①-⑳]|(?:第[一二三四五六七八九十]|[一二三四五六七八九十]是)[，、]?")  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class Masked:
    """``form`` holds letters and digits only, numbers as 0, names and creeds as 〇; ``places[i]`` is where ``form[i]`` begins."""  # noqa: E501

    form: str
    places: tuple[int, ...]
    length: int  # of the text

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that ``form[start:end]`` comes from."""
        if start >= end:
            return Span(0, 0)
        return Span(self.places[start], self.places[end] if end < len(self.places) else self.length)


@functools.lru_cache(maxsize=64)
def _holes(names: frozenset[str], keep_numbers: bool) -> re.Pattern[str]:
    """Names (the longest first) and numbers in one pattern; the group that matched says which."""
    told = sorted((re.escape(name) for name in names if len(name) > 1), key=lambda name: (name[0], -len(name), name))
    grouped = ["(?:" + "|".join(group) + ")" for _, group in groupby(told, key=lambda name: name[0])]
    parts = [f"(?P<name>{'|'.join(grouped)})"] if grouped else []
    parts.append(f"(?P<creed>{_CREED})")
    parts += [] if keep_numbers else [f"(?P<number>{_NUMBER})"]
    return re.compile("|".join([*parts, f"(?P<sign>(?:{_SIGN})+)"]))


_SIGN_OF = {"name": NAME, "creed": NAME, "number": NUMBER, "sign": ""}


def _body(text: str) -> tuple[str, int]:
    """Half-width and lower-case, of the same length, and where the text begins after its list label."""
    half = half_width(text)
    lower = half.lower()
    half = lower if len(lower) == len(text) else half
    label = _LABEL.match(half)  # 一、 and 1. are the list's, not the text's
    return half, label.end() if label else 0


def form(text: str, names: frozenset[str] = frozenset(), keep_numbers: bool = False) -> str:
    """The text with numbers and names masked, letters and digits only.

    >>> form("（一）上半年，青禾镇投稿１２０余篇。", frozenset({"青禾镇"}))
    '上半年〇投稿0余篇'
    """
    half, start = _body(text)
    return _holes(names, keep_numbers).sub(lambda found: _SIGN_OF[found.lastgroup or "sign"], half[start:])


def mask(text: str, names: frozenset[str] = frozenset(), keep_numbers: bool = False) -> Masked:
    """The form of a text, and the place of each of its characters.

    >>> mask("投稿一百二十篇").form == mask("投稿9篇").form == form("投稿1,200篇")
    True
    """
    half, at = _body(text)
    told: list[str] = []
    places: list[int] = []
    for found in _holes(names, keep_numbers).finditer(half, at):
        told.append(half[at : found.start()])
        places.extend(range(at, found.start()))
        sign = _SIGN_OF[found.lastgroup or "sign"]
        if sign:
            told.append(sign)
            places.append(found.start())
        at = found.end()
    told.append(half[at:])
    places.extend(range(at, len(half)))
    return Masked("".join(told), tuple(places), len(text))


def key(form: str) -> str:
    """A short name of a form: equal forms, equal keys.

    >>> key("投稿0篇") == key("投稿0篇"), len(key(""))
    (True, 16)
    """
    return hashlib.blake2b(form.encode("utf-8"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Fingerprints of many forms. ``signatures``: MinHash, uint32 of shape (forms, PERMUTATIONS).

    ``marks`` are winnowed fingerprints (uint64) and ``owners`` the form each belongs to (uint32): every run of
    ``WINDOW + SEED - 1`` characters that two forms share gives both a common mark.
    """

    signatures: Array
    marks: Array
    owners: Array


def sketch(forms: Sequence[str]) -> Sketch:
    """Fingerprints of all forms, a block at a time.

    >>> a = sketch(["组织开展志愿服务活动0次参与志愿者0余人次受到群众欢迎", "组织开展志愿服务活动0次参与志愿者0多人次深受群众欢迎"])
    >>> bool((a.signatures[0] == a.signatures[1]).mean() > 0.3), len(set(a.marks[a.owners == 0]) & set(a.marks[a.owners == 1])) > 0
    (True, True)
    """  # noqa: E501
    signatures = np.empty((len(forms), PERMUTATIONS), dtype=np.uint32)
    marks, owners = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.uint32)]
    for start in range(0, len(forms), BLOCK):
        block = forms[start : start + BLOCK]
        signatures[start : start + BLOCK] = _signatures(block)
        found, whose = _marks(block)
        marks.append(found)
        owners.append(whose + np.uint32(start))
    return Sketch(signatures, np.concatenate(marks), np.concatenate(owners))


def _shingles(forms: Sequence[str], length: int) -> tuple[Array, Array]:
    """Hashes of all runs of ``length`` characters (uint64) and where each form's begin; short forms are filled up."""
    filled = [form if len(form) >= length else form.ljust(length) for form in forms]
    codes = np.frombuffer("".join(filled).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    sizes = np.array([len(form) for form in filled])
    hashed = np.zeros(len(codes) - length + 1, dtype=np.uint64)
    for n in range(length):
        hashed = hashed * np.uint64(1_099_511_628_211) + codes[n : n + len(hashed)]
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(32)
    ends = np.cumsum(sizes)
    whole = np.ones(len(hashed), dtype=bool)  # a run over the border of two forms is none
    for n in range(1, length):
        whole[ends[:-1] - n] = False
    starts = np.r_[0, np.cumsum(sizes - length + 1)[:-1]]
    return hashed[whole], starts


@functools.lru_cache(maxsize=1)
def _permutations() -> list[tuple[Any, Any]]:
    random = np.random.default_rng(20231)
    factors = random.integers(1, 1 << 31, PERMUTATIONS, dtype=np.uint32) | np.uint32(1)
    return list(zip(factors, random.integers(0, 1 << 32, PERMUTATIONS, dtype=np.uint32), strict=True))


def _signatures(forms: Sequence[str]) -> Array:
    hashed, starts = _shingles(forms, SHINGLE)
    low = (hashed >> np.uint64(32)).astype(np.uint32)
    told = np.empty((len(forms), PERMUTATIONS), dtype=np.uint32)
    for n, (factor, offset) in enumerate(_permutations()):
        mixed = low * factor + offset
        mixed ^= mixed >> np.uint32(15)
        told[:, n] = np.minimum.reduceat(mixed, starts)
    return told


def _marks(forms: Sequence[str]) -> tuple[Array, Array]:
    long_ = [n for n, form in enumerate(forms) if len(form) >= SEED + WINDOW - 1]
    if not long_:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint32)
    hashed, starts = _shingles([forms[n] for n in long_], SEED)
    views = np.lib.stride_tricks.sliding_window_view(hashed, WINDOW)
    chosen = views.argmin(axis=1) + np.arange(len(views))
    owner = np.searchsorted(starts, np.arange(len(hashed)), side="right") - 1
    inside = owner[: len(views)] == owner[WINDOW - 1 :]  # a window over the border of two forms is none
    chosen = np.unique(chosen[inside])
    # A form's marks, each once.
    pairs = np.unique(np.stack([owner[chosen].astype(np.uint64), hashed[chosen]], axis=1), axis=0)
    return pairs[:, 1], np.array(long_, dtype=np.uint32)[pairs[:, 0].astype(np.int64)]


def bands(signatures: Array) -> Array:
    """Keys of MinHash bands, uint64 of shape (forms, BANDS): near-copies share at least one."""
    rows = signatures.reshape(len(signatures), BANDS, ROWS).astype(np.uint64)
    told = np.zeros(rows.shape[:2], dtype=np.uint64)
    for n in range(ROWS):
        told = told * np.uint64(0x9E3779B97F4A7C15) + rows[:, :, n]
    return told


def resemblance(one: str, other: str) -> float:
    """Share of shingles that both forms have, of those that either has: 0…1."""
    first, second = set(_grams(one)), set(_grams(other))
    return len(first & second) / len(first | second) if first or second else 1.0


def _grams(form: str) -> Iterable[str]:
    return (form[at : at + 3] for at in range(max(1, len(form) - 2)))


def joined(runs: list[tuple[int, int, int]], gap: int = 3) -> list[tuple[int, int, int]]:
    """Runs that go on after a word or a sign was changed, as one: (start in part, start in whole, length).

    >>> joined([(0, 5, 10), (12, 16, 9), (40, 2, 8)])
    [(0, 5, 21), (40, 2, 8)]
    """
    told: list[tuple[int, int, int]] = []
    for start, there, length in runs:
        if told:
            first, whole, size = told[-1]
            if 0 <= start - first - size <= gap and 0 <= there - whole - size <= gap:
                told[-1] = (first, whole, start + length - first)
                continue
        told.append((start, there, length))
    return told


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
            while (
                at + length < len(part) and start + length < len(whole) and part[at + length] == whole[start + length]
            ):
                length += 1
            best = max(best, (length, start))
        if best[0]:
            runs.append((at, best[1], best[0]))
            at += best[0]
        else:
            at += 1
    return runs
