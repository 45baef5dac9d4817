"""Tables that line up, whatever the width of their characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ask.compare import compare
from pipeline.ask.status import status
from pipeline.model import Span
from pipeline.show import terminal
from pipeline.show.columns import cut, table, width

cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6))
def test_every_row_is_a_line_and_columns_start_together(rows):
    rows = [("x" + a.replace("\u2028", "").replace("\u2029", ""), b, "末") for a, b, _ in rows]
    text = table(["一", "二", "三"], rows)
    lines = text.split("\n")
    assert len(lines) == len(rows) + 2
    assert len({width(line) for line in lines[1:]}) == 1


@given(cells, st.integers(2, 10))
def test_cut_is_never_wider(text, wide):
    assert width(cut(text, wide)) <= wide


def test_numbers_stand_to_the_right_and_missing_is_blank():
    lines = table(["单位", "数"], [["甲", 5], ["乙", 1200], ["丙", None]]).split("\n")
    assert lines[2:] == ["甲       5", "乙    1200", "丙"]


def test_control_characters_do_not_reach_the_terminal():
    assert "\x1b" not in table(["a"], [["x\x1b[2J\r\ny"]])


def test_comparison_says_coverage_and_what_is_missing(dataset, tmp_path):
    reports = [
        dataset.Said("甲镇", "2022年上半年").fact("投稿", "30余篇", 30, 40, approx="more"),
        dataset.Said("乙镇", "2022年上半年"),
        dataset.Said("丙镇", "2022年上半年")
        .fact("投稿", "9篇", 9, 9, sentence="甲9篇")
        .fact("投稿", "8篇", 8, 8, sentence="乙8篇"),
    ]
    base = dataset.make(tmp_path / "a.db", reports, [dataset.indicator("投稿", "篇")])
    text, state = terminal.comparison(compare(base)), terminal.status(status(base))
    base.close()
    assert "30余篇" in text
    assert "2/3" in text
    assert "38–49" in text
    assert "甲9篇; 乙8篇" in text
    assert any(line.startswith("乙镇") and terminal.MISSING in line for line in text.split("\n"))
    assert "已读 3" in state


def test_hits_are_marked_without_colour_too():
    from pipeline.ask.found import Found, Hit
    from pipeline.ask.labels import Names

    hit = Hit("p", "a.docx", "甲镇", "2022年", "总结", "plan", "news", "投稿50篇", (Span(0, 2),))
    found = Found((hit,), 1, {"role": {"plan": 3, "other": 1}}, (hit,))
    text = terminal.hits(found, names=Names(roles={"plan": "下步安排"}))
    assert "【投稿】50篇" in text
    assert "下步安排 3" in text
    assert "\x1b[1;33m投稿" in terminal.hits(Found((hit,), 1, {}, (hit,)), colour=True)
    assert terminal.hits(Found((), 0, {}, ())) == "没有找到。"
