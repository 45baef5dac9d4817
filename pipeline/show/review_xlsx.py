"""Doubtful labels as a workbook that several people can divide: one row a paragraph, two columns to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.ask.labels import Names
from pipeline.ask.review import Doubt
from pipeline.show.sheets import Sheets
from pipeline.show.whole import replaced

COLUMNS = (
    ("编号", 18), ("文件", 26), ("所在标题", 26), ("段落", 70), ("角色", 10), ("角色把握", 9), ("角色改为", 12),
    ("类别", 14), ("类别把握", 9), ("类别改为", 16), ("为什么要看", 16),
)  # fmt: skip
KEY, ROLE, TOPIC = "编号", "角色改为", "类别改为"
HELP = (
    "只填「角色改为」「类别改为」两列, 从下拉列表里选; 机器标得对的也请选上同一个, 那样才算看过。空着的不算看过。",
    "「编号」不要改动。填好后运行: zongjie review --in 本文件 --by 你的名字",
)


def write(doubts: Sequence[Doubt], names: Names, path: Path) -> None:
    """Write the workbook; the old file is there until the new one is whole."""
    import xlsxwriter  # heavy, and not every command needs it

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with replaced(path) as beside, xlsxwriter.Workbook(str(beside), plain) as book:
        sheets = Sheets(book)
        sheet = sheets.add("待看", COLUMNS)
        for n, doubt in enumerate(doubts, 1):
            place = doubt.place
            sheets.row(
                sheet, n,
                [place.key, place.source, place.path, place.text,
                 names.role(place.role), round(place.role_score, 2), None,
                 names.topic(place.topic), round(place.topic_score, 2), None, "、".join(doubt.reasons)],
                sheets.wrapped,
            )  # fmt: skip
        _choices(sheet, 6, list(names.roles.values()), len(doubts))
        _choices(sheet, 9, list(names.topics.values()), len(doubts))
        sheets.finish(sheet, COLUMNS, len(doubts))
        about = sheets.add("怎么填", (("说明", 100),))
        for n, line in enumerate(HELP, 1):
            sheets.row(about, n, [line], sheets.wrapped)


def _choices(sheet: Any, column: int, labels: list[str], rows: int) -> None:
    listed = ",".join(labels)
    if rows and len(listed) <= 255:  # a longer list is refused by the format
        sheet.data_validation(1, column, rows, column, {"validate": "list", "source": labels})
