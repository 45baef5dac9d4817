"""Prizes: ``社区组一等奖``, ``流动红旗``, with the contest that they were won in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate.awards import COUNTED_PRIZES, NOT_TITLE, OPENING, is_wished, level_of
from pipeline.model import Honour, Span

# One class first, told apart behind it: so the search skips all else.
_WON = re.compile(
    "[获取斩夺捧摘赢拔记拿得抱评揽包喜，,、和及与](?:(?<=获)|(?<=[，,、和及与])(?=[^，。；、]{0,12}奖)|(?<=取)得|(?<=得)了?|(?<=夺)[得取]?"
    "|(?<=[斩揽])获|(?<=捧)[回得]|(?<=摘)[得取下]|(?<=[赢拔])得|(?<=记)(?=(?:个人|集体)?[一二三]等功)|(?<=拿)[下到了回]|(?<=抱)回|(?<=评)为|(?<=包)揽|(?<=喜)提)"
)
_PRIZE = re.compile(
    r"(?:得|取|评)?了?(?P<open>“?)"
    r"(?P<text>(?:[^，,。；、！？“”获0-9]{0,14}“[^“”]{1,12}”)?[^，,。；、！？“”获0-9]{0,26}?(?:(?P<rank>特等奖|[一二三](?:、[一二三])+等奖|[一二三四]等奖|金奖|银奖|铜奖|优秀奖|优胜奖|入围奖|提名奖|"
    r"[冠亚季]军(?!企业|产品|品种)|[金银铜]牌(?!村|镇|调解|主播)|[金银铜]杯|[一二三](?:等|级)?功|流动红旗|锦旗|头名|头筹|团体第[一二三四五六]名?)|奖(?![励补金项品牌杯补章学状区券池]|获)))"
)
_GROUP = re.compile(r"[一-龥]{1,6}组(?=[特一二三四金银铜优])")
_CONTEST = re.compile(
    r"(?:参加|在|举办的?|组织的|参与|参赛)(?:了)?(?P<name>[^，。；、！？参在]{3,34}?(?:大赛|比赛|竞赛|评选|评比|调演|艺术节|"
    r"运动会|联赛|锦标赛|展演|汇演|会演|演讲|征文|赛|活动))"
)


def find(text: str) -> Iterator[Honour]:
    """The prizes of a text, in order but for those that stand before who took them.

    >>> [(one.name, one.rank) for one in find("在县演讲比赛中获二等奖。")]
    [('县演讲比赛', '二等奖')]
    """
    if "奖" not in text and "军" not in text and "功" not in text and "头" not in text:
        return
    done = -1
    for won in _WON.finditer(text):
        if won[0] in "，,、和及与" and won.start() != done:
            continue  # a further prize only directly behind one
        match = _PRIZE.match(text, won.end())
        if match is None:
            continue
        said = match["text"]
        if won[0] in "，,、和及与" and _WON_SAID.search(said):
            continue
        if _UNDECIDED.match(text, match.end("text")):
            continue
        if is_wished(text, match.start()) or len(said) < 2 or NOT_TITLE.search(said) or said[:1] in "励补":
            continue
        counted = COUNTED_PRIZES.match(text, match.end("text"))
        done = counted.end() if counted is not None else match.end("text")
        opening = OPENING.match(said)
        start = match.start("text") + (opening.end() if opening else 0)
        span = Span(start, match.end("text"))
        group = _GROUP.search(said)
        name = span.of(text)
        if match["rank"]:
            contests = list(_CONTEST.finditer(text, max(0, start - 120), start))
            contest = contests[-1] if contests else None
            bare = name[: -len(match["rank"])]
            name = (
                contest["name"].replace("“", "").replace("”", "")
                if contest and (group or not bare or (len(bare) <= _SHORT and level_of(bare) is None))
                else bare or name
            )
        yield Honour(span, name, level_of(name), match["rank"], group[0] if group else None)
    if "由" in text or "被" in text or "归" in text:
        yield from _taken(text)


def _taken(text: str) -> Iterator[Honour]:
    """Prizes that stand before who took them: ``冠军、亚军均由我镇选手摘得``."""
    for match in _TAKEN.finditer(text):
        span = Span(match.start(), match.end())
        rank = re.search(_TAKEN_RANK, span.of(text))
        yield Honour(span, span.of(text), level_of(span.of(text)), rank[0] if rank else None)


_TAKEN_RANK = "(?:[冠亚季]军|[特一二三]等奖|[金银铜][奖牌]|优秀奖)$"
_SHORT = 2
"""A prize's own words that are no longer say what for (表演二等奖), and the contest is its name."""
_WON_SAID = re.compile(r"[获夺斩摘捧]|得了|拿[了下到回得]")
_UNDECIDED = re.compile(r"的?(?:选拔|评选|评审|角逐|候选|提名|申报|初评)")

_TAKEN = re.compile(
    r"[^，。；、！？获0-9]{0,12}?(?:[冠亚季]军|[特一二三]等奖|[金银铜][奖牌]|优秀奖)(?=(?:、[^，。；、]{0,8}[军奖牌])*(?:均|都|全|双双|也|一并)?(?:由|被|归)[^，。；]{1,14}(?:摘|夺|获|包揽|拿|捧|收))"
)
