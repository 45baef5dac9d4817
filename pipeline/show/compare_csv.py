"""A comparison as csv: a row for every cell, for Excel and for other programs."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.ask.cells import Cell
from pipeline.ask.compare import Comparison
from pipeline.show import wording
from pipeline.show.whole import replaced

HEAD = (
    "指标", "细分", "时期", "单位", "状态", "下限", "上限", "原文数字", "计量单位", "写法", "性质", "名次",
    "填报单位数", "应比单位数", "通报下限", "通报上限", "自报减通报下限", "自报减通报上限", "说明", "原句", "来源",
)  # fmt: skip
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write(told: Comparison, path: Path) -> None:
    """UTF-8 with a byte order mark, as Excel wants it; the old file is there until the new one is whole."""
    with replaced(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as lines:
        out = csv.writer(lines)
        out.writerow(HEAD)
        for line in told.lines:
            for cell in line.cells:
                out.writerow(
                    [defused(value) for value in (
                        line.indicator.name, wording.dimensions(line.dimensions), line.time.label, cell.town,
                        wording.CELLS[cell.state], *_ends(cell), cell.text, line.indicator.unit,
                        wording.APPROX.get(cell.approx, cell.approx), wording.NATURES.get(line.indicator.nature, ""),
                        cell.rank, line.stated, len(line.cells), *_announced(cell),
                        "; ".join(filter(None, (cell.reason, cell.derived))), *_source(cell),
                    )]
                )  # fmt: skip


def defused(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are.

    >>> defused("=cmd|' /C calc'!A0"), defused("－5篇"), defused(-5), defused(None)
    ("'=cmd|' /C calc'!A0", '－5篇', -5, '')
    """
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def _ends(cell: Cell) -> tuple[object, object]:
    return (cell.value.low, cell.value.high) if cell.value else (None, None)


def _announced(cell: Cell) -> tuple[object, ...]:
    told, rest = cell.announced_value, cell.announced_difference
    return (*((told.low, told.high) if told else (None, None)), *((rest.low, rest.high) if rest else (None, None)))


def _source(cell: Cell) -> tuple[str, str]:
    counted = [each for each in cell.facts if each.counted] or list(cell.facts)
    first = next((each for each in counted if each.fact.id == cell.chosen), counted[0] if counted else None)
    return (first.fact.sentence, first.source) if first else ("", "")
