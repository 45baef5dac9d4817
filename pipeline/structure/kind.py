"""What kind of document a report is: one visible table over its title, then what its first lines do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Evidence, Span, Stated
from pipeline.structure.lines import Line

_BOTH = (
    r"(?:总结|小结|回顾|完成情况|工作情况).{0,16}?(?:及|和|与|暨|以及|、|并).{0,24}?"
    r"(?:计划|打算|安排|思路|要点|设想|谋划|展望|规划)|总结[\s　]*(?:20\d\d年|下半年).{0,12}(?:计划|打算|安排|要点)"
)

# The first that fits wins.
TITLES: tuple[tuple[str, str], ...] = (
    ("notice", r"通知|公告|公示|通告|批复|函$|会议纪要|邀请"),
    ("other", r"讲话|发言|致辞|(?<!工作)快报$|简报$"),
    ("summary_plan", _BOTH),
    ("summary", r"总结|小结|回顾(?!与展望)|综述|述评|回眸|盘点|工作快报$"),
    ("report", r"工作报告|述职|述廉|报告|汇报|(?:运行|形势)分析|情况(?:的)?(?:说明|材料|通报)"),
    ("report", r"自查|自评|(?:工作|开展|落实|完成|进展|推进)情况(?!.*(?:计划|打算|要点|安排))"),
    ("profile", r"概况|简介|介绍|镇情|乡情|街情|概述|概览|^走进|印象$"),
    ("plan", r"计划|打算|要点|思路|设想|方案|安排|规划|谋划|展望"),
    ("report", r"情况$|情况[（(]"),
    ("notice", r"通报"),
    ("other", r"信息|台账|清单|制度|办法|细则|意见|倡议"),
)
_TITLES = tuple((kind, re.compile(pattern)) for kind, pattern in TITLES)
_ENCLOSED = re.compile("(?:印发|转发|下发|报送)[^《]{0,24}《([^》]+)》")
PROFILE_LINES = 24  # lines that are searched for them
PROFILE_WORDS = 3  # different words of description that make a profile of an untitled text
_GOVERNMENT = re.compile(
    r"(?:我|现)?代表(?:国务院|.{2,24}(?:政府|委员会|常委会|主席团)).{0,12}(?:大会|全会|会议|各位代表)?.{0,8}(?:报告|作.{0,8}报告)"
)
_PROFILE = re.compile(r"位于|地处|幅员面积|辖区面积|下辖|总人口|基本情况|自然情况|资源情况|区域概况")
_SUMMARY = re.compile(
    r"[今本]年以来|一年来|半年来|上半年[，,]|全年[，,]|(?<!近)年来[，,]|工作(?:总结|汇报|情况汇报)如下|总结如下|取得了"
)
_PLAN = re.compile(r"工作(?:计划|安排|打算|要点)如下|制定(?:本|如下)|特制[定订]|指导思想[：:]|工作目标[：:]")


def find(title: Stated | None, lines: Sequence[Line], above: Sequence[Line] = ()) -> Stated:
    """The kind with its evidence; ``other`` with score 0 when nothing says so.

    ``above`` are the lines above a collection's first report: 经验材料 there makes papers with free titles reports.

    >>> find(Stated("云溪镇2023年工作总结及2024年工作计划", 1, ()), ()).value
    'summary_plan'
    >>> find(Stated("云溪镇2024年宣传工作要点", 1, ()), ()).value
    'plan'
    """
    if title is not None:
        enclosed = _ENCLOSED.search(title.value)
        if enclosed:  # 关于印发《…工作要点》的通知 is what it encloses
            inner = find(Stated(enclosed[1], title.score, title.evidence), ())
            if inner.value in ("plan", "summary", "summary_plan"):
                return inner
        for kind, pattern in _TITLES:
            found = pattern.search(title.value)
            if found:
                return Stated(kind, 0.95 * max(title.score, 0.5), title.evidence or (Evidence(found[0], "text"),))
    by_content = _by_content(lines)
    for line in () if by_content.score else above:
        told = _EXPERIENCE.search(line.text)
        if told:
            return _stated("report", 0.4, line, told)
    return by_content


_EXPERIENCE = re.compile("经验材料|典型经验")


def _by_content(lines: Sequence[Line]) -> Stated:
    for line in lines[:8]:
        found = _GOVERNMENT.search(line.text, 0, 160)
        if found:
            return _stated("report", 0.9, line, found)
    for line in lines:
        if line.text.startswith("各位代表"):
            return Stated(
                "report", 0.7, (Evidence("各位代表", "text", Span(line.block.span.start, line.block.span.start + 4)),)
            )
    described: dict[str, tuple[Line, re.Match[str]]] = {}
    for line in lines[:PROFILE_LINES]:
        for found in _PROFILE.finditer(line.text, 0, 600):
            described.setdefault(found[0], (line, found))
    if len(described) >= PROFILE_WORDS:
        return _stated("profile", 0.8, *next(iter(described.values())))
    for line in lines[:5]:
        for kind, pattern in (("plan", _PLAN), ("summary", _SUMMARY)):
            found = pattern.search(line.text, 0, 400)
            if found:
                return _stated(kind, 0.6, line, found)
    return Stated("other", 0.0, ())


def _stated(kind: str, score: float, line: Line, found: re.Match[str]) -> Stated:
    start = line.block.span.start
    return Stated(kind, score, (Evidence(found[0], "text", Span(start + found.start(), start + found.end())),))
