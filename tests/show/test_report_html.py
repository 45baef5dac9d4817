"""The page: whole without a network, every number leads to its sentence, nothing a file says becomes markup."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import html

from pipeline.show import report_html, report_towns


@pytest.fixture(scope="module")
def page(dataset, root, tmp_path_factory):
    """The page of the samples' truth, as a tree."""
    base = dataset.truth(tmp_path_factory.mktemp("page") / "truth.db", root / "corpora/eval/samples")
    text = report_html.page(base)
    base.close()
    return html.document_fromstring(text)


def test_nothing_is_loaded_from_anywhere(page):
    assert not page.xpath("//link|//img|//iframe|//script[@src]|//*[@onclick]")
    assert not [value for value in page.xpath("//@href|//@src") if not value.startswith("#")]
    assert "url(" not in page.xpath("string(//style)")


def test_every_link_has_its_place_and_ids_are_unique(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)


def test_every_stated_cell_leads_to_a_sentence_with_its_number(page):
    links = page.xpath("//table[@class='compare']//a|//table[@class='rare']//a")
    assert len(links) > 300
    for link in links:
        entry = page.get_element_by_id(link.get("href")[1:])
        assert entry.tag == "details"
        said, sentence = link.text.split("／")[0], entry.xpath("string(p)")
        # a number in a table has its unit in the head: 18.5万元 stands there as 18.5
        assert said in sentence or re.match(r"[\d.]+", said)[0] in sentence.split("　"), (said, sentence)
    assert not page.xpath("//table[@class='compare']//div[contains(@class,'n')]/span[not(a)]")


def test_headings_go_down_one_step_at_a_time_and_tables_have_scopes(page):
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert not page.xpath("//th[not(@scope)]")
    assert page.get("lang") == "zh-CN"


def test_charts_are_either_labelled_or_hidden(page):
    for drawing in page.xpath("//*[local-name()='svg']"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("aria-label")


def test_what_was_not_read_is_said_with_a_remedy(page):
    text = page.xpath("string(//ul[@class='problems'])")
    assert "读取失败 1 个" in text
    assert "怎么办" in text
    assert "石鼓岭镇2021年总结（打不开）.docx" in text


def test_coverage_matrix_holds_every_town_and_time(page):
    rows = page.xpath("//table[@class='matrix']/tbody/tr")
    assert len(rows) == 8
    assert all(len(row.xpath("td")) == 3 for row in rows)


def test_missing_is_said_and_never_nought(page):
    section = page.get_element_by_id("i-集中学习")
    assert "1 个单位各期都没有报: 南浦街道" in section.xpath("string(.)")
    assert not section.xpath(".//tbody//a[starts-with(text(), '0')]")


def test_what_files_say_is_text(dataset, tmp_path):
    evil = "<script>alert(1)</script>&\"'"
    said = dataset.Said(evil, "2022年上半年", county=evil, path=f"{evil}.docx")
    said.fact("投稿", "3篇", 3, 3, sentence=f"{evil}共投稿3篇").fact(
        None, "4个", 4, 4, object=evil, sentence=f"{evil}4个"
    )
    base = dataset.make(tmp_path / "a.db", [said], [dataset.indicator("投稿", "篇", definition=evil)])
    dataset.unread(base, 1, f"{evil}坏.docx", "failed", "damaged", evil)
    text = report_html.page(base)
    base.close()
    assert len(re.findall(r"<script", text)) == 1
    assert evil not in text
    assert evil in html.document_fromstring(text).xpath("string(//main)")


def test_an_empty_dataset_has_a_page(dataset, tmp_path):
    base = dataset.make(tmp_path / "a.db", [], [])
    report_html.write(base, tmp_path / "report.html")
    base.close()
    assert "还没有" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_large_county_stays_readable(dataset, tmp_path, monkeypatch):
    """Beyond the limit, facts point to the spreadsheet; what tables point at is kept."""
    monkeypatch.setattr(report_towns, "SENTENCES", 20)
    monkeypatch.setattr(report_towns, "LEAST", 5)
    reports = []
    for town in ("甲镇", "乙镇"):
        said = dataset.Said(town, "2022年上半年")
        for n in range(40):
            said.fact(None, f"{n}个", n, n, sentence=f"{town}有{n}个")
        reports.append(said.fact("投稿", "7篇", 7, 7))
    base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator("投稿", "篇")])
    tree = html.document_fromstring(report_html.page(base))
    base.close()
    assert len(tree.xpath("//div[@class='facts']/details")) == 20
    assert len(tree.xpath("//table[@class='compare']//a")) == 2
    assert "另有 31 条数字在 facts.xlsx 里" in tree.xpath("string(//main)")


def test_intervals_are_drawn_as_intervals(dataset, tmp_path):
    said = dataset.Said("甲镇", "2022年上半年").fact("投稿", "30余篇", 30, 40, approx="more")
    other = dataset.Said("乙镇", "2022年上半年").fact("投稿", "20篇以上", 20, None, approx="at_least")
    third = dataset.Said("丙镇", "2022年上半年").fact("投稿", "10篇", 10, 10)
    base = dataset.make(tmp_path / "a.db", [said, other, third], [dataset.indicator("投稿", "篇")])
    tree = html.document_fromstring(report_html.page(base))
    base.close()
    drawn = dict(zip(tree.xpath("//table[@class='compare']/tbody/tr/th/text()"),
                     tree.xpath("//*[local-name()='svg'][@class='bar']"), strict=True))  # fmt: skip
    assert [len(drawn[town].xpath(".//*[@class='w']")) for town in ("甲镇", "乙镇", "丙镇")] == [1, 1, 0]
    exact = float(drawn["丙镇"].xpath(".//*[@class='v']/@width")[0])
    about = float(drawn["甲镇"].xpath(".//*[@class='v']/@width")[0])
    assert about == pytest.approx(3 * exact, abs=0.2)
