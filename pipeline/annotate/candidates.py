"""Which indicator the words of a number point at, and how surely: every candidate, then the one that stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add
from typing import NamedTuple

from pipeline.annotate.book import Book, Cue, Entry
from pipeline.annotate.near import GAP, OWN, SHORT, Near, is_open, is_share, sentence_of
from pipeline.annotate.towns import flow_of_some, is_bare, is_led
from pipeline.model import Fact

THRESHOLD = 0.65
SURE, WEAK = 0.5, 0.3
"""A cue that names the indicator for certain, and one that many things share."""
COUNTED, BESIDE, ELSEWHERE = 0.2, 0.04, -0.25
"""The cue is in the thing counted; beside a thing that says nothing (活动); beside another thing (消防演练)."""
REMOTE = 0.05
"""The thing was named for another number of the sentence."""
OWN_UNIT, OTHER_UNIT = 0.1, 0.05
SAME_TOPIC, IN_CONTEXT = 0.1, 0.2
_TOWN_HEAD = re.compile("^[一-龥]{1,6}?(?:镇|乡|街道|苏木)(?:现有|共有|下有|有|的)?(?=.{2})")
"""The town's own name before the thing: 番石镇户籍人口."""
_COMPOUND = re.compile(
    "^[一-龥]{0,4}?(?:站|点|队|中心|岗|亭|团|会|室|家|协会|项目|活动|组织|基地|平台|驿|之|证|网|群|服务|户)"
)
"""What makes a noun behind a number the name of another thing: 9个志愿者|服务站."""
_ON_BOOKS = ("注册", "在册", "登记")
_TOUCHING = frozenset(("", "了", "“", "《"))
_LIGHT = re.compile(
    "^(?:开展|举办|组织|举行|承办|新增|新建|建成|建立|登记|注册|拥有|现有|共有|到目前|目前|一共|累计|实际|办|搞)+(?=.)"
)
_LIGHTS = frozenset("开举组承新建登注拥现共办搞到目一累实")
_VERB = re.compile("[一-龥]{0,4}?(?:检查|抽查|轮训|培训|慰问|走访|调解|化解|排查)")
_DEED = re.compile(
    "开设|购置|添置|配备|配送|兑换|组建|建立|招募|培养|发放|举办|收集|征集|吸引|带动|成立|设立|开办|创作|制作|编排|拍摄|安装|种植|销售|评选|表彰|撰写"
)
"""A deed inside the words before a number: what follows it is what is counted."""
_DOER = re.compile(
    "[一-龥]{1,8}?(?:[共都各](?=[推评选建办])|推出|推选|评出|选出|组建了?|建起|成立了?|招募|举办|开展|开设)"
)
"""Who did a thing, before it."""
_OF_FOLK = frozenset(("人", "名", "户", "件", "起"))
"""Units that what stands right before the number is counted by, whatever goes on behind it."""
_IS_DEED = re.compile("[到给向被把]|[成当].?了|参[加赛]|当上|担任|完成|获得|拿")
"""What those counted do to the thing of a cue: 【三个】电话打到水库, 【4个】当上了合作社理事长."""
_HEAD = re.compile(
    "(?:鉴定|核查|普查|规划|受灾|受冻|受损|绝收|投保|检疫|免疫|转正|注销|审计|班|制度|办法|方案|协议|档案|台账|社团|教材|证书|课程|工装|服装|标识|话题|栏目|站点|线路)$"
)
"""Things of their own that are named after another: 短视频速成班, 宣讲课程, 危房鉴定."""
_LIST = re.compile(r"[、和及]|(?<!参)与")


class Candidate(NamedTuple):
    """A candidate: which entry, by which cue, where it stands, how sure; ``is_whole``: the cue speaks for all of it."""

    entry: Entry
    cue: str
    at: int
    is_counted: bool
    is_whole: bool
    score: float


_PEOPLE = frozenset(("人", "名", "户"))
_BECAME = re.compile("已(?![有达])|没|未|被|参加(?!的)|仍|还没|因(?!此)")
_SOME = re.compile("(?<![镇乡道区县有级全成型初期来年前])的$")
"""What picks some out of a stock: 无力脱贫的【214名】贫困人口, 吸纳就业690人，其中建档立卡户【314人】."""


def is_subset(near: Near) -> bool:
    """Whether a clause tells what became of so many of those just counted: 监测对象18户，【6户】已消除风险."""
    return not near.own and _BECAME.match(near.tail) is not None


def is_some(fact: Fact, near: Near) -> bool:
    """Whether the words before a number pick some out of those that there are."""
    if near.own[-1:] == "的" and _SOME.search(near.own) is not None:
        return True
    if is_subset(near):
        return True
    return near.previous is None and fact.unit in _PEOPLE and near.own.startswith("其中")


def allowed(found: list[Candidate], fact: Fact, near: Near, book: Book) -> list[Candidate]:
    """The links that hold although the number is so much for each, what is missing, or some of a stock."""
    said = f"{near.own}{GAP}{fact.object}{GAP}{near.tail}"
    lacking, still = book.lacking.search(said), near.own.endswith(book.still)
    close = f"{near.own[-SHORT:]}{GAP}{fact.object}{GAP}{near.tail[: len(fact.object) + SHORT]}"
    partial = book.partial.search(close)
    if is_share(fact, near):
        found = [each for each in found if each.entry.is_average]
    if still or lacking is not None:
        word = lacking[0] if lacking is not None else GAP
        found = [each for each in found if each.entry.indicator.better != "up" or word in each.cue]
    if near.is_reached or near.own.startswith("的") or is_some(fact, near):  # 参与度低于60%的支部
        found = [each for each in found if each.entry.indicator.flow != "stock" or near.own.endswith(f"{each.cue}的")]
    flow = flow_of_some(near)
    if flow is not None:
        found = [each for each in found if each.entry.indicator.flow != flow]
    if partial is not None:
        found = [each for each in found if each.entry.indicator.flow != "stock" or partial[0] in each.cue]
    return found


def best_of(fact: Fact, near: Near, book: Book) -> Candidate | None:
    """The one link above the threshold; a list of unlike things (宣讲、演出12场) has none."""
    found = list(_links(fact, near, book))
    if not found:
        return None
    found = allowed(found, fact, near, book)
    fitting = [each for each in found if each.is_whole]
    if not fitting:
        return None
    best = max(fitting, key=lambda each: (each.score, each.at + len(each.cue), len(each.cue)))
    for other in found:
        if other.entry is best.entry:
            continue
        is_listed = best.is_counted == other.is_counted
        if is_listed and _LIST.search(near.words, min(best.at, other.at), max(best.at, other.at)):
            if near.words.rfind("等", other.at, best.at) >= 0 and not book.plain.fill(best.cue):
                continue  # 元宵灯会、端午龙舟等节庆活动
            total = _total(best.entry, other.entry)
            return best._replace(entry=total) if total else None
        if other.is_whole and other.entry.indicator.part_of == best.entry.indicator.id:
            best = other
    return best


def _total(one: Entry, other: Entry) -> Entry | None:
    """The total that both belong to, if one is a part of the other."""
    if one.indicator.part_of == other.indicator.id:
        return other
    return one if other.indicator.part_of == one.indicator.id else None


def _first(fact: Fact, near: Near, book: Book) -> Iterator[Candidate]:
    """The cues that are the first noun behind the number: 街道【9个】村齐上阵, but not 9个村民小组."""
    thing = fact.object if near.is_behind else near.tail
    if not near.is_behind and len(thing) > 1 and fact.object not in near.own and not is_open(fact):
        yield from _behind(fact, near, book)
    if thing[:1] not in book.first or near.tail.startswith(book.compounds):
        return
    for cue in book.first[thing[:1]]:
        if fact.unit in cue.units and thing.startswith(cue.anchor) and is_led(cue, fact, near):
            score = score_of(fact, cue, COUNTED, near)
            if score >= THRESHOLD:
                yield Candidate(cue.entry, cue.anchor, near.first, True, True, score)


def _behind(fact: Fact, near: Near, book: Book) -> Iterator[Candidate]:
    """The cues behind the number at once where the thing counted is sought elsewhere: 9名通讯员真正动笔的."""
    for cue in book.of_unit.get(fact.unit, {}).get(near.tail[:2], ()):
        rest = near.tail[len(cue.anchor) : len(cue.anchor) + SHORT]
        if not cue.sure or cue.rest or not near.tail.startswith(cue.anchor) or _COMPOUND.match(rest) is not None:
            continue
        score = score_of(fact, cue, COUNTED, near)
        if score >= THRESHOLD:
            yield Candidate(cue.entry, cue.anchor, near.first, True, True, score)


def _links(fact: Fact, near: Near, book: Book) -> Iterator[Candidate]:
    """Every cue that holds above the threshold."""
    words, thing, unit, is_wide = near.words, fact.object, fact.unit, is_open(fact)
    if is_bare(near):  # 9个村、168个村民小组，【8960户】31240人
        for cue in book.alone.get("", ()):
            if unit in cue.units and is_led(cue, fact, near):
                yield Candidate(cue.entry, unit, near.first, True, True, score_of(fact, cue, COUNTED, near))
    for cue in book.alone.get(_LIGHT.sub("", thing, count=1) if thing[:1] in _LIGHTS else thing, ()):
        around = near.text[max(fact.sentence.start, fact.span.start - OWN) : fact.span.start]
        if not (is_wide or unit in cue.units) or any(word not in around for word in cue.rest):
            continue
        score = score_of(fact, cue, COUNTED, near)
        if score >= THRESHOLD:
            yield Candidate(cue.entry, cue.anchor, near.first, True, True, score)
    yield from _first(fact, near, book)
    cues = book.cues if is_wide else book.of_unit.get(unit, {})
    heads = [(at, head) for at, head in enumerate(map(add, words, words[1:])) if head in cues]
    for at, head in heads:
        if not words.startswith(book.anchors[head], at):
            continue
        for cue in cues[head]:
            if not words.startswith(cue.anchor, at):
                continue
            if is_wide and not (unit or "" in cue.units or cue.units == cue.entry.units):
                continue
            if cue.rest and not all(word in words for word in cue.rest):
                continue
            is_counted = near.first < near.last and at < near.last and at + len(cue.anchor) > near.first
            is_counted = is_counted or (not near.is_remote and any(word in thing for word in cue.rest))
            weight = _weight(thing, cue, at, is_counted, near, unit, book)
            if weight == ELSEWHERE:  # never above the threshold
                continue
            if near.is_behind and is_counted and _is_done_by(thing, thing.find(cue.anchor)):
                continue
            is_deed = is_counted and near.is_behind and at > near.first and _IS_DEED.search(words, near.first, at)
            score = score_of(fact, cue, weight, near) if not is_deed or cue.entry.indicator.flow != "stock" else 0.0
            if score < THRESHOLD or (
                is_counted and _is_narrower(thing, cue, is_wide and bool(unit), near.is_behind, unit, book)
            ):
                continue
            is_governed = at < near.first  # 检查企业、加油站: the verb is said of all
            is_whole = not is_counted or is_governed or "、" not in thing or _is_whole(thing.split("、"), cue, book)
            yield Candidate(cue.entry, cue.anchor, at, is_counted, is_whole, score)


def _weight(thing: str, cue: Cue, at: int, is_counted: bool, near: Near, unit: str, book: Book) -> float:
    """How much it says that the cue stands where it stands."""
    if is_counted:
        return REMOTE if near.is_remote else COUNTED
    if near.is_remote or book.plain.fill(thing):
        return BESIDE
    is_whose = cue.sure and not cue.entry.indicator.strict and unit in _OF_FOLK
    if is_whose and near.is_behind and at + len(cue.anchor) == len(near.own):  # 矫正对象【8人】月月见面
        return BESIDE
    if cue.entry.indicator.strict or near.words[at + len(cue.anchor) : near.first] not in _TOUCHING:
        return ELSEWHERE
    return BESIDE


def score_of(fact: Fact, cue: Cue, weight: float, near: Near) -> float:
    """How well the cue's indicator fits, 0 when it cannot; ``weight`` is that of where the cue stands."""
    entry, words = cue.entry, near.words
    for barred in entry.without:
        if barred[0] in words and all(word in words for word in barred):
            return 0.0
    if entry.indicator.better == "neither" and fact.low is None and fact.kind == "target":
        return 0.0  # what shall not be passed counts nothing that was done: 信访件控制在50件以内
    if not fact.unit and "" not in entry.units:
        is_zero = fact.high == 0 and entry.indicator.better == "down"  # 未发生较大事故
        if not (weight == COUNTED and cue.sure and (is_zero or "\t" in near.text)):
            return 0.0
    score = (SURE if cue.sure else WEAK) + weight
    score += OWN_UNIT if fact.unit == entry.indicator.unit else OTHER_UNIT
    score += SAME_TOPIC if near.topic in entry.topics else 0
    if entry.follows and not cue.sure and near.previous not in (None, entry.indicator.id):
        if near.previous not in entry.follows:
            return 0.0
        score += IN_CONTEXT
    elif not cue.sure and entry.context:
        sentence = near.heading + GAP + sentence_of(fact, near)
        has_context = any(word in sentence and topic in ("", near.topic) for word, topic in entry.context)
        if cue.needs_context and not has_context:
            return 0.0
        score += IN_CONTEXT if has_context else 0
    return round(score, 2)


def _is_narrower(thing: str, cue: Cue, is_growth: bool, is_behind: bool, unit: str, book: Book) -> bool:
    """Whether the thing counted is another than the cue's: 民间固定资产投资, where only the whole will do.

    A growth is that of the last noun: 龙头企业销售收入增长8% is none of 龙头企业.
    """
    words = (cue.anchor, *cue.rest)
    rest = thing[max(_end(thing, word) for word in words) :]
    if is_growth and not book.around.fill(rest):
        return True
    if rest and not is_behind and unit != "元" and _has_other_head(rest, cue, book):
        return True
    if not cue.entry.indicator.strict:
        return False
    if is_behind and thing.startswith(_ON_BOOKS) and _COMPOUND.match(rest) is None:  # 【3845名】注册志愿者轮流护滩
        return False
    bare = _TOWN_HEAD.sub("", f"{thing}数数")[:-2]
    for word in words:
        thing, bare = thing.replace(word, "", 1), bare.replace(word, "", 1)
    return not (book.around.fill(thing) or book.around.fill(bare))


def _is_done_by(thing: str, at: int) -> bool:
    """Whether what stands behind a number is who does it, and the cue what is done: 【12个】村共推出先进典型."""
    return at > 2 and _DOER.match(thing[:at]) is not None


def _has_other_head(rest: str, cue: Cue, book: Book) -> bool:
    """Whether what follows the cue in the thing names another thing: 少年宫开设|社团, 短视频速成|班."""
    if len(rest) < 2:
        return False
    deed = _DEED.search(rest)
    other = rest[deed.end() :] if deed is not None else ""
    if len(other) > 1 and not book.around.fill(other) and not _is_said(other, cue, book):
        return True
    head = _HEAD.search(rest)
    return head is not None and head[0] not in cue.anchor and not any(head[0] in word for word in cue.entry.heads)


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
