"""A comparison as files: the same values in all of them, missing said, coverage said, nothing a formula."""

from __future__ import annotations

import csv
import zipfile

import docx
import openpyxl
import pytest

from pipeline.__main__ import main
from pipeline.ask.compare import compare
from pipeline.model import PeerGroup, ReportingUnit, Towns
from pipeline.show import compare_docx, compare_xlsx

H1 = "2022年上半年"
TOWNS = """
county: 岚川县
units:
- {name: 甲镇, aliases: [老甲乡]}
- {name: 乙镇}
- {name: 丙镇}
- {name: 办公室, owes: false}
groups:
- {name: 山区, members: 甲镇 丙镇}
"""


@pytest.fixture
def db(dataset, tmp_path):
    reports = [
        dataset.Said("甲镇", H1).fact("投稿", "30余篇", 30, 40, approx="more", sentence="=上半年投稿30余篇。"),
        dataset.Said("乙镇", H1).fact("投稿", "32篇", 32, 32)
        .fact("投稿", "28篇", 28, 28, authority="announced", sentence="县里通报投稿28篇。"),
        dataset.Said("丁镇", H1).fact("投稿", "9篇", 9, 9),
        dataset.Said(None, H1).fact("投稿", "35篇", 35, 35, scope="other", sentence="甲镇\t35篇\t第一"),
    ]  # fmt: skip
    dataset.make(tmp_path / "a.db", reports, [dataset.indicator("投稿", "篇")]).close()
    (tmp_path / "表").mkdir()
    (tmp_path / "表/towns.yaml").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "设置.yaml").write_text("tables: 表\n", encoding="utf-8")
    return tmp_path / "a.db"


def written(db, name, *more):
    out = db.parent / name
    words = ["compare", "--db", str(db), "--settings", str(db.parent / "设置.yaml"), "--out", str(out)]
    assert main([*words, *more]) == 0
    return out


def test_coverage_is_said_against_the_roster(db):
    from pipeline.store import database

    base = database.open_read_only(db)
    owed = Towns(
        "岚川县", tuple(ReportingUnit(name) for name in ("甲镇", "乙镇", "丙镇")), (), (PeerGroup("山区", "甲镇 丙镇"),)
    )
    told = compare(base, owed=owed)
    assert [town.name for town in told.towns] == ["甲镇", "乙镇", "丙镇"]
    assert told.lines[0].coverage == "3 个单位中 2 个填报"
    assert told.left_out.not_owing == ("丁镇",)
    assert told.lines[0].cells[2].reason == "没有这一时期的报告"
    assert [town.name for town in compare(base, owed=owed, group="山区").towns] == ["甲镇", "丙镇"]
    base.close()


def test_announced_numbers_stand_beside_the_towns_own(db):
    from pipeline.store import database

    base = database.open_read_only(db)
    cells = {cell.town: cell for cell in compare(base).lines[0].cells}
    base.close()
    assert cells["乙镇"].value.low == 32
    assert (cells["乙镇"].announced_value.low, cells["乙镇"].announced_difference.low) == (28, 4)
    difference = cells["甲镇"].announced_difference  # from the county's own table
    assert (difference.low, difference.high) == (-5, 5)
    assert cells["丁镇"].announced == ()


def test_csv_has_a_row_for_every_cell(db):
    raw = written(db, "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row["单位"]: row for row in csv.DictReader(raw.decode("utf-8-sig").splitlines())}
    assert (rows["甲镇"]["下限"], rows["甲镇"]["上限"], rows["乙镇"]["自报减通报下限"]) == ("30", "40", "4")
    assert rows["甲镇"]["原句"] == "'=上半年投稿30余篇。"
    assert (rows["丙镇"]["状态"], rows["丙镇"]["下限"], rows["丙镇"]["应比单位数"]) == ("未报", "", "3")


def test_xlsx_has_native_charts_and_sentences_as_comments(db):
    out = written(db, "x.xlsx", "--rank")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["对比", "自报与通报", "图表数据", "图", "原句"]
    sheet = book["对比"]
    head = [cell.value for cell in sheet[1]]
    row = sheet[2]
    cells = {name: row[head.index(name)] for name in ("甲镇", "乙镇", "丙镇", "填报")}
    assert (cells["甲镇"].value, cells["丙镇"].value, cells["填报"].value) == ("30余篇 第1", "未报", "2/3")
    assert "投稿30余篇" in cells["甲镇"].comment.text
    assert cells["丙镇"].comment is None
    with zipfile.ZipFile(out) as parts:
        names = parts.namelist()
        assert any("charts/chart" in name for name in names)
        assert b"<f>" not in b"".join(parts.read(name) for name in names if "worksheets/sheet" in name)


def test_docx_has_sentences_with_coverage_and_an_annex(db):
    document = docx.Document(str(written(db, "x.docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "2022年上半年，岚川县投稿至少62篇（2/3个单位填报）。" in texts
    section = document.sections[0]
    assert section.page_width > section.page_height
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "投稿（篇）"], ["甲镇", "30余篇"], ["乙镇", "32篇"], ["丙镇", "未报"], ["合计", "62–72（2/3）"],
    ]  # fmt: skip


def test_html_is_one_file_with_the_sentences(db):
    text = written(db, "x.html").read_text(encoding="utf-8")
    assert "3 个单位中 2 个填报" in text
    assert "投稿<mark>30余篇</mark>" in text
    assert "src=" not in text
    assert "http" not in text.replace("http://www.w3.org", "")


BAD = [
    (["--out", "x.pdf"], ".xlsx"),
    (["--out", "没有/x.csv"], "没有这个文件夹"),
    (["--towns", "甲乡"], "甲镇"),
    (["--indicator", "投搞"], "投稿"),
    (["--period", "2019年"], H1),
    (["--group", "山去"], "山区"),
]


@pytest.mark.parametrize(("words", "near"), BAD)
def test_bad_questions_name_the_nearest_and_write_nothing(db, capsys, monkeypatch, words, near):
    monkeypatch.chdir(db.parent)
    before = {path.name for path in db.parent.iterdir() if not path.name.startswith("a.db")}
    assert main(["compare", "--db", str(db), "--settings", "设置.yaml", *words]) == 2
    assert near in capsys.readouterr().err
    assert {path.name for path in db.parent.iterdir() if not path.name.startswith("a.db")} == before


def test_an_alias_of_the_roster_is_understood(db, capsys):
    words = ["compare", "--db", str(db), "--settings", str(db.parent / "设置.yaml"), "--towns", "老甲乡"]
    assert main(words) == 0
    assert "30余篇" in capsys.readouterr().out


def test_the_ledger_as_a_workbook(db, capsys):
    out = db.parent / "台账.xlsx"
    words = ["ledger", "--db", str(db), "--settings", str(db.parent / "设置.yaml"), "--out", str(out)]
    assert main(words) == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["催报", "汇总", "承诺", "待核实"]
    rows = list(book["催报"].iter_rows(values_only=True))
    assert rows[1][0] == "丙镇"
    assert rows[1][2] == "未报"
    summary = {row[2]: row for row in book["汇总"].iter_rows(values_only=True)}
    assert summary["乙镇"][4:7] == (32, "28", "+4")
    assert summary["丙镇"][4] == "未报"
    assert main(["ledger", "--db", str(db), "--out", str(db.parent / "台账.csv")]) == 2


def test_charts_and_sentences_need_something_to_show(dataset, tmp_path):
    base = dataset.make(tmp_path / "b.db", [], [])
    told = compare(base)
    base.close()
    compare_xlsx.write(told, tmp_path / "x.xlsx")
    compare_docx.write(told, tmp_path / "x.docx")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["对比", "原句"]
