"""Titles behind a verb that awards them: ``被评为省级文明镇``, ``授予“红旗单位”``, one or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.annotate.awards import (
    COUNTED_PRIZES,
    NOT_TITLE,
    OPENING,
    each_match,
    is_hoped,
    is_wished,
    level_of,
    level_of_giver,
)
from pipeline.annotate.lexicon import words
from pipeline.model import Honour, Span

# How one of these begins: by its first sign, and by the second where that is no rare one.
_AWARDED_FIRST = re.compile(
    "[保继被批获评授命认确表推荣喜蝉跻跨步迈通是系挺当摘夺斩成顺创入颁挂升晋复捧上登拿取列进]"
    "(?:(?<=[被获评])|(?<=[镇村乡区道][是系])|(?=[留持续准予名定认彰荐获膺立登誉联身入过进选得取下功利为成建围发牌上格升评查回了榜]))"
)
_AWARDED = re.compile(
    r"(?P<strong>(?:被|获)?(?:评选|评定|评|授予|命名|认定|确定|表彰|确认|推荐|批准|列入)为|(?:授予|认定|命名|评定|评选|表彰|确认)[^，。；、“”0-9]{2,24}?为|被(?:[^，。；“”]{0,14})?(?:授予|"
    r"评为|评选为|命名为|认定为|列为|定为|选为|树为)|授予[^，。；、“”]{2,40}为|授予|享有|素有|"
    r"(?:继续)?保[留持](?:了)?(?=[^，。；]{3,24}(?:称号|荣誉))|荣获|获评|荣膺|喜获|蝉联|跻身|跨入|步入|迈入|挺进|当选|摘得|夺得|斩获"
    r"|(?:成功|顺利)?(?:创成|创建成为|创建成功|入选)|(?:成功|顺利)(?:创建|申报|获批|摘牌|入围)|颁发的|获颁|评上|"
    r"获批(?:为)?|荣立|(?:创建|创成|升格|晋升|复评|复查)(?:为|成)|挂(?:牌|上了?)(?:为)?|通过(?=[^，。；]{3,24}(?:复审|复查|复核|复评|验收))|"
    r"(?:(?<=[镇村乡区])|(?<=街道))(?:是|系)(?=(?:全国|国家|省级|市级)[^，。；、]{2,14}[村镇乡区](?:[，。；、]|$))|荣誉：|跻身为|被?确认为|被树为|被列为|被列入|荣登|捧回|捧得|摘取|获赠|上了|登上|拿下|摘下)"
    r"|(?P<weak>获得|取得|成为|列入|进入|获|上榜|入围)"
)
_HEADS = tuple(
    words(
        "村 镇 乡 县 城 市 区 苏木 嘎查 街道办 示范校 标兵 流动红旗 锦旗 之星 楷模 案例 基地 集群 称号 荣誉 "
        "单位 企业 榜单 名单 榜 三好学生 工作者 图书馆 文化馆 博物馆 集体 个人 工作站 团委 妇联 文明岗 示范岗 "
        "之都 之家 班组 青年 少年 带头人 团队 品牌 合作社 示范社 家庭 农场 学校 医院 站 市场 支部 党组织 奖章 "
        "劳动者 好人 道德模范 红旗手 青年文明号 能手 工匠 英雄 标志 公园 驿站 项目 馆 工厂 村寨 村落 机构 "
        "样板 窗口 人物 中心 目的地 金牌 银牌 铜牌 街道 序列"
    )
)
"""How a title ends; what else it may end in, ``_HEAD`` knows."""
_HEAD = re.compile(
    "(?:[一二三]等功|[0-9]+强|(?<!预备)名录|等[次级]|文明[村镇乡县市校园单位家庭社区户街道]{1,5}|[一-龥](?:[杯队]|(?<=[一-龥].)奖)"
    "|(?:优秀(?=.{1,10}$)|最美(?=.{1,8}$)|星级(?=.{1,6}$)|十佳(?=.{0,8}$)|(?:示范|先进)(?=.{0,6}$)|(?:模范|[百十千]强)(?=.{0,4}$)|百佳(?=.{0,3}$))[一-龥]*)$"
)
_MARKED = re.compile(
    r"国家|全国|中国|省|自治区|市级|全市|县级|全县|区级|州级|全区|世界|国际|中部|亚洲|AAAA|5A|4A|3A|中央|长三角|"
    r"星级|十大|百强|一等|^[省市县区州镇乡](?=优秀|先进|五四|最美|文明|模范|十佳|三八|劳动|身边|好|道德|青年|巾帼|示范|平安|卫生|生态)"
)
_CLIP = re.compile(
    r"(?:之列|奖[牌杯](?=[，。]|$)|牌匾|授牌|复审|复查|复核|复评|验收|命名$|行列$|后(?=[获荣])|(?<![特一二三])等(?![级次功奖])|荣誉称号|荣誉|称号|序列|名单(?=[，。])|[0-9]+[个家项名处人件篇]|"
    r"[一二两三四五六七八九十]+[个家项名处]|（(?![^（）]{1,6}）[一-龥]{2})|\(|并|且|的(?=[^，。]{0,3}(?:荣誉|称号|奖项|桂冠|殊荣|美誉|牌子|奖牌|奖杯|佳绩|成绩|好成绩)))"
)
_EDITION = re.compile(r"^(?:首批|第[一二三四五六七八九十0-9]+批)(?=全|国|省)")
_LEAD_LEVEL = re.compile(
    r"^((?:[一-龥]{0,3}[省市县区州旗])?(?:国家级?|省级?|市级?|县级?|区级?|全国|全省|全市|全县|全区|全旗|全州|州级?|镇级?|自治区级?|[一-龥]{2}[省市县区州]|[省市县区州旗])"
    r"(?:年度|[0-9]{4}年度?)?)(?=“)"
)
_STRETCH = re.compile(r"[^。；！？\n]{2,260}")


def find(text: str) -> Iterator[Honour]:
    """The titles of a text, in order.

    >>> [(one.name, one.level) for one in find("被授予“市级文明镇”称号。")]
    [('市级文明镇', '市')]
    """
    done = 0
    for match in each_match(_AWARDED, _AWARDED_FIRST, text):
        if match.start() < done or is_wished(text, match.start()):
            continue
        if match[0] in _REACHED and is_hoped(text, match.start()):
            continue
        stretch = _STRETCH.match(text, match.end())
        if stretch is None:
            continue
        given = _GIVEN_TO.match(text, match.end()) if match[0] == "授予" else None
        for start, end, outer in _items(text, given.end() if given else match.end(), stretch.end()):
            honour = _title(text, start, end, outer, bool(match["strong"]), "获" in match[0])
            if honour is None:
                if _YEAR_ONLY.fullmatch(text, start, end):
                    continue
                if text[start - 1] != "“" and (not done or done <= match.start()):
                    break  # a list of quotations goes on, whatever one of them is
                continue
            done = max(done, honour.span.end)
            if honour.level is None and "被" in text[max(0, match.start() - _GIVER) : match.end()]:
                clause = text[max(0, match.start() - _GIVER) : match.end()].rpartition("，")[2]
                honour = replace(honour, level=level_of_giver(clause))
            yield honour


_REACHED = words("跻身 跨入 步入 迈入 挺进 进入 列入 成为 上榜 入围")
"""What is hoped for as often as it is told, some clauses behind 力争."""
_GIVER = 24
"""How far before its verb the one may stand who gives a title, in characters."""
_GIVEN_TO = re.compile("[^，。；、“”]{1,14}(?=“)")
"""Who gets it, before the title: ``授予我镇“红旗单位”``."""
_YEAR_ONLY = re.compile("[0-9]{4}年度?")
_YEAR_FIRST = "[0-9]{4}年度?[一-龥“]"
_AWARDED_AGAIN = "[0-9]{4}年度?[^，。；、“]{0,12}?(?:[获评授]|入选|命名|认定|列为)"


def _items(text: str, at: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, level said outside the quotation) of each title in a list behind its verb."""
    outer = ""
    opening = OPENING.match(text[at:end])
    if opening is not None and text[at + opening.end() : at + opening.end() + 1] == "“":
        at += opening.end()
    while at < end:
        lead = _LEAD_LEVEL.match(text[at:end])
        if lead is not None and text.find("”", at, end) > 0 and _is_whole_quotation(text, at + lead.end(), end):
            outer, at = lead[1], at + lead.end()
        led = _LED.match(text, at, end)
        if led is not None and _is_whole_quotation(text, led.end(), end):
            at = led.end()
        if text[at] == "“" and _is_whole_quotation(text, at, end):
            close = _closing(text, at, end)
            yield from _split(at + 1, close, text, outer)
            at = close + 1
        else:
            stop = _plain_end(text, at, end)
            yield at, stop, outer
            at = stop
        counted = COUNTED_PRIZES.match(text, at, end)
        at = counted.end() if counted is not None and text[at - 1] == "”" else at
        if at < end and text[at] in "、，" and at + 1 < end:
            if text[at] == "，" and not (
                text[at + 1] == "“"
                or _LEAD_LEVEL.match(text[at + 1 : end])
                or (text[at + 1].isdigit() and _begins_again(text, at + 1, end))
            ):
                return
            at += 1
        elif at >= end or text[at] != "“":
            return


def _begins_again(text: str, at: int, end: int) -> bool:
    """Whether a further title stands at ``at`` behind its year, not a clause with a verb of its own."""
    is_dated = re.compile(_YEAR_FIRST).match(text, at, end) is not None
    return is_dated and re.compile(_AWARDED_AGAIN).match(text, at, end) is None


_LED = re.compile(
    r"(?:(?:[0-9]{4}年)?(?:度|[一二三四1-4]季度|[0-9]{1,2}月份?|[上下]半年)|首届|第[一二三四五六七八九十0-9]{1,3}[届批期季]|[0-9]+[个家名户][一-龥]{0,4})(?=“)"
)
"""When it was given, before the title: ``入选四季度“江城好人”``."""


def _is_whole_quotation(text: str, at: int, end: int) -> bool:
    """Whether a title is the quotation itself, not a name with a quotation in it (“风景独好”旅游名县)."""
    if text[at : at + 1] != "“":
        return False
    close = _closing(text, at, end)
    return (
        close + 1 >= len(text)
        or text[close + 1] in "、，。；“等荣称（的和及！奖牌匾命美桂殊授两三四五六七八九十"
        or text[close + 1].isdigit()
    )


def _closing(text: str, at: int, end: int) -> int:
    depth = 0
    for index in range(at, end):
        depth += {"“": 1, "”": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return end


def _split(start: int, end: int, text: str, outer: str) -> Iterator[tuple[int, int, str]]:
    at = start
    while at < end:
        stop = text.find("、", at, end)
        stop = end if stop < 0 else stop
        yield at, stop, outer
        at = stop + 1


def _plain_end(text: str, at: int, end: int) -> int:
    """The end of an unquoted title: the next list sign outside quotation marks."""
    depth = 0
    for sign in _LIST_SIGN.finditer(text, at, end):
        depth += _DEPTH[sign[0]]
        if depth <= 0 and not _DEPTH[sign[0]] and sign.start() > at:
            return sign.start()
    return end


_DEPTH = {"“": 1, "”": -1, "（": 1, "）": -1, "、": 0, "，": 0, "：": 0}
_LIST_SIGN = re.compile("[“”（）、，：]")


_VERB_HEADS = words("建设 实施 创建 打造 推动 推进 完成 启动 新增 开展 试点 广西 加快")

_GRADE = re.compile("[特一二三]级")
_GRADES = words("优秀 优秀等次 优秀等级 优秀档次 优秀单位 十佳 百佳 优秀格次 先进 一等 一等次 第一等次 良好等次 好等次")
"""Marks of an assessment, which are titles when they are given: ``被评为优秀``."""
_SURE_HEAD = re.compile(
    r"(?:先进|优秀|模范|文明|十佳|百佳|最美|示范|标杆|特色|红旗|平安|卫生|生态|明星|星级)"
    r"(?:单位|集体|个人|乡镇|[村镇乡]|村镇|社区|街道|党组织|党支部|基层党组织|组织|工作者|党员|共产党员|学校|家庭|校园|企业|"
    r"干部|教师|班主任|辅导员|志愿者|团队|站所|窗口|岗|员工|网格员|支部|党委|工作站|示范点|调解员|调委会|团支部|团干部|组织单位)$"
)
"""What is surely a title even behind a bare 获: ``获平安建设先进乡镇``."""


def _is_headed(said: str) -> bool:
    return said.endswith(_HEADS) or _HEAD.search(said) is not None


def _title(text: str, start: int, end: int, outer: str, is_strong: bool, is_won: bool) -> Honour | None:
    opening = OPENING.match(text[start:end])
    if opening is not None:
        start += opening.end()
        if text[start : start + 1] == "“":
            start += 1
            end = min(end, _closing(text, start - 1, end))
    said = text[start:end]
    clip = _CLIP.search(said)
    while clip is not None and clip.start() == 0:
        return None
    quoted = text[start - 1 : start] == "“"
    if clip is not None:
        said = said[: clip.start()]
        if clip[0] in ("荣誉", "称号", "荣誉称号"):
            if not quoted and not (is_strong and clip[0] != "荣誉") and not _is_headed(said.rstrip("”")):
                return None
            is_strong = True
    elif text.startswith(("称号", "荣誉称号"), start + len(said)):
        is_strong = True
    said = said.rstrip("”和及与，、的 ")
    if said.endswith("第"):
        return None
    if said.count("“") > said.count("”"):
        said += "”" if text[start + len(said) : start + len(said) + 1] == "”" else ""
    if said[-2:] == "命名" or said[-2:] == "认定":
        said = said[:-2]
    if said[:2] in _VERB_HEADS or said[:1] in "、，这的":
        return None
    if (is_strong or is_won) and said.lstrip("省市县区州镇乡") in _GRADES:
        return Honour(Span(start, start + len(said)), said, level_of(outer or said), said)
    if not 3 <= len(said) <= 40 or NOT_TITLE.search(said):
        return None
    if said[0] == "第" and "批" not in said and "届" not in said:
        return None
    marked = _MARKED.search(outer + said) is not None
    headed = _is_headed(said)
    enough = (headed and (len(said) >= 4 or _GRADE.match(said) is not None)) or (marked and said[-1] not in "目金")
    is_sure = is_won and _SURE_HEAD.search(said) is not None
    if not ((marked and headed) or (is_strong and enough) or (quoted and headed and len(said) >= 4) or is_sure):
        return None
    if said[-2:] in ("项目", "资金", "中心") and not is_strong:
        return None
    edition = _EDITION.match(said)
    name = said[edition.end() :] if edition else said
    rank = re.search(r"[百十]强|[0-9]+强|[一二三四五]级(?!示)|[一二三]等功", name)
    return Honour(
        Span(start, start + len(said)), name, level_of(outer or "") or level_of(name), rank[0] if rank else None
    )
