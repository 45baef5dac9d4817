"""Every number of a paragraph with its meaning: kind, object, per, direction, scope, authority, clause period."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from pipeline.annotate import changes, clauses, kinds, norms, objects, periods, quantities, rows, scopes, zeros
from pipeline.annotate.lexicon import words
from pipeline.annotate.quantities import Quantity
from pipeline.model import Direction, Fact, FactContext, Period, Span, Units

_LISTED = frozenset(("", "、", "和", "及", "与", "以及", "或", ",", "到", "至", "，"))
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
_KIN = 4
"""So many numbers back the thing may stand that a number goes on counting."""
_FILLERS = frozenset(("整整", "已经", "几乎", "又"))
_SIZED = frozenset(["area", "mass", "volume", "power", "energy", "length"])
_SIZES = words("亩 公顷 平方公里 平方米 公里 米 毫米 厘米 立方米 吨 千克")
_CLAUSE = 100
"""How much of a clause before a number is looked at, in characters: no clause of a report is longer."""
_HEAD = 30
"""How much of a sentence's beginning governs all that follows, in characters."""
_PRIOR = 60
"""How far back in the sentence a tense word still governs a number, in characters."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity stands: its clause, its own item of a list in it, its sentence, the next quantity."""

    clause: tuple[int, int]
    item: str
    sentence: tuple[int, int]
    following: int
    is_listed: bool
    taken: int


def find(text: str, context: FactContext, units: Units) -> tuple[Fact, ...]:
    """The facts of one paragraph, in order, spans relative to ``text``; never two that overlap.

    >>> from pipeline.model import Unit
    >>> units = Units((Unit("元", "money"),), {"text": "篇", "event": "次"})
    >>> [(f.span.of("上半年集中学习6次，撰写心得40余篇。"), f.object, f.kind) for f in
    ...  find("上半年集中学习6次，撰写心得40余篇。", FactContext(), units)]
    [('6次', '集中学习', 'achieved'), ('40余篇', '心得', 'achieved')]
    """
    if context.cells:
        return tuple(rows.find(text, context, units))
    half = quantities.half_width(text)
    found = quantities.find(half, units)
    stated = list(zeros.find(half)) if "零" in half or "未" in half or "没有" in half or "无" in half else []
    if not found and not stated:
        return ()
    where = clauses.cuts(half)
    facts = _measured(half, found, where, context)
    return tuple(_with_zeros(half, facts, stated, where, context) if stated else facts)


def _measured(half: str, found: list[Quantity], where: clauses.Cuts, context: FactContext) -> list[Fact]:
    """The facts of all quantities, each knowing the one before it."""
    facts: list[Fact] = []
    role = kinds.stance(context.role, context.section_role, half, context.half, context.is_borne_out)
    taken = 0  # where the text ends that an earlier number has used as its object
    shared: list[str] = []
    for index, quantity in enumerate(found):
        clause = clauses.clause(where, quantity.start, quantity.end)
        begin = max(clause[0], taken, found[index - 1].end if index else 0)
        place = _Place(
            clause,
            half[max(begin, quantity.start - _CLAUSE) : quantity.start],
            clauses.sentence(where, quantity.start),
            found[index + 1].start if index + 1 < len(found) else len(half),
            bool(index) and half[found[index - 1].end : quantity.start] in _LISTED,
            taken,
        )
        if "分别" in place.item or (
            changes.is_only_change(place.item) and half[quantity.end : place.following] in _LISTED
        ):
            shared = _shared(half, found, index, place, facts)
        is_shared = bool(shared)
        object_, taken = (shared.pop(0), quantity.end) if shared else _object(half, quantity, place)
        nearest = reversed(facts[-_KIN:] if object_[:1] in ("", "每") else [])
        kin = next((fact for fact in nearest if _is_akin(fact, quantity, place)), None)
        goes_on = place.is_listed and (is_shared or not object_)
        facts.append(
            _fact(half, quantity, place, object_, facts[-1] if facts else None, goes_on, is_shared, kin, context, role)
        )
    return _with_late_objects(facts)


def _fact(
    text: str,
    quantity: Quantity,
    place: _Place,
    object_: str,
    previous: Fact | None,
    goes_on: bool,
    is_shared: bool,
    kin: Fact | None,
    context: FactContext,
    role: str,
) -> Fact:
    """A quantity with its meaning; one that merely continues a list means what the number before it means."""
    known = (Span(quantity.start, quantity.end), quantity.low, quantity.high, quantity.unit, quantity.approx)
    if goes_on and previous is not None and previous.unit == quantity.unit:
        span, low, high, unit, approx = known
        return replace(
            previous,
            span=span,
            low=low,
            high=high,
            unit=unit,
            approx=approx,
            object=object_ or previous.object,
            kind="achieved" if previous.kind == "baseline" and text[quantity.start - 1] in "到至" else previous.kind,
            rule="list",
        )
    first = place.clause[0]
    left = text[max(first, quantity.start - _CLAUSE) : quantity.start]
    right = text[quantity.end : quantity.end + 30]
    prior = text[max(place.sentence[0], first - _PRIOR) : first]
    if first - place.sentence[0] > _PRIOR:  # a sentence's head governs all of it: 主要预期目标是：…
        prior = text[place.sentence[0] : place.sentence[0] + _HEAD] + "，" + prior
    is_change, direction = _change(quantity, place.item, left, text)
    per = kinds.per_of(left, quantity.per)
    if quantity.dimension == "ratio" and not is_change:
        per = None
    is_counted = bool(object_) and text.startswith(object_, quantity.end)
    near = previous if previous is not None and previous.sentence.start == place.sentence[0] else None
    kind = kinds.kind_of(
        role,
        context.half,
        left,
        prior,
        right,
        quantity.dimension,
        quantity.approx,
        is_counted,
        is_change,
        per,
        place.item,
        _kind_before(near, quantity, place),
        text[quantity.start : quantity.end],
    )
    if text[quantity.unit_end - 1] == "折" and kind == "achieved" and norms.is_discount(place.item):
        kind = "norm"
    if near is not None and near.kind == "baseline" and near.unit == quantity.unit and per is None:
        per = near.per
    if near is not None:
        object_ = _named(object_, quantity, place, near, kin, kind, is_shared, text)
    if kinds.is_timetable(object_, quantity.unit):
        kind = "norm"
        per = per or (previous.per if previous is not None and previous.kind == "norm" else None)
    if is_change and direction == "up" and "改善" in place.item and changes.is_harm(object_):
        direction = "down"
    scope = scopes.scope_of(left, context.town)
    around = text[max(place.sentence[0], quantity.start - _CLAUSE) : min(place.sentence[1], quantity.end + _PRIOR)]
    authority = scopes.authority_of(around)
    period = _period(left, prior, kind, context)
    return Fact(*known, kind, object_, per, direction, Span(*place.sentence), "clause", 1.0, scope, authority, period)


def _kind_before(near: Fact | None, quantity: Quantity, place: _Place) -> str:
    """The kind of the number before as far as this one goes on with it: of one unit, or one rule."""
    if near is None:
        return ""
    is_same = near.unit == quantity.unit or (near.kind == "norm" and norms.goes_on(place.item))
    return near.kind if is_same else ""


def _period(left: str, prior: str, kind: str, context: FactContext) -> Period | None:
    """The time that a number's own clause states, or an earlier one of its sentence up to a semicolon.

    A plan at the end of a year means the next one's: ``上半年办培训2期``.
    """
    year = context.year
    if year is not None and kind == "target" and context.half == _SECOND and "上半年" in left + prior:
        year += 1
    own = periods.period_of(left, year, is_compared=kind == "baseline", is_ahead=kind == "target")
    if own is not None or periods.is_own_time(left):
        return own
    near = prior[prior.rfind("；") + 1 :]
    return periods.period_of(near, year, is_prior=True, is_ahead=kind == "target") or periods.opening_of(
        prior, context.year
    )


_SECOND = 2


def _named(
    object_: str,
    quantity: Quantity,
    place: _Place,
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
    object_: str, quantity: Quantity, place: _Place, near: Fact, kind: str, is_shared: bool, text: str
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


def _is_akin(fact: Fact, quantity: Quantity, place: _Place) -> bool:
    """Whether a number may count what an earlier one of its sentence was of: a count is not of a rate."""
    is_here = fact.sentence.start == place.sentence[0]
    if fact.unit in _SIZES and quantity.dimension not in _SIZED:
        return False
    return is_here and (fact.unit not in _RATES or quantity.unit in _RATES)


def _change(quantity: Quantity, item: str, left: str, text: str) -> tuple[bool, Direction | None]:
    if quantity.numeral[0] == "翻":
        return True, "up"
    if quantity.approx == "at_most" and text.startswith("控制", quantity.start):
        return False, None
    return changes.change_of(item, quantity.dimension, left)


def _object(text: str, quantity: Quantity, place: _Place) -> tuple[str, int]:
    """The object, and the position behind it when it stands behind the unit."""
    before = objects.before(place.item)
    if quantity.dimension in _MEASURED and (before or (not place.item and place.taken == quantity.start)):
        size = objects.behind(text, quantity.end, place.clause[1]) if quantity.dimension in _SIZED else ""
        if size and (
            objects.is_facility(size)
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
    behind = objects.behind(text, quantity.end, place.clause[1])
    if behind and before and quantity.end + len(behind) >= place.following and not objects.is_short_noun(behind):
        behind = ""  # what follows belongs to the next number
    if before and text.startswith(("的基础", "的情况", "的前提", "的同时"), quantity.end):
        behind = ""
    if behind and (
        not before
        or len(behind) >= 2
        or place.item[-1] in "和及与、等"
        or (objects.is_short_noun(behind) and quantity.unit == "个")
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
        and not place.item.strip("，、其中有共先后今年全市县镇乡区")
    ):
        return objects.deed(text, quantity.end)
    return before, quantity.end


def _shared(text: str, found: list[Quantity], index: int, place: _Place, facts: list[Fact]) -> list[str]:
    """The objects of a 分别 list, one for each of its values."""
    count = 1
    while index + count < len(found) and text[found[index + count - 1].end : found[index + count].start] in _LISTED:
        count += 1
    subject, _, rest = place.item.rpartition("分别")
    if not objects.before(subject) and len(facts) >= count > 1:  # 收入8万元、支出6万元，分别增长3%和2%
        last = facts[-count:]
        if all(fact.sentence.start == place.sentence[0] for fact in last):
            return [fact.object for fact in last]
    if not objects.before(subject):  # the subject stands in the clause before: ``A、B，分别达到…``
        end = place.clause[0] - 1
        subject = text[max(0, end - _CLAUSE) : max(end, 0)]
        subject = subject[max(subject.rfind(sign) for sign in "，。；：") + 1 :]
    return objects.shares(subject, count) if objects.before(subject) else [objects.before(rest)] * count


def _with_zeros(
    text: str, facts: list[Fact], stated: list[tuple[Quantity, str]], where: clauses.Cuts, context: FactContext
) -> list[Fact]:
    """The facts with the stated zeros among them; a zero gives way where a number already stands."""
    every = list(facts)
    taken = [fact.span.start for fact in facts]
    for quantity, object_ in stated:
        index = bisect_left(taken, quantity.end) - 1
        if index >= 0 and facts[index].span.end > quantity.start:
            continue
        sentence = clauses.sentence(where, quantity.start)
        first = clauses.clause(where, quantity.start, quantity.end)[0]
        rule = "zero" if quantity.low is not None else "uncounted"
        span = Span(quantity.start, quantity.end)
        fact = Fact(
            span,
            quantity.low,
            quantity.high,
            "",
            quantity.approx,
            "achieved",
            object_,
            None,
            None,
            Span(*sentence),
            rule,
        )
        if context.role == "plan" and rule == "zero":
            fact = replace(fact, kind="target")
        every.append(_owned(fact, text, first, context))
    every.sort(key=lambda fact: fact.span)
    return [fact for index, fact in enumerate(every) if not index or every[index - 1].span.end <= fact.span.start]


def _owned(fact: Fact, text: str, first: int, context: FactContext) -> Fact:
    """The fact with scope, authority and the clause's own period."""
    left = text[max(first, fact.span.start - _CLAUSE) : fact.span.start]
    prior = text[max(fact.sentence.start, first - _PRIOR) : first]
    period = _period(left, prior, fact.kind, context)
    return replace(
        fact,
        scope=scopes.scope_of(left, context.town),
        authority=scopes.authority_of(prior + left),
        period=period,
    )


def _with_late_objects(facts: list[Fact]) -> list[Fact]:
    """A number without an object of its own takes that of the number glued behind it (36户90人受益)."""
    for index in range(len(facts) - 2, -1, -1):
        if not facts[index].object and facts[index].span.end == facts[index + 1].span.start:
            facts[index] = replace(facts[index], object=facts[index + 1].object)
    return facts
