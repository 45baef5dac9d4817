"""A quantity: numeral and unit with the approximators around them as one interval (CONVENTIONS 4)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.annotate import approximators, numbers
from pipeline.model import Approx, Per

_PER_UNIT: dict[str, Per] = {"日": "day", "天": "day", "周": "week", "月": "month", "季": "quarter", "季度": "quarter",
                             "年": "year"}  # fmt: skip
_SLASH = re.compile(
    r"[/／](日|天|周|月|季度|季|年|人|亩|篇|条|件|例|份|间|张|公斤|千克|斤|吨|平方米|立方米|平方公里|公里|户|次|度|千瓦时|小时|升|场|头|"
    r"㎡|m³)"
)
_HUNDREDTH = Decimal("0.01")
_DIGITS_KEPT = 15
ONE = Decimal(1)
_TENTHS = re.compile("[一二三四五六七八九](?![一二三四五六七八九十百千万个成])")


class Quantity(NamedTuple):
    """A quantity as it stands: ``[start, end)`` with approximators and unit, ``core`` where its digits begin.

    ``unit_end`` is where the unit ends, before an approximator behind it; ``dimension`` is of ``units.yaml``
    (``""`` for a unit that it does not list); ``numeral`` is the text of the number.
    """

    start: int
    end: int
    core: int
    unit_end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    dimension: str
    approx: Approx
    numeral: str
    per: Per | None = None


def build(
    text: str, start: int, numeral: str, more: bool, second: str, name: str, dimension: str, unit_end: int
) -> Quantity | None:
    """Interval and approximators of a numeral whose unit is known."""
    try:
        value = numbers.read(numeral)
        upper = numbers.read(second) if second else None
    except ValueError:
        return None
    low, high, approx = value.low, value.high, value.approx
    if upper is not None:
        low, high, approx = _range(numeral, value, second, upper)
    elif more:
        approx, high = "more", low + numbers.place(low)
    if dimension[:6] == "ratio_":
        low, high = _share(numeral, low, high, dimension)
        tenth = _TENTHS.match(text, unit_end) if dimension == "ratio_成" and low == high else None
        if tenth is not None:
            low = high = low + numbers.DIGITS[tenth[0]]
            unit_end = tenth.end()
        dimension = "ratio"
    elif "分之" in numeral:
        low, high = percent(low), percent(high)
    per: Per | None = None
    if unit_end < len(text) and text[unit_end] in "/／":
        slash = _SLASH.match(text, unit_end)
        if slash is not None:
            per, unit_end = _PER_UNIT.get(slash[1]), slash.end()
            name = name if per else f"{name}/{slash[1]}"
    end, behind = approximators.behind(text, unit_end, name, dimension)
    if behind == "half":
        half = ONE * 5 if dimension == "ratio" else ONE / 2
        low, high, behind = low + half, high + half, None
    first, before = approximators.before(text, start, numeral, dimension)
    is_capped = (before is None and behind == "at_most") or (behind is None and text[end : end + 1] == "内")
    if is_capped and text[start - 3 : start] == "控制在":
        first, end, behind = start - 3, end + (behind is None), "at_most"
    bounds = approximators.combine(low, high, approx, before, behind)
    if before == "vague" and bounds[2] != "vague":
        first = start
    return Quantity(first, end, start, unit_end, *bounds[:2], name, dimension, bounds[2], numeral, per)


def _range(first: str, low: numbers.Numeral, second: str, high: numbers.Numeral) -> tuple[Decimal, Decimal, Approx]:
    """``5-8万``: what scales the second number scales the first, unless it is scaled itself."""
    tail = second.lstrip("0123456789.,，")
    scale = numbers.exact(tail) if tail and tail[0] in "十百千万亿" and first[-1] in "0123456789" else ONE
    start = low.low * scale
    if start > high.high and scale != ONE:
        start = low.low
    return min(start, high.high), max(start, high.high), "range"


def percent(share: Decimal) -> Decimal:
    """A share in percent; one that never ends (三分之二) is rounded to hundredths.

    >>> percent(Decimal(2) / Decimal(3)), percent(Decimal("0.5"))
    (Decimal('66.67'), Decimal('50.0'))
    """
    value = share * 100
    is_endless = len(value.as_tuple().digits) > _DIGITS_KEPT and value.adjusted() < _DIGITS_KEPT
    return value.quantize(_HUNDREDTH) if is_endless else value


def _share(numeral: str, low: Decimal, high: Decimal, dimension: str) -> tuple[Decimal, Decimal]:
    """成 and 折 in percent: 三成 → 30, 九折 → 90, 八五折 and 85折 → 85."""
    if dimension == "ratio_折" and len(numeral) == 2 and all(sign in "123456789一二三四五六七八九" for sign in numeral):
        value = numbers.exact(numeral[0]) * 10 + numbers.exact(numeral[1]) if numeral[0] not in "0123456789" else low
        return value, value
    return low * 10, high * 10
