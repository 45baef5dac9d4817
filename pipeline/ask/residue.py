"""What is not ours or not of this time: other towns' and counties' names, other villages, leaders, years.

A name alone is no fault: towns visit each other. It is severe where our own name belongs (…镇党委、我们…镇, at a
sentence's head), and only worth a note where the words around it tell of a visit or of a neighbour.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.ask.draft import Draft, Part
from pipeline.ask.finding import Cited, Finding, Severity
from pipeline.ask.nearby import frequencies
from pipeline.model import Span
from pipeline.store.characters import phrase

# name → (county, city, province) of every place of that name; empty when there is none
Gazetteer = Callable[[str], list[tuple[str | None, str | None, str | None]]]

_ENDS = ("街道办事处", "街道", "镇", "乡", "县", "区", "市", "州", "旗")
_PLACE = re.compile(r"[一-龥]{1,5}?(?:街道|镇|乡|县|区|市)")
_SEAT = re.compile(r"(?:地处|位于|隶属于?|归属于?)([一-龥]{2,3}[县市])")  # where our own county's name belongs
_VISIT = re.compile(
    r"参观|考察|取经|联合|结对|帮扶|协作|对口|邻|接壤|交界|毗|籍|联办|友谊|务工|打工|嫁|娶|跨|区域|片区|交流|来自|返乡|邀请|兄弟|先进地区|外地|组团|代表队|并列|名次|第[一二三四五六七八九十]名|赴|距|通往|之间"
    r"|借鉴|学来|推广|外出|周边|合办|联动|共建|串起|沿线|转入|调任|调到|原|媒体|日报|电视台|公司|有限|大学|学院|医院"
)
_OWN_PLACE = r"(?=党委|党工委|人民政府|政府|办事处|宣传办|宣传文化|综合文化|文化站|党政办|全体|上半年|下半年|全年|\d{4}年|紧紧围绕|坚持|高度重视|始终|认真|将|在县|在市|积极)"  # noqa: E501
_GENERIC = re.compile(
    r"^(?:我们?|全|本|各|该|每|两|三|几|此|某|在|由|到|从|向|对|为|以|与|和|及|是|了|把|使|让|被|据|按|经|新|老|旧|小|大|城|乡|农|山|片|景|街|社|园|校|厂|库|辖|市|县|区|镇|村|省|港|特|自|都|又|也|还|再|将|当|一个|各个|其他|周边|邻|外|示范|先进|模范|文明|卫生|生态|中心|重点|特色|美丽|园林|旅游|经济|工业|农业|开发|高新|工矿|建制|强|重|试点|贫困|百强|千强)"
)
_WATERS = tuple("路桥山河江湖溪库岭站坝")
_VILLAGE = re.compile(r"(?<![一-龥])[一-龥]{2,4}?(?:村|社区)|(?<=[、，。；在到由]) ?[一-龥]{2,4}?(?:村|社区)")
_NO_VILLAGE = re.compile(
    r"[重试贫困强弱其各全个两行自然农本该每新乡城美示范文明老小驻包联等所有这那几多余镇县区省市我他她某一二三四五六七八九十\d“”的和与及在到是入进强]"
)
_LEADER = re.compile(
    r"(?:党委书记|党工委书记|镇长|乡长|街道办主任|办事处主任|宣传委员|副书记|县委书记|县长|部长|书记)"
    r"([赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓][一-龥]{1,2})"
    r"(?=同志|带队|主持|亲自|出席|带头|强调|指出|深入|到|在|作|为|多次|率|[，。、；])"
)
_YEAR = re.compile(r"(20[0-3]\d)年")
_SPAN_OF_YEAR = re.compile(r"^(?:上半年|下半年|度(?!假)|以来|全年|第?[一二三四]季度|，|,|我[镇乡]|全[镇乡]|是|年初)")
_LOOKS_BACK = re.compile(
    r"同期|同比|相比|比|较|增|降|减|上年|去年|前年|当年|起|至|到|—|-|－|年?底|以前|之前|年末|自|从|于|建成|成立|印发|出台|获|被评|曾|历史|版|届|竣工|启动|修建|投用|编制|规划|计划|目标|力争|达到|文件|号|出生|入党|换届|疫情|留存|遗留|旧|欠|往年|以来"
)
_CAPTION = re.compile(r"\s*附?[表图]\s*[\d一二三四五六七八九十]*[:：、.．\s]?[^。；;]{4,60}")
_DATE_LINE = re.compile(r"\s*(?:[一-龥]{2,30}\s*)?(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?\s*")


@dataclass(frozen=True, slots=True)
class Known:
    """What the dataset knows: the reporting units and counties by name, and the names that are ours."""

    towns: frozenset[str]
    counties: frozenset[str]
    own: frozenset[str]


def known(base: sqlite3.Connection, draft: Draft, aliases: frozenset[str] = frozenset()) -> Known:
    """Names of the dataset's units; ours are the draft's own, with what lies above it."""
    rows = base.execute("SELECT DISTINCT town, county, city, province FROM report").fetchall()
    own = {name for name in (draft.town, draft.county, draft.city, draft.province) if name} | set(aliases)
    for town, county, city, province in rows:
        if town == draft.town and (draft.county in (county, None) or county is None):
            own |= {name for name in (county, city, province) if name}
    own |= {stem(name) for name in own if len(stem(name)) > 1}
    towns = frozenset(row[0] for row in rows if row[0]) - own
    counties = frozenset(row[1] for row in rows if row[1]) - own
    return Known(towns, counties, frozenset(own))


def stem(name: str) -> str:
    """A name without its ending: 青禾镇 → 青禾."""
    return next((name.removesuffix(end) for end in _ENDS if name.endswith(end)), name)


def find(base: sqlite3.Connection, draft: Draft, names: Known, gazetteer: Gazetteer) -> Iterator[Finding]:
    """All residue of a draft."""
    own_past = _OwnPast(base, draft.town)
    yield from _name_of_file(draft)
    for n, part in enumerate(draft.parts):
        if part.block == "residue":
            continue
        yield from _places(n, part, draft, names, gazetteer, own_past)
        yield from _villages(base, n, part, draft, own_past)
        yield from _leaders(base, n, part, draft, own_past)
        yield from _own_kind(n, part, draft)
        yield from _years(n, part, draft)


def _name_of_file(draft: Draft) -> Iterator[Finding]:
    """The file is named for another year than its text."""
    named = {int(year) for year in _YEAR.findall(draft.name)}
    if (
        draft.year is None
        or not named
        or draft.year in named
        or (draft.kind == "summary_plan" and draft.year + 1 in named)
    ):
        return
    for n, part in enumerate(draft.parts):
        at = part.text.find(f"{draft.year}年")
        if at >= 0:
            told = "、".join(map(str, sorted(named)))
            yield Finding(
                "year",
                "severe",
                n,
                Span(at, at + 5),
                part.text[at : at + 12],
                f"文件名里是 {told} 年, 这里是 {draft.year} 年",
            )
            return


class _OwnPast:
    """Does a name stand in our own past reports?"""

    def __init__(self, base: sqlite3.Connection, town: str | None) -> None:
        self.base, self.town = base, town

    def is_word(self, word: str) -> bool:
        """Is it an ordinary word, which the dataset's texts use?"""
        return bool(frequencies(self.base, [word]))

    def where(self, name: str) -> tuple[int, list[tuple[str, ...]]]:
        """How many of our paragraphs have it, and others' that do: (id, source, town, period, text)."""
        match = phrase(name)
        if not match:
            return 0, []
        rows = self.base.execute(
            "SELECT p.id, p.source, r.town, r.period_label, p.text FROM paragraph_characters c JOIN paragraph p ON p.n = c.rowid"  # noqa: E501
            " JOIN report r ON r.id = p.report WHERE paragraph_characters MATCH ? AND r.state = 'current' LIMIT 200",
            (match,),
        ).fetchall()
        mine = sum(row[2] is not None and row[2] == self.town for row in rows)
        return mine, [tuple(row) for row in rows if row[2] is not None and row[2] != self.town]


def _places(n: int, part: Part, draft: Draft, names: Known, gazetteer: Gazetteer, past: _OwnPast) -> Iterator[Finding]:
    seen: list[Span] = []
    text = part.text
    # What lies below the unit that reports is its own: a county of our city, when the city reports.
    ours = {draft.county or draft.city} if not draft.town else set()
    for name in sorted(names.towns | names.counties, key=len, reverse=True):
        for at in _all(text, name):
            yield from _named(n, text, Span(at, at + len(name)), name, seen, past, sure=True)
    for name in sorted({stem(town) for town in names.towns | names.counties}, key=len, reverse=True):
        if len(name) > 1 and name not in names.own:
            for at in _all(text, name):
                if text[at + len(name) : at + len(name) + 1] not in _WATERS:  # 望云路 is a road's name
                    yield from _named(n, text, Span(at, at + len(name)), name, seen, past, sure=False)
    for match in _SEAT.finditer(text):
        name = match[1]
        if (
            name not in names.own
            and stem(name) not in names.own
            and any(own.endswith(name[-1]) for own in names.own)
            and not _GENERIC.match(name)
        ):
            yield from _named(n, text, Span(*match.span(1)), name, seen, past, sure=True)
    for match in _PLACE.finditer(text):
        for start in range(match.start(), match.end() - 2):
            span = Span(start, match.end())
            name = span.of(text)
            if stem(name) in names.own or name in names.own or any(own in name for own in names.own if len(own) > 1):
                break
            if _GENERIC.match(name) or any(span.start < other.end and other.start < span.end for other in seen):
                continue
            here = re.match(_OWN_PLACE, text[match.end() :])
            found = gazetteer(name)
            if any(each is not None and each in ours for place in found for each in place):
                break  # a place of our own
            if found and (
                here
                or name.endswith(("县", "市"))
                or text[start - 1 : start] in ("", "，", "。", "、", "在", "到", "赴")
            ):
                yield from _named(n, text, span, name, seen, past, sure=bool(here))
                break
            head = start == 0 or text[start - 1] in "，。；、：是 "
            if (
                here
                and head
                and len(stem(name)) == 2
                and name.endswith(("镇", "乡", "街道"))
                and not past.is_word(stem(name))
            ):
                yield from _named(n, text, span, name, seen, past, sure=True)
                break


def _all(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _named(n: int, text: str, span: Span, name: str, seen: list[Span], past: _OwnPast, sure: bool) -> Iterator[Finding]:
    if any(span.start < other.end and other.start < span.end for other in seen):
        return
    seen.append(span)
    around = text[max(0, span.start - 14) : span.start] + "|" + text[span.end : span.end + 12]
    mine, others = past.where(name)
    own_seat = bool(re.match(_OWN_PLACE, text[span.end :])) or text[max(0, span.start - 2) : span.start].endswith(
        ("我们", "中共")
    )
    severity: Severity = "severe" if own_seat and not mine else "warning"
    if mine and not own_seat:
        return  # our own reports speak of it
    if not own_seat and _VISIT.search(around):
        severity = "note"
    elif sure and not mine and not own_seat:
        severity = "severe"
    cited = Cited(others[0][0], others[0][1], others[0][2], others[0][3], others[0][4]) if others else None
    yield Finding("place", severity, n, span, span.of(text), f"“{name}”不是本单位或其上级的名称", cited)


def _villages(base: sqlite3.Connection, n: int, part: Part, draft: Draft, past: _OwnPast) -> Iterator[Finding]:
    for match in _VILLAGE.finditer(part.text):
        name = match[0].strip()
        if _NO_VILLAGE.search(name.removesuffix("社区").removesuffix("村")) or len(name) < 3:
            continue
        mine, others = past.where(name)
        towns = {row[2] for row in others}
        if not mine and len(towns) == 1 and not _VISIT.search(part.text[max(0, match.start() - 10) : match.end() + 8]):
            cited = Cited(others[0][0], others[0][1], others[0][2], others[0][3], others[0][4])
            yield Finding(
                "place",
                "severe",
                n,
                Span(*match.span()),
                name,
                f"“{name}”只见于{others[0][2]}的报告, 本单位从未提到",
                cited,
            )


def _leaders(base: sqlite3.Connection, n: int, part: Part, draft: Draft, past: _OwnPast) -> Iterator[Finding]:
    for match in _LEADER.finditer(part.text):
        name = match[1]
        mine, others = past.where(name)
        if others and not mine:
            cited = Cited(others[0][0], others[0][1], others[0][2], others[0][3], others[0][4])
            yield Finding(
                "person", "severe", n, Span(*match.span(1)), name, f"“{name}”只见于{others[0][2]}的报告", cited
            )


def _own_kind(n: int, part: Part, draft: Draft) -> Iterator[Finding]:
    """我乡 in a 镇: the text was another kind of unit's."""
    kind = next((end for end in ("街道", "镇", "乡") if draft.town and draft.town.endswith(end)), None)
    if kind is None:
        return
    others = "|".join(other for other in ("街道", "镇", "乡") if other != kind)
    for match in re.finditer(
        rf"(?:我|本)(?:{others})(?![亲村土音镇里上长])|(?:中共)?(?:{others})(?:党委|党工委)(?=高度重视|坚持|始终|把|将|书记|成立|研究)",
        part.text,
    ):
        before = part.text[max(0, match.start() - 6) : match.start()]
        if match[0][0] in "我本" or not re.search(r"[一-龥]$", before):
            yield Finding("place", "severe", n, Span(*match.span()), match[0], f"本单位是{kind}, 这里写作“{match[0]}”")


def _years(n: int, part: Part, draft: Draft) -> Iterator[Finding]:
    if draft.year is None:
        return
    line = _DATE_LINE.fullmatch(part.text)
    if line and draft.kind not in ("summary", "report"):
        return
    if line:
        month = int(line[1]) * 12 + int(line[2])
        if draft.end:
            end = int(draft.end[:4]) * 12 + int(draft.end[5:7])
            if not end - 2 <= month <= end + 8:
                yield Finding(
                    "year",
                    "severe",
                    n,
                    Span(0, len(part.text)),
                    part.text,
                    f"落款时间与报告的时期 ({draft.end[:7]}) 对不上",
                )
        return
    plan = part.role in ("plan", "closing", "other") or "下" in part.heading[:6]
    for match in _YEAR.finditer(part.text):
        year, end = int(match[1]), match.end()
        if part.role == "heading" and year == draft.year + 1 and n:
            continue
        if year == draft.year or ((plan or draft.kind in ("plan", "summary_plan")) and year == draft.year + 1):
            continue
        clause_start = max(part.text.rfind(sign, 0, match.start()) for sign in "，。；：、（《“,;") + 1
        clause_end = min(
            (at for at in (part.text.find(sign, end) for sign in "，。；：）》”,;") if at >= 0), default=len(part.text)
        )
        clause = part.text[clause_start:clause_end]
        after = part.text[end : end + 4]
        opening = match.start() == clause_start and (match.start() == 0 or part.text[match.start() - 1] in "。；;")
        wider = part.text[max(0, match.start() - 12) : match.start()] + part.text[end : end + 14]
        if part.text[max(0, match.start() - 1) : match.start()] in ("〔", "《", "（") or re.search(
            r"五|规划|—|-|至|～|~", part.text[max(0, match.start() - 2) : match.start()]
        ):
            continue
        if (
            year > draft.year
            and not plan
            and not re.search(r"底|前|末|计划|目标|到|力争|规划|将|明年|来年|春|届", wider)
        ):
            yield Finding(
                "year", "severe", n, Span(match.start(), end), match[0], f"报告说的是 {draft.year} 年, 这里是以后的年份"
            )
        elif (
            year < draft.year
            and _SPAN_OF_YEAR.match(after)
            and (opening or part.role in ("heading", "overview") or _CAPTION.fullmatch(part.text))
            and not _LOOKS_BACK.search(clause[:4] + clause[-18:] if len(clause) > 30 else clause)
        ):
            yield Finding(
                "year", "severe", n, Span(match.start(), end), match[0], f"报告说的是 {draft.year} 年, 这里是以前的年份"
            )
        elif year < draft.year - 1 and not _LOOKS_BACK.search(wider):
            yield Finding(
                "year", "note", n, Span(match.start(), end), match[0], f"报告说的是 {draft.year} 年, 这里提到 {year} 年"
            )
