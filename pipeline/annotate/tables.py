"""Tables that a plain text draws with TABs: their cells and head, so that their rows are read like any table's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Span

_VALUE = r"(?:约|近|超|逾)?[-－]?[0-9][0-9,，.]*(?:余|多)?[万亿]?(?:[-—~至][0-9][0-9,，.]*)?(?:以[上下内]|左右|%)?"


def cells_of(text: str) -> tuple[Span, ...]:
    """The cells of a row that TABs part; none when there is no TAB.

    >>> [cell.of("村名\\t场次") for cell in cells_of("村名\\t场次")]
    ['村名', '场次']
    """
    if "\t" not in text:
        return ()
    spans, at = [], 0
    for part in text.split("\t"):
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    return tuple(spans)


def heads(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """For each paragraph in order the head row that governs it; empty for a head itself and outside tables.

    >>> list(heads(["一、演出", "村名\\t场次", "东村\\t12", "以上为全年数。"]))
    [(), (), ('村名', '场次'), ()]
    """
    head: tuple[str, ...] = ()
    inside = False
    for text in texts:
        if "\t" not in text:
            inside, head = False, ()
            yield ()
            continue
        said = tuple(text.split("\t"))
        if not inside:
            head = said if _is_head(said) else ()
            inside = True
            yield ()
        else:
            yield head


def _is_head(cells: tuple[str, ...]) -> bool:
    """Whether a table's first row names its columns: no cell of it is a bare value."""
    return not any(re.fullmatch(_VALUE, cell.strip()) for cell in cells[1:])
