"""The spreadsheet gives back what the dataset says, typed, and nothing in it is a formula."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.show import facts_xlsx, xlsx_rows
from pipeline.store import fetch

EVIL = [
    '=cmd|"/c calc"!A1',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "<b>&\x01\x0b",
    "  两端空白 ",
    "\ud800".encode("utf-8", "replace").decode(),
    "<r><t>像富文本</t></r>",
    "第一行\n第二行",
    "𠮷村 & <i>",
]


@pytest.fixture
def workbook(dataset, tmp_path):
    """A workbook of one town that says awkward things, and its dataset."""
    said = (
        dataset.Said("甲镇", "2022年上半年")
        .fact("投稿", "30余篇", 30, 40, approx="more")
        .fact("网评", "5.5%", 5.5, 5.5, unit="%")
    )
    for n, text in enumerate(EVIL):
        said.fact(None, f"{n}个", n, None, approx="at_least", object=text, sentence=f"{text}{n}个")
    other = dataset.Said("乙镇", "2022年上半年").fact("投稿", "32篇", 32, 32)
    base = dataset.make(
        tmp_path / "a.db", [said, other], [dataset.indicator("投稿", "篇"), dataset.indicator("网评", "%")]
    )
    dataset.unread(base, 1, "=坏.docx", "failed", "damaged", "损坏")
    facts_xlsx.write(base, tmp_path / "facts.xlsx")
    yield openpyxl.load_workbook(tmp_path / "facts.xlsx"), base
    base.close()


def rows(sheet):
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_every_fact_is_there_with_its_sentence_and_typed_bounds(workbook):
    book, base = workbook
    found = rows(book["事实"])
    assert len(found) == len(fetch.facts(base))
    one = next(row for row in found if row["原文数字"] == "30余篇")
    assert (one["下限"], one["上限"], one["计量单位"], one["写法"], one["指标"]) == (30, 40, "篇", "余、多", "投稿")
    assert one["原句"] == "共投稿30余篇。"
    assert next(row for row in found if row["指标"] == "网评")["下限"] == 5.5
    assert next(row for row in found if row["原文数字"] == "3个")["上限"] is None


def test_text_is_never_a_formula_and_comes_back_as_it_was(workbook, tmp_path):
    book, _ = workbook
    objects = [row["事项"] for row in rows(book["事实"])]
    for text in EVIL:
        assert text.replace("\x01", "").replace("\x0b", "") in objects
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix
    with zipfile.ZipFile(tmp_path / "facts.xlsx") as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name)


def test_a_text_stands_once_in_the_file_however_many_cells_say_it(workbook, tmp_path):
    with zipfile.ZipFile(tmp_path / "facts.xlsx") as parts:
        texts = parts.read("xl/sharedStrings.xml").decode("utf-8")
        sheets = "".join(parts.read(name).decode("utf-8") for name in parts.namelist() if "worksheets/" in name)
    assert texts.count("<t>甲镇</t>") == 1
    assert texts.count("<t>共投稿30余篇。</t>") == 1
    assert sheets.count('t="s"') > texts.count("<si>")
    assert "甲镇" not in sheets


def test_more_rows_than_are_written_at_a_time_and_than_a_column_remembers(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_rows, "KEPT", 7)
    count = 3 * xlsx_rows.BLOCK + 1
    with xlsx_rows.Book(tmp_path / "long.xlsx") as book:
        plain = book.add_format()
        sheet = book.add_worksheet("长", worksheet_class=xlsx_rows.Rows)
        made = ([n, n / 4, f"第{n % 9}个", None, xlsx_rows.Styled("右", plain)] for n in range(count))
        sheet.stream(["甲", "乙", "丙", "丁", "戊"], made, count, xlsx_rows.Styles(plain, plain, plain))
    with (tmp_path / "long.xlsx").open("rb") as file:
        told = list(openpyxl.load_workbook(file)["长"].values)
    assert told == [("甲", "乙", "丙", "丁", "戊"), *((n, n / 4, f"第{n % 9}个", None, "右") for n in range(count))]


def test_the_library_still_takes_our_level_of_compression(workbook, tmp_path):
    with zipfile.ZipFile(tmp_path / "facts.xlsx") as parts:
        assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_DEFLATED}
    assert xlsx_rows.workbook.Workbook._store_workbook.__globals__["ZipFile"] is xlsx_rows.workbook.ZipFile
    assert "ZipFile" in xlsx_rows.workbook.Workbook._store_workbook.__code__.co_names


def test_sheets_have_frozen_heads_and_filters(workbook):
    book, _ = workbook
    assert book.sheetnames == ["事实", "对比", "来源", "指标"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
    assert book["事实"].auto_filter.ref == book["事实"].dimensions


def test_compared_cells_lead_to_their_fact_and_missing_is_said(workbook):
    book, _ = workbook
    sheet = book["对比"]
    head = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "投稿")
    exact, about = row[head.index("乙镇")], row[head.index("甲镇")]
    assert (exact.value, about.value) == (32, "30余篇")
    for cell in (exact, about):
        place = int(cell.hyperlink.location.rpartition("A")[2])
        assert book["事实"].cell(place, facts_column(book, "报送单位")).value == head[cell.column - 1]
    other = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "网评")
    assert other[head.index("乙镇")].value == "未报"
    assert [row[head.index(name)].value for name in ("填报", "应比", "合计下限", "合计上限")] == [2, 2, 62, 72]


def facts_column(book, name):
    return [cell.value for cell in book["事实"][1]].index(name) + 1


def test_files_that_were_not_read_come_first_with_a_remedy(workbook):
    first = rows(workbook[0]["来源"])[0]
    assert (first["文件"], first["状态"]) == ("=坏.docx", "读取失败")
    assert first["怎么办"]


def test_an_empty_dataset_makes_a_workbook(dataset, tmp_path):
    base = dataset.make(tmp_path / "a.db", [], [])
    facts_xlsx.write(base, tmp_path / "facts.xlsx")
    base.close()
    assert openpyxl.load_workbook(tmp_path / "facts.xlsx").sheetnames[0] == "事实"


def test_a_workbook_that_may_not_be_replaced_is_a_clear_fault(dataset, tmp_path, monkeypatch):
    base = dataset.make(tmp_path / "a.db", [], [])
    target = tmp_path / "facts.xlsx"
    target.write_bytes(b"open in Excel")

    def locked(*_):
        raise PermissionError(13, "denied")

    monkeypatch.setattr("pathlib.Path.replace", locked)
    with pytest.raises(InputError, match="关闭"):
        facts_xlsx.write(base, target)
    base.close()
    assert target.read_bytes() == b"open in Excel"
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix == ".part") == []
