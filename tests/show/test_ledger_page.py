"""The ledger as pages: the share that was kept, both sentences, the problems that are named again, town by town."""

from __future__ import annotations

import re

import pytest

from pipeline.__main__ import main
from pipeline.ask.ledger import ledger
from pipeline.show import ledger_html, officer_xlsx, report_html

H1, H2 = "2022年上半年", "2022年下半年"
AGAIN = "一是宣传队伍力量薄弱，专职人员只有2人，疲于应付。"


@pytest.fixture
def base(dataset, tmp_path):
    reports = []
    for town, reached in (("甲镇", 60), ("乙镇", 40)):
        for period in (H1, H2):
            said = dataset.Said(town, period).fact(None, "2人", 2, 2, role="problem", sentence=AGAIN)
            if period == H1:
                said.fact("投稿", "50篇", 50, 50, kind="target", role="plan", sentence="下半年投稿50篇。")
            else:
                said.fact("投稿", f"{reached}篇", reached, reached, sentence=f"下半年投稿{reached}篇。")
            reports.append(said)
    base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator("投稿", "篇")])
    yield base
    base.close()


def test_a_page_for_every_town(base, tmp_path):
    ledger_html.write(ledger(base), tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    pages = re.findall(r'<section class="page">.*?</section>', text, re.DOTALL)
    assert len(pages) == 2
    mine = next(each for each in pages if ">甲镇<" in each)
    assert "做到或超过 1/1 (100%)" in mine
    assert "下半年投稿50篇。" in mine
    assert "下半年投稿60篇。" in mine
    assert "一字不差" in mine
    assert AGAIN[2:] in mine
    other = next(each for each in pages if ">乙镇<" in each)
    assert "做到或超过 0/1 (0%)" in other
    assert re.search(r"\.page\+\.page h2\{break-before:page\}", text)


def test_the_command_writes_it_and_refuses_what_it_cannot_write(base, tmp_path, capsys):
    asked = ["ledger", "--db", str(tmp_path / "a.db")]
    assert main([*asked, "--town", "甲镇", "--out", str(tmp_path / "甲.html")]) == 0
    assert "<h1>甲镇承诺与结果</h1>" in (tmp_path / "甲.html").read_text(encoding="utf-8")
    assert main([*asked, "--out", str(tmp_path / "a.pdf")]) == 2
    assert ".html" in capsys.readouterr().err


def test_shares_and_problems_stand_on_the_runs_page_in_the_workbook_and_on_the_terminal(base, tmp_path, capsys):
    text = report_html.page(base)
    assert "做到或超过 1/2 (50%)" in text
    assert "下期报告里又写到的问题 2 条" in text
    import openpyxl

    officer_xlsx.write(base, ledger(base), tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["承诺"].values)
    assert [row[1] for row in rows[1:]].count("问题又写到") == 2
    assert main(["ledger", "--db", str(tmp_path / "a.db")]) == 0
    told = capsys.readouterr().out
    assert re.search(r"甲镇\s+1/1 \(100%\)", told)
    assert "下期报告里又写到的问题" in told
