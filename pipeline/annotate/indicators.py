"""What a fact is comparable with: its indicator, how sure, why, and its dimensions.

A fact is linked by its unit, the thing it counts, the words of its clause and the topic. Each evidence has a
weight; below ``THRESHOLD`` the fact stays unlinked, for a wrong link costs more than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from operator import add, attrgetter

from pipeline.annotate import levels
from pipeline.annotate.book import Book, Cue, Entry, ready
from pipeline.model import Fact, Indicators, Media, Place

THRESHOLD = 0.65
SURE, WEAK = 0.5, 0.3
"""A cue that names the indicator for certain, and one that many things share."""
COUNTED, BESIDE, ELSEWHERE = 0.2, 0.1, -0.25
"""The cue is in the thing counted; beside a thing that says nothing (活动); beside another thing (消防演练)."""
REMOTE, FAR = 0.05, 0.0
"""The thing was named for another number of the sentence; the cue stands in an earlier clause or in the heading."""
OWN_UNIT, OTHER_UNIT = 0.1, 0.05
SAME_TOPIC, IN_CONTEXT = 0.1, 0.2
LEFT_OUT = 0.65
"""``其中省级5篇``: what is left out was said by the number before; never more sure than the threshold."""

_SAID = attrgetter(*(field.name for field in fields(Fact)[:-4]))
"""All that a fact says but its link, the last four fields; ``replace`` would take three times as long."""
_RATIOS = frozenset({"%", "‰", "倍", "百分点", "千分点", "折"})
_BREAK = re.compile(r"[，。；：！？（）;!?\t\n]|,(?![0-9]{3})|(?<![0-9]):(?![0-9])|——")
_OWN, _BEFORE, _BEHIND = 60, 200, 80
"""How far a number's own words and its sentence are looked at: a text without full stops costs no more than others."""
_LEAD = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]是)?([^，。；：:,]{2,16})[。：:]"
)
"""A paragraph's run-in heading: 三、电影放映。"""
_TOLD = 12
"""So many numbers are looked back at: a sentence of a thousand costs no more than others."""
_SHORT = 8
_SILENT = 40
"""Longer words than these are never silent."""
_GAP = "\n"
_TOUCHING = frozenset(("", "了", "“", "《"))
_BLANK = " \t\n\u3000"
_EACH = "分别"
_OF_WHICH = ("其中", "包括", "含")
_SHARE = re.compile(
    "[人户村日月周年场次件期单台站]均|平均|单[场次期个台张]|每(?:千|万|百|个|名|位|人|户|村|镇|乡|街道|社区|嘎查|县|区|期|场|次|家|支|站|所|处|座|套|组|亩|件|"
    "张|本|篇|册|份|台|盏|公里|平方)|各(?:添置|配备|配有|安排|订阅|补助|奖励|奖|购|发放|建成|设立)"
)
"""Words that say so much for each: a link to the total would be wrong."""
_PAPER = re.compile("《[一-龥]{1,8}》|[一-龥]{0,4}(?:日报|晚报|电视台|电台|广播站|融媒体中心)")
_LIGHT = re.compile(
    "^(?:开展|举办|组织|举行|承办|新增|新建|建成|建立|登记|注册|拥有|现有|共有|到目前|目前|一共|累计|实际|办|搞)+(?=.)"
)
_LIGHTS = frozenset("开举组承新建登注拥现共办搞到目一累实")
_VERB = re.compile("检查|抽查|轮训|培训|慰问|走访|调解|化解|排查")
_LIST = re.compile(r"[、和及]|(?<!参)与")


@dataclass(frozen=True, slots=True)
class _Near:
    """Where a fact's evidence is sought: ``words`` is its clause between its neighbours, the thing counted in it.

    ``first`` and ``last`` bound the thing in ``words``; ``own`` is what stands before the number, from ``low``, and
    ``tail`` what follows it in the clause.
    """

    text: str
    topic: str
    heading: str
    words: str
    own: str
    first: int
    last: int
    left: int
    low: int
    is_remote: bool
    tail: str


@dataclass(frozen=True, slots=True)
class _Link:
    """A candidate: which entry, by which cue, where it stands, how sure; ``is_whole``: the cue speaks for all of it."""

    entry: Entry
    cue: str
    at: int
    is_counted: bool
    is_whole: bool
    score: float


def link(
    facts: tuple[Fact, ...],
    text: str,
    topic: str,
    heading: str,
    book: Indicators,
    media: Media,
    place: Place = Place(),  # noqa: B008 - frozen
) -> tuple[Fact, ...]:
    """The facts of a paragraph, each with indicator, score, reason and dimensions where one fits.

    ``text`` is the paragraph (spans are relative to it), ``topic`` and ``heading`` its own, ``place`` the
    reporting unit (市级 of a county-level city is 县). A fact that no indicator fits comes back as it was.

    >>> from decimal import Decimal
    >>> from pipeline.model import Indicator, Span
    >>> talks = Indicator("talks", "宣讲", "theory", "场", "理论宣讲的场次", "", cues="宣讲")
    >>> book = Indicators("1", "活动", "各类", "", "", "新增", "改造", (talks,))
    >>> fact = Fact(Span(6, 9), Decimal(32), Decimal(32), "场", "exact", "achieved", "宣讲")
    >>> [(f.indicator, f.indicator_score, f.indicator_reason)
    ...  for f in link((fact,), "共开展宣讲，32场。", "theory", "", book, Media("1", (), "", "", ""))]
    [('talks', 0.9, '「宣讲」是所数之物，单位场，主题相合')]
    """
    if not facts:
        return facts
    known = ready(book, media)
    linked: list[Fact] = []
    left, size = 0, len(facts)
    for index, fact in enumerate(facts):
        if fact.unit in known.units or _is_open(fact):
            right = facts[index + 1].span.start if index + 1 < size else len(text)
            before = linked[-1] if linked and linked[-1].sentence == fact.sentence else None
            near = _near(fact, before, text, left, right, topic, heading)
            fact = _linked(fact, near, known, linked, place)
        linked.append(fact)
        left = fact.span.end
    return tuple(linked)


def _is_open(fact: Fact) -> bool:
    """Whether any indicator may be meant: a growth of 12% is of whatever grows; a table's cell may lack its unit.

    A promised growth is none of a total: 地区生产总值力争增长7.5% sets no sum.
    """
    return not fact.unit or _is_growth(fact)


def _is_growth(fact: Fact) -> bool:
    return fact.direction is not None and fact.unit in _RATIOS and fact.kind != "target"


def _is_share(fact: Fact, near: _Near) -> bool:
    """Whether the number is so much for each: 人均写心得3篇, 每个书屋藏书1500册; a rule (每村每月一场) is kept."""
    if fact.unit in _RATIOS or fact.kind == "norm":
        return False
    return fact.scope == "each" or _SHARE.search(near.own) is not None or _SHARE.match(fact.object) is not None


def _near(fact: Fact, before: Fact | None, text: str, left: int, right: int, topic: str, heading: str) -> _Near:
    """The words around a fact that are its own: from the number before it, within the clause.

    A number without a thing counts that of the number before: 农民纯收入增长15%，达到8400元.
    """
    start, end, thing = fact.span.start, fact.span.end, fact.object
    if thing and text[start:end] in thing:  # 增加到十五万元
        thing = ""
    thing = thing or (before.object if before is not None else "")
    own = _clause_end(text[max(left, start - _OWN) : start])
    low = start - len(own)
    stop = min(right, end + _OWN)
    clause_end = _BREAK.search(text, end, stop)
    if clause_end is not None:
        stop = clause_end.start()
    words = own
    behind = text.find(thing, end, stop) if thing else -1
    if behind >= 0:
        words += _GAP + text[end : behind + len(thing)]
    elif not thing:
        words += _GAP + text[end : min(stop, end + _SHORT)].partition("、")[0]
    first = words.rfind(thing)
    is_remote = False
    if first < 0:
        is_remote = bool(words.strip(_BLANK)) and _EACH not in text[max(0, start - _OWN) : start]
        words += _GAP + thing
        first = len(words) - len(thing)
    tail = text[end:stop]
    return _Near(text, topic, heading, words, own, first, first + len(thing), left, low, is_remote, tail)


def _allowed(found: list[_Link], fact: Fact, near: _Near, book: Book) -> list[_Link]:
    """The links that hold although the number is so much for each, what is missing, or some of a stock."""
    said = f"{near.own}{_GAP}{fact.object}{_GAP}{near.tail}"
    lacking, still = book.lacking.search(said), near.own.endswith(book.still)
    close = f"{near.own[-_SHORT:]}{_GAP}{fact.object}{_GAP}{near.tail[: len(fact.object) + _SHORT]}"
    partial = book.partial.search(close)
    if _is_share(fact, near):
        found = [each for each in found if each.entry.is_average]
    if still or lacking is not None:
        word = lacking[0] if lacking is not None else _GAP
        found = [each for each in found if each.entry.indicator.better != "up" or word in each.cue]
    if partial is not None:
        found = [each for each in found if each.entry.indicator.flow != "stock" or partial[0] in each.cue]
    return found


def _clause_end(head: str) -> str:
    """The last clause of what stands before a number; a bracket that closes there is part of it: 辖村（社区）18个."""
    opening = max(head.rfind("（"), head.rfind("(")) if head[-1:] in ("）", ")") else -1
    if opening < 0:
        return _BREAK.split(head)[-1]
    return _BREAK.split(head[:opening])[-1] + head[opening:]


def _linked(fact: Fact, near: _Near, book: Book, told: list[Fact], place: Place) -> Fact:
    """The fact with the best link, or as it was; ``told`` are the facts before it."""
    best = _best(fact, near, book)
    if best is not None:
        why = f"「{best.cue}」{'是所数之物' if best.is_counted else '在数旁'}，单位{fact.unit or '未写'}"
        why += "，主题相合" if near.topic in best.entry.topics else ""
        return _filled(fact, best.entry, best.score, why, near, book, place)
    before = _antecedent(fact, told, book)
    if before is not None and before.indicator is not None and not _is_share(fact, near):
        entry = book.entries[before.indicator]
        if _is_left_out(fact, near, before, book):
            return _filled(fact, entry, LEFT_OUT, "承前一数省略", near, book, place)
        if _is_part(fact, near, before):
            part = _filled(fact, entry, LEFT_OUT, "是前一数的一部分", near, book, place)
            return replace(part, dimensions=(*part.dimensions, ("part", fact.object)))
    far = _far(fact, near, book)
    if far is not None:
        return _filled(fact, far.entry, far.score, f"「{far.cue}」在前文，单位{fact.unit}", near, book, place)
    return fact


def _antecedent(fact: Fact, told: list[Fact], book: Book) -> Fact | None:
    """The last number of the sentence that is linked and may be said again or in part: its unit fits."""
    for before in told[: -_TOLD - 1 : -1]:
        if before.sentence != fact.sentence:
            return None
        if before.indicator is None:
            if before.unit == fact.unit:
                return None
        elif fact.unit in book.entries[before.indicator].units or _is_growth(fact):
            return before
    return None


def _best(fact: Fact, near: _Near, book: Book) -> _Link | None:
    """The one link above the threshold; a list of unlike things (宣讲、演出12场) has none."""
    found = list(_links(fact, near, book))
    if not found:
        return None
    found = _allowed(found, fact, near, book)
    fitting = [each for each in found if each.is_whole]
    if not fitting:
        return None
    best = max(fitting, key=lambda each: (each.score, each.at + len(each.cue), len(each.cue)))
    for other in found:
        if other.entry is best.entry:
            continue
        is_listed = best.is_counted and other.is_counted
        if is_listed and _LIST.search(near.words, min(best.at, other.at), max(best.at, other.at)):
            total = _total(best.entry, other.entry)
            return replace(best, entry=total) if total else None
        if other.is_whole and other.entry.indicator.part_of == best.entry.indicator.id:
            best = other
    return best


def _total(one: Entry, other: Entry) -> Entry | None:
    """The total that both belong to, if one is a part of the other."""
    if one.indicator.part_of == other.indicator.id:
        return other
    return one if other.indicator.part_of == one.indicator.id else None


def _links(fact: Fact, near: _Near, book: Book) -> Iterator[_Link]:
    """Every cue that holds above the threshold."""
    words, thing, unit, is_open = near.words, fact.object, fact.unit, _is_open(fact)
    for cue in book.alone.get(_LIGHT.sub("", thing, count=1) if thing[:1] in _LIGHTS else thing, ()):
        around = near.text[max(fact.sentence.start, fact.span.start - _OWN) : fact.span.start]
        if not (is_open or unit in cue.entry.units) or any(word not in around for word in cue.rest):
            continue
        score = _score(fact, cue, COUNTED, near)
        if score >= THRESHOLD:
            yield _Link(cue.entry, cue.anchor, near.first, True, True, score)
    cues = book.cues if is_open else book.of_unit.get(unit, {})
    for at, head in enumerate(map(add, words, words[1:])):
        if head not in cues:
            continue
        for cue in cues[head]:
            if not words.startswith(cue.anchor, at):
                continue
            if cue.rest and not all(word in words for word in cue.rest):
                continue
            is_counted = near.first < near.last and at < near.last and at + len(cue.anchor) > near.first
            is_counted = is_counted or (not near.is_remote and any(word in thing for word in cue.rest))
            weight = _weight(thing, cue, at, is_counted, near, book)
            score = _score(fact, cue, weight, near)
            if score < THRESHOLD or (is_counted and _is_narrower(thing, cue, is_open and bool(unit), book)):
                continue
            is_whole = not is_counted or "、" not in thing or _is_whole(thing.split("、"), cue, book)
            yield _Link(cue.entry, cue.anchor, at, is_counted, is_whole, score)


def _weight(thing: str, cue: Cue, at: int, is_counted: bool, near: _Near, book: Book) -> float:
    """How much it says that the cue stands where it stands."""
    if is_counted:
        return REMOTE if near.is_remote else COUNTED
    if near.is_remote or book.plain.fill(thing):
        return BESIDE
    if cue.entry.indicator.strict or near.words[at + len(cue.anchor) : near.first] not in _TOUCHING:
        return ELSEWHERE
    return BESIDE


def _score(fact: Fact, cue: Cue, weight: float, near: _Near) -> float:
    """How well the cue's indicator fits, 0 when it cannot; ``weight`` is that of where the cue stands."""
    entry, words = cue.entry, near.words
    for barred in entry.without:
        if barred[0] in words and all(word in words for word in barred):
            return 0.0
    if not fact.unit and "" not in entry.units:
        is_zero = fact.high == 0 and entry.indicator.better == "down"  # 未发生较大事故
        if not (weight == COUNTED and cue.sure and (is_zero or "\t" in near.text)):
            return 0.0
    score = (SURE if cue.sure else WEAK) + weight
    score += OWN_UNIT if fact.unit == entry.indicator.unit else OTHER_UNIT
    score += SAME_TOPIC if near.topic in entry.topics else 0
    if not cue.sure and entry.context:
        sentence = near.heading + _GAP + _sentence(fact, near)
        has_context = any(word in sentence for word in entry.context)
        if cue.needs_context and not has_context:
            return 0.0
        score += IN_CONTEXT if has_context else 0
    return round(score, 2)


def _sentence(fact: Fact, near: _Near) -> str:
    start, end = fact.sentence.start, fact.sentence.end or len(near.text)
    return near.text[max(start, fact.span.start - _BEFORE) : min(end, fact.span.end + _BEHIND)]


def _is_narrower(thing: str, cue: Cue, is_growth: bool, book: Book) -> bool:
    """Whether the thing counted is another than the cue's: 民间固定资产投资, where only the whole will do.

    A growth is that of the last noun: 龙头企业销售收入增长8% is none of 龙头企业.
    """
    words = (cue.anchor, *cue.rest)
    if is_growth and not book.around.fill(thing[max(_end(thing, word) for word in words) :]):
        return True
    if not cue.entry.indicator.strict:
        return False
    for word in words:
        thing = thing.replace(word, "", 1)
    return not book.around.fill(thing)


def _is_whole(parts: list[str], cue: Cue, book: Book) -> bool:
    """Whether the cue speaks for a whole list: its last item, and the items that are of one make with it.

    失业人员再就业、农村劳动力转移就业 are two things; 文明健康、勤俭节约公益广告 are one.
    """
    if _VERB.match(parts[0]) and _is_said(parts[0], cue, book):
        return True
    if not _is_said(parts[-1], cue, book):
        return False
    return all(part[-2:] != parts[-1][-2:] or _is_said(part, cue, book) for part in parts[:-1])


def _end(thing: str, word: str) -> int:
    at = thing.rfind(word)
    return 0 if at < 0 else at + len(word)


def _is_said(part: str, cue: Cue, book: Book) -> bool:
    """Whether an item of a list holds a word of the cue or another cue of its entry, or says nothing."""
    if any(word in part for word in (cue.anchor, *cue.rest)):
        return True
    for at in range(len(part) - 1):
        for other in book.cues.get(part[at : at + 2], ()):
            if other.entry is cue.entry and part.startswith(other.anchor, at):
                return True
    return book.plain.fill(part)


def _is_left_out(fact: Fact, near: _Near, before: Fact, book: Book) -> bool:
    """Whether the words around say no more than level and comparison: 采用45篇，其中省级5篇.

    A verb of the indicator's own name says no more either: 演出36场，已演19场.
    """
    thing, own = fact.object, near.own
    name = book.entries[before.indicator].indicator.name if before.indicator else ""
    if thing and len(thing) < len(name) and (thing in name or thing in before.object):
        return _is_silent(own.replace(thing, "", 1), book)
    return (thing == before.object or _is_silent(thing, book)) and _is_silent(own, book)


def _is_part(fact: Fact, near: _Near, before: Fact) -> bool:
    """Whether the number is a part of the one before by its own word: 宣讲46场，其中进校园12场、进企业8场."""
    if fact.unit != before.unit or not fact.object or fact.direction is not None:
        return False
    own = near.own.lstrip("，,（( ")
    return own.startswith(_OF_WHICH) or (own.startswith("、") and any(name == "part" for name, _ in before.dimensions))


def _is_silent(words: str, book: Book) -> bool:
    """Whether words name no more than a level, an outlet, a comparison: 其中省级, 比上半年多, 《某某报》."""
    if len(words) > _SILENT:
        return False
    if book.silent.fill(words):
        return True
    is_outlet = "《" in words or "报" in words or "台" in words or "中心" in words or "站" in words
    return is_outlet and book.silent.fill(_PAPER.sub("", words))


def _far(fact: Fact, near: _Near, book: Book) -> _Link | None:
    """A link by what was said before, where the number's own words say nothing: 上稿稳步提升，省级5篇."""
    if fact.unit not in book.units or not _is_silent(fact.object, book) or not _is_silent(near.own, book):
        return None
    before = near.text[max(fact.sentence.start, near.low - _OWN) : near.low]
    lead = _LEAD.match(near.text)
    for words in (before, near.heading, lead[1] if lead and near.low >= lead.end() else ""):
        found = [
            _Link(cue.entry, cue.anchor, at, False, True, _score(fact, cue, FAR, replace(near, words=words)))
            for at in range(len(words) - 1)
            for cue in book.of_unit[fact.unit].get(words[at : at + 2], ())
            if cue.sure and words.startswith(cue.anchor, at)
            if all(word in words for word in cue.rest)
        ]
        found = [each for each in found if each.score >= THRESHOLD - OWN_UNIT + OTHER_UNIT]
        found = _allowed(found, fact, near, book) if found else found
        if found:
            best = max(found, key=lambda each: each.at + len(each.cue))
            return replace(best, score=max(best.score, THRESHOLD))
    return None


def _filled(fact: Fact, entry: Entry, score: float, why: str, near: _Near, book: Book, place: Place) -> Fact:
    """The fact with its indicator and the dimensions that the indicator keeps."""
    known: tuple[tuple[str, str], ...] = ()
    if entry.indicator.stage:
        known += (("stage", entry.indicator.stage),)
    if "level" in entry.dimensions:
        known += levels.level(fact.object, book.media, place) or levels.level(near.own, book.media, place)
    if "outlet" in entry.dimensions:
        known += levels.outlet(fact.object, book.media) or levels.outlet(near.own, book.media)
    if "star" in entry.dimensions:
        known += levels.star(near.words)
    if entry.indicator.flow == "stock":
        known += _act(near.words, book)
    return Fact(*(*_SAID(fact), entry.indicator.id, score, why, known))


def _act(words: str, book: Book) -> tuple[tuple[str, str], ...]:
    """Whether a stock's number is what was added or renewed, not what there is: 新增书屋3个, 改造书屋5个."""
    for act, told in book.acts:
        if any(word in words for word in told):
            return (("act", act),)
    return ()
