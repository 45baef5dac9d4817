"""Numbered lists as word processors keep them: levels, patterns (``第%1条``), shared counters, restarts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.read import numerals


class Level(NamedTuple):
    """One level of a list: where it starts, its number format, its pattern (``第%1条``), when it restarts."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A ``w:num``: the counter it shares (its abstract list), its levels, the starts it sets for itself."""

    counter: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Counters:
    """The running numbers of one document; ``label`` counts one paragraph and says its label."""

    lists: dict[str, List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def restart(self, list_id: str, place: int, start: int) -> None:
        """The next paragraph of this list and level has the number ``start``."""
        found = self.lists.get(list_id)
        if found is not None:
            self._counts.setdefault(found.counter, {})[place] = start - 1

    def label(self, list_id: str, place: int) -> str:
        """The label of the next paragraph of this list and level; empty for bullets and unknown lists."""
        found = self.lists.get(list_id)
        if found is None:
            return ""
        level = found.levels.get(place) or Level(1, "decimal", f"%{place + 1}.")
        counts = self._counts.setdefault(found.counter, {})
        fresh = (list_id, place) not in self._started
        self._started.add((list_id, place))
        if fresh and place in found.starts:
            counts[place] = found.starts[place]
        else:
            counts[place] = counts.get(place, found.starts.get(place, level.start) - 1) + 1
        for below in [key for key in counts if key > place]:
            restart = found.levels.get(below, Level()).restart
            if restart is None or (restart and place < restart):
                del counts[below]
        return "" if level.form == "bullet" else _written(level, place, found, counts)


def _written(level: Level, place: int, found: List, counts: dict[int, int]) -> str:
    text = level.pattern
    if "%" not in text:
        return "" if level.form in ("bullet", "none") else text
    for above in range(place + 1):
        mark = f"%{above + 1}"
        if mark in text:
            other = found.levels.get(above, Level())
            form = "decimal" if level.is_legal and other.form != "decimalZero" else other.form
            text = text.replace(mark, numerals.number(counts.get(above, other.start), form))
    return text
