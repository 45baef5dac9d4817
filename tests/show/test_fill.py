"""The county's own form: what it was stays, every number has its sentence, and what cannot be filled is said first."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.styles import Font, Protection

from pipeline.__main__ import main

H1 = "2022年上半年"
MAPPING = """
cells:
- {cell: B3, indicator: 投稿}
- {cell: B4, indicator: 学习, value: low}
- {cell: B5, indicator: 宣讲}
- {cell: B6, indicator: 采用, dimensions: level=市}
"""


@pytest.fixture
def db(dataset, tmp_path):
    said = dataset.Said("甲镇", H1).fact("投稿", "76篇", 76, 76, sentence="=上半年投稿76篇。")
    said.fact("学习", "30余次", 30, 40, approx="more", unit="次")
    said.fact("采用", "12篇", 12, 12, dimensions="level=市", sentence="市级采用12篇。")
    said.fact("采用", "5篇", 5, 5, dimensions="level=省", sentence="省级采用5篇。").fact("采用", "15篇", 15, 15)
    other = dataset.Said("乙镇", H1).fact("投稿", "=9篇", 9, 12, approx="range", unit="篇")
    book = [
        dataset.indicator(name, unit) for name, unit in (("投稿", "篇"), ("学习", "次"), ("采用", "篇"), ("宣讲", "场"))
    ]
    dataset.make(tmp_path / "a.db", [said, other], book).close()
    return tmp_path / "a.db"


@pytest.fixture
def form(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "填报表"
    sheet["A1"] = "宣传工作半年报"
    sheet.merge_cells("A1:C1")
    for n, name in enumerate(("投稿", "学习", "宣讲", "采用"), 3):
        sheet[f"A{n}"] = name
        sheet[f"B{n}"].font = Font(bold=True, color="FF0000")
    sheet["B8"] = "=SUM(B3:B6)"
    sheet["E3"], sheet["E4"] = "甲镇", "乙镇"
    book.save(tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def fill(db, form, mapping=MAPPING, *more):
    (form.parent / "m.yaml").write_text(mapping, encoding="utf-8")
    return main(["fill", str(form), "--mapping", str(form.parent / "m.yaml"), "--db", str(db), "--town", "甲镇",
                 "--period", H1, "--out", str(form.parent / "好.xlsx"), *more])  # fmt: skip


def result(form):
    return openpyxl.load_workbook(form.parent / "好.xlsx")["填报表"]


def test_cells_are_filled_with_their_sentence_and_the_rest_stays(db, form, capsys):
    before = form.read_bytes()
    assert fill(db, form) == 0
    sheet = result(form)
    assert [sheet[f"B{n}"].value for n in (3, 4, 5, 6)] == [76, 30, None, 12]
    assert sheet["B8"].value == "=SUM(B3:B6)"
    assert sheet["B3"].font.bold
    assert "投稿76篇" in sheet["B3"].comment.text
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:C1"]
    assert "空着 B5" in capsys.readouterr().out
    assert form.read_bytes() == before


def test_a_table_of_towns_and_text_that_is_no_formula(db, form, capsys):
    assert fill(db, form, "grids:\n- {towns: 'E3:E9', columns: {F: 投稿, G: 采用@level=省}}\n") == 0
    sheet = result(form)
    assert (sheet["F3"].value, sheet["F4"].value, sheet["G3"].value, sheet["G4"].value) == (76, "=9篇", 5, None)
    assert sheet["F4"].data_type == "s"
    assert sheet["F4"].quotePrefix
    assert "待核 F4" in capsys.readouterr().out


def test_a_figure_that_differs_from_the_one_sent_before_is_said(db, form, capsys):
    fill(db, form)
    book = openpyxl.load_workbook(form.parent / "好.xlsx")
    book["填报表"]["B3"] = 70
    book.save(form.parent / "上次.xlsx")
    capsys.readouterr()
    fill(db, form, MAPPING, "--before", str(form.parent / "上次.xlsx"))
    said = capsys.readouterr().err
    assert "上次是 70, 这次是 76" in said
    assert "B6" not in said


REFUSED = [
    ("cells: [{cell: B8, indicator: 投稿}]", "公式"),
    ("cells: [{cell: B1, indicator: 投稿}]", "合并"),
    ("cells: [{cell: 3B, indicator: 投稿}]", "不是单元格"),
    ("cells: [{cell: B3, indicator: 投稿, sheet: 表二}]", "填报表"),
    ("cells: [{cell: B3, indicator: 投搞}]", "投稿"),
    ("cells: [{cell: B3, indicator: 投稿, town: 甲乡}]", "甲镇"),
    ("cells: [{cell: B3, indicator: 投稿, period: 去年}]", "去年"),
    ("grids: [{towns: E3:F9, columns: {F: 投稿}}]", "一列"),
]


@pytest.mark.parametrize(("mapping", "said"), REFUSED)
def test_what_cannot_be_filled_is_said_and_nothing_is_written(db, form, capsys, mapping, said):
    assert fill(db, form, mapping) == 2
    assert said in capsys.readouterr().err
    assert not (form.parent / "好.xlsx").exists()


def test_a_protected_sheet_is_refused_but_its_open_cells_are_filled(db, form, capsys):
    book = openpyxl.load_workbook(form)
    book.active.protection.enable()
    for n in (3, 4, 5, 6):
        book.active[f"B{n}"].protection = Protection(locked=n == 4)
    book.save(form)
    assert fill(db, form) == 2
    said = capsys.readouterr().err
    assert "B4 受保护" in said
    assert "B3" not in said


def test_what_is_no_form(db, tmp_path, capsys):
    (tmp_path / "表.xlsx").write_bytes(b"no zip")
    assert fill(db, tmp_path / "表.xlsx") == 2
    assert "打不开" in capsys.readouterr().err
    assert fill(db, tmp_path / "表.xls") == 2
    assert fill(db, tmp_path / "没有.xlsx") == 2


RULES = """
title: 宣传工作计分办法
items:
- {name: 采用, indicator: 采用, once: true, cap: 80, points: {省: 5, 市: 3, "": 0}}
- {name: 投稿, indicator: 投稿, cap: 10, points: {"": 0.5}}
- {name: 宣讲, indicator: 宣讲, points: {"": 1}}
- {name: 学习不足, indicator: 学习, base: 40, deduct: true, points: {"": 1}}
"""


def test_a_draft_of_a_self_assessment(db, tmp_path, capsys):
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    words = ["fill", "--score", str(tmp_path / "rules.yaml"), "--town", "甲镇", "--period", H1]
    assert main([*words, "--out", str(tmp_path / "自评.xlsx"), "--db", str(db)]) == 0
    rows = list(openpyxl.load_workbook(tmp_path / "自评.xlsx").active.iter_rows(values_only=True))
    told = {row[0]: row[1:] for row in rows}
    assert told["采用"][0] == 5 * 5 + 3 * 10  # 15 articles in all: 5 of the province, at most 10 more of the city
    assert "省级采用5篇" in told["采用"][4]
    assert told["投稿"][0] == 10
    assert (told["宣讲"][0], told["宣讲"][3]) == (0, "待佐证")
    assert told["学习不足"][0] == 10
    assert told["合计(草稿)"][0] == 75
    assert "不是最终得分" in rows[-1][0]
    assert "宣讲" in capsys.readouterr().err


def test_levels_as_people_write_them_and_details_that_nobody_states(dataset, tmp_path, form, capsys):
    said = dataset.Said("甲镇", H1).fact("采用", "11篇", 11, 11, dimensions="level=地市;stage=adopted")
    db = tmp_path / "b.db"
    dataset.make(db, [said], [dataset.indicator("采用", "篇")]).close()
    cells = "cells:\n- {{cell: B3, indicator: 采用, dimensions: level={}}}\n"
    assert fill(db, form, cells.format("市")) == 0
    assert result(form)["B3"].value == 11
    assert fill(db, form, cells.format("省")) == 0
    assert "写到的有: level=地市;stage=adopted" in capsys.readouterr().out
    rules = tmp_path / "办法.yaml"
    asked = ["fill", "--score", str(rules), "--town", "甲镇", "--period", H1, "--db", str(db), "--out"]
    item = "title: 办法\nitems:\n- {{name: 用稿, indicator: 采用, points: {{{}: 2}}}}\n"
    rules.write_text(item.format("市"), encoding="utf-8")
    assert main([*asked, str(tmp_path / "分.xlsx")]) == 0
    assert openpyxl.load_workbook(tmp_path / "分.xlsx").active["B2"].value == 22
    rules.write_text(item.format("事级"), encoding="utf-8")
    assert main([*asked, str(tmp_path / "另.xlsx")]) == 2
    assert "地市" in capsys.readouterr().err
    assert not (tmp_path / "另.xlsx").exists()


def test_a_mapping_without_cells_says_so(db, form, capsys):
    assert fill(db, form, "cells: []\n") == 2
    assert "FILL.md" in capsys.readouterr().err


def test_the_examples_of_the_manual_are_understood(root):
    import re

    from pipeline.model import Form, ScoreRules
    from pipeline.settings import loads

    form, rules = re.findall(r"```yaml\n(.*?)```", (root / "pipeline/FILL.md").read_text(encoding="utf-8"), re.DOTALL)
    assert loads(Form, form, "FILL.md").grids[0].columns["C"] == "刊播采用@level=市"
    assert loads(ScoreRules, rules, "FILL.md").items[0].once
