"""The spreadsheet of a run: 事实, 对比, 来源, 指标. Typed cells, frozen heads, filters, sentences beside numbers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.ask import labels
from pipeline.ask.cells import Cell, dimensions
from pipeline.ask.compare import Comparison, Line
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.status import REMEDIES, STATES
from pipeline.model import Towns
from pipeline.show import wording
from pipeline.show.gathered import Given, gathered
from pipeline.show.whole import replaced
from pipeline.store import fetch
from pipeline.store.fetch import FactRow, ReportRow

if TYPE_CHECKING:
    from pipeline.show.xlsx_rows import Styles

FACTS: tuple[tuple[str, int], ...] = (  # head, width in characters
    ("报送单位", 14), ("报告时期", 13), ("所指时期", 13), ("主题", 12), ("指标", 14), ("细分", 10), ("事项", 20),
    ("原文数字", 13), ("下限", 10), ("上限", 10), ("计量单位", 9), ("写法", 8), ("性质", 8), ("口径", 11), ("原句", 70),
    ("来源文件", 36), ("段", 6),
)  # fmt: skip
SOURCES = (
    ("文件", 60), ("状态", 10), ("原因", 12), ("说明", 50), ("怎么办", 50), ("格式", 8), ("读取方式", 12),
    ("处理步骤", 24), ("字数", 9), ("报告数", 8), ("秒", 8),
)  # fmt: skip
BOOK = (
    ("指标", 18), ("主题", 14), ("计量单位", 9), ("口径", 60), ("性质", 8), ("流量或存量", 16), ("方向", 11),
    ("属于", 14), ("事实数", 9), ("编号", 22),
)  # fmt: skip
_BLANK = {"missing": "未报", "not_counted": "未计入"}


def write(base: sqlite3.Connection, path: Path, owed: Towns | None = None, given: Given | None = None) -> None:
    """Write the whole dataset as one workbook. The old file is there until the new one is whole."""
    import xlsxwriter  # heavy, and not every command needs it

    from pipeline.show.xlsx_rows import Styles

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replaced(path) as beside, xlsxwriter.Workbook(str(beside), plain) as book:
        body = {"font_name": "宋体", "font_size": 10.5, "valign": "top"}
        styles = Styles(
            book.add_format(body | {"bold": True, "bg_color": "#E8ECEF", "bottom": 1, "text_wrap": True}),
            book.add_format(body),
            book.add_format(body | {"quote_prefix": True}),
        )
        reports = fetch.reports(base)
        found, comparison = given or gathered(base, owed)
        facts = _in_order(found, reports)
        indicators = fetch.indicators(base)
        told = labels.names(base)
        _facts(book, styles, facts, reports, {row.id: row.name for row in indicators}, told)
        _comparison(book, styles, comparison, {fact.id: n for n, fact in enumerate(facts, 2)})
        _sources(book, styles, base, reports)
        used = Counter(fact.indicator for fact in facts)
        _book(book, styles, [
            [row.name, told.topic(row.topic), row.unit, row.definition,
             wording.NATURES.get(row.nature), wording.flow(row), wording.BETTER.get(row.better),
             row.part_of, used[row.id], row.id]
            for row in indicators
        ])  # fmt: skip


def _in_order(facts: list[FactRow], reports: Sequence[ReportRow]) -> list[FactRow]:
    """By town and time as the reports are, then as they stand in the text."""
    place = {row.id: n for n, row in enumerate(reports)}
    return sorted(facts, key=lambda fact: place[fact.report])


def _facts(
    book: Any,
    styles: Styles,
    facts: list[FactRow],
    reports: Sequence[ReportRow],
    names: dict[str, str],
    topics: labels.Names,
) -> None:
    from pipeline.show.xlsx_rows import Rows

    sheet = book.add_worksheet("事实", worksheet_class=Rows)
    sheet.stream([head for head, _ in FACTS], _fact_rows(facts, reports, names, topics), len(facts), styles)
    _dress(sheet, FACTS, len(facts))
    sheet.freeze_panes(1, 1)


def _fact_rows(
    facts: list[FactRow], reports: Sequence[ReportRow], names: dict[str, str], topics: labels.Names
) -> Iterator[tuple[str | float | int | None, ...]]:
    who: dict[str, Reporter] = reporters(reports)
    own = {row.id: (who[row.id].name if row.id in who else None, row.period_label, row.source) for row in reports}
    told = {stored: wording.dimensions(dimensions(stored)) for stored in {fact.dimensions for fact in facts}}
    for fact in facts:
        town, period, source = own[fact.report]
        yield (
            town, period, fact.period_label, topics.topic(fact.topic),
            names.get(fact.indicator, fact.indicator) if fact.indicator else None, told[fact.dimensions], fact.object,
            fact.text, _typed(fact.low), _typed(fact.high), fact.unit, wording.APPROX.get(fact.approx, fact.approx),
            wording.KINDS.get(fact.kind, fact.kind), wording.SCOPES.get(fact.scope, fact.scope), fact.sentence, source,
            fact.paragraph + 1,
        )  # fmt: skip


def _typed(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def _comparison(book: Any, styles: Styles, comparison: Comparison, rows: dict[str, int]) -> None:
    """Indicator and time downwards, towns to the right; a stated cell leads to its fact's row in 事实."""
    sheet = book.add_worksheet("对比")
    columns = [("指标", 18), ("细分", 10), ("时期", 13), ("计量单位", 9), ("性质", 7), ("填报", 6), ("应比", 6),
               ("合计下限", 11), ("合计上限", 11), *((town.name, 12) for town in comparison.towns)]  # fmt: skip
    body = {"font_name": "宋体", "font_size": 10.5, "align": "right"}
    number, gap = book.add_format(body), book.add_format(body | {"font_color": "#8A8F94"})
    doubt = book.add_format(body | {"bg_color": "#FBE9D0"})
    _head(sheet, styles, columns)
    for n, line in enumerate(comparison.lines, 1):
        low, high = (line.total.low, line.total.high) if line.total else (None, None)
        first = [line.indicator.name, wording.dimensions(line.dimensions), line.time.label, line.indicator.unit,
                 wording.NATURES.get(line.indicator.nature), line.stated, len(line.cells),
                 _typed(None if low is None else float(low)),
                 _typed(None if high is None else float(high))]  # fmt: skip
        for column, value in enumerate(first):
            _put(sheet, n, column, value, styles)
        for column, cell in enumerate(line.cells, len(first)):
            style = gap if cell.value is None else doubt if cell.inconsistent or cell.derived else number
            _put_cell(sheet, n, column, cell, line, style, rows)
    _dress(sheet, columns, len(comparison.lines))
    sheet.freeze_panes(1, 3)


def _put_cell(sheet: Any, n: int, column: int, cell: Cell, line: Line, style: Any, rows: dict[str, int]) -> None:
    row = rows.get(cell.chosen) if cell.chosen else None
    if row:
        sheet.write_url(n, column, f"internal:'事实'!A{row}", style)
    if cell.value is None:
        sheet.write_string(n, column, _BLANK[cell.state], style)
    elif cell.value.is_exact and not cell.derived:
        sheet.write_number(n, column, float(cell.value.low or 0), style)
    else:
        sheet.write_string(n, column, wording.cell(cell, line.indicator.unit), style)


def _sources(book: Any, styles: Styles, base: sqlite3.Connection, reports: Sequence[ReportRow]) -> None:
    sheet = book.add_worksheet("来源")
    _head(sheet, styles, SOURCES)
    held = Counter(row.source for row in reports)
    order = {state: n for n, state in enumerate(("failed", "needs_ocr", "partial", "empty", "gone", "skipped", "ok"))}
    rows = sorted(fetch.sources(base), key=lambda row: (order[row.state], row.path))
    for n, row in enumerate(rows, 1):
        remedy = "" if row.state == "ok" else REMEDIES.get(row.cause or "", "")
        values = [row.path, STATES[row.state], row.cause, row.message, remedy, row.format, row.reader, row.steps,
                  row.characters, held[row.path], round(row.seconds, 3)]  # fmt: skip
        for column, value in enumerate(values):
            _put(sheet, n, column, value, styles)
    _dress(sheet, SOURCES, len(rows))
    sheet.freeze_panes(1, 1)


def _book(book: Any, styles: Styles, rows: list[list[Any]]) -> None:
    sheet = book.add_worksheet("指标")
    _head(sheet, styles, BOOK)
    for n, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _put(sheet, n, column, value, styles)
    _dress(sheet, BOOK, len(rows))
    sheet.freeze_panes(1, 1)


def _head(sheet: Any, styles: Styles, columns: Sequence[tuple[str, int]]) -> None:
    for n, (name, _) in enumerate(columns):
        sheet.write_string(0, n, name, styles.head)


def _put(sheet: Any, row: int, column: int, value: str | float | int | None, styles: Styles) -> None:
    from pipeline.show.xlsx_rows import DANGEROUS

    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:32767], styles.quoted if value.startswith(DANGEROUS) else styles.plain)
    else:
        sheet.write_number(row, column, value, styles.plain)


def _dress(sheet: Any, columns: Sequence[tuple[str, int]], rows: int) -> None:
    """Widths, a filter over everything, and a page that prints: landscape, one page wide, the head on every page."""
    for n, (_, wide) in enumerate(columns):
        sheet.set_column(n, n, wide)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
