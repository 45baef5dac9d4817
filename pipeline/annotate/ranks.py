"""Ranks: ``全省第二``, ``名列榜首``, with the thing that is ranked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.annotate import objects, objects_behind
from pipeline.annotate.awards import is_hoped, is_wished, level_of
from pipeline.annotate.numbers import exact
from pipeline.model import Honour, Span

_WHERE = (
    r"全国|全球|世界|国内|全省|全区|全市|全县|全州|全旗|省内|市内|县内|全系统|中部(?:地区)?|西部(?:地区)?|东部|"
    r"东北|长三角|珠三角|"
    r"副省级城市|同类(?:城市|县市|乡镇)|设区市|(?:全[县市])?(?:各)?乡镇"
)
_ORDINAL = (
    r"第(?:[一二三四五六七八九十]{1,3}|[0-9]{1,3})(?:名|"
    r"位)?(?![一二三四五六七八九十0-9个家批次届座所条部期季本代产书时线方轮者例台大机地步要是只])"
)
_RANK_FIRST = re.compile(
    "[全世国省市县中西东长珠副同设乡街单部得各名位排居列获夺蝉取拿上跃前提升进晋第组米项竞比大联评考测展汇满成指总率]|[^产质数重]量"
)
_ORDINAL_SIGN = re.compile("[第前][一二三四五六七八九十百0-9]|首位|[榜之]首|[十百]强")
_LONGEST_LEAD = 9
"""Signs between the beginning of a rank and its ordinal: ``乡镇中均获综合倒数第一``."""
_RANK = re.compile(
    rf"(?:(?P<where>{_WHERE})(?P<rank>{_ORDINAL}|前(?:[一二三四五六七八九十百]{{1,2}}|[0-9]{{1,3}})(?:名|强|位|"
    rf"列)?(?![个家批年月季])|首位|榜首|之首|第[一二]方阵|第[一二]梯队|[十百]强(?!企|县|镇|区|市|产|榜|园))"
    rf"|(?:名列|位列|位居|排名|排在?|居|列|获得?|夺得|得(?=第)|(?:挤|冲|杀|闯)?进入?(?=前|第)|蝉联|取得|拿下|(?:上升|跃升|前移|提升|升|进|晋升|跃居)(?:至|到|为)|列?第[一二三]档|[拿得]了个?|(?:乡镇|街道|单位|县区|部门)中(?:均|都|也)?[为是获]?|组|米|项目|名次|[^产质数重]量|率|得分|评分|总分|单项|成绩|满意度|指数|竞赛|比赛|大赛|联赛|评比|考核|测评|展演|汇演)"
    rf"(?P<bare>(?:团体|总分|综合|全镇|片区|小组)?(?:{_ORDINAL}|前[二三四五六七八九十]名?|倒数第[一二三四五六七八九十]))(?=[，。；、！）的]|$))"
)
_FORMER = re.compile(r"(?:由|从|(?<![均都也])为)[^，。；升进跃提移到至]{0,4}$")
"""``排名由全县第十五位上升到第六位``: only where one came to stand is a rank."""
_RANK_VERB = re.compile(
    r"(?:均|并|总数|数量|增速|[，、])*(?:名列|位列|位居|排名|排位|排|居|列|均居|稳居|跃居|跃升|进入|升至|保持|继续|"
    r"分别|达|为|、|，|的|均|$)+$"
)
_RANK_SUBJECT = re.compile(r"[^，。；、！？（）]{2,30}$")
_COUNTED = re.compile(
    r"[0-9.,]+(?:余|多)?[万亿]*(?:家|个|项|件|亿元|万元|元|%|户|人|名|处|位|亩|吨|篇|条|分|场|次)?[、，]?$"
)
_ORDINAL_VALUE = re.compile(r"[一二三四五六七八九十]+|[0-9]+")


def find(text: str) -> Iterator[Honour]:
    """The ranks of a text, in order.

    >>> [(one.name, one.rank, one.level) for one in find("投稿量位居全县第三。")]
    [('投稿量', '3', '县')]
    """
    for match in _ranks(text):
        if is_wished(text, match.start()) or is_hoped(text, match.start()):
            continue
        rank, where = match["rank"] or match["bare"], match["where"] or ""
        start = match.start("where") if where else match.start("bare")
        if _FORMER.search(text[max(0, start - 6) : start]):
            continue
        number = _ORDINAL_VALUE.search(rank)
        if number is not None and "第" in rank:
            rank = str(int(exact(number[0])))
        elif rank in ("首位", "榜首", "之首"):
            rank = "1"
        level = level_of(where or text[max(0, start - 30) : start].rpartition("。")[2])
        scope = where if where and level is None else None
        yield Honour(Span(start, match.end()), _ranked_thing(text, start, match.end()), level, rank, scope)


def _ranks(text: str) -> Iterator[re.Match[str]]:
    """Where a rank is told: its beginning is sought only before the ordinals, of which there are few."""
    done = 0
    for sign in _ORDINAL_SIGN.finditer(text):
        for first in _RANK_FIRST.finditer(text, max(done, sign.start() - _LONGEST_LEAD), sign.end()):
            match = _RANK.match(text, first.start()) if first.start() >= done else None
            if match is not None:
                done = match.end()
                yield match


_IN_CONTEST = re.compile(
    r"(?:获得?|夺得?|取得|拿下|在|参加|斩获)(?P<name>[^获夺在参，。；、]{3,30}?(?:赛|展演|汇演|会演|调演|评比|考核|测评|评选|评估|考评))[中上里]?的?$"
)
_AMONG = re.compile(r"(?:位列|名列|位居|排名|排在|居)[^，。；0-9]{1,6}[0-9]+个[^，。；]{1,6}中?$")
_OWN = re.compile(r"(?:我[镇乡县市区办]|我街道|全[省市县区]|[，、]?在)+$")


def _ranked_thing(text: str, start: int, end: int) -> str:
    """What is ranked: the phrase before, past its own value (``合作社86家、全县第二`` → 合作社)."""
    if text[end : end + 1] == "的":
        return objects_behind.behind(text, end, min(len(text), end + 24))
    sentence = max(text.rfind(sign, 0, start) for sign in "。；！")
    left = text[max(sentence + 1, start - 60) : start]
    left = _AMONG.sub("", left)
    left = _OWN.sub("", _RANK_VERB.sub("", left).rstrip("，、中"))
    contest = _IN_CONTEST.search(left)
    if contest is not None:
        return contest["name"]
    for _ in range(3):
        value = _COUNTED.search(left)
        if value is None or not value[0]:
            break
        left = left[: value.start()].rstrip("，、")
    if _RANK.search(left[-12:]):
        left = _RANK.sub("", left).rstrip("，、")
    subject = _RANK_SUBJECT.search(left)
    return objects.before(subject[0]) if subject else ""
