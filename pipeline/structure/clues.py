"""What may say which time a report covers: title, headings that look back, names of files, first words, sessions.

Each finder gives clues, the best first; ``period`` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Evidence, Span, Stated
from pipeline.structure import dates, times
from pipeline.structure.labels import value_of
from pipeline.structure.lines import Line
from pipeline.structure.paths import parts
from pipeline.structure.times import Found
from pipeline.structure.title import Front

PLANNED_FROM = 10  # a plan signed in this month or later may be for the coming year
LONGEST_OPENING = 400  # characters of a paragraph in which a report says what it is about
WRITTEN_UNTIL = 4  # a report on a year is written up to this month of the next
FILED_UNTIL = 2  # a summary signed up to this month sums up the year before
SPOKEN = 120  # characters of the first paragraph in which it says of which year it speaks
_FILE_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
_LOOK_BACK = re.compile(
    rf"(?P<year>{times.YEAR})年(?:度)?(?:以来)?(?:我?[镇乡县市区州])?(?:政府|主要|重点|各项|宣传(?:思想)?(?:文化)?)?(?:的)?(?:工作|任务)?(?:的)?(?:主要)?(?:回顾|总结|开展情况|完成情况|落实情况|基本情况|情况|成效)"
)
_PASSED = rf"(?:刚刚|即将)?过去的(?:这?一年|(?P<year>{times.YEAR})年?)"
_OPENER = re.compile(
    rf"^(?:在|回顾)?(?P<all>(?P<year>{times.YEAR})\s*年(?:度|以来)?(?P<half>上半年|下半年)?)(?:[，,、是]|以来|我[镇乡办县市区])"
)
# 现将我镇2019年度意识形态工作情况汇报如下: what the text itself says that it is about.
_TELLS = re.compile(
    rf"(?:现将|现就|下面，?[就将]|[对将就])[^，。,；;]{{0,12}}?(?P<all>(?P<year>{times.YEAR})年度?(?P<half>上半年|下半年)?)(?!以来)"
    r"[^，。,；;]{0,30}?(?:(?:报告|汇报|总结|述职|公布|小结)(?:如下|于后)|作(?:如下|以下)?.{0,4}(?:报告|汇报|总结))"
)
# …分管农业。2019年，主要做了以下工作: what one did comes after who one is.
_DID = re.compile(
    rf"。(?P<all>(?P<year>{times.YEAR})年(?P<half>上半年|下半年)?)[，,](?:我|本人)?(?:主要|重点)(?:做|抓|开展|完成)了?"
    "(?:以下|如下|[一二三四五六七八九十几])"
)
_HALF_OPENER = re.compile(
    r"(?:^|[。，,])\s*(?:今年|本年度?)?(?P<half>上半年|下半年)(?=[，,来以我镇乡全]|工作)|(?P<since>半年来|半年以来)"
)


@dataclass(frozen=True, slots=True)
class Clue:
    """An expression with its evidence and how much it is worth."""

    found: Found
    evidence: Evidence
    score: float
    inferred: bool = False


_MASKED_YEAR = "(?:20?|２０?)?[xX×ｘＸ＊*某○]{2,4}年|20[0-9][xX×ｘＸ*]年"


def is_masked(lines: Sequence[Line], first_body: int) -> bool:
    """Do the first paragraphs hide the year (20xx年)? Then a year in the path is that of the copy."""
    return any(re.search(_MASKED_YEAR, line.text[:SPOKEN]) for line in lines[first_body : first_body + 3])


_LINE = "[（(\\[【]?(.{4,14}?)[）)\\]】]?$"


def on_line(lines: Sequence[Line], front: Front) -> list[Clue]:
    """（2007年） or 2022年上半年 on a line of its own under the title; （2020年11月） is the date of writing."""
    for line in lines[front.body : front.body + 2] if front.title else ():
        inner = re.match(_LINE, line.text)
        for found in times.expressions(line.text)[:1] if inner else ():
            is_day = found.months is not None and found.months[0] == found.months[1]
            if inner and found.words.rstrip("度") == inner[1].strip().rstrip("度") and found.year and not is_day:
                return [_clue(found, line, 0.9)]
    return []


def is_filing_year(clue: Clue, kind: str, dated: Stated | None) -> bool:
    """The year of a folder, or a bare one in a file's name, that the signature contradicts: it is when one filed.

    A summary is signed in its year or in the first months of the next, a plan in its year or at the end of the last.
    """
    is_bare = clue.evidence.where == "folder" or "年" not in clue.found.words
    if dated is None or not is_bare or clue.found.year is None:
        return False
    later, month = int(dated.value[:4]) - clue.found.year, int(dated.value[5:7])
    if kind == "plan":
        return not (later == 0 or (later == -1 and month >= PLANNED_FROM))
    filed = (
        later == 0 and month <= FILED_UNTIL and not clue.found.months and kind in ("summary", "summary_plan", "report")
    )
    return filed or not (later == 0 or (later == 1 and month <= WRITTEN_UNTIL))


# A year with these words around it is history or a target, not what the text reports on.
_NOT_NOW = re.compile("[自从到至于在截止]$|以来.{0,6}$|[—-]$")
_NOT_THEN = re.compile(
    "[底末初前起]|以来(?=[^，,])|以前|之前|被|获|成立|建成|撤|摘|荣|设[立为]|由|合并|[—\\-至到]|[0-9]|规划|以来，?(?=历)"
)


def spoken_year(lines: Sequence[Line], first_body: int) -> list[Clue]:
    """The only year that the first paragraph speaks of: 青禾镇党建办2013年坚持…"""
    for line in lines[first_body : first_body + 4]:
        if (
            line.form == "heading"
            or len(line.text) < 12
            or line.block.kind != "text"
            or dates.publishing(line.text[:60])
        ):
            continue
        text = _QUOTED.sub(lambda quoted: "　" * len(quoted[0]), line.text[:SPOKEN])
        found = [each for each in times.expressions(text) if each.year and not each.last_year]
        years = {each.year for each in found}
        if len(years) == 1:
            each = found[0]
            is_day = each.months is not None and each.months[0] == each.months[1]
            if not is_day and not _NOT_NOW.search(text[: each.start]) and not _NOT_THEN.match(text, each.end):
                return [_clue(each, line, 0.6)]
        return []
    return []


def is_since(clue: Clue, dated: Stated | None) -> bool:
    """2018年以来, and no signature of that year: from then until now, which may be years."""
    year = clue.found.year
    return "以来" in clue.found.words and year is not None and (dated is None or int(dated.value[:4]) != year)


_COUNTS_TO = rf"截[至止]到?(?P<all>(?P<year>{times.YEAR})年)(?:1[0-2]|十[一二]?)月"


def late_year(lines: Sequence[Line], first_body: int) -> list[Clue]:
    """截至2021年11月底，…: figures of nearly a whole year in the first words are that year's."""
    for line in lines[first_body : first_body + 2]:
        found = re.match(_COUNTS_TO, line.text) if line.text[0] == "截" else None
        year = times.year_of(found["year"]) if found else None
        if found and year:
            return [_clue(Found(year, None, None, found["all"], found.start("all")), line, 0.5, inferred=True)]
    return []


_ANNOUNCES = re.compile("(?:定于|拟于|决定在|计划于|将于|定在)(?=[12二])")


def of_notice(lines: Sequence[Line], first_body: int) -> list[Clue]:
    """定于2020年5月开展…: the time that a notice announces, when it is longer than a day."""
    for line in lines[first_body : first_body + 4]:
        told = _ANNOUNCES.search(line.text, 0, LONGEST_OPENING)
        for found in times.expressions(line.text[:LONGEST_OPENING]) if told else ():
            if told and found.start == told.end() and found.year:
                return [_clue(found, line, 0.7)]
    return []


_QUOTED = re.compile("《[^》]*》|“[^”]*”")
_ORDER = re.compile("(?:根据|按照|依据|对照|遵照).{0,40}?《(?P<name>[^》]{4,60})》")


def of_order(lines: Sequence[Line], first_body: int, dated: Stated | None) -> list[Clue]:
    """根据…《关于开展2020年度检查的通知》: the year of the order, when the signature is of that year too."""
    if dated is None:
        return []
    signed, month = int(dated.value[:4]), int(dated.value[5:7])
    for line in lines[first_body : first_body + 4]:
        order = _ORDER.search(line.text[:400])
        for found in times.expressions(order["name"])[:1] if order else ():
            if (
                found.year
                and not found.last_year
                and (signed == found.year or (signed == found.year + 1 and month <= 3))
            ):
                at = replace(found, start=order.start("name") + found.start) if order else found
                return [_clue(at, line, 0.6)]
    return []


_HALF_YEAR = re.compile("(?<![上下])半年(?:度|来)?(?:工作|宣传|总结|小结|汇报|情况)|[^上下]半年(?:总结|小结)")


def of_half_year(front: Front, dated: Stated | None) -> list[Clue]:
    """半年小结 with a date: which half it was."""
    found = _HALF_YEAR.search(front.title.value) if front.title else None
    if found is None or dated is None:
        return []
    year, month = int(dated.value[:4]), int(dated.value[5:7])
    months = (1, 6) if 5 <= month <= 10 else (7, 12)
    half = Found(year if month > 3 else year - 1, months, None, found[0], found.start())
    return [Clue(half, front.evidence(half.start, half.end), 0.75)]


_FIVE_YEARS = re.compile('十([一二三四五])五(?=[”"]?(?:期间|以来|时期)?[^规划]{0,8}(?:总结|工作|回顾|报告))')


_MEETING = re.compile(
    "(?<!度)全?[镇乡县市区](?!.*(?:总结|分析)).{0,20}会议?上"
)  # 在2025年全镇工作会议上的讲话: when one met


def of_title(front: Front) -> list[Clue]:
    """The first period that the title names."""
    if front.title is None:
        return []
    score = 0.95 if front.span is not None else 0.85
    plan = _FIVE_YEARS.search(front.title.value)
    if plan and not times.expressions(front.title.value):
        first = 2006 + 5 * ("一二三四五".index(plan[1]))
        found = Found(first, None, first + 4, plan[0], plan.start())
        return [Clue(found, front.evidence(found.start, found.end), 0.8, inferred=True)]
    value = front.title.value
    named = [found for found in times.expressions(value) if found.months or not _MEETING.match(value, found.end)]
    named = [_with_half(value, named, place) for place in range(min(1, len(named)))] or _bare_year(value)
    return [Clue(found, front.evidence(found.start, found.end), score) for found in named]


_BARE_YEAR = r"(?:^|[（(])((?:19|20)\d\d)(?=[)）]|[\u3400-\u9fff])(?!年)"


def _bare_year(title: str) -> list[Found]:
    """2019青禾镇工作总结, 工作总结（2019）."""
    found = re.search(_BARE_YEAR, title)
    year = times.year_of(found[1]) if found else None
    return [Found(year, None, None, found[1], found.start(1))] if found and year else []


# 2018年乡镇宣传工作上半年总结, 2022年半年度总结: year and half apart.
_APART = re.compile("[^和及与暨并、,，总计]{1,16}")
_HALF_OF_YEAR = "[^和及与暨并、,，总计下上]{0,12}?(?<![上下])半年(?:度|工作|总结|小结|汇报)"


def _with_half(title: str, named: Sequence[Found], place: int) -> Found:
    """The year with the half that the title names after its subject."""
    found = named[place]
    if found.year is None or found.months or found.last_year or found.unknown:
        return found
    following = named[place + 1] if place + 1 < len(named) else None
    is_half = following is not None and following.year is None and following.months and not following.unknown
    if following is not None and is_half and _APART.fullmatch(title[found.end : following.start]):
        return replace(found, months=following.months, words=title[found.start : following.end])
    half = re.compile(_HALF_OF_YEAR).match(title, found.end)
    return replace(found, months=(1, 6), words=title[found.start : half.end()]) if half else found


def looking_back(lines: Sequence[Line], first_body: int, is_government: bool) -> list[Clue]:
    """A heading 2023年工作回顾, or in a government report the sentence that looks back."""
    clues = []
    for line in lines[first_body : first_body + (60 if is_government else 12)]:
        if line.form == "heading" or line.form == "run_in" or line.block.span.start < 400 or len(line.text) > 2000:
            limit = 80 if line.form == "heading" else 400
            found = _LOOK_BACK.search(line.text, 0, limit)
            if found and (line.form == "heading" or is_government):
                year = times.year_of(found["year"])
                if year:
                    months = next((e.months for e in times.expressions(found[0]) if e.year == year), None)
                    clues.append(_clue(Found(year, months, None, found[0], found.start()), line, 0.9))
                    break
    if not clues and is_government:
        for line in lines[first_body : first_body + 6]:
            found = re.search(
                rf"(?P<year>{times.YEAR})年[，,]?(?:是|高质量|我们|全市|全县|全区|全州|全镇)", line.text[:160]
            )
            year = times.year_of(found["year"]) if found else None
            if found and year:
                clues.append(_clue(Found(year, None, None, found["year"] + "年", found.start()), line, 0.8))
                break
    return clues


def _clue(found: Found, line: Line, score: float, inferred: bool = False) -> Clue:
    start = line.block.span.start + found.start
    return Clue(found, Evidence(found.words, "text", Span(start, start + len(found.words))), score, inferred)


def of_names(path: str) -> list[Clue]:
    """Periods in the file name and in its folders, the nearest folder first."""
    clues = []
    for depth, name in enumerate(parts(path)):
        found = [item for item in times.expressions(name) if not item.unknown and (depth == 0 or not item.last_year)]
        if not found:
            bare = _FILE_YEAR.findall(name)
            year = times.year_of(bare[0]) if len(set(bare)) == 1 else None
            found = [Found(year, None, None, name, 0)] if year else []
        if found:
            clues.append(Clue(found[0], Evidence(name, "file" if depth == 0 else "folder"), 0.75 if depth else 0.85))
    return clues


_FILE_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")


def file_date(path: str) -> Stated | None:
    """The day in a file name (总结20230705.doc): when it was written, so weaker than a signature."""
    name = parts(path)[0]
    found = _FILE_DATE.search(name)
    if found is None or times.year_of(found[1]) is None:
        return None
    return Stated("-".join(found.groups()), 0.5, (Evidence(name, "file"),))


def of_opening(lines: Sequence[Line], first_body: int, dated: Stated | None) -> list[Clue]:
    """The first words of the text: 2023年上半年，… / 上半年，我镇…"""
    clues: list[Clue] = []
    seen = 0
    for line in lines[max(first_body, 0) : first_body + 8]:
        if line.form == "heading":
            if seen == 0:
                for found in times.expressions(line.text)[:1]:
                    if not found.unknown and re.search("工作|情况|回顾|总结", line.text):
                        clues.append(_clue(found, line, 0.7))
                        return clues
            continue
        if len(line.text) < 16 or line.block.kind == "residue" or dates.publishing(line.text[:60]):
            continue
        seen += 1
        head = line.text[:LONGEST_OPENING]
        opener = _TELLS.search(head) or _OPENER.match(head) or _DID.search(head)
        if opener and times.year_of(opener["year"]):
            months = {"上半年": (1, 6), "下半年": (7, 12)}.get(opener["half"] or "")
            clues.append(
                _clue(Found(times.year_of(opener["year"]), months, None, opener["all"], opener.start("all")), line, 0.8)
            )
        else:
            half = _HALF_OPENER.search(line.text[:120])
            if half:
                words = half["half"] or half["since"]
                months = (7, 12) if words == "下半年" else (1, 6)
                start = half.start("half") if half["half"] else half.start("since")
                is_first = any("上半年" in other.text[:200] for other in lines[: first_body + 8])
                if half["half"] or is_first or (dated is not None and 6 <= int(dated.value[5:7]) <= 9):
                    clues.append(_clue(Found(None, months, None, words, start), line, 0.8))
        if clues or seen == 2:
            break
    return clues


def of_session(lines: Sequence[Line], front: Front) -> list[Clue]:
    """A government report given at a session in January looks back on the year before."""
    for line in lines[: front.body + 3]:
        date = times.DATE.search(line.text[:80])
        year = times.year_of(date["year"]) if date else None
        if date and year and dates.SESSION.search(line.text):
            month = value_of(date["month"].translate(times.NARROW))
            covered = year - 1 if month <= 6 else year
            return [_clue(Found(covered, None, None, date[0], date.start()), line, 0.7, inferred=True)]
    for clue in of_title(front):
        if clue.found.year and not clue.found.months:
            return [replace(clue, found=replace(clue.found, year=clue.found.year - 1), score=0.6, inferred=True)]
    return []
