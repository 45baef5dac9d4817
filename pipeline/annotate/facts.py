"""Every number of a paragraph with its meaning: kind, object, per, direction, scope, authority, clause period."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.annotate import (
    blanks,
    changes,
    clauses,
    conditions,
    kinds,
    norms,
    periods,
    pers,
    quantities,
    rows,
    scopes,
    signs,
    stances,
    zeros,
)
from pipeline.annotate.counted import (
    CLAUSE,
    LISTED,
    PLACE_ENDS,
    Place,
    is_akin,
    is_of_place,
    named,
    object_of,
    shared_of,
    subject_of,
    with_late_objects,
)
from pipeline.annotate.quantity import Quantity
from pipeline.model import Direction, Fact, FactContext, Period, Span, Units

_KIN = 4
"""So many numbers back the thing may stand that a number goes on counting."""
_HEAD = 30
"""How much of a sentence's beginning governs all that follows, in characters."""
_PRIOR = 60
"""How far back in the sentence a tense word still governs a number, in characters."""


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
    half, places = blanks.packed(signs.half_width(text))
    found = quantities.find(half, units)
    stated = list(zeros.find(half)) if "零" in half or "未" in half or "没有" in half or "无" in half else []
    if not found and not stated:
        return ()
    where = clauses.cuts(half)
    facts = _measured(half, found, where, context)
    facts = _with_zeros(half, facts, stated, where, context) if stated else facts
    return tuple(blanks.put_back(fact, places) for fact in facts) if places else tuple(facts)


def _measured(half: str, found: list[Quantity], where: clauses.Cuts, context: FactContext) -> list[Fact]:
    """The facts of all quantities, each knowing the one before it."""
    facts: list[Fact] = []
    if context.is_settled:
        role = stances.settled(context.role, context.section_role)
    else:
        role = stances.stance(context.role, context.section_role, half, context.half, context.is_borne_out)
    taken = 0  # where the text ends that an earlier number has used as its object
    shared: list[str] = []
    for index, quantity in enumerate(found):
        clause = clauses.clause(where, quantity.start, quantity.end)
        begin = max(clause[0], taken, found[index - 1].end if index else 0)
        close = quantity.start - 1
        if half[close] == "）" and close >= begin:  # 路灯（含庭院灯）185盏
            begin, close = clauses.before_note(half, where, close, found[index - 1].end if index else 0)
        else:
            close = quantity.start
        place = Place(
            clause,
            half[max(begin, close - CLAUSE) : close],
            clauses.sentence(where, quantity.start),
            found[index + 1].start if index + 1 < len(found) else len(half),
            bool(index) and half[found[index - 1].end : quantity.start] in LISTED,
            taken,
        )
        if "分别" in place.item or (
            half[quantity.end : place.following] in LISTED and changes.is_only_change(place.item)
        ):
            shared = shared_of(half, found, index, place, facts)
        is_shared = bool(shared)
        object_, taken = (shared.pop(0), quantity.end) if shared else object_of(half, quantity, place)
        is_placed = object_[-1:] in PLACE_ENDS and is_of_place(object_, quantity, place.item)
        kin = _kin(facts, quantity, place, is_placed) if is_placed or object_[:1] in ("", "每") else None
        goes_on = place.is_listed and (is_shared or not object_)
        before = facts[-1] if facts else None
        facts.append(_fact(half, quantity, place, object_, before, goes_on, is_shared, kin, is_placed, context, role))
    return with_late_objects(facts)


def _kin(facts: list[Fact], quantity: Quantity, place: Place, is_placed: bool) -> Fact | None:
    """The nearest earlier number that this one may count the same thing as; a village's, of the same unit."""
    for fact in reversed(facts[-2 * _KIN :] if is_placed else facts[-_KIN:]):
        if is_akin(fact, quantity, place) and (not is_placed or fact.unit == quantity.unit):
            return fact
    return None


def _fact(
    text: str,
    quantity: Quantity,
    place: Place,
    object_: str,
    previous: Fact | None,
    goes_on: bool,
    is_shared: bool,
    kin: Fact | None,
    is_placed: bool,
    context: FactContext,
    role: str,
) -> Fact:
    """A quantity with its meaning; one that merely continues a list means what the number before it means."""
    known = (Span(quantity.start, quantity.end), quantity.low, quantity.high, quantity.unit, quantity.approx)
    if goes_on and previous is not None and previous.unit == quantity.unit:
        return _continued(text, quantity, object_, previous)
    first = place.clause[0]
    left = text[max(first, quantity.start - CLAUSE) : quantity.start]
    right = text[quantity.end : quantity.end + 30]
    prior = text[max(place.sentence[0], first - _PRIOR) : first]
    if first - place.sentence[0] > _PRIOR:  # a sentence's head governs all of it: 主要预期目标是：…
        prior = text[place.sentence[0] : place.sentence[0] + _HEAD] + "，" + prior
    is_change, direction = _change(quantity, place.item, left, text)
    if not is_change and not place.item and previous is not None and previous.span.end == quantity.start:
        is_change, direction = previous.direction is not None, previous.direction  # 减少贫困人口930户4441人
    per = pers.per_of(left, quantity.per, place.item)
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
        _kind_before(near, kin if is_placed else None, quantity, place, text),
        text[quantity.start : quantity.end],
    )
    if text[quantity.unit_end - 1] == "折" and kind == "achieved" and norms.is_discount(place.item):
        kind = "norm"
    if near is not None and near.kind == "baseline" and near.unit == quantity.unit and per is None:
        per = near.per
    if not object_ and place.item[:1] in ("从", "由"):  # 提高供养标准，从原来的560元提高到600元
        object_ = subject_of(text, place, previous.span.end if near is not None and previous is not None else 0)
    if near is not None:
        object_ = named(object_, quantity, place, near, kin, kind, is_shared, is_placed, text)
    if not object_ or (near is None and object_[:1] == "每"):
        done = previous.span.end if near is not None and previous is not None else 0
        object_ = subject_of(text, place, done) or object_
    if kinds.is_timetable(object_, quantity.unit):
        kind = "norm"
        per = per or (previous.per if previous is not None and previous.kind == "norm" else None)
    if is_change and direction == "up" and "改善" in place.item and changes.is_harm(object_):
        direction = "down"
    scope = "village" if is_placed else scopes.scope_of(left, context.town)
    around = text[max(place.sentence[0], quantity.start - CLAUSE) : min(place.sentence[1], quantity.end + _PRIOR)]
    authority = scopes.authority_of(around)
    period = _period(left, prior, kind, context)
    return Fact(*known, kind, object_, per, direction, Span(*place.sentence), "clause", 1.0, scope, authority, period)


def _continued(text: str, quantity: Quantity, object_: str, previous: Fact) -> Fact:
    """The next number of a list, which means what ``previous`` does."""
    return previous._replace(
        span=Span(quantity.start, quantity.end),
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        approx=quantity.approx,
        object=object_ or previous.object,
        direction="down" if quantity.numeral[0] == "-" and previous.direction else previous.direction,
        kind="achieved" if previous.kind == "baseline" and text[quantity.start - 1] in "到至" else previous.kind,
        rule="list",
    )


def _kind_before(near: Fact | None, whole: Fact | None, quantity: Quantity, place: Place, text: str) -> str:
    """The kind of the number before as far as this one goes on with it: of one unit, or one rule.

    ``whole`` is what this one is a village's part of.
    """
    if near is None:
        return ""
    if whole is not None:
        return whole.kind
    is_same = (
        near.unit == quantity.unit
        or text[near.span.end : quantity.start] in ("", "、")  # 其中柳溪村31户、114人
        or (near.kind == "norm" and conditions.goes_on(place.item))
    )
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


def _change(quantity: Quantity, item: str, left: str, text: str) -> tuple[bool, Direction | None]:
    if quantity.numeral[0] == "翻":
        return True, "up"
    if quantity.approx == "at_most" and text.startswith("控制", quantity.start):
        return False, None
    if quantity.numeral[0] == "-" and quantity.dimension in ("ratio", "points") and changes.is_minus(item):
        return True, "down"
    return changes.change_of(item, quantity.dimension, left)


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
            fact = fact._replace(kind="target")
        every.append(_owned(fact, text, first, context))
    every.sort(key=lambda fact: fact.span)
    return [fact for index, fact in enumerate(every) if not index or every[index - 1].span.end <= fact.span.start]


def _owned(fact: Fact, text: str, first: int, context: FactContext) -> Fact:
    """The fact with scope, authority and the clause's own period."""
    left = text[max(first, fact.span.start - CLAUSE) : fact.span.start]
    prior = text[max(fact.sentence.start, first - _PRIOR) : first]
    period = _period(left, prior, fact.kind, context)
    return fact._replace(
        scope=scopes.scope_of(left, context.town),
        authority=scopes.authority_of(prior + left),
        period=period,
    )
