"""What every reader hands back: plain lines, and what was done to get them. No offsets, no document yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.model import BlockKind, Limits, ReadOptions


def words(listed: str) -> frozenset[str]:
    """The words of a table written as one string.

    >>> sorted(words("td th"))
    ['td', 'th']
    """
    return frozenset(listed.split())


class Line(NamedTuple):
    """One paragraph as the file says it; ``text`` may still hold breaks, each starts a paragraph of its own.

    A table row has ``cells`` instead of ``text``, ``table`` numbers its table from 1 in the file, and ``is_head``
    says that the file itself marks the row as the table's head. ``page`` counts from 1, 0 where a file has no pages.
    """

    text: str
    kind: BlockKind = "text"
    level: int = 0
    page: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0
    is_head: bool = False


class Extract(NamedTuple):
    """What a reader found: ``lines`` in reading order, ``steps`` that changed text.

    ``partial`` is the cause, ``message`` the sentence for people, when not all of the file could be read.
    """

    lines: list[Line]
    steps: tuple[str, ...] = ()
    partial: str = ""
    message: str = ""


Reader = Callable[[bytes, str, ReadOptions], Extract]


def check_size(characters: int, limits: Limits) -> None:
    """Raises ``ReadError`` when a text is too long to be a report."""
    if characters > limits.text_mb << 20:
        found = f"文字有 {characters >> 20} 百万字, 上限 {limits.text_mb} (too much text)"
        raise ReadError(f"{found}; 这不像一份总结, 确需读取请调高 limits.text_mb", cause="too_large")
