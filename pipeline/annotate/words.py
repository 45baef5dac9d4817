"""Text → words. jieba's dictionary and behaviour; rjieba does the work where it is installed.

Both are behind one function, ``cut``, and give the same words; a contract test holds them to it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.model import Report

Cut = Callable[[str], list[str]]

# Full-width digits and letters would be split one by one: they are cut in a half-width copy of equal length.
_HALF = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {ord("．"): ord("."), ord("％"): ord("%")}
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ．％]")
# rjieba keeps an ASCII run whole (2021-08-31); jieba divides it where its own finalseg does.
_ASCII_RUN = re.compile(r"[a-zA-Z0-9+#&._%\-]{2,}\Z")
# Only texts with one of these can differ. One class first, told apart behind it: so the search skips all else.
_ODD_ASCII = re.compile(r"[+#&_\-.%](?:(?<=[+#&_\-])|(?<=\.)(?:(?!\d)|(?<!\d\.)|\d+\.)|(?<=%)[a-zA-Z0-9])")
_ASCII_PARTS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


def half_width(text: str) -> str:
    """The text with half-width digits and Latin letters, of the same length, for matching only.

    >>> half_width("投稿１２０余篇，占９．５％")
    '投稿120余篇，占9.5%'
    """
    return text.translate(_HALF) if _FULL_WIDTH.search(text) else text


def cut(text: str, user_words: tuple[str, ...] = ()) -> list[str]:
    """Words of ``text`` in order; joined they are the text again.

    >>> cut("上半年集中学习２８次")
    ['上半年', '集中学习', '２８', '次']
    """
    return cutter(user_words)(text)


@functools.lru_cache(maxsize=8)
def cutter(user_words: tuple[str, ...] = ()) -> Cut:
    """The function that cuts with these user words known; the dictionary is loaded once."""
    try:
        plain = _rjieba(user_words)
    except ImportError:
        plain = _jieba(user_words)
    return functools.partial(_cut_original, plain)


def _cut_original(plain: Cut, text: str) -> list[str]:
    half = half_width(text)
    words = plain(half)
    if half is text:
        return words
    original, at = [], 0
    for word in words:
        original.append(text[at : at + len(word)])
        at += len(word)
    return original


def _rjieba(user_words: Iterable[str]) -> Cut:
    import rjieba

    # Importing it loads a dictionary, a tokenizer of our own loads it again: the first cutter takes what is there.
    tokenizer = rjieba if _first_cutter() else rjieba.Jieba()
    for word in user_words:
        tokenizer.add_word(word, tokenizer.suggest_freq(word), "n")

    def plain(text: str) -> list[str]:
        found: list[str] = tokenizer.cut(text)
        if not _ODD_ASCII.search(text):
            return found
        words: list[str] = []
        for word in found:
            if word.isascii() and _ASCII_RUN.match(word) and not tokenizer.has_word(word):
                words.extend(part for part in _ASCII_PARTS.split(word) if part)
            else:
                words.append(word)
        return words

    return plain


@functools.lru_cache(maxsize=1)
def _first_cutter_is() -> list[bool]:
    return [True]


def _first_cutter() -> bool:
    """True once in a process."""
    turns = _first_cutter_is()
    return turns.pop() if turns else False


def _jieba(user_words: Iterable[str]) -> Cut:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in user_words:
        tokenizer.add_word(word, tokenizer.suggest_freq(word))
    plain: Cut = tokenizer.lcut
    return plain


def spans(words: Sequence[str]) -> list[tuple[str, int]]:
    """Words with where each begins.

    >>> spans(["投稿", "120", "余篇"])
    [('投稿', 0), ('120', 2), ('余篇', 5)]
    """
    return list(zip(words, accumulate(map(len, words), initial=0)))  # noqa: B905  # one more sum than words


def with_words(report: Report, cut: Cut) -> Report:
    """The report with its paragraphs cut into words.

    A word that comes again is the same object again: all that looks at words later finds a quarter of them to look at,
    close together in memory.
    """
    text = report.document.text
    known: dict[str, str] = {}
    paragraphs = []
    for paragraph in report.paragraphs:
        words = cut(paragraph.span.of(text))
        paragraphs.append(replace(paragraph, words=tuple(map(known.setdefault, words, words))))
    return replace(report, paragraphs=tuple(paragraphs))
