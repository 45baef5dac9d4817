"""A comparison as a workbook for people: 对比, 通报, 图, 原句. Native charts, the sentence as a comment of its cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.ask.cells import Cell
from pipeline.ask.compare import Comparison, Line
from pipeline.show import wording
from pipeline.show.sheets import Sheets
from pipeline.show.whole import replaced

CHARTED = 12  # indicators that get a chart: more is a wall, not a picture
LONGEST = 900  # characters of a comment
CHART_ROWS, CHART_WIDE = 18, 760
_BLANK = {"missing": "未报", "not_counted": "未计入"}


def write(told: Comparison, path: Path) -> None:
    """Write the workbook; the old file is there until the new one is whole."""
    import xlsxwriter  # heavy, and not every command needs it

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replaced(path) as beside, xlsxwriter.Workbook(str(beside), plain) as book:
        sheets = Sheets(book)
        _table(sheets, told)
        if any(cell.announced for line in told.lines for cell in line.cells):
            _announced(sheets, told)
        _charts(sheets, told)
        _sentences(sheets, told)


def _table(sheets: Sheets, told: Comparison) -> None:
    """Indicator and time downwards, towns to the right; ranks beside when they were asked for."""
    columns = [("指标", 18), ("细分", 10), ("时期", 13), ("计量单位", 9), ("性质", 7), ("填报", 10),
               ("合计下限", 11), ("合计上限", 11), *((town.name, 13) for town in told.towns)]  # fmt: skip
    sheet = sheets.add("对比", columns)
    for n, line in enumerate(told.lines, 1):
        low, high = (line.total.low, line.total.high) if line.total else (None, None)
        sheets.row(sheet, n, [
            line.indicator.name, wording.dimensions(line.dimensions), line.time.label, line.indicator.unit,
            wording.NATURES.get(line.indicator.nature), f"{line.stated}/{len(line.cells)}", low, high,
        ])  # fmt: skip
        for column, cell in enumerate(line.cells, 8):
            _put(sheets, sheet, n, column, cell, line)
    sheets.finish(sheet, columns, len(told.lines), freeze=(1, 3))


def _put(sheets: Sheets, sheet: Any, n: int, column: int, cell: Cell, line: Line) -> None:
    if cell.value is None:
        sheet.write_string(n, column, _BLANK[cell.state], sheets.gap)
    else:
        style = sheets.doubt if cell.inconsistent or cell.derived else sheets.number
        text = wording.cell(cell, line.indicator.unit)
        if cell.rank is not None or not cell.value.is_exact or cell.derived:
            sheet.write_string(n, column, text + (f" 第{cell.rank}" if cell.rank is not None else ""), style)
        else:
            sheet.write_number(n, column, float(cell.value.low or 0), style)
    told = comment(cell)
    if told:
        sheet.write_comment(n, column, told, {"x_scale": 2.5, "y_scale": 1.6, "font_size": 9})


def comment(cell: Cell) -> str:
    """The sentences behind a cell with their files, then why it is as it is."""
    cited = [each for each in cell.facts if each.counted] or list(cell.facts)
    parts = list(dict.fromkeys(f"{each.fact.sentence}\n——{each.source}" for each in cited))
    parts += filter(None, (cell.reason if cell.facts else "", cell.derived))
    told = cell.announced_difference
    if told is not None:
        parts.append(f"自报减通报: {wording.interval(told, sign=True)}")
    return "\n".join(parts)[:LONGEST]


def _announced(sheets: Sheets, told: Comparison) -> None:
    """What towns report beside what was announced of them, with the difference."""
    columns = [("单位", 14), ("指标", 18), ("时期", 13), ("计量单位", 9), ("自报", 12), ("通报", 12), ("差", 12),
               ("自报原句", 50), ("通报原句", 50)]  # fmt: skip
    sheet = sheets.add("自报与通报", columns)
    rows = [
        [cell.town, wording.line_name(line), line.time.label, line.indicator.unit,
         wording.cell(cell, line.indicator.unit) if cell.value else "未报",
         wording.interval(cell.announced_value) if cell.announced_value else "",
         wording.interval(cell.announced_difference, sign=True) if cell.announced_difference else "",
         next((each.fact.sentence for each in cell.facts if each.counted), ""), cell.announced[0].fact.sentence]
        for line in told.lines for cell in line.cells if cell.announced
    ]  # fmt: skip
    for n, row in enumerate(rows, 1):
        sheets.row(sheet, n, row)
    sheets.finish(sheet, columns, len(rows))


def _charts(sheets: Sheets, told: Comparison) -> None:
    """Bars of the indicators that most towns state at the latest time, with the doubtful part as error bars."""
    lines = charted(told.lines)
    if not lines:
        return
    data = sheets.add("图表数据", [("指标", 18), ("单位", 14), ("数", 10), ("可多出", 10)])
    sheet = sheets.book.add_worksheet("图")
    sheet.write_string(0, 0, "柱是写明的数, 线是“余、约、不低于”一类说法可能的范围; 未报的单位没有柱。", sheets.plain)
    at = 1
    for number, line in enumerate(lines):
        first = at
        for cell in line.cells:
            low = high = None
            if cell.value is not None:
                low = cell.value.low if cell.value.low is not None else cell.value.high
                high = cell.value.high if cell.value.high is not None else low
            rest = high - low if low is not None and high is not None else None
            sheets.row(data, at, [wording.line_name(line), cell.town, low, rest])
            at += 1
        sheet.insert_chart(1 + number * CHART_ROWS, 0, _chart(sheets.book, line, first, at - 1))


def charted(lines: Sequence[Line]) -> list[Line]:
    """The lines worth a chart: of each indicator its latest one, most stated first."""
    last = {}
    for key, group in groupby(
        sorted(lines, key=lambda line: (line.indicator.id, line.dimensions, line.time)),
        key=lambda line: (line.indicator.id, line.dimensions),
    ):
        stated = [line for line in group if line.stated > 1]
        if stated:
            last[key] = stated[-1]
    return sorted(last.values(), key=lambda line: -line.stated)[:CHARTED]


def _chart(book: Any, line: Line, first: int, last: int) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": f"{wording.line_name(line)} {line.time.label}",
            "categories": ["图表数据", first, 1, last, 1],
            "values": ["图表数据", first, 2, last, 2],
            "fill": {"color": "#2F6F8F"},
            "gap": 60,
            "data_labels": {"value": True},
            "y_error_bars": {
                "type": "custom",
                "plus_values": f"=图表数据!$D${first + 1}:$D${last + 1}",
                "minus_values": [0] * (last - first + 1),
                "direction": "plus",
            },
        }
    )
    chart.set_title(
        {"name": f"{wording.line_name(line)} {line.time.label}（{line.coverage}）", "name_font": {"size": 11}}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"name": line.indicator.unit or "", "min": 0, "major_gridlines": {"visible": False}})
    chart.set_size({"width": CHART_WIDE, "height": CHART_ROWS * 20 - 12})
    return chart


def _sentences(sheets: Sheets, told: Comparison) -> None:
    """Every sentence behind the cells, so that nothing rests on a comment alone."""
    columns = [("指标", 18), ("细分", 10), ("时期", 13), ("单位", 14), ("原文数字", 13), ("计入", 7), ("原句", 80),
               ("来源文件", 40), ("说明", 24)]  # fmt: skip
    sheet = sheets.add("原句", columns)
    rows = [
        [line.indicator.name, wording.dimensions(line.dimensions), line.time.label, cell.town, each.fact.text,
         "计入" if each.counted else "未计", each.fact.sentence, each.source, each.reason]
        for line in told.lines for cell in line.cells for each in cell.facts
    ]  # fmt: skip
    for n, row in enumerate(rows, 1):
        sheets.row(sheet, n, row)
    sheets.finish(sheet, columns, len(rows))
