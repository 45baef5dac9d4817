"""A draft of a town's self-assessment by a county's own rules: points with their sentence, 待佐证 where there is none.

Never a final score: what is approximate counts with its lower bound, what is not stated counts as nothing and is said.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal

from pipeline.ask.cells import LEVELS, Cell, level
from pipeline.ask.compare import Comparison, compare
from pipeline.ask.roster import unknown
from pipeline.ask.times import Time, asked
from pipeline.errors import QueryError
from pipeline.model import ScoreItem, ScoreRules, Towns
from pipeline.store import fetch


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of the draft: what was counted, the points it gives before and after the cap, the sentences."""

    item: ScoreItem
    counted: tuple[tuple[str, Decimal, Decimal], ...]  # level, how many, points
    points: Decimal
    capped: bool
    sentences: tuple[str, ...]

    @property
    def is_proven(self) -> bool:
        """Is there a sentence for it?"""
        return bool(self.sentences)


def draft(
    base: sqlite3.Connection, rules: ScoreRules, town: str, period: str, owed: Towns | None = None
) -> list[Scored]:
    """The lines of one town's draft. Raises ``QueryError`` for a town, time or indicator that is not known."""
    time = asked(period)
    if time is None:
        raise QueryError(f"时期 {period!r} 看不懂 (unknown); 请写成 2022年上半年 或 2022年")
    names = {name: row.id for row in fetch.indicators(base) for name in (row.name, row.id)}
    for item in rules.items:
        if item.indicator not in names:
            raise QueryError(f"{item.name}: " + unknown("指标", item.indicator, sorted(names)))
        for word in item.points:
            if word and level(word) not in LEVELS:
                raise QueryError(f'{item.name}: 没有级别 {word!r} (unknown); 可用的是 {"、".join(LEVELS)}, 不分级写 ""')
    told = compare(base, indicators=[names[item.indicator] for item in rules.items], towns=[town], owed=owed)
    return [_scored(item, names[item.indicator], time, told) for item in rules.items]


def _scored(item: ScoreItem, indicator: str, time: Time, told: Comparison) -> Scored:
    by_level: dict[str, Cell] = {}
    for line in told.lines:
        known = dict(line.dimensions)
        if line.indicator.id != indicator or line.time != time or (item.stage and known.get("stage") != item.stage):
            continue
        if set(known) <= {"level", "stage"} and known.get("level") != "混合" and line.cells[0].value is not None:
            by_level[known.get("level", "")] = line.cells[0]
    total = _least(by_level[""]) if "" in by_level else None
    left = total if item.once else None
    counted, sentences = [], []
    for name, points in sorted(item.points.items(), key=lambda pair: -pair[1]):
        cell = by_level.get(name) or by_level.get(level(name))
        count = _least(cell) if cell else None
        if cell is None or count is None:
            continue
        if left is not None and name:
            count = min(count, left)
            left -= count
        counted.append((name, count, count * points))
        sentences += [each.fact.sentence for each in cell.facts if each.counted]
    made = sum((points for _, _, points in counted), Decimal(0))
    whole = item.base - made if item.deduct else item.base + made
    capped = max(whole, Decimal(0)) if item.cap is None else max(min(whole, item.cap), Decimal(0))
    return Scored(item, tuple(counted), capped, capped != whole, tuple(dict.fromkeys(sentences)))


def _least(cell: Cell) -> Decimal | None:
    return cell.value.low if cell.value else None
