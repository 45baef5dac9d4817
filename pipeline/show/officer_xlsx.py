"""The officer's workbook: 催报 (who owes), 汇总 (自报｜通报｜差), 承诺, 待核实. For the office, not for passing on."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from pipeline.ask.compare import Comparison, compare
from pipeline.ask.doubts import doubts
from pipeline.ask.ledger import FATES, Ledger
from pipeline.ask.times import Time
from pipeline.model import Towns
from pipeline.show import wording
from pipeline.show.compare_xlsx import comment
from pipeline.show.ledger_text import FATE_WORDS, answer, promised
from pipeline.show.sheets import Sheets, Value
from pipeline.show.whole import replaced
from pipeline.store import fetch


def write(base: sqlite3.Connection, ledger: Ledger, path: Path, owed: Towns | None = None) -> None:
    """Write the workbook; the old file is there until the new one is whole."""
    import xlsxwriter

    told = compare(base, owed=owed)
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replaced(path) as beside, xlsxwriter.Workbook(str(beside), plain) as book:
        sheets = Sheets(book)
        _sheet(
            sheets, "催报", [("单位", 16), ("所属县", 12), *((time.label, 14) for time in _times(told))], _owing(told)
        )
        _summary(sheets, told)
        heads = [("单位", 14), ("结果", 12), ("事项", 18), ("所定", 12), ("所定于", 13), ("应见于", 13),
                 ("报告里的数", 14), ("承诺原句", 50), ("报告原句", 50), ("说明", 24)]  # fmt: skip
        _sheet(sheets, "承诺", heads, _promises(ledger))
        heads = [("单位", 14), ("为什么", 12), ("指标", 20), ("时期", 13), ("说明", 36), ("原句", 50),
                 ("对照的原句", 50), ("来源文件", 34), ("对照的文件", 34)]  # fmt: skip
        _sheet(sheets, "待核实", heads, _doubts(base, told))


def _times(told: Comparison) -> list[Time]:
    return sorted({time for _, time in told.reported})


def _owing(told: Comparison) -> list[list[Value]]:
    """Towns with the fewest reports first."""
    times = _times(told)
    rows: list[list[Value]] = [
        [town.name, town.county, *("已报" if (town.name, time) in told.reported else "未报" for time in times)]
        for town in told.towns
    ]
    return sorted(rows, key=lambda row: -row.count("未报"))


def _summary(sheets: Sheets, told: Comparison) -> None:
    """A row for every town and indicator that was reported or announced; the sentence as a comment."""
    heads = [
        ("指标", 20),
        ("时期", 13),
        ("单位", 14),
        ("计量单位", 9),
        ("自报", 14),
        ("通报", 12),
        ("差", 12),
        ("填报", 10),
    ]
    sheet = sheets.add("汇总", heads)
    n = 0
    for line in told.lines:
        for cell in line.cells:
            n += 1
            announced, rest = cell.announced_value, cell.announced_difference
            own: Value = wording.cell(cell, "") if cell.value else wording.CELLS[cell.state]
            if cell.value and cell.value.is_exact and not cell.derived and not cell.inconsistent:
                own = cell.value.low
            sheets.row(sheet, n, [
                wording.line_name(line), line.time.label, cell.town, line.indicator.unit, own,
                wording.interval(announced) if announced else None,
                wording.interval(rest, sign=True) if rest else None, f"{line.stated}/{len(line.cells)}",
            ])  # fmt: skip
            said = comment(cell)
            if said:
                sheet.write_comment(n, 4, said, {"x_scale": 2.5, "y_scale": 1.6, "font_size": 9})
    sheets.finish(sheet, heads, n, freeze=(1, 3))


def _promises(ledger: Ledger) -> list[list[Value]]:
    """Town by town what was missed or is doubtful first; then the problems that a next report names again."""
    entries = sorted(ledger.entries, key=lambda entry: (entry.promise.town, FATES.index(entry.fate)))
    rows: list[list[Value]] = [
        [each.promise.town, FATE_WORDS[each.fate], each.promise.thing, promised(each), each.promise.made.label,
         each.promise.due.label, answer(each), each.promise.fact.sentence,
         "\n".join(dict.fromkeys(fact.sentence for fact in each.answers)), each.reason]
        for each in entries
    ]  # fmt: skip
    rows += [
        [each.town, "问题又写到", None, None, each.before.label, each.after.label, None, each.first, each.again,
         "一字不差" if each.first == each.again else "几乎原样"]
        for each in ledger.problems
    ]  # fmt: skip
    return rows


def _doubts(base: sqlite3.Connection, told: Comparison) -> list[list[Value]]:
    """Both sentences and both files of every finding; the other side is empty where a number is doubtful alone."""
    sources = {row.id: row.source for row in fetch.reports(base)}
    rows: list[list[Value]] = []
    for each in doubts(base, told):
        other = each.other if each.other.id != each.one.id else None
        rows.append(
            [each.town, wording.DOUBTS[each.sort], wording.thing(each.indicator, each.dimensions), each.time.label,
             each.reason, each.one.sentence, other.sentence if other else None, sources.get(each.one.report),
             sources.get(other.report) if other else None]
        )  # fmt: skip
    return rows


def _sheet(sheets: Sheets, name: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[Value]]) -> None:
    sheet = sheets.add(name, heads)
    for n, row in enumerate(rows, 1):
        sheets.row(sheet, n, row, sheets.wrapped)
    sheets.finish(sheet, heads, len(rows))
