"""A past paragraph as a refill card: what was true of its time only is a slot; nothing of it is carried over silently.

Numbers, dates, names of places and people, meetings and slogans become typed slots. A slot is filled only from facts of
the new time; else it stays 待填, with the old value shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.ask.scars import SURNAMES
from pipeline.ask.staleness import find as stale_wording
from pipeline.model import Span, Wording

SlotKind = Literal["number", "date", "place", "person", "meeting", "honour", "name"]
SLOT_NAMES: Mapping[SlotKind, str] = {
    "number": "数", "date": "时间", "place": "地名", "person": "人名", "meeting": "会议提法", "honour": "荣誉", "name": "名称",  # noqa: E501
}  # fmt: skip
TO_FILL = "待填"

_FIXED = re.compile(
    r"12345|12348|12315|(?<!\d)1[12][0-9](?!\d)|[2345]A级?|[45]G|24小时|7×24|两学一做|三会一课|一岗双责|两个维护|两个确立|四个意识|四个自信|三下乡|五老|两癌|一村一品|八项规定|四风|三农|两委|一站式|千万工程"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇零○0-9一二三四五六七八九]{3})年(?:\d{1,2}月(?:\d{1,2}[日号])?|度|上半年|下半年|[一二三四]季度|[初底末])?"
    r"|(?<![\d.])\d{1,2}月(?:\d{1,2}[日号]|份|底|初|[上中下]旬)?|(?<![\d.])\d{1,2}[日号](?!线)|上半年|下半年|第?[一二三四]季度|(?<![一-龥])[一二三四五六七八九十]{1,2}月(?:份|底|初|[上中下]旬)?"
)
_NUMBER = re.compile(
    r"(?:近|约|超|超过|突破|不低于|不少于|至少|达|逾)?(?:\d[\d,，.]*(?:[-—~～至]\d[\d,.]*)?)[余多]?[万亿千百十]*[余多]?(?:%|％|‰|个百分点|人次|场次|平方米|公里|[一-龥])?"
    r"|(?:近|约|超|逾)?[一二三四五六七八九十百千两几数]+[余多]?[万亿][余多]?[一二三四五六七八九]?千?[一二三四五六七八九]?百?(?:人次|场次|元|[个次场篇条期人名户份本支副册亩斤])?"
    r"|(?:近|约|超|逾)?[一二三四五六七八九十百千万亿两几数]+[余多]?[万千百]?[余多]?(?:人次|场次|万元|[个次场篇条期人名户份本支处家亩元件幅届批部套座村所例起间台米吨倍成项只台天年])"
)
_LABEL = re.compile(r"\s*(?:[（(]\d{1,2}[)）]|\d{1,2}(?:[、)）]|[.．](?!\d)))")  # 1. is the list's, not the text's
_IDIOM = re.compile(
    r"一(?:个|批|次|项|条|年|家|名|场|件|些|种|系列|方面|体|定|起|道|线|堂|天|人|户|村|处|成)|两个?维护|十[个]?分"
)
_PERSON = re.compile(
    rf"(?<=[，。、；“（ 由是让请])[{SURNAMES}][一-龥]{{1,2}}(?=同志|老人|老师|被评|入选|荣获|获评|当选|夫妇|家庭|一家|书记|主任|带头|牵头|自掏|义务)"  # noqa: E501
    rf"|(?:(?<=村民|教师|老人|乡贤|支书|镇长|乡长|书记|队长|会长|站长|学生|医生|好人|模范)|(?<=志愿者|宣讲员))[{SURNAMES}][一-龥]{{1,2}}(?=[，。、；“”等在把和一被入自获与的])"
)
_PLACE = re.compile(
    r"(?<![一-龥])[一-龥]{2,3}(?:村|社区|组|屯|寨)(?![民委党级居里上支史集官务情])|(?<=[、，。；在到由“和])[一-龥]{2,3}(?:村|社区)(?![民委党级居里上支史集官务情])"
)
_NO_PLACE = re.compile(
    r"[各全个每本该两行自然农新乡城美示范文明中心老驻包联等所有这那几多镇县区其他深入走进到在入进小支一]"
)
_MEETING = re.compile(
    r"(?:党的)?(?:十[六七八九]|二十)(?:大|届[一二三四五六七]中全会)(?:精神|报告)?|全国(?:两会|宣传(?:思想)?(?:文化)?工作会议)(?:精神)?|“[^“”]{2,16}”(?:主题教育|学习教育|专题教育)"
)
_QUOTED = re.compile(r"“[^“”]{2,12}”")


class OldFact(NamedTuple):
    """A fact of the past paragraph: its place, and what it is comparable with."""

    start: int
    end: int
    text: str
    unit: str
    kind: str
    object: str
    indicator: str | None
    name: str | None
    dimensions: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A value of the new time: as written, and where."""

    text: str
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Slot:
    """``span`` in the past text, what belongs there (``全年集中学习[次]``), the old value, the new one or None."""

    span: Span
    kind: SlotKind
    label: str
    old: str
    new: str | None = None
    source: str = ""
    warning: str = ""


def slots(
    text: str,
    facts: Sequence[OldFact],
    honours: Iterable[Span],
    fresh: Mapping[tuple[str, str, str], Fresh],
    wording: Wording,
    names: Iterable[str],
    when: tuple[str, str] | None,
    foreign: bool = False,
    was: tuple[str, str] | None = None,
) -> tuple[Slot, ...]:
    """The slots of a past paragraph, in order and apart.

    ``fresh`` is (indicator, dimensions, kind) → value of the new time, ``when`` the new time's inclusive dates,
    ``names`` what the old unit and those above it are called, ``foreign`` whether it is another town's text (then
    its own quoted names are slots too). ``was`` are the old report's dates: only a mention of its own half-year
    becomes the new one.
    """
    found: list[Slot] = []
    part = _part_of_year(when)
    fixed = [Span(*each.span()) for each in _FIXED.finditer(text)]
    for fact in facts:
        what = fact.name or fact.object or "数"
        value = fresh.get((fact.indicator or "", fact.dimensions, fact.kind))
        label = f"{part if fact.kind == 'achieved' else ''}{what}[{fact.unit or '数'}]"
        found.append(
            Slot(
                Span(fact.start, fact.end),
                "number",
                label,
                fact.text,
                value.text if value else None,
                value.source if value else "",
            )
        )
    if when:
        for stale in stale_wording(text, when[0], when[1], wording):
            hint = f"; 现在的说法: {stale.rule.instead}" if stale.rule.instead else ""
            found.append(
                Slot(
                    stale.span,
                    "meeting",
                    "会议提法",
                    stale.words,
                    None,
                    "",
                    f"“{stale.words}”不合时宜 ({stale.rule.source}){hint}",
                )
            )
    found += [Slot(span, "honour", "荣誉", span.of(text)) for span in honours]
    found += [_dated(text, Span(*each.span()), _part_of_year(was), part) for each in _DATE.finditer(text)]
    found += [Slot(Span(*each.span()), "meeting", "会议提法", each[0]) for each in _MEETING.finditer(text)]
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        found += (
            [Slot(Span(*each.span()), "place", "地名", name) for each in re.finditer(re.escape(name), text)]
            if foreign
            else []
        )
    found += [Slot(Span(*each.span()), "person", "人名", each[0]) for each in _PERSON.finditer(text)]
    found += [
        Slot(Span(*each.span()), "place", "村(社区)名", each[0])
        for each in _PLACE.finditer(text)
        if not _NO_PLACE.search(each[0][:-1])
    ]
    if foreign:
        found += [Slot(Span(*each.span()), "name", "名称", each[0]) for each in _QUOTED.finditer(text)]
    numbered = _LABEL.match(text)
    start = numbered.end() if numbered else 0
    for each in _NUMBER.finditer(text, start):
        if not _IDIOM.fullmatch(each[0]) and re.search(r"\d|[二三四五六七八九十百千万亿两几数]", each[0]):
            found.append(Slot(_fitted(each, text), "number", "数", _fitted(each, text).of(text)))
    kept = _apart(found, fixed)
    # What a longer slot took the rest of (1-6月): no digit is left.
    rest = [Slot(Span(*each.span()), "number", "数", each[0]) for each in re.compile(r"\d+").finditer(text, start)]
    return _apart([*kept, *rest], fixed)


def _fitted(match: re.Match[str], text: str) -> Span:
    """The number with its unit, without a comma at its end."""
    said = match[0].rstrip(",，.")
    return Span(match.start(), match.start() + len(said))


def _dated(text: str, span: Span, was: str, part: str) -> Slot:
    """A date; the old report's own half-year is the new one's, unless something is compared with it."""
    old = span.of(text)
    own = (
        old == was
        and part in ("上半年", "下半年")
        and not re.search(r"[比较由自从去上][^，。]{0,3}$", text[: span.start])
    )
    return Slot(span, "date", "时间", old, part if own else None, "本稿的时期" if own else "")


def _part_of_year(when: tuple[str, str] | None) -> str:
    if when is None:
        return ""
    return {"01-01 06-30": "上半年", "07-01 12-31": "下半年", "01-01 12-31": "全年"}.get(
        f"{when[0][5:]} {when[1][5:]}", ""
    )


def _apart(found: Sequence[Slot], fixed: list[Span]) -> tuple[Slot, ...]:
    """The first of those that overlap wins; what it leaves over of the others' digits is covered by widening."""
    kept: list[Slot] = []
    for slot in found:
        if slot.span.start >= slot.span.end or any(
            hole.start <= slot.span.start and slot.span.end <= hole.end + 1 for hole in fixed
        ):
            continue
        if not any(slot.span.start < other.span.end and other.span.start < slot.span.end for other in kept):
            kept.append(slot)
    return tuple(sorted(kept, key=lambda slot: slot.span))


def card(text: str, found: Sequence[Slot]) -> str:
    """The paragraph with its slots in place: ``【集中学习[次]: 待填】``.

    >>> card("集中学习7次。", (Slot(Span(4, 6), "number", "集中学习[次]", "7次"),))
    '集中学习【集中学习[次]: 待填】。'
    """
    parts, at = [], 0
    for slot in found:
        parts += [text[at : slot.span.start], f"【{slot.label}: {slot.new or TO_FILL}】"]
        at = slot.span.end
    return "".join([*parts, text[at:]])


def bare(text: str, found: Sequence[Slot]) -> str:
    """What is left of the past paragraph outside its slots."""
    parts, at = [], 0
    for slot in found:
        parts += [text[at : slot.span.start], "▢"]
        at = slot.span.end
    return "".join([*parts, text[at:]])
