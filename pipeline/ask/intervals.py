"""Numbers as intervals: 30余 is [30, 40), 不低于20 is [20, ∞). Nothing here is more precise than what was written.

Ends may be open (``more``, ``near``, ``over``): intervals that touch only at an open end do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

OPEN_HIGH = frozenset({"more", "near"})
OPEN_LOW = frozenset({"over"})


class Interval(NamedTuple):
    """``low`` to ``high``; None = unbounded on that side."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_exact(self) -> bool:
        """One value and no other."""
        return self.low is not None and self.low == self.high

    @property
    def is_zero(self) -> bool:
        """Stated to be none at all."""
        return self.low == 0 and self.high == 0

    @property
    def width(self) -> Decimal:
        """How much is left unsaid; infinite when a side is unbounded."""
        if self.low is None or self.high is None:
            return Decimal("Infinity")
        return self.high - self.low


def of(low: str | None, high: str | None, approx: str) -> Interval:
    """From the stored decimals and the way the number was written.

    >>> of("30", "40", "more")
    Interval(low=Decimal('30'), high=Decimal('40'), low_open=False, high_open=True)
    """
    return Interval(
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        approx in OPEN_LOW,
        approx in OPEN_HIGH and low != high,
    )


def is_above(one: Interval, other: Interval) -> bool:
    """Is every value of ``one`` greater than every value of ``other``?

    >>> is_above(of("40", "40", "exact"), of("30", "40", "more"))
    True
    >>> is_above(of("32", "32", "exact"), of("30", "40", "more"))
    False
    """
    if one.low is None or other.high is None:
        return False
    return one.low > other.high or (one.low == other.high and (one.low_open or other.high_open))


def are_consistent(one: Interval, other: Interval) -> bool:
    """Can both be true of the same thing?"""
    return not is_above(one, other) and not is_above(other, one)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum: unbounded as soon as a part is.

    >>> total([of("30", "40", "more"), of("32", "32", "exact")])
    Interval(low=Decimal('62'), high=Decimal('72'), low_open=False, high_open=True)
    """
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    low_open = high_open = False
    for part in parts:
        low = None if low is None or part.low is None else low + part.low
        high = None if high is None or part.high is None else high + part.high
        low_open, high_open = low_open or part.low_open, high_open or part.high_open
    return Interval(low, high, low_open, high_open)


def difference(new: Interval, old: Interval) -> Interval:
    """``new`` minus ``old``, as wide as both leave it.

    >>> difference(of("50", "50", "exact"), of("30", "40", "more"))
    Interval(low=Decimal('10'), high=Decimal('20'), low_open=True, high_open=False)
    """
    low = None if new.low is None or old.high is None else new.low - old.high
    high = None if new.high is None or old.low is None else new.high - old.low
    return Interval(low, high, new.low_open or old.high_open, new.high_open or old.low_open)


def growth(new: Interval, old: Interval) -> Interval | None:
    """The rate of growth in percent, or None when the earlier value may be nothing.

    >>> growth(of("60", "60", "exact"), of("50", "50", "exact"))
    Interval(low=Decimal('20.0'), high=Decimal('20.0'), low_open=False, high_open=False)
    """
    if old.low is None or old.low <= 0 or (new.low is not None and new.low < 0):
        return None
    low = None if new.low is None or old.high is None else (new.low / old.high - 1) * 100
    high = None if new.high is None else (new.high / old.low - 1) * 100
    return Interval(low, high, new.low_open or old.high_open, new.high_open or old.low_open)


def hull(parts: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them: what is known when two statements disagree."""
    every = tuple(parts)
    lows, highs = [each.low for each in every], [each.high for each in every]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    low_open = all(each.low_open for each in every if each.low == low)
    high_open = all(each.high_open for each in every if each.high == high)
    return Interval(low, high, low_open, high_open)
