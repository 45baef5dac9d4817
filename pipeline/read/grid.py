"""Tables whose rows are known by the edges of their cells (doc, rtf): merged cells laid out on one grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class EdgedRow(NamedTuple):
    """A row's cell texts and their right edges, in any unit; edges are empty where the file does not say."""

    cells: tuple[str, ...]
    edges: tuple[int, ...] = ()
    is_head: bool = False


NEAR = 30  # edges nearer than this are one (twentieths of a point; Word's own rounding)


def gridded(rows: Sequence[EdgedRow]) -> list[tuple[str, ...]]:
    """The rows with an empty cell for each further grid column that a cell covers.

    >>> gridded([EdgedRow(("上半年",), (200,)), EdgedRow(("投稿", "30篇"), (100, 200))])
    [('上半年', ''), ('投稿', '30篇')]
    """
    lines: list[int] = []
    for edge in sorted({edge for row in rows if len(row.edges) == len(row.cells) for edge in row.edges}):
        if not lines or edge - lines[-1] > NEAR:
            lines.append(edge)
    return [_laid(row, lines) for row in rows]


def _laid(row: EdgedRow, lines: Sequence[int]) -> tuple[str, ...]:
    if len(row.edges) != len(row.cells):
        return row.cells
    cells: list[str] = []
    at = 0
    for text, edge in zip(row.cells, row.edges, strict=True):
        end = next((place for place in range(at, len(lines)) if edge <= lines[place] + NEAR), len(lines) - 1)
        cells.extend([text, *[""] * max(0, end - at)])
        at = max(at, end) + 1
    return tuple(cells)
