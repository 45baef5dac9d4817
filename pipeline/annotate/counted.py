"""What a quantity counts in its place: its own phrase, a share of a list, or what the number before it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.annotate import changes, objects, objects_behind
from pipeline.annotate.lexicon import words
from pipeline.annotate.quantity import Quantity
from pipeline.model import Fact

LISTED = frozenset(("", "、", "和", "及", "与", "以及", "或", ",", "到", "至", "，"))
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


@dataclass(frozen=True, slots=True)
class Place:
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
    text: str,
) -> str:
    """The object in the light of the number before: one that says only a change or a share counts the same thing."""
    object_ = objects.of_each(object_) if object_[:1] == "每" else object_
    if not object_ and place.following != quantity.end:
        return kin.object if kin is not None else objects.bare_verb(place.item)
    if _is_of_before(object_, quantity, place, near, kind, is_shared, text):
        return near.object or object_
    if object_[:1] == "占" and object_[1:2] not in ("地", "面") and place.item.lstrip("，、,").startswith("占"):
        return near.object + object_
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
    return is_here and (fact.unit not in _RATES or quantity.unit in _RATES)


def object_of(text: str, quantity: Quantity, place: Place) -> tuple[str, int]:
    """The object, and the position behind it when it stands behind the unit."""
    before = objects.before(place.item)
    if quantity.dimension in _MEASURED and (before or (not place.item and place.taken == quantity.start)):
        size = objects_behind.behind(text, quantity.end, place.clause[1]) if quantity.dimension in _SIZED else ""
        if size and (
            objects_behind.is_facility(size)
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
    if behind and before and quantity.end + len(behind) >= place.following and not objects_behind.is_short_noun(behind):
        behind = ""  # what follows belongs to the next number
    if before and text.startswith(("的基础", "的情况", "的前提", "的同时"), quantity.end):
        behind = ""
    if behind and (
        not before
        or len(behind) >= 2
        or place.item[-1] in "和及与、等"
        or (objects_behind.is_short_noun(behind) and quantity.unit == "个")
        or objects.ends_with_verb(before)
        or objects.ends_with_verb(place.item)
    ):
        at = text.find(behind, quantity.end, place.clause[1])
        return behind, at + len(behind) if at >= 0 else quantity.end
    if not before and quantity.dimension.startswith("money") and place.item:
        before = objects.purpose(text, quantity.end)
    if not before:
        before = objects.last_verb(place.item)
    if (
        not before
        and quantity.dimension in ("people", "person_times", "event")
        and not place.item.strip("，、其中有共先后今年全市县镇乡区组织")
    ):
        return objects_behind.deed(text, quantity.end)
    return before, quantity.end


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


def with_late_objects(facts: list[Fact]) -> list[Fact]:
    """A number without an object of its own takes that of the number glued behind it (36户90人受益)."""
    for index in range(len(facts) - 2, -1, -1):
        if not facts[index].object and facts[index].span.end == facts[index + 1].span.start:
            facts[index] = replace(facts[index], object=facts[index + 1].object)
    return facts
