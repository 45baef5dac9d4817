"""The page that paints what was understood: everything marked stands on it, everything is escaped."""

from __future__ import annotations

import html
import re

import pytest

from pipeline.__main__ import main
from pipeline.engine import process, tools
from pipeline.model import Reading, Span
from pipeline.show.painted import Mark, painted

TEXT = """柳沟镇2022年宣传工作总结
2022年，柳沟镇投稿28篇，荣获县宣传工作一等奖，<script>alert("坏")</script>&amp;没有了。
一、理论学习
（一）抓实学习。集中学习12次，联系电话13812345678。
柳沟镇党委
2022年12月7日
"""


def paint(tmp_path, text=TEXT, *more):
    file, out = tmp_path / "柳沟&amp;镇.html", tmp_path / "看.html"
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    file.write_text(f"<html><meta charset=utf-8><body>{lines}</body></html>", encoding="utf-8")
    assert main(["annotate", "--html", "--out", str(out), str(file), *more]) == 0
    return out.read_text(encoding="utf-8")


def texts(page):
    return [
        html.unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(r'<div class="text">(.*?)</div>', page, re.S)
    ]


def test_every_paragraph_stands_there_once_and_as_it_is(tmp_path):
    page = paint(tmp_path)
    shown = texts(page)
    assert shown[1] == TEXT.splitlines()[1]
    assert [each for n, each in enumerate(shown) if n != 3] == [
        each for n, each in enumerate(TEXT.splitlines()) if n != 3
    ]


def test_nothing_of_the_file_becomes_markup(tmp_path):
    page = paint(tmp_path)
    assert "<script" not in page
    assert "柳沟&amp;amp;镇.html" in page


def test_the_page_needs_nothing_from_the_net(tmp_path):
    assert not re.search(r"https?://|src=|@import|url\(", paint(tmp_path))


def test_marks_of_every_kind_are_painted(tmp_path):
    page = paint(tmp_path)
    for classes in ("fact achieved", "honour", "run_in", "evidence e-title", "e-town", "e-period", "e-issuer"):
        assert re.search(rf'<mark class="[^"]*{classes}', page), classes
    assert "r-heading" in page
    assert "p l1 r-heading h" in page


def test_numbers_of_persons_are_hidden(tmp_path):
    assert "13812345678" not in paint(tmp_path)


def test_overlapping_marks_cut_the_text_but_lose_none_of_it():
    marks = [Mark(Span(0, 5), "a", "甲"), Mark(Span(3, 8), "b", "乙"), Mark(Span(7, 20), "c", "丙")]
    pieces = painted("零一二三四五六七八九", Span(1, 9), marks)
    assert re.sub(r"<[^>]+>", "", "".join(pieces)) == "一二三四五六七八"
    assert '<mark class="a b" title="甲\n乙">三四</mark>' in pieces


def test_out_without_html_is_misuse(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert main(["annotate", "--out", str(tmp_path / "b"), str(file)]) == 2
    assert "--html" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["乡镇宣传工作总结三篇.txt"])
def test_a_collection_shows_each_report_and_what_is_loose(root, tmp_path, name):
    path = root / "corpora" / "samples" / "其他" / name
    result = process.process(path.read_bytes(), name, tools.ready(None))
    assert isinstance(result, Reading)
    out = tmp_path / "合集.html"
    assert main(["annotate", "--html", "--out", str(out), str(path)]) == 0
    page = out.read_text(encoding="utf-8")
    assert page.count('<dl class="said">') == len(result.reports) == 3
    assert len(re.findall(r'<div class="p [^"]*loose"', page)) == len(result.loose)
