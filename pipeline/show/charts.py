"""Charts as inline SVG, drawn by hand: a bar with its interval, a row of shares. No script, no network.

Every chart stands beside the same figures as text, so it is hidden from screen readers unless it has a label.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.ask.intervals import Interval
from pipeline.show.markup import Markup, escape

WIDE = 100  # user units of a bar; stretched to its cell
FIGURE = (260, 96)  # user units of a chart of lines, without the row of years
MARGIN = 26  # at both sides: a label is centred on its point


def bar(value: Interval, most: Decimal, target: Interval | None = None) -> Markup:
    """A bar up to the sure part, a pale one over the doubtful part, with whiskers; an arrow where it is unbounded.

    ``most`` is the greatest value of the chart. A target is a tick at its lower (or only) bound.
    """
    low, high = _at(value.low, most), _at(value.high, most)
    sure = high if value.low is None else low
    drawn = [f'<rect class="v{"" if value.low is not None else " u"}" width="{sure:g}" height="10"/>']
    if not value.is_exact:
        left, right = (0.0 if value.low is None else low), (float(WIDE) if value.high is None else high)
        drawn.append(f'<rect class="u" x="{left:g}" width="{max(right - left, 0.5):g}" height="10"/>')
        caps = "".join(f"M{x:g} 2V8" for x, bound in ((left, value.low), (right, value.high)) if bound is not None)
        drawn.append(f'<path class="w" d="M{left:g} 5H{right:g}{caps}"/>')
    goal = target.low if target and target.low is not None else target.high if target else None
    if goal is not None:
        drawn.append(f'<path class="t" d="M{_at(goal, most):g} 0V10"/>')
    return Markup(
        f'<svg class="bar" viewBox="0 0 {WIDE} 10" preserveAspectRatio="none" aria-hidden="true">{"".join(drawn)}</svg>'
    )


def _at(value: Decimal | None, most: Decimal) -> float:
    if value is None or most <= 0:
        return float(WIDE) if value is None else 0.0
    return round(min(max(float(value / most), 0.0), 1.0) * WIDE, 1)


def shares(parts: Sequence[tuple[str, str, float]], label: str) -> Markup:
    """A row of (class, name, share in 0…1) that fills the width; each piece has a title, the whole a label."""
    drawn, left = [], 0.0
    for kind, name, share in parts:
        wide = share * WIDE
        if wide <= 0:
            continue
        drawn.append(
            f'<rect class="{escape(kind)}" x="{left:.2f}" width="{max(wide - 0.25, 0.1):.2f}" height="10">'
            f"<title>{escape(name)} {share:.0%}</title></rect>"
        )
        left += wide
    return Markup(
        f'<svg class="shares" viewBox="0 0 {WIDE} 10" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def lines(
    towns: Sequence[Sequence[Decimal]],
    middle: Sequence[Decimal],
    ranges: Sequence[tuple[int, Decimal, Decimal]],
    names: Sequence[str],
    most: Decimal,
    label: str,
) -> Markup:
    """Lines over ``names``: thin ones for the towns, a thick one for their middle; ``ranges`` are (point, low, high).

    What is above ``most`` leaves the picture at its upper edge.
    """
    wide, high = FIGURE
    steps = max(len(names) - 1, 1)
    xs = [round(MARGIN + (wide - 2 * MARGIN) * n / steps, 1) for n in range(len(names))]

    def y(value: Decimal) -> float:
        part = max(float(value / most), 0.0) if most > 0 else 0.0
        return round(high - 4 - (high - 12) * part, 1)

    def path(values: Sequence[Decimal], kind: str) -> str:
        points = " ".join(f"{x:g},{y(value):g}" for x, value in zip(xs, values, strict=True))
        return f'<polyline class="{kind}" points="{points}"/>'

    drawn = [f'<path class="ax" d="M{xs[0]:g} {high - 4}H{xs[-1]:g}"/>', *(path(own, "ln") for own in towns)]
    whiskers = "".join(f"M{xs[n]:g} {y(low):g}V{y(top):g}" for n, low, top in ranges)
    drawn += [f'<path class="rg" d="{whiskers}"/>'] if whiskers else []
    drawn.append(path(middle, "md"))
    drawn += [f'<circle class="md" cx="{x:g}" cy="{y(v):g}" r="2.6"/>' for x, v in zip(xs, middle, strict=True)]
    drawn += [f'<text x="{x:g}" y="{high + 12}">{escape(name)}</text>' for x, name in zip(xs, names, strict=True)]
    return Markup(
        f'<svg class="lines" viewBox="0 0 {wide} {high + 18}" role="img" aria-label="{escape(label)}">'
        f"{''.join(drawn)}</svg>"
    )
