"""Links measured on the labelled samples: of the numbers that a person gave an indicator, how many get the same one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.annotate import facts, indicators
from pipeline.model import Fact, FactContext, Indicators, Media, Place, Units

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "eval" / "samples"
IDS = {
    "中心组学习": "center_group_study",
    "集中学习": "group_study",
    "学习心得": "study_notes",
    "宣讲": "preaching_sessions",
    "宣讲受众": "preaching_audience",
    "宣讲员": "preachers",
    "学习强国活跃率": "xuexi_active_rate",
    "第一议题": "first_topic_study",
    "调研文章": "research_articles",
    "夜校学员": "night_school_attendance",
    "投稿": "news_submitted",
    "刊播采用": "news_adopted xuexi_adopted front_page",
    "采用率": "adoption_rate",
    "信息上报": "info_reported",
    "信息采用": "info_adopted",
    "新媒体推送": "new_media_posts",
    "短视频": "short_videos",
    "阅读量": "views",
    "播放量": "views",
    "粉丝": "followers",
    "意识形态专题研究": "ideology_meetings",
    "网评员": "commentators",
    "网评": "comments",
    "舆情处置": "opinion_handled",
    "回复率": "reply_rate",
    "责任书": "responsibility_letters",
    "满意率": "satisfaction_rate",
    "文明实践所站": "practice_stations",
    "注册志愿者": "volunteers",
    "志愿服务队": "volunteer_teams",
    "志愿服务活动": "volunteer_activities",
    "服务人次": "volunteer_service_times",
    "志愿服务时长": "volunteer_hours",
    "文明户": "star_households",
    "道德模范好人": "role_models",
    "文明村": "civilized_villages",
    "公益广告": "public_ads",
    "最美庭院": "beautiful_courtyards",
    "红白事简办": "simple_ceremonies",
    "未成年人活动": "minors_activities",
    "文明城市测评得分": "civility_score",
    "宣传栏更新": "notice_board_updates",
    "文艺演出": "art_performances village_galas",
    "送戏下乡": "opera_to_villages",
    "电影放映": "film_screenings",
    "农家书屋": "rural_libraries",
    "农家书屋新书": "library_new_books",
    "农家书屋借阅": "library_loans",
    "农家书屋藏书": "library_stock",
    "文化广场": "culture_squares",
    "文化市场检查": "culture_market_checks",
    "文化站免费开放": "station_opening_hours",
    "培训": "trainings",
    "培训人次": "training_attendance",
    "经费投入": "funding",
}
BY_UNIT = {
    ("培训", "人次"): "training_attendance",
    ("培训", "人"): "training_attendance",
    ("文明村", "%"): "civilized_village_share",
}
BY_DIMENSION = {
    "采用率": "adoption_rate",
    "活跃占比": "volunteer_active_rate",
    "活跃": "active_volunteers",
    "更新率": "ads_update_rate",
}


@dataclass(frozen=True)
class Row:
    """One labelled number: where it stands, what it is."""

    town: str
    period: str
    ids: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None
    unit: str
    quote: str


def _rows() -> Iterator[Row]:
    for file in sorted(SAMPLES.glob("truth_s*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for each in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                ids = BY_DIMENSION.get(each["dimension"] or "") or BY_UNIT.get((each["indicator"], each["unit"]))
                if each["indicator"] == "信息采用" and each["dimension"] == "采用率":
                    ids = "info_adoption_rate"
                ids = ids or IDS.get(each["indicator"])
                shares = each["unit"] == "%" and each["kind"] == "achieved" and each["indicator"].startswith("宣讲")
                if ids and not shares:
                    low, high = (
                        Decimal(each[side]) if each[side] not in ("", "null") else None for side in ("low", "high")
                    )
                    yield Row(each["town"], each["period"], tuple(ids.split()), low, high, each["unit"], each["quote"])


@cache
def _linked(file: Path) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Every paragraph of a sample with its linked facts, by the labelled roles and topics."""
    book = settings.load(Indicators, settings.folder() / "indicators.yaml")
    media = settings.load(Media, settings.folder() / "media.yaml")
    units = settings.load(Units, settings.folder() / "units.yaml")
    heading, head, found = "", (), []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or line.count("\t") < 2:
            continue
        role, topic, text = line.split("\t", 2)
        heading = text if role == "heading" else heading
        said = facts.find(text, FactContext(role=role, topic=topic, head=head), units)
        found.append((text, indicators.link(said, text, topic, heading, book, media, Place(county="岚川县"))))
    return tuple(found)


def _outcome(row: Row) -> tuple[str, Fact | None]:
    """``right``, ``wrong``, ``unlinked``, or ``unfound`` when no such fact was recognised."""
    file = SAMPLES / row.period / f"{row.town}.tsv"
    same = [
        (fact, fact.span.of(text))
        for text, marks in _linked(file)
        if row.quote.replace("|", "\t") in text or row.quote in text
        for fact in marks
        if (fact.low, fact.high) == (row.low, row.high) and fact.span.of(text).rstrip() in row.quote
    ]
    if not same:
        return "unfound", None
    best = next((fact for fact, _ in same if fact.indicator in row.ids), same[0][0])
    if best.indicator is None:
        return "unlinked", best
    return ("right" if best.indicator in row.ids else "wrong"), best


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[Row, str, Fact | None]]:
    rows = [row for row in _rows() if (SAMPLES / row.period / f"{row.town}.tsv").is_file()]
    assert len(rows) > 800
    return [(row, *_outcome(row)) for row in rows]


def test_precision(outcomes: list[tuple[Row, str, Fact | None]]) -> None:
    right, wrong = (sum(each == what for _, each, _ in outcomes) for what in ("right", "wrong"))
    assert right / (right + wrong) >= 0.97


def test_recall(outcomes: list[tuple[Row, str, Fact | None]]) -> None:
    right, wrong, missed = (sum(each == what for _, each, _ in outcomes) for what in ("right", "wrong", "unlinked"))
    assert right / (right + wrong + missed) >= 0.85
