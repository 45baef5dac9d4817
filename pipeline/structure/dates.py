"""Dates of a report that are not its period: published, signed, and up to when its figures count (``as_of``)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from pipeline.model import Evidence, Period, Span, Stated
from pipeline.structure import endings, times
from pipeline.structure.labels import value_of
from pipeline.structure.lines import Line

FRONT, TAIL = 4, 6  # lines under the title and at the end that may hold the date of signing
FRONT_OF_PAGE = 8  # lines in which a page's date stands
SHORT = 60  # characters of a line that is a signature or a date
LONGEST_RESIDUE = 160  # characters of a line that says when a page was published

_WEB = re.compile("来源|作者|浏览|点击|阅读|编辑|发布|字号|字体|打印|收藏|次数")
_AT = rf"\s*[:：]?\s*(?={times.YEAR}\s*[年./\-－]\s*{times.MONTH})"
_PUBLISHED = (
    rf"(?:^|[\s　|])(?:发布|发表|更新|录入|上传|添加|发稿|创建|编辑)?(?:时间|日期){_AT}|(?:发布|发表|更新|上传)于?{_AT}"
    rf"|^(?:来源|作者|发布者?|文章来源).{{0,30}}?(?={times.YEAR}[年./\-－])"
)
_PUBLISHING = ("时间", "日期", "发布", "发表", "更新", "上传", "来源", "作者")  # one of these is in each of them
_STAMP = re.compile(
    rf"{times.YEAR}[年./\-－]\s?\d{{1,2}}[月./\-－]\s?\d{{1,2}}日?\s+\d{{1,2}}[:：]\d\d"
)  # with the hour
_FILED = r"(?:19|20)\d\d-\d\d?-\d\d?\s+[\u3400-\u9fff]{2,4}$"  # 2021-06-18 总结: with a page's column
_AS_OF = re.compile(
    rf"截[至止]到?(?P<when>(?:(?P<year>{times.YEAR})年|今年|本年)?(?P<month>{times.MONTH})月"
    rf"(?:(?P<day>{times.DAY})日|底|末|初|中旬|份)?|(?P<now>目前|现在|今))"
)
SESSION = re.compile("大会|会议|全会|全委会")


def publishing(text: str) -> re.Match[str] | None:
    """The words before the date on which a page was published.

    >>> publishing("发布时间：2021-08-31")[0], publishing("2021年8月31日")
    ('发布时间：', None)
    """
    return re.search(_PUBLISHED, text) if any(word in text for word in _PUBLISHING) else None


def published(lines: Sequence[Line]) -> Stated | None:
    """The publishing date of a web copy as ISO: 发布时间：2021-08-31, 来源：… 2021/8/31.

    >>> from pipeline.structure.lines import shape
    >>> from pipeline.model import Block
    >>> published([shape(Block(Span(0, 13)), "时间:2021-08-31")]).value
    '2021-08-31'
    """
    for index, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST_RESIDUE or ("20" not in text and "19" not in text and "２０" not in text):
            continue
        said = publishing(text)
        is_filed = index < FRONT_OF_PAGE and text[4:5] == "-" and re.match(_FILED, text)
        label = said or _STAMP.search(text) or is_filed or None
        if label is None and line.block.kind != "residue" and ("。" in text or not _WEB.search(text)):
            continue
        date = times.DATE.search(text.translate(times.NARROW), said.end() if said else 0)
        iso = times.iso(date) if date else None
        if date and iso:
            return Stated(iso, 0.95, (_evidence(line, date.start(), date.start() + len(date[0].rstrip())),))
    return None


def signed(lines: Sequence[Line], body: int) -> Stated | None:
    """The date under the signature (or under the title, in brackets) as ISO; never the publishing date.

    ``body`` is the index of the first line after the title.
    """
    tail = [line for line in endings.ending(lines[body:], TAIL) if len(line.text) <= SHORT]
    front = [line for line in lines[: body + FRONT] if len(line.text) <= SHORT]
    for line in [*reversed(tail), *front]:
        if line.number is not None or line.block.kind == "residue" or publishing(line.text):
            continue
        narrow = line.text.translate(times.NARROW)
        date = times.DATE.search(narrow) or times.DATED_MONTH.search(narrow)
        if date is None or line.text[date.end() :].split("，")[0].strip(" )）　。") or SESSION.search(line.text):
            continue
        iso = times.iso(date)
        if iso is not None:
            return Stated(iso, 0.9, (_evidence(line, date.start(), date.end()),))
    return None


def _evidence(line: Line, start: int, end: int) -> Evidence:
    at = line.block.span.start
    return Evidence(line.text[start:end], "text", Span(at + start, at + end))


def as_of(lines: Sequence[Line], period: Period, dated: Stated | None) -> Stated | None:
    """Up to when the figures count: 截至6月20日, or 截止目前 with a dated signature. Never the period's end."""
    for line in lines:
        found = _AS_OF.search(line.text) if "截" in line.text else None
        if found is None:
            continue
        evidence = _evidence(line, found.start(), found.end())
        if found["now"]:
            if dated is not None:
                return Stated(dated.value, 0.7, (evidence, *dated.evidence))
            continue
        year = times.year_of(found["year"]) if found["year"] else period.year
        if year is None:
            return Stated(found["when"], 0.5, (evidence,))
        if year == (period.year or year):  # 截至2019年底 in a report of 2023 is history
            return Stated(_day(year, found), 0.9, (evidence,))
    return None


def _day(year: int, found: re.Match[str]) -> str:
    """截至6月20日, 6月底 → ISO; a month alone stays a month."""
    month = value_of(found["month"])
    day = value_of(found["day"]) if found["day"] else 0
    if not day and found["when"][-1] in "底末":
        day = calendar.monthrange(year, month)[1]
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"
