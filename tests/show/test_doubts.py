"""Numbers to check: both sentences for the office, in workbook, status and page, never in what is shared."""

from __future__ import annotations

import json
import re

import pytest

from pipeline.__main__ import main
from pipeline.ask.compare import compare
from pipeline.ask.ledger import ledger
from pipeline.show import compare_csv, compare_docx, compare_html, compare_xlsx, officer_xlsx, report_html

ONE, OTHER = "共投稿30篇。", "全镇投稿达45篇。"


@pytest.fixture
def base(dataset, tmp_path):
    said = dataset.Said("甲镇", "2022年上半年").fact("投稿", "30篇", 30, 30, sentence=ONE)
    said.fact("投稿", "45篇", 45, 45, sentence=OTHER)
    base = dataset.make(
        tmp_path / "a.db", [said, dataset.Said("乙镇", "2022年上半年").fact("投稿", "9篇", 9, 9)],
        [dataset.indicator("投稿", "篇")],
    )  # fmt: skip
    yield base
    base.close()


def test_the_workbook_names_both_sentences_and_files(base, tmp_path):
    import openpyxl

    officer_xlsx.write(base, ledger(base), tmp_path / "台账.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "台账.xlsx")["待核实"].values)
    assert len(rows) == 2
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["单位"], found["为什么"], found["指标"]) == ("甲镇", "说法不一", "投稿")
    assert {found["原句"], found["对照的原句"]} == {ONE, OTHER}
    assert found["来源文件"].endswith(".docx")


def test_status_tells_them_in_words_and_as_rows(base, tmp_path, capsys):
    assert main(["status", "--db", str(tmp_path / "a.db")]) == 0
    told = capsys.readouterr().out
    assert "待核实的数 1 处: 说法不一 1" in told
    assert ONE in told
    assert OTHER in told
    assert main(["status", "--json", "--db", str(tmp_path / "a.db")]) == 0
    (row,) = json.loads(capsys.readouterr().out)["doubts"]
    assert (row["sort"], [each["text"] for each in row["facts"]]) == ("inconsistent", ["30篇", "45篇"])


def test_the_page_has_them_for_the_office_and_does_not_print_them(base):
    text = report_html.page(base)
    section = re.search(r'<section class="office">.*?</section>', text, re.DOTALL)[0]
    assert ONE in section
    assert OTHER in section
    assert 'href="#doubts"' in text
    assert re.search(r"@media print\{.*?\.office\{display:none\}", text, re.DOTALL)


def test_what_is_passed_on_has_no_such_part(base, tmp_path):
    told = compare(base)
    compare_html.write(base, told, tmp_path / "a.html")
    compare_csv.write(told, tmp_path / "a.csv")
    compare_docx.write(told, tmp_path / "a.docx")
    compare_xlsx.write(told, tmp_path / "a.xlsx")
    assert '<section class="office">' not in (tmp_path / "a.html").read_text(encoding="utf-8")
    import openpyxl

    assert "待核实" not in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


def test_a_town_with_many_is_cut_on_the_page_and_whole_in_the_workbook(dataset, tmp_path):
    names = [f"事{n}" for n in range(9)]
    said = dataset.Said("甲镇", "2022年上半年")
    for name in names:
        said.fact(name, "30篇", 30, 30, sentence=f"共{name}30篇。").fact(
            name, "45篇", 45, 45, sentence=f"全镇{name}45篇。"
        )
    base = dataset.make(tmp_path / "b.db", [said], [dataset.indicator(name, "篇") for name in names])
    text = report_html.page(base)
    officer_xlsx.write(base, ledger(base), tmp_path / "b.xlsx")
    base.close()
    assert "甲镇 9 处" in text
    assert "另有 3 处" in text
    import openpyxl

    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["待核实"].max_row == 10
