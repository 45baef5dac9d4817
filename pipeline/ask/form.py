"""What goes into the cells of a form: the same values that a comparison shows, each with its sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ask.cells import Cell, Dimensions, dimensions, level
from pipeline.ask.compare import Comparison, Line, compare
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.roster import chosen, unknown
from pipeline.ask.times import asked
from pipeline.errors import QueryError
from pipeline.model import FormCell, Towns
from pipeline.store import fetch


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell of the form: ``value`` to write (None: blank), the sentence behind it, and why it is blank or doubtful."""

    place: FormCell
    town: str
    value: float | str | None
    sentence: str = ""
    source: str = ""
    blank: str = ""
    doubt: str = ""


def filled(base: sqlite3.Connection, places: Iterable[FormCell], owed: Towns | None = None) -> list[Filled]:
    """The answers for places that all name their town and time. Raises ``QueryError`` for unknown names."""
    wanted = list(places)
    book = fetch.indicators(base)
    names = {name: row.id for row in book for name in (row.name, row.id)}
    for place in wanted:
        if place.indicator not in names:
            raise QueryError(f"{place.cell}: " + unknown("指标", place.indicator, [row.name for row in book]))
        if asked(place.period) is None:
            raise QueryError(f"{place.cell}: 时期 {place.period!r} 看不懂 (unknown); 请写成 2022年上半年 或 2022年")
    if not wanted:
        return []
    ids = sorted({names[place.indicator] for place in wanted})
    towns = list(dict.fromkeys(place.town for place in wanted))
    told = compare(base, indicators=ids, towns=towns, owed=owed)
    known = reporters(fetch.reports(base)).values()
    who = {name: chosen(known, owed or Towns(), [name])[0] for name in towns}
    return [_one(place, who[place.town], names[place.indicator], told) for place in wanted]


def _one(place: FormCell, town: Reporter, indicator: str, told: Comparison) -> Filled:
    time = asked(place.period)
    own: Dimensions = dimensions(place.dimensions)
    lines = [line for line in told.lines if line.indicator.id == indicator and line.time == time]
    line = next((line for line in lines if line.dimensions == own), None) or _nearly(lines, own)
    if line is None:
        return Filled(place, town.name, None, blank=_nobody(lines, own))
    cell = next(cell for cell in line.cells if cell.town == town.name)
    counted = [each for each in cell.facts if each.counted]
    first = next((each for each in counted if each.fact.id == cell.chosen), counted[0] if counted else None)
    sentence, source = (first.fact.sentence, first.source) if first else ("", "")
    if cell.value is None:
        return Filled(place, town.name, None, sentence, source, blank=cell.reason or "未报")
    return Filled(place, town.name, _value(place, cell), sentence, source, doubt=_doubt(place, cell))


def _nearly(lines: list[Line], own: Dimensions) -> Line | None:
    """As people say it: 市 for 地市; and without a word of the stage, where only one stage is reported."""
    wanted = {name: level(value) if name == "level" else value for name, value in own}
    known = [(line, dict(line.dimensions)) for line in lines]
    fitting = [line for line, dims in known if dims == wanted] or [
        line for line, dims in known if {name: value for name, value in dims.items() if name != "stage"} == wanted
    ]
    return fitting[0] if len(fitting) == 1 else None


def _nobody(lines: list[Line], own: Dimensions) -> str:
    """Why there is no such line: which details are reported instead."""
    told = [";".join(f"{name}={value}" for name, value in line.dimensions) for line in lines if line.stated]
    if not own or not told:
        return "没有一个单位写到这个数"
    return f"没有一个单位写到这个细分; 写到的有: {'、'.join(each or '(不分)' for each in told)}"


def _value(place: FormCell, cell: Cell) -> float | str | None:
    if cell.value is None:
        return None
    if place.value == "text":
        return cell.text
    if place.value in ("low", "high"):
        bound = cell.value.low if place.value == "low" else cell.value.high
        return None if bound is None else float(bound)
    if cell.value.is_exact and not cell.inconsistent:
        return float(cell.value.low or 0)
    return cell.text


def _doubt(place: FormCell, cell: Cell) -> str:
    if cell.inconsistent:
        return cell.reason
    if cell.derived:
        return cell.derived
    if cell.value is not None and not cell.value.is_exact and place.value == "number":
        return "不是准确的数, 按原文填写"
    return ""
