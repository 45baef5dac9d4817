"""Plain tables for a terminal, as wide as they look: a Chinese character takes two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

GAP = "  "
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # a file name must not move the cursor
_NUMBER = re.compile(r"[-+≥≤>< ]*[\d,.]+(?:[–~-][\d,.]+)?\s?[%‰]?")


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], limit: int = 0) -> str:
    """Lines of aligned columns; columns of numbers to the right. ``limit`` > 0 cuts wider cells with ``…``.

    >>> print(table(["单位", "投稿"], [["青禾镇", 76], ["望云街道", None]]))
    单位      投稿
    ────────  ────
    青禾镇      76
    望云街道
    """
    texts = [[clean(each, limit) for each in row] for row in rows]
    heads = [clean(each, limit) for each in headers]
    columns = range(len(heads))
    widths = [max([width(heads[n]), *(width(row[n]) for row in texts)]) for n in columns]
    right = [any(row[n] for row in texts) and all(_is_number(row[n]) for row in texts) for n in columns]
    lines = [heads, ["─" * wide for wide in widths], *texts]
    return "\n".join(GAP.join(pad(line[n], widths[n], right[n]) for n in columns).rstrip() for line in lines)


def width(text: str) -> int:
    """Columns that a text takes on a terminal.

    >>> width("30余篇"), width("－")
    (6, 2)
    """
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def pad(text: str, wide: int, right: bool = False) -> str:
    """Fill with blanks up to ``wide`` columns."""
    blanks = " " * (wide - width(text))
    return blanks + text if right else text + blanks


def cut(text: str, wide: int) -> str:
    """At most ``wide`` columns, ``…`` in the last one when something was left out.

    >>> cut("宣传思想文化工作总结", 9)
    '宣传思想…'
    """
    if width(text) <= wide:
        return text
    used, kept = 0, 0
    for kept, char in enumerate(text):  # noqa: B007
        used += _columns(char)
        if used > wide - 1:
            break
    return text[:kept] + "…"


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clean(value: object, limit: int = 0) -> str:
    """One line of text without control characters; ``limit`` > 0 cuts it."""
    text = _CONTROL.sub(" ", "" if value is None else str(value)).strip()
    return cut(text, limit) if limit else text


def _is_number(text: str) -> bool:
    return not text or _NUMBER.fullmatch(text) is not None
