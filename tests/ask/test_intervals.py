"""Interval arithmetic: what is said to be sure is sure of every value inside."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.ask import intervals
from pipeline.ask.intervals import Interval, are_consistent, is_above

values = st.decimals(min_value=0, max_value=10**6, places=1, allow_nan=False)


@st.composite
def bounded(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a value inside it."""
    low, high = sorted((draw(values), draw(values)))
    inside = draw(st.decimals(min_value=low, max_value=high, places=1, allow_nan=False))
    low_open, high_open = draw(st.booleans()), draw(st.booleans())
    assume(not (low_open and inside == low) and not (high_open and inside == high))
    unbounded_low, unbounded_high = draw(st.booleans()), draw(st.booleans())
    return Interval(None if unbounded_low else low, None if unbounded_high else high, low_open, high_open), inside


def holds(interval: Interval, value: Decimal) -> bool:
    return (interval.low is None or value >= interval.low) and (interval.high is None or value <= interval.high)


@given(bounded(), bounded())
def test_sure_order_is_true_of_every_value(one, other):
    if is_above(one[0], other[0]):
        assert one[1] > other[1]
    assert not (is_above(one[0], other[0]) and is_above(other[0], one[0]))


@given(bounded(), bounded())
def test_equal_values_are_consistent(one, other):
    if one[1] == other[1]:
        assert are_consistent(one[0], other[0])


@given(st.lists(bounded(), min_size=1, max_size=5))
def test_sum_holds_the_sum(parts):
    assert holds(intervals.total(part for part, _ in parts), sum((value for _, value in parts), Decimal(0)))


@given(bounded(), bounded())
def test_difference_holds_the_difference(one, other):
    assert holds(intervals.difference(one[0], other[0]), one[1] - other[1])


@given(bounded(), bounded())
def test_growth_holds_the_growth(one, other):
    rate = intervals.growth(one[0], other[0])
    if rate is not None:
        exact = (one[1] / other[1] - 1) * 100
        near = Decimal("1e-15") * (abs(exact) + 1)
        assert holds(Interval(rate.low and rate.low - near, rate.high and rate.high + near), exact)


@given(st.lists(bounded(), min_size=1, max_size=5))
def test_hull_holds_all(parts):
    whole = intervals.hull(part for part, _ in parts)
    assert all(holds(whole, value) for _, value in parts)


def test_touching_only_at_an_open_end_is_above():
    assert is_above(intervals.of("40", "40", "exact"), intervals.of("30", "40", "more"))
    assert not is_above(intervals.of("40", "40", "exact"), intervals.of("30", "40", "range"))
    assert is_above(intervals.of("20", None, "over"), intervals.of("20", "20", "exact"))
    assert not is_above(intervals.of("20", None, "at_least"), intervals.of("20", "20", "exact"))
