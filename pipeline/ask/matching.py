"""The number that answers a promise: which facts of the next report speak of the same thing.

First what an indicator knows: the same one with the same details, of the town, for the time that was promised. Then
the words: the same unit and the same things around the number. What is alike but not the same is said to be unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.ask import cells, intervals, wordings
from pipeline.ask.cells import LEVELS, Dimensions
from pipeline.ask.intervals import Interval
from pipeline.ask.times import Time
from pipeline.store.fetch import FactRow, IndicatorRow

MUCH = 2  # pairs of characters that a number taken for another thing must share
SURE, ALIKE = 0.5, 0.34  # likeness of words: from here on the same thing; from here on perhaps
COUNTS = {"day": {"year": 365, "half": 181, "quarter": 90}, "week": {"year": 52, "half": 26, "quarter": 13},
          "month": {"year": 12, "half": 6, "quarter": 3}, "quarter": {"year": 4, "half": 2, "quarter": 1},
          "year": {"year": 1}}  # fmt: skip
_EACH = re.compile(r"((?:[^、，,；;。：:\s]+、)+[^、，,；;。：:\s]+?)各")
_EVERY = re.compile(r"每(?![月年季周天日次])|各(?![级类种项])")
_GOAL = re.compile(r"(?:原定|所定|定的|原?计划|打算|目标|任务|预期|说好)[^，,；;。.]{0,4}$")
_HELD = re.compile(r"(?:没有?|未|不曾|从不)[^，,；;。]{0,2}(?:少于|低于|少过|低过)")
_SHORT_OF = re.compile(r"(?:差|少|多出?|超出?|欠|补上?)\s?$")
_DONE = re.compile("建成|改好|改造|揭牌|挂牌|新建|建好|竣工|投用|落成|开门|完工|启用|装修")
# Units that say the same of an activity.
_ALIKE = (
    {"次", "场", "期", "场次", "遍", "届"},
    {"人", "名", "个", "位"},
    {"篇", "条", "件", "个"},
    {"块", "处", "个"},
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a promise; ``times`` is how often a promised frequency falls into the time that is counted."""

    facts: tuple[FactRow, ...]
    value: Interval
    is_sure: bool = True
    times: int = 1
    reason: str = ""


def listed(fact: FactRow) -> int:
    """How many things share a number: 清明、三月三各搞1次 promises two."""
    if "各" not in fact.sentence:
        return 1
    words = wordings.clause(fact.sentence, fact.offset, len(fact.text))
    found = _EACH.search(fact.sentence[: max(0, fact.offset)][-40:]) if "各" in words else None
    return found.group(1).count("、") + 1 if found else 1


def answer(
    promise: FactRow,
    indicator: IndicatorRow | None,
    due: Time,
    later: Sequence[FactRow],
    same: Sequence[FactRow],
    book: Mapping[str, IndicatorRow],
) -> Answer | None:
    """The answer of the report for ``due`` (its facts are ``later``); ``same`` are the promise's own report's facts.

    None when nothing in the report speaks of it.
    """
    quoted = _by_quote(promise, due, later) or _held(promise, due, later)
    if quoted:
        return quoted
    every = [fact for fact in later if fact.kind in ("achieved", "norm") and _is_of(fact, due)]
    every = [fact for fact in every if not (fact.kind == "achieved" and _is_goal(fact))]
    found = None
    for spoken in (
        [fact for fact in every if fact.role != "plan"],
        every,
    ):  # a mislabelled paragraph is better than none
        found = found or (_by_indicator(promise, indicator, due, spoken, same) if indicator else None)
        found = found or _by_words(promise, due, spoken)
    return found or _perhaps(promise, due, every)


def _is_of(fact: FactRow, due: Time) -> bool:
    """Can the number be of that time? What a report says of an earlier or a later one is no answer."""
    if fact.period_from == "report" or not fact.period_start or not fact.period_end:
        return True
    return due.start <= fact.period_end <= due.end


def _by_quote(promise: FactRow, due: Time, later: Sequence[FactRow]) -> Answer | None:
    """Where a report names what was promised and what came of it: 定的60篇,写了66篇; a table's 计划 and 完成."""
    goal = _value(promise)
    for n, fact in enumerate(later):
        if not _is_quote(promise, goal, fact):
            continue
        after = [
            other for other in later[n + 1 :]
            if (other.paragraph, other.sentence) == (fact.paragraph, fact.sentence) and _units_agree(promise, other)
            and not other.per and not _SHORT_OF.search(other.sentence[: other.offset])
            and (other.indicator in (None, promise.indicator, fact.indicator) or not _own_things(other))
        ]  # fmt: skip
        if after:
            times = COUNTS.get(promise.per, {}).get(due.length, 1) if promise.per else 1
            return Answer((after[0],), _value(after[0]), times=times, reason="报告里与原定的数并提")
    return None


def _held(promise: FactRow, due: Time, later: Sequence[FactRow]) -> Answer | None:
    """每月不少于7条, and then 哪个月都没少于7条: the bound itself, said to have been held."""
    goal = _value(promise)
    for fact in later:
        before = fact.sentence[max(0, fact.offset - 3) : max(0, fact.offset)] + fact.text
        if promise.per and goal.low is not None and _HELD.search(before) and _units_agree(promise, fact):
            bound = goal.low in (_value(fact).low, _value(fact).high) and fact.role != "plan" and _is_of(fact, due)
            if bound and fact.indicator in (None, promise.indicator):
                return Answer((fact,), Interval(goal.low, None), reason="报告里说没有低于原定的数")
    return None


def _perhaps(promise: FactRow, due: Time, spoken: Sequence[FactRow]) -> Answer | None:
    """Before a promise counts as not mentioned: words alike whose number was taken for another thing, never sure."""
    about = _things(promise)
    for fact in spoken:
        if fact.role == "plan" or not _units_agree(promise, fact) or _is_each(promise) != _is_each(fact):
            continue
        as_often = promise.per and fact.per == promise.per and _value(fact) == _value(promise)
        shared = about & (_things(fact) | wordings.things(wordings.before(fact.sentence, fact.offset)))
        if as_often and shared and fact.indicator in (None, promise.indicator):
            return Answer((fact,), _value(fact), False, reason="次数相同, 不能确定说的是同一件事")
        if promise.indicator and fact.indicator and promise.dimensions == fact.dimensions:
            times = COUNTS.get(promise.per, {}).get(due.length, 0) if promise.per and not fact.per else 1
            if times and fact.indicator != promise.indicator and len(shared) >= MUCH:
                return Answer((fact,), _value(fact), False, times, reason="字面相近, 但可能是另一项指标的数")
    return None


def _is_quote(promise: FactRow, goal: Interval, fact: FactRow) -> bool:
    if not _units_agree(promise, fact) or goal.low not in (_value(fact).low, _value(fact).high) or goal.low is None:
        return False
    is_row = "\t" in fact.sentence
    if not is_row and not _is_goal(fact):
        return False
    if promise.indicator and promise.indicator == fact.indicator:
        return True
    if fact.indicator and promise.indicator:
        return False
    if is_row:
        return wordings.likeness(_things(promise), wordings.things(fact.sentence.split("\t")[0])) >= SURE
    return bool(promise.per) or wordings.likeness(_things(promise), wordings.things(fact.sentence)) >= ALIKE


def _is_goal(fact: FactRow) -> bool:
    return _GOAL.search(fact.sentence[: max(0, fact.offset)]) is not None


def _by_indicator(
    promise: FactRow, indicator: IndicatorRow, due: Time, spoken: Sequence[FactRow], same: Sequence[FactRow]
) -> Answer | None:
    own = [fact for fact in spoken if fact.indicator == indicator.id and _units_agree(promise, fact)]
    wanted = cells.dimensions(promise.dimensions)
    exact = [fact for fact in own if cells.dimensions(fact.dimensions) == wanted]
    if promise.per:
        often = [fact for fact in exact if fact.per == promise.per]
        if often:
            return Answer((often[0],), _value(often[0]))
    if _is_each(promise):
        each = [fact for fact in exact if _is_each(fact)]
        return Answer((each[0],), _value(each[0]), len({_value(fact) for fact in each}) == 1) if each else None
    year = Time(f"{due.start[:4]}-01-01", f"{due.start[:4]}-12-31")
    whole = promise.period_from == "clause" and Time(promise.period_start or "", promise.period_end or "") == year
    time = year if whole else due
    found = _best(_of_time(exact, time), indicator)
    if found is None and whole and due.length == "half":
        found = _both_halves(exact, same, indicator, wanted, due)
    if found is None and not whole:
        found = _best([fact for fact in exact if fact.period_from == "report"], indicator)
    found = found or _levels(own, wanted, time, indicator) or _finished(own, wanted)
    if found and promise.per and found.times == 1:
        times = COUNTS.get(promise.per, {}).get(time.length)
        return Answer(found.facts, found.value, found.is_sure and times is not None, times or 1)
    return found


def _best(facts: Sequence[FactRow], indicator: IndicatorRow) -> Answer | None:
    """What a comparison would show for these facts."""
    cell = cells.cell("", indicator, [cells.cite(fact, indicator, "") for fact in facts])
    if cell.value is None:
        return None
    chosen = tuple(each.fact for each in cell.facts if each.counted)
    same = tuple(fact for fact in chosen if _value(fact) == cell.value)
    first = tuple(sorted(same, key=lambda fact: fact.id != cell.chosen)) if cell.chosen else chosen
    return Answer(first, cell.value, not cell.inconsistent, reason="报告里的说法不一致" if cell.inconsistent else "")


def _of_time(facts: Iterable[FactRow], time: Time) -> list[FactRow]:
    return [fact for fact in facts if (fact.period_start, fact.period_end) == (time.start, time.end)]


def _both_halves(
    later: Sequence[FactRow], same: Sequence[FactRow], indicator: IndicatorRow, wanted: Dimensions, due: Time
) -> Answer | None:
    """A promise for the year, when only its halves are stated: their sum (a stock is as the second half leaves it)."""
    second = _best(_of_time(later, due), indicator)
    if second is None or indicator.flow == "stock" or indicator.unit in cells.RATES:
        return second
    before = Time(f"{due.start[:4]}-01-01", f"{due.start[:4]}-06-30")
    own = [fact for fact in same if fact.indicator == indicator.id and cells.dimensions(fact.dimensions) == wanted
           and fact.kind == "achieved"]  # fmt: skip
    first = _best(_of_time(own, before), indicator)
    if first is None:
        return None
    return Answer((*second.facts, *first.facts), intervals.total([first.value, second.value]), reason="上、下半年相加")


def _levels(own: Sequence[FactRow], wanted: Dimensions, time: Time, indicator: IndicatorRow) -> Answer | None:
    """市级以上, when the levels are stated one by one: their sum."""
    known = dict(wanted)
    floor = known.get("from")
    if known.get("level") != "混合" or floor not in LEVELS:
        return None
    rest = {name: value for name, value in known.items() if name not in ("level", "from")}
    parts = []
    for level in LEVELS[: LEVELS.index(floor) + 1]:
        dims = tuple(sorted({**rest, "level": level}.items()))
        found = _best([f for f in _of_time(own, time) if cells.dimensions(f.dimensions) == dims], indicator)
        if found:
            parts.append(found)
    if not parts or not any(dict(cells.dimensions(p.facts[0].dimensions))["level"] == floor for p in parts):
        return None
    facts = tuple(fact for part in parts for fact in part.facts)
    return Answer(facts, intervals.total(part.value for part in parts), reason="各级相加")


def _finished(own: Sequence[FactRow], wanted: Dimensions) -> Answer | None:
    """新建2个 is answered by 2个如期建成: what was built is told by a verb, where it is told."""
    if "act" not in dict(wanted):
        return None
    rest = tuple(pair for pair in wanted if pair[0] != "act")
    done = [
        fact for fact in own if fact.kind == "achieved" and cells.dimensions(fact.dimensions) == rest
        and _DONE.search(wordings.clause(fact.sentence, fact.offset, len(fact.text)))
    ]  # fmt: skip
    return Answer((done[0],), _value(done[0]), len({_value(fact) for fact in done}) == 1) if done else None


def _by_words(promise: FactRow, due: Time, spoken: Sequence[FactRow]) -> Answer | None:
    """The fact whose words are most alike; unsure when they are only somewhat alike or the details differ."""
    about = _things(promise)
    scored = sorted(
        ((_likeness(promise, about, fact), n) for n, fact in enumerate(spoken) if _may_answer(promise, fact)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not scored or scored[0][0] < ALIKE:
        return None
    best, place = scored[0]
    fact = spoken[place]
    rivals = [spoken[n] for score, n in scored[1:] if score == best and _value(spoken[n]) != _value(fact)]
    times = 1
    if promise.per and fact.per != promise.per:
        times = COUNTS.get(promise.per, {}).get(due.length, 0)
    sure = best >= SURE and not rivals and times > 0
    return Answer((fact,), _value(fact), sure, max(times, 1))


def _may_answer(promise: FactRow, fact: FactRow) -> bool:
    if not _units_agree(promise, fact) or _is_each(promise) != _is_each(fact):
        return False
    if promise.indicator and fact.indicator:
        same_scope = fact.scope in (promise.scope, "office") or _is_each(fact)
        return promise.indicator == fact.indicator and promise.dimensions == fact.dimensions and same_scope
    return True


def _is_each(fact: FactRow) -> bool:
    """Is the number that of every one of several (每个40本)?"""
    words = wordings.clause(fact.sentence, fact.offset, len(fact.text))
    return fact.scope == "each" or (_EVERY.search(words) is not None and listed(fact) == 1)


def _own_things(fact: FactRow) -> frozenset[str]:
    return wordings.things(wordings.clause(fact.sentence, fact.offset, len(fact.text)))


def _things(fact: FactRow) -> frozenset[str]:
    words = _own_things(fact) | wordings.things(fact.object)
    return words or wordings.things(wordings.before(fact.sentence, fact.offset))


def _likeness(promise: FactRow, about: frozenset[str], fact: FactRow) -> float:
    other = _things(fact)
    shared = wordings.likeness(about, other)
    return shared if len(about & other) > 1 or min(len(about), len(other)) == 1 else shared / 2


def _units_agree(one: FactRow, other: FactRow) -> bool:
    """A table's head may name several: 场、条、户."""
    if one.unit == other.unit or one.unit in other.unit.split("、"):
        return True
    return any(one.unit in group and other.unit in group for group in _ALIKE)


def _value(fact: FactRow) -> Interval:
    return intervals.of(fact.low_text, fact.high_text, fact.approx)
