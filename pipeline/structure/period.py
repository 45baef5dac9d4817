"""The time a report covers, when it was published, and up to when it counts (CONVENTIONS 6).

Evidence in this order: the title, a heading that looks back, the file name, the first words of the text, the
folder. Year and half may come from different places (上半年 in the title, 2023年 in the folder); a dated signature
gives the year of 今年. A web page's publishing date gives nothing: it is ``published``. An unknown year stays unknown.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipeline.model import Evidence, Period, Span, Stated
from pipeline.structure.headings import Line
from pipeline.structure.labels import value_of

EARLIEST, LATEST = 1978, 2049  # years that a report of the genre can be about
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN_DIGITS = str.maketrans("〇○零ＯO一二三四五六七八九", "00000123456789")

_YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零ＯO九][〇○零ＯO一二三四五六七八九]{2})"
_SHORT = r"(?<![\d.])[0-4]\d(?=年(?:上半年|下半年|度|[一二三四1-4]季度|.{0,8}(?:总结|小结|计划|报告|汇报)))"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DASH = r"\s*(?:[-—–－~～至到]|——)\s*"
_PART = (
    rf"(?P<half>上半年|下半年|[12]H|H[12])|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[一二三两])个?季度"
    rf"|(?P<from>{_MONTH})月?份?{_DASH}(?P<to>{_MONTH})月份?|(?P<month>{_MONTH})月份?(?!\s*\d{{1,2}}\s*日)"
)
_EXPRESSION = re.compile(
    rf"(?P<first>{_YEAR})\s*年?度?{_DASH}(?P<last>{_YEAR})\s*年?度?"
    rf"|(?P<year>{_YEAR}|{_SHORT})\s*(?:年度?|(?=上半年|下半年))[的]?\s*(?:{_PART})?"
    rf"|(?P<unknown>20?[xX×ｘ＊*]{{2}}|[xX×ｘ＊*]{{2,4}})\s*年度?(?:{_PART.replace('?P<', '?P<u')})?"
    rf"|(?P<alone>上半年|下半年|第?[一二三四]季度|前[一二三两]个?季度)"
)
_FILE_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
_LOOK_BACK = re.compile(
    rf"(?P<year>{_YEAR})年(?:度)?(?:以来)?(?:我?[镇乡县市区州])?(?:政府|主要|重点|各项|宣传(?:思想)?(?:文化)?)?(?:的)?(?:工作|任务)?(?:的)?(?:主要)?(?:回顾|总结|开展情况|完成情况|落实情况|基本情况|情况|成效)"
)
_PASSED = re.compile(rf"(?:刚刚|即将)?过去的(?:这?一年|(?P<year>{_YEAR})年?)")
_OPENER = re.compile(
    rf"^(?:在|回顾)?(?P<all>(?P<year>{_YEAR})\s*年(?:度|以来)?(?P<half>上半年|下半年)?)(?:[，,、是]|以来|我[镇乡办县市区])"
)
_HALF_OPENER = re.compile(
    r"(?:^|[。，,])\s*(?:今年|本年度?)?(?P<half>上半年|下半年)(?=[，,来以我镇乡全]|工作)|(?P<since>半年来|半年以来)"
)
_SINCE = re.compile(r"[今本]年以来|[今本]年(?=[，,是])|一年来|(?:过去的?|这)一年|全年(?=[，,])|今年")
_FULL_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*[年./\-－]\s*(?P<month>{_MONTH})\s*[月./\-－]\s*(?P<day>[0-3]?\d|[一二三]?十?[一二三四五六七八九十]|廿[一二三四五六七八九]?)\s*日?"
)
_WEB = re.compile("来源|作者|浏览|点击|阅读|编辑|发布|字号|字体|打印|收藏|次数")
_PUBLISHED = re.compile(
    rf"(?:发布|发表|更新|录入|上传|添加|发稿|创建|编辑)?(?:时间|日期|于)\s*[:：]?\s*(?={_YEAR}\s*[年./\-－]\s*{_MONTH})|^(?:来源|作者|发布者?|文章来源).{{0,30}}?(?={_YEAR}[年./\-－])"
)
_AS_OF = re.compile(
    rf"截[至止]到?(?P<when>(?:(?P<year>{_YEAR})年|今年|本年)?(?P<month>{_MONTH})月(?:(?P<day>[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日|底|末|初|中旬|份)?|(?P<now>目前|现在|今))"
)
_SESSION = re.compile(r"(?:大会|会议|全会|全委会|经济工作会|总结会)")


@dataclass(frozen=True, slots=True)
class Found:
    """One expression of time: year (None: not said), months from–to, the words, where; ``unknown`` for 20xx年."""

    year: int | None
    months: tuple[int, int] | None
    last_year: int | None
    words: str
    start: int
    unknown: bool = False


def year_of(text: str) -> int | None:
    """A year as a number: 2023, 二〇二三, or two digits as in 14年.

    >>> year_of("二〇二三"), year_of("14"), year_of("1066")
    (2023, 2014, None)
    """
    digits = text.translate(_NARROW).translate(_HAN_DIGITS)
    if not digits.isdigit():
        return None
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    return year if EARLIEST <= year <= LATEST else None


def expressions(text: str) -> list[Found]:
    """Every period named in a short text, in order; dates of a day are none.

    >>> [(found.year, found.months) for found in expressions("2023年上半年总结和2024年1-6月计划")]
    [(2023, (1, 6)), (2024, (1, 6))]
    >>> expressions("20xx年一季度")[0].unknown
    True
    """
    narrow = text.translate(_NARROW)
    result = []
    for match in _EXPRESSION.finditer(narrow):
        found = _expression(match, text)
        if found is not None:
            result.append(found)
    return result


def _expression(match: re.Match[str], text: str) -> Found | None:
    words = text[match.start() : match.end()].strip()
    if match["first"]:
        first, last = year_of(match["first"]), year_of(match["last"])
        if first is None or last is None or last <= first:
            return None
        return Found(first, None, last, words, match.start())
    if match["alone"]:
        return Found(None, _months_of(match["alone"]), None, words, match.start())
    if match["unknown"]:
        parts = {name[1:]: value for name, value in match.groupdict().items() if name.startswith("u") and value}
        return Found(None, _months(parts), None, words, match.start(), unknown=True)
    year = year_of(match["year"])
    if year is None or re.match(r"\s*\d{1,2}\s*月\s*\d{1,2}\s*日", text[match.end() :]):
        return None
    return Found(
        year, _months({name: value for name, value in match.groupdict().items() if value}), None, words, match.start()
    )


def _months_of(words: str) -> tuple[int, int] | None:
    if "半年" in words:
        return (1, 6) if "上" in words else (7, 12)
    number = value_of(re.sub(r"[第前个季度]", "", words))
    if words.startswith("前"):
        return (1, 3 * number)
    return (3 * number - 2, 3 * number)


def _months(parts: dict[str, str]) -> tuple[int, int] | None:
    """The first and last month that the words of ``_PART`` name."""
    if "half" in parts:
        return (1, 6) if parts["half"] in ("上半年", "1H", "H1") else (7, 12)
    if "quarter" in parts:
        number = value_of(parts["quarter"])
        return (3 * number - 2, 3 * number)
    if "quarters" in parts:
        return (1, 3 * value_of(parts["quarters"]))
    if "from" in parts:
        first, last = value_of(parts["from"]), value_of(parts["to"])
        return (first, last) if first < last <= 12 else None
    if "month" in parts:
        month = value_of(parts["month"])
        return (month, month) if 1 <= month <= 12 else None
    return None


def build(year: int | None, months: tuple[int, int] | None, last_year: int | None = None) -> Period:
    """A period with label, inclusive ISO dates and half.

    >>> build(2023, (1, 6)).label, build(2023, (1, 6)).end, build(None, (1, 6)).label, build(2019, None, 2021).label
    ('2023年上半年', '2023-06-30', '上半年', '2019—2021年')
    """
    if last_year is not None:
        return Period(f"{year}—{last_year}年", f"{year}-01-01", f"{last_year}-12-31")
    half = {(1, 6): 1, (7, 12): 2}.get(months) if months else None
    part = _part_label(months)
    label = f"{year}年{part}" if year else part or None
    start = end = None
    if year:
        first, last = months or (1, 12)
        start = f"{year}-{first:02d}-01"
        end = f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"
    return Period(label, start, end, year, half)


def _part_label(months: tuple[int, int] | None) -> str:
    if months is None or months == (1, 12):
        return ""
    first, last = months
    if (first, last) in ((1, 6), (7, 12)):
        return "上半年" if first == 1 else "下半年"
    if last - first == 2 and last % 3 == 0:
        return f"{'一二三四'[last // 3 - 1]}季度"
    if (first, last) == (1, 9):
        return "前三季度"
    return f"{first}月" if first == last else f"{first}—{last}月"


@dataclass(frozen=True, slots=True)
class Clue:
    """An expression with its evidence and how much it is worth."""

    found: Found
    evidence: Evidence
    score: float
    inferred: bool = False


def find(
    lines: Sequence[Line], title: Stated | None, kind: str, path: str, published: Stated | None, first_body: int
) -> Period:
    """The period of one report. ``lines`` are its paragraphs, ``first_body`` the first after the title."""
    is_government = kind == "report" and (title is None or "政府工作报告" in title.value)
    dated = signed(lines, first_body, published)
    clues = [] if is_government else _title_clues(title) or _half_year(title, dated)
    if not clues:
        clues += _look_back(lines, first_body, is_government)
    names = _name_clues(path)
    clues += [clue for clue in names if clue.evidence.where == "file"]
    if kind not in ("profile", "notice"):
        clues += _opening_clues(lines, first_body)
    clues += [clue for clue in names if clue.evidence.where == "folder"]
    if is_government:
        clues += _session_clue(lines, title, first_body)
    return _merge(clues, dated, lines, kind)


_HALF_YEAR = re.compile("(?<![上下])半年(?:度|来)?(?:工作|宣传|总结|小结|汇报|情况)|[^上下]半年(?:总结|小结)")


def _half_year(title: Stated | None, dated: Stated | None) -> list[Clue]:
    """半年小结 with a date: which half it was."""
    if title is None or dated is None or not _HALF_YEAR.search(title.value):
        return []
    year, month = int(dated.value[:4]), int(dated.value[5:7])
    months = (1, 6) if 5 <= month <= 10 else (7, 12)
    words = Evidence("半年", title.evidence[0].where if title.evidence else "text")
    return [Clue(Found(year if month > 3 else year - 1, months, None, "半年", 0), words, 0.75)]


def _title_clues(title: Stated | None) -> list[Clue]:
    if title is None:
        return []
    where = title.evidence[0].where if title.evidence else "text"
    base = title.evidence[0].span.start if title.evidence and title.evidence[0].span else None
    score = 0.95 if where == "text" else 0.85
    clues = []
    for found in expressions(title.value)[:1]:
        span = Span(base + found.start, base + found.start + len(found.words)) if base is not None else None
        words = found.words if span else title.value
        clues.append(Clue(found, Evidence(words, where, span), score))
    return clues


def _look_back(lines: Sequence[Line], first_body: int, is_government: bool) -> list[Clue]:
    """A heading 2023年工作回顾, or in a government report the sentence that looks back."""
    clues = []
    for line in lines[first_body : first_body + (60 if is_government else 12)]:
        if line.form == "heading" or line.form == "run_in" or line.block.span.start < 400 or len(line.text) > 2000:
            limit = 80 if line.form == "heading" else 400
            found = _LOOK_BACK.search(line.text, 0, limit)
            if found and (line.form == "heading" or is_government):
                year = year_of(found["year"])
                if year:
                    months = next((e.months for e in expressions(found[0]) if e.year == year), None)
                    clues.append(_clue(Found(year, months, None, found[0], found.start()), line, 0.9))
                    break
    if not clues and is_government:
        for line in lines[first_body : first_body + 6]:
            found = re.search(rf"(?P<year>{_YEAR})年[，,]?(?:是|高质量|我们|全市|全县|全区|全州|全镇)", line.text[:160])
            year = year_of(found["year"]) if found else None
            if found and year:
                clues.append(_clue(Found(year, None, None, found["year"] + "年", found.start()), line, 0.8))
                break
    return clues


def _clue(found: Found, line: Line, score: float, inferred: bool = False) -> Clue:
    start = line.block.span.start + found.start
    return Clue(found, Evidence(found.words, "text", Span(start, start + len(found.words))), score, inferred)


def _name_clues(path: str) -> list[Clue]:
    """Periods in the file name and in its folders, the nearest folder first."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    clues = []
    for depth, part in enumerate(reversed(parts)):
        name = PurePosixPath(part).stem if depth == 0 else part
        where = "file" if depth == 0 else "folder"
        found = [item for item in expressions(name) if not item.unknown]
        if not found:
            bare = _FILE_YEAR.search(name)
            year = year_of(bare["year"]) if bare else None
            found = [Found(year, None, None, name, 0)] if year else []
        for item in found[:1]:
            clues.append(
                Clue(item, Evidence(name, "file" if where == "file" else "folder"), 0.85 if depth == 0 else 0.75)
            )
    return clues


def _opening_clues(lines: Sequence[Line], first_body: int) -> list[Clue]:
    """The first words of the text: 2023年上半年，… / 上半年，我镇…"""
    clues: list[Clue] = []
    seen = 0
    for line in lines[max(first_body, 0) : first_body + 8]:
        if line.form == "heading":
            if seen == 0:
                for found in expressions(line.text)[:1]:
                    if not found.unknown and re.search("工作|情况|回顾|总结", line.text):
                        clues.append(_clue(found, line, 0.7))
                        return clues
            continue
        if len(line.text) < 16 or line.block.kind == "residue" or _PUBLISHED.search(line.text[:60]):
            continue
        seen += 1
        opener = _OPENER.match(line.text)
        if opener and year_of(opener["year"]):
            months = {"上半年": (1, 6), "下半年": (7, 12)}.get(opener["half"] or "")
            clues.append(
                _clue(Found(year_of(opener["year"]), months, None, opener["all"], opener.start("all")), line, 0.8)
            )
        else:
            half = _HALF_OPENER.search(line.text[:120])
            if half:
                words = half["half"] or half["since"]
                months = (7, 12) if words == "下半年" else (1, 6)
                start = half.start("half") if half["half"] else half.start("since")
                if half["half"] or any("上半年" in other.text[:200] for other in lines[: first_body + 8]):
                    clues.append(_clue(Found(None, months, None, words, start), line, 0.8))
        if clues or seen == 2:
            break
    return clues


def _session_clue(lines: Sequence[Line], title: Stated | None, first_body: int) -> list[Clue]:
    """A government report given at a session in January looks back on the year before."""
    for line in lines[: first_body + 3]:
        date = _FULL_DATE.search(line.text[:80])
        year = year_of(date["year"]) if date else None
        if date and year and _SESSION.search(line.text):
            month = value_of(date["month"].translate(_NARROW))
            covered = year - 1 if month <= 6 else year
            return [_clue(Found(covered, None, None, date[0], date.start()), line, 0.7, inferred=True)]
    for clue in _title_clues(title):
        if clue.found.year and not clue.found.months:
            return [replace(clue, found=replace(clue.found, year=clue.found.year - 1), score=0.6, inferred=True)]
    return []


def signed(lines: Sequence[Line], first_body: int, published: Stated | None) -> Stated | None:
    """The date under the signature (or under the title, in brackets) as ISO; never the publishing date."""
    tail = [line for line in lines[max(first_body, len(lines) - 6) :] if len(line.text) <= 60]
    front = [line for line in lines[: first_body + 4] if len(line.text) <= 60]
    for line in [*reversed(tail), *front]:
        if line.number is not None or line.block.kind == "residue" or _PUBLISHED.search(line.text[:60]):
            continue
        date = _FULL_DATE.search(line.text.translate(_NARROW)) or _MONTH_DATE.search(line.text.translate(_NARROW))
        if date is None or line.text[date.end() :].split("，")[0].strip(" )）　。") or _SESSION.search(line.text):
            continue
        iso = _iso(date)
        if iso is not None:
            start = line.block.span.start
            words = line.text[date.start() : date.end()]
            return Stated(iso, 0.9, (Evidence(words, "text", Span(start + date.start(), start + date.end())),))
    return None


_MONTH_DATE = re.compile(rf"(?P<year>{_YEAR})\s*[年./\-－]\s*(?P<month>{_MONTH})\s*月?(?P<day>$)")


def _iso(date: re.Match[str]) -> str | None:
    year, month = year_of(date["year"]), value_of(date["month"])
    day = value_of(date["day"]) if date["day"] else 0
    if year is None or not 1 <= month <= 12 or not 0 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


def _merge(clues: Sequence[Clue], dated: Stated | None, lines: Sequence[Line], kind: str) -> Period:
    """The first clue decides; a year that it lacks comes from the next that agrees, or from the signature."""
    if any(clue.found.unknown for clue in clues[:1]):
        first = clues[0]
        return replace(build(None, first.found.months), score=first.score, evidence=(first.evidence,))
    known = [clue for clue in clues if clue.found.year or clue.found.months]
    if not known:
        return _from_signature(dated, lines, kind)
    first = known[0]
    year, months, inferred = first.found.year, first.found.months, first.inferred
    evidence, score = [first.evidence], first.score
    if year is None:
        for clue in known[1:]:
            if clue.found.year and not clue.found.last_year and clue.found.months in (None, months):
                year, score = clue.found.year, min(score, clue.score)
                evidence.append(clue.evidence)
                break
        else:
            year = _year_by_signature(dated, months, kind)
            if year and dated:
                evidence += dated.evidence
                score = min(score, 0.8)
    period = build(year, months, first.found.last_year)
    return replace(period, inferred=inferred, score=score, evidence=tuple(evidence))


def _year_by_signature(dated: Stated | None, months: tuple[int, int] | None, kind: str) -> int | None:
    """The year of 上半年 in a report signed in July is that July's; of 下半年 signed in January the year before."""
    if dated is None:
        return None
    year, month = int(dated.value[:4]), int(dated.value[5:7])
    if kind == "plan" or months is None:
        return year
    if months[1] <= month:
        return year
    if months[1] - month <= 1:  # written in the period's last days
        return year
    return year - 1 if month <= 3 else None


def _from_signature(dated: Stated | None, lines: Sequence[Line], kind: str) -> Period:
    """今年以来 with a dated signature: the year of the date; signed in January, 一年来 is the year before."""
    if dated is None or kind not in ("summary", "summary_plan", "report", "other"):
        return Period()
    for line in lines:
        since = _SINCE.search(line.text)
        if since is None:
            continue
        year, month = int(dated.value[:4]), int(dated.value[5:7])
        is_past = month <= 3 and not since[0].startswith(("今", "本"))
        start = line.block.span.start
        words = Evidence(since[0], "text", Span(start + since.start(), start + since.end()))
        period = build(year - 1 if is_past else year, None)
        return replace(period, inferred=is_past, score=0.7, evidence=(words, *dated.evidence))
    return Period()


def published(lines: Sequence[Line]) -> Stated | None:
    """The publishing date of a web copy as ISO: 发布时间：2021-08-31, 来源：… 2021/8/31.

    >>> from pipeline.structure.headings import shape
    >>> from pipeline.model import Block
    >>> published([shape(Block(Span(0, 13)), "时间:2021-08-31")]).value
    '2021-08-31'
    """
    for line in lines:
        text = line.text
        if len(text) > 160 or ("20" not in text and "19" not in text and "２０" not in text):
            continue
        label = _PUBLISHED.search(text)
        is_residue = line.block.kind == "residue" or bool(_WEB.search(text))
        if label is None and not is_residue:
            continue
        date = _FULL_DATE.search(text.translate(_NARROW), label.end() if label else 0)
        iso = _iso(date) if date else None
        if date and iso:
            start = line.block.span.start
            words = text[date.start() : date.end()].strip()
            return Stated(
                iso, 0.95, (Evidence(words, "text", Span(start + date.start(), start + date.start() + len(words))),)
            )
    return None


def as_of(lines: Sequence[Line], period: Period, dated: Stated | None) -> Stated | None:
    """Up to when the figures count: 截至6月20日, or 截止目前 with a dated signature. Never the period's end."""
    for line in lines:
        found = _AS_OF.search(line.text) if "截" in line.text else None
        if found is None:
            continue
        start = line.block.span.start
        evidence = Evidence(found[0], "text", Span(start + found.start(), start + found.end()))
        if found["now"]:
            if dated is not None:
                return Stated(dated.value, 0.7, (evidence, *dated.evidence))
            continue
        year = year_of(found["year"]) if found["year"] else period.year
        month = value_of(found["month"])
        day = value_of(found["day"]) if found["day"] else 0
        if year is None:
            return Stated(found["when"], 0.5, (evidence,))
        if not day and found["when"][-1] in "底末份月":
            day = calendar.monthrange(year, month)[1]
        iso = f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"
        return Stated(iso, 0.9, (evidence,))
    return None
