"""The times that reports speak of, made comparable: a year is never laid beside half a year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

Length = Literal["year", "half", "quarter", "month", "other"]
_HALVES = {"01-01 06-30": "上半年", "07-01 12-31": "下半年"}
_QUARTERS = {"01-01 03-31": "一", "04-01 06-30": "二", "07-01 09-30": "三", "10-01 12-31": "四"}
_ASKED = re.compile(r"(\d{4})年?(?:[ -]?(上|下|[hH][12]|全)?(?:半年|半|年度|年)?)?")


class Time(NamedTuple):
    """Inclusive ISO dates. Ordered by start, then end. A named tuple as rows are: every fact makes one.

    >>> Time("2022-01-01", "2022-06-30").label, Time("2022-01-01", "2022-12-31").label
    ('2022年上半年', '2022年')
    """

    start: str
    end: str

    @property
    def length(self) -> Length:
        """Whole year, half-year, quarter, month, or something else."""
        return _length(self)

    @property
    def label(self) -> str:
        """As people write it."""
        return _label(self)

    @property
    def year_before(self) -> Time:
        """The equivalent time one year earlier."""
        return Time(_back(self.start), _back(self.end))

    @property
    def before(self) -> Time:
        """The half-year before a half-year, else the year before.

        >>> Time("2022-01-01", "2022-06-30").before.label, Time("2022-01-01", "2022-12-31").before.label
        ('2021年下半年', '2021年')
        """
        if self.length != "half":
            return self.year_before
        year = int(self.start[:4])
        if self.start.endswith("01-01"):
            return Time(f"{year - 1}-07-01", f"{year - 1}-12-31")
        return Time(f"{year}-01-01", f"{year}-06-30")

    @property
    def after(self) -> Time:
        """The time of equal length that follows: the half-year after a half-year, the year after a year.

        >>> Time("2022-07-01", "2022-12-31").after.label, Time("2022-01-01", "2022-12-31").after.label
        ('2023年上半年', '2023年')
        """
        year = int(self.start[:4])
        if self.length == "half":
            first = self.start.endswith("01-01")
            return Time(f"{year}-07-01", f"{year}-12-31") if first else Time(f"{year + 1}-01-01", f"{year + 1}-06-30")
        if self.length == "year":
            return Time(f"{year + 1}-01-01", f"{year + 1}-12-31")
        begin = date.fromisoformat(self.end) + timedelta(days=1)
        days = date.fromisoformat(self.end) - date.fromisoformat(self.start)
        return Time(begin.isoformat(), (begin + days).isoformat())


@lru_cache(maxsize=1024)
def _length(time: Time) -> Length:
    start, end = time
    if start[:4] != end[:4]:
        return "other"
    days = f"{start[5:]} {end[5:]}"
    if days == "01-01 12-31":
        return "year"
    if days in _HALVES:
        return "half"
    if days in _QUARTERS:
        return "quarter"
    return "month" if start[:7] == end[:7] and start.endswith("-01") and end[8:] >= "28" else "other"


@lru_cache(maxsize=1024)
def _label(time: Time) -> str:
    year, days = time.start[:4], f"{time.start[5:]} {time.end[5:]}"
    match time.length:
        case "year":
            return f"{year}年"
        case "half":
            return f"{year}年{_HALVES[days]}"
        case "quarter":
            return f"{year}年{_QUARTERS[days]}季度"
        case "month":
            return f"{year}年{int(time.start[5:7])}月"
        case _:
            return f"{time.start} 至 {time.end}"


@lru_cache(maxsize=1024)
def _back(day: str) -> str:
    year, rest = int(day[:4]) - 1, day[4:]
    try:
        date.fromisoformat(f"{year:04d}{rest}")
    except ValueError:  # 29 February
        rest = "-02-28"
    return f"{year:04d}{rest}"


def asked(words: str) -> Time | None:
    """The time that a user names, or None when the words are no time.

    >>> asked("2022上半年"), asked("2022H2").label, asked("2022").label
    (Time(start='2022-01-01', end='2022-06-30'), '2022年下半年', '2022年')
    >>> asked("去年")
    """
    found = _ASKED.fullmatch(words.strip())
    if not found:
        return None
    year, half = found.group(1), (found.group(2) or "全").upper()
    if half in {"上", "H1"}:
        return Time(f"{year}-01-01", f"{year}-06-30")
    if half in {"下", "H2"}:
        return Time(f"{year}-07-01", f"{year}-12-31")
    return Time(f"{year}-01-01", f"{year}-12-31")
