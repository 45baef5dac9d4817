"""A comparison for the report upward: sentences ready to paste that say their coverage, and 附件 as a table.

A4 landscape, 合计 in the last row, 未报 where a town says nothing. Sums of approximate numbers are said as 至少.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.ask.compare import Comparison, Line
from pipeline.ask.times import Time
from pipeline.show import wording
from pipeline.show.whole import replaced

BESIDE = 6  # indicators beside each other in one table of a landscape page
FONT, HEADING = "仿宋", "黑体"


def write(told: Comparison, path: Path) -> None:
    """Write the document; the old file is there until the new one is whole."""
    import docx  # heavy, and not every command needs it
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.name = HEADING
        style.element.rPr.rFonts.set(qn("w:eastAsia"), HEADING)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    document.add_heading(_title(told), level=1)
    document.add_heading("可直接引用的句子", level=2)
    sure: list[Line] = []
    doubted: list[Line] = []
    for line in told.lines:
        if line.stated:
            (doubted if any(cell.inconsistent for cell in line.cells) else sure).append(line)
    for line in sure:
        document.add_paragraph(sentence(line, _scope(told)))
    if doubted:
        document.add_heading("待核实, 先不要引用 (报告里的说法不一致)", level=2)
        for line in doubted:
            document.add_paragraph(sentence(line, _scope(told)))
    for time, lines in _by_time(told.lines):
        document.add_heading(f"附件　{time.label}各单位报送数据", level=1)
        for start in range(0, len(lines), BESIDE):
            _table(document, lines[start : start + BESIDE], told)
            document.add_paragraph("")
    document.add_paragraph("注：数据取自各单位报送的总结，“未报”不等于零；合计只含已填报的单位。")
    with replaced(path) as beside:
        document.save(str(beside))


def sentence(line: Line, scope: str = "全县") -> str:
    """One line as prose, with its coverage.

    A sum is said as 至少 when a part of it is approximate, and not at all when a part has no lower bound.
    """
    count = f"{line.stated}/{len(line.cells)}个单位填报"
    name = f"{line.time.label}，{scope}{wording.line_name(line)}"
    if line.total is None or line.total.low is None:
        stated = [cell for cell in line.cells if cell.value is not None]
        told = "、".join(f"{cell.town}{wording.cell(cell, line.indicator.unit)}" for cell in stated)
        return f"{name}：{told}（{count}）。"
    low = wording.number(line.total.low)
    word = "" if line.total.is_exact and line.stated == len(line.cells) else "至少"
    return f"{name}{word}{low}{line.indicator.unit}（{count}）。"


def _title(told: Comparison) -> str:
    """Whose numbers of what times: 岚川县8个单位数据对照（2022年上半年至2023年上半年）."""
    times = sorted({line.time for line in told.lines if line.stated})
    ends = "至".join(dict.fromkeys(time.label for time in times[:: max(1, len(times) - 1)]))
    return f"{_scope(told)}{len(told.towns)}个单位数据对照{f'（{ends}）' if ends else ''}"


def _scope(told: Comparison) -> str:
    counties = {town.county for town in told.towns if town.county}
    return next(iter(counties)) if len(counties) == 1 else "全县"


def _by_time(lines: Sequence[Line]) -> list[tuple[Time, list[Line]]]:
    stated = sorted((line for line in lines if line.stated), key=lambda line: line.time)
    return [(time, list(group)) for time, group in groupby(stated, key=lambda line: line.time)]


def _table(document: Any, lines: Sequence[Line], told: Comparison) -> None:
    table = document.add_table(len(told.towns) + 2, len(lines) + 1, style="Table Grid")
    head, *body, foot = table.rows
    head.cells[0].text, foot.cells[0].text = "单位", "合计"
    for row, town in zip(body, told.towns, strict=True):
        row.cells[0].text = town.name
    for n, line in enumerate(lines, 1):
        unit = f"（{line.indicator.unit}）" if line.indicator.unit else ""
        head.cells[n].text = f"{wording.line_name(line)}{unit}"
        for row, cell in zip(body, line.cells, strict=True):
            row.cells[n].text = "未报" if cell.state == "missing" else wording.cell(cell, "")
        total = wording.interval(line.total) if line.total is not None else "—"
        foot.cells[n].text = f"{total}（{line.stated}/{len(line.cells)}）"
    _repeated(head)


def _repeated(row: Any) -> None:
    """The head row on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
