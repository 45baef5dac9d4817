"""One contract for both cutters: words joined are the text, and both give the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate import words

TEXTS = [
    "截至2021-08-31,上半年投稿120余篇，同比增长12.3%。",
    "３.２万亩耕地、５Ｇ基站1,200个",
    "一是A/B组 C++与T恤，www.example.com",
    "镇党委理论学习中心组（扩大）读书会",
    "",
]
CUTTERS = {"rjieba": words._rjieba, "jieba": words._jieba}


@pytest.fixture(scope="module", params=sorted(CUTTERS))
def cut(request):
    if request.param == "rjieba":
        pytest.importorskip("rjieba")
    plain = CUTTERS[request.param](("十星级文明户",))
    return lambda text: words._cut_original(plain, text)


@pytest.mark.parametrize("text", TEXTS)
def test_words_joined_are_the_text(cut, text):
    assert "".join(cut(text)) == text


def test_user_words_stay_whole(cut):
    assert "十星级文明户" in cut("评选十星级文明户12户")


def test_both_cutters_agree():
    pytest.importorskip("rjieba")
    one, other = (words._cut_original for _ in range(2))
    rust, python = words._rjieba(()), words._jieba(())
    for text in TEXTS:
        assert one(rust, text) == other(python, text)


@given(st.text(alphabet="一二三十百余镇村学习宣传工作0123456789.%-_Aa，。 \t", max_size=60))
def test_joined_law(text):
    assert "".join(words.cut(text)) == text


def test_both_cutters_agree_on_real_reports(shared):
    pytest.importorskip("rjieba")
    rust, python = words._rjieba(()), words._jieba(())
    text = (shared / "real/city_reports/txt/宜春.txt").read_text(encoding="utf-8")
    lines = text.splitlines()[:60]
    same = sum(words._cut_original(rust, line) == words._cut_original(python, line) for line in lines)
    assert same >= len(lines) - 1
