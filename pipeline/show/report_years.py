"""The page's lines over the years: a small chart for every indicator, the same part of every year, towns that can be
compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pipeline.ask.compare import Comparison, Line
from pipeline.ask.intervals import Interval
from pipeline.ask.times import Time
from pipeline.show import charts, wording
from pipeline.show.markup import Markup, tag
from pipeline.show.report_compare import Block, anchor
from pipeline.store.fetch import IndicatorRow

MOST = 24  # charts; every further one says less
YEARS = 6  # points of a line
NOTE = (
    "每年同一时段相比, 只画各年都报了的单位: 细线是一个单位, 粗线是这些单位的中位数, 竖线是“余、约”一类说法可能的范围。"
)
FEW = 3  # towns that must state every year of a chart
FAR = 4  # times the median of the towns' greatest values from which on a town leaves the picture


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator in the same part of several years; ``towns`` are those that state all of them."""

    indicator: IndicatorRow
    times: tuple[Time, ...]
    towns: Mapping[str, tuple[Interval, ...]]

    @property
    def part(self) -> str:
        """Which part of the year: 上半年, 下半年, 全年."""
        return self.times[0].label[5:] or "全年"

    def middle(self, n: int) -> Interval:
        """The median of the towns at one time; as wide as their intervals leave it."""
        lows = [value.low for own in self.towns.values() if (value := own[n]).low is not None]
        highs = [value.high for own in self.towns.values() if (value := own[n]).high is not None]
        every = len(self.towns)
        return Interval(median(lows) if len(lows) == every else None, median(highs) if len(highs) == every else None)


def series(shown: Iterable[Block], comparison: Comparison) -> list[Series]:
    """One series for every indicator, none with fewer than two years: up to the latest year, then the most towns."""
    plain: dict[str, list[Line]] = defaultdict(list)
    wanted = {block.indicator.id: block.base for block in shown}
    for line in comparison.lines:
        if wanted.get(line.indicator.id) == line.dimensions and line.stated >= FEW:
            plain[line.indicator.id].append(line)
    found = [best for lines in plain.values() if (best := _best(lines)) is not None]
    return sorted(found, key=lambda each: -len(each.towns))[:MOST]


def _best(lines: Sequence[Line]) -> Series | None:
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.time.length in ("half", "year"):
            parts[f"{line.time.start[5:]} {line.time.end[5:]}"].append(line)
    found = []
    for same in parts.values():
        latest = sorted(same, key=lambda line: line.time)[-YEARS:]
        for first in range(len(latest) - 1):  # fewer years, where more towns can then be compared
            one = _series(latest[first:])
            if len(one.towns) >= FEW:
                found.append(one)
    return max(
        found,
        key=lambda each: (each.times[-1].end[:4], len(each.towns) * len(each.times), len(each.towns)),
        default=None,
    )


def _series(lines: Sequence[Line]) -> Series:
    towns = {}
    for own in zip(*(line.cells for line in lines), strict=True):
        values = tuple(cell.value for cell in own if cell.value is not None and not cell.inconsistent)
        if len(values) == len(lines):
            towns[own[0].town] = values
    return Series(lines[0].indicator, tuple(line.time for line in lines), towns)


def section(found: Sequence[Series]) -> Markup | None:
    """The section, or None when nothing was reported for the same part of two years."""
    if not found:
        return None
    return tag(
        "section", tag("h2", "历年走势", id="years"), tag("p", NOTE, class_="note"),
        tag("div", *(_figure(each) for each in found), class_="years"),
    )  # fmt: skip


def _figure(each: Series) -> Markup:
    row = each.indicator
    middles = [each.middle(n) for n in range(len(each.times))]
    told = " → ".join(
        f"{time.start[:4]}年 {wording.interval(value)}" for time, value in zip(each.times, middles, strict=True)
    )
    scale, outside = _scale(each)
    lines = [[_point(value) for value in own] for own in each.towns.values()]
    ranges = [
        (n, value.low, value.high)
        for own in each.towns.values()
        for n, value in enumerate(own)
        if not value.is_exact and value.low is not None and value.high is not None
    ]
    label = f"{row.name}, {each.part}, {len(each.towns)} 个单位的中位数: {told} {row.unit}"
    drawn = charts.lines(
        lines, [_point(value) for value in middles], ranges, [time.start[:4] for time in each.times], scale, label
    )
    beyond = f", {outside} 个在图外" if outside else ""
    about = " · ".join(filter(None, (each.part, row.unit, f"{len(each.towns)} 个单位{beyond}")))
    return tag(
        "figure",
        tag("figcaption", tag("a", row.name, href=f"#{anchor(row)}"),
            tag("span", f" {about}")),
        drawn, tag("p", f"中位数 {told}"),
    )  # fmt: skip


def _point(value: Interval) -> Decimal:
    """Where a line goes through: the middle, or the only end."""
    if value.low is None or value.high is None:
        return value.low or value.high or Decimal(0)
    return (value.low + value.high) / 2


def _scale(each: Series) -> tuple[Decimal, int]:
    """The greatest value of the picture, and how many towns rise above it."""
    tops = [max(_point(value) for value in own) for own in each.towns.values()]
    limit = median(tops) * FAR
    outside = sum(top > limit for top in tops)
    return (limit if outside else max(tops)), outside
