"""Suggestions: what is found although the dictionary cuts it otherwise, and what is more like than something else."""

from __future__ import annotations

import pytest

from pipeline.ask import likeness
from pipeline.ask.suggest import Wanted, suggest
from pipeline.model import Wording

TEXTS = [
    ("achievement", "theory", "板凳宣讲队走村串寨讲了四十场, 老人搬着凳子来听, 娃娃也挤在前面。"),
    ("achievement", "news", "全年向上级媒体投稿一百余篇, 采用率比去年高了一成, 两篇上了省报。"),
    ("problem", "theory", "板凳宣讲队人手不够, 四个宣讲员里有两个兼着别的活, 讲的场次上不去。"),
    ("achievement", "livelihood", "村口水井修好了, 三个自然寨的老人不用再到沟底去挑水。"),
]


@pytest.fixture
def base(collection, tmp_path):
    base, run = collection.new(tmp_path / "zongjie.db")
    for town in ("青禾镇", "望云街道"):
        # each town's text is cut whole: no word of a draft stands in the index of words
        collection.add(base, run, town, 2022, [(r, t, f"{town}{text}") for r, t, text in TEXTS], lambda text: [text])
    yield base
    base.close()


def suggested(base, text: str, **more) -> list[str]:
    wanted = Wanted(text, ("宣讲队", "板凳"), **more)
    return [each.past.text for each in suggest(base, wanted, Wording("1", (), ""), None, None, most=4, everyone=True)]


def test_pairs_of_signs_find_what_words_do_not(base):
    found = suggested(base, "板凳宣讲队今年讲了五十场。")
    assert found
    assert "板凳宣讲队" in found[0]


def test_of_two_as_like_by_their_words_the_one_of_the_same_role_is_first(base):
    said = "板凳宣讲队在村里讲。"
    assert "人手不够" in suggested(base, said, role="problem", topic="theory")[0]
    assert "走村串寨" in suggested(base, said, role="achievement", topic="theory")[0]


def test_nothing_is_more_like_a_text_than_itself(base):
    texts = [text for _, _, text in TEXTS]
    for n, text in enumerate(texts):
        scores = likeness.wordings(base, text, texts, likeness.pair_counts(base, text))
        assert max(range(len(texts)), key=scores.__getitem__) == n
        assert all(0 <= score <= 1 for score in scores)
