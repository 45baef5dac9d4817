"""Levels and outlets: what names them, what only looks like it, and the county-level city."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline import settings
from pipeline.annotate import levels
from pipeline.model import Media, Place

MEDIA = settings.load(Media, settings.folder() / "media.yaml")
COUNTY = Place(county="秭归县", city="宜昌市", province="湖北省")
CITY = Place(county="枝江市", city="宜昌市", province="湖北省")
MUNICIPAL = Place(county="巫山县", province="重庆市")


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("被省级媒体采用", COUNTY, "省"),
        ("中央级媒体刊发", COUNTY, "中央"),
        ("央媒", COUNTY, "中央"),
        ("市级媒体刊播", COUNTY, "地市"),
        ("市级媒体刊播", CITY, "县"),
        ("市级媒体刊播", MUNICIPAL, "省"),
        ("地市级媒体刊播", CITY, "地市"),
        ("州级道德模范", COUNTY, "地市"),
        ("县级文明村", COUNTY, "县"),
        ("县融媒体中心采用", COUNTY, "县"),
        ("市融媒体中心采用", CITY, "县"),
        ("在《湖北日报》刊发", COUNTY, "省"),
        ("在人民日报客户端", COUNTY, "中央"),
        ("在三峡日报发稿", COUNTY, "地市"),
        ("在湘西日报发稿", COUNTY, "地市"),
        ("省、市、县三级媒体", COUNTY, "混合"),
        ("省市级媒体", COUNTY, "混合"),
        ("在人民日报和湖北日报", COUNTY, "混合"),
        ("其中省", COUNTY, "省"),
        ("在三峡日报等媒体发稿", COUNTY, "混合"),
        ("在人民日报、新华社等中央媒体发稿", COUNTY, "中央"),
        ("全市文明村", COUNTY, None),
        ("社区文明户", COUNTY, None),
        ("城乡文明", COUNTY, None),
        ("各级媒体", COUNTY, None),
        ("十星级文明户", COUNTY, None),
        ("文化市场检查", COUNTY, None),
    ],
)  # fmt: skip
def test_level(words: str, place: Place, expected: str | None) -> None:
    assert dict(levels.level(words, MEDIA, place)).get("level") == expected


@pytest.mark.parametrize(
    ("words", "place", "floor"),
    [
        ("县级以上媒体", COUNTY, "县"), ("市级以上媒体", COUNTY, "地市"), ("市级及以上媒体", CITY, "县"),
        ("省级以上文明村", COUNTY, "省"),
    ],
)  # fmt: skip
def test_and_above(words: str, place: Place, floor: str) -> None:
    assert levels.level(words, MEDIA, place) == (("level", "混合"), ("from", floor))


def test_every_outlet_has_its_level_and_only_one() -> None:
    names = [(name, each.level) for each in MEDIA.levels for name in each.outlets.split()]
    assert [name for name, times in Counter(name for name, _ in names).items() if times > 1] == []
    for name, level in names:
        assert levels.level(f"在《{name}》刊发", MEDIA, Place()) == (("level", level),), name


def test_every_level_word_speaks() -> None:
    for each in MEDIA.levels:
        for word in each.words.split():
            assert dict(levels.level(word, MEDIA, Place()))["level"] == each.level, word
        for sign in each.signs.split():
            assert dict(levels.level(f"被{sign}级媒体采用", MEDIA, Place()))["level"] == each.level, sign


def test_stages_are_never_one() -> None:
    assert not set(MEDIA.submitted.split()) & set(MEDIA.adopted.split())


def test_outlets_in_their_order() -> None:
    assert levels.outlet("在新华网、人民网发稿", MEDIA) == (("outlet", "新华网、人民网"),)


def test_long_rows_of_signs_cost_little() -> None:
    assert levels.level("市州" * 20000 + "x", MEDIA, Place()) == ()
