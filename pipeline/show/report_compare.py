"""The page's comparison: a block for every indicator, towns downwards, times to the right, bars with whiskers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from pipeline.ask.compare import Cell, Cited, Comparison, Line
from pipeline.ask.times import Time
from pipeline.show import charts, wording
from pipeline.show.markup import Markup, escape, tag
from pipeline.store.fetch import IndicatorRow

COLUMNS = 4  # times beside each other; older ones are in the spreadsheet
FEW = 12  # towns whose overview fits into half the page's width
ENOUGH = 2  # towns that must say a detail before it gets a table of its own


@dataclass(frozen=True, slots=True)
class Block:
    """An indicator as shown: the lines of its plain form, and of each set of dimensions that enough towns use."""

    indicator: IndicatorRow
    plain: tuple[Line, ...]
    details: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> Iterable[Line]:
        """All of them."""
        yield from self.plain
        for each in self.details:
            yield from each


def blocks(comparison: Comparison) -> list[Block]:
    """What of a comparison is shown: the latest times that some town speaks of, indicators that somebody states."""
    grouped: dict[str, dict[object, list[Line]]] = {}
    for line in comparison.lines:
        if line.stated:
            grouped.setdefault(line.indicator.id, {}).setdefault(line.dimensions, []).append(line)
    made = []
    for sets in grouped.values():
        plain = tuple(sets.pop((), ())[-COLUMNS:])
        details = [tuple(lines[-COLUMNS:]) for lines in sets.values() if plain == () or _most(lines) >= ENOUGH]
        if plain or details:
            first = (plain or details[0])[0]
            made.append(Block(first.indicator, plain, tuple(details)))
    return made


def _most(lines: Sequence[Line]) -> int:
    return max(line.stated for line in lines)


def latest(comparison: Comparison) -> Time | None:
    """The newest time of which at least half as many towns reported as of the fullest one."""
    count = Counter(time for _, time in comparison.reported)
    most = max(count.values(), default=0)
    return max((time for time, n in count.items() if n * 2 >= most), default=None)


def overview(comparison: Comparison, shown: Sequence[Block]) -> Markup:
    """Who states what at the latest time: indicators downwards (links to their blocks), towns to the right."""
    time = latest(comparison)
    rows: list[tuple[str, str]] = []  # topic, row
    for block in shown:
        line = next((line for line in block.plain if line.time == time), None)
        if line is not None:
            rows.append((block.indicator.topic, _dots(block.indicator, line)))
    if not rows or time is None:
        return Markup("")
    few = len(comparison.towns) <= FEW and len(rows) > FEW
    half = (len(rows) + 1) // 2 if few else len(rows)
    tables = "".join(_dot_table(part, comparison) for part in (rows[:half], rows[half:]) if part)
    return Markup(
        f'<h3>{time.label}谁报了什么</h3><ul class="legend"><li>{_KEYS}</li></ul>'
        f'<div class="scroll"><div class="dotted{" few" if few else ""}">{tables}</div></div>'
    )


def _dot_table(rows: Sequence[tuple[str, str]], comparison: Comparison) -> str:
    towns = "".join(f'<th scope="col"><span>{escape(town.name)}</span></th>' for town in comparison.towns)
    parts = []
    for topic, group in groupby(rows, key=lambda pair: pair[0]):
        told = escape(wording.TOPICS.get(topic, topic))
        parts.append(f'<tr class="topic"><th scope="rowgroup" colspan="{len(comparison.towns) + 2}">{told}</th></tr>')
        parts += [row for _, row in group]
    return (
        '<table class="dots"><thead><tr><th scope="col">指标</th><th scope="col" class="k">填报</th>'
        f"{towns}</tr></thead><tbody>{''.join(parts)}</tbody></table>"
    )


def _dots(indicator: IndicatorRow, line: Line) -> str:
    cells = "".join(_dot(cell) for cell in line.cells)
    return (
        f'<tr><th scope="row"><a href="#{anchor(indicator)}">{escape(indicator.name)}</a></th>'
        f'<td class="k">{line.stated}/{len(line.cells)}</td>{cells}</tr>'
    )


_KEYS = "</li><li>".join(
    f'<b class="{kind}">{mark}</b> {word}' for kind, mark, word in (
        ("d-s", "●", "已报"), ("d-z", "○", "报为零"), ("d-x", "◐", "说法不一, 待核实"), ("d-n", "△", "提到了但不能计入"), ("d-m", "–", "未报"),
    )
)  # fmt: skip


def _dot(cell: Cell) -> str:
    kind, mark = (
        ("x", "◐") if cell.inconsistent else
        {"stated": ("s", "●"), "zero": ("z", "○"), "missing": ("m", "–"), "not_counted": ("n", "△")}[cell.state]
    )  # fmt: skip
    word = cell.text or cell.reason
    return f'<td class="d-{kind}" title="{escape(cell.town)}: {escape(word)}">{mark}</td>'


def anchor(indicator: IndicatorRow) -> str:
    """The id of an indicator's block."""
    return f"i-{indicator.id}"


def block_html(block: Block, places: Mapping[str, str]) -> Markup:
    """One indicator; ``places`` says where on the page a fact's sentence stands."""
    row = block.indicator
    kind = " · ".join(filter(None, (row.unit, wording.NATURES.get(row.nature), wording.FLOWS.get(row.flow))))
    inner = [tag("h3", row.name, tag("span", kind, class_="kind")), tag("p", row.definition, class_="note")]
    if block.plain:
        inner.append(_table(block.plain, places, row.name))
    for lines in block.details:
        told = wording.dimensions(lines[0].dimensions)
        inner.append(
            tag("details", tag("summary", f"{told}: {lines[-1].coverage}"), _table(lines, places, f"{row.name} {told}"),
                class_="more", open=not block.plain)
        )  # fmt: skip
    return tag("section", *inner, class_="indicator", id=anchor(row), data_name=row.name)


def _table(lines: Sequence[Line], places: Mapping[str, str], name: str) -> Markup:
    most = _scale(lines)
    head = "".join(f'<th scope="col">{line.time.label}</th>' for line in lines)
    room = any(_extra(cell) for line in lines for cell in line.cells)  # bars of one table have one scale
    rows = []
    for n, first in enumerate(lines[0].cells):
        told = "".join(_cell(line.cells[n], line, most, places, room) for line in lines)
        rows.append(f'<tr><th scope="row">{escape(first.town)}</th>{told}</tr>')
    foot = "".join(f"<td>{_foot(line)}</td>" for line in lines)
    return Markup(
        f'<div class="scroll"><table class="compare" aria-label="{escape(name)}"><thead><tr><th scope="col">单位</th>'
        f'{head}</tr></thead><tbody>{"".join(rows)}</tbody><tfoot><tr><th scope="row">填报</th>{foot}</tr></tfoot>'
        "</table></div>"
    )


def _foot(line: Line) -> str:
    told = f"{line.coverage}"
    if line.total is not None:
        return f"{told}, 合计 <b>{wording.interval(line.total, line.indicator.unit)}</b>"
    return told


def _scale(lines: Iterable[Line]) -> Decimal:
    """The greatest bound that is stated: the right edge of every bar of a block."""
    bounds = [
        bound
        for line in lines
        for cell in line.cells
        if cell.value is not None
        for bound in (cell.value.high if cell.value.high is not None else cell.value.low,)
        if bound is not None
    ]
    most = max(bounds, default=Decimal(0))
    unbounded = any(cell.value is not None and cell.value.high is None for line in lines for cell in line.cells)
    return most * Decimal("1.15") if unbounded else most


def _cell(cell: Cell, line: Line, most: Decimal, places: Mapping[str, str], room: bool) -> str:
    if cell.value is None:
        word = "未计入" if cell.state == "not_counted" else "未报"
        return f'<td class="m" title="{escape(cell.reason)}">{word}</td>'
    text = wording.cell(cell, line.indicator.unit)
    ids = [cell.chosen] if cell.chosen else [each.fact.id for each in cell.facts if each.counted]
    place = next((places[each] for each in ids if each and each in places), None)
    shown = f'<a href="#{place}">{escape(text)}</a>' if place else escape(text)
    told = "; ".join(filter(None, (cell.reason, cell.derived)))
    title = f' title="{escape(told)}"' if told else ""
    kind = ' class="x"' if cell.inconsistent or cell.derived else ""
    goal = _target(cell)
    drawn = charts.bar(cell.value, most, goal.value if goal else None)
    extra = f"<small>{escape(_extra(cell))}</small>" if room else ""
    return f'<td{kind}{title}><div class="n{" g" if room else ""}"><span>{shown}</span>{drawn}{extra}</div></td>'


def _target(cell: Cell) -> Cited | None:
    """A target that was set for the cell's own time, not merely named in that time's report."""
    return next((each for each in cell.targets if each.fact.period_from == "clause"), None)


def _extra(cell: Cell) -> str:
    if cell.value is None:
        return ""
    if cell.inconsistent:
        return "说法不一"
    if cell.derived:
        return cell.derived[:2]
    goal = _target(cell)
    if goal:
        return f"目标 {goal.fact.text}"
    if cell.growth and cell.growth.rate is not None:
        return f"同比 {wording.percent(cell.growth.rate)}"
    return ""


def cited(shown: Iterable[Block]) -> set[str]:
    """The facts that the shown cells rest on: their sentences must be on the page."""
    return {
        each.fact.id
        for block in shown
        for line in block.lines
        for cell in line.cells
        if cell.value is not None
        for each in cell.facts
        if each.counted
    }


def never_stated(comparison: Comparison, town: str, time: Time) -> list[str]:
    """Indicators that at least half of the towns state for a time, and this town does not."""
    found = []
    for line in comparison.lines:
        if line.time == time and not line.dimensions and line.stated * 2 >= len(line.cells):
            own = next(cell for cell in line.cells if cell.town == town)
            if own.state == "missing":
                found.append(line.indicator.name)
    return found
