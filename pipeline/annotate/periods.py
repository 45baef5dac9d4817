"""The time that a clause states for its own number: 上半年, 7月份, 近三年 (the report's own is not repeated)."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from pipeline.annotate.numbers import exact
from pipeline.model import Period

_YEAR = r"(?P<year>20[0-9]{2}|19[0-9]{2})年|(?P<word>今年|去年|上年|本年|明年|前年)"
_TIME = re.compile(
    rf"(?:{_YEAR})?(?:(?P<half>[上下]半年)|(?P<quarter>第?[一二三四1-4]季度)|(?P<quarters>前三季度)|(?P<whole>全年)"
    r"|(?P<from>[0-9]{1,2})(?:月份?)?[-－—~至到](?P<to>[0-9]{1,2})月份?|(?<![0-9])(?P<month>[0-9]{1,2})月(?:份|"
    r"当月|)(?![0-9]{1,2}日))"
    rf"|近(?P<last>[两二三四五六七八九十0-9]{{1,2}})年|"
    rf"(?:{_YEAR.replace('year', 'year_alone').replace('word', 'word_alone')})(?![度来以底末初内级])"
)
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_AS_OF = re.compile(r"(?:截至|截止|到|至|于|自|第)$")
_COMPARED = re.compile(r"(?:比|较|同比|超|超过|是|为|与|同|和|跟|由|从|像|相当于|[比较与]本?[镇乡村])$")
_COMPARED_AFTER = re.compile(
    r"同期|相比|的?基础|[底末初]|的?[^，。；、]{0,6}(?:的[0-9一二两三四五六七八九十近约]|相比|基础上|倍)"
)
_ALONE = re.compile(r"份?(?:以来|期间|间|[上中下]旬)?[，,：:（]")
_SO_FAR = ("今年", "本年")


def opening_of(text: str, year: int | None) -> Period | None:
    """The time that a sentence opens with, which governs all of it: ``2023年，…；…``.

    >>> opening_of("2023年，产值4亿元；", 2023) is None, opening_of("产值4亿元；", 2023) is None
    (False, True)
    """
    if "年" not in text[:12] and "月" not in text[:8] and "季" not in text[:8]:
        return None
    match = _TIME.match(text)
    return None if match is None or _ALONE.match(text, match.end()) is None else period_of(match[0], year)


def is_own_time(text: str) -> bool:
    """Whether a clause says that it speaks of the report's own time, so that earlier clauses' no longer hold."""
    return "今年" in text or "目前" in text or "如今" in text or "本年" in text


def period_of(
    text: str, year: int | None, is_prior: bool = False, is_compared: bool = False, is_ahead: bool = False
) -> Period | None:
    """The last period that the words state; dates only where the year is known (its own, or the report's ``year``).

    What is only compared with (``是上半年的2倍``) is none, except for the number that is of it (``is_compared``);
    of earlier clauses (``is_prior``) a month counts only by itself: ``7月份，…``, not ``3月挂牌，…``.
    今年 alone is the report's own time, whatever that is, but the whole year in a plan (``is_ahead``).

    >>> found = period_of("上半年，全镇共投稿", 2023)
    >>> found.label, found.start, found.end, found.inferred
    ('2023年上半年', '2023-01-01', '2023-06-30', True)
    >>> period_of("全镇共投稿", 2023) is None
    True
    """
    if "年" not in text and "月" not in text and "季" not in text:
        return None
    found = None
    for match in _TIME.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if _AS_OF.search(before):
            continue
        if match[0] in _SO_FAR and not is_ahead:
            found = None
            continue
        if not is_compared and (_COMPARED.search(before) or _COMPARED_AFTER.match(text, match.end())):
            continue
        if is_prior and match["month"] and _ALONE.match(text, match.end()) is None:
            continue
        found = match
    if found is None:
        return None
    said = found.groupdict()
    own = said["year"] or said["year_alone"]
    word = said["word"] or said["word_alone"]
    stated = int(own) if own else None
    base = stated if stated is not None else (year + _SHIFT.get(word or "", 0) if year is not None else None)
    return _period(found[0], base, stated is None, *_months(said))


def _months(said: dict[str, str | None]) -> tuple[int, int, int]:
    """(first month, last month, years back) of what was said."""
    if said["half"]:
        return (1, 6, 0) if said["half"][0] == "上" else (7, 12, 0)
    if said["quarter"]:
        number = int(exact(said["quarter"].strip("第季度")))
        return 3 * number - 2, 3 * number, 0
    if said["quarters"]:
        return 1, 9, 0
    if said["from"] and said["to"]:
        return int(said["from"]), int(said["to"]), 0
    if said["month"]:
        return int(said["month"]), int(said["month"]), 0
    if said["last"]:
        return 1, 12, int(exact(said["last"])) - 1
    return 1, 12, 0


@lru_cache(maxsize=512)
def _period(words: str, year: int | None, is_inferred: bool, first: int, last: int, back: int) -> Period | None:
    if not 1 <= first <= last <= 12:
        return None
    half = {(1, 6): 1, (7, 12): 2}.get((first, last))
    if year is None:
        return Period(words, half=half, score=0.5)
    label = (
        words if words[:2].isdigit() or words[0] == "近" else f"{year}年{words[2:] if words[:2] in _SHIFT else words}"
    )
    label = f"{year}年" if words in _SHIFT or words.endswith("全年") else label
    end = f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"
    return Period(
        label, f"{year - back}-{first:02d}-01", end, year, half, inferred=is_inferred, score=0.8 if is_inferred else 1.0
    )
