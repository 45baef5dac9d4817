"""Expressions of time in a title, a file name or a first sentence: 2023年上半年, 2019—2021年, 前三季度, 20xx年."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from pipeline.model import Period
from pipeline.structure.labels import value_of

EARLIEST, LATEST = 1978, 2049  # years that a report of the genre can be about
NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN_DIGITS = str.maketrans("〇○零ＯOo一二三四五六七八九", "000000123456789")

YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零ＯOo0九][〇○零ＯOo0一二三四五六七八九]{2})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = "(?:[0-3]?[0-9]|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_SHORT = r"(?<![\d.])[0-4]\d(?=年(?:上半年|下半年|度|[一二三四1-4]季度|.{0,8}(?:总结|小结|计划|报告|汇报)))"
_DASH = r"\s*(?:[-—–－~～至到]|——)\s*"
_PART = (
    rf"(?P<half>上半年|下半年|[12]H|H[12])|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[一二三两])个?季度"
    rf"|(?P<from>{MONTH})月?份?{_DASH}(?P<to>{MONTH})月份?|(?P<month>{MONTH})月份?(?!\s*\d{{1,2}}\s*日)"
)
_EXPRESSION = re.compile(
    rf"(?P<since>{YEAR})\s*年\s*(?P<month1>{MONTH})月份?{_DASH}(?P<until>{YEAR})\s*年\s*(?P<month2>{MONTH})月(?!\s*\d{{1,2}}\s*日)"
    rf"|(?P<first>{YEAR})\s*年?度?{_DASH}(?P<last>{YEAR})\s*年?度?"
    rf"|(?P<year>{YEAR}|{_SHORT})\s*(?:年度?|(?=上半年|下半年))[的]?\s*[（(]?(?:{_PART})?"
    rf"|(?P<unknown>20?[xX×ｘ＊*]{{2}}|[xX×ｘ＊*]{{2,4}})\s*年度?(?:{_PART.replace('?P<', '?P<u')})?"
    rf"|(?P<alone>上半年|下半年|第?[一二三四]季度|前[一二三两]个?季度"
    rf"|(?<![年\d.、十]){MONTH}{_DASH}{MONTH}月份?(?=[^\d日]{{0,12}}(?:总结|小结|汇报|情况|工作))|(?<![年\d.、十至到—-]){MONTH}月份)"
)
DATE = re.compile(rf"(?P<year>{YEAR})\s*[年./\-－]\s*(?P<month>{MONTH})\s*[月./\-－]\s*(?P<day>{DAY})\s*日?")
DATED_MONTH = re.compile(rf"(?P<year>{YEAR})\s*[年./\-－]\s*(?P<month>{MONTH})\s*月?(?P<day>)(?=[)）]?$)")


@dataclass(frozen=True, slots=True)
class Found:
    """One expression of time: year (None: not said), months from–to, the words, where; ``unknown`` for 20xx年."""

    year: int | None
    months: tuple[int, int] | None
    last_year: int | None
    words: str
    start: int
    unknown: bool = False

    @property
    def end(self) -> int:
        """Where the words end in the text they were found in."""
        return self.start + len(self.words)


def year_of(text: str) -> int | None:
    """A year as a number: 2023, 二〇二三, or two digits as in 14年.

    >>> year_of("二〇二三"), year_of("14"), year_of("1066")
    (2023, 2014, None)
    """
    digits = text.translate(NARROW).translate(_HAN_DIGITS)
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
    narrow = text.translate(NARROW)
    result = []
    for match in _EXPRESSION.finditer(narrow):
        found = _expression(match, text)
        if found is not None:
            result.append(found)
    return result


def _expression(match: re.Match[str], text: str) -> Found | None:
    words = text[match.start() : match.end()].strip()
    if match["since"]:
        first, last = year_of(match["since"]), year_of(match["until"])
        months = value_of(match["month1"]), value_of(match["month2"])
        if first is None or last is None or last <= first:
            return None
        return Found(first, months, last, words, match.start())
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
    if "月" in words:
        ends = [value_of(each) for each in re.findall(MONTH, words)]
        return (ends[0], ends[-1]) if ends[0] <= ends[-1] <= 12 else None
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
    if last_year is not None and months is not None:  # 2018年10月—2019年9月
        begins, ends = months
        end_day = f"{last_year}-{ends:02d}-{calendar.monthrange(last_year, ends)[1]:02d}"
        return Period(f"{year}年{begins}月—{last_year}年{ends}月", f"{year}-{begins:02d}-01", end_day)
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


def iso(date: re.Match[str]) -> str | None:
    """A match of ``DATE`` or ``DATED_MONTH`` as ISO; None when there is no such day.

    >>> iso(DATE.search("二〇一五年六月廿八日")), iso(DATE.search("2021-02-30"))
    ('2015-06-28', None)
    """
    year, month = year_of(date["year"]), value_of(date["month"])
    day = value_of(date["day"].replace("廿", "二十")) if date["day"] else 0
    if year is None or not 1 <= month <= 12 or not 0 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"
