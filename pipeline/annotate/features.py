"""What the classifier sees of a paragraph: its words, its place in the report, the headings above it.

A feature is a string with a namespace (``w:`` word, ``h:`` word of the heading above, ``q:`` its cues …).
``rows`` gives, for every paragraph of a report, groups of features of one namespace that weigh the same (a group's
length is 1, so that a long paragraph does not shout) and single features with a weight of their own.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.annotate.categories import top
from pipeline.model import Categories, Category, Paragraph, Report

Group = tuple[str, float, Sequence[str]]  # name space, weight of each, names in that space
Single = tuple[float, str]
SPACES = ("w:", "f:", "l:", "c:", "h:")  # of groups: words, first and last ones, character pairs, the heading's words
Seen = tuple[list[Group], list[Single]]
MOST = 200_000  # words that a process remembers


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The hint words of ``configs/categories.yaml``: cue → labels (``role=plan``, ``topic=news``).

    Compared by identity; what a word holds is worked out once.
    """

    labels: dict[str, tuple[str, ...]]
    pairs: dict[tuple[str, str], frozenset[str]]  # two words in a row → the cues they make
    held: Held


class Held(dict[str, frozenset[str]]):
    """Word → the cues that it is or holds, worked out when a word is first met; it forgets all when there are many.

    >>> Held({"宣讲": ("topic=theory",)})["理论宣讲"]
    frozenset({'宣讲'})
    """

    def __init__(self, labels: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.cues = labels.keys()

    def __missing__(self, word: str) -> frozenset[str]:
        pieces = {word}
        if len(word) > 3:
            pieces |= {word[i : i + n] for n in (2, 3, 4) for i in range(len(word) - n + 1)}
        if len(self) >= MOST:
            self.clear()
        found = self[word] = frozenset(pieces & self.cues)
        return found


def cues(categories: Categories, cut: Callable[[str], list[str]]) -> Cues:
    """The cues ready for matching against words that ``cut`` made."""
    labels: dict[str, list[str]] = {}
    axes: tuple[tuple[str, Mapping[str, Category]], ...] = (("role", categories.roles), ("topic", categories.topics))
    for axis, named in axes:
        for name, category in named.items():
            own = f"{axis}={top(name, named)}"
            for cue in category.cues.split():
                if own not in labels.setdefault(cue, []):
                    labels[cue].append(own)
    pairs: dict[tuple[str, str], frozenset[str]] = {}
    for cue in labels:
        words = cut(cue)
        if len(words) == 2:
            pairs[words[0], words[1]] = pairs.get((words[0], words[1]), frozenset()) | {cue}
    known = {cue: tuple(names) for cue, names in labels.items()}
    return Cues(known, pairs, Held(known))


# A label says where a line stands in the numbering, not what it is about; each style is one feature.
_LABEL = re.compile(
    r"(?P<part>第[一二三四五六七八九十]+(?:部分|[,，、:：]))|(?P<han>[一二三四五六七八九十]+[、.．])|(?P<paren>[（(][一二三四五六七八九十]+[)）])"
    r"|(?P<digit>\d{1,2}[.．、])|(?P<dparen>[（(]\d{1,2}[)）])|(?P<circle>[①-⑳])|(?P<yishi>[一二三四五六七八九十]+[是要])"
    r"|(?P<order>首先|其次|再次|最后)"
)
# Lines that are no prose: their look says it, whatever they are about.
_SHAPE = re.compile(
    r"(?P<foot>[\[［【]\d{1,3}[\]］】])"
    r"|(?P<attached>附(?:[件表录]|[:：]))"
    r"|(?P<caption>[图表]\s*(?:[\d一二三四五六七八九十]*\s*[:：]|[\d一二三四五六七八九十]+[\s　]))"
    r"|(?P<note>(?:注|备注|说明)[:：])"
    r"|(?P<sent>(?:抄送|报送|主送|印发|送|报|发)[:：])"
    r"|(?P<term>(?:\d{1,2}[.．、])?[【“\"]?[^，。:：;]{2,16}[】”\"]?[:：]?\s*(?:是指|指的是|指))"
    r"|(?P<framed>[（(][^（()）]*[)）]\s*$)"
    r"|(?P<web>.*(?:上一[篇条]|下一[篇条]|责任编辑|责编|浏览次数|点击数|打印本页|版权所有|备案号))"
    r"|(?P<numbered>.{0,12}[〔\[(（]20\d\d[〕\])）]\s*\d+\s*号\s*$)"
    r"|(?P<signed>[^，。：:；]{2,24}(?:委员会|人民政府|办事处|办公室|党委|党工委)\s*$)"
)
_DATE_LINE = re.compile(r"\s*(?:\d{4}|[〇零一二三四五六七八九]{4})年.{1,4}月.{1,4}日\s*")
FEW = 3  # paragraphs; in fewer, first and last place say nothing
_LENGTHS = (6, 12, 20, 35, 60, 100, 180, 320)


def rows(report: Report, cues: Cues) -> Iterator[Seen]:
    """The features of each paragraph of a report, in order; paragraphs must have their words."""
    text = report.document.text
    years = _years(report)
    starts = {paragraph.span.start: paragraph for paragraph in report.paragraphs}
    own = [starts.get(section.span.start) if section.heading else None for section in report.sections]
    headings = [_content_words(paragraph.words)[:40] if paragraph else [] for paragraph in own]
    hints = [hints_of(words, cues) for words in headings]
    kinds = _part_kinds(report, years)
    last_plan = max(
        (section.span.start for section, kind in zip(report.sections, kinds, strict=True) if kind == "plan"), default=-1
    )
    heading_texts = [section.heading.of(text) if section.heading else "" for section in report.sections]
    paths = [_path(report, i) for i in range(len(report.sections))]
    above: dict[int, list[Single]] = {}  # what the headings above say is the same for a whole section
    count = len(report.paragraphs)
    since_heading = 0
    for ordinal, paragraph in enumerate(report.paragraphs):
        said = paragraph.span.of(text)
        label = _LABEL.match(said)
        content = _content_words(paragraph.words)
        since_heading = 0 if paragraph.is_heading else since_heading + 1
        path = [i for i in paths[paragraph.section] if own[i] is not paragraph]
        kind = kinds[paragraph.section]
        place = path[-1] if path else 0
        if place not in above:
            above[place] = [
                *_hints("hq:", hints[place] if path else {}, 1.0),
                *_hints("Hq:", _added(hints[i] for i in path[:-1]), 0.8),
                *((1.0, f"hyear:{name}") for i in path for name in _year_hints(heading_texts[i], years)),
            ]
        groups = [
            _group("w:", list(dict.fromkeys(content)), 3.0),
            _group("f:", content[:4], 1.0),
            _group("l:", content[-3:], 0.7),
            _group("c:", _character_pairs(said) if len(said) <= 40 else (), 1.5),
            _group("h:", headings[path[-1]] if path else (), 1.5),
            ("", 0.35, [*_look(*_looks(paragraph, said, label)), *_signs(paragraph, said)]),
            ("", 0.35, _place(*_places(ordinal, count, since_heading), len(path)) if count >= FEW else ()),
        ]
        singles = [
            *_hints("q:", hints_of(content, cues), 1.0),
            *((1.0, f"year:{name}") for name in _year_hints(said, years)),
            *above[place],
        ]
        if count >= FEW:
            singles += [
                (1.5, f"part={kind}"),
                (1.5, f"part={kind} heading={paragraph.is_heading}"),
                (1.0, f"plan_part={_side(paragraph, kind, last_plan)}"),
                (1.0, f"kind={report.kind.value} part={kind}"),
            ]
        yield groups, singles


def _group(space: str, words: Sequence[str], weight: float) -> Group:
    return (space, weight / math.sqrt(len(words)) if words else 0.0, words)


def _content_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word[0].isalpha()]


def _character_pairs(said: str) -> list[str]:
    said = "^" + said + "$"
    return list(dict.fromkeys(said[i : i + 2] for i in range(len(said) - 1)))


def hints_of(words: Sequence[str], cues: Cues) -> dict[str, int]:
    """How many different cues of each label stand in the words.

    A cue may be two words in a row, or the inside of a longer word. Labels in order: which of two equals is the best
    must not hang on the order of a set, that changes from process to process.
    """
    found = cues.labels.keys() & words
    for word in words:
        if len(word) > 3:
            found |= cues.held[word]
    for pair in cues.pairs.keys() & pairwise(words):
        found |= cues.pairs[pair]
    counts: dict[str, int] = {}
    for cue in found:
        for label in cues.labels[cue]:
            counts[label] = counts.get(label, 0) + 1
    return dict(sorted(counts.items()))


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in counts:
        for label, count in each.items():
            total[label] = total.get(label, 0) + count
    return dict(sorted(total.items()))


def _hints(space: str, counts: dict[str, int], weight: float) -> Iterator[Single]:
    """Each label's cues: their share among the axis's and their number, in the logarithm."""
    for axis in ("role=", "topic="):
        mine = {label: count for label, count in counts.items() if label.startswith(axis)}
        if not mine:
            continue
        total = sum(mine.values())
        for label, count in mine.items():
            yield weight * 1.5 * count / total, f"{space}share {label}"
            yield weight * 0.5 * math.log1p(count), f"{space}count {label}"
        yield weight * 0.7, f"{space}best {max(mine, key=mine.__getitem__)}"


# What a part is for, as its heading says: the first that matches. A heading without one of these inherits.
_PART_KINDS = (
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
    """For each section what its part is for: problem, plan, review, or none that a heading says."""
    return _part_kinds(report, _years(report))


def heading_words(report: Report, section: int) -> list[str]:
    """The words of a section's heading, where it is a line of its own or opens one."""
    heading = report.sections[section].heading
    own = [each for each in report.paragraphs if heading and each.span.start == report.sections[section].span.start]
    return _content_words(own[0].words)[:40] if own else []


def _part_kinds(report: Report, year: int | None) -> list[str]:
    """For each section what its part is for: problem, plan, review, or nothing that a heading says."""
    text = report.document.text
    kinds: list[str] = []
    for number, section in enumerate(report.sections):
        said = section.heading.of(text) if section.heading and number else ""
        years = set(_year_hints(said, year))
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


def _side(paragraph: Paragraph, kind: str, last_plan: int) -> str:
    """Where a paragraph stands by the report's last plan part: inside, before it, or there is none."""
    if kind == "plan":
        return "inside"
    if last_plan < 0:
        return "none"
    return "before" if paragraph.span.start < last_plan else "after"


_YEAR = re.compile(r"(20\d\d|19\d\d)年?")


def _years(report: Report) -> int | None:
    """The last year the report covers, else the latest but one that its headings name."""
    if report.period.end:
        return int(report.period.end[:4])
    return report.period.year


def _year_hints(text: str, year: int | None) -> Iterator[str]:
    if year is None:
        return
    for found in _YEAR.findall(text)[:3]:
        away = int(found) - year
        yield "next" if away > 0 else "own" if away == 0 else "before"


def _path(report: Report, section: int) -> list[int]:
    """Sections from the top down to this one, the report itself left out."""
    path: list[int] = []
    while section > 0:
        path.append(section)
        section = report.sections[section].parent
    return path[::-1]


def _places(ordinal: int, count: int, since: int) -> tuple[int, int, int, int]:
    """In which tenth of the report a paragraph stands, and how near to its ends and to the heading before."""
    return 10 * ordinal // count, min(ordinal, 4), min(count - 1 - ordinal, 4), min(since, 4)


@lru_cache(maxsize=4096)
def _place(position: int, first: int, last: int, since: int, depth: int) -> tuple[str, ...]:
    return f"position={position}", f"first={first}", f"last={last}", f"since={since}", f"depth={depth}"


def _looks(
    paragraph: Paragraph, said: str, label: re.Match[str] | None
) -> tuple[bool, str, str | None, int, str, bool]:
    """A paragraph's outside: heading or not, block, kind of label, length, last sign, headings inside."""
    end = said[-1:] if said[-1:] in "。：:；;！!，,、）)" else "x"
    length = bisect_left(_LENGTHS, len(said))
    kind = label.lastgroup if label else ""
    return paragraph.is_heading, paragraph.kind, kind, length, end, bool(paragraph.run_ins)


@lru_cache(maxsize=4096)
def _look(heading: bool, block: str, label: str | None, length: int, end: str, run_in: bool) -> tuple[str, ...]:
    return (
        "bias", f"heading={heading}", f"block={block}", f"label={label}", f"length={length}",
        f"heading={heading} length={length}", f"ends={end}", f"run_in={run_in}",
    )  # fmt: skip


def _signs(paragraph: Paragraph, said: str) -> Iterator[str]:
    shape = _SHAPE.match(said) if len(said) <= 80 else None
    if shape:
        yield f"shape={shape.lastgroup} heading={paragraph.is_heading}"
        yield f"shape={shape.lastgroup}"
    if "\t" in said:
        yield f"cells digits={any(letter.isdigit() for letter in said)}"
    if _DATE_LINE.fullmatch(said):
        yield "date_line"
    if said[-1:] in "：:" and len(said) < 25:
        yield "salutation"
