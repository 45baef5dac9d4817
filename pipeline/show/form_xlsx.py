"""The county's own form, filled: its formats and formulas stay, every number has its sentence as a comment."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.ask.form import Filled
from pipeline.ask.scoring import Scored
from pipeline.errors import InputError
from pipeline.model import Form, FormCell, ScoreRules
from pipeline.show.sheets import Sheets
from pipeline.show.whole import replaced
from pipeline.show.xlsx_rows import DANGEROUS

_CELL = re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}")
_RANGE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6}):([A-Za-z]{1,3})([1-9]\d{0,6})")
LONGEST = 900  # characters of a comment


def opened(path: Path) -> Any:
    """The form as a workbook; raises ``InputError`` when it is none, or has a password."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise InputError(f"{path}: 只能填 .xlsx 表格; 请在 Excel 或 WPS 里另存为 .xlsx", cause="usage")
    try:
        return openpyxl.load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
    except FileNotFoundError:
        raise InputError(f"{path}: 没有这个文件", cause="usage") from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as fault:
        raise InputError(f"{path}: 打不开 ({fault}); 有密码的请先去掉密码再另存", cause="damaged") from None


def places(book: Any, form: Form, town: str, period: str) -> list[FormCell]:
    """All cells that the mapping names, with their town and time; raises ``InputError`` for what cannot be filled.

    The list names every place that is protected, merged, holds a formula or is not there: nothing is written then.
    """
    problems: list[str] = []
    found = [replace(each, town=each.town or town, period=each.period or period) for each in form.cells]
    for grid in form.grids:
        ends = _RANGE.fullmatch(grid.towns)
        sheet = _sheet(book, grid.sheet)
        if ends is None or ends.group(1).upper() != ends.group(3).upper() or sheet is None:
            problems.append(f"grids: {grid.sheet or '第一张表'} {grid.towns} 应是一列, 如 A5:A30, 工作表要存在")
            continue
        for row in range(int(ends.group(2)), int(ends.group(4)) + 1):
            name = str(sheet[f"{ends.group(1)}{row}"].value or "").strip()
            for column, words in grid.columns.items() if name else ():
                indicator, _, details = words.partition("@")
                found.append(FormCell(f"{column}{row}", indicator, details, grid.sheet, name,
                                      grid.period or period, grid.value))  # fmt: skip
    problems += [problem for place in found if (problem := _refused(book, place))]
    if problems:
        raise InputError("这张表有地方填不了, 什么都没有写:\n  " + "\n  ".join(problems), cause="usage")
    return found


def _sheet(book: Any, name: str) -> Any:
    if not name:
        return book.worksheets[0]
    return book[name] if name in book.sheetnames else None


def _refused(book: Any, place: FormCell) -> str:
    sheet = _sheet(book, place.sheet)
    if sheet is None:
        return f"没有工作表 {place.sheet!r}; 有的是 {'、'.join(book.sheetnames)}"
    where = f"{sheet.title}!{place.cell}"
    if not _CELL.fullmatch(place.cell):
        return f"{place.cell!r} 不是单元格; 请写成 C5 这样"
    if not place.town:
        return f"{where} 不知道填哪个单位; 请用 --town 指明"
    if not place.period:
        return f"{where} 不知道填哪个时期; 请用 --period 指明"
    cell = sheet[place.cell]
    if sheet.protection.sheet and cell.protection.locked:
        return f"{where} 受保护; 请先在 Excel 里撤销工作表保护"
    for merged in sheet.merged_cells.ranges:
        if place.cell.upper() in merged and cell.coordinate != merged.start_cell.coordinate:
            return f"{where} 在合并的单元格 {merged.coord} 里; 请改填 {merged.start_cell.coordinate}"
    if cell.data_type == "f":
        return f"{where} 里是公式 {cell.value}; 公式不动, 请改填它引用的格"
    return ""


def write(book: Any, answers: Sequence[Filled], path: Path) -> None:
    """Put the answers in and save; the old file is there until the new one is whole."""
    from openpyxl.comments import Comment

    for each in answers:
        cell = _sheet(book, each.place.sheet)[each.place.cell]
        if each.value is not None:
            _put(cell, int(each.value) if isinstance(each.value, float) and each.value.is_integer() else each.value)
        said = "\n".join(
            filter(None, (each.sentence, f"——{each.source}" if each.source else "", each.doubt or each.blank))
        )
        if said:
            cell.comment = Comment(said[:LONGEST], "zongjie", height=120, width=360)
    if not path.parent.is_dir():
        raise InputError(f"{path.parent}: 没有这个文件夹; 请先建好", cause="usage")
    with replaced(path) as beside:
        book.save(beside)


def _put(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str) and value.startswith(DANGEROUS):  # text, whatever it looks like
        cell.data_type = "s"
        cell.quotePrefix = True


def differences(answers: Sequence[Filled], before: Path) -> list[str]:
    """What differs from a form that was filled before, a sentence each."""
    import openpyxl

    if not before.is_file():
        return []
    old = openpyxl.load_workbook(before)
    found = []
    for each in answers:
        sheet = _sheet(old, each.place.sheet)
        was = sheet[each.place.cell].value if sheet is not None else None
        if was is not None and each.value is not None and was != each.value:
            found.append(f"{each.place.cell} {each.town} {each.place.indicator}: 上次是 {was}, 这次是 {each.value}")
    return found


def write_draft(scored: Sequence[Scored], rules: ScoreRules, town: str, period: str, path: Path) -> None:
    """The draft of a self-assessment (自评表), for the town to check."""
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    heads = [("项目", 24), ("得分(草稿)", 11), ("上限", 8), ("怎么算的", 40), ("依据", 10), ("原句", 80)]
    with replaced(path) as beside, xlsxwriter.Workbook(str(beside), plain) as book:
        sheets = Sheets(book)
        sheet = sheets.add("自评表(草稿)", heads)
        for n, each in enumerate(scored, 1):
            sheets.row(sheet, n, [
                each.item.name, each.points, each.item.cap, _reckoned(each), "有原句" if each.is_proven else "待佐证",
                "\n".join(each.sentences),
            ], sheets.wrapped)  # fmt: skip
        end = len(scored) + 1
        sheets.row(sheet, end, ["合计(草稿)", sum(each.points for each in scored)])
        sheets.row(sheet, end + 1, [f"{rules.title}　{town}　{period}　草稿, 供核对, 不是最终得分"])
        sheets.finish(sheet, heads, len(scored))


def _reckoned(each: Scored) -> str:
    sign = "－" if each.item.deduct else "＋"
    told = sign.join(f"{level or '合计'} {count:f} 个 {points:f} 分" for level, count, points in each.counted)
    start = f"起点 {each.item.base:f} 分{sign}" if each.item.base and told else ""
    return f"{start}{told}{'; 按上限计' if each.capped else ''}" if told else "报告里没有写到"
