"""What a number's own words leave out: it stands with the number before, in an earlier clause or in the heading."""

from __future__ import annotations

import re

from pipeline.annotate.book import Book
from pipeline.annotate.candidates import OTHER_UNIT, OWN_UNIT, THRESHOLD, Candidate, allowed, score_of
from pipeline.annotate.near import OWN, PAIR, SHORT, Near, clause_end, is_growth
from pipeline.model import Fact

FAR = 0.0
"""The cue stands in an earlier clause or in the heading."""
_LEAD = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]是)?([^，。；：:,]{2,16})[。：:]"
)
"""A paragraph's run-in heading: 三、电影放映。"""
_TOLD = 12
"""So many numbers are looked back at: a sentence of a thousand costs no more than others."""
_SILENT = 40
"""Longer words than these are never silent."""
_LEVELS = frozenset(
    ("国家", "中央", "省级", "市级", "县级", "区级", "镇级", "央媒", "省媒", "市媒", "县媒", "地市", "旗级", "州级")
)
_DOUBTFUL = 0.8
"""A link that is no surer than this may be another's whose name the clause before says."""
_ENDS = frozenset(("", "、", "和", "及", "“", "的"))
_LIGHT_TAILS = (
    "左右",
    "以上",
    "以内",
    "以下",
    "任务",
    "目标",
    "增",
    "扩",
    "升",
    "提",
    "降",
    "减",
    "上升",
    "下降",
    "发展到",
)
_OTHERS = re.compile("优秀|先进|困难|老党员")
_PAPER = re.compile("《[一-龥]{1,8}》|[一-龥]{0,4}(?:日报|晚报|电视台|电台|广播站|融媒体中心)")


def antecedent(fact: Fact, told: list[Fact], book: Book) -> Fact | None:
    """The last number of the sentence that is linked and may be said again or in part: its unit fits."""
    for before in told[: -_TOLD - 1 : -1]:
        if before.sentence != fact.sentence:
            return _by_level(fact, told, book)
        if before.indicator is None:
            if before.unit == fact.unit and before.per is None and before.scope != "each":
                return None
        elif fact.unit in book.entries[before.indicator].units or is_growth(fact):
            return before
    return None


def _by_level(fact: Fact, told: list[Fact], book: Book) -> Fact | None:
    """The linked number of the sentence before, of which this one is told by levels: 用稿136篇。其中：省级19篇."""
    if fact.object[:2] not in _LEVELS:
        return None
    for before in told[: -_TOLD - 1 : -1]:
        if before.sentence.start < fact.sentence.start - OWN - OWN:
            return None
        if before.indicator is not None and "level" in book.entries[before.indicator].dimensions:
            return before if fact.unit in book.entries[before.indicator].units else None
    return None


def is_left_out(fact: Fact, near: Near, before: Fact, book: Book) -> bool:
    """Whether the words around say no more than level and comparison: 采用45篇，其中省级5篇.

    A verb of the indicator's own name says no more either: 演出36场，已演19场.
    """
    thing, own = fact.object, near.own
    if own.endswith(book.still) or (near.is_behind and thing not in before.object):  # 粉丝破5万，在全市37个乡镇
        return False
    if fact.per is not None and before.per is None and fact.unit == "元":  # 发放5.7万元，每月增加200元
        return False
    if _OTHERS.search(thing) is not None:  # 新党员87人，优秀党员100名
        return False
    name = book.entries[before.indicator].indicator.name if before.indicator else ""
    if thing and len(thing) < len(name) and (thing in name or thing in before.object):
        return _is_silent(own.replace(thing, "", 1), book)
    is_made_up = (
        "\t" not in near.text and thing not in near.text
    )  # of what stood before and a level: 其中中央级7篇、省级53篇
    return (thing == before.object or is_made_up or _is_silent(thing, book)) and _is_silent(own, book)


def _is_silent(words: str, book: Book) -> bool:
    """Whether words name no more than a level, an outlet, a comparison: 其中省级, 比上半年多, 《某某报》."""
    if len(words) > _SILENT:
        return False
    if book.silent.fill(words):
        return True
    is_outlet = "《" in words or "报" in words or "台" in words or "中心" in words or "站" in words
    return is_outlet and book.silent.fill(_PAPER.sub("", words))


def is_closed(near: Near, book: Book) -> bool:
    """Whether nothing of weight follows the number in its clause: 全年14次，; not 12个人都能讲, 7个被采用."""
    if near.tail[:1] in _ENDS or near.tail.startswith(_LIGHT_TAILS):
        return True
    return near.tail[0] != "人" and book.plain.fill(near.tail[:SHORT].partition("、")[0])


def far_of(fact: Fact, near: Near, told: list[Fact], book: Book) -> Candidate | None:
    """A link by what was said before, where the number's own words say nothing: 上稿稳步提升，省级5篇.

    ``is_whole`` tells that it was said in the same sentence.

    Another number of the same unit stands between as a wall: 问题31个、整改31个 tells of those problems.
    """
    if near.own.endswith(book.still) or (near.is_behind and not book.plain.fill(fact.object)):
        return None
    if fact.unit not in book.units or not is_closed(near, book) or not _is_silent(near.own, book):
        return None
    is_silent = _is_silent(fact.object, book)
    if not is_silent and (fact.object in near.own or fact.object in near.tail):
        return None
    if told and told[-1].indicator is None and told[-1].unit == fact.unit and near.low - near.left <= 1:
        return None  # 领导包案11起，化解9起
    same = [each.span.end for each in told[-_TOLD:] if each.unit == fact.unit and each.sentence == fact.sentence]
    before = near.text[max(fact.sentence.start, near.low - OWN, *same) : near.low]
    lead = _LEAD.match(near.text) if is_silent else None
    clause = before if is_silent else clause_end(before[:-1])  # 机关学习日逢周五，全年47次
    nearest = clause.rpartition("；")[2]  # 新农合参合2.8万人，参合率95%；新农保试点启动，参保9400人
    heads = (near.heading if is_silent else "", lead[1] if lead and near.low >= lead.end() else "")
    for words in (nearest, clause if nearest != clause else "", *heads):
        there = near._replace(words=words)
        found = [
            Candidate(cue.entry, cue.anchor, at, False, True, score_of(fact, cue, FAR, there))
            for at in range(len(words) - 1)
            for cue in book.of_unit[fact.unit].get(words[at : at + 2], ())
            if cue.sure and words.startswith(cue.anchor, at)
            if all(word in words for word in cue.rest)
        ]
        found = [each for each in found if each.score >= THRESHOLD - OWN_UNIT + OTHER_UNIT]
        found = allowed(found, fact, near, book) if found else found
        if found:
            best = max(found, key=lambda each: each.at + len(each.cue))
            return best._replace(score=max(best.score, THRESHOLD), is_whole=words is nearest or words is clause)
    return None


def is_vague(best: Candidate, fact: Fact) -> bool:
    """Whether a link is no surer than that the clause before may say which kind is meant: 学习26次."""
    return best.score <= _DOUBTFUL and len(fact.object) <= PAIR


def kind_of(best: Candidate, fact: Fact, near: Near, told: list[Fact], book: Book) -> Candidate | None:
    """The narrower link that the clause before says: 开展送戏下乡活动，共演出18场; 落实“第一议题”制度，全年学习26次.

    The number's own words name the whole (演出), or a deed that the narrower indicator's definition speaks of (学习).
    """
    entry, is_doubtful = best.entry.indicator, is_vague(best, fact)
    end = near.low - 1
    if end < fact.sentence.start or (told and told[-1].span.end > end):
        return None
    left = max(fact.sentence.start, end - OWN, told[-1].span.end if told else 0)
    clause = clause_end(near.text[left:end])
    there = near._replace(words=clause)
    for at in range(len(clause) - 1):
        for cue in book.of_unit.get(fact.unit, {}).get(clause[at : at + 2], ()):
            if not cue.sure or not clause.startswith(cue.anchor, at) or cue.entry is best.entry:
                continue
            other = cue.entry.indicator
            if other.part_of != entry.id and not (is_doubtful and f"的{fact.object}次数" in other.definition):
                continue
            if any(word not in clause for word in cue.rest):
                continue
            score = score_of(fact, cue, FAR, there)
            if score >= THRESHOLD - OWN_UNIT + OTHER_UNIT:
                return Candidate(cue.entry, cue.anchor, at, False, True, max(score, THRESHOLD))
    return None
