"""Keys and lines of a review on the terminal."""

from __future__ import annotations

import io

from pipeline.ask.labels import Names
from pipeline.ask.review import Doubt
from pipeline.show import keys, review_text
from pipeline.store.review import Place

NAMES = Names({"plan": "下步安排", "achievement": "成效做法"}, {f"t{n}": f"第{n}类" for n in range(12)})
PLACE = Place(
    "k", "一、新闻宣传", 1, "p-1", "青石镇.docx", "r", 3, 2, "投稿\x1b[31m120篇", "achievement", 0.52, 0,
    "achievement:0.520 plan:0.410 problem:0.070", "model", "投稿",
    "t3", 0.4, 0, "t3:0.400 t1:0.300 t0:0.100", "model", "",
)  # fmt: skip


def test_the_three_best_are_on_digits_and_the_others_on_letters():
    choices = review_text.choices(PLACE, "topic", NAMES)
    assert [choices[key][0] for key in "123"] == ["t3", "t1", "t0"]
    assert {label for label, _ in choices.values()} == set(NAMES.topics)
    assert not {"s", "q"} & set(choices)


def test_a_card_says_why_and_no_file_moves_the_cursor():
    told = review_text.card(Doubt(PLACE, 0.5, ("role",), ("把握不足",)), NAMES)
    assert "成效做法 0.52  因为: 投稿" in told
    assert "把握不足" in told
    assert "\x1b" not in told


def test_a_key_is_read_until_it_is_known(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("x\n1\n"))
    assert keys.key(("1", "2")) == "1"
    assert keys.key(("1", "2")) == ""
