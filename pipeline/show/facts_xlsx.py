"""The spreadsheet of a run: 事实, 对比, 来源, 指标. Typed cells, frozen heads, filters, sentences beside numbers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ask import labels
from pipeline.ask.cells import dimensions
from pipeline.ask.compare import Comparison
from pipeline.ask.reporters import Reporter, reporters
from pipeline.ask.status import REMEDIES, STATES
from pipeline.model import Towns
from pipeline.show import wording
from pipeline.show.gathered import Given, gathered
from pipeline.show.whole import replaced
from pipeline.store import fetch
from pipeline.store.fetch import FactRow, ReportRow

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from pipeline.show.xlsx_rows import Book, Rows, Styles, Value

FACTS: tuple[tuple[str, int], ...] = (  # head, width in characters
    ("报送单位", 14), ("报告时期", 13), ("所指时期", 13), ("主题", 12), ("指标", 14), ("细分", 10), ("事项", 20),
    ("原文数字", 13), ("下限", 10), ("上限", 10), ("计量单位", 9), ("写法", 8), ("性质", 8), ("口径", 11), ("原句", 70),
    ("来源文件", 36), ("段", 6),
)  # fmt: skip
COMPARED = (  # and a column for every town
    ("指标", 18), ("细分", 10), ("时期", 13), ("计量单位", 9), ("性质", 7), ("填报", 6), ("应比", 6), ("合计下限", 11),
    ("合计上限", 11),
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
    from pipeline.show.xlsx_rows import Book, Styles  # XlsxWriter is heavy, and not every command needs it

    with replaced(path) as beside, Book(beside) as book:
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
        names = {row.id: row.name for row in indicators}
        _sheet(book, "事实", FACTS, _fact_rows(facts, reports, names, told), len(facts), styles)
        _comparison(book, styles, comparison, {fact.id: n for n, fact in enumerate(facts, 2)})
        sources = _sources(base, reports)
        _sheet(book, "来源", SOURCES, sources, len(sources), styles)
        used = Counter(fact.indicator for fact in facts)
        _sheet(book, "指标", BOOK, [
            [row.name, told.topic(row.topic), row.unit, row.definition,
             wording.NATURES.get(row.nature), wording.flow(row), wording.BETTER.get(row.better),
             row.part_of, used[row.id], row.id]
            for row in indicators
        ], len(indicators), styles)  # fmt: skip


def _in_order(facts: list[FactRow], reports: Sequence[ReportRow]) -> list[FactRow]:
    """By town and time as the reports are, then as they stand in the text."""
    place = {row.id: n for n, row in enumerate(reports)}
    return sorted(facts, key=lambda fact: place[fact.report])


def _sheet(
    book: Book,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Value]],
    count: int,
    styles: Styles,
    frozen: int = 1,
) -> Rows:
    """A sheet of ``count`` rows below its head: widths, a filter over everything, and a page that prints: landscape,
    one page wide, the head on every page.
    """
    from pipeline.show.xlsx_rows import Rows

    sheet: Rows = book.add_worksheet(name, worksheet_class=Rows)
    sheet.stream([head for head, _ in columns], rows, count, styles)
    for n, (_, wide) in enumerate(columns):
        sheet.set_column(n, n, wide)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    sheet.freeze_panes(1, frozen)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _fact_rows(
    facts: list[FactRow], reports: Sequence[ReportRow], names: dict[str, str], topics: labels.Names
) -> Iterator[tuple[Value, ...]]:
    who: dict[str, Reporter] = reporters(reports)
    own = {row.id: (who[row.id].name if row.id in who else None, row.period_label, row.source) for row in reports}
    told = {stored: wording.dimensions(dimensions(stored)) for stored in {fact.dimensions for fact in facts}}
    topic = {label: topics.topic(label) for label in {fact.topic for fact in facts}}
    for fact in facts:
        town, period, source = own[fact.report]
        yield (
            town, period, fact.period_label, topic[fact.topic],
            names.get(fact.indicator, fact.indicator) if fact.indicator else None, told[fact.dimensions], fact.object,
            fact.text, fact.low, fact.high, fact.unit, wording.APPROX.get(fact.approx, fact.approx),
            wording.KINDS.get(fact.kind, fact.kind), wording.SCOPES.get(fact.scope, fact.scope), fact.sentence, source,
            fact.paragraph + 1,
        )  # fmt: skip


def _comparison(book: Book, styles: Styles, comparison: Comparison, places: Mapping[str, int]) -> None:
    """Indicator and time downwards, towns to the right; a stated cell leads to its fact's row in 事实."""
    columns = [*COMPARED, *((town.name, 12) for town in comparison.towns)]
    body = {"font_name": "宋体", "font_size": 10.5, "align": "right"}
    number, gap = book.add_format(body), book.add_format(body | {"font_color": "#8A8F94"})
    doubt = book.add_format(body | {"bg_color": "#FBE9D0"})
    rows = _compared_rows(comparison, number, gap, doubt)
    sheet = _sheet(book, "对比", columns, rows, len(comparison.lines), styles, frozen=3)
    for n, line in enumerate(comparison.lines, 1):
        for column, cell in enumerate(line.cells, len(COMPARED)):
            if cell.chosen and cell.chosen in places:
                sheet.link(n, column, f"'事实'!A{places[cell.chosen]}")


def _compared_rows(comparison: Comparison, number: Format, gap: Format, doubt: Format) -> Iterator[list[Value]]:
    from pipeline.show.xlsx_rows import Styled

    blank = {state: Styled(word, gap) for state, word in _BLANK.items()}
    for line in comparison.lines:
        low, high = (line.total.low, line.total.high) if line.total else (None, None)
        row: list[Value] = [
            line.indicator.name, wording.dimensions(line.dimensions), line.time.label, line.indicator.unit,
            wording.NATURES.get(line.indicator.nature), line.stated, len(line.cells),
            None if low is None else float(low), None if high is None else float(high),
        ]  # fmt: skip
        for cell in line.cells:
            if cell.value is None:
                row.append(blank[cell.state])
                continue
            style = doubt if cell.inconsistent or cell.derived else number
            is_number = cell.value.is_exact and not cell.derived
            value = float(cell.value.low or 0) if is_number else wording.cell(cell, line.indicator.unit)
            row.append(Styled(value, style))
        yield row


def _sources(base: sqlite3.Connection, reports: Sequence[ReportRow]) -> list[list[Value]]:
    held = Counter(row.source for row in reports)
    order = {state: n for n, state in enumerate(("failed", "needs_ocr", "partial", "empty", "gone", "skipped", "ok"))}
    return [
        [row.path, STATES[row.state], row.cause, row.message,
         "" if row.state == "ok" else REMEDIES.get(row.cause or "", ""), row.format, row.reader, row.steps,
         row.characters, held[row.path], round(row.seconds, 3)]
        for row in sorted(fetch.sources(base), key=lambda row: (order[row.state], row.path))
    ]  # fmt: skip
