"""Quantities that hold no numeral of their own: 翻一番, 半数, 若干个, 三分之一 written 1/3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.annotate import approximators, names, numbers
from pipeline.annotate.quantity import Quantity, percent
from pipeline.model import Approx

_DOUBLING = re.compile(r"翻了?(?:([一两二三四123])?番)([多余])?")
_SOME = re.compile(r"若干([个条项家名次件处场支位])")
_HALF = re.compile(
    r"(?:(?<=打)对折|半折|半成(?![品熟立])|半数|一半|(?<=[近约过达])半(?=以上)|(?<=[近过])半(?=[，。；、的]|$))(?:以上|左右)?"
)
_QUOTIENT = re.compile(r"(?<=[占近约达超足到的过剩])([1-9])/([2-9]|10)(?![0-9/年月.])(以上|左右)?")


def with_doublings(text: str, found: list[Quantity], closed: list[tuple[int, int]]) -> list[Quantity]:
    """Adds 翻番, 翻一番, 翻两番 and 半数, which hold no numeral of their own; dropped where they touch another."""
    extra = (
        list(_doublings(text))
        if "番" in text or "半" in text or "对折" in text or "若干" in text or "/" in text
        else []
    )
    if not extra:
        return found
    kept = list(found)
    for one in extra:
        if names.is_inside(closed, one.start):
            continue
        kept = [other for other in kept if other.end <= one.start or other.start >= one.end]
        kept.append(one)
    return sorted(kept, key=lambda quantity: quantity.start)


def _doublings(text: str) -> Iterator[Quantity]:
    for match in _DOUBLING.finditer(text):
        times = int(numbers.exact(match[1])) if match[1] else 1
        value = Decimal(100 * (2**times - 1))
        high = value + numbers.place(value) if match[2] else value
        approx: Approx = "more" if match[2] else "exact"
        yield Quantity(*match.span(), match.start(), match.end(), value, high, "%", "ratio", approx, match[0])
    for match in _SOME.finditer(text):
        few = numbers.read("几")
        end = match.end()
        yield Quantity(match.start(), end, match.start(), end, few.low, few.high, match[1], "thing", "vague", "若干")
    for match in _QUOTIENT.finditer(text):
        first, before = approximators.before(text, match.start(), match[1])
        behind = {"以上": "at_least", "左右": "about"}.get(match[3] or "")
        share = percent(Decimal(match[1]) / Decimal(match[2]))
        bounds = approximators.combine(share, share, "exact", before, behind)
        yield Quantity(first, match.end(), match.start(), match.end(2), *bounds[:2], "%", "ratio", bounds[2], match[0])
    for match in _HALF.finditer(text):
        core = match.start()
        if text[core - 3 : core] in ("任务过", "时间过") or text[core - 2 : core] == "双过":
            continue  # a saying of every half-year's report
        first, before = approximators.before(text, core, "半")
        end = match.end()
        behind = "at_least" if match[0].endswith("以上") else "about" if match[0].endswith("左右") else None
        value = Decimal(5 if match[0] == "半成" else 50)
        bounds = approximators.combine(value, value, "exact", before, behind)
        yield Quantity(first, end, core, min(core + 2, end), *bounds[:2], "%", "ratio", bounds[2], match[0])
