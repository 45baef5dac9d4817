"""The order of what is found: what a paragraph is about, the kind of passage asked for, words of like meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.words import cutter
from pipeline.ask import neighbours, relevance
from pipeline.ask.concepts import asked, concept
from pipeline.ask.found import Hit, by_score
from pipeline.ask.query import parse
from pipeline.ask.search import search
from pipeline.ask.traits import traits
from pipeline.show import terminal
from pipeline.store.characters import folded

TEXTS = [
    ("heading", "culture", "二、广场舞和文艺队"),
    ("achievement", "culture", "文化站办了书画、象棋、太极拳、广场舞、门球五项活动，各村都来了人。"),
    ("achievement", "culture", "广场舞队从三支发展到十一支，夜夜有人跳。"),
    ("problem", "news", "新媒体账号更新慢，原创的东西少，没有人盯着。"),
    ("achievement", "news", "新媒体账号全年发了三百条，粉丝过万。"),
    ("plan", "news", "新媒体账号争取每周更新五条。"),
    ("achievement", "news", "送到县里的文稿有九十篇。"),
    ("achievement", "livelihood", "修了两口水井，挑水的路近了。"),
    ("achievement", "civilization", "组织志愿活动五十七场，巡河和送药都有人去。"),
    ("achievement", "civilization", "志愿者都是热心肠。"),
]


@pytest.fixture(scope="module")
def base(collection, tmp_path_factory):
    base, run = collection.new(tmp_path_factory.mktemp("relevance") / "zongjie.db")
    collection.add(base, run, "青禾镇", 2022, TEXTS, cutter())
    yield base
    base.close()


def found(base, query: str, **more):
    return search(base, query, cutter(), most=10, **more)


def test_what_a_paragraph_is_about_comes_before_what_it_lists_and_before_headings(base):
    texts = [hit.text for hit in found(base, "广场舞").hits]
    assert [texts.index(TEXTS[n][2]) for n in (2, 1, 0)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("query", "role"), [("短板 新媒体", "problem"), ("明年 新媒体", "plan"), ("成效 新媒体", "achievement")]
)
def test_words_that_call_for_a_kind_of_passage_bring_it_first_though_it_lacks_them(base, query, role):
    told = found(base, query)
    assert not told.hits
    assert told.near[0].role == role
    assert "新媒体" in told.near[0].text


def test_words_of_like_meaning_are_found_apart_named_and_highlighted(base):
    told = found(base, "稿件")
    assert not told.hits
    near = next(hit for hit in told.near if "文稿" in hit.text)
    assert "文稿" in [mark.of(near.text) for mark in near.marks]
    assert "文稿" in told.relaxed
    assert not any("水井" in hit.text for hit in told.near)


def test_a_number_beside_the_thing_comes_first_when_it_is_asked_how_many(base):
    assert "五十七场" in found(base, "志愿活动次数").near[0].text


@pytest.mark.parametrize("query", ["新媒体 OR 稿件", "新媒体 NOT 账号", '"稿件"', "稿*"])
def test_what_is_asked_exactly_is_not_loosened_by_meaning(base, query):
    assert all("文稿" not in hit.text for hit in found(base, query).near)


def test_order_changes_neither_what_is_found_nor_pages(base):
    whole = [hit.paragraph for hit in found(base, "新媒体").hits]
    paged = [hit.paragraph for skip in range(3) for hit in search(base, "新媒体", cutter(), most=1, skip=skip).hits]
    assert paged == whole
    assert set(whole) == {hit.paragraph for hit in found(base, "新媒体", sort="newest").hits}


def test_a_looser_match_about_the_matter_comes_before_a_mere_mention_and_is_marked(collection, tmp_path):
    base, run = collection.new(tmp_path / "zongjie.db")
    said = [
        ("other", "culture", "附：门球、象棋、合唱比赛、书画、秧歌名单"),
        ("achievement", "culture", "合唱队练了两个月，十月比赛得了第一。"),
        ("achievement", "culture", "合唱比赛办了两届。"),
        ("achievement", "livelihood", "修了两口水井。"),
    ]
    collection.add(base, run, "青禾镇", 2022, said, cutter())
    told = found(base, "合唱比赛")
    assert [hit.text for hit in told.shown] == [said[n][2] for n in (2, 1, 0)]
    assert [hit.text for hit in told.hits] == [said[n][2] for n in (2, 0)]
    assert [hit.text for hit in told.near] == [said[1][2]]
    shown = terminal.hits(told)
    assert "≈ 2. " in shown
    assert "≈ 1. " not in shown
    by_time = found(base, "合唱比赛", sort="newest")
    assert by_time.shown == (*by_time.hits, *by_time.near)
    base.close()


@given(st.lists(st.integers(0, 99), max_size=8), st.lists(st.integers(0, 99), max_size=8))
def test_both_are_shown_in_one_order_each_in_its_own(ours, others):
    def hits(scores, is_near):
        return [Hit(f"{n}", "", None, None, None, "", "", "", (), float(score), is_near=is_near)
                for n, score in enumerate(sorted(scores, reverse=True))]  # fmt: skip

    exact, near = hits(ours, False), hits(others, True)
    shown = by_score(exact, near)
    assert [hit.score for hit in shown] == sorted((*ours, *others), reverse=True)
    assert [hit for hit in shown if not hit.is_near] == exact
    assert [hit for hit in shown if hit.is_near] == near


@given(st.text("广场舞宣讲，。、；\t 12Ａ", max_size=60), st.sampled_from(["achievement", "heading", "plan"]))
def test_traits_are_numbers_within_their_bounds(text, role):
    told = traits(text, role, {"plan": 0.5}, [concept("广场舞", ("广场舞",)), concept("打算", ("打算",))])
    assert all(0 <= value <= 1 for value in (told.covered, told.weakest, told.share, told.likely))
    assert told.weakest <= told.covered
    assert (told.share > 0) == ("广场舞" in folded(text))
    assert told.likely == 0.5


@given(st.text("广场舞宣讲，。、；\t 12Ａ", max_size=60), st.sampled_from(["achievement", "heading", "problem"]))
def test_a_paragraph_with_the_thing_is_never_less_about_it_than_one_without_it(text, role):
    things = [concept("广场舞", ("广场舞",))]
    without = text.replace("广", "村")
    if "广场舞" in folded(text):
        assert relevance.about(text, role, things) > relevance.about(without, role, things)


@given(st.lists(st.sampled_from(["宣讲", "稿件", "养老", "水井", "。", "，", "无此词"]), max_size=12))
def test_nothing_is_nearer_to_a_text_than_itself(words):
    text = "".join(words)
    own = neighbours.sentences(text, [word for word in words if word not in "。，"])
    other = neighbours.sentences("招商引资签约。", ["招商引资", "签约"])
    same, far = neighbours.nearness(own, [own, other])
    assert far <= same + 1e-5
    assert 0 <= same <= 1 + 1e-5
    assert [word for each in own for word in each] == [word for word in words if word not in "。，"]


def test_words_that_name_no_kind_of_passage_ask_for_none():
    for word in ("不忘初心", "计划生育", "问题导向", "文化站"):
        assert not concept(word, (word,)).role, word
    assert [each.role for each in asked(parse("困难 NOT 打算"), lambda word: (word,))] == ["problem"]
