"""The page's comparison: a block for every indicator, towns downwards, times to the right, bars with whiskers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from pipeline.ask.cells import Cell, Cited, Dimensions
from pipeline.ask.compare import Comparison, Line
from pipeline.ask.labels import UNNAMED, Names
from pipeline.ask.times import Time
from pipeline.show import charts, wording
from pipeline.show.markup import Markup, escape, tag
from pipeline.store.fetch import IndicatorRow

COLUMNS = 4  # times beside each other; older ones are in the spreadsheet
MANY = 20  # towns from which on a column less keeps the page light
FEW = 10  # towns whose overview fits into half the page's width
ENOUGH = 2  # towns that must say a detail before it gets a table of its own
SOME = 4  # a time gets a column when it has at least one fourth of the fullest one's reports


@dataclass(frozen=True, slots=True)
class Block:
    """An indicator as shown. ``plain`` are the lines of its plain form by time, ``others`` those of further times
    (a whole year beside halves), ``details`` those of each further set of dimensions that enough towns use.

    ``base`` is what all its facts share: 投稿 is always of the stage 报送, and needs no word for it. ``topic`` is its
    topic's name.
    """

    indicator: IndicatorRow
    base: Dimensions
    plain: Mapping[Time, Line]
    others: Mapping[Time, Line]
    details: tuple[Mapping[Time, Line], ...]
    topic: str

    @property
    def is_rare(self) -> bool:
        """Does never more than one town state it? Then there is nothing to lay side by side."""
        return all(line.stated < ENOUGH for line in self.lines)

    @property
    def lines(self) -> Iterable[Line]:
        """All of them."""
        yield from self.plain.values()
        yield from self.others.values()
        for each in self.details:
            yield from each.values()


def columns(comparison: Comparison) -> tuple[Time, ...]:
    """The times that get a column: the latest ones with a fair share of the reports."""
    count = Counter(time for _, time in comparison.reported)
    most = max(count.values(), default=0)
    wide = COLUMNS if len(comparison.towns) <= MANY else COLUMNS - 1
    return tuple(sorted(time for time, n in count.items() if n * SOME >= most)[-wide:])


def blocks(comparison: Comparison, times: Sequence[Time], names: Names = UNNAMED) -> list[Block]:
    """What of a comparison is shown: the indicators that some town states."""
    grouped: dict[str, dict[Dimensions, dict[Time, Line]]] = {}
    for line in comparison.lines:
        if line.stated:
            grouped.setdefault(line.indicator.id, {}).setdefault(line.dimensions, {})[line.time] = line
    made = []
    lengths = {time.length for time in times}
    for sets in grouped.values():
        base = _base(sets)
        own = sets.pop(base, {})
        plain = {time: line for time, line in own.items() if time in times}
        others = {time: line for time, line in own.items() if time.length not in lengths and line.stated >= ENOUGH}
        shown = [{time: line for time, line in lines.items() if time in times} for lines in sets.values()]
        details = [lines for lines in shown if any(line.stated >= ENOUGH for line in lines.values())]
        if plain or others or details:
            indicator = next(iter((own or details[0]).values())).indicator
            made.append(Block(indicator, base, plain, dict(list(others.items())[-COLUMNS:]), tuple(details),
                              names.topic(indicator.topic)))  # fmt: skip
    return sorted(made, key=lambda block: names.topic_order(block.indicator.topic))


def _base(sets: Mapping[Dimensions, Mapping[Time, Line]]) -> Dimensions:
    """No dimensions at all, or where there is no such line the stage alone that most towns state."""
    stages = [dims for dims in sets if all(name == "stage" for name, _ in dims)]
    return min(stages, key=lambda dims: (len(dims), -sum(line.stated for line in sets[dims].values())), default=())


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
        line = block.plain.get(time) if time else None
        if line is not None:
            rows.append((block.topic, _dots(block.indicator, line)))
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
        told = escape(topic)
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


_SIGNS = (
    ("d-s", "●", "已报"), ("d-z", "○", "报为零"), ("d-x", "◐", "说法不一, 待核实"), ("d-n", "△", "提到了但不能计入"),
    ("d-m", "–", "未报"),
)  # fmt: skip
_KEYS = "</li><li>".join(f'<b class="{kind}">{mark}</b> {word}' for kind, mark, word in _SIGNS)


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


def rare_html(rare: Sequence[Block], places: Mapping[str, str]) -> Markup:
    """The indicators that a single town states, a line each: indicator, town, time, value."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("指标", "单位", "时期", "数"))
    body = "".join(_rare_rows(block, places) for block in rare)
    table = f'<table class="rare"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    told = f'<section class="indicator"><h3>只有一个单位报的指标</h3><div class="scroll">{table}</div></section>'
    return Markup(told if rare else "")


def _rare_rows(block: Block, places: Mapping[str, str]) -> str:
    rows = [
        f'<th scope="row">{escape(block.indicator.name)}</th><td>{escape(cell.town)}</td><td>{line.time.label}</td>'
        f"<td>{_value(cell, line, places)}</td></tr>"
        for line in block.lines
        for cell in line.cells
        if cell.value is not None
    ]
    return f'<tr id="{anchor(block.indicator)}">' + "<tr>".join(rows)


def block_html(block: Block, times: Sequence[Time], comparison: Comparison, places: Mapping[str, str]) -> Markup:
    """One indicator; ``places`` says where on the page a fact's sentence stands."""
    row = block.indicator
    kind = " · ".join(filter(None, (row.unit, wording.NATURES.get(row.nature), wording.flow(row))))
    inner = [tag("h3", row.name, tag("span", kind, class_="kind")), tag("p", row.definition, class_="note")]
    if block.plain:
        inner.append(_table(block.plain, times, comparison, places, row.name))
    if block.others:
        told = "、".join(f"{time.label} {line.stated} 个填报" for time, line in block.others.items())
        table = _table(block.others, tuple(block.others), comparison, places, f"{row.name} 其他时期")
        inner.append(tag("details", tag("summary", f"其他时期: {told}"), table, class_="more"))
    for lines in block.details:
        first = next(iter(lines.values()))
        told = wording.dimensions(tuple(pair for pair in first.dimensions if pair not in block.base))
        summary = tag("summary", f"其中{told}: 最多 {max(line.stated for line in lines.values())} 个单位填报")
        table = _table(lines, times, comparison, places, f"{row.name} {told}")
        inner.append(tag("details", summary, table, class_="more"))
    return tag("section", *inner, class_="indicator", id=anchor(row), data_name=row.name)


def _table(
    lines: Mapping[Time, Line], times: Sequence[Time], comparison: Comparison, places: Mapping[str, str], name: str
) -> Markup:
    most = _scale(lines.values())
    room = any(_extra(cell) for line in lines.values() for cell in line.cells)  # bars of one table have one scale
    head = "".join(f'<th scope="col">{time.label}</th>' for time in times)
    rows, silent = [], []
    for n, town in enumerate(comparison.towns):
        cells = [lines[time].cells[n] if time in lines else None for time in times]
        if all(cell is None or cell.state == "missing" for cell in cells):
            silent.append(town.name)
            continue
        told = "".join(
            _missing((town.name, time) in comparison.reported)
            if cell is None or cell.state == "missing"
            else _cell(cell, lines[time], most, places, room)
            for cell, time in zip(cells, times, strict=True)
        )
        rows.append(f'<tr><th scope="row">{escape(town.name)}</th>{told}</tr>')
    if silent:
        told = f"{len(silent)} 个单位各期都没有报: {'、'.join(silent)}"
        rows.append(f'<tr class="silent"><td colspan="{len(times) + 1}">{escape(told)}</td></tr>')
    foot = "".join(f"<td>{_foot(lines[time]) if time in lines else '没有单位填报'}</td>" for time in times)
    table = (
        f'<table class="compare" style="--n:{len(times)}" aria-label="{escape(name)}">'
        f'<thead><tr><th scope="col">单位</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody>'
        f'<tfoot><tr><th scope="row">填报</th>{foot}</tr></tfoot></table>'
    )
    return Markup(f'<div class="scroll">{table}</div>')


def _missing(is_reported: bool) -> str:
    return '<td class="m">未报</td>' if is_reported else '<td class="m r">无报告</td>'


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
        return f'<td class="m" title="{escape(cell.reason)}">未计入</td>'
    shown = _value(cell, line, places)
    told = "; ".join(filter(None, (cell.reason, cell.derived)))
    title = f' title="{escape(told)}"' if told else ""
    kind = ' class="x"' if cell.inconsistent or cell.derived else ""
    goal = _target(cell)
    drawn = charts.bar(cell.value, most, goal.value if goal else None)
    more = _extra(cell)
    extra = f"<small>{escape(more)}</small>" if more else ""
    return f'<td{kind}{title}><div class="n{" g" if room else ""}"><span>{shown}</span>{drawn}{extra}</div></td>'


def _value(cell: Cell, line: Line, places: Mapping[str, str]) -> str:
    """The number as written, leading to its sentence."""
    text = escape(wording.cell(cell, line.indicator.unit))
    ids = [cell.chosen] if cell.chosen else [each.fact.id for each in cell.facts if each.counted]
    place = next((places[each] for each in ids if each and each in places), None)
    return f'<a href="#{place}">{text}</a>' if place else text


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


def never_stated(shown: Iterable[Block], town: str, time: Time) -> list[str]:
    """Indicators that at least half of the towns state for a time, and this town does not."""
    found = []
    for block in shown:
        line = block.plain.get(time)
        if line and line.stated * 2 >= len(line.cells):
            own = next((cell for cell in line.cells if cell.town == town), None)
            if own is not None and own.state == "missing":
                found.append(block.indicator.name)
    return found
