"""What a quantity counts in its place: its own phrase, a share of a list, or what the number before it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.annotate import changes, objects, objects_behind
from pipeline.annotate.lexicon import EXISTING_VERBS, VERBS, words
from pipeline.annotate.quantity import Quantity
from pipeline.model import Fact

LISTED = frozenset(("", "、", "和", "及", "与", "以及", "或", ",", "到", "至", "，", "、+", "，+"))
"""What may stand between two numbers of one list."""
_MEASURED = words(
    "money money_usd money_eur money_hkd money_jpy area "
    "area_times ratio permille points length mass volume "
    "power energy times time temperature sound box coal "
    "tonnage score age"
)
_RATES = frozenset(("%", "‰", "百分点"))
_FUNDS = frozenset(
    ("需资金", "需要资金", "需投入", "所需", "需", "需要", "总投资", "共投资", "共投入", "所需资金", "需投资")
)
"""What money is called that is for the thing just named: ``新建书屋4处，总投资36万元``."""
_FILLERS = frozenset(("整整", "已经", "几乎", "又"))
_SIZED = frozenset(["area", "mass", "volume", "power", "energy", "length"])
CLAUSE = 100
"""How much of a clause before a number is looked at, in characters: no clause of a report is longer."""


class Place(NamedTuple):
    """Where a quantity stands: its clause, its own item of a list in it, its sentence, the next quantity."""

    clause: tuple[int, int]
    item: str
    sentence: tuple[int, int]
    following: int
    is_listed: bool
    taken: int


def named(
    object_: str,
    quantity: Quantity,
    place: Place,
    near: Fact,
    kin: Fact | None,
    kind: str,
    is_shared: bool,
    is_placed: bool,
    text: str,
) -> str:
    """The object in the light of the number before: one that says only a change or a share counts the same thing."""
    object_ = objects.of_each(object_) if object_[:1] == "每" else object_
    if not object_ and place.following != quantity.end:
        if kin is None:
            return objects.bare_verb(place.item)
        is_part = kin is near and text.startswith(kin.object + "中", kin.span.end)  # 228家企业中，61家完成技改
        return (objects_behind.deed(text, quantity.end)[0] if is_part else "") or kin.object
    if is_placed:
        return kin.object if kin is not None else object_
    if _is_of_before(object_, quantity, place, near, kind, is_shared, text):
        return near.object or object_
    if object_[:1] == "占" and object_[1:2] not in ("地", "面") and place.item.lstrip("，、,").startswith("占"):
        return near.object + object_
    if object_ == "新增" and near.unit == quantity.unit:
        return near.object
    if object_ in objects.TOTALS and not near.object.endswith(object_):
        return near.object + (object_ if quantity.dimension == "ratio" else "")
    if object_ and object_[-1] in "级上体" and near.unit == quantity.unit:
        return objects.of_level(object_, near.object)
    return object_


def _is_of_before(
    object_: str, quantity: Quantity, place: Place, near: Fact, kind: str, is_shared: bool, text: str
) -> bool:
    """Whether a number counts what the one before it does, although its own clause says some words."""
    if object_ in _FUNDS and quantity.dimension == "money" and near.unit != "元":
        return True
    if quantity.numeral[0] == "翻" and object_ in _FILLERS:
        return True
    if is_shared:
        return False
    opens = place.item.lstrip("，、；")[:1]
    if kind in ("baseline", "change", "norm") and opens in ("较", "比", "和", "与", "同"):
        return True
    return changes.is_only_change(place.item) and not text.startswith(object_, quantity.end)


def is_akin(fact: Fact, quantity: Quantity, place: Place) -> bool:
    """Whether a number may count what an earlier one of its sentence was of: a count is not of a rate."""
    is_here = fact.sentence.start == place.sentence[0]
    return is_here and (fact.unit not in _RATES or quantity.unit in _RATES or _is_growth(fact))


def _is_growth(fact: Fact) -> bool:
    """Whether a rate says how much a thing grew, so that what follows may be the thing: ``增长8%，达到9170元``."""
    return fact.direction is not None and fact.object[-1:] not in ("率", "比", "重")


_OF_PEOPLE = frozenset(("people", "household", "person_times", "area", "event", "text", "money", "mass", "length"))


PLACE_ENDS = frozenset("村区屯查会")
"""The last signs of a village's name: what is looked at before anything else of it."""


def is_of_place(object_: str, quantity: Quantity, item: str) -> bool:
    """Whether a number's own phrase only says which village it is of: ``其中：柳溪村61户``."""
    return quantity.dimension in _OF_PEOPLE and objects.is_place(object_) and item.endswith(object_)


def object_of(text: str, quantity: Quantity, place: Place) -> tuple[str, int]:
    """The object, and the position behind it when it stands behind the unit."""
    before = objects.before(place.item)
    if before in EXISTING_VERBS:  # 围绕3000亩茶园
        before = ""
    if quantity.dimension[:5] == "money":
        financed = (
            objects_behind.behind(text, quantity.end, place.clause[1])
            if place.item.endswith("享受")
            else _financed(text, quantity, place.clause[1])
        )
        if financed:
            return financed, quantity.end
    if quantity.dimension == "people" and text[quantity.end : quantity.end + 1] == "为":
        named_as = _NAMED_AS.match(text, quantity.end)
        if named_as is not None and place.item.endswith(_APPOINTS):
            return named_as[1], named_as.end()
    if before in _PLANNED and text[quantity.end : quantity.end + 1] not in tuple("，。；、"):
        aim = objects.purpose(text, quantity.end)
        if aim:
            return aim, quantity.end
    if before[-1:] == quantity.unit and place.item.endswith(("户有", "家有", "人有")):
        return before, quantity.end
    if quantity.dimension in _MEASURED and (before or (not place.item and place.taken == quantity.start)):
        size = objects_behind.behind(text, quantity.end, place.clause[1]) if quantity.dimension in _SIZED else ""
        if text.startswith(("长的", "宽的", "高的"), quantity.end):
            size = objects_behind.behind(text, quantity.end + 2, place.clause[1])
            if size:
                return size, quantity.end
        if size and (
            objects_behind.is_facility(size)
            or (before[-2:] in _WHEREABOUTS and size[0] not in "内范以")
            or (
                (before[-1:] in tuple("长宽高深厚") or before in ("总面积", "面积", "全长", "总长"))
                and text[quantity.end : quantity.end + 1] == "的"
            )
        ):
            return size, quantity.end  # 长4.8公里的水泥路
        if not objects.is_spending(before):
            return before, quantity.end
    if quantity.dimension == "noun":  # 辖5乡3镇: the unit is the thing
        return quantity.unit, quantity.end
    behind = objects_behind.behind(text, quantity.end, place.clause[1])
    is_next = behind and before and quantity.end + len(behind) >= place.following
    if is_next and not objects_behind.is_short_noun(behind) and not objects.ends_with_verb(before):
        behind = ""  # what follows belongs to the next number
    if before and text.startswith(("的基础", "的情况", "的前提", "的同时"), quantity.end):
        behind = ""
    if not before and place.item and quantity.dimension[:5] == "money" and behind[:2] in VERBS:
        is_list = text[quantity.end + len(behind) : quantity.end + len(behind) + 1] == "、"
        aim = objects.purpose(text, quantity.end) if is_list else ""
        if aim:  # 投资60万元实施了…工程: what it was for
            return aim, quantity.end
    if behind and (
        not before
        or len(behind) >= 2
        or place.item[-1] in "和及与、等"
        or (objects_behind.is_short_noun(behind) and quantity.unit == "个")
        or objects.ends_with_verb(before)
        or objects.ends_with_verb(place.item)
    ):
        at = text.find(behind, quantity.end, place.clause[1])
        return behind, at + len(behind) + text.startswith("中", at + len(behind)) if at >= 0 else quantity.end
    if not before and quantity.dimension.startswith("money") and place.item:
        before = objects.purpose(text, quantity.end)
    if not before:
        before = objects.last_verb(place.item)
    if (
        not before
        and place.item[:1] != "、"  # 77户、299人: both are the same
        and quantity.dimension in ("people", "person_times", "event")
        and not place.item.strip("，、其中有共先后今年全市县镇乡区组织为")
    ):
        return objects_behind.deed(text, quantity.end)
    return before, quantity.end


_NAMED_AS = re.compile("为([^，。；、的0-9]{2,12})")
_APPOINTS = ("聘请", "选聘", "聘任", "选派", "推选", "任命", "评选", "确定", "培养")
"""``聘请2人为纪律监督员``: they are what they are named."""
_PLANNED = frozenset(("计划投资", "计划总投资", "拟投资", "预计投资"))
_WHEREABOUTS = frozenset(("周边", "沿线", "两侧", "附近", "境内", "沿岸", "两岸"))
"""Words of a place at the end of a phrase, so that what has the size stands behind it."""
_FINANCES = ("建设的", "修建的", "兴建的", "新建的", "打造的", "实施的", "改造的")
_OF_SIZE = re.compile(r"的[0-9.]+万?[一-龥]{1,3}?(?=[一-龥]{2,12}(?:项目|工程|基地|生产线|中心|产业园))")


def _financed(text: str, quantity: Quantity, end: int) -> str:
    """What money was put into, named behind it with 的: ``投资2亿元建设的养殖基地``, ``8亿元的50万吨不锈钢项目``."""
    if text.startswith(_FINANCES, quantity.end):
        return objects_behind.behind(text, quantity.end + 2, end)
    if text[quantity.end : quantity.end + 1] == "的" and "投资" in text[quantity.start - 4 : quantity.start]:
        thing = objects_behind.behind(text, quantity.end, end)
        if objects_behind.is_facility(thing):
            return thing
    sized = _OF_SIZE.match(text, quantity.end, end) if text[quantity.end : quantity.end + 1] == "的" else None
    return objects_behind.behind(text, sized.end(), end) if sized is not None else ""


def shared_of(text: str, found: list[Quantity], index: int, place: Place, facts: list[Fact]) -> list[str]:
    """The objects of a 分别 list, one for each of its values."""
    count = 1
    while index + count < len(found) and text[found[index + count - 1].end : found[index + count].start] in LISTED:
        count += 1
    subject, _, rest = place.item.rpartition("分别")
    if not objects.before(subject) and len(facts) >= count > 1:  # 收入8万元、支出6万元，分别增长3%和2%
        last = facts[-count:]
        if all(fact.sentence.start == place.sentence[0] for fact in last):
            return [fact.object for fact in last]
    if not objects.before(subject):  # the subject stands in the clause before: ``A、B，分别达到…``
        end = place.clause[0] - 1
        subject = text[max(0, end - CLAUSE) : max(end, 0)]
        subject = subject[max(subject.rfind(sign) for sign in "，。；：") + 1 :]
    return objects.shares(subject, count) if objects.before(subject) else [objects.before(rest)] * count


_LEADS_OVER = words(
    "占 约占 仅占 占比 占比达 共有 现有 有 总计 共计 共 达 达到 为 只有 仅有 从 由 "
    "从原来的 由原来的 由原先的 从过去的 由过去的"
)
_GETS_EACH = re.compile(r"每[篇条次件场个](?:再)?(?:奖励?|补助|补贴|加|计|扣)")
_SUBJECT = re.compile(r"[^，。；：、！？（）]{2,18}$")


def subject_of(text: str, place: Place, done: int) -> str:
    """What the clause before names when a number's own only leads over to it: ``35岁以下的，占``, ``集镇建成区，共有``.

    ``done`` is where the number before it ends, which keeps its own words.
    """
    said = place.item.strip("，、；： ")
    if said not in _LEADS_OVER and _GETS_EACH.fullmatch(said) is None:
        return ""
    subject = _SUBJECT.search(text, max(place.sentence[0], done), max(place.clause[0] - 1, 0))
    if subject is None or (subject[0].endswith("的") and said not in _LEADS_OVER):
        return ""  # 凡被采用的，每篇奖励200元: a condition
    return objects.before(subject[0])


def with_late_objects(facts: list[Fact]) -> list[Fact]:
    """A number without an object of its own takes that of the number glued behind it (36户90人受益)."""
    for index in range(len(facts) - 2, -1, -1):
        if not facts[index].object and facts[index].span.end == facts[index + 1].span.start:
            facts[index] = facts[index]._replace(object=facts[index + 1].object)
    return facts
