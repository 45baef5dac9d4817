"""What the check found: its place in the draft, its reason, its source, how severe it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.model import Span

Severity = Literal["severe", "warning", "note"]
Kind = Literal[
    "copied",  # from another town, or the same text and numbers under two dates
    "place",  # another town, county, village
    "person",  # another town's leader
    "year",  # another year's date
    "expired",  # wording whose time is over, or has not come
    "number",  # numbers that disagree
    "missing",  # a standard part, a figure, an answer to a target
    "scar",  # placeholders, traces of web copies
    "leftover",  # what Word still holds: comments, changes, hidden text, author
    "length",
]
SEVERITIES: tuple[Severity, ...] = ("severe", "warning", "note")


@dataclass(frozen=True, slots=True)
class Cited:
    """Where something stands in the dataset."""

    paragraph: str
    source: str
    town: str | None
    period: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """``part`` is an index into the draft's parts (-1: the whole draft), ``span`` in that paragraph's text."""

    kind: Kind
    severity: Severity
    part: int
    span: Span
    quote: str
    reason: str
    cited: Cited | None = None
