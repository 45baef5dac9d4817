"""Before it is sent: everything in a draft that could embarrass, each with its place, reason, source and severity."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ask import borrowed, disagreeing, leftovers, missing, remembered, residue, scars, staleness
from pipeline.ask.borrowed import Passage, Share
from pipeline.ask.draft import Draft
from pipeline.ask.finding import SEVERITIES, Finding, Severity
from pipeline.ask.residue import Gazetteer
from pipeline.model import Expired, Span, Wording
from pipeline.store.duplicates import names as names_of

LONG_COPY = 40  # masked characters of another town's text in a row: severe
COPY = 20
SAME_PASSAGE = 40  # masked characters of our own text, numbers and all, under a new date
SEVERE_WORDING = frozenset({"congress", "campaign"})
_NO_TIME = "9999"


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings, the severest first; what is borrowed in all and by part; indicators that are new in this draft.

    ``same_time`` are the dataset's own reports of this town and time: the draft itself, left out of every comparison.
    """

    draft: Draft
    findings: tuple[Finding, ...]
    whole: Share
    shares: tuple[Share, ...]
    passages: tuple[Passage, ...]
    fresh: tuple[str, ...]
    same_time: tuple[str, ...]

    @property
    def is_severe(self) -> bool:
        """Must it not be sent as it is?"""
        return any(finding.severity == "severe" for finding in self.findings)


def check(
    base: sqlite3.Connection,
    draft: Draft,
    data: bytes,
    wording: Wording,
    gazetteer: Gazetteer,
    aliases: frozenset[str] = frozenset(),
    limit: int = 0,
) -> Checked:
    """Check a draft against the dataset. ``data`` are the file's bytes, ``limit`` the most characters allowed (0: any)."""  # noqa: E501
    skip = itself(base, draft)
    known = residue.known(base, draft, aliases)
    found = borrowed.passages(base, draft, names_of(base) | known.own | official(wording), frozenset(skip))
    whole, parts = borrowed.shares(draft, found)
    findings = [
        *copied(draft, found),
        *residue.find(base, draft, known, gazetteer),
        *expired(draft, wording),
        *disagreeing.find(base, draft),
        *remembered.find(base, draft),
        *scars.find(draft),
        *leftovers.find(data, draft, known.towns | known.counties),
        *missing.find(base, draft, frozenset(skip)),
        *too_long(draft, limit),
    ]
    order = {severity: n for n, severity in enumerate(SEVERITIES)}
    findings.sort(key=lambda each: (order[each.severity], each.part < 0, each.part, each.span))
    return Checked(
        draft,
        tuple(findings),
        whole,
        parts,
        tuple(found),
        missing.fresh(base, draft, frozenset(skip)),
        tuple(skip.values()),
    )


def official(wording: Wording) -> frozenset[str]:
    """Names of meetings and campaigns: everyone writes them, nobody copies them."""
    words = {word for rule in wording.expired for word in rule.words.split()}
    return frozenset(word for word in words | {word.strip("“”") for word in words} if len(word) > 5)


def itself(base: sqlite3.Connection, draft: Draft) -> dict[str, str]:
    """The dataset's reports that are this draft (same bytes, or same town and time): id → source path."""
    rows = base.execute(
        "SELECT r.id, r.source FROM report r JOIN source s ON s.path = r.source WHERE s.sha256 = ?"
        " OR (r.town IS ? AND (r.town IS NOT NULL OR r.county IS ? AND r.city IS ?"
        " AND coalesce(r.county, r.city) IS NOT NULL)"
        " AND r.period_start = ? AND r.period_end = ?)",
        (draft.sha256, draft.town, draft.county, draft.city, draft.start, draft.end),
    )
    return {row[0]: row[1] for row in rows}


def copied(draft: Draft, found: Sequence[Passage]) -> Iterator[Finding]:
    """Other towns' passages, and our own with the same numbers under a new date."""
    for each in found:
        quote = each.span.of(draft.parts[each.part].text)
        who = f"{each.cited.town or '别的单位'}{each.cited.period or ''}"
        # Numbers in a row are how everyone counts: a passage that is little else is nobody's.
        # So are set phrases: what many units say counts for nothing, however long the passage that it stands in.
        if each.origin == "town" and each.particular >= COPY + 4 * (each.numbers - each.same_numbers):
            severity: Severity = "severe" if each.particular >= LONG_COPY else "warning"
            yield Finding(
                "copied", severity, each.part, each.span, quote, f"与{who}的报告相同 {each.length} 字", each.cited
            )
        elif (
            each.origin == "own"
            and each.length >= SAME_PASSAGE
            and each.numbers >= 2
            and each.same_numbers == each.numbers
        ):
            yield Finding(
                "copied",
                "severe",
                each.part,
                each.span,
                quote,
                f"连数字也与本单位{each.cited.period or '以前'}的报告相同",
                each.cited,
            )
        elif each.origin == "own" and each.length >= SAME_PASSAGE * 2:
            yield Finding(
                "copied",
                "note",
                each.part,
                each.span,
                quote,
                f"沿用本单位{each.cited.period or '以前'}的文字 {each.length} 字",
                each.cited,
            )


def expired(draft: Draft, wording: Wording) -> Iterator[Finding]:
    """Wording whose time is over, or had not come; a plan may name what the next year brings."""
    if not draft.end:
        return
    for n, part in enumerate(draft.parts):
        if part.block == "residue":
            continue
        for stale in staleness.find(part.text, draft.start or draft.end, draft.end, wording):
            rule = stale.rule
            if stale.when == "early":
                looks_on = part.role in ("plan", "closing") or draft.kind in ("plan", "summary_plan")
                if looks_on and f"{int(draft.end[:4]) + 1}{draft.end[4:]}" >= rule.since:
                    continue
                reason = f"“{stale.words}”{rule.since}才有, 报告的时期是 {draft.end[:7]} ({rule.source})"
                yield Finding("expired", "severe", n, stale.span, stale.words, reason)
            else:
                instead = f", 现在的说法: {rule.instead}" if rule.instead else ""
                severity: Severity = "severe" if rule.kind in SEVERE_WORDING else "warning"
                yield Finding(
                    "expired",
                    severity,
                    n,
                    stale.span,
                    stale.words,
                    f"“{stale.words}”已于 {rule.until} 过时{instead} ({rule.source})",
                )


def too_long(draft: Draft, limit: int) -> Iterator[Finding]:
    """More characters than allowed."""
    count = sum(len(part.text) for part in draft.parts)
    if limit and count > limit:
        yield Finding("length", "warning", -1, Span(0, 0), f"{count} 字", f"超过 {limit} 字的限制 {count - limit} 字")


def gone_towns(changes: dict[str, tuple[str, str]]) -> tuple[Expired, ...]:
    """Merged and renamed towns as expired wording: old name → (date, what became of it)."""
    return tuple(
        Expired(name, "town", date, became, f"行政区划调整 {date}", grace=1)
        for name, (date, became) in changes.items()
        if date < _NO_TIME
    )
