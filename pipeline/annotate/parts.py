"""What the parts of a report are for, and which year is meant: what a heading says of all that stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Report

_PART_KINDS = (  # the first that matches; a heading without one of these inherits
    # 第一个问题 is a chapter, 补齐短板 and 破解难题 are work.
    (
        "problem",
        re.compile(
            r"^(?!.*(?:补齐|补上|补足|破解|攻克|解决|化解|消除|整改|针对|聚焦)[^，。]{0,4}(?:短板|问题|困难|薄弱|制约))"
            r"(?:第.{1,2}个问题)?+.*(?:问题|不足|困难|差距|短板|短处|薄弱|制约|教训|毛病|欠缺)"
        ),
    ),
    (
        "plan",
        re.compile(
            r"下一?步|下半年|下一?阶段|明年|来年|今后|打算|计划|安排|规划|思路|预期目标|目标任务|主要任务|总体要求|努力方向"
            r"|重点工作$|工作重点$|怎么干|发展方向|合作意向|今年工作|新的一年"
        ),
    ),
    (
        "review",
        re.compile(r"回顾|总结|情况$|成效|成绩|做法|进展|完成|取得|过去|以来|去年|上半年|亮点|特色|概况|资源|现状"),
    ),
)


_TITLE_LIKE = re.compile(r"总结.{0,12}(?:计划|打算|安排|思路|要点)|(?:总结|报告|汇报|综述|小结|简报)(?:[（(].*[)）])?$")


def part_kinds(report: Report) -> list[str]:
    """For each section what its part is for: problem, plan, review, or nothing that a heading says."""
    text, year = report.document.text, year_of(report)
    kinds: list[str] = []
    for number, section in enumerate(report.sections):
        said = section.heading.of(text) if section.heading and number else ""
        years = set(year_hints(said, year))
        own = next((name for name, pattern in _PART_KINDS if said and pattern.search(said)), "")
        if _TITLE_LIKE.search(said):
            kinds.append("none")
            continue
        if "next" in years and own != "problem":
            own = "plan"
        elif years & {"own", "before"} and not own:
            own = "review"
        kinds.append(own or (kinds[section.parent] if number else "none"))
    return kinds


_YEAR = re.compile(r"(20\d\d|19\d\d)年?")


def year_of(report: Report) -> int | None:
    """The last year the report covers, else the latest but one that its headings name."""
    if report.period.end:
        return int(report.period.end[:4])
    return report.period.year


def year_hints(text: str, year: int | None) -> Iterator[str]:
    """For the first years that a text names: before, own (the report's) or next; nothing where that is unknown."""
    if year is None:
        return
    for found in _YEAR.findall(text)[:3]:
        away = int(found) - year
        yield "next" if away > 0 else "own" if away == 0 else "before"
