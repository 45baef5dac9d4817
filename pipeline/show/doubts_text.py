"""Numbers to check on a terminal and for machines: what does not agree, with both sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.ask.mismatch import SORTS, Mismatch
from pipeline.show import wording
from pipeline.show.columns import clean
from pipeline.store.fetch import FactRow

MOST = 8  # findings that are shown; the workbook has them all
LONGEST = 90  # columns of a sentence


def doubts(found: Sequence[Mismatch]) -> str:
    """A line for every finding and one for each of its sentences; empty when there is nothing to ask."""
    asked = [each for each in found if each.sort != "restated"]
    if not asked:
        return ""
    count = Counter(each.sort for each in asked)
    told = "、".join(f"{wording.DOUBTS[sort]} {count[sort]}" for sort in SORTS if count[sort])
    lines = [f"待核实的数 {len(asked)} 处: {told} (不等于有错, 请看原句)"]
    for each in asked[:MOST]:
        lines.append(f"  {each.town} {each.time.label} {wording.thing(each.indicator, each.dimensions)}: {each.reason}")
        lines += [f"    {_period(fact)}: {clean(fact.sentence, LONGEST)}" for fact in sides(each)]
    if len(asked) > MOST:
        lines.append(f"  另有 {len(asked) - MOST} 处; 全部写进台账: zongjie ledger --out 台账.xlsx")
    return "\n".join(lines)


def sides(each: Mismatch) -> tuple[FactRow, ...]:
    """The facts whose sentences are to be read: one where both stand in the same sentence."""
    same = (each.one.report, each.one.sentence) == (each.other.report, each.other.sentence)
    return (each.one,) if same else (each.one, each.other)


def _period(fact: FactRow) -> str:
    return fact.period_label or "时期不明"


def plain(found: Sequence[Mismatch]) -> list[dict[str, Any]]:
    """The same for machines, what is only told less precisely too."""
    return [
        {
            "sort": each.sort, "town": each.town, "indicator": each.indicator.id, "dimensions": dict(each.dimensions),
            "period": each.time.label, "reason": each.reason, "better": each.better,
            "facts": [{"fact": fact.id, "text": fact.text, "sentence": fact.sentence} for fact in sides(each)],
        }
        for each in found
    ]  # fmt: skip
