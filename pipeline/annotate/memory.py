"""Words that this process has met, by number: what is known of a word is worked out once, and then it is an array.

Most of what looks at a report's words looks at each of them, and a few thousand words make up nearly all texts. So a
report is turned into numbers once, and everything else that is asked of its words is one indexing of an array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Report

Numbers = NDArray[np.int64]
MOST = 200_000  # words; then all is forgotten, so that a long run over strange texts does not grow without end


class Memory(dict[str, int]):
    """Word → its number, given when it is first met; ``words`` holds them in order.

    >>> memory = Memory()
    >>> memory.numbers([["宣讲", "活动"], ["宣讲"]]).tolist(), memory.words
    ([0, 1, 0], ['宣讲', '活动'])
    """

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.words: list[str] = []
        self.most = most
        self.times_forgotten = 0

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.words)
        self.words.append(word)
        return number

    def numbers(self, texts: Iterable[Sequence[str]]) -> Numbers:
        """The numbers of all words of the texts, one text after the other."""
        return np.fromiter(map(self.__getitem__, chain.from_iterable(texts)), np.int64)

    def make_room(self) -> None:
        """Forget all where there is too much; to be called when nobody holds numbers, as between two reports."""
        if len(self.words) > self.most:
            self.clear()
            self.words.clear()
            self.times_forgotten += 1


class Column:
    """One value for each word of a memory, worked out by ``of`` for the words that are new.

    >>> memory = Memory()
    >>> length = Column(memory, lambda words: [len(word) for word in words], np.int64)
    >>> found = memory.numbers([["投稿", "中心组学习"]])
    >>> length.at(found).tolist()
    [2, 5]
    """

    def __init__(
        self, memory: Memory, of: Callable[[Sequence[str]], Sequence[Any]], kind: type, width: int = 0
    ) -> None:
        """``width``: how many values a word has, 0 for one that is no row."""
        self._memory, self._of = memory, of
        self._values: NDArray[Any] = np.zeros((1024, width) if width else 1024, kind)
        self._known, self._time = 0, memory.times_forgotten

    def at(self, numbers: Numbers) -> NDArray[Any]:
        """The values of these words."""
        if self._known < len(self._memory.words) or self._time != self._memory.times_forgotten:
            self._learn()
        return self._values[numbers]

    def _learn(self) -> None:
        if self._time != self._memory.times_forgotten:
            self._known, self._time = 0, self._memory.times_forgotten
        words = self._memory.words
        if len(words) > len(self._values):  # twice as long each time: a word is copied a constant number of times
            size = max(len(words), 2 * len(self._values))
            grown = np.zeros((size, *self._values.shape[1:]), self._values.dtype)
            grown[: self._known] = self._values[: self._known]
            self._values = grown
        if len(words) > self._known:
            self._values[self._known : len(words)] = self._of(words[self._known :])
        self._known = len(words)


def distinct(numbers: Numbers) -> Numbers:
    """Each number once, in order; ``np.unique`` takes five times as long over a report's words.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


class Spoken(NamedTuple):
    """All words of a report: their numbers, the row of the paragraph that each stands in, how many a paragraph has."""

    words: Numbers
    owner: Numbers
    size: Numbers


def spoken(report: Report) -> Spoken:
    """The words of a report's paragraphs, which must be cut."""
    size = np.array([len(paragraph.words) for paragraph in report.paragraphs], np.int64)
    words = WORDS.numbers([paragraph.words for paragraph in report.paragraphs])
    return Spoken(words, np.repeat(np.arange(len(size)), size), size)


WORDS = Memory()
"""The words of the texts. One for the process: who keeps a column of it need not know who else does."""
