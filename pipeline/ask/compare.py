"""Towns side by side, like with like: towns × indicators × periods, every cell with its sentences.

What may be laid side by side: values that were achieved, of the whole town, of one indicator with the same
dimensions (level, stage), over the same time. Missing is missing and never nothing; an approximate number stays an
interval, so that 30余 against 32 is a tie; two statements that cannot both be true are shown both.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.ask import announced, intervals, roster
from pipeline.ask.cells import RATES, Cell, Cited, Dimensions, Growth, cite, dimensions
from pipeline.ask.cells import cell as make_cell
from pipeline.ask.intervals import Interval
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.roster import unknown
from pipeline.ask.times import Time, asked
from pipeline.errors import QueryError
from pipeline.model import Towns
from pipeline.store import fetch
from pipeline.store.fetch import FactRow, IndicatorRow, ReportRow

SAME_TIME = "同期"  # `against`: each period's equivalent one year earlier


class Line(NamedTuple):
    """One indicator with one set of dimensions at one time: a cell for every town of the comparison, in its order."""

    indicator: IndicatorRow
    dimensions: Dimensions
    time: Time
    cells: tuple[Cell, ...]
    stated: int  # towns that say it
    total: Interval | None

    @property
    def name(self) -> str:
        """With its dimensions: 刊播采用（level 市）."""
        told = "、".join(value for _, value in self.dimensions)
        return f"{self.indicator.name}（{told}）" if told else self.indicator.name

    @property
    def coverage(self) -> str:
        """22 个单位中 14 个填报."""
        return f"{len(self.cells)} 个单位中 {self.stated} 个填报"

    @property
    def is_process(self) -> bool:
        """Work done, not a result: shown, but not ranked unless asked for."""
        return self.indicator.nature == "process"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What cannot be compared: reports of an unknown unit or time, facts of an unknown time, units of another level."""

    without_town: int = 0
    without_time: int = 0
    undated_facts: int = 0
    other_levels: tuple[str, ...] = ()
    not_owing: tuple[str, ...] = ()  # units outside the roster, where there is one


@dataclass(frozen=True, slots=True)
class Comparison:
    """Towns and times that were compared, and a line for every indicator and time that some town speaks of."""

    towns: tuple[Reporter, ...]
    periods: tuple[Time, ...]
    against: str | None
    lines: tuple[Line, ...]
    reported: frozenset[tuple[str, Time]]  # (town, time) of which there is a report
    left_out: LeftOut


Key = tuple[str, Dimensions, Time, str]  # indicator, dimensions, time, town


def compare(
    base: sqlite3.Connection,
    indicators: Sequence[str] = (),
    towns: Sequence[str] = (),
    periods: Sequence[str] = (),
    against: str | None = None,
    *,
    ranked: bool = False,
    process_ranked: bool = False,
    owed: Towns | None = None,
    group: str | None = None,
    facts: Sequence[FactRow] | None = None,
) -> Comparison:
    """Lay towns side by side; an empty choice means all of them, or all that owe a report where a roster says so.

    ``indicators`` are ids or names, ``towns`` names, ``periods`` labels (2022年上半年, 2022H1, 2022年), ``against``
    a period or 同期, ``group`` a peer group of ``owed``. ``ranked`` asks for ranks of outcomes, ``process_ranked`` for
    those of work done too. ``facts`` are all facts where the caller has them already. Raises ``QueryError`` for a
    word that the dataset does not know, with the nearest ones.
    """
    reports = fetch.reports(base)
    who = reporters(reports)
    chosen = roster.chosen(who.values(), owed or Towns(), towns, group)
    book = _choose_indicators(fetch.indicators(base), indicators)
    names = {each.name for each in chosen}
    cited, undated = _gather(_indicated(base, facts), {row.id: row for row in reports}, who, names, book)
    reported = _reported(reports, who, names)
    times = _choose_periods(periods, reported, cited)
    cells = {key: make_cell(key[3], book[key[0]], found) for key, found in cited.items()}
    _complete(cells, book)
    gaps = {time: {each.name: _gap(each.name, time, reported) for each in chosen} for time in times}
    spoken = _by_line(cells)
    lines = [
        _line(book[indicator], dimensions, time, own, gaps[time])
        for indicator, dimensions in _ordered({key[:2] for key in spoken}, book)
        for time in times
        if (own := spoken.get((indicator, dimensions, time)))
    ]
    if against:
        earlier = _against(against, times, {time for _, time in reported} | {key[2] for key in cited})
        lines = [
            _with_growth(line, then := earlier[line.time], spoken.get((line.indicator.id, line.dimensions, then), {}))
            for line in lines
        ]
    if ranked or process_ranked:
        lines = [_ranked(line) if process_ranked or not line.is_process else line for line in lines]
    told = [line for line in lines if any(cell.facts or cell.targets for cell in line.cells)]
    left = _left_out(reports, who, chosen, undated, bool(towns or group))
    return Comparison(tuple(chosen), tuple(times), against, tuple(told), reported, left)


# --- what is compared -------------------------------------------------------------------------------------------


def _choose_indicators(rows: Sequence[IndicatorRow], asked_for: Sequence[str]) -> dict[str, IndicatorRow]:
    if not asked_for:
        return {row.id: row for row in rows}
    found = {}
    for word in asked_for:
        fitting = [row for row in rows if word in (row.id, row.name)]
        if not fitting:
            raise QueryError(unknown("指标", word, [row.name for row in rows]))
        found.update({row.id: row for row in fitting})
    return found


def _choose_periods(
    asked_for: Sequence[str], reported: frozenset[tuple[str, Time]], cited: Mapping[Key, list[Cited]]
) -> list[Time]:
    own = {time for _, time in reported}
    spoken = {
        key[2]
        for key, found in cited.items()
        if key[2] not in own and key[2].length in ("year", "half") and any(each.counted for each in found)
    }
    if not asked_for:
        return sorted(own | spoken)
    every = sorted(own | {key[2] for key in cited})
    found = []
    for word in asked_for:
        time = asked(word) or next((each for each in every if each.label == word), None)
        if time is None or time not in every:
            raise QueryError(unknown("时期", word, [each.label for each in every]))
        found.append(time)
    return sorted(set(found))


def _reported(
    reports: Iterable[ReportRow], who: Mapping[str, Reporter], names: set[str]
) -> frozenset[tuple[str, Time]]:
    return frozenset(
        (who[row.id].name, Time(row.period_start, row.period_end))
        for row in reports
        if row.id in who and who[row.id].name in names and row.period_start and row.period_end
    )


def _left_out(
    reports: Sequence[ReportRow], who: Mapping[str, Reporter], chosen: Sequence[Reporter], undated: int, is_asked: bool
) -> LeftOut:
    names, levels = {each.name for each in chosen}, {each.level for each in chosen}
    return LeftOut(
        without_town=sum(row.id not in who for row in reports),
        without_time=sum(row.id in who and not row.period_start for row in reports),
        undated_facts=undated,
        other_levels=tuple(sorted({each.name for each in who.values() if each.level not in levels})),
        not_owing=() if is_asked else tuple(sorted({e.name for e in who.values() if e.level in levels} - names)),
    )


# --- facts into cells -------------------------------------------------------------------------------------------


def _indicated(base: sqlite3.Connection, facts: Sequence[FactRow] | None) -> list[FactRow]:
    return fetch.indicated(base) if facts is None else [fact for fact in facts if fact.indicator is not None]


def _gather(
    facts: Sequence[FactRow],
    reports: Mapping[str, ReportRow],
    who: Mapping[str, Reporter],
    names: set[str],
    book: Mapping[str, IndicatorRow],
) -> tuple[dict[Key, list[Cited]], int]:
    """Facts by cell, and how many have no known time."""
    found: dict[Key, list[Cited]] = defaultdict(list)
    undated = 0
    for fact in facts:
        town = who.get(fact.report)
        if fact.indicator is None or fact.indicator not in book or town is None or town.name not in names:
            continue
        if not fact.period_start or not fact.period_end:
            undated += 1
            continue
        key = (fact.indicator, dimensions(fact.dimensions), Time(fact.period_start, fact.period_end), town.name)
        row = reports[fact.report]
        found[key].append(cite(fact, book[fact.indicator], row.source, row.period_end in (None, fact.period_end)))
    for town, fact in announced.of_rows(facts, who):
        if fact.indicator and fact.indicator in book and town.name in names and fact.period_start and fact.period_end:
            key = (fact.indicator, dimensions(fact.dimensions), Time(fact.period_start, fact.period_end), town.name)
            found[key].append(cite(fact, book[fact.indicator], reports[fact.report].source))
    return found, undated


def _complete(cells: dict[Key, Cell], book: Mapping[str, IndicatorRow]) -> None:
    """Cells that follow from others: a stock at the same day, a second half as the year minus the first half."""
    for (indicator, dims, time, town), year in list(cells.items()):
        if time.length != "year" or year.value is None:
            continue
        first = Time(time.start, f"{time.start[:4]}-06-30")
        second = Time(f"{time.start[:4]}-07-01", time.end)
        here, before = cells.get((indicator, dims, second, town)), cells.get((indicator, dims, first, town))
        if here and here.state != "missing":
            continue
        made: Cell | None = None
        if book[indicator].flow == "stock":
            made = year._replace(derived=f"取自{time.label}: 同是年末的现有数")
        elif before and before.value is not None and book[indicator].unit not in RATES:
            rest = intervals.difference(year.value, before.value)
            if rest.low is not None and rest.low >= 0:
                made = Cell(town, "zero" if rest.is_zero else "stated", rest, "range", "", None,
                            (*year.facts, *before.facts), derived="推算: 全年减上半年")  # fmt: skip
        if made:
            cells[indicator, dims, second, town] = made._replace(targets=here.targets if here else ())


# --- cells into lines -------------------------------------------------------------------------------------------


def _ordered(keys: Iterable[tuple[str, Dimensions]], book: Mapping[str, IndicatorRow]) -> list[tuple[str, Dimensions]]:
    place = {name: n for n, name in enumerate(book)}
    return sorted(keys, key=lambda key: (place[key[0]], len(key[1]), key[1]))


def _gap(town: str, time: Time, reported: frozenset[tuple[str, Time]]) -> Cell:
    """The cell of what a town does not say."""
    return Cell(town, "missing", reason="报告里没有提到" if (town, time) in reported else "没有这一时期的报告")


def _by_line(cells: Mapping[Key, Cell]) -> dict[tuple[str, Dimensions, Time], dict[str, Cell]]:
    """Cells by town, of each indicator with its dimensions at each time."""
    found: dict[tuple[str, Dimensions, Time], dict[str, Cell]] = defaultdict(dict)
    for (indicator, dims, time, town), cell in cells.items():
        found[indicator, dims, time][town] = cell
    return found


def _line(
    indicator: IndicatorRow, dims: Dimensions, time: Time, cells: Mapping[str, Cell], gaps: Mapping[str, Cell]
) -> Line:
    """``cells`` and ``gaps`` are by town, the latter of all towns in their order."""
    own = tuple([cells.get(town, gap) for town, gap in gaps.items()])
    values = [cell.value for cell in own if cell.value is not None]
    total = intervals.total(values) if len(values) > 1 and indicator.unit not in RATES else None
    return Line(indicator, dims, time, own, len(values), total)


def _against(words: str, times: Sequence[Time], known: Iterable[Time]) -> dict[Time, Time]:
    if words == SAME_TIME:
        return {time: time.year_before for time in times}
    one = asked(words)
    if one is None:
        raise QueryError(f"对比时期 {words!r} 看不懂 (unknown); 请写成 2021年上半年、2021年 或 {SAME_TIME}")
    if one not in (every := sorted(known)):
        raise QueryError(unknown("对比时期", words, [time.label for time in every]))
    return dict.fromkeys(times, one)


def _with_growth(line: Line, earlier: Time, before: Mapping[str, Cell]) -> Line:
    """``before``: the cells of the earlier time, by town."""
    if not line.stated or earlier == line.time:
        return line

    def grown(cell: Cell) -> Cell:
        if cell.value is None:
            return cell
        old = before.get(cell.town)
        return cell._replace(growth=_growth(line, cell.value, earlier, old.value if old else None))

    return line._replace(cells=tuple(map(grown, line.cells)))


def _growth(line: Line, new: Interval, earlier: Time, old: Interval | None) -> Growth:
    if earlier.length != line.time.length:
        return Growth(earlier, None, None, f"{line.time.label}与{earlier.label}长短不同, 不能比")
    if old is None:
        return Growth(earlier, None, None, f"{earlier.label}没有填报")
    rate = None if line.indicator.unit in RATES else intervals.growth(new, old)
    reason = "" if earlier == line.time.year_before or earlier.length == "year" else "不是同期"
    return Growth(earlier, intervals.difference(new, old), rate, reason)


def _ranked(line: Line) -> Line:
    """Ranks that only say what is sure: shared where intervals overlap."""
    if line.indicator.better == "neither":
        return line
    values = [cell.value for cell in line.cells if cell.value is not None]
    up = line.indicator.better == "up"

    def ranked(cell: Cell) -> Cell:
        if cell.value is None:
            return cell
        own = cell.value
        better = (intervals.is_above(other, own) if up else intervals.is_above(own, other) for other in values)
        return cell._replace(rank=1 + sum(better))

    return line._replace(cells=tuple(map(ranked, line.cells)))


def plain(told: Comparison) -> Iterator[dict[str, Any]]:
    """A row for every cell, for machines; decimals as text, so that nothing is rounded."""
    for line in told.lines:
        for cell in line.cells:
            row: dict[str, Any] = {
                "indicator": line.indicator.id, "name": line.indicator.name, "unit": line.indicator.unit,
                "nature": line.indicator.nature, "dimensions": dict(line.dimensions), "period": line.time.label,
                "period_start": line.time.start, "period_end": line.time.end, "town": cell.town, "state": cell.state,
                **_ends("value", cell.value), "approx": cell.approx, "text": cell.text, "chosen": cell.chosen,
                "inconsistent": cell.inconsistent, "derived": cell.derived, "reason": cell.reason, "rank": cell.rank,
                "stated_towns": line.stated, "towns": len(line.cells),
                "facts": [_fact(each) for each in cell.facts], "targets": [_fact(each) for each in cell.targets],
                "announced": [_fact(each) for each in cell.announced], **_ends("announced", cell.announced_value),
            }  # fmt: skip
            if cell.growth:
                row["growth"] = {
                    "against": cell.growth.against.label, **_ends("difference", cell.growth.difference),
                    **_ends("percent", cell.growth.rate), "reason": cell.growth.reason,
                }  # fmt: skip
            yield row


def _ends(name: str, value: Interval | None) -> dict[str, str | None]:
    low, high = (value.low, value.high) if value else (None, None)
    return {f"{name}_low": None if low is None else f"{low:f}", f"{name}_high": None if high is None else f"{high:f}"}


def _fact(cited: Cited) -> dict[str, Any]:
    return {
        "fact": cited.fact.id, "text": cited.fact.text, "sentence": cited.fact.sentence, "source": cited.source,
        "counted": cited.counted, "reason": cited.reason, **_ends("value", cited.value),
    }  # fmt: skip
